//! The edits that make one record of another.

use diagnostics::Edit;
use model::{FieldPath, Step, Subject, Value};

/// Returns the edits that turn a value into another: as few and as deep as can be, so that comments and layout stay.
/// Items of lists of tables keep their places.
pub(crate) fn differences(subject: &Subject, old: &Value, new: &Value) -> Vec<Edit> {
    let mut edits = Vec::new();
    compare(subject, old, new, &mut edits);
    edits
}

fn compare(subject: &Subject, old: &Value, new: &Value, edits: &mut Vec<Edit>) {
    match (old, new) {
        (Value::Table(old), Value::Table(new)) => {
            for (key, value) in new {
                let at = below(subject, Step::Key(key.clone()));
                match old.iter().find(|(known, _)| known == key) {
                    Some((_, before)) => compare(&at, before, value, edits),
                    None => edits.push(Edit::Set(at, value.clone())),
                }
            }
            let gone = old.iter().filter(|(key, _)| new.iter().all(|(known, _)| known != key));
            edits.extend(gone.map(|(key, _)| Edit::Remove(below(subject, Step::Key(key.clone())))));
        }
        (Value::List(old), Value::List(new)) if are_tables(old) && are_tables(new) => {
            for (at, value) in new.iter().enumerate() {
                let item = below(subject, Step::Index(at));
                match old.get(at) {
                    Some(before) => compare(&item, before, value, edits),
                    None => edits.push(Edit::Set(item, value.clone())),
                }
            }
            edits.extend((new.len()..old.len()).map(|at| Edit::Remove(below(subject, Step::Index(at)))));
        }
        _ if old != new => edits.push(Edit::Set(subject.clone(), new.clone())),
        _ => {}
    }
}

fn are_tables(items: &[Value]) -> bool {
    !items.is_empty() && items.iter().all(|item| matches!(item, Value::Table(_)))
}

/// The subject of what is one step below another.
fn below(subject: &Subject, step: Step) -> Subject {
    let steps = subject.field.iter().flat_map(FieldPath::steps).cloned();
    Subject { field: Some(steps.chain([step]).collect()), ..subject.clone() }
}

#[cfg(test)]
mod tests {
    use model::Entity;

    use super::*;

    fn item(key: &'static str, text: &str) -> Value {
        Value::table(vec![(key, text.into())])
    }

    #[test]
    fn edits_are_as_deep_as_can_be() {
        let subject = Subject::cell(Entity::Offering("a".into()), "b");
        let old = Value::table(vec![
            ("same", "x".into()),
            ("gone", "x".into()),
            ("list", Value::List(vec![item("k", "1"), item("k", "2")])),
        ]);
        let new = Value::table(vec![
            ("same", "x".into()),
            ("list", Value::List(vec![item("k", "1"), item("k", "3"), item("k", "4")])),
            ("come", Value::Bool(true)),
        ]);
        let at = |path: FieldPath| subject.clone().with(path);
        let list = || FieldPath::of("list");
        let expected = [
            Edit::Set(at(list().index(1).key("k")), "3".into()),
            Edit::Set(at(list().index(2)), item("k", "4")),
            Edit::Set(at("come".into()), Value::Bool(true)),
            Edit::Remove(at("gone".into())),
        ];
        assert_eq!(differences(&subject, &old, &new), expected);
        assert_eq!(differences(&subject, &old, &old), []);
    }
}
