//! The clear value of a fact: the one that safe fixes write.

use std::borrow::Cow;

use model::{Date, Decimal, Fact, FactSpec, FactType, Geography, Mend, Optional, Synonym, unseen};

use super::{StatedFact, is_list_in_text, mismatch};

/// A fact under the key and in the form in which safe fixes leave it.
pub(crate) fn settled<'a>(stated: &StatedFact<'a>) -> (&'a str, Fact) {
    let renamed = stated.synonym.and_then(|(spec, synonym)| {
        Some((spec.key.known()?.as_str(), Some(spec), renamed(spec, synonym, stated.fact)?))
    });
    let (key, spec, fact) = renamed.unwrap_or_else(|| (stated.key, stated.spec, stated.fact.clone()));
    let fact =
        spec.and_then(|spec| retyped(spec, &fact).or_else(|| plainly_listed(spec, &fact))).unwrap_or(fact);
    (key, trimmed(fact))
}

/// What a synonym's value is under the declared key, where it follows from the one that is there.
pub(crate) fn renamed(spec: &FactSpec, synonym: &Synonym, fact: &Fact) -> Option<Fact> {
    let value = match (&synonym.mend, fact) {
        (Optional::Absent | Optional::Known(Mend::Rename), fact) => fact.clone(),
        (Optional::Known(Mend::Invert), Fact::Bool(value)) => Fact::Bool(!value),
        _ => return None,
    };
    // A list that is written as a text stays one: under its right key, list-in-text speaks of it.
    mismatch(spec, &value).is_none().then_some(value)
}

/// The value that a text in quotes is beyond doubt, where another type is declared.
pub(crate) fn retyped(spec: &FactSpec, fact: &Fact) -> Option<Fact> {
    let Fact::Text(text) = fact else { return None };
    let integer = || text.parse().ok().filter(|number: &i64| number.to_string() == *text).map(Fact::Integer);
    let value = match spec.kind.get()? {
        FactType::Bool => Fact::Bool(text.parse().ok()?),
        FactType::Integer => integer()?,
        FactType::Decimal => integer().or_else(|| text.parse::<Decimal>().ok().map(Fact::Decimal))?,
        FactType::Date => Fact::Date(text.parse::<Date>().ok()?),
        FactType::Text | FactType::List => return None,
    };
    mismatch(spec, &value).is_none().then_some(value)
}

/// The items of a text in the place of a list, and whether it is plain that these are they; nothing
/// where they would not have the declared form.
pub(crate) fn listed<'t>(spec: &FactSpec, text: &'t str) -> Option<(Vec<&'t str>, bool)> {
    let (items, plain) = split(text);
    let list = Fact::List(items.iter().map(|item| (*item).to_owned()).collect());
    mismatch(spec, &list).is_none().then_some((items, plain))
}

fn plainly_listed(spec: &FactSpec, fact: &Fact) -> Option<Fact> {
    let Fact::Text(text) = fact else { return None };
    let (items, _) = listed(spec, text).filter(|(_, plain)| *plain && is_list_in_text(spec, fact))?;
    Some(Fact::List(items.into_iter().map(str::to_owned).collect()))
}

/// The items of a text, and whether it is plain that these are they. A comma may be a part of an item, as
/// in "Acme, Inc.", "Frankfurt, Germany" or "May 1, 2026": it parts codes and identifiers only. A semicolon
/// parts whatever it is between.
fn split(text: &str) -> (Vec<&str>, bool) {
    let separator = if text.contains(';') { ';' } else { ',' };
    let items: Vec<_> = text.split(separator).map(str::trim).filter(|item| !item.is_empty()).collect();
    let one = items.len() < 2;
    let joined = |word: &str| text.split_whitespace().any(|found| found == word);
    let doubtful = match separator {
        // "a; b and c" may be two items or three, and a bracket may hold a semicolon.
        ';' => {
            ["and", "or", "&", "etc", "etc."].iter().any(|word| joined(word))
                || text.contains(['(', '[', '{', '"', '\n', ','])
        }
        _ => {
            !items.iter().all(|item| item.parse::<Geography>().is_ok())
                && !items.iter().all(|item| is_identifier(item))
        }
    };
    (items, one || !doubtful)
}

