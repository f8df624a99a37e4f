//! From edits to splices.

use std::collections::BTreeMap;

use super::addition::{Addition, add};
use super::bracket::{Action, Change};
use super::error::{EditError, Refusal};
use super::operation::Edit;
use super::session::Session;
use crate::node::Node;
use crate::path::Path;
use crate::splice::Splice;
use crate::value::Value;

impl<'t> Session<'_, 't> {
    /// The splices that make the edits, sorted and without overlap.
    pub(super) fn splices(&self, edits: &[Edit]) -> Result<Vec<Splice>, EditError> {
        let (mut splices, mut cuts) = (Vec::new(), Vec::new());
        let mut additions: Vec<Addition<'_>> = Vec::new();
        let mut reached = None;
        let mut bracketed: BTreeMap<Path, Vec<(Path, Action<'_>, &Path)>> = BTreeMap::new();
        let mut single = Vec::with_capacity(edits.len());
        edits.iter().for_each(|edit| self.spread(edit, &mut single));
        for edit in single.iter().map(AsRef::as_ref) {
            let path = edit.path();
            let (node, depth) = self.outline.toml.find(path);
            let found = depth == path.steps().len();
            let action = match edit {
                Edit::Set(_, value) if found => Action::Set(value),
                Edit::Set(_, value) => {
                    add(&mut additions, path, depth, value.clone());
                    continue;
                }
                _ if !found => return Err(EditError::new(path, Refusal::Absent)),
                Edit::Remove(_) => Action::Remove,
                Edit::Rename(_, name) => Action::Rename(name),
                Edit::Replace(_, range, with) => Action::Replace(range, with),
            };
            match (self.bracket(path), action) {
                (Some(bracket), _) => {
                    bracketed.entry(bracket).or_default().push((path.clone(), action, path))
                }
                (None, Action::Set(value)) if self.has_header(path) || self.is_dotted(&node) => {
                    cuts.extend(self.replaceable(path)?);
                    add(&mut additions, path, depth - 1, value.clone());
                }
                (None, Action::Set(value)) => splices.extend(self.replacement(path, &node, value)?),
                (None, Action::Remove) => cuts.extend(self.removal(path)),
                (None, Action::Rename(name)) => splices.extend(self.renaming(path, name)?),
                (None, Action::Replace(range, with)) => {
                    splices.push(self.replaced(&node, range.clone(), with, path, &mut reached)?);
                }
                (None, Action::Add(_)) => {}
            }
        }
        let cuts = Self::cuts(cuts);
        additions.sort_by_cached_key(|addition| self.rank_of(addition));
        for addition in &additions {
            let path = addition.path();
            if let Some(bracket) = self.bracket(&path) {
                let added = (path, Action::Add(&addition.value), addition.edited);
                bracketed.entry(bracket).or_default().push(added);
                continue;
            }
            splices.push(self.insertion(addition, &cuts)?);
        }
        for (bracket, changes) in &bracketed {
            let (node, depth) = self.outline.toml.find(bracket);
            let changes: Vec<_> = changes
                .iter()
                .map(|(path, action, edited)| Change {
                    steps: &path.steps()[depth..],
                    action: *action,
                    edited,
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
            Some(edit) if meet => Err(EditError::new(edit.path(), Refusal::Meets)),
            _ => Ok(splices),
        }
    }

    fn replacement(&self, path: &Path, node: &Node<'t>, value: &Value) -> Result<Vec<Splice>, EditError> {
        if self.is_bracketed(node) && self.has_comments(node) {
            return self.remade(path.steps(), node, value, path);
        }
        Ok(vec![Splice { start: node.span.start, end: node.span.end, insert: self.value_at(path, value) }])
    }
}
