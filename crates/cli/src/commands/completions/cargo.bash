
# `cargo xtask …` completes as `xtask …`; everything else as cargo itself does.
if declare -F _completion_loader >/dev/null; then
    _completion_loader cargo
fi
_xtask_behind_cargo() {
    if [[ ${COMP_WORDS[1]} == xtask && $COMP_CWORD -gt 1 ]]; then
        COMP_WORDS=("${COMP_WORDS[@]:1}")
        COMP_CWORD=$((COMP_CWORD - 1))
        _xtask_with_colons xtask "$2" "$3"
    elif declare -F _cargo >/dev/null; then
        _cargo "$@"
    fi
}
complete -F _xtask_behind_cargo -o nosort -o bashdefault -o default cargo 2>/dev/null ||
    complete -F _xtask_behind_cargo -o bashdefault -o default cargo
