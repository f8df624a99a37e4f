//! Checks the lengths of files.

use std::fs;
use std::io;
use std::path::Path;

use super::{Fault, SOURCES, files, from_root};

/// The most lines of a file of Rust.
const MOST: usize = 500;

pub(super) fn faults(root: &Path) -> io::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for folder in SOURCES {
        for path in files(&root.join(folder), ".rs")? {
            let lines = fs::read_to_string(&path)?.lines().count();
            if lines > MOST {
                let message = format!("{lines} lines, and a file has at most {MOST}: split it by concept");
                faults.push(Fault { file: from_root(root, &path), message });
            }
        }
    }
    Ok(faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_at_most_so_many_lines() {
        let root = tempfile::tempdir().unwrap();
        for folder in SOURCES {
            fs::create_dir(root.path().join(folder)).unwrap();
        }
        let path = root.path().join("tests/long.rs");
        fs::write(&path, "\n".repeat(MOST)).unwrap();
        assert_eq!(faults(root.path()).unwrap(), []);
        fs::write(&path, "\n".repeat(MOST + 1)).unwrap();
        assert_eq!(faults(root.path()).unwrap().len(), 1);
    }
}
