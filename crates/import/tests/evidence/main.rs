//! Sources are known by their addresses: what a row says of one never passes to another, and what it does not
//! say stays.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod pages;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;

use import::{Import, Input, Left, Mapping, Merging, Options, Reading, import};
use model::tabular::whole_digest;
use model::{
    Cell, Evidence, Fact, Fetch, FetchOutcome, Optional, Record as _, Registry, Role, Status, Url, Value, Via,
};

const HEADER: &str =
    "owner,dimension,status,headline,facts,source_url,source_title,source_quote,fetch_outcome,fetched_on";

fn url(path: &str) -> Url {
    format!("https://a.example/{path}").parse().unwrap()
}

fn source(path: &str) -> Evidence {
    Evidence {
        url: url(path).into(),
        title: Optional::Known(format!("Title of {path}")),
        role: Optional::Known(Role::Primary),
        quote: Optional::Known(format!("Quote of {path}")),
        archived_url: Optional::Known(format!("https://archive.example/{path}").parse().unwrap()),
        fetch: Optional::Known(Fetch {
            outcome: FetchOutcome::Ok.into(),
            on: Optional::Known("2026-06-01".parse().unwrap()),
            via: Optional::Known(Via::Direct),
            ..Fetch::default()
        }),
    }
}

fn stored() -> Cell {
    let facts = [("first", 1), ("second", 2), ("third", 3)];
    let facts = facts.map(|(key, number)| (key.parse().unwrap(), Fact::Integer(number).into()));
    Cell {
        status: Status::Partial.into(),
        headline: Optional::Known("Some of it".to_owned()),
        facts: Optional::Known(BTreeMap::from(facts)),
        evidence: Optional::Known(vec![source("old"), source("other")]),
        ..Cell::default()
    }
}

fn registry(cell: Cell) -> Registry {
    let mut registry = support::registry();
    let offering = registry.offerings.get_mut("a").unwrap();
    offering.cells = Optional::Known(BTreeMap::from([("soc2_type2".parse().unwrap(), cell)]));
    registry
}

/// Imports rows about the stored cell; without their first two columns, which are always the same.
fn rows_with(header: &str, rows: &[&str], merging: Merging) -> Import {
    let rows: String = rows.iter().map(|row| format!("a,soc2_type2,{row}\n")).collect();
    let bytes = format!("{header}\n{rows}").into_bytes();
    let options = Options { merging, ..Options::default() };
    import(vec![Input { name: "cells.csv".to_owned(), bytes }], registry(stored()), &options)
}

fn rows(rows: &[&str]) -> Import {
    rows_with(HEADER, rows, Merging::default())
}

fn cell(import: &Import) -> &Cell {
    import.registry.offerings["a"].cell("soc2_type2").unwrap()
}

/// The fields that change: "facts.first: 1 -> nothing".
fn changes(import: &Import) -> Vec<String> {
    let text = |value: &Option<Value>| match value {
        None => "nothing".to_owned(),
        Some(Value::Text(text)) => text.clone(),
        Some(other) => serde_json::Value::from(other).to_string(),
    };
    let changed = import.plan.entities.iter().flat_map(|one| &one.changed);
    changed.map(|one| format!("{}: {} -> {}", one.field, text(&one.old), text(&one.new))).collect()
}

/// What stays, without names.
fn left(import: &Import) -> Left {
    Left { named: Vec::new(), ..import.plan.left() }
}

fn faults(import: &Import) -> Vec<String> {
    support::ordered(import).iter().map(support::line).collect()
}

#[test]
fn a_new_address_is_a_new_source_that_holds_what_the_row_says() {
    let import = rows(&[",,,https://a.example/new,,,,"]);
    assert_eq!(changes(&import), ["evidence[2].url: nothing -> https://a.example/new"]);
    let list = cell(&import).evidence.items();
    assert_eq!(list[2], Evidence { url: url("new").into(), ..Evidence::default() });
    assert_eq!(list[..2], [source("old"), source("other")]);
    let empty_named = vec!["soc2_type2.headline of offering a".to_owned()];
    assert_eq!(left(&import), Left { evidence: 2, facts: 3, empty: 1, empty_named, ..Left::default() });
    let named = ["first", "second", "third", "https://a.example/old", "https://a.example/other"];
    assert_eq!(import.plan.left().named, named);
}

