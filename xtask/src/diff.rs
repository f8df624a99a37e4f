//! Unified diffs, as `patch` takes them.

use similar::TextDiff;

/// What changes in a file, by the path to show; nothing where nothing does.
pub(crate) fn unified(file: &str, old: &[u8], new: &[u8]) -> String {
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    TextDiff::from_lines(old.as_ref(), new.as_ref()).unified_diff().header(file, file).to_string()
}
