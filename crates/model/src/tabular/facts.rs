//! Maps of facts and of parts in one text.

use std::collections::BTreeMap;
use std::ops::Range;

use super::TabularError;
use super::quoting::{needs_quotes, quote, read_quoted, split, trimmed};
use crate::limits::{MAX_FACTS, MAX_ITEMS};
use crate::{Fact, Key, PartAnswer, Required, Vocabulary};

/// Writes facts as one text, those that could not be read left out.
pub fn write_facts(facts: &BTreeMap<Key, Required<Fact>>) -> String {
    write_map(facts, write_fact)
}

/// Writes the answers to the parts of a question as one text, those that could not be read left out.
/// [`read_facts`] reads it back, each answer as a text.
pub fn write_parts(parts: &BTreeMap<Key, Required<PartAnswer>>) -> String {
    write_map(parts, |answer, out| out.push_str(answer.id()))
}

fn write_map<T>(map: &BTreeMap<Key, Required<T>>, write: impl Fn(&T, &mut String)) -> String {
    let mut out = String::new();
    for (key, value) in map {
        let Some(value) = value.known() else { continue };
        if !out.is_empty() {
            out.push_str("; ");
        }
        out.push_str(key.as_str());
        out.push('=');
        write(value, &mut out);
    }
    out
}

fn write_fact(fact: &Fact, out: &mut String) {
    match fact {
        Fact::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Fact::Integer(value) => out.push_str(&value.to_string()),
        Fact::Decimal(value) => out.push_str(value.as_str()),
        Fact::Date(value) => out.push_str(&value.to_string()),
        Fact::Text(text) => {
            let quoted = needs_quotes(text) || text.starts_with('[') || text.contains(';');
            if quoted || typed(text).is_some() { quote(text, out) } else { out.push_str(text) }
        }
        Fact::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push_str(", ");
                }
                quote(item, out);
            }
            out.push(']');
        }
    }
}

/// What a bare value says, if it is written as TOML writes something other than a text.
fn typed(text: &str) -> Option<Fact> {
    match text {
        "true" => return Some(Fact::Bool(true)),
        "false" => return Some(Fact::Bool(false)),
        _ => {}
    }
    if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-')) {
        return None;
    }
    if let Some(date) = text.parse().ok().map(Fact::Date) {
        return Some(date);
    }
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole {
        // `007` is no number of TOML, and no number to the one who wrote it.
        let padded = digits.len() > 1 && digits.starts_with('0');
        return if padded { None } else { text.parse().ok().map(Fact::Integer) };
    }
    text.parse().ok().map(Fact::Decimal)
}

/// A fact or part in a text: the bytes of its `key=value` (the key comes first, the value
/// last), the key, whose form is not checked, and the value.
pub type FactEntry<'t> = (Range<usize>, &'t str, Fact);

/// Reads facts or parts in their order.
pub fn read_facts(text: &str) -> Result<Vec<FactEntry<'_>>, TabularError> {
    let parts = split(text, b';')?;
    if let Some(at) = parts.get(MAX_FACTS) {
        let what = format!("more than {MAX_FACTS} entries are here: keep those that matter");
        return Err(TabularError::new(at.clone(), what));
    }
    let mut facts: Vec<FactEntry<'_>> = Vec::with_capacity(parts.len());
    for at in parts {
        if at.is_empty() {
            return Err(TabularError::new(at, "there is nothing here: remove the extra `;`"));
        }
        let Some((key, _)) = text[at.clone()].split_once('=') else {
            let what = format!("`{}` has no `=`: write `key=value; key=value`", &text[at.clone()]);
            return Err(TabularError::new(at, what));
        };
        let key_at = trimmed(text, at.start..at.start + key.len());
        let value_at = trimmed(text, at.start + key.len() + 1..at.end);
        let key = &text[key_at.clone()];
        if key.is_empty() {
            return Err(TabularError::new(at, "there is no key before the `=`: write `key=value`"));
        }
        if facts.iter().any(|(_, other, _)| *other == key) {
            return Err(TabularError::new(key_at, format!("`{key}` is here twice: keep one")));
        }
        let value = read_value(text, key, value_at)?;
        facts.push((at, key, value));
    }
    Ok(facts)
}

