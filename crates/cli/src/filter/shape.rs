//! The type of a part of an expression, as far as it is known.

use serde_json::{Map, Value};

/// What is known of a value.
#[derive(Debug, Clone)]
pub(super) enum Shape<'a> {
    /// Nothing.
    Any,
    /// What a schema says of it.
    Schema(&'a Value),
    /// A key of this map.
    KeyOf(&'a Map<String, Value>),
    /// A list of these.
    List(Box<Shape<'a>>),
}

/// The fields of an object by name; nothing where they are not listed.
pub(super) fn properties(schema: &Value) -> Option<&Map<String, Value>> {
    schema.get("properties")?.as_object()
}

pub(super) fn keys(map: Option<&Map<String, Value>>) -> impl Iterator<Item = &str> {
    map.into_iter().flat_map(Map::keys).map(String::as_str)
}

/// The closed list of values that a shape allows, if there is one.
pub(super) fn values<'a>(shape: &Shape<'a>) -> Option<Vec<&'a str>> {
    match shape {
        Shape::Schema(schema) => {
            Some(schema.get("enum")?.as_array()?.iter().filter_map(Value::as_str).collect())
        }
        Shape::KeyOf(map) => Some(keys(Some(*map)).collect()),
        _ => None,
    }
}

/// Returns whether it is a calendar day.
pub(super) fn is_day(shape: &Shape<'_>) -> bool {
    matches!(shape, Shape::Schema(schema) if schema["format"] == "date")
}

pub(super) fn quotes(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| format!("\"{value}\"")).collect()
}
