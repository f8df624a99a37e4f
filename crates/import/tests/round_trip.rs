//! Exported tables that are imported again change nothing; and no bytes, however hostile, make
//! the importer panic.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use diagnostics::Severity;
use import::{Import, Input, Options, import};
use model::limits::MAX_EVIDENCE;
use model::{
    Cell, Date, DimensionFile, Dimensions, Evidence, Fact, Fetch, FetchOutcome, Geography, Offering,
    Optional, PartAnswer, Platform, Registry, Required, Status, Vocabulary,
};
use proptest::prelude::*;

/// A text that a table cell can hold: not blank, without blanks around it, and without a carriage return, which
/// becomes a line feed.
fn text() -> impl Strategy<Value = String> {
    let wild = prop_oneof!["\\PC{1,40}", "[\\x20-\\x7e\\n\\t\"';,=|#\\[\\]]{1,60}", "(\\PC| |\n){1,200}"];
    let trimmed = wild.prop_map(|text: String| text.trim().to_owned());
    trimmed.prop_filter("blank", |text| !text.is_empty() && !text.contains('\r'))
}

/// The same with blanks around it, as a data file may have them.
fn loose() -> impl Strategy<Value = String> {
    (text(), "[ \t\n\u{a0}\u{2003}]{0,2}", "[ \t\n\u{a0}\u{2003}]{0,2}")
        .prop_map(|(text, before, after)| format!("{before}{text}{after}"))
}

/// The cell with other texts, where it has any.
fn with_texts(mut cell: Cell, texts: &[String; 3]) -> Cell {
    let [note, headline, title] = texts;
    let keep = |known: Optional<String>, text: &String| match known {
        Optional::Known(_) => Optional::Known(text.clone()),
        other => other,
    };
    cell.note = keep(cell.note, note);
    cell.headline = keep(cell.headline, headline);
    if let Optional::Known(evidence) = &mut cell.evidence {
        evidence.iter_mut().for_each(|one| one.title = keep(std::mem::take(&mut one.title), title));
    }
    cell
}

fn fact() -> impl Strategy<Value = Fact> {
    prop_oneof![
        any::<bool>().prop_map(Fact::Bool),
        any::<i64>().prop_map(Fact::Integer),
        text().prop_map(Fact::Text),
        "[a-z0-9]{0,12}".prop_map(Fact::Text),
        prop::collection::vec(text(), 1..4).prop_map(Fact::List),
        Just(Fact::Decimal("1.10".parse().unwrap())),
        Just(Fact::Date(Date::new(2026, 7, 5).unwrap())),
    ]
}

/// A word of a vocabulary, or none.
fn word<V: Vocabulary + std::fmt::Debug>() -> impl Strategy<Value = Optional<V>> {
    proptest::option::of(prop::sample::select(V::ALL)).prop_map(Into::into)
}

fn day() -> impl Strategy<Value = Optional<Date>> {
    let day = (2020..2027_i16, 1..13_i8, 1..29_i8);
    proptest::option::of(day.prop_map(|(year, month, day)| Date::new(year, month, day).unwrap()))
        .prop_map(Into::into)
}

fn address(host: &'static str) -> impl Strategy<Value = model::Url> {
    "[a-z]{1,8}".prop_map(move |path| format!("https://{host}.example/{path}").parse().unwrap())
}

fn optional<T: std::fmt::Debug>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Optional<T>> {
    proptest::option::of(value).prop_map(Into::into)
}

fn fetch() -> impl Strategy<Value = Fetch> {
    let outcome = prop::sample::select(FetchOutcome::ALL);
    (outcome, day(), optional(100..600_i64), word(), optional(address("other"))).prop_map(
        |(outcome, on, http_status, via, reported_by)| Fetch {
            outcome: outcome.into(),
            on,
            http_status,
            via,
            reported_by,
        },
    )
}

fn evidence() -> impl Strategy<Value = Evidence> {
    let archived = optional(address("archive"));
    (address("a"), optional(text()), word(), optional(text()), archived, optional(fetch())).prop_map(
        |(url, title, role, quote, archived_url, fetch)| Evidence {
            url: url.into(),
            title,
            role,
            quote,
            archived_url,
            fetch,
        },
    )
}

/// A page is one evidence: its address occurs once.
fn distinct(mut evidence: Vec<Evidence>) -> Vec<Evidence> {
    evidence.sort_by(|one, other| one.url.text().cmp(other.url.text()));
    evidence.dedup_by(|one, other| one.url == other.url);
    evidence
}