#[test]
fn places_say_nothing_and_neither_do_spellings() {
    let header = "owner,dimension,source_url,source_title,source_2_url,source_2_title";
    let row = "https://a.example/other,Title of other,HTTPS://A.Example:443/old?#,Title of old";
    let import = rows_with(header, &[row], Merging::default());
    assert_eq!((changes(&import), faults(&import)), (vec![], vec![]));
    assert_eq!(import.plan.unchanged(), 1);
    let row = "https://a.example/other,Another,https://a.example/new,New";
    let import = rows_with(header, &[row], Merging::default());
    let expected = [
        "evidence[1].title: Title of other -> Another",
        "evidence[2].url: nothing -> https://a.example/new",
        "evidence[2].title: nothing -> New",
    ];
    assert_eq!(changes(&import), expected);
}

#[test]
fn a_source_without_address_and_an_address_twice_are_faults() {
    let without = rows(&[",,,,Somewhere,,,", ",,,,,,ok,2026-07-01"]);
    assert_eq!(
        faults(&without),
        [
            "error[table/evidence-without-url] cells.csv G2 (source_title): text \"Somewhere\": the row describes a source but does not give its address in `source_url`: write the address in `source_url`, or clear the other columns of that source\n",
            "error[table/duplicate-row] cells.csv A3 (owner): text \"a\": cell `soc2_type2` of offering a is in two rows: keep one of the rows\n",
            "error[table/evidence-without-url] cells.csv I3 (fetch_outcome): text \"ok\": the row describes a source but does not give its address in `source_url`: write the address in `source_url`, or clear the other columns of that source\n",
        ]
        .map(str::to_owned)
    );
    let lacking = rows_with("owner,dimension,source_2_title", &["x"], Merging::default());
    assert_eq!(
        faults(&lacking),
        [
            "error[table/evidence-without-url] cells.csv C1: text \"source_2_title\": the row describes a source but does not give its address in `source_2_url` (row 2): add the column `source_2_url`: a source is identified by its address\n"
        ]
    );
    let header = "owner,dimension,source_url,source_2_url";
    let twice = rows_with(header, &["https://a.example/x,https://A.example/x#"], Merging::default());
    assert_eq!(
        faults(&twice),
        [
            "error[table/repeated-url] cells.csv D2 (source_2_url): text \"https://A.example/x#\": the row has this address twice: keep one, with all values of the page\n"
        ]
    );
}

#[test]
fn rows_of_one_cell_that_differ_in_their_sources_are_one() {
    let import = rows(&[
        "partial,Half of it,,https://a.example/new,New,First passage.,,",
        ",,,https://a.example/new,,Second passage.,ok,2026-07-01",
        "partial,,,https://a.example/third,Third,,,",
    ]);
    assert_eq!(faults(&import), [""; 0]);
    assert_eq!(
        changes(&import),
        [
            "headline: Some of it -> Half of it",
            "evidence[2].url: nothing -> https://a.example/new",
            "evidence[2].title: nothing -> New",
            "evidence[2].quote: nothing -> First passage. […] Second passage.",
            "evidence[2].fetch.outcome: nothing -> ok",
            "evidence[2].fetch.on: nothing -> \"2026-07-01\"",
            "evidence[3].url: nothing -> https://a.example/third",
            "evidence[3].title: nothing -> Third",
        ]
    );
    let import = rows(&[",One,,https://a.example/new,New,,,", ",Two,,https://a.example/new,Newer,,,"]);
    assert_eq!(
        faults(&import),
        [
            "error[table/duplicate-row] cells.csv D3 (headline): text \"Two\": cell `soc2_type2` of offering a is in two rows, which differ in `headline` and `source_title`: keep one of the rows\n"
        ]
    );
    assert_eq!((import.plan.conflicts(), changes(&import)), (1, vec![]));
}

