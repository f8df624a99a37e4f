//! Turns edits on subjects into splices of bytes, so that everything else of a file stays as it is.

mod addition;
mod bracket;
mod entries;
mod fixes;
#[cfg(test)]
mod layouts;
mod removal;
mod sequence;
mod spread;
#[cfg(test)]
mod tests;
mod weave;

use std::collections::BTreeMap;

use diagnostics::{Edit, Splice};
use model::{Dimensions, Document, FieldPath, Step, Subject, Value};
use toml::de::DeTable;

use crate::canonical::{entry, inline, key};
use crate::document::{Layout, split_last};
use crate::locator::path_in_file;
use crate::node::Node;
use crate::verify::Promise;

use self::addition::{Addition, add};
use self::bracket::{Action, Change};
use self::entries::TakenApart;
pub use self::fixes::Ended;

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

    /// The text with the edits made, all of them or none. The result is read again and must differ
    /// only where the edits say.
    ///
    /// # Errors
    ///
    /// When an edit has no place in this text, two edits meet, or the result says anything else than
    /// promised.
    pub fn apply(&self, text: &str, edits: &[Edit]) -> Result<String, EditError> {
        let (tree, errors) = DeTable::parse_recoverable(text);
        let session = Session::new(self, text, tree.get_ref());
        let Some(first) = edits.first() else { return Ok(text.to_owned()) };
        if !errors.is_empty() {
            return Err(refuse(first.subject(), INVALID));
        }
        let edited = splice(text, &session.splices(edits)?);
        let promise = Promise::new(text, tree.get_ref());
        let kept = promise.is_kept(&edited, &edits.iter().collect::<Vec<_>>());
        if kept { Ok(edited) } else { Err(refuse(first.subject(), BROKEN)) }
    }
}

const INVALID: &str = "the file is not valid TOML";
const ABSENT: &str = "it is not there";
const MEETS: &str = "another edit touches the same text";
const BROKEN: &str = "the text around it would change its meaning";

/// The text with sorted splices made.
fn splice(text: &str, splices: &[Splice]) -> String {
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
    apart: TakenApart<'t>,
}

impl<'e, 't> Session<'e, 't> {
    fn new(editor: &'e Editor<'e>, text: &'t str, tree: &'t DeTable<'t>) -> Self {
        Self { editor, layout: Layout::new(text, tree), apart: TakenApart::default() }
    }

