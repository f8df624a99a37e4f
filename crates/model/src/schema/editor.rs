//! The schemas for TOML editors: tombi, and taplo with its extension Even Better TOML.

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use serde_json::{Map, Value, json};

use super::portable::{VALUE_TEXTS, portable};
use super::{Document, generate, transformed};
use crate::{Dimension, Dimensions, FactSpec, FactType, Level};

/// Returns the schema of a kind of file for TOML editors: draft 7, with the dimensions of this registry by name, so
/// that an editor completes them, and the order in which `fmt` writes keys.
///
/// It refuses no more than the linter does: what the normative schema refuses, and facts that are not of their
/// declared type (`fact/wrong-type`, `fact/out-of-range`).
pub fn editor_schema(document: Document, dimensions: &Dimensions) -> Value {
    let mut schema = generate(document, SchemaSettings::draft07());
    if let Some(root) = schema.as_object_mut() {
        root.insert("x-tombi-toml-version".to_owned(), json!("v1.0.0"));
        if document.has_cells() {
            root["definitions"]["Fact"] = any_fact(&root["definitions"]["Fact"]);
            name_dimensions(root, document, dimensions);
        }
    }
    transformed(schema, EditorHints)
}

/// Returns the schema of a fact without a declaration. A date is a type of its own to tombi, which no list of JSON
/// types names.
fn any_fact(fact: &Value) -> Value {
    json!({
        "title": fact["title"],
        "description": fact["description"],
        "not": { "type": "object" },
        "items": { "type": "string" },
    })
}

/// Lists the dimensions of the entity's kind under `cells`, each with its own facts and parts.
fn name_dimensions(root: &mut Map<String, Value>, document: Document, dimensions: &Dimensions) {
    let applies = |dimension: &&Dimension| match document {
        Document::Organization => dimension.level.is(Level::Developer),
        Document::Platform => dimension.level.is(Level::Platform),
        _ => true,
    };
    let cell = root.get("definitions").and_then(|definitions| definitions.get("Cell")).cloned();
    let Some(cell) = cell else { return };
    let mut cells = Map::new();
    for dimension in dimensions.iter().filter(applies) {
        let mut own = cell.clone();
        own["title"] = json!(dimension.label.text());
        let guidance = dimension.guidance.text().trim();
        own["description"] = json!(format!("{}\n\n{guidance}", dimension.question.text()).trim());
        let facts = dimension.facts.items().iter();
        let facts: Map<_, _> = facts.map(|spec| (spec.key.text().to_owned(), declared_fact(spec))).collect();
        own["properties"]["facts"]["properties"] = Value::Object(facts);
        let parts = dimension.parts.items().iter();
        let parts: Map<_, _> = parts.map(|part| (part.to_string(), reference("PartAnswer"))).collect();
        own["properties"]["parts"]["properties"] = Value::Object(parts);
        cells.insert(dimension.id.text().to_owned(), own);
    }
    root["properties"]["cells"]["properties"] = Value::Object(cells);
}

fn reference(definition: &str) -> Value {
    json!({ "allOf": [{ "$ref": format!("#/definitions/{definition}") }] })
}

/// Returns the schema of a declared fact. A declared list may be written as one text, which the linter only warns
/// about.
fn declared_fact(spec: &FactSpec) -> Value {
    let text = match spec.one_of.known() {
        Some(values) => json!({ "type": "string", "enum": values }),
        None => json!({ "type": "string" }),
    };
    let mut schema = match spec.kind.get() {
        Some(FactType::Bool) => json!({ "type": "boolean" }),
        Some(FactType::Integer) => json!({ "type": "integer" }),
        Some(FactType::Decimal) => json!({ "type": "number" }),
        Some(FactType::Date) => reference("Date"),
        Some(FactType::Text) => text,
        Some(FactType::List) => json!({ "type": ["array", "string"], "items": text }),
        None => reference("Fact"),
    };
    schema["description"] = json!(spec.meaning.text());
    for (keyword, limit) in [("minimum", spec.minimum.get()), ("maximum", spec.maximum.get())] {
        if let Some(limit) = limit {
            schema[keyword] = json!(limit);
        }
    }
    schema
}

/// Adds the keywords that editors know: the texts of values, and the order in which `fmt` writes keys.
struct EditorHints;

impl Transform for EditorHints {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        let Some(object) = schema.as_object_mut() else { return };
        if let Some(Value::Object(texts)) = object.get(VALUE_TEXTS) {
            let texts: Vec<_> = texts.values().collect();
            let docs = json!({ "docs": { "enumValues": texts } });
            object.insert("x-taplo".to_owned(), docs);
        }
        // The keys of facts and parts are in the order of the alphabet, declared or not. So are those of cells under
        // ids that are no dimension's, after those of dimensions.
        let has_free_keys = object.contains_key("patternProperties");
        let is_ranked = object.get("title") == Some(&json!("Cells"));
        let order = match (object.contains_key("properties"), has_free_keys) {
            (true, true) if is_ranked => {
                Some(json!({ "properties": "schema", "patternProperties": "ascending" }))
            }
            (_, true) => Some(json!("ascending")),
            (true, false) => Some(json!("schema")),
            (false, false) => None,
        };
        object.extend(order.map(|order| ("x-tombi-table-keys-order".to_owned(), order)));
        portable(schema);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DimensionFile, DimensionId};

    #[test]
    fn editors_complete_the_dimensions_of_the_registry() {
        let fact = |key: &str, kind: FactType| FactSpec {
            key: key.parse::<crate::Key>().unwrap().into(),
            kind: kind.into(),
            minimum: Some(1).into(),
            ..FactSpec::default()
        };
        let dimension = Dimension {
            id: "soc2_type2".parse::<DimensionId>().unwrap().into(),
            label: "SOC 2".to_owned().into(),
            facts: Some(vec![fact("days", FactType::Integer), fact("on", FactType::Date)]).into(),
            ..Dimension::default()
        };
        let dimensions = Dimensions::new(DimensionFile { dimensions: vec![dimension].into() });
        let schema = editor_schema(Document::Offering, &dimensions);
        let cell = &schema["properties"]["cells"]["properties"]["soc2_type2"];
        assert_eq!(cell["title"], json!("SOC 2"));
        let facts = &cell["properties"]["facts"];
        assert_eq!(facts["x-tombi-table-keys-order"], json!("ascending"));
        assert_eq!(
            facts["properties"]["days"],
            json!({ "type": "integer", "description": "", "minimum": 1 })
        );
        assert_eq!(facts["properties"]["on"]["allOf"], json!([{ "$ref": "#/definitions/Date" }]));
        assert!(schema["definitions"]["Status"]["x-taplo"]["docs"]["enumValues"].is_array());
        assert_eq!(schema["definitions"]["Status"][VALUE_TEXTS], Value::Null);
        assert_eq!(schema["definitions"]["Fact"]["type"], Value::Null, "a date is no type of JSON");
    }

    #[test]
    fn editors_resolve_no_address() {
        for document in Document::ALL.into_iter().chain([Document::Profile]) {
            assert_eq!(editor_schema(document, &Dimensions::default())["$id"], Value::Null);
        }
    }
}