/// The facts or parts of a cell: none, or some.
fn map<T: std::fmt::Debug>(
    value: impl Strategy<Value = T>,
) -> impl Strategy<Value = Optional<BTreeMap<model::Key, Required<T>>>> {
    let map = prop::collection::btree_map("[a-z]{1,8}", value, 1..5);
    let keyed =
        map.prop_map(|map| map.into_iter().map(|(key, one)| (key.parse().unwrap(), one.into())).collect());
    optional(keyed)
}

/// A list of several different words.
fn words<V: Vocabulary + Ord + std::fmt::Debug>() -> impl Strategy<Value = Optional<Vec<V>>> {
    optional(prop::sample::subsequence(V::ALL.to_vec(), 1..=V::ALL.len()))
}

/// A cell with anything in any field that a table holds.
fn cell() -> impl Strategy<Value = Cell> {
    let areas = ["EU", "GB", "US"].map(|code| code.parse::<Geography>().unwrap()).to_vec();
    let grade = (prop::sample::select(Status::ALL), word(), words(), day());
    let texts = (optional(text()), optional(text()), optional(text()), optional(text()));
    let terms = (word(), word(), word(), optional(prop::sample::subsequence(areas, 1..=3)));
    let maps = (map(fact()), map(prop::sample::select(PartAnswer::ALL)));
    let evidence = optional(prop::collection::vec(evidence(), 1..4).prop_map(distinct));
    (grade, texts, terms, maps, evidence).prop_map(|(grade, texts, terms, maps, evidence)| {
        let (status, confidence, confidence_reasons, verified_on) = grade;
        let (headline, note, geography_note, override_reason) = texts;
        let (tier, route, default, geography) = terms;
        let (facts, parts) = maps;
        Cell {
            status: status.into(),
            confidence,
            confidence_reasons,
            headline,
            note,
            tier,
            route,
            default,
            geography,
            geography_note,
            verified_on,
            override_reason,
            parts,
            facts,
            exceptions: Optional::Absent,
            evidence,
            reviews: Optional::Absent,
            flags: Optional::Absent,
        }
    })
}

fn registry(cell: Cell, summary: String) -> Registry {
    let id = |id: &str| id.parse::<model::DimensionId>().unwrap();
    let dimension =
        model::Dimension { id: id("soc2_type2").into(), order: 1.into(), ..model::Dimension::default() };
    let offering = Offering {
        id: "a".parse::<model::OfferingId>().unwrap().into(),
        name: "A".to_owned().into(),
        platform: "p".parse::<model::PlatformId>().unwrap().into(),
        category: model::Category::InferenceHost.into(),
        summary: Optional::Known(summary),
        cells: Optional::Known(BTreeMap::from([(id("soc2_type2"), cell)])),
        ..Offering::default()
    };
    let platform = Platform {
        id: "p".parse::<model::PlatformId>().unwrap().into(),
        name: "P".to_owned().into(),
        operator: "o".parse::<model::OrganizationId>().unwrap().into(),
        ..Platform::default()
    };
    Registry {
        dimensions: Dimensions::new(DimensionFile { dimensions: Required::Known(vec![dimension]) }),
        platforms: BTreeMap::from([("p".to_owned(), platform)]),
        offerings: BTreeMap::from([("a".to_owned(), offering)]),
        ..Registry::default()
    }
}

/// The tables of a registry, without the view of evidence.
fn tables(registry: &Registry) -> Vec<Input> {
    let read = ["cells.csv", "offerings.csv", "organizations.csv", "platforms.csv"];
    let files = export::csv(registry).files.into_iter().filter(|file| read.contains(&&*file.path));
    files.map(|file| Input { bytes: file.bytes().into_owned(), name: file.path }).collect()
}

/// The same tables as sheets of a workbook.
fn workbook(registry: &Registry) -> Vec<Input> {
    let edition = export::Edition::new(registry.clone(), Date::new(2026, 7, 15).unwrap());
    let files = export::xlsx(registry, &edition).unwrap().files;
    files.into_iter().map(|file| Input { bytes: file.bytes().into_owned(), name: file.path }).collect()
}

/// An import of the tables that were exported plans nothing.
fn assert_tables_change_nothing(registry: &Registry) -> Result<(), TestCaseError> {
    let Import { plan, findings, .. } = import(tables(registry), registry.clone(), &Options::default());
    prop_assert!(findings.is_empty(), "{findings:?}");
    prop_assert!(plan.is_empty(), "{plan:?}");
    Ok(())
}

