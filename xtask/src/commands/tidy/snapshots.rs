//! Snapshots that no test compares with.

use std::fs;
use std::io;
use std::path::Path;

use super::{Fault, SOURCES, files, from_root};

pub(super) fn faults(root: &Path) -> io::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for folder in SOURCES {
        for path in files(&root.join(folder), ".snap")? {
            if let Some(message) = orphaned(root, &path)? {
                faults.push(Fault { file: from_root(root, &path), message });
            }
        }
    }
    Ok(faults)
}

/// Why nothing compares with a snapshot. It names its test file, and its own name ends with that of the test, or
/// with one that the test gives.
fn orphaned(root: &Path, path: &Path) -> io::Result<Option<String>> {
    let text = fs::read_to_string(path)?;
    let Some(source) = text.lines().find_map(|line| line.strip_prefix("source: ")) else {
        return Ok(Some(
            "it does not say which test it is of: remove it, and run the tests again".to_owned(),
        ));
    };
    let source = source.trim_matches('"');
    let Ok(test) = fs::read_to_string(root.join(source)) else {
        return Ok(Some(format!("its test file {source} does not exist: remove it")));
    };
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let name = stem.rsplit("__").next().unwrap_or_default();
    // A test may number its snapshots, or put a number into their names.
    let before_number =
        name.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default().trim_end_matches('-');
    let is_named = test.contains(name) || !before_number.is_empty() && test.contains(before_number);
    Ok((!is_named).then(|| format!("{source} has no test or snapshot `{name}`: remove it")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snapshot_without_its_test_is_an_orphan() {
        let root = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        for folder in SOURCES {
            fs::create_dir(root.path().join(folder)).unwrap();
        }
        write(
            "tests/a.rs",
            "#[test]\nfn kept() {\n    assert_snapshot!(format!(\"at_{width}_columns\"), text);\n}\n",
        );
        for (name, source) in
            [("a__kept", "a"), ("a__kept-2", "a"), ("a__at_80_columns", "a"), ("a__gone", "a")]
        {
            write(&format!("tests/snapshots/{name}.snap"), &format!("---\nsource: tests/{source}.rs\n---\n"));
        }
        write("tests/snapshots/b__any.snap", "---\nsource: tests/b.rs\n---\n");
        let found = faults(root.path()).unwrap();
        let messages: Vec<_> = found.iter().map(|fault| fault.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "tests/a.rs has no test or snapshot `gone`: remove it",
                "its test file tests/b.rs does not exist: remove it"
            ]
        );
    }
}
