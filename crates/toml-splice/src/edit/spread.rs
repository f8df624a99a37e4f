//! Another value in the place of tables that have their own headers, or that dotted keys spell out.

use std::borrow::Cow;
use std::ops::Range;

use super::error::{EditError, Refusal};
use super::operation::Edit;
use super::session::Session;
use crate::comments::comments;
use crate::path::{Path, Step};
use crate::value::Value;

impl Session<'_, '_> {
    /// The edits that an edit comes to. One that sets a table, or a list of tables, that is not in brackets sets its
    /// values one by one, so that those that stay keep their places and comments.
    pub(super) fn spread<'a>(&self, edit: &'a Edit, into: &mut Vec<Cow<'a, Edit>>) {
        match edit {
            Edit::Set(path, value) => match self.parts(path, value) {
                Some(parts) => {
                    let mut single = Vec::new();
                    parts.iter().for_each(|part| self.spread(part, &mut single));
                    into.extend(single.into_iter().map(|part| Cow::Owned(part.into_owned())));
                }
                None => into.push(Cow::Borrowed(edit)),
            },
            _ => into.push(Cow::Borrowed(edit)),
        }
    }

    /// The edits of single values that set a whole one; none where it is in brackets, or of another kind.
    fn parts(&self, path: &Path, value: &Value) -> Option<Vec<Edit>> {
        if !matches!(value, Value::Table(_) | Value::List(_)) {
            return None;
        }
        let (node, depth) = self.outline.toml.find(path);
        if depth != path.steps().len() || self.bracket(path).is_some() || self.is_bracketed(&node) {
            return None;
        }
        let below = |step: Step| path.clone().step(step);
        match value {
            Value::Table(fields) => {
                if !node.is_table() {
                    return None;
                }
                let is_set = |key: &str| fields.iter().any(|(name, _)| name == key);
                let gone = node.entries().map(|(key, _)| key.to_owned()).filter(|key| !is_set(key));
                let set = fields
                    .iter()
                    .map(|(name, value)| Edit::Set(below(Step::Key(name.clone())), value.clone()));
                Some(set.chain(gone.map(|key| Edit::Remove(below(Step::Key(key))))).collect())
            }
            Value::List(items) if node.is_list() && !items.is_empty() => {
                if !items.iter().all(|item| matches!(item, Value::Table(_))) {
                    return None;
                }
                let count = node.children().len();
                let set = items
                    .iter()
                    .enumerate()
                    .map(|(at, item)| Edit::Set(below(Step::Index(at)), item.clone()));
                Some(set.chain((items.len()..count).map(|at| Edit::Remove(below(Step::Index(at))))).collect())
            }
            _ => None,
        }
    }

    /// The lines of a table that gives way to a value of another kind: they must hold no comments.
    pub(super) fn replaceable(&self, path: &Path) -> Result<Vec<Range<usize>>, EditError> {
        if matches!(path.steps().last(), Some(Step::Index(_))) {
            return Err(EditError::new(path, Refusal::OneOfTables));
        }
        let ranges = self.removal(path);
        let is_within = |comment: &Range<usize>| ranges.iter().any(|range| range.contains(&comment.start));
        if comments(self.outline.source).any(|comment| is_within(&comment)) {
            Err(EditError::new(path, Refusal::Comments))
        } else {
            Ok(ranges)
        }
    }
}