fn read_value(text: &str, key: &str, at: Range<usize>) -> Result<Fact, TabularError> {
    let value = &text[at.clone()];
    if value.is_empty() {
        let what = format!("`{key}` has no value: take it out, or write `{key}=\"\"` for an empty text");
        return Err(TabularError::new(at, what));
    }
    if value.starts_with('"') {
        let (end, value) = read_quoted(text, at.start)?;
        if end < at.end {
            let what = "text follows the closing quote: put the whole value into the quotes";
            return Err(TabularError::new(end..at.end, what));
        }
        return Ok(Fact::Text(value));
    }
    // `[beta] only` is a text: brackets without quotes are no list of texts.
    if value.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with(['"', ']'])) {
        return read_texts(text, at).map(Fact::List);
    }
    if let Some(line_break) = value.bytes().position(|byte| matches!(byte, b'\n' | b'\r')) {
        let line_break = at.start + line_break;
        let what = "there is a line break here: write `;` between facts, or put the value into double quotes";
        return Err(TabularError::new(line_break..line_break + 1, what));
    }
    Ok(typed(value).unwrap_or_else(|| Fact::Text(value.to_owned())))
}

/// Reads `["a", "b"]`. As in TOML, a comma may follow the last item.
fn read_texts(text: &str, at: Range<usize>) -> Result<Vec<String>, TabularError> {
    // What follows belongs to the next fact, its blanks too.
    let text = &text[..at.end];
    let wrong = |from: usize| {
        let what = "this list is not written as `[\"a\", \"b\"]`";
        TabularError::new(trimmed(text, from..text.len()), what)
    };
    let mut items = Vec::new();
    let mut next = skip_blanks(text, at.start + 1);
    while !text[next..].starts_with(']') {
        if items.len() >= MAX_ITEMS {
            let what = format!("a list of more than {MAX_ITEMS} texts is here: keep those that matter");
            return Err(TabularError::new(trimmed(text, next..at.end), what));
        }
        if !text[next..].starts_with('"') {
            return Err(wrong(next));
        }
        let (end, item) = read_quoted(text, next)?;
        items.push(item);
        next = skip_blanks(text, end);
        if text[next..].starts_with(',') {
            next = skip_blanks(text, next + 1);
        } else if !text[next..].starts_with(']') {
            return Err(wrong(next));
        }
    }
    if next + 1 == text.len() { Ok(items) } else { Err(wrong(next + 1)) }
}

