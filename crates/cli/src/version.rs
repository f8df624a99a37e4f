//! The version of the program, of its source, and of the data that it publishes; how to install it.

use std::sync::LazyLock;

use crate::PRODUCT;

/// The commit from which the program was built, if the build states it.
const COMMIT: Option<&str> = option_env!("TRUSTREG_COMMIT");

/// The checkout from which this was built, unless this is the program of a release.
pub(crate) const CHECKOUT: Option<&str> = option_env!("TRUSTREG_CHECKOUT");

/// Returns the command that installs this version, and whether it is complete: what is not released has no address yet.
/// It is the only place that has the command.
pub(crate) fn install() -> (String, bool) {
    install_of(CHECKOUT.is_none())
}

fn install_of(is_released: bool) -> (String, bool) {
    let command = match is_released {
        true => format!("pipx install {PRODUCT}=={}", env!("CARGO_PKG_VERSION")),
        false => "cargo install --locked --git https://github.com/OWNER/REPOSITORY cli".to_owned(),
    };
    (command, is_released)
}

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
    fn a_release_is_installed_by_its_version() {
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(install_of(true), (format!("pipx install trustreg=={version}"), true));
        let (command, is_complete) = install_of(false);
        assert!(command.starts_with("cargo install ") && !is_complete, "{command}");
    }

    #[test]
    fn a_build_that_states_no_commit_names_none() {
        assert!(text(Some("79574aa1c2")).ends_with(" (commit 79574aa1c2, data schema 1)"));
        assert!(text(None).ends_with(" (data schema 1)"));
    }
}