#[test]
fn an_attempt_keeps_no_day_of_another() {
    let import = rows(&[",,,https://a.example/old,,,blocked,"]);
    assert_eq!(
        faults(&import),
        [
            "error[table/missing-value] cells.csv I2 (fetch_outcome): text \"blocked\": the row gives another `fetch_outcome` but no `fetched_on`: otherwise it would get the day of the earlier attempt: write the day of the new attempt in `fetched_on`\n"
        ]
    );
    let import = rows(&[",,,https://a.example/old,,,blocked,2026-07-01"]);
    let expected = [
        "evidence[0].fetch.outcome: ok -> blocked",
        "evidence[0].fetch.on: \"2026-06-01\" -> \"2026-07-01\"",
        "evidence[0].fetch.via: direct -> nothing",
    ];
    assert_eq!(changes(&import), expected);
    let import = rows(&[",,,https://a.example/old,,,not_attempted,"]);
    let expected = [
        "evidence[0].fetch.outcome: ok -> not_attempted",
        "evidence[0].fetch.on: \"2026-06-01\" -> nothing",
        "evidence[0].fetch.via: direct -> nothing",
    ];
    assert_eq!(changes(&import), expected);
    let import = rows(&[",,,https://a.example/new,,,,2026-07-01"]);
    assert_eq!(
        faults(&import),
        [
            "error[table/missing-value] cells.csv I2 (fetch_outcome): text \"\": the row has no `fetch_outcome`, which the reading of a source needs: write it in the column `fetch_outcome`\n"
        ]
    );
}

/// The changes and faults of a row about a source that was read as this says.
fn attempt(fetch: Fetch, columns: &str, row: &str) -> (Vec<String>, Vec<String>) {
    let source = Evidence { fetch: Optional::Known(fetch), ..source("old") };
    let cell = Cell { evidence: Optional::Known(vec![source]), ..stored() };
    let bytes = format!("owner,dimension,source_url,{columns}\na,soc2_type2,https://a.example/old,{row}\n")
        .into_bytes();
    let inputs = vec![Input { name: "cells.csv".to_owned(), bytes }];
    let import = import(inputs, registry(cell), &Options::default());
    (changes(&import), faults(&import))
}

#[test]
fn nothing_of_an_attempt_passes_to_another() {
    let read = |outcome: FetchOutcome, via| Fetch {
        outcome: outcome.into(),
        on: Optional::Known("2026-06-01".parse().unwrap()),
        http_status: Optional::Known(403),
        via: Optional::Known(via),
        reported_by: Optional::Absent,
    };
    let blocked = read(FetchOutcome::Blocked, Via::Direct);
    let (changes, faults) = attempt(blocked, "fetch_outcome,fetched_on", "ok,2026-07-02");
    assert_eq!(faults, [""; 0]);
    assert_eq!(
        changes,
        [
            "evidence[0].fetch.outcome: blocked -> ok",
            "evidence[0].fetch.on: \"2026-06-01\" -> \"2026-07-02\"",
            "evidence[0].fetch.http_status: 403 -> nothing",
            "evidence[0].fetch.via: direct -> nothing",
        ]
    );
    let reported = Fetch {
        reported_by: Optional::Known(url("other")),
        http_status: Optional::Absent,
        ..read(FetchOutcome::Ok, Via::Reported)
    };
    // Another day of a report or a copy is another reading: the row must say which.
    for fetch in
        [reported.clone(), read(FetchOutcome::Ok, Via::Archive), read(FetchOutcome::Ok, Via::Snippet)]
    {
        let (_, faults) = attempt(fetch, "fetched_on", "2026-07-02");
        assert_eq!(
            faults,
            [
                "error[table/missing-value] cells.csv D2 (fetched_on): text \"2026-07-02\": the row gives another `fetched_on` but no `fetch_via`: otherwise the earlier copy or report would get that day: write in `fetch_via` how the page was read that day\n"
            ]
        );
    }
    let (changes, faults) = attempt(reported.clone(), "fetched_on,fetch_via", "2026-07-02,archive");
    assert_eq!(faults, [""; 0]);
    assert_eq!(
        changes,
        [
            "evidence[0].fetch.on: \"2026-06-01\" -> \"2026-07-02\"",
            "evidence[0].fetch.via: reported -> archive",
            "evidence[0].fetch.reported_by: https://a.example/other -> nothing",
        ]
    );
    // Another way is another reading, of another day.
    let (_, faults) = attempt(reported.clone(), "fetch_via", "direct");
    assert_eq!(
        faults,
        [
            "error[table/missing-value] cells.csv D2 (fetch_via): text \"direct\": the row gives another `fetch_via` but no `fetched_on`: otherwise it would get the day of the earlier attempt: write the day of the new attempt in `fetched_on`\n"
        ]
    );
    // What only adds to what is known of an attempt is none.
    let day = |text: &str| Fetch { on: Optional::Known(text.parse().unwrap()), ..Fetch::default() };
    let unsaid = Fetch { outcome: FetchOutcome::Ok.into(), ..day("2026-06-01") };
    let (changes, faults) = attempt(unsaid, "fetch_via,http_status", "archive,200");
    assert_eq!(faults, [""; 0]);
    assert_eq!(
        changes,
        ["evidence[0].fetch.http_status: nothing -> 200", "evidence[0].fetch.via: nothing -> archive"]
    );
    // A page is opened again.
    let (changes, _) = attempt(read(FetchOutcome::Ok, Via::Direct), "fetched_on", "2026-07-02");
    assert_eq!(changes, ["evidence[0].fetch.on: \"2026-06-01\" -> \"2026-07-02\""]);
}

