//! The Markdown of the real registry, read by a parser of GitHub's dialect: it shows the answers that
//! the JSON holds, and every link in it leads somewhere.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{LATER, published};
use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, parse_document};
use export::Grade;
use serde_json::Value;

fn parse<'a>(arena: &'a Arena<'a>, page: &str) -> &'a AstNode<'a> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    parse_document(arena, page, &options)
}

/// The pages by path.
fn pages() -> BTreeMap<String, String> {
    let pages = published("markdown", LATER).into_iter();
    pages.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
}

/// The text that a reader sees of a node.
fn seen<'a>(node: &'a AstNode<'a>) -> String {
    let texts = node.descendants().map(|node| match &node.data.borrow().value {
        NodeValue::Text(text) => text.to_string(),
        NodeValue::HtmlInline(html) if html == "<br>" => "\n".to_owned(),
        _ => String::new(),
    });
    texts.collect()
}

/// The tables of a page, as the texts of their cells without the row of headers.
fn tables(page: &str) -> Vec<Vec<Vec<String>>> {
    let arena = Arena::new();
    let root = parse(&arena, page);
    let tables = root.descendants().filter(|node| matches!(node.data.borrow().value, NodeValue::Table(_)));
    let mut found = Vec::new();
    for table in tables {
        let rows = table.children().skip(1);
        found.push(rows.map(|row| row.children().map(seen).collect()).collect());
    }
    found
}

/// A text as a page shows it in a line.
fn folded(text: &Value) -> String {
    text.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn tables_show_what_the_data_say() {
    let pages = pages();
    let data: Value = serde_json::from_slice(&published("json", LATER)["data.json"]).unwrap();
    let offerings = data["offerings"].as_array().unwrap();
    let grade = |cell: &Value| {
        let id = cell["value"].as_str().unwrap_or(Grade::Missing.id());
        Grade::all().find(|grade| grade.id() == id).unwrap()
    };

    // Behind the legend, a table for each group: together they have a column for each question.
    let matrix: Vec<_> = tables(&pages["README.md"]).split_off(1);
    for (at, offering) in offerings.iter().enumerate() {
        assert!(matrix.iter().all(|table| table[at][0] == folded(&offering["name"])));
        let shown: Vec<_> = matrix.iter().flat_map(|table| &table[at][1..]).collect();
        let cells: Vec<_> = offering["dimensions"].as_object().unwrap().values().collect();
        assert_eq!(shown.len(), cells.len());
        for (shown, cell) in shown.iter().zip(cells) {
            assert!(shown.contains(grade(cell).short()), "{shown}: {cell}");
        }
    }

    let questions = pages.keys().filter(|path| path.starts_with("dimensions/"));
    assert_eq!(questions.clone().count(), data["dimensions"].as_object().unwrap().len());
    let by_headline = |path: &&String| {
        let table = tables(&pages[*path]).remove(0);
        table.into_iter().map(|row| row[4].clone()).collect::<Vec<_>>()
    };
    let shown: BTreeSet<_> = questions.map(|path| by_headline(&path)).collect();
    let said = data["dimensions"].as_object().unwrap().keys().map(|dimension| {
        let cells = offerings.iter().map(|offering| &offering["dimensions"][dimension]);
        cells.map(|cell| folded(&cell["headline"])).collect::<Vec<_>>()
    });
    assert_eq!(shown, said.collect());
}

#[test]
fn links_lead_somewhere() {
    let pages = pages();
    let mut targets: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut links = Vec::new();
    for (path, page) in &pages {
        let arena = Arena::new();
        for node in parse(&arena, page).descendants() {
            match &node.data.borrow().value {
                NodeValue::Link(link) => links.push((path, link.url.to_string())),
                NodeValue::HtmlInline(html) => {
                    let id = html.strip_prefix("<a id=\"").and_then(|rest| rest.strip_suffix("\">"));
                    let is_new = id.is_none_or(|id| targets.entry(path).or_default().insert(id.to_owned()));
                    assert!(is_new, "{html} stands twice in {path}");
                }
                _ => {}
            }
        }
    }
    let mut inside = 0;
    for (from, link) in links {
        if link.starts_with("https://") {
            continue;
        }
        inside += 1;
        let (path, anchor) =
            link.split_once('#').map_or((&*link, None), |(path, anchor)| (path, Some(anchor)));
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = match path.strip_prefix("../") {
            _ if path.is_empty() => from.clone(),
            Some(path) => path.to_owned(),
            None if folder.is_empty() => path.to_owned(),
            None => format!("{folder}/{path}"),
        };
        assert!(pages.contains_key(&path), "{link} in {from}");
        if let Some(anchor) = anchor {
            assert!(targets[&*path].contains(anchor), "{link} in {from}");
        }
    }
    assert!(inside > pages.len());
}