/// An import of the workbook that was exported plans nothing, and into an empty registry gives all fields.
fn assert_workbook_comes_back(registry: &Registry) -> Result<(), TestCaseError> {
    let workbook = workbook(registry);
    let Import { plan, findings, .. } = import(workbook.clone(), registry.clone(), &Options::default());
    prop_assert!(findings.iter().all(|finding| finding.severity == Severity::Info), "{findings:?}");
    prop_assert!(plan.is_empty(), "{plan:?}");

    let empty = Registry { dimensions: registry.dimensions.clone(), ..Registry::default() };
    let again = import(workbook, empty, &Options::default()).registry;
    prop_assert_eq!(&again.offerings, &registry.offerings);
    prop_assert_eq!(&again.platforms, &registry.platforms);
    Ok(())
}

/// A vowel sign without a letter, and a character that is not assigned yet: both were lost once.
#[test]
fn texts_of_rare_characters_come_back() {
    let cell = Cell {
        status: Status::Partial.into(),
        facts: Optional::Known(BTreeMap::from([("a".parse().unwrap(), Fact::Bool(false).into())])),
        ..Cell::default()
    };
    for summary in ["\u{a880}", "\u{11909}"] {
        let registry = registry(cell.clone(), summary.to_owned());
        assert_tables_change_nothing(&registry).unwrap();
        assert_workbook_comes_back(&registry).unwrap();
    }
}

/// Each field of each evidence is a column.
#[test]
fn the_most_evidences_that_a_cell_may_have_come_back() {
    let url = |path: &str, n: usize| format!("https://a.example/{path}/{n}").parse::<model::Url>().unwrap();
    let evidence = |n: usize| Evidence {
        url: url("page", n).into(),
        title: Optional::Known(format!("Page {n}")),
        role: Optional::Known(model::Role::Primary),
        quote: Optional::Known(format!("Line {n},\nand \"the\" next.")),
        archived_url: Optional::Known(url("copy", n)),
        fetch: Optional::Known(Fetch {
            outcome: FetchOutcome::Ok.into(),
            on: Optional::Known(Date::new(2026, 7, 5).unwrap()),
            http_status: Optional::Known(200),
            via: Optional::Known(model::Via::Reported),
            reported_by: Optional::Known(url("report", n)),
        }),
    };
    let evidence: Vec<_> = (0..MAX_EVIDENCE).map(evidence).collect();
    let cell =
        Cell { status: Status::Partial.into(), evidence: Optional::Known(evidence), ..Cell::default() };
    let registry = registry(cell, "x".to_owned());
    assert_tables_change_nothing(&registry).unwrap();
    assert_workbook_comes_back(&registry).unwrap();
    let guarded = export::csv_for_spreadsheets(&registry).files;
    let cells = guarded.iter().find(|file| file.path == "cells.csv").unwrap().bytes().into_owned();
    let header = cells.split(|byte| *byte == b'\n').next().unwrap();
    assert!(header.split(|byte| *byte == b',').count() > 1_000);
    let inputs = vec![Input { name: "cells.csv".to_owned(), bytes: cells }];
    let Import { plan, findings, .. } = import(inputs, registry.clone(), &Options::default());
    assert!(findings.is_empty() && plan.is_empty(), "{findings:?}");
}

proptest! {
    // Each case writes and reads a whole workbook.
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn an_exported_workbook_changes_nothing_and_gives_every_field_back(cell in cell(), summary in text()) {
        assert_workbook_comes_back(&registry(cell, summary))?;
    }
}

proptest! {
    #[test]
    fn exported_tables_change_nothing(cell in cell(), summary in text()) {
        assert_tables_change_nothing(&registry(cell, summary))?;
    }

    #[test]
    fn blanks_around_texts_are_no_change(cell in cell(), texts in prop::array::uniform3(loose()), summary in loose()) {
        assert_tables_change_nothing(&registry(with_texts(cell, &texts), summary))?;
    }

    #[test]
    fn an_empty_registry_gets_every_field_back(cell in cell(), summary in text()) {
        let registry = registry(cell, summary);
        let empty = Registry { dimensions: registry.dimensions.clone(), ..Registry::default() };
        let Import { registry: again, findings, .. } = import(tables(&registry), empty, &Options::default());
        prop_assert!(findings.is_empty(), "{findings:?}");
        prop_assert_eq!(&again.offerings, &registry.offerings);
        prop_assert_eq!(&again.platforms, &registry.platforms);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        import(vec![Input { name: "cells.csv".into(), bytes }], Registry::default(), &Options::default());
    }

    #[test]
    fn no_table_makes_it_panic(rows in "(owner|dimension|facts|source_url|source_9_url|status|offering:a|soc2_type2|[,;\"\n\r=#\\[])*") {
        let bytes = format!("owner,dimension,status,facts,source_9_url\n{rows}").into_bytes();
        import(vec![Input { name: "cells.csv".into(), bytes }], registry(Cell::default(), "x".into()), &Options::default());
    }
}
