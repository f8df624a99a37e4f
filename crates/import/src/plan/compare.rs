//! The differences of two states of a record, field by field.

use model::{FieldPath, Value};

/// A field that differs: its path, the old value and the new one.
pub(crate) type Difference = (FieldPath, Option<Value>, Option<Value>);

/// The fields that differ, in canonical order. Facts, parts and evidence are taken apart; a list of texts
/// is one value, and so is a removed source.
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
            let old = if let Some(Value::List(old)) = old { old } else { Vec::new() };
            items(path, old, new, found);
        }
        (old, new) => found.push((path, old, new)),
    }
}

/// The items of both states by their address, each under the index that it has in the old list; new ones
/// follow those of the old list.
fn items(path: FieldPath, old: Vec<Value>, new: Vec<Value>, found: &mut Vec<Difference>) {
    let mut new: Vec<Option<Value>> = new.into_iter().map(Some).collect();
    let next = old.len();
    for (at, old) in old.into_iter().enumerate() {
        let same = new.iter_mut().find(|one| one.as_ref().is_some_and(|one| url(one) == url(&old)));
        walk(path.clone().index(at), Some(old), same.and_then(Option::take), found);
    }
    for (at, new) in new.into_iter().flatten().enumerate() {
        walk(path.clone().index(next + at), None, Some(new), found);
    }
}

/// The address of an item.
fn url(item: &Value) -> Option<&Value> {
    let Value::Table(fields) = item else { return None };
    fields.iter().find(|(key, _)| key == "url").map(|(_, value)| value)
}

/// The keys of both states in their order, which is the same.
fn tables(
    path: FieldPath,
    mut old: Vec<(String, Value)>,
    new: Vec<(String, Value)>,
    found: &mut Vec<Difference>,
) {
    let gone = |(key, value), found: &mut Vec<Difference>| {
        walk(path.clone().key(key), Some(value), None, found);
    };
    for (key, value) in new {
        let at = old.iter().position(|(name, _)| *name == key);
        let stood = at.and_then(|at| {
            let mut known = old.drain(..=at).collect::<Vec<_>>();
            let stood = known.pop();
            known.into_iter().for_each(|one| gone(one, found));
            stood
        });
        walk(path.clone().key(key), stood.map(|(_, value)| value), Some(value), found);
    }
    old.into_iter().for_each(|one| gone(one, found));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: Vec<(&'static str, Value)>, new: Vec<(&'static str, Value)>) -> Vec<String> {
        let text = |value: Option<Value>| match value {
            None => "nothing".to_owned(),
            Some(Value::Text(text)) => text,
            Some(other) => serde_json::Value::from(&other).to_string(),
        };
        let all = differences(old, new).into_iter();
        all.map(|(path, old, new)| format!("{path}: {} -> {}", text(old), text(new))).collect()
    }

    fn table(key: &str, text: &str) -> Value {
        Value::Table(vec![(key.to_owned(), text.into())])
    }

    #[test]
    fn fields_are_told_one_by_one_in_their_order() {
        let evidence = |urls: &[&str]| Value::List(urls.iter().map(|url| table("url", url)).collect());
        let old = vec![
            ("status", "no".into()),
            ("headline", "x".into()),
            ("geography", Value::texts(["EU"])),
            ("facts", table("a", "1")),
            ("evidence", evidence(&["u", "v"])),
        ];
        let new = vec![
            ("status", "partial".into()),
            ("note", "n".into()),
            ("geography", Value::texts(["EU", "US"])),
            ("facts", Value::Table(vec![("a".into(), "1".into()), ("b".into(), "2".into())])),
            ("evidence", evidence(&["w"])),
        ];
        assert_eq!(
            shown(old.clone(), new),
            [
                "status: no -> partial",
                "note: nothing -> n",
                "headline: x -> nothing",
                "geography: [\"EU\"] -> [\"EU\",\"US\"]",
                "facts.b: nothing -> 2",
                "evidence[0]: {\"url\":\"u\"} -> nothing",
                "evidence[1]: {\"url\":\"v\"} -> nothing",
                "evidence[2].url: nothing -> w",
            ]
        );
        assert!(shown(old.clone(), old).is_empty());
    }
}
