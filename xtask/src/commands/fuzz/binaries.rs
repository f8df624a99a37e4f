//! The property tests as compiled: which test binary runs which.

use std::path::{Path, PathBuf};
use std::process::Command;

use cli::Failure;
use serde_json::Value;
use store::StoreError;

use super::properties::Property;
use crate::cargo;

/// A property test that can be run.
#[derive(Debug, Clone)]
pub(super) struct Test {
    /// Its name with that of the crate, and of the file in `tests` if it is in one.
    pub(super) name: String,
    /// What the binary calls it.
    pub(super) path: String,
    /// How many inputs it draws in a run.
    pub(super) cases: u64,
    /// The test binary.
    pub(super) binary: PathBuf,
    /// The folder of its crate, where cargo runs it.
    pub(super) folder: PathBuf,
}

/// Compiles all tests as `cargo test` does, and returns those that are property tests.
pub(super) fn build(root: &Path, properties: &[Property]) -> Result<Vec<Test>, Failure> {
    let arguments = ["test", "--workspace", "--tests", "--no-run"];
    let built = cargo::command(root, &arguments).output().map_err(cargo::not_run())?;
    if !built.status.success() {
        return Err(Failure::Usage("the tests do not compile".to_owned()));
    }
    let mut tests = Vec::new();
    let mut compiled = vec![false; properties.len()];
    for message in cargo::messages(&built.stdout) {
        if message.pointer("/profile/test") != Some(&Value::Bool(true)) {
            continue;
        }
        let text = |pointer| message.pointer(pointer).and_then(Value::as_str);
        let (Some(binary), Some(manifest), Some(target), Some(source)) =
            (text("/executable"), text("/manifest_path"), text("/target/name"), text("/target/src_path"))
        else {
            continue;
        };
        let folder = Path::new(manifest).parent().unwrap_or(root);
        let package = folder.file_name().unwrap_or_default().to_string_lossy();
        let prefix = if *package == *target { package.into_owned() } else { format!("{package}::{target}") };
        // A crate is all files of the folder of its root; a separate test is one file.
        let source = Path::new(source).canonicalize().map_err(StoreError::io("open", Path::new(source)))?;
        let is_root = ["main.rs", "lib.rs"].iter().any(|root| source.ends_with(root));
        let sources = if is_root { source.parent().unwrap_or(root) } else { &source };
        for path in listed(Path::new(binary))? {
            let is_it = |property: &Property| is_at(&path, property, sources);
            if let Some(at) = properties.iter().position(is_it) {
                compiled[at] = true;
                tests.push(Test {
                    name: format!("{prefix}::{path}"),
                    cases: properties[at].cases,
                    binary: binary.into(),
                    folder: folder.into(),
                    path,
                });
            }
        }
    }
    if let Some(at) = compiled.iter().position(|compiled| !compiled) {
        let Property { source, function, .. } = &properties[at];
        return Err(Failure::Usage(format!("{}: no test binary has `{function}`", source.display())));
    }
    tests.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(tests)
}

/// Returns whether a test with this path in a crate, whose sources are this folder or this one file, is a property.
fn is_at(path: &str, property: &Property, sources: &Path) -> bool {
    let Ok(inside) = property.source.strip_prefix(sources) else { return false };
    let inside = inside.with_extension("");
    let modules: Vec<_> = inside.iter().filter(|name| *name != "main" && *name != "lib").collect();
    let mut names = path.split("::");
    modules.iter().all(|module| names.next().is_some_and(|name| *module == name))
        && names.last() == Some(property.function.as_str())
}

/// The tests that a test binary has.
fn listed(binary: &Path) -> Result<Vec<String>, StoreError> {
    let list = Command::new(binary).arg("--list").output().map_err(StoreError::io("run", binary))?;
    let list = String::from_utf8_lossy(&list.stdout).into_owned();
    Ok(list.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_is_found_by_its_source() {
        let at = |path: &str, source: &str, sources: &str| {
            let property = Property { source: source.into(), function: "holds".to_owned(), cases: 1 };
            is_at(path, &property, Path::new(sources))
        };
        assert!(at("tabular::list::tests::holds", "/crates/model/src/tabular/list.rs", "/crates/model/src"));
        assert!(at("filter::tests::holds", "/xtask/src/filter/tests.rs", "/xtask/src"));
        assert!(at("tests::holds", "/xtask/src/main.rs", "/xtask/src"));
        assert!(at("fmt::holds", "/tests/fmt.rs", "/tests"));
        assert!(at("holds", "/crates/import/tests/texts.rs", "/crates/import/tests/texts.rs"));
        assert!(!at(
            "tabular::facts::tests::holds",
            "/crates/model/src/tabular/list.rs",
            "/crates/model/src"
        ));
        assert!(!at("tabular::list::tests::other", "/crates/model/src/tabular/list.rs", "/crates/model/src"));
        assert!(!at("holds", "/crates/lint/tests/a.rs", "/crates/lint/tests/b.rs"));
        assert!(!at("cli::holds", "/tests/fmt.rs", "/tests"));
    }
}
