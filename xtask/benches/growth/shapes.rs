//! The shapes of input, and the registry that contains them.

use std::fs;
use std::path::Path;

/// An input that is made to cost more than its size.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    /// The command, run in the folder that holds `data`.
    pub(crate) arguments: &'static [&'static str],
    /// The smallest size; the largest, four times that, is within the limits unless the shape is about these.
    pub(crate) size: usize,
    /// Puts the shape, of a size, into the example registry.
    pub(crate) make: fn(&Path, usize),
}

/// The day on which the example registry is clean.
pub(crate) const LINT: &[&str] = &["lint", "--format", "concise", "--data", "data", "--today", "2026-07-15"];
pub(crate) const HUMAN: &[&str] = &["lint", "--format", "human", "--data", "data", "--today", "2026-07-15"];
pub(crate) const FIX: &[&str] = &["lint", "--fix", "--data", "data", "--today", "2026-07-15"];
pub(crate) const FMT: &[&str] = &["fmt", "--check", "--data", "data"];
pub(crate) const CSV: &[&str] = &["export", "csv", "--data", "data", "--out", "out"];
pub(crate) const IMPORT: &[&str] = &["import", "table.csv", "--data", "data", "--today", "2026-07-15"];

/// Copies the example registry into `data`.
pub(crate) fn base(folder: &Path) {
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/base"), &folder.join("data"));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(|entry| entry.unwrap()) {
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
