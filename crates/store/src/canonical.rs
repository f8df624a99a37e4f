//! The canonical layout: how values, cells and whole files are written.

use std::fmt::Write;

use model::{Document, Value};

use crate::layout::SCHEMA_FOLDER;

/// The columns beyond which a text or list is broken into lines.
pub(crate) const WIDTH: usize = 100;

/// A new data file of an entity: the line that names its schema, its fields and its cells.
pub fn file(document: Document, fields: &[(String, Value)]) -> String {
    let up = if document.folder().is_some() { "../" } else { "" };
    let mut out = format!("#:schema {up}{SCHEMA_FOLDER}/{}.schema.json\n\n", document.name());
    let cells = |(key, _): &&(String, Value)| key == "cells";
    let plain: Vec<_> = fields.iter().filter(|field| !cells(field)).cloned().collect();
    out.push_str(&body("", &plain));
    for (_, table) in fields.iter().filter(cells) {
        if let Value::Table(entries) = table {
            for (dimension, cell) in entries {
                out.push('\n');
                out.push_str(&block(&format!("cells.{}", key(dimension)), cell));
            }
        }
    }
    out
}

/// A table with its header, or a list of tables with theirs; a line end at its end, none before it.
pub(crate) fn block(path: &str, value: &Value) -> String {
    match value {
        // A table of nothing but tables needs no header of its own.
        Value::Table(fields)
            if !fields.is_empty() && fields.iter().all(|(name, value)| needs_header(name, value)) =>
        {
            body(path, fields)
        }
        Value::Table(fields) => format!("[{path}]\n{}", body(path, fields)),
        Value::List(items) => {
            let blocks: Vec<_> = items.iter().map(|item| item_block(path, item)).collect();
            blocks.join("\n")
        }
        other => entry(path, other),
    }
}

/// One item of a list of tables, with its header.
pub(crate) fn item_block(path: &str, item: &Value) -> String {
    match item {
        Value::Table(fields) => format!("[[{path}]]\n{}", body(path, fields)),
        other => entry(path, other),
    }
}

/// The fields of a table: lines first, then the tables within.
fn body(path: &str, fields: &[(String, Value)]) -> String {
    let mut out = String::new();
    let has_header = |(name, value): &&(String, Value)| needs_header(name, value);
    for (name, value) in fields.iter().filter(|field| !has_header(field)) {
        out.push_str(&entry(&key(name), value));
    }
    for (name, value) in fields.iter().filter(has_header) {
        let below = if path.is_empty() { key(name) } else { format!("{path}.{}", key(name)) };
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&block(&below, value));
    }
    out
}

/// Whether a value is written under a header of its own.
pub(crate) fn needs_header(name: &str, value: &Value) -> bool {
    match value {
        Value::Table(_) => table_needs_header(name),
        Value::List(items) => matches!(items.first(), Some(Value::Table(_))) && list_needs_header(name),
        _ => false,
    }
}

/// Whether a table is written under a header of its own: all but `fetch`.
pub(crate) fn table_needs_header(name: &str) -> bool {
    name != "fetch"
}

/// Whether a list of tables is written under headers of its own. In `dimensions.toml` only the facts
/// are; what describes a fact stays inside it.
pub(crate) fn list_needs_header(name: &str) -> bool {
    !matches!(name, "synonyms" | "contradicts")
}

/// `key = value` with a line end.
pub fn entry(key: &str, value: &Value) -> String {
    let line = format!("{key} = {}\n", inline(value));
    // A long address has no place to break at, and stays clickable on one line.
    let is_word = matches!(value, Value::Text(text) if !text.contains(char::is_whitespace));
    if is_word || line.trim_end().chars().count() <= WIDTH && !has_line_break(value) {
        return line;
    }
    match value {
        Value::Text(text) => format!("{key} = {}\n", prose(text)),
        Value::List(items) if !items.is_empty() => {
            let items: String = items.iter().map(|item| format!("  {},\n", inline(item))).collect();
            format!("{key} = [\n{items}]\n")
        }
        _ => line,
    }
}

fn has_line_break(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.contains('\n'))
}

/// A value on one line.
pub fn inline(value: &Value) -> String {
    match value {
        Value::Text(text) => quoted(text),
        Value::Bool(value) => value.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Decimal(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::List(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Table(fields) if fields.is_empty() => "{}".to_owned(),
        Value::Table(fields) => {
            let fields: Vec<_> =
                fields.iter().map(|(name, value)| format!("{} = {}", key(name), inline(value))).collect();
            format!("{{ {} }}", fields.join(", "))
        }
    }
}

/// A key, quoted where it must be.
pub fn key(name: &str) -> String {
    let bare = !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if bare { name.to_owned() } else { quoted(name) }
}

/// A basic string on one line.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        escape(c, &mut out);
    }
    out.push('"');
    out
}

