//! The names of the files that a write makes.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use crate::paths::document_of;

/// The file that holds the journal, in the folder that is written to.
pub(super) const JOURNAL: &str = ".write.journal";

const SUFFIX: &str = ".write.tmp";

/// Returns whether a path is that of a data file, below the folder on every system.
pub(super) fn is_data_file(path: &str) -> bool {
    let is_name = |component| matches!(component, Component::Normal(_));
    document_of(path).is_some() && Path::new(path).components().all(is_name)
}

/// The path of the file beside a target that holds its new text; a hidden one, so that no reader takes
/// it.
pub(super) fn temporary_name(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}.{name}{SUFFIX}")
}

/// The file beside a target that holds its new text.
pub(super) fn temporary(root: &Path, path: &str) -> PathBuf {
    root.join(temporary_name(path))
}

/// Returns whether a file of a folder is such a one, by its name: that of a data file or of the journal.
pub(super) fn is_temporary(folder: &str, name: &OsStr) -> bool {
    let target = name.to_str().and_then(|name| name.strip_prefix('.')?.strip_suffix(SUFFIX));
    target.is_some_and(|target| match folder {
        "" => target == JOURNAL || is_data_file(target),
        folder => is_data_file(&format!("{folder}/{target}")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_that_a_write_makes_are_swept() {
        let is = |folder, name| is_temporary(folder, OsStr::new(name));
        assert!(is("offerings", ".a.toml.write.tmp") && is("", ".registry.toml.write.tmp"));
        assert!(is("", "..write.journal.write.tmp"));
        for (folder, name) in [
            ("offerings", ".notes.write.tmp"),
            ("offerings", "..write.journal.write.tmp"),
            ("offerings", "a.toml.write.tmp"),
            ("", ".a.toml.write.tmp"),
            ("", ".write.tmp"),
        ] {
            assert!(!is(folder, name), "{folder}/{name}");
        }
    }
}