fn skip_blanks(text: &str, from: usize) -> usize {
    text.len() - text[from..].trim_start().len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Date;

    fn facts(text: &str) -> Vec<(String, Fact)> {
        read_facts(text).unwrap().into_iter().map(|(_, key, fact)| (key.to_owned(), fact)).collect()
    }

    fn fact(text: &str) -> Fact {
        facts(&format!("key={text}")).remove(0).1
    }

    fn text(text: &str) -> Fact {
        Fact::Text(text.to_owned())
    }

    fn written(fact: Fact) -> String {
        write_facts(&BTreeMap::from([("key".parse().unwrap(), fact.into())]))
    }

    #[test]
    fn types_what_toml_would_type() {
        assert_eq!(fact("true"), Fact::Bool(true));
        assert_eq!(fact("30"), Fact::Integer(30));
        assert_eq!(fact("-7"), Fact::Integer(-7));
        assert_eq!(fact("1.10"), Fact::Decimal("1.10".parse().unwrap()));
        assert_eq!(fact("2026-07-05"), Fact::Date(Date::new(2026, 7, 5).unwrap()));
        assert_eq!(fact("\"30\""), text("30"));
        assert_eq!(fact("[\"a;b\", \"c]\" , ]"), Fact::List(vec!["a;b".into(), "c]".into()]));
        assert_eq!(fact("[]"), Fact::List(vec![]));
        for plain in ["True", "007", "1_000", "2026-02-30", "99999999999999999999", "a=b", "[beta] only"] {
            assert_eq!(fact(plain), text(plain));
        }
        assert_eq!(fact("see \"Terms; DPA\" there"), text("see \"Terms; DPA\" there"));
    }

    #[test]
    fn takes_what_people_write() {
        let read = read_facts(" a = b c ;x=\"1\";").unwrap();
        assert_eq!(read, [(1..8, "a", text("b c")), (10..15, "x", text("1"))]);
        assert_eq!(facts("  "), []);
    }

    #[test]
    fn says_where_it_is_wrong() {
        for (wrong, at) in [
            ("a=1; b", 5..6),
            ("a=1;;b=2", 4..4),
            ("=1", 0..2),
            ("a=1; a=2", 5..6),
            ("a=", 2..2),
            ("a=\"b", 2..3),
            ("a=\"b\" c; d=1", 5..7),
            ("a=[\"b\" \"c\"]", 7..11),
            ("a=[\"b\"] c", 8..9),
            ("a=[\"b\"", 6..6),
            ("a=[\"b\" ; c=1", 6..6),
            ("a=1\nb=2", 3..4),
        ] {
            assert_eq!(read_facts(wrong).unwrap_err().at, at, "{wrong}");
        }
    }

    #[test]
    fn quotes_only_what_needs_it() {
        for bare in ["two words", "a=b", "C:\\x", "x[1]", "v1.2.3", "é"] {
            assert_eq!(written(text(bare)), format!("key={bare}"));
        }
        for (needs, quoted) in [
            ("", "\"\""),
            ("true", "\"true\""),
            ("1e3", "\"1e3\""),
            ("2026-07-05", "\"2026-07-05\""),
            (" a", "\" a\""),
            ("[x", "\"[x\""),
            ("a;b", "\"a;b\""),
            ("12\" \\", "\"12\\\" \\\\\""),
            ("a\n\tb\u{7}", "\"a\\n\\tb\\u0007\""),
        ] {
            assert_eq!(written(text(needs)), format!("key={quoted}"));
        }
        assert_eq!(written(Fact::List(vec!["a".into(), "b\"".into()])), "key=[\"a\", \"b\\\"\"]");
        let parts = BTreeMap::from([
            ("dpa".parse().unwrap(), PartAnswer::Yes.into()),
            ("sccs".parse().unwrap(), Required::Unread),
            ("subprocessor_list".parse().unwrap(), PartAnswer::Unverified.into()),
        ]);
        assert_eq!(write_parts(&parts), "dpa=yes; subprocessor_list=unverified");
    }

    fn any_text() -> impl Strategy<Value = String> {
        prop_oneof![any::<String>(), "[a=;\"\\[\\], \\\\\n\r0-9.-]{0,8}", "true|-?[0-9]{1,3}(\\.[0-9])?"]
    }

    fn any_fact() -> impl Strategy<Value = Fact> {
        prop_oneof![
            any::<bool>().prop_map(Fact::Bool),
            any::<i64>().prop_map(Fact::Integer),
            "[+-]?(0|[1-9][0-9]{0,5})(\\.[0-9]{1,4}|[eE]-?[0-9]{1,2})"
                .prop_map(|number| Fact::Decimal(number.parse().unwrap())),
            (0..=9999_i16, 1..=12_i8, 1..=28_i8)
                .prop_map(|(y, m, d)| Fact::Date(Date::new(y, m, d).unwrap())),
            any_text().prop_map(Fact::Text),
            prop::collection::vec(any_text(), 0..4).prop_map(Fact::List),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn facts_read_back(map in prop::collection::btree_map("[a-z]{1,3}(_[a-z0-9]{1,3})?", any_fact(), 0..5)) {
            let keyed = map.iter().map(|(key, fact)| (key.parse().unwrap(), fact.clone().into())).collect();
            prop_assert_eq!(facts(&write_facts(&keyed)), map.into_iter().collect::<Vec<_>>());
        }

        #[test]
        fn no_text_is_too_much(text in "[ak=;\"\\[\\], \\\\u0é\n]{0,20}") {
            if let Err(error) = read_facts(&text) {
                prop_assert!(text.get(error.at).is_some());
            }
        }
    }
}