/// The character as a basic string writes it.
pub(crate) fn escape(c: char, out: &mut String) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        c if c.is_control() => {
            let _ = write!(out, "\\u{:04X}", u32::from(c));
        }
        c => out.push(c),
    }
}

/// A multi-line string that says exactly `text`: line breaks as they are, and long lines broken by a
/// backslash at their end, which TOML reads as nothing.
fn prose(text: &str) -> String {
    let mut out = String::from("\"\"\"\n");
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        wrap(line, &mut out);
    }
    out.push_str("\"\"\"");
    out
}

fn wrap(line: &str, out: &mut String) {
    let mut column = 0;
    for (at, word) in words(line).enumerate() {
        let mut written = String::new();
        for c in word.chars() {
            escape(c, &mut written);
        }
        // Single quotation marks may stand bare in a multi-line string, and read better so.
        if !written.contains("\\\"\\\"") {
            written = written.replace("\\\"", "\"");
        }
        let width = written.trim_end().chars().count();
        if at > 0 && column + width + 4 > WIDTH {
            out.push_str("\\\n");
            column = 0;
        }
        column += written.chars().count();
        out.push_str(&written);
    }
    // A quotation mark at the end would run into the closing ones.
    if out.ends_with('"') && !out.ends_with("\\\"") && !out.ends_with("\"\"\"\n") {
        out.pop();
        out.push_str("\\\"");
    }
}

/// The words of a line, each with the blanks after it, so that all of them together are the line. A
/// line never breaks where the next would begin with a blank, which TOML would swallow.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let word = rest.find(' ').unwrap_or(rest.len());
        let blanks = rest[word..].find(|c: char| c != ' ').map_or(rest.len(), |more| word + more);
        let (taken, left) = rest.split_at(blanks);
        // A tab or another blank that TOML would swallow stays with the word before it.
        if left.starts_with(['\t', '\r']) {
            let end = left.find(' ').map_or(rest.len(), |more| blanks + more + 1);
            let (taken, left) = rest.split_at(end);
            rest = left;
            return Some(taken);
        }
        rest = left;
        Some(taken)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(literal: &str) -> String {
        toml::de::DeValue::parse(literal).unwrap().into_inner().as_str().unwrap().to_owned()
    }

    #[test]
    fn long_prose_is_wrapped_and_says_the_same() {
        let long = "A sentence of some length, with a \"quoted\" word. ".repeat(8);
        for text in [
            long.as_str(),
            "one\ntwo\n\nthree  ",
            "ends with \"",
            "\"\"\"",
            "\\ back\\slash\\",
            " lead",
            "\n",
            "tab\tx",
            "  two  blanks  ",
        ] {
            let written = prose(text);
            assert_eq!(read(&written), text, "{written}");
            assert!(written.lines().all(|line| line.chars().count() <= WIDTH), "{written}");
        }
    }

    #[test]
    fn a_file_has_its_schema_line_first_and_tables_last() {
        let cell = Value::Table(vec![
            ("status".into(), "no".into()),
            ("facts".into(), Value::Table(vec![("retention_days".into(), Value::Integer(30))])),
            (
                "evidence".into(),
                Value::List(vec![Value::Table(vec![
                    ("url".into(), "https://a.example".into()),
                    ("fetch".into(), Value::Table(vec![("outcome".into(), "ok".into())])),
                ])]),
            ),
        ]);
        let fields = [
            ("id".to_owned(), Value::from("a")),
            ("cells".to_owned(), Value::Table(vec![("retention_zdr".into(), cell)])),
        ];
        let expected = "#:schema ../../schema/editor/offering.schema.json\n\nid = \"a\"\n\n[cells.retention_zdr]\nstatus = \"no\"\n\n\
            [cells.retention_zdr.facts]\nretention_days = 30\n\n[[cells.retention_zdr.evidence]]\nurl = \"https://a.example\"\n\
            fetch = { outcome = \"ok\" }\n";
        assert_eq!(file(Document::Offering, &fields), expected);
    }

    #[test]
    fn a_long_address_stays_on_one_line() {
        let address = format!("https://a.example/{}", "x".repeat(WIDTH));
        assert_eq!(entry("url", &Value::from(address.as_str())), format!("url = \"{address}\"\n"));
    }

    #[test]
    fn long_lists_go_one_item_a_line() {
        let list = Value::texts(["x".repeat(60), "y".repeat(60)]);
        assert_eq!(
            entry("scope", &list),
            format!("scope = [\n  \"{}\",\n  \"{}\",\n]\n", "x".repeat(60), "y".repeat(60))
        );
    }
}
