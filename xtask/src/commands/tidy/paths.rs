//! Source files that the documentation names and that are not there.

use std::fs;
use std::io;
use std::path::Path;

use super::{Fault, files, from_root};

pub(super) fn faults(root: &Path) -> io::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for page in files(&root.join("docs"), ".md")? {
        let text = fs::read_to_string(&page)?;
        for (at, line) in text.lines().enumerate() {
            for path in source_files(line) {
                // A path begins at the root, or at the folder of a crate.
                if ["", "crates"].iter().all(|folder| !root.join(folder).join(path).exists()) {
                    let message = format!(
                        "line {}: there is no {path}: write its path from `crates`, or from the root",
                        at + 1
                    );
                    faults.push(Fault { file: from_root(root, &page), message });
                }
            }
        }
    }
    Ok(faults)
}

/// The source files that a line names between backquotes.
fn source_files(line: &str) -> impl Iterator<Item = &str> {
    let is_path = |word: &&str| {
        word.ends_with(".rs")
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte))
    };
    line.split('`').skip(1).step_by(2).filter(is_path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_files_by_paths_that_exist() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("crates/a/src")).unwrap();
        fs::create_dir(root.path().join("docs")).unwrap();
        fs::write(root.path().join("crates/a/src/read.rs"), "").unwrap();
        fs::write(
            root.path().join("docs/a.md"),
            "`a/src/read.rs` and `crates/a/src/read.rs`\n`read.rs`, `a::b`\n",
        )
        .unwrap();
        let faults = faults(root.path()).unwrap();
        let messages: Vec<_> = faults.iter().map(|fault| fault.message.as_str()).collect();
        assert_eq!(messages, ["line 2: there is no read.rs: write its path from `crates`, or from the root"]);
    }
}
