use std::collections::HashMap;
use std::sync::LazyLock;

use diagnostics::{Severity, quoted};
use model::{Entity, Subject, unseen};
use unicode_security::confusable_detection::skeleton;

use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("entity/duplicate-name", Severity::Warning, include_str!("duplicate_name.md"), check);

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    let mut of_kinds: HashMap<&str, HashMap<String, &Entity>> = HashMap::new();
    for (entity, digest) in &registry.digest.entities {
        let Some(name) = digest.name.as_deref() else { continue };
        let words = folded(name);
        if words.is_empty() {
            continue;
        }
        let named = of_kinds.entry(entity.kind()).or_default();
        let same = named.get(&words).copied();
        let looks = looks(name, &words);
        let alike = || looks.iter().find_map(|look| named.get(look).copied());
        if let Some(first) = same.or_else(alike) {
            let has = if same.is_some() { "has the name of" } else { "has a name that looks like that of" };
            let other = format!("{} {}", entity.kind(), quoted(first.id()));
            let what = diagnostics::printable(&entity.to_string()).into_owned();
            raise
                .at(Subject::field(entity.clone(), "name"), format!("{what} {has} {other}: {}", quoted(name)))
                .help("make the names different, for example by adding the platform; if they are the same thing, remove a file")
                .related(Subject::field(first.clone(), "name"), "the first one with this name");
        }
        for key in looks.into_iter().chain([words]) {
            named.entry(key).or_insert(entity);
        }
    }
}

/// Returns the words of a name in lower case, without invisible characters.
fn folded(name: &str) -> String {
    let mut seen = name.to_owned();
    unseen(name).into_iter().rev().for_each(|range| seen.replace_range(range, ""));
    seen.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// What a name looks like, whichever letters it is written with (the skeletons of UTS #39). A capital and
/// its small letter look like different letters, so there are two.
fn looks(name: &str, words: &str) -> [String; 2] {
    [name, words].map(|text| format!("look {}", folded(&shape(text))))
}

/// The skeleton of a text. Most names are ASCII, of which each character has its own.
fn shape(text: &str) -> String {
    static ASCII: LazyLock<Vec<String>> =
        LazyLock::new(|| ('\0'..='\x7f').map(|c| skeleton(c.encode_utf8(&mut [0])).collect()).collect());
    if text.is_ascii() {
        return text.bytes().map(|byte| ASCII[usize::from(byte)].as_str()).collect();
    }
    skeleton(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike_are_known() {
        let alike = |one: &str, other: &str| {
            let looks = |name: &str| super::looks(name, &folded(name));
            let other = looks(other);
            looks(one).iter().any(|look| other.contains(look))
        };
        assert!(alike("Acme Chat", "\u{410}cme Chat") && alike("ACME chat", "\u{410}cme Ch\u{430}t"));
        assert!(alike("Acme Chat", "Acme\u{200b} Chat") && alike("Mistral AI", "Mistral Al"));
        assert!(!alike("Acme Chat", "Acme Cat") && !alike("Cohere", "Coherent"));
        let ascii: String = (' '..='~').collect();
        assert_eq!(shape(&ascii), skeleton(&ascii).collect::<String>());
        assert_eq!(folded("Acme\u{200b}  CHAT"), "acme chat");
    }
}
