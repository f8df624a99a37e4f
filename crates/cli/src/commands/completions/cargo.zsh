
# `cargo xtask …` completes as `xtask …`: cargo's own completions call a function of this name.
_cargo-xtask() {
    _xtask "$@"
}