#[test]
fn the_sources_of_several_files_are_joined_by_their_addresses_in_the_order_of_the_files() {
    let files = |texts: &[&str]| {
        let input = |(nth, text): (usize, &&str)| Input {
            name: format!("{nth}.csv"),
            bytes: format!("owner,dimension,headline,source_url,source_title,source_2_url\n{text}")
                .into_bytes(),
        };
        import(texts.iter().enumerate().map(input).collect(), registry(stored()), &Options::default())
    };
    let urls = |import: &Import| -> Vec<String> {
        let sources = cell(import).evidence.items().iter().skip(2);
        sources.map(|one| one.url.text().rsplit('/').next().unwrap_or_default().to_owned()).collect()
    };
    let one = "a,soc2_type2,,https://a.example/x,X,https://a.example/y\n";
    let other = "a,soc2_type2,,https://a.example/z,,https://A.example:443/x\n";
    for (texts, expected) in
        [([one, other], ["x", "y", "z"]), ([other, one], ["z", "x", "y"]), ([one, one], ["x", "y", ""])]
    {
        let import = files(&texts);
        assert_eq!((faults(&import), import.plan.conflicts()), (vec![], 0));
        assert_eq!(urls(&import), expected.into_iter().filter(|url| !url.is_empty()).collect::<Vec<_>>());
        let x = cell(&import).evidence.items().iter().find(|one| one.url.text().ends_with("/x")).unwrap();
        assert_eq!(x.title, Optional::Known("X".to_owned()));
    }
    for (text, place, what) in [
        ("a,soc2_type2,,https://a.example/x,Another,\n", "row 2", ", which differ in `source_title`"),
        ("a,soc2_type2,More,https://a.example/x,X,https://a.example/y\n", "A2 (owner): text \"a\"", ""),
    ] {
        let import = files(&[one, text]);
        let told = format!(
            "error[table/duplicate-row] 1.csv {place}: cell `soc2_type2` of offering a is in two rows{what}: keep one of the rows\n"
        );
        assert_eq!(faults(&import), [told]);
        assert_eq!((import.plan.conflicts(), changes(&import)), (1, vec![]));
    }
}

#[test]
fn constants_of_a_profile_are_said_of_new_pages_alone() {
    let read = |header: &str, row: &str| {
        let profile = "[constants]\nsource_title = \"Questionnaire\"\nsource_role = \"secondary\"\n\
            source_quote = \"We do.\"\narchived_url = \"https://archive.example/q\"\nfetch_outcome = \"ok\"\nfetch_via = \"stored_copy\"\n";
        let (mapping, found) =
            Mapping::new("p.toml", store::read_profile("p.toml", profile.into()).value, Vec::new());
        assert_eq!(found, []);
        let bytes = format!("owner,dimension,{header}\na,soc2_type2,{row}\n").into_bytes();
        let options = Options { reading: Reading { mapping, ..Reading::default() }, ..Options::default() };
        changes(&import(vec![Input { name: "cells.csv".to_owned(), bytes }], registry(stored()), &options))
    };
    assert_eq!(read("source_url", "https://a.example/old"), [""; 0]);
    assert_eq!(read("source_url,fetched_on", "https://a.example/old,2026-06-01"), [""; 0]);
    // What the row says is said, and another reading is one of the kind that the profile says.
    assert_eq!(
        read("source_url,fetched_on", "https://a.example/old,2026-07-01"),
        [
            "evidence[0].fetch.on: \"2026-06-01\" -> \"2026-07-01\"",
            "evidence[0].fetch.via: direct -> stored_copy"
        ]
    );
    assert_eq!(
        read("source_url", "https://a.example/new"),
        [
            "evidence[2].url: nothing -> https://a.example/new",
            "evidence[2].title: nothing -> Questionnaire",
            "evidence[2].role: nothing -> secondary",
            "evidence[2].quote: nothing -> We do.",
            "evidence[2].archived_url: nothing -> https://archive.example/q",
            "evidence[2].fetch.outcome: nothing -> ok",
            "evidence[2].fetch.via: nothing -> stored_copy"
        ]
    );
}

