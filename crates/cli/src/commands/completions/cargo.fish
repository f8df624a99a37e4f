
# `cargo xtask …` completes as `xtask …`.
complete -c cargo -n '__fish_seen_subcommand_from xtask' -f -k \
    -a '(set -l words (commandline -opc) (commandline -ct); complete -C (string join -- " " (string escape -- $words[2..-2]) $words[-1]))'