/// Returns whether a text is an identifier such as `eu-west-1`, not a word of a sentence or of a name.
fn is_identifier(text: &str) -> bool {
    let is_mark = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
    text.bytes().all(|byte| byte.is_ascii_lowercase() || is_mark(byte))
        && text.bytes().any(|byte| byte.is_ascii_lowercase())
        && text.bytes().any(is_mark)
}

/// A fact without what safe fixes take out of its texts.
pub(crate) fn trimmed(fact: Fact) -> Fact {
    let trim = |text: String| cleaned(&text).into_owned();
    match fact {
        Fact::Text(text) => Fact::Text(trim(text)),
        Fact::List(items) => Fact::List(items.into_iter().map(trim).collect()),
        fact => fact,
    }
}

/// A text as safe fixes leave it: without blanks around it, and without what readers cannot see.
pub(crate) fn cleaned(text: &str) -> Cow<'_, str> {
    let unseen = unseen(text);
    if unseen.is_empty() {
        return Cow::Borrowed(text.trim());
    }
    let mut seen = text.to_owned();
    unseen.into_iter().rev().for_each(|range| seen.replace_range(range, ""));
    Cow::Owned(seen.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_what_is_plainly_a_list() {
        assert_eq!(split(" EU, US,"), (vec!["EU", "US"], true));
        assert_eq!(split("eu-west-1, us_east"), (vec!["eu-west-1", "us_east"], true));
        assert_eq!(split("Acme API; Acme Batch"), (vec!["Acme API", "Acme Batch"], true));
        assert_eq!(split("plugins and tools"), (vec!["plugins and tools"], true));
        assert_eq!(
            split("copyright, safety and security"),
            (vec!["copyright", "safety and security"], false)
        );
        for doubtful in [
            "1,000 models",
            "A (b, c), d",
            "a, b; c",
            "a; b and c",
            "2,3",
            "x, y etc.",
            "Acme, Inc., Globex, LLC",
            "ACME, LLC",
            "Acme Ireland, Limited",
            "Acme S.A., Globex GmbH",
            "since May 1, 2026",
            "Frankfurt, Germany",
            "San Francisco, CA",
            "Washington, D.C.",
            "enterprise, if enabled",
        ] {
            assert!(!split(doubtful).1, "{doubtful}");
        }
    }

    #[test]
    fn a_text_in_quotes_is_what_it_says() {
        let retyped = |kind: FactType, text: &str| {
            retyped(&FactSpec { kind: kind.into(), ..FactSpec::default() }, &Fact::Text(text.to_owned()))
        };
        assert_eq!(retyped(FactType::Bool, "false"), Some(Fact::Bool(false)));
        assert_eq!(retyped(FactType::Integer, "30"), Some(Fact::Integer(30)));
        assert_eq!(retyped(FactType::Decimal, "30"), Some(Fact::Integer(30)));
        assert_eq!(retyped(FactType::Decimal, "99.90"), Some(Fact::Decimal("99.90".parse().unwrap())));
        assert_eq!(retyped(FactType::Date, "2026-06-01"), Some(Fact::Date("2026-06-01".parse().unwrap())));
        for (kind, text) in [
            (FactType::Bool, "yes"),
            (FactType::Bool, "True"),
            (FactType::Integer, "030"),
            (FactType::Integer, "30 days"),
            (FactType::Integer, "+30"),
            (FactType::Date, "1 June 2026"),
            (FactType::Text, "30"),
        ] {
            assert_eq!(retyped(kind, text), None, "{text}");
        }
    }
}
