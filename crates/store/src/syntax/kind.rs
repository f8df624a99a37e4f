//! What a file should hold at a path, as far as that decides how a slip is corrected.

use model::Document;

use crate::schema::Schema;

/// What is written at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A table, below a header with one bracket.
    Table,
    /// A list of tables, each below a header with two brackets.
    Tables,
    /// A list of texts.
    Texts,
    Text,
    Day,
    Bool,
    Number,
    /// Several kinds, or a key that is not known.
    Open,
}

impl Kind {
    /// The kind of what some keys lead to in a document.
    pub(super) fn at(document: Option<Document>, keys: &[String]) -> Self {
        let Some(document) = document else { return Self::Open };
        let schema = Schema::of(document);
        let node = keys.iter().fold(schema.node(&[]), |node, key| {
            schema.entry(if node["type"] == "array" { schema.item(node) } else { node }, key)
        });
        match node["type"].as_str() {
            Some("object") => Self::Table,
            Some("array") if schema.item(node)["type"] == "object" => Self::Tables,
            Some("array") => Self::Texts,
            Some("boolean") => Self::Bool,
            Some("integer") => Self::Number,
            Some("string") if node["format"] == "date" => Self::Day,
            Some("string") => Self::Text,
            _ if node["enum"].is_array() => Self::Text,
            _ => Self::Open,
        }
    }
}
