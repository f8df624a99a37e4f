//! What differs between two states of a record, field by field.

use model::{FieldPath, Value};

/// A field that differs: its path, what stood there and what would.
pub(crate) type Difference = (FieldPath, Option<Value>, Option<Value>);

/// The fields that differ, in canonical order. Facts, parts and evidence are taken apart; a list of texts
/// is one value, and so is an evidence that is gone.
pub(crate) fn differences(
    old: Vec<(&'static str, Value)>,
    new: Vec<(&'static str, Value)>,
) -> Vec<Difference> {
    let table = |fields: Vec<(&str, Value)>| {
        Value::Table(fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    };
    let mut found = Vec::new();
    walk(FieldPath::default(), Some(table(old)), Some(table(new)), &mut found);
    found
}

fn walk(path: FieldPath, old: Option<Value>, new: Option<Value>, found: &mut Vec<Difference>) {
    if old == new {
        return;
    }
    match (old, new) {
        (Some(Value::Table(old)), Some(Value::Table(new))) => tables(path, old, new, found),
        (None, Some(Value::Table(new))) => tables(path, Vec::new(), new, found),
        (old, Some(Value::List(new))) if matches!(new.first(), Some(Value::Table(_))) => {
            let mut old = match old {
                Some(Value::List(old)) => old.into_iter(),
                _ => Vec::new().into_iter(),
            };
            let mut at = 0;
            for new in new {
                walk(path.clone().index(at), old.next(), Some(new), found);
                at += 1;
            }
            for old in old {
                walk(path.clone().index(at), Some(old), None, found);
                at += 1;
            }
        }
        (old, new) => found.push((path, old, new)),
    }
}

/// The keys of the new state in their order, then those that are gone.
fn tables(
    path: FieldPath,
    mut old: Vec<(String, Value)>,
    new: Vec<(String, Value)>,
    found: &mut Vec<Difference>,
) {
    for (key, value) in new {
        let stood = old.iter().position(|(name, _)| *name == key).map(|at| old.remove(at).1);
        walk(path.clone().key(key), stood, Some(value), found);
    }
    for (key, value) in old {
        walk(path.clone().key(key), Some(value), None, found);
    }
}
