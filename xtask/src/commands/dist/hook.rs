//! The hook package: what a repository for pre-commit and prek contains that only depends on the wheel. Nothing is
//! compiled where it is used.

use cli::Failure;
use store::StoreError;

use super::archive::{self, Entry};
use super::release::Release;

/// The name of its archive.
pub(super) fn archive(release: &Release) -> String {
    format!("{}.tar.gz", folder(release))
}

fn folder(release: &Release) -> String {
    format!("trustreg-pre-commit-{}", release.version)
}

/// Writes its archive.
pub(super) fn make(release: &Release) -> Result<(), Failure> {
    let to = release.folder.join(archive(release));
    let entries = files(release.version)
        .into_iter()
        .map(|(name, text)| Entry::new(format!("{}/{name}", folder(release)), text));
    let written = archive::write(&to, entries.collect(), release.time);
    Ok(written.map_err(StoreError::io("write", &to))?)
}

/// Its files. The hook is that of this repository, but runs the program of the wheel instead of building one.
fn files(version: &str) -> [(&'static str, String); 5] {
    let hooks = include_str!("../../../../.pre-commit-hooks.yaml");
    let hooks = hooks.replace("entry: .ci/trustreg ", "entry: trustreg ");
    let versioned = |text: &str| text.replace("VERSION", version);
    [
        (".pre-commit-hooks.yaml", hooks.replace("language: script", "language: python")),
        ("README.md", versioned(include_str!("hook/README.md"))),
        ("pyproject.toml", versioned(include_str!("hook/pyproject.toml"))),
        ("LICENSE-APACHE", include_str!("../../../../LICENSE-APACHE").to_owned()),
        ("LICENSE-MIT", include_str!("../../../../LICENSE-MIT").to_owned()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hook_runs_the_program_of_the_wheel_of_its_version() {
        let files = files("1.2.3");
        let text = |name: &str| &files.iter().find(|(file, _)| *file == name).unwrap().1;
        let hooks = text(".pre-commit-hooks.yaml");
        assert!(hooks.contains("\n  entry: trustreg lint --staged --quiet\n  language: python\n"), "{hooks}");
        assert!(text("pyproject.toml").contains("dependencies = [\"trustreg==1.2.3\"]\n"));
        assert!(text("README.md").contains("rev: v1.2.3\n"));
        assert!(files.iter().all(|(_, text)| !text.contains("VERSION")));
    }
}
