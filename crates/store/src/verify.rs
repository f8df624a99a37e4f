//! Reads an edited text again: it may differ only where the edits say.

use diagnostics::{Anchor, Edit, Place};
use model::{FieldPath, Step};
use serde_json::Value;
use toml::de::DeTable;

use crate::locator::path_in_file;
use crate::to_json;

/// Whether `after` is valid TOML and says the same as `before` everywhere but at the edits.
pub(crate) fn verify(before: &str, after: &str, edits: &[Edit]) -> bool {
    let (old, _) = DeTable::parse_recoverable(before);
    let (new, errors) = DeTable::parse_recoverable(after);
    if !errors.is_empty() {
        return false;
    }
    let promised: Vec<FieldPath> = edits.iter().map(|edit| promised(edit, old.get_ref())).collect();
    let mut changed = Vec::new();
    differences(&to_json(old.get_ref()), &to_json(new.get_ref()), FieldPath::default(), &mut changed);
    changed.iter().all(|path| {
        promised.iter().any(|promise| {
            path.steps().starts_with(promise.steps()) || promise.steps().starts_with(path.steps())
        })
    })
}

/// The part of the document that an edit may change: taking an item out, or giving a key another
/// name, changes what holds it.
fn promised(edit: &Edit, tree: &DeTable<'_>) -> FieldPath {
    let path = path_in_file(&Place { subject: edit.subject().clone(), anchor: Anchor::Value }, tree);
    let whole = match edit {
        Edit::Rename(..) => true,
        Edit::Remove(_) => matches!(path.steps().last(), Some(Step::Index(_))),
        _ => false,
    };
    let keep = path.steps().len() - usize::from(whole && !path.steps().is_empty());
    path.steps()[..keep].iter().cloned().collect()
}

fn differences(old: &Value, new: &Value, path: FieldPath, changed: &mut Vec<FieldPath>) {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            for key in old.keys().chain(new.keys().filter(|key| !old.contains_key(*key))) {
                let (old, new) = (old.get(key), new.get(key));
                let path = path.clone().key(key);
                match (old, new) {
                    (Some(old), Some(new)) => differences(old, new, path, changed),
                    _ => changed.push(path),
                }
            }
        }
        (Value::Array(old), Value::Array(new)) => {
            for at in 0..old.len().max(new.len()) {
                let path = path.clone().index(at);
                match (old.get(at), new.get(at)) {
                    (Some(old), Some(new)) => differences(old, new, path, changed),
                    _ => changed.push(path),
                }
            }
        }
        (old, new) if old != new => changed.push(path),
        _ => {}
    }
}
