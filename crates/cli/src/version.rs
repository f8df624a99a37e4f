//! The version of the program, of its source, and of the data that it publishes.

use std::sync::LazyLock;

/// The commit from which the program was built, if the build states it.
const COMMIT: Option<&str> = option_env!("TRUSTREG_COMMIT");

/// Returns what `--version` prints after the name: "0.1.0 (commit 79574aa1c2, data schema 1)".
pub(crate) fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| text(COMMIT.filter(|commit| !commit.is_empty())));
    &VERSION
}

fn text(commit: Option<&str>) -> String {
    let commit = commit.map_or_else(String::new, |commit| format!("commit {commit}, "));
    format!("{} ({commit}data schema {})", env!("CARGO_PKG_VERSION"), export::SCHEMA_VERSION)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_that_states_no_commit_names_none() {
        assert!(text(Some("79574aa1c2")).ends_with(" (commit 79574aa1c2, data schema 1)"));
        assert!(text(None).ends_with(" (data schema 1)"));
    }
}
