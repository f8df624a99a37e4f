//! The identity of a finding across edits of the file around it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write;

use model::{FieldPath, Step, Url, Value};
use rayon::prelude::*;

use crate::{Finding, RuleId};

/// A field path in which list items are named by their key: evidence by its address, a flag by its
/// id, a text by itself, anything else by its index. `fields` are those of the cell or entity.
pub fn identity(path: &FieldPath, fields: &[(&str, Value)]) -> String {
    let mut shown = String::new();
    let mut here: Option<&Value> = None;
    for (at, step) in path.steps().iter().enumerate() {
        match step {
            Step::Key(key) => {
                let _ = write!(shown, "{}{key}", if at == 0 { "" } else { "." });
                here = if at == 0 {
                    fields.iter().find(|(name, _)| name == key).map(|(_, value)| value)
                } else {
                    here.and_then(|value| child(value, key))
                };
            }
            Step::Index(index) => {
                here = match here {
                    Some(Value::List(items)) => items.get(*index),
                    _ => None,
                };
                match here.and_then(item_key) {
                    Some(key) => {
                        let _ = write!(shown, "[{key}]");
                    }
                    None => {
                        let _ = write!(shown, "[{index}]");
                    }
                }
            }
        }
    }
    shown
}

fn child<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    match value {
        Value::Table(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
        _ => None,
    }
}

fn item_key(item: &Value) -> Option<Cow<'_, str>> {
    let text = |value: Option<&'_ Value>| match value {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    };
    match item {
        Value::Text(text) => Some(text.into()),
        Value::Table(_) => match text(child(item, "url")) {
            // Two spellings of an address are one page.
            Some(url) => Some(url.parse::<Url>().map_or(url, |url| url.identity().into_owned()).into()),
            None => text(child(item, "id")).map(Cow::Owned),
        },
        _ => None,
    }
}

impl Finding {
    /// The fingerprint that it has where no other is alike.
    pub fn print(&self) -> String {
        let subject = &self.place.subject;
        let owner = subject.entity.reference().unwrap_or_else(|| subject.entity.file());
        let dimension = subject.dimension.as_deref().unwrap_or("");
        fingerprint(self.rule, &owner, dimension, &self.named_field())
    }
}

/// What a finding is, apart from its place, its wording and how many are alike: its rule,
/// its entity (or file), its dimension and its named field, the last two empty where there is none.
pub fn fingerprint(rule: RuleId, owner: &str, dimension: &str, field: &str) -> String {
    hash(&format!("{rule}\n{owner}\n{dimension}\n{field}"))
}

/// A hash of a text as a baseline writes it: short, and the same on every machine and in every version.
pub fn hash(text: &str) -> String {
    format!("{:016x}", fnv(text.as_bytes()))
}

/// Returns the fingerprint of every finding; the second of equal ones gets the ordinal 2, and so on, in the order
/// given.
pub fn fingerprints<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Vec<String> {
    let findings: Vec<&Finding> = findings.into_iter().collect();
    let prints: Vec<String> = findings.into_par_iter().map(Finding::print).collect();
    let mut seen: HashMap<&str, u32> = HashMap::with_capacity(prints.len());
    let ordinal = |print| *seen.entry(print).and_modify(|count| *count += 1).or_insert(1);
    let ordinals: Vec<u32> = prints.iter().map(String::as_str).map(ordinal).collect();
    let numbered = prints.into_iter().zip(ordinals).map(|(print, ordinal)| match ordinal {
        1 => print,
        more => format!("{print}-{more}"),
    });
    numbered.collect()
}

/// FNV-1a, 64 bits: short, and the same on every machine and in every version.
fn fnv(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use model::{Entity, Subject};

    use super::*;
    use crate::Severity;

    #[test]
    fn items_are_named_by_their_key() {
        let item = Value::Table(vec![("url".into(), "https://A.example:443/".into())]);
        let fields = [("evidence", Value::List(vec![item])), ("models", Value::texts(["x"]))];
        let path = FieldPath::of("evidence").index(0).key("fetch").key("on");
        assert_eq!(identity(&path, &fields), "evidence[https://a.example/].fetch.on");
        assert_eq!(identity(&FieldPath::of("models").index(0), &fields), "models[x]");
        assert_eq!(identity(&FieldPath::of("models").index(7), &fields), "models[7]");
    }

    #[test]
    fn equal_findings_get_ordinals_and_wording_does_not_matter() {
        let subject = Subject::cell(Entity::Offering("a".into()), "soc2_type2");
        let finding =
            |message: &str| Finding::new(RuleId("cell/stale"), Severity::Warning, subject.clone(), message);
        let prints = fingerprints(&[finding("one"), finding("two")]);
        assert_eq!(prints[1], format!("{}-2", prints[0]));
    }
}
