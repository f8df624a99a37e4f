//! Reads an edited text again: it must say what the edits promise, and everything else as before.

use std::borrow::Cow;

use diagnostics::Edit;
use model::Step;
use serde_json::{Map, Value};
use toml::de::DeTable;

use crate::locator::path_in_file;
use crate::node::Node;
use crate::strings::as_read;
use crate::to_json;

/// What a text says before it is edited.
pub(crate) struct Promise<'t> {
    source: &'t str,
    tree: &'t DeTable<'t>,
    said: Value,
}

impl<'t> Promise<'t> {
    pub(crate) fn new(source: &'t str, tree: &'t DeTable<'t>) -> Self {
        Self { source, tree, said: to_json(tree) }
    }

    /// Whether `after` is valid TOML and says exactly what the edits make of the text.
    pub(crate) fn is_kept(&self, after: &str, edits: &[&Edit]) -> bool {
        let (tree, errors) = DeTable::parse_recoverable(after);
        let expected = || self.made(edits);
        errors.is_empty() && expected().is_some_and(|expected| same(&expected, &to_json(tree.get_ref())))
    }

    /// What the text says with the edits made. Every path is one of the unedited text, so values
    /// change first, items go from the last to the first, and keys change from the inmost to the
    /// outmost.
    fn made(&self, edits: &[&Edit]) -> Option<Value> {
        let mut said = self.said.clone();
        let (mut parts, mut removals, mut names) = (Vec::new(), Vec::new(), Vec::new());
        for edit in edits {
            let path = path_in_file(edit.subject(), self.tree)?;
            match edit {
                Edit::Set(_, value) => set(&mut said, path.steps(), value.into())?,
                Edit::Replace(_, range, with) => parts.push((path, range, with)),
                Edit::Remove(_) => removals.push(path),
                Edit::Rename(_, name) => names.push((path, name)),
            }
        }
        parts.sort_by_key(|(path, range, _)| (path.clone(), range.start));
        for (path, range, with) in parts.into_iter().rev() {
            let (node, _) = Node::root(self.tree).descend(&path);
            let literal = &self.source[node.span.clone()];
            let Value::String(text) = at(&mut said, path.steps())? else { return None };
            if let Cow::Owned(read) = as_read(text, literal) {
                *text = read;
            }
            text.get(range.clone())?;
            text.replace_range(range.clone(), with);
        }
        removals.sort();
        for path in removals.into_iter().rev() {
            let (last, parent) = path.steps().split_last()?;
            match (at(&mut said, parent)?, last) {
                (Value::Object(fields), Step::Key(key)) => drop(fields.remove(key)?),
                (Value::Array(items), Step::Index(index)) if *index < items.len() => {
                    items.remove(*index);
                }
                _ => return None,
            }
        }
        names.sort();
        for (path, name) in names.into_iter().rev() {
            let (Step::Key(key), parent) = path.steps().split_last()? else { return None };
            let Value::Object(fields) = at(&mut said, parent)? else { return None };
            let value = fields.remove(key)?;
            if fields.insert(name.clone(), value).is_some() {
                return None;
            }
        }
        Some(said)
    }
}

fn at<'v>(value: &'v mut Value, path: &[Step]) -> Option<&'v mut Value> {
    path.iter().try_fold(value, |here, step| match step {
        Step::Key(key) => here.get_mut(key),
        Step::Index(index) => here.get_mut(index),
    })
}

/// Gives a path a value; tables and lists on the way are made where they are missing.
fn set(value: &mut Value, path: &[Step], new: Value) -> Option<()> {
    let Some((step, rest)) = path.split_first() else {
        *value = new;
        return Some(());
    };
    let inner = match (value, step) {
        (Value::Object(fields), Step::Key(key)) => {
            fields.entry(key.clone()).or_insert_with(|| empty_for(rest))
        }
        (Value::Array(items), Step::Index(index)) => {
            if *index >= items.len() {
                items.push(empty_for(rest));
            }
            let last = items.len() - 1;
            items.get_mut((*index).min(last))?
        }
        _ => return None,
    };
    set(inner, rest, new)
}

fn empty_for(path: &[Step]) -> Value {
    match path.first() {
        Some(Step::Index(_)) => Value::Array(Vec::new()),
        _ => Value::Object(Map::new()),
    }
}

/// Whether two documents say the same. A line end is a line end, and an empty table or list may as
/// well be absent: it goes with the last header that spelled it out.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            let within = |a: &Map<String, Value>, b: &Map<String, Value>| {
                a.iter().all(|(key, value)| b.get(key).map_or(is_empty(value), |other| same(value, other)))
            };
            within(a, b) && b.iter().all(|(key, value)| a.contains_key(key) || is_empty(value))
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::String(a), Value::String(b)) => as_read(a, "") == as_read(b, ""),
        (a, b) => a == b,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.values().all(is_empty),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}
