//! The JSON Schemas (2020-12) of the data files, generated from the types that read them.
//!
//! A schema judges the JSON form of a TOML document, in which a date is the string `YYYY-MM-DD`.

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform, transform_subschemas};
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use crate::field::OPTIONAL;
use crate::limits::{MAX_FACTS, MAX_ID_CHARACTERS, MAX_ITEMS, MAX_TEXT_CHARACTERS, MAX_WORDS};
use crate::{DimensionFile, Dimensions, Offering, Organization, Platform, Profile, RegistryInfo};

/// The kinds of file that a schema judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Document {
    /// `registry.toml`
    Registry,
    /// `dimensions.toml`
    Dimensions,
    /// `organizations/ID.toml`
    Organization,
    /// `platforms/ID.toml`
    Platform,
    /// `offerings/ID.toml`
    Offering,
    /// A profile for tables to import; no data file.
    Profile,
}

impl Document {
    /// All kinds of data file.
    pub const ALL: [Self; 5] =
        [Self::Registry, Self::Dimensions, Self::Organization, Self::Platform, Self::Offering];

    /// The name of its schema file without `.schema.json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Registry => "registry",
            Self::Dimensions => "dimensions",
            Self::Organization => "organization",
            Self::Platform => "platform",
            Self::Offering => "offering",
            Self::Profile => "import-profile",
        }
    }

    /// The folder of the data folder that holds one file an entity; none for single files.
    pub fn folder(self) -> Option<&'static str> {
        match self {
            Self::Registry | Self::Dimensions | Self::Profile => None,
            Self::Organization => Some("organizations"),
            Self::Platform => Some("platforms"),
            Self::Offering => Some("offerings"),
        }
    }
}

/// The normative schema of a kind of file.
pub fn schema(document: Document) -> Value {
    generate(document, SchemaSettings::draft2020_12())
}

fn generate(document: Document, settings: SchemaSettings) -> Value {
    match document {
        Document::Registry => root::<RegistryInfo>(document, settings),
        Document::Dimensions => root::<DimensionFile>(document, settings),
        Document::Organization => root::<Organization>(document, settings),
        Document::Platform => root::<Platform>(document, settings),
        Document::Offering => root::<Offering>(document, settings),
        Document::Profile => root::<Profile>(document, settings),
    }
}

fn root<T: JsonSchema>(document: Document, settings: SchemaSettings) -> Value {
    let generator = settings
        .for_deserialize()
        .with_transform(RecursiveTransform(required))
        .with_transform(RecursiveTransform(titles))
        .with_transform(RecursiveTransform(limits))
        .into_generator();
    let Value::Object(generated) = generator.into_root_schema_for::<T>().to_value() else {
        unreachable!("schemars gives an object")
    };
    let mut schema = Map::new();
    for key in ["$schema", "$id", "title", "description"] {
        let value = match key {
            "$id" => Some(json!(format!("{}.schema.json", document.name()))),
            key => generated.get(key).cloned(),
        };
        schema.extend(value.map(|value| (key.to_owned(), value)));
    }
    for (key, value) in generated {
        schema.entry(key).or_insert(value);
    }
    Value::Object(schema)
}

/// Moves the mark of optional fields into `required`, which schemars has filled with every field.
fn required(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    let mut optional = Vec::new();
    if let Some(Value::Object(properties)) = object.get_mut("properties") {
        for (name, property) in properties.iter_mut() {
            if property.as_object_mut().is_some_and(|property| property.remove(OPTIONAL).is_some()) {
                optional.push(name.clone());
            }
        }
    }
    if let Some(Value::Array(names)) = object.get_mut("required") {
        names.retain(|name| !optional.iter().any(|optional| name == optional));
        if names.is_empty() {
            object.remove("required");
        }
    }
}

/// Gives every property a title made of its key (`verified_on` becomes "Verified on") and every
/// definition its name.
fn titles(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    for keyword in ["$defs", "definitions"] {
        let Some(Value::Object(definitions)) = object.get_mut(keyword) else { continue };
        for (name, definition) in definitions.iter_mut() {
            let Some(definition) = definition.as_object_mut() else { continue };
            definition.entry("title").or_insert(json!(name));
        }
    }
    let Some(Value::Object(properties)) = object.get_mut("properties") else { return };
    for (name, property) in properties.iter_mut() {
        let Some(property) = property.as_object_mut() else { continue };
        let mut title = name.replace('_', " ");
        title[..1].make_ascii_uppercase();
        property.entry("title").or_insert(json!(title));
    }
}

/// States the limits of texts, lists and tables with free keys, where their type states none of its own.
fn limits(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    let is_a = |kind: &str| match object.get("type") {
        Some(Value::String(one)) => one == kind,
        Some(Value::Array(several)) => several.iter().any(|one| one == kind),
        _ => false,
    };
    // Words of a vocabulary and days have a length.
    let is_free = !["enum", "format"].iter().any(|key| object.contains_key(*key));
    let limits = [
        ("maxLength", MAX_TEXT_CHARACTERS, is_a("string") && is_free),
        ("maxItems", MAX_ITEMS, is_a("array")),
        ("maxProperties", MAX_FACTS, object.contains_key("patternProperties")),
        ("maxProperties", MAX_WORDS, object.get("additionalProperties").is_some_and(Value::is_object)),
    ];
    for (keyword, limit, _) in limits.into_iter().filter(|(.., applies)| *applies) {
        object.entry(keyword).or_insert(json!(limit));
    }
    if object.contains_key("patternProperties") {
        object.insert("propertyNames".to_owned(), json!({ "maxLength": MAX_ID_CHARACTERS }));
    }
}

