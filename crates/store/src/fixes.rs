//! Makes the fixes of many findings in the files of a source.

use std::collections::{BTreeMap, BTreeSet};

use diagnostics::Edit;
use model::Dimensions;
use rayon::prelude::*;
use toml_splice::Refusal;

use crate::paths::document_of;
use crate::{Editor, FileEditError, FixOutcome, Source, Store, StoreError};

/// One round of fixes.
#[derive(Debug, Default)]
pub struct FixRound {
    /// The files with a fix made, by path in the data folder, with their new texts.
    pub texts: Vec<(String, String)>,
    /// What became of each fix, in the order given.
    pub outcomes: Vec<FixOutcome>,
}

/// Makes as many fixes as go together: each whole or not at all, none meeting another. Those that
/// wait may be made in the texts that come of it, once these have been judged again.
///
/// # Errors
///
/// When a file cannot be read.
pub fn fix_files(source: &dyn Source, fixes: &[&[Edit]]) -> Result<FixRound, StoreError> {
    let files = each_file(source, fixes, |editor, text, fixes| editor.fix(text, fixes))?;
    let mut fixed = FixRound { texts: Vec::new(), outcomes: vec![FixOutcome::Waits; fixes.len()] };
    for (path, wanted, (text, outcomes)) in files {
        if outcomes.contains(&FixOutcome::Made) {
            fixed.texts.push((path, text));
        }
        for (at, outcome) in wanted.into_iter().zip(outcomes) {
            fixed.outcomes[at] = outcome;
        }
    }
    Ok(fixed)
}

/// Makes edits in the files that they are about, all or none. Returns the files with their new texts, by path in the
/// data folder.
///
/// # Errors
///
/// When a file cannot be read, or an edit cannot be made.
pub fn edit_files(
    source: &dyn Source,
    edits: &[Edit],
) -> Result<Result<Vec<(String, String)>, FileEditError>, StoreError> {
    let mut by_file: BTreeMap<String, Vec<Edit>> = BTreeMap::new();
    for edit in edits {
        by_file.entry(edit.subject().entity.file()).or_default().push(edit.clone());
    }
    let asked: Vec<&[Edit]> = by_file.values().map(Vec::as_slice).collect();
    let made = each_file(source, &asked, |editor, text, edits| {
        edits.iter().map(|edits| editor.apply(text, edits)).collect::<Result<Vec<_>, _>>()
    })?;
    let read: BTreeSet<&String> = made.iter().map(|(path, ..)| path).collect();
    if let Some(file) = by_file.keys().find(|file| !read.contains(file)) {
        return Ok(Err(FileEditError {
            path: "anything".to_owned(),
            file: file.clone(),
            reason: Refusal::Invalid,
        }));
    }
    // Each file was handed all of its edits at once.
    let texts = made.into_iter().map(|(path, _, texts)| Ok((path, texts?.concat())));
    Ok(texts.collect())
}

/// Hands each file its fixes, in parallel: the path, which fixes they are, and what came of it.
fn each_file<T: Send>(
    source: &dyn Source,
    fixes: &[&[Edit]],
    work: impl Fn(&Editor<'_>, &str, &[&[Edit]]) -> T + Sync,
) -> Result<Vec<(String, Vec<usize>, T)>, StoreError> {
    let mut by_file: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, edits) in fixes.iter().enumerate() {
        if let Some(file) = file_of(edits) {
            by_file.entry(file).or_default().push(at);
        }
    }
    let dimensions = Store::open(source)?.dimensions()?;
    let one = |(path, wanted): (String, Vec<usize>)| {
        let Some(text) = read(source, &path)? else { return Ok(None) };
        let Some(editor) = editor(&path, &dimensions) else { return Ok(None) };
        let asked: Vec<&[Edit]> = wanted.iter().map(|at| fixes[*at]).collect();
        let done = work(&editor, &text, &asked);
        Ok(Some((path, wanted, done)))
    };
    let done: Result<Vec<_>, StoreError> = by_file.into_par_iter().map(one).collect();
    Ok(done?.into_iter().flatten().collect())
}

/// The one file that a fix changes, by its path in the data folder.
pub(crate) fn file_of(edits: &[Edit]) -> Option<String> {
    let mut files = edits.iter().map(|edit| edit.subject().entity.file());
    let first = files.next()?;
    files.all(|file| file == first).then_some(first)
}

/// The editor of a data file; none for another file.
pub(crate) fn editor<'d>(path: &str, dimensions: &'d Dimensions) -> Option<Editor<'d>> {
    document_of(path).map(|document| Editor::new(document, dimensions))
}

fn read(source: &dyn Source, path: &str) -> Result<Option<String>, StoreError> {
    Ok(source.read(path)?.ok().and_then(|bytes| String::from_utf8(bytes).ok()))
}
