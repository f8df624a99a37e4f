
# `cargo xtask …` completes as `xtask …`: cargo's own completions call a function of this name.
_cargo-xtask() {
    _xtask "$@"
}
# Where cargo's own completions are not installed, only this is completed.
_xtask_behind_cargo() {
    if [[ ${words[2]} == xtask ]] && (( CURRENT > 2 )); then
        shift words
        (( CURRENT-- ))
        _xtask "$@"
    else
        _default
    fi
}
if (( ! $+functions[_cargo] )); then
    compdef _xtask_behind_cargo cargo
fi