/// The schema for TOML editors (tombi; taplo and Even Better TOML): draft 7 style, with every
/// reference's text inlined, keys in canonical order, and the dimensions of this registry by name,
/// so that an editor completes them.
pub fn editor_schema(document: Document, dimensions: &Dimensions) -> Value {
    let mut schema = generate(document, SchemaSettings::draft07());
    if let Some(root) = schema.as_object_mut() {
        root.insert("x-tombi-toml-version".to_owned(), json!("v1.0.0"));
        if document.folder().is_some() {
            name_dimensions(root, document, dimensions);
        }
    }
    match Schema::try_from(schema) {
        Ok(mut schema) => {
            EditorHints.transform(&mut schema);
            schema.to_value()
        }
        Err(_) => unreachable!("schemars gives an object"),
    }
}

/// Lists the dimensions of the entity's kind under `cells`, each with its own facts and parts.
fn name_dimensions(root: &mut Map<String, Value>, document: Document, dimensions: &Dimensions) {
    let applies = |dimension: &&crate::Dimension| match document {
        Document::Organization => dimension.level.is(crate::Level::Developer),
        Document::Platform => dimension.level.is(crate::Level::Platform),
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
        let mut facts = Map::new();
        for spec in dimension.facts.items() {
            let mut fact = fact_schema(spec);
            fact.insert("description".to_owned(), json!(spec.meaning.text()));
            facts.insert(spec.key.text().to_owned(), Value::Object(fact));
        }
        own["properties"]["facts"]["properties"] = Value::Object(facts);
        let parts: Map<_, _> = dimension
            .parts
            .items()
            .iter()
            .map(|part| (part.to_string(), json!({ "$ref": "#/definitions/PartAnswer" })))
            .collect();
        own["properties"]["parts"]["properties"] = Value::Object(parts);
        cells.insert(dimension.id.text().to_owned(), own);
    }
    root["properties"]["cells"]["properties"] = Value::Object(cells);
}

/// The editor's schema of a declared fact. It completes and explains; that a value fits is a lint
/// rule's business, so nothing here refuses what the normative schema takes.
fn fact_schema(spec: &crate::FactSpec) -> Map<String, Value> {
    let mut schema = Map::new();
    if let Some(values) = spec.one_of.known() {
        schema.insert("examples".to_owned(), json!(values));
    }
    schema.insert("$ref".to_owned(), json!("#/definitions/Fact"));
    schema
}

/// Keywords that editors know: texts of enum values, and the canonical order of keys.
struct EditorHints;

impl Transform for EditorHints {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        let Some(object) = schema.as_object_mut() else { return };
        if let Some(Value::Object(texts)) = object.remove("x-enum-descriptions") {
            let texts: Vec<_> = texts.into_iter().map(|(_, text)| text).collect();
            object.insert("x-taplo".to_owned(), json!({ "docs": { "enumValues": texts } }));
        }
        if object.contains_key("properties") {
            object.insert("x-tombi-table-keys-order".to_owned(), json!("schema"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_required_and_refuses_the_rest() {
        let schema = schema(Document::Offering);
        assert_eq!(schema["required"], json!(["id", "name", "platform", "category"]));
        assert_eq!(schema["$defs"]["Cell"]["required"], json!(["status"]));
        assert_eq!(schema["$defs"]["Fetch"]["required"], json!(["outcome"]));
        let text = schema.to_string();
        assert!(!text.contains("x-optional") && !text.contains("null"));
        for document in Document::ALL {
            for (name, definition) in super::schema(document)["$defs"].as_object().unwrap() {
                let open = definition["properties"].is_object()
                    && definition["additionalProperties"] != json!(false);
                assert!(!open, "{name} takes unknown keys");
            }
        }
    }

    #[test]
    fn every_text_list_and_table_has_a_limit() {
        let offering = schema(Document::Offering);
        assert_eq!(offering["properties"]["cells"]["maxProperties"], json!(crate::limits::MAX_CELLS));
        let cell = &offering["$defs"]["Cell"]["properties"];
        assert_eq!(cell["evidence"]["maxItems"], json!(crate::limits::MAX_EVIDENCE));
        assert_eq!(cell["flags"]["maxItems"], json!(MAX_ITEMS));
        assert_eq!(cell["facts"]["maxProperties"], json!(MAX_FACTS));
        assert_eq!(cell["note"]["maxLength"], json!(MAX_TEXT_CHARACTERS));
        let limits =
            ["maxLength", "maxItems", "maxProperties", "enum", "format", "$ref", "additionalProperties"];
        for document in [&Document::ALL[..], &[Document::Profile]].concat() {
            let mut schema = Schema::try_from(schema(document)).unwrap();
            RecursiveTransform(|part: &mut Schema| {
                let typed = part
                    .get("type")
                    .is_some_and(|kind| !matches!(kind.as_str(), Some("integer" | "boolean" | "number")));
                assert!(!typed || limits.iter().any(|key| part.get(*key).is_some()), "{part:?}");
            })
            .transform(&mut schema);
        }
    }

    #[test]
    fn editors_complete_the_dimensions_of_the_registry() {
        let dimension = crate::Dimension {
            id: "soc2_type2".parse::<crate::DimensionId>().unwrap().into(),
            label: "SOC 2".to_owned().into(),
            ..crate::Dimension::default()
        };
        let dimensions = Dimensions::new(DimensionFile { dimensions: vec![dimension].into() });
        let schema = editor_schema(Document::Offering, &dimensions);
        assert_eq!(schema["properties"]["cells"]["properties"]["soc2_type2"]["title"], json!("SOC 2"));
        assert!(schema["definitions"]["Status"]["x-taplo"]["docs"]["enumValues"].is_array());
    }
}