#[test]
fn what_a_row_leaves_out_stays_unless_it_states_the_cell_whole() {
    let row = ",,first=1,https://a.example/old,,,,";
    let import = rows(&[row]);
    assert_eq!(changes(&import), [""; 0]);
    // The headline, and the title, quote, outcome and day of the source.
    let kept = ["headline", "source_title", "source_quote", "fetch_outcome", "fetched_on"];
    let empty_named = kept.map(|field| format!("soc2_type2.{field} of offering a")).to_vec();
    assert_eq!(
        left(&import),
        Left { facts: 2, evidence: 1, empty: 5, empty_named: empty_named.clone(), ..Left::default() }
    );

    let whole = [
        "facts.second: 2 -> nothing".to_owned(),
        "facts.third: 3 -> nothing".to_owned(),
        format!("evidence[1]: {} -> nothing", {
            let fields = registry(stored()).offerings["a"].cell("soc2_type2").unwrap().fields();
            let (_, list) = fields.into_iter().find(|(name, _)| *name == "evidence").unwrap();
            let Value::List(mut list) = list else { panic!("evidence is a list") };
            serde_json::Value::from(&list.remove(1)).to_string()
        }),
    ];
    let replace = Merging { replace: true, ..Merging::default() };
    let import = rows_with(HEADER, &[row], replace);
    assert_eq!(changes(&import), whole);
    assert_eq!(left(&import), Left { empty: 5, empty_named: empty_named.clone(), ..Left::default() });

    let header = format!("{HEADER},#whole");
    let digest = whole_digest(&stored());
    let import =
        rows_with(&format!("{header},source_2_url"), &[&format!("{row},{digest},")], Merging::default());
    assert_eq!(changes(&import), whole);
    // The columns of second sources were taken out of the export, and say nothing.
    let import = rows_with(&header, &[&format!("{row},{digest}")], Merging::default());
    assert_eq!(changes(&import), whole[..2]);
    assert_eq!(left(&import), Left { evidence: 1, empty: 5, empty_named, ..Left::default() });
    // Columns that the table lacks say nothing.
    let narrow = format!("status,{digest}").replace("status", "partial");
    let import = rows_with("owner,dimension,status,#whole", &[&narrow], Merging::default());
    assert_eq!((changes(&import), import.plan.unchanged()), (vec![], 1));

    let clear = Merging { clear_empty: true, ..Merging::default() };
    let import = rows_with(HEADER, &[",,,https://a.example/old,,x,,"], clear);
    let cleared: Vec<_> =
        changes(&import).into_iter().map(|one| one.split(':').next().unwrap().to_owned()).collect();
    assert_eq!(cleared, ["headline", "facts", "evidence[0].title", "evidence[0].quote", "evidence[0].fetch"]);
    assert_eq!(left(&import), Left { evidence: 1, ..Left::default() });
}

#[test]
fn a_digest_that_no_longer_fits_is_a_conflict_unless_nothing_changes() {
    let header = format!("{HEADER},#whole,source_2_url");
    let row = ",Some of it,first=1; second=2; third=3,https://a.example/old,,,,,w0";
    let import = rows_with(&header, &[&format!("{row},")], Merging::default());
    assert_eq!(
        faults(&import),
        [
            "error[table/changed-since-export] cells.csv A2 (owner): text \"a\": cell `soc2_type2` of offering a has changed since this table was exported: export the registry again and repeat the change there; or clear the row's `#whole`, so that the row changes only what it states\n"
        ]
    );
    assert_eq!((import.plan.conflicts(), changes(&import)), (1, vec![]));
    let row = format!("{row},https://a.example/other");
    let import = rows_with(&header, &[&row], Merging::default());
    assert_eq!((faults(&import), import.plan.unchanged()), (vec![], 1));
}
