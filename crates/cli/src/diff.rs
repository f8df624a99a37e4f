//! Unified diffs, as `patch` takes them.

use std::fmt::Write;

use diagnostics::printable;
use similar::TextDiff;

use crate::folder::Folder;

/// What changes in a file, by the path to show; nothing where nothing does.
pub(crate) fn unified(file: &str, old: &[u8], new: &[u8]) -> String {
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let file = named(file);
    TextDiff::from_lines(old.as_ref(), new.as_ref()).unified_diff().header(&file, &file).to_string()
}

/// What changes where a file gets another name, in the form of git.
fn renamed(from: &str, to: &str, old: &[u8], new: &[u8]) -> String {
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let (from, to) = (named(from), named(to));
    let diff = TextDiff::from_lines(old.as_ref(), new.as_ref());
    format!(
        "diff --git {from} {to}\nrename from {from}\nrename to {to}\n{}",
        diff.unified_diff().header(&from, &to)
    )
}

/// What a write changes, by the path to show.
pub(crate) fn changed(file: &str, write: &store::Write) -> String {
    let bytes = |bytes: &Option<Vec<u8>>| bytes.clone().unwrap_or_default();
    unified(file, &bytes(&write.before), &bytes(&write.after))
}

/// What writes to a data folder change.
pub(crate) fn diff_of(writes: &[store::Write], folder: &Folder) -> String {
    diff_with_moves(writes, &[], folder)
}

/// The same where some files get another name: the paths before and after.
pub(crate) fn diff_with_moves(
    writes: &[store::Write],
    moves: &[(String, String)],
    folder: &Folder,
) -> String {
    let shown = |path: &str| format!("{}{path}", folder.prefix);
    let bytes_of = |path: &str| writes.iter().find(|write| write.path == path);
    let one = |write: &store::Write| {
        if moves.iter().any(|(from, _)| *from == write.path) {
            return String::new();
        }
        let from = moves.iter().find(|(_, to)| *to == write.path).map(|(from, _)| from);
        match from.and_then(|from| bytes_of(from)?.before.as_ref().map(|old| (from, old))) {
            Some((from, old)) => {
                renamed(&shown(from), &shown(&write.path), old, write.after.as_deref().unwrap_or_default())
            }
            None => changed(&shown(&write.path), write),
        }
    };
    writes.iter().map(one).collect()
}

/// A path as a diff names it: in quotes where it holds what would end the line or reach the terminal, as git
/// writes it and `patch` reads it.
pub(crate) fn named(path: &str) -> String {
    if *printable(path) == *path && !path.contains(['"', '\\']) {
        return path.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in path.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            // The second `#` may be that of a command to a CI runner.
            '#' => quoted.push_str("\\043"),
            c if *printable(c.encode_utf8(&mut [0; 4])) == *c.encode_utf8(&mut [0; 4]) => quoted.push(c),
            c => c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| {
                let _ = write!(quoted, "\\{byte:03o}");
            }),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_would_end_the_line_are_quoted() {
        assert_eq!(named("data/offerings/a b.toml"), "data/offerings/a b.toml");
        assert_eq!(named("x\n::e \"\\\u{1b}\u{202e}"), r#""x\012::e \"\\\033\342\200\256""#);
        assert_eq!(named("##[x]"), r##""\043\043[x]""##);
        let diff = unified("x\ny", b"a\n", b"b\n");
        assert_eq!(diff, "--- \"x\\012y\"\n+++ \"x\\012y\"\n@@ -1 +1 @@\n-a\n+b\n");
    }
}
