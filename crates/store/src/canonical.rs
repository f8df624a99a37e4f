//! Writes values, cells and new data files.

use model::{Dimensions, Document, Value};

use crate::bind::value;
use crate::paths::SCHEMA_FOLDER;
use crate::style::Canonical;

pub use toml_splice::key;

/// Returns a new data file of an entity: the line that names its schema, its fields and its cells.
pub fn file(document: Document, fields: &[(String, Value)]) -> String {
    let dimensions = Dimensions::default();
    let style = Canonical::new(document, &dimensions);
    let up = if document.folder().is_some() { "../" } else { "" };
    let mut out = format!("#:schema {up}{SCHEMA_FOLDER}/{}.schema.json\n\n", document.name());
    let cells = |(key, _): &&(String, Value)| key == "cells";
    let plain = fields.iter().filter(|field| !cells(field));
    let plain: Vec<_> = plain.map(|(key, stated)| (key.clone(), value(stated))).collect();
    out.push_str(&toml_splice::body(&style, "", &plain));
    for (_, table) in fields.iter().filter(cells) {
        if let Value::Table(entries) = table {
            for (dimension, cell) in entries {
                out.push('\n');
                let header = format!("cells.{}", key(dimension));
                out.push_str(&toml_splice::block(&style, &header, &value(cell)));
            }
        }
    }
    out
}

/// Returns `key = value` with a line end.
pub fn entry(key: &str, stated: &Value) -> String {
    toml_splice::entry(&toml_splice::Plain, key, &value(stated))
}

/// Returns a value on one line.
pub fn inline(stated: &Value) -> String {
    toml_splice::inline(&value(stated))
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
