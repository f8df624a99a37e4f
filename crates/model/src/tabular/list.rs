//! Lists in one text.

use std::ops::Range;

use super::TabularError;
use super::quoting::{needs_quotes, quote, read_quoted, split};
use crate::limits::MAX_ITEMS;

/// Writes a list as one text.
pub fn write_list<T: AsRef<str>>(items: impl IntoIterator<Item = T>) -> String {
    let mut out = String::new();
    for (at, item) in items.into_iter().enumerate() {
        let item = item.as_ref();
        if at > 0 {
            out.push_str(", ");
        }
        if needs_quotes(item) || item.contains(',') { quote(item, &mut out) } else { out.push_str(item) }
    }
    out
}

/// Reads a list, each item with the bytes that it takes in the text, its quotes with it.
pub fn read_list(text: &str) -> Result<Vec<(Range<usize>, String)>, TabularError> {
    let items = split(text, b',')?;
    if let Some(at) = items.get(MAX_ITEMS) {
        let what = format!("more than {MAX_ITEMS} items are here: keep those that matter");
        return Err(TabularError::new(at.clone(), what));
    }
    items.into_iter().map(|at| Ok((at.clone(), read_item(text, at)?))).collect()
}

fn read_item(text: &str, at: Range<usize>) -> Result<String, TabularError> {
    let item = &text[at.clone()];
    if item.is_empty() {
        return Err(TabularError::new(at, "an item of the list is empty: take out the comma too many"));
    }
    if !item.starts_with('"') {
        return Ok(item.to_owned());
    }
    let (end, item) = read_quoted(text, at.start)?;
    if end < at.end {
        let what = "text follows the closing quote: put the whole item into the quotes";
        return Err(TabularError::new(end..at.end, what));
    }
    Ok(item)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn items(text: &str) -> Vec<String> {
        read_list(text).unwrap().into_iter().map(|(_, item)| item).collect()
    }

    #[test]
    fn quotes_only_what_needs_it() {
        assert_eq!(write_list(["EU", "a b", "x=y"]), "EU, a b, x=y");
        assert_eq!(write_list(["a,b", "", " c", "d\ne", r#"f"\"#]), r#""a,b", "", " c", "d\ne", "f\"\\""#);
        assert_eq!(write_list([r"back\slash"]), r"back\slash");
        assert_eq!(write_list::<&str>([]), "");
    }

    #[test]
    fn takes_what_people_write() {
        assert_eq!(items("EU,US ,\u{a0}GB,"), ["EU", "US", "GB"]);
        assert_eq!(items(" \n"), Vec::<String>::new());
        assert_eq!(items("the \"a, b\" plan, c"), ["the \"a, b\" plan", "c"]);
        assert_eq!(read_list("a, \"b\"").unwrap()[1], (3..6, "b".to_owned()));
    }

    #[test]
    fn says_where_it_is_wrong() {
        let at = |text: &str| read_list(text).unwrap_err().at;
        assert_eq!(at("a,,b"), 2..2);
        assert_eq!(at("a, \"b"), 3..4);
        assert_eq!(at("\"a\" b, c"), 3..5);
        assert_eq!(at(r#"a, "\q""#), 4..6);
        assert_eq!(at(r#""\ud800""#), 1..7);
    }

    fn any_text() -> impl Strategy<Value = String> {
        prop_oneof![any::<String>(), "[a,\" \\\\\n]{0,6}"]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn lists_read_back(list in prop::collection::vec(any_text(), 0..6)) {
            prop_assert_eq!(items(&write_list(&list)), list);
        }

        #[test]
        fn no_text_is_too_much(text in "[a,\"\\\\u0 é\n]{0,20}") {
            if let Err(error) = read_list(&text) {
                prop_assert!(text.get(error.at).is_some());
            }
        }
    }
}
