//! No published form loses a field in silence: what a cell says in a field shows in each of them, or the field is
//! listed here with the reason why it does not.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{Reader, Xlsx, open_workbook_from_rs};
use export::{Edition, OutputFile, Site, SiteInputs};
use model::tabular::WHOLE_MARK;
use model::{Cell, Entity, Evidence, Exception, Fetch, Field, Flag, PageVisit, Record, Review, Shape};
use store::{Store, WorkTree};

use crate::support::{Scratch, TODAY, full};

/// The file whose cell has every field.
const FILE: &str = "offerings/acme-chat.toml";

/// Why a form does not show a field: forms, fields, reason.
const OMITTED: &[(&[&str], &[&str], &str)] = &[
    (
        &["csv", "xlsx", "compare"],
        &[
            "Review.on",
            "Review.by",
            "Review.verdict",
            "Review.reason",
            "Review.flag",
            "Flag.id",
            "Flag.raised_on",
            "Flag.what",
        ],
        "decisions of people have no table and no comparison; JSON and the pages have them",
    ),
    (
        &["markdown", "site", "show"],
        &["Review.flag", "Flag.id"],
        "the id by which a review closes a flag is for programs; a page shows the flags that none has closed",
    ),
    (
        &["compare"],
        &[
            "Cell.confidence_reasons",
            "Cell.verified_on",
            "Cell.override_reason",
            "Evidence.url",
            "Evidence.title",
            "Evidence.role",
            "Evidence.quote",
            "Evidence.archived_url",
        ],
        "a comparison sets terms side by side; what they rest on is in `show`",
    ),
    (&["compare"], &["Cell.parts", "Cell.facts"], "one that says more than another does not differ from it"),
];

/// The fields of all records of a cell, as `Record.field`; those that hold records show in the fields of these.
fn fields() -> BTreeSet<String> {
    let of = |record: &'static str, fields: &'static [Field]| {
        let own = fields.iter().filter(|field| field.shape != Shape::Record);
        own.map(move |field| format!("{record}.{}", field.key))
    };
    of("Cell", Cell::FIELDS)
        .chain(of("Evidence", Evidence::FIELDS))
        .chain(of("Fetch", Fetch::FIELDS))
        .chain(of("Exception", Exception::FIELDS))
        .chain(of("Review", Review::FIELDS))
        .chain(of("Flag", Flag::FIELDS))
        .collect()
}

/// The lines of a file that state something in its cell, each with the field that it belongs to.
fn stated(text: &str) -> Vec<(usize, String)> {
    let mut section = "";
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.starts_with('[') {
            let path = line.trim_matches(['[', ']']);
            section = path
                .strip_prefix("cells.")
                .map_or("", |path| path.split_once('.').map_or("Cell", |(_, own)| own));
        } else if let Some((key, _)) = line.split_once(" = ").filter(|_| !section.is_empty()) {
            found.push((
                at,
                match section {
                    "Cell" => format!("Cell.{key}"),
                    "parts" | "facts" => format!("Cell.{section}"),
                    "exceptions" => format!("Exception.{key}"),
                    "exceptions.facts" => "Exception.facts".to_owned(),
                    "evidence" => format!("Evidence.{key}"),
                    "evidence.fetch" => format!("Fetch.{key}"),
                    "reviews" => format!("Review.{key}"),
                    "flags" => format!("Flag.{key}"),
                    other => panic!("{other}"),
                },
            ));
        }
    }
    found
}

/// What each form says of the registry in a folder, without digests.
fn forms(scratch: &Scratch) -> BTreeMap<&'static str, String> {
    let tree = WorkTree::new(scratch.path().join("data")).unwrap();
    let (registry, _) = Store::open(&tree).unwrap().registry().unwrap();
    let edition = Edition::new(registry, TODAY.parse().unwrap());
    let text = |file: &OutputFile<'_>| String::from_utf8(file.bytes().into_owned()).unwrap();
    let all = |files: &[OutputFile<'_>]| files.iter().map(text).collect::<String>();
    let dimensions: Vec<_> = edition.registry().dimensions.iter().collect();
    let offering = Entity::Offering("acme-chat".to_owned());
    let document = export::json_document(&edition, &offering, &dimensions).unwrap();
    let tables = export::csv(edition.registry()).files;
    let tables = tables.iter().filter(|file| file.path.ends_with(".csv"));
    let site = Site::new(
        &edition,
        SiteInputs {
            rules: &[],
            locator: None,
            downloads: &[],
            without_workbook: None,
            preview_script: None,
        },
    );
    let page = site.render(site.file("offerings/acme-chat/index.html").unwrap());
    let workbook = export::xlsx(edition.registry(), &edition).unwrap().files.remove(0);
    let run = |arguments: &[&str]| scratch.run(arguments).stdout;
    BTreeMap::from([
        ("csv", tables.map(|file| rows(&text(file))).collect()),
        ("json", String::from_utf8(document).unwrap()),
        ("markdown", all(&export::markdown(&edition).files)),
        ("site", String::from_utf8(page.into_owned()).unwrap()),
        ("xlsx", sheets(&workbook.bytes())),
        ("show", run(&["show", "acme-chat"])),
        ("compare", run(&["compare", "acme-chat", "globex-on-initech", "--notes"])),
    ])
}

