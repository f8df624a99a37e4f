//! Turns edits on subjects into splices of bytes, so that everything else of a file stays as it is.

mod addition;
mod removal;
#[cfg(test)]
mod tests;

use diagnostics::{Anchor, Edit, Place, Splice};
use model::{Dimensions, Document, FieldPath, Step, Subject, Value};
use toml::de::DeTable;

use crate::canonical::{entry, inline, key};
use crate::document::{Layout, is_below, split_last};
use crate::locator::path_in_file;
use crate::verify::verify;

use self::addition::{Addition, add};

/// An edit that cannot be made without touching more than it names.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot change {path} of {file}: {reason}")]
pub struct EditError {
    /// What was to be changed.
    pub path: String,
    /// The file that holds it.
    pub file: String,
    /// Why it cannot be.
    pub reason: &'static str,
}

/// Makes edits to the text of one data file.
pub struct Editor<'d> {
    document: Document,
    dimensions: &'d Dimensions,
}

impl<'d> Editor<'d> {
    /// An editor for a kind of file. Cells keep the order of the dimensions.
    pub fn new(document: Document, dimensions: &'d Dimensions) -> Self {
        Self { document, dimensions }
    }

    /// The splices that make the edits, sorted and without overlap.
    ///
    /// # Errors
    ///
    /// When an edit has no place in this text, or two edits meet.
    pub fn splices(&self, text: &str, edits: &[Edit]) -> Result<Vec<Splice>, EditError> {
        let (tree, errors) = DeTable::parse_recoverable(text);
        let layout = Layout::new(text, tree.get_ref());
        let session = Session { editor: self, layout };
        if let (Some(edit), false) = (edits.first(), errors.is_empty()) {
            return Err(refuse(edit.subject(), "the file is not valid TOML"));
        }
        session.splices(edits)
    }

    /// The text with the edits made. The result is read again and must differ only where the edits
    /// say.
    ///
    /// # Errors
    ///
    /// As [`Editor::splices`], and when the result says anything else than promised.
    pub fn apply(&self, text: &str, edits: &[Edit]) -> Result<String, EditError> {
        let edited = splice(text, &self.splices(text, edits)?);
        match edits.first() {
            Some(edit) if !verify(text, &edited, edits) => {
                Err(refuse(edit.subject(), "the text around it would change its meaning"))
            }
            _ => Ok(edited),
        }
    }
}

/// The text with sorted splices made.
pub fn splice(text: &str, splices: &[Splice]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for splice in splices {
        out.push_str(&text[at..splice.start]);
        out.push_str(&splice.insert);
        at = splice.end;
    }
    out.push_str(&text[at..]);
    out
}

fn refuse(subject: &Subject, reason: &'static str) -> EditError {
    let path = subject.field.as_ref().map_or_else(String::new, ToString::to_string);
    let path = match &subject.dimension {
        Some(dimension) => format!("{dimension} {path}").trim().to_owned(),
        None => path,
    };
    EditError { path, file: subject.entity.file(), reason }
}

struct Session<'e, 't> {
    editor: &'e Editor<'e>,
    layout: Layout<'t>,
}

impl Session<'_, '_> {
    fn splices(&self, edits: &[Edit]) -> Result<Vec<Splice>, EditError> {
        let mut splices = Vec::new();
        let mut additions: Vec<Addition<'_>> = Vec::new();
        for edit in edits {
            let subject = edit.subject();
            let path =
                path_in_file(&Place { subject: subject.clone(), anchor: Anchor::Value }, self.layout.tree);
            let (node, depth) = self.layout.root().descend(&path);
            let found = depth == path.steps().len();
            match edit {
                Edit::Set(_, value) if found => {
                    if self.layout.headers.iter().any(|header| is_below(&header.path, &path)) {
                        return Err(refuse(subject, "it is a table with a header of its own"));
                    }
                    splices.push(Splice {
                        start: node.span.start,
                        end: node.span.end,
                        insert: self.value_at(&path, value),
                    });
                }
                Edit::Set(_, value) => add(&mut additions, &path, depth, value.clone(), subject),
                _ if !found => return Err(refuse(subject, "it is not there")),
                Edit::Remove(_) => splices.extend(self.removal(&path, subject)?),
                Edit::Rename(_, name) => match node.key {
                    Some(span) if !self.layout.headers.iter().any(|header| is_below(&header.path, &path)) => {
                        splices.push(Splice { start: span.start, end: span.end, insert: key(name) });
                    }
                    _ => splices.extend(self.renamed_headers(&path, name)),
                },
                Edit::Replace(_, range, with) => {
                    splices.push(self.replaced(&path, range.clone(), with, subject)?)
                }
            }
        }
        for addition in &additions {
            splices.push(self.insertion(addition)?);
        }
        splices.sort_by_key(|splice| (splice.start, splice.end));
        let meet = splices.windows(2).any(|pair| pair[0].end > pair[1].start);
        match edits.first() {
            Some(edit) if meet => Err(refuse(edit.subject(), "another edit touches the same text")),
            _ => Ok(splices),
        }
    }

    /// A value in the place of another: long texts on lines of their own, but not within brackets.
    fn value_at(&self, path: &FieldPath, value: &Value) -> String {
        let Some((_, Step::Key(name))) = split_last(path) else { return inline(value) };
        if self.is_inline(path) {
            return inline(value);
        }
        let name = key(&name);
        let written = entry(&name, value);
        self.line_ends(written[name.len() + 3..].trim_end())
    }

    /// Whether a path lies in an inline table or a list in brackets.
    fn is_inline(&self, path: &FieldPath) -> bool {
        let mut node = self.layout.root();
        for step in path.steps() {
            let bracket = self.layout.source[node.span.clone()].starts_with('{');
            if bracket
                || matches!(step, Step::Index(_)) && !self.layout.source[node.span.clone()].starts_with("[[")
            {
                return true;
            }
            match node.child(step) {
                Some(child) => node = child,
                None => return false,
            }
        }
        false
    }

    fn line_ends(&self, text: &str) -> String {
        if self.layout.newline == "\n" { text.to_owned() } else { text.replace('\n', self.layout.newline) }
    }
}
