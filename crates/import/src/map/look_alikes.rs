//! Letters that look like others.

use std::collections::BTreeSet;

use diagnostics::quoted;
use unicode_security::confusable_detection::skeleton;

/// Names the characters beyond ASCII of a word that should have none, and the letters that they look like:
/// ` (with `о` U+043E, which looks like `o`)`. Empty where there are none.
pub(crate) fn odd_characters(word: &str) -> String {
    const NAMED: usize = 4;
    let odd: BTreeSet<char> = word.chars().filter(|c| !c.is_ascii()).collect();
    if odd.is_empty() || odd.len() > NAMED {
        return String::new();
    }
    let name = |c: char| {
        let code = format!("U+{:04X}", u32::from(c));
        match looks_like(c) {
            Some(like) => format!("{} {code}, which looks like {}", quoted(&c.to_string()), quoted(&like)),
            None => code,
        }
    };
    let names: Vec<_> = odd.into_iter().map(name).collect();
    format!(" (with {})", names.join(", "))
}

/// The ASCII letters that a character beyond ASCII looks like (UTS #39).
fn looks_like(c: char) -> Option<String> {
    let like: String = skeleton(c.encode_utf8(&mut [0; 4])).collect();
    (!c.is_ascii() && like.is_ascii()).then_some(like)
}

/// A text with each letter beyond ASCII that looks like an ASCII letter written as that; nothing where it has none.
pub(crate) fn as_it_looks(text: &str) -> Option<String> {
    let is_odd = text.chars().any(|c| looks_like(c).is_some());
    is_odd.then(|| text.chars().map(|c| looks_like(c).unwrap_or_else(|| c.to_string())).collect())
}