/// The rows of a table without the digest of each.
fn rows(table: &str) -> String {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let digest = reader.headers().unwrap().iter().position(|name| name == WHOLE_MARK);
    let row = |record: csv::StringRecord| {
        let own = record.iter().enumerate().filter(|(at, _)| Some(*at) != digest);
        own.map(|(_, text)| format!("{text}\t")).collect::<String>() + "\n"
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// The rows of all sheets of a workbook without the digests.
fn sheets(bytes: &[u8]) -> String {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for (_, range) in book.worksheets() {
        let header = range.rows().next().into_iter().flatten();
        let digest = header.into_iter().position(|cell| *cell == WHOLE_MARK);
        for row in range.rows() {
            let own = row.iter().enumerate().filter(|(at, _)| Some(*at) != digest);
            text.extend(own.map(|(_, cell)| format!("{cell}\t")));
        }
    }
    text
}

#[test]
fn no_form_loses_a_field_in_silence() {
    let scratch = Scratch::new();
    let text = full("offering");
    // A review closes the flag of the fixture, and is the newest of the registry: here it does no more than show.
    let text = text
        .replace("flag = \"scope-open\"", "flag = \"another\"")
        .replace("on = 2026-06-02", "on = 2026-05-02");
    let stated = stated(&text);
    let known: BTreeSet<_> = stated.iter().map(|(_, field)| field.clone()).collect();
    assert_eq!(known, fields(), "the fixture states every field");
    scratch.write(FILE, &text);
    let whole = forms(&scratch);
    let mut wrong = Vec::new();
    for (at, field) in &stated {
        let lines = text.lines().enumerate().map(|(n, line)| if n == *at { "" } else { line });
        scratch.write(FILE, lines.collect::<Vec<_>>().join("\n"));
        for (form, without) in forms(&scratch) {
            let omitted = |(forms, fields, _): &&(&[&str], &[&str], &str)| {
                forms.contains(&form) && fields.contains(&field.as_str())
            };
            let is_omitted = OMITTED.iter().any(|entry| omitted(&entry));
            match (whole[form] == without, is_omitted) {
                (true, false) => wrong.push(format!("{form} does not show {field}")),
                (false, true) => wrong.push(format!("{form} shows {field}, which is listed as omitted")),
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_field_of_a_visit_is_published_as_json_and_in_a_table() {
    let scratch = Scratch::new();
    let text = full("visits");
    let published = || {
        let tree = WorkTree::new(scratch.path().join("data")).unwrap();
        let (registry, _) = Store::open(&tree).unwrap().registry().unwrap();
        let edition = Edition::new(registry, TODAY.parse().unwrap());
        let of = |files: Vec<OutputFile<'_>>, path: &str| {
            let file = files.into_iter().find(|file| file.path == path).unwrap();
            String::from_utf8(file.bytes().into_owned()).unwrap()
        };
        let table = rows(&of(export::csv(edition.registry()).files, "visits.csv"));
        [of(export::json(&edition).files, "visits.json"), table]
    };
    let file = "visits/acme.example.toml";
    scratch.write(file, &text);
    let whole = published();
    let mut seen = BTreeSet::new();
    for (at, line) in text.lines().enumerate() {
        let Some((key, _)) = line.split_once(" = ") else { continue };
        let kept = text.lines().enumerate().filter(|(n, _)| *n != at).map(|(_, line)| line);
        scratch.write(file, kept.collect::<Vec<_>>().join("\n"));
        let without = published();
        assert!(whole.iter().zip(&without).all(|(whole, without)| whole != without), "{line}");
        seen.insert(key.to_owned());
    }
    let fields: BTreeSet<_> = PageVisit::FIELDS.iter().map(|field| field.key.to_owned()).collect();
    assert_eq!(seen, fields, "the fixture states every field");
}
