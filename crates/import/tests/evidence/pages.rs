//! Whatever a row says, nothing of a page changes unless the row says it of that page.

use std::collections::{BTreeMap, BTreeSet};

use import::{Input, Mapping, Merging, Options, Reading, import};
use model::Evidence;
use proptest::prelude::*;

use super::{cell, registry, stored, url};

/// The fields of a source that a row may state.
const FIELDS: [&str; 5] = ["title", "role", "quote", "archived_url", "fetch_outcome"];

/// A row: for each of its sources, which page it is and what the row says of it.
type Row = Vec<(usize, [Option<u8>; FIELDS.len()])>;

const PAGES: [&str; 4] = ["old", "other", "third", "fourth"];

fn row() -> impl Strategy<Value = Row> {
    let said = prop::array::uniform5(prop::option::of(0..3_u8));
    let pages = prop::sample::subsequence((0..PAGES.len()).collect::<Vec<_>>(), 0..=3).prop_shuffle();
    (pages, prop::collection::vec(said, 3)).prop_map(|(pages, said)| pages.into_iter().zip(said).collect())
}

fn said(field: &str, value: u8) -> String {
    match field {
        "role" => ["primary", "authority", "secondary"][usize::from(value)].to_owned(),
        "archived_url" => format!("https://archive.example/{value}"),
        "fetch_outcome" => ["ok", "blocked", "not_attempted"][usize::from(value)].to_owned(),
        _ => format!("{field} {value}"),
    }
}

fn column(nth: usize, field: &str) -> String {
    match (nth, field) {
        (0, "archived_url" | "fetch_outcome" | "fetched_on") => field.to_owned(),
        (0, field) => format!("source_{field}"),
        (nth, field) => format!("source_{}_{field}", nth + 1),
    }
}

/// The table of a row, with all columns or only those of what it says. A row that gives an outcome gives its day,
/// unless there was no attempt.
fn table(row: &Row, has_all: bool) -> String {
    let mut header = vec!["owner".to_owned(), "dimension".to_owned(), "status".to_owned()];
    let mut cells = vec!["a".to_owned(), "soc2_type2".to_owned(), "partial".to_owned()];
    for (nth, (page, fields)) in row.iter().enumerate() {
        header.push(column(nth, "url"));
        cells.push(url(PAGES[*page]).to_string());
        for (field, value) in FIELDS.iter().zip(fields).filter(|(_, value)| has_all || value.is_some()) {
            header.push(column(nth, field));
            cells.push(value.map(|value| said(field, value)).unwrap_or_default());
        }
        let is_attempt = fields[4].is_some_and(|value| value != 2);
        if !has_all && !is_attempt {
            continue;
        }
        header.push(column(nth, "fetched_on"));
        cells.push(if is_attempt { "2026-07-01".to_owned() } else { String::new() });
    }
    format!("{}\n{}\n", header.join(","), cells.join(","))
}

/// What a profile says of every source where a row does not.
const DEFAULT: u8 = 2;

/// A profile that says something in each column that the table of a row lacks.
fn defaults(row: &Row) -> Mapping {
    let mut profile = "[constants]\n".to_owned();
    for (nth, (_, fields)) in row.iter().enumerate() {
        for (field, _) in FIELDS.iter().zip(fields).filter(|(_, value)| value.is_none()) {
            profile += &format!("{} = \"{}\"\n", column(nth, field), said(field, DEFAULT));
        }
    }
    Mapping::new("p.toml", store::read_profile("p.toml", profile.into()).value, Vec::new()).0
}

/// What a source says in a field.
fn text(source: &Evidence, field: &str) -> Option<String> {
    match field {
        "title" => source.title.known().cloned(),
        "role" => source.role.get().map(|role| model::Vocabulary::id(role).to_owned()),
        "quote" => source.quote.known().cloned(),
        "archived_url" => source.archived_url.known().map(ToString::to_string),
        _ => source.fetch.known().map(|fetch| format!("{:?} {:?}", fetch.outcome, fetch.on)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn nothing_of_a_page_changes_unless_a_row_says_so_of_that_page(
        row in row(),
        is_whole in any::<bool>(),
        has_profile in any::<bool>(),
    ) {
        let merging = Merging { replace: is_whole, ..Merging::default() };
        let mapping = if has_profile { defaults(&row) } else { Mapping::default() };
        let options = Options { merging, reading: Reading { mapping, ..Reading::default() } };
        let input = Input { name: "cells.csv".to_owned(), bytes: table(&row, !has_profile).into_bytes() };
        let import = import(vec![input], registry(stored()), &options);
        prop_assert!(import.findings.is_empty(), "{:?}", import.findings);
        let before = stored();
        let before = before.evidence.items();
        let after = cell(&import).evidence.items();
        let named: BTreeMap<_, _> = row.iter().map(|(page, fields)| (url(PAGES[*page]), fields)).collect();
        for source in after {
            let address = source.url.known().unwrap();
            let old = before.iter().find(|one| one.url == source.url);
            prop_assert!(old.is_some() || named.contains_key(address), "{address} came from nowhere");
            let is_new = old.is_none();
            for (at, field) in FIELDS.iter().enumerate() {
                let stated = named.get(address).and_then(|fields| fields[at]);
                let old = old.and_then(|old| text(old, field));
                match stated {
                    None if has_profile && is_new && *field != "fetch_outcome" => {
                        prop_assert_eq!(text(source, field), Some(said(field, DEFAULT)));
                    }
                    None if has_profile && is_new => {}
                    None => prop_assert_eq!(text(source, field), old, "{} of {}", field, address),
                    Some(value) if *field != "fetch_outcome" => {
                        prop_assert_eq!(text(source, field), Some(said(field, value)));
                    }
                    Some(_) => {}
                }
            }
        }
        // Pages go only where the row states the cell whole, and then all that it does not name.
        let kept: BTreeSet<_> = after.iter().filter_map(|one| one.url.known()).collect();
        for old in before.iter().filter_map(|one| one.url.known()) {
            let is_gone = is_whole && !row.is_empty() && !named.contains_key(old);
            prop_assert_eq!(kept.contains(old), !is_gone, "{}", old);
        }
        // The plan says all of it.
        let removed = import.plan.removed();
        let gone = before.len() - before.iter().filter(|one| after.iter().any(|other| other.url == one.url)).count();
        prop_assert!(removed >= gone, "{} < {}", removed, gone);
        prop_assert_eq!(cell(&import) == &stored(), import.plan.is_empty());
    }
}
