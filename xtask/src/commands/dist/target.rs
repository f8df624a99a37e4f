//! The targets for which the program is released.

use std::env::consts::{ARCH, OS};

use cli::Failure;
use diagnostics::one_of;

/// The workflow that builds for all of them.
pub(super) const WORKFLOW: &str = ".github/workflows/release.yml";

/// A target.
#[derive(Debug)]
pub(super) struct Target {
    /// Its name.
    pub(super) triple: &'static str,
    /// The machine of GitHub that builds it.
    pub(super) runner: &'static str,
    /// The oldest Linux that its wheel works on, as Python names it.
    pub(super) linux: Option<&'static str>,
}

const fn target(triple: &'static str, runner: &'static str, linux: Option<&'static str>) -> Target {
    Target { triple, runner, linux }
}

/// All targets.
pub(super) const TARGETS: [Target; 6] = [
    target("x86_64-unknown-linux-gnu", "ubuntu-latest", Some("manylinux2014")),
    target("aarch64-unknown-linux-gnu", "ubuntu-24.04-arm", Some("manylinux2014")),
    target("x86_64-unknown-linux-musl", "ubuntu-latest", Some("musllinux_1_2")),
    target("aarch64-apple-darwin", "macos-latest", None),
    target("x86_64-apple-darwin", "macos-latest", None),
    target("x86_64-pc-windows-msvc", "windows-latest", None),
];

impl Target {
    /// The target with a name.
    pub(super) fn named(triple: &str) -> Result<&'static Self, Failure> {
        TARGETS.iter().find(|target| target.triple == triple).ok_or_else(|| {
            let known = one_of(TARGETS.iter().map(|target| target.triple));
            Failure::Usage(format!(
                "{} is no target of a release: write {known}",
                diagnostics::quoted(triple)
            ))
        })
    }

    /// The target of this machine.
    pub(super) fn of_this_machine() -> Result<&'static Self, Failure> {
        let system = match OS {
            "linux" => "unknown-linux-gnu",
            "macos" => "apple-darwin",
            "windows" => "pc-windows-msvc",
            other => other,
        };
        Self::named(&format!("{ARCH}-{system}"))
    }

    /// Whether it is Windows.
    pub(super) fn is_windows(&self) -> bool {
        self.triple.contains("windows")
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    fn read(path: &str) -> String {
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)).unwrap()
    }

    #[test]
    fn the_workflow_builds_for_each_target_on_its_machine() {
        let workflow = read(WORKFLOW);
        for Target { triple, runner, .. } in &TARGETS {
            assert!(workflow.contains(&format!("- {{ target: {triple}, runner: {runner} }}\n")), "{triple}");
        }
        assert_eq!(workflow.matches("- { target: ").count(), TARGETS.len());
    }

    #[test]
    fn libraries_are_judged_for_each_target() {
        let deny = read("deny.toml");
        for target in &TARGETS {
            assert!(deny.contains(&format!("\"{}\"", target.triple)), "{}", target.triple);
        }
    }

    #[test]
    fn other_targets_are_refused_with_those_that_there_are() {
        let said = Target::named("riscv64").unwrap_err().to_string();
        assert!(said.contains("`riscv64`") && said.contains("`x86_64-apple-darwin`"), "{said}");
        assert_eq!(Target::named("x86_64-unknown-linux-musl").unwrap().linux, Some("musllinux_1_2"));
    }
}
