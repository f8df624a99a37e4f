//! Schemas without what only some validators and code generators know.

use schemars::Schema;
use serde_json::{Value, json};

/// The keyword under which an annotated schema has a text for each value of a vocabulary: an object from the value
/// to "Label: what it says."
pub const VALUE_TEXTS: &str = "x-enum-descriptions";

/// Rewrites one schema for every validator and code generator: the texts of values move into the description, and
/// the formats of Rust numbers (`uint32`) go. Apply it with `schemars::transform::RecursiveTransform`.
pub fn portable(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    if let Some(Value::Object(texts)) = object.remove(VALUE_TEXTS) {
        let mut description =
            object.get("description").and_then(Value::as_str).unwrap_or_default().to_owned();
        description.push('\n');
        for (value, text) in &texts {
            let text = text.as_str().unwrap_or_default().replacen(": ", ". ", 1);
            description.push_str(&format!("\n- `{value}`: {text}"));
        }
        object.insert("description".to_owned(), json!(description));
    }
    let is_number = match object.get("type") {
        Some(Value::String(kind)) => kind == "integer" || kind == "number",
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "integer" || kind == "number"),
        _ => false,
    };
    if is_number {
        object.remove("format");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_values_are_in_the_description_and_rust_formats_are_gone() {
        let made = |value: Value| {
            let mut schema = Schema::try_from(value).unwrap();
            portable(&mut schema);
            schema.to_value()
        };
        let level = json!({
            "enum": ["high", null], "description": "How sure.", VALUE_TEXTS: { "high": "High: A page says so." },
        });
        let told = "How sure.\n\n- `high`: High. A page says so.";
        assert_eq!(made(level), json!({ "enum": ["high", null], "description": told }));
        let count = json!({ "type": ["integer", "null"], "format": "uint32", "minimum": 0 });
        assert_eq!(made(count), json!({ "type": ["integer", "null"], "minimum": 0 }));
        let day = json!({ "type": "string", "format": "date" });
        assert_eq!(made(day.clone()), day);
    }
}
