//! Edits within a value in brackets: all of them are made at once, so that none meets another.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use super::entries::{Entries, Entry};
use super::error::{EditError, Refusal};
use super::removal::key_segment;
use super::sequence::{Out, Window};
use super::session::Session;
use crate::literal::key;
use crate::meaning::Meaning;
use crate::node::Node;
use crate::path::{Path, Step};
use crate::splice::Splice;
use crate::style::order;
use crate::value::Value;
use crate::write::inline;

/// What happens to one value.
#[derive(Clone, Copy)]
pub(super) enum Action<'a> {
    Set(&'a Value),
    /// It was not there.
    Add(&'a Value),
    Replace(&'a Range<usize>, &'a str),
    Remove,
    Rename(&'a str),
}

/// An action on the value that some steps lead to, seen from a value above it.
#[derive(Clone, Copy)]
pub(super) struct Change<'a> {
    pub(super) steps: &'a [Step],
    pub(super) action: Action<'a>,
    /// The path of the edit.
    pub(super) edited: &'a Path,
}

impl<'t> Session<'_, 't> {
    /// Returns whether a value is written in brackets.
    pub(super) fn is_bracketed(&self, node: &Node<'_>) -> bool {
        let written = &self.outline.source[node.span.clone()];
        (node.is_list() && written.starts_with('[') || node.is_table() && written.starts_with('{'))
            && !self.outline.is_header_at(&node.span)
    }

    fn entries(&self, node: &Node<'t>) -> Rc<Entries<'t>> {
        self.apart.entries(self.outline.source, node)
    }

    /// Returns whether a bracketed value holds comments.
    pub(super) fn has_comments(&self, node: &Node<'t>) -> bool {
        let source = self.outline.source;
        let entries = self.entries(node);
        let is_noted = |entry: &Entry<'t>| {
            let around = [entry.loose.start..entry.text.start, entry.text.end..entry.end];
            around.into_iter().any(|range| source[range].contains('#'))
                || self.is_bracketed(&entry.node) && self.has_comments(&entry.node)
        };
        source[entries.open.clone()].contains('#')
            || source[entries.close.clone()].contains('#')
            || entries.items.iter().any(is_noted)
    }

    /// A new value in the place of a bracketed one. Where comments are within, what stays of the value
    /// keeps its own.
    pub(super) fn remade(
        &self,
        path: &[Step],
        node: &Node<'t>,
        value: &Value,
        edited: &Path,
    ) -> Result<Vec<Splice>, EditError> {
        let entries = self.entries(node);
        match value {
            Value::List(items) if node.is_list() => Ok(self.listed(&entries, items)),
            Value::Table(fields) if node.is_table() => {
                let mut paths: Vec<(Vec<Step>, Action<'_>)> = Vec::new();
                for (name, value) in fields {
                    let step = Step::Key(name.clone());
                    let known = node.child(&step).is_some();
                    paths.push((vec![step], if known { Action::Set(value) } else { Action::Add(value) }));
                }
                for (name, _) in node.entries() {
                    if !fields.iter().any(|(field, _)| field == name) {
                        paths.push((vec![Step::Key(name.to_owned())], Action::Remove));
                    }
                }
                let changes: Vec<_> =
                    paths.iter().map(|(steps, action)| Change { steps, action: *action, edited }).collect();
                self.within(path, node, &changes)
            }
            _ => Ok(vec![Splice { start: node.span.start, end: node.span.end, insert: inline(value) }]),
        }
    }

    /// Items in the place of those of a list: an equal one stays with its comments, moved if need be.
    fn listed(&self, entries: &Entries<'_>, items: &[Value]) -> Vec<Splice> {
        let said: Vec<_> = entries.items.iter().map(|entry| entry.node.meaning()).collect();
        let mut used = vec![false; said.len()];
        let out = items.iter().map(|item| {
            let wanted = Meaning::from(item);
            let found = (0..said.len()).find(|at| !used[*at] && said[*at] == wanted);
            found.map_or_else(
                || Out::New(inline(item)),
                |at| {
                    used[at] = true;
                    Out::Old(at)
                },
            )
        });
        self.laid_out(entries, &Window::whole(entries), &out.collect::<Vec<_>>(), true)
    }

    /// The splices that make all changes within a bracketed value, which is at a path.
    pub(super) fn within(
        &self,
        path: &[Step],
        node: &Node<'t>,
        changes: &[Change<'_>],
    ) -> Result<Vec<Splice>, EditError> {
        let source = self.outline.source;
        let entries = self.entries(node);
        let mut inner: BTreeMap<usize, Vec<Change<'_>>> = BTreeMap::new();
        let mut gone = BTreeSet::new();
        let mut names = Vec::new();
        let mut new = Vec::new();
        for change in changes {
            let mut found = false;
            for at in entries.near(change.steps) {
                let entry = &entries.items[at];
                let Some(reach) = reach(node, at, entry, change.steps) else { continue };
                found = true;
                match (reach, change.action) {
                    (Reach::Below(rest), _) if !rest.is_empty() => {
                        inner.entry(at).or_default().push(Change { steps: rest, ..*change });
                    }
                    (Reach::Above(_), Action::Add(_)) => found = false,
                    (_, Action::Remove) => drop(gone.insert(at)),
                    (Reach::Below(_), Action::Rename(name)) => {
                        names.push((at, entry.keys.len().saturating_sub(1), name, change.edited));
                    }
                    (Reach::Above(nth), Action::Rename(name)) => names.push((at, nth, name, change.edited)),
                    (Reach::Below(_), _) => {
                        inner.entry(at).or_default().push(Change { steps: &[], ..*change });
                    }
                    (Reach::Above(_), Action::Set(_)) => drop(gone.insert(at)),
                    (Reach::Above(_), Action::Replace(..)) => {
                        return Err(EditError::new(change.edited, Refusal::NoText));
                    }
                }
            }
            match change.action {
                Action::Add(value) if !found => new.push((change.steps, self.added(node, change, value)?)),
                // A table of dotted keys is nowhere as a whole.
                Action::Set(value) if is_dotted_here(node, &entries, change.steps) => {
                    new.push((change.steps, self.added(node, change, value)?));
                }
                _ if !found => return Err(EditError::new(change.edited, Refusal::Absent)),
                _ => {}
            }
        }
        let mut splices = Vec::new();
        for (at, changes) in inner.iter().filter(|(at, _)| !gone.contains(at)) {
            let entry = &entries.items[*at];
            splices.extend(self.entry(&below(path, *at, entry), entry, changes)?);
        }
        for (at, nth, name, edited) in names {
            let entry = &entries.items[at];
            let segment = key_segment(&source[entry.text.clone()], nth).filter(|_| !entry.keys.is_empty());
            let span = segment.ok_or_else(|| EditError::new(edited, Refusal::NoKey))?;
            let start = entry.text.start;
            splices.push(Splice { start: start + span.start, end: start + span.end, insert: key(name) });
        }
        if gone.is_empty() && new.is_empty() {
            return Ok(splices);
        }
        // A key has its place among all others, an item of a list at the end.
        let window = match node.is_list() || new.is_empty() {
            true => Window::around(&entries, &gone, !new.is_empty()),
            false => Window::whole(&entries),
        };
        let kept = window.items.clone().filter(|at| !gone.contains(at));
        let mut out: Vec<_> = kept.map(|at| (entries.items[at].keys.first(), Out::Old(at))).collect();
        for (steps, text) in new {
            let name = match steps.first() {
                Some(Step::Key(name)) => Some(name),
                _ => None,
            };
            let at =
                name.map_or(out.len(), |name| self.place_of(path, name, out.iter().map(|(key, _)| *key)));
            out.insert(at, (name, Out::New(text)));
        }
        let out: Vec<_> = out.into_iter().map(|(_, out)| out).collect();
        splices.extend(self.laid_out(&entries, &window, &out, node.is_list()));
        Ok(splices)
    }

    /// Where a new key belongs among those of a table, which may be in another order than the canonical one.
    fn place_of<'k>(
        &self,
        path: &[Step],
        name: &str,
        mut keys: impl DoubleEndedIterator<Item = Option<&'k String>> + ExactSizeIterator,
    ) -> usize {
        let place = order(self.style, path, name);
        let is_before = |key: Option<&String>| key.is_some_and(|key| order(self.style, path, key) <= place);
        keys.rposition(is_before).map_or(0, |at| at + 1)
    }

    /// The changes of one value that stays.
    fn entry(
        &self,
        path: &[Step],
        entry: &Entry<'t>,
        changes: &[Change<'_>],
    ) -> Result<Vec<Splice>, EditError> {
        let Some(first) = changes.first() else { return Ok(Vec::new()) };
        let whole =
            |change: &&Change<'_>| change.steps.is_empty() && !matches!(change.action, Action::Replace(..));
        match changes.iter().find(whole) {
            Some(change) if changes.len() > 1 => Err(EditError::new(change.edited, Refusal::Meets)),
            Some(Change { action: Action::Set(value), edited, .. }) => {
                if self.is_bracketed(&entry.node) && self.has_comments(&entry.node) {
                    return self.remade(path, &entry.node, value, edited);
                }
                let span = &entry.node.span;
                Ok(vec![Splice { start: span.start, end: span.end, insert: inline(value) }])
            }
            Some(change) => Err(EditError::new(change.edited, Refusal::Meets)),
            None if self.is_bracketed(&entry.node) => self.within(path, &entry.node, changes),
            None => {
                let mut reached = None;
                let part = |change: &Change<'_>| match change.action {
                    Action::Replace(range, with) if change.steps.is_empty() => {
                        self.replaced(&entry.node, range.clone(), with, change.edited, &mut reached)
                    }
                    _ => Err(EditError::new(change.edited, Refusal::NoTable)),
                };
                debug_assert!(!first.steps.is_empty() || matches!(first.action, Action::Replace(..)));
                changes.iter().map(part).collect()
            }
        }
    }

    /// The text of a new entry.
    fn added(&self, node: &Node<'_>, change: &Change<'_>, value: &Value) -> Result<String, EditError> {
        let names = change.steps.iter().map(|step| match step {
            Step::Key(name) => Some(key(name)),
            Step::Index(_) => None,
        });
        match (node.is_list(), names.collect::<Option<Vec<_>>>(), change.steps) {
            (false, Some(names), _) => Ok(format!("{} = {}", names.join("."), inline(value))),
            (true, _, [Step::Index(_)]) => Ok(inline(value)),
            (true, ..) => Err(EditError::new(change.edited, Refusal::NoTable)),
            (false, ..) => Err(EditError::new(change.edited, Refusal::NoList)),
        }
    }
}

/// The path of an entry of a value.
fn below(path: &[Step], at: usize, entry: &Entry<'_>) -> Vec<Step> {
    let keys = entry.keys.iter().map(|key| Step::Key(key.clone()));
    let index = entry.keys.is_empty().then_some(Step::Index(at));
    path.iter().cloned().chain(keys).chain(index).collect()
}

/// How a path meets an entry.
enum Reach<'a> {
    /// It leads to the entry, and these steps further.
    Below(&'a [Step]),
    /// It leads to a table that the entry's dotted key spells out: to the n-th of its keys.
    Above(usize),
}

fn reach<'a>(node: &Node<'_>, at: usize, entry: &Entry<'_>, steps: &'a [Step]) -> Option<Reach<'a>> {
    if node.is_list() {
        let (first, rest) = steps.split_first()?;
        return (*first == Step::Index(at)).then_some(Reach::Below(rest));
    }
    let same = entry.keys.iter().zip(steps).all(|(key, step)| matches!(step, Step::Key(name) if name == key));
    match steps.len().checked_sub(entry.keys.len()) {
        _ if !same => None,
        Some(_) => Some(Reach::Below(&steps[entry.keys.len()..])),
        None => Some(Reach::Above(steps.len() - 1)),
    }
}

/// Returns whether dotted keys alone spell out the table that a path leads to.
fn is_dotted_here(node: &Node<'_>, entries: &Entries<'_>, steps: &[Step]) -> bool {
    let is_above = |at| matches!(reach(node, at, &entries.items[at], steps), Some(Reach::Above(_)));
    entries.near(steps).into_iter().any(is_above)
}