    /// The splices that make the edits, sorted and without overlap.
    fn splices(&self, edits: &[Edit]) -> Result<Vec<Splice>, EditError> {
        let (mut splices, mut cuts) = (Vec::new(), Vec::new());
        let mut additions: Vec<Addition<'_>> = Vec::new();
        let mut reached = None;
        let mut bracketed: BTreeMap<FieldPath, Vec<(FieldPath, Action<'_>, &Subject)>> = BTreeMap::new();
        let mut single = Vec::with_capacity(edits.len());
        edits.iter().for_each(|edit| self.spread(edit, &mut single));
        for edit in single.iter().map(AsRef::as_ref) {
            let subject = edit.subject();
            let path = path_in_file(subject, self.layout.tree).ok_or_else(|| refuse(subject, ABSENT))?;
            let (node, depth) = self.layout.root().descend(&path);
            let found = depth == path.steps().len();
            let action = match edit {
                Edit::Set(_, value) if found => Action::Set(value),
                Edit::Set(_, value) => {
                    add(&mut additions, &path, depth, value.clone(), subject);
                    continue;
                }
                _ if !found => return Err(refuse(subject, ABSENT)),
                Edit::Remove(_) => Action::Remove,
                Edit::Rename(_, name) => Action::Rename(name),
                Edit::Replace(_, range, with) => Action::Replace(range, with),
            };
            match (self.bracket(&path), action) {
                (Some(bracket), _) => bracketed.entry(bracket).or_default().push((path, action, subject)),
                (None, Action::Set(value)) if self.has_header(&path) || self.is_dotted(&node) => {
                    cuts.extend(self.replaceable(&path, subject)?);
                    add(&mut additions, &path, depth - 1, value.clone(), subject);
                }
                (None, Action::Set(value)) => splices.extend(self.replacement(&path, &node, value, subject)?),
                (None, Action::Remove) => cuts.extend(self.removal(&path)),
                (None, Action::Rename(name)) => splices.extend(self.renaming(&path, name, subject)?),
                (None, Action::Replace(range, with)) => {
                    splices.push(self.replaced(&node, range.clone(), with, subject, &mut reached)?);
                }
                (None, Action::Add(_)) => {}
            }
        }
        let cuts = Self::cuts(cuts);
        additions.sort_by_cached_key(|addition| self.rank_of(addition));
        for addition in &additions {
            let path = addition.path();
            if let Some(bracket) = self.bracket(&path) {
                let added = (path, Action::Add(&addition.value), addition.subject);
                bracketed.entry(bracket).or_default().push(added);
                continue;
            }
            splices.push(self.insertion(addition, &cuts)?);
        }
        for (bracket, changes) in &bracketed {
            let (node, depth) = self.layout.root().descend(bracket);
            let changes: Vec<_> = changes
                .iter()
                .map(|(path, action, subject)| Change {
                    steps: &path.steps()[depth..],
                    action: *action,
                    subject,
                })
                .collect();
            splices.extend(self.within(bracket.steps(), &node, &changes)?);
        }
        // What changes within a text that goes, goes too.
        let goes = |splice: &Splice| {
            let before = cuts.partition_point(|cut| cut.start <= splice.start);
            before.checked_sub(1).is_some_and(|at| splice.start < splice.end && splice.end <= cuts[at].end)
        };
        splices.retain(|splice| !goes(splice));
        splices.extend(cuts);
        splices.sort_by_key(|splice| (splice.start, splice.end));
        self.without_last_line_end(&mut splices);
        let meet = splices.windows(2).any(|pair| pair[0].end > pair[1].start);
        match edits.first() {
            Some(edit) if meet => Err(refuse(edit.subject(), MEETS)),
            _ => Ok(splices),
        }
    }

    /// The outermost value in brackets that a path leads into.
    fn bracket(&self, path: &FieldPath) -> Option<FieldPath> {
        let mut node = self.layout.root();
        for (depth, step) in path.steps().iter().enumerate() {
            if depth > 0 && self.is_bracketed(&node) {
                return Some(path.steps()[..depth].iter().cloned().collect());
            }
            node = node.child(step)?;
        }
        None
    }

    fn replacement(
        &self,
        path: &FieldPath,
        node: &Node<'t>,
        value: &Value,
        subject: &Subject,
    ) -> Result<Vec<Splice>, EditError> {
        if self.is_bracketed(node) && self.has_comments(node) {
            return self.remade(path.steps(), node, value, subject);
        }
        Ok(vec![Splice { start: node.span.start, end: node.span.end, insert: self.value_at(path, value) }])
    }

    /// Whether a header spells a table out, or one below it.
    fn has_header(&self, path: &FieldPath) -> bool {
        self.layout.headers_below(path).next().is_some()
    }

    /// Whether a table is spelled out by dotted keys alone: it stands nowhere as a whole.
    fn is_dotted(&self, node: &Node<'_>) -> bool {
        node.table().is_some() && !self.layout.source[node.span.clone()].starts_with(['{', '['])
    }

    /// A value in the place of another that is not in brackets: long texts on lines of their own.
    fn value_at(&self, path: &FieldPath, value: &Value) -> String {
        let Some((_, Step::Key(name))) = split_last(path) else { return inline(value) };
        let name = key(&name);
        let written = entry(&name, value);
        self.line_ends(written[name.len() + 3..].trim_end())
    }

    fn line_ends(&self, text: &str) -> String {
        if self.layout.newline == "\n" { text.to_owned() } else { text.replace('\n', self.layout.newline) }
    }
}
