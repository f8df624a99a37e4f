//! The names in filter expressions: the fields of an offering and of its cells, as a JSON Schema made
//! from that of the data files.

use export::Grade;
use model::{Document, Doubt, Optional, Registry, Vocabulary, schema};
use serde_json::{Map, Value, json};

/// Fields of the files that are of no use to a filter.
const LEFT_OUT: [&str; 2] = ["former_ids", "allow"];

/// The schema of what an expression sees of an offering. The cells are under the dimensions of this
/// registry, each with the facts that it declares or states, and ids are closed lists, so that a
/// misspelt one is found.
pub(super) fn fields(registry: &Registry) -> Value {
    let mut root = schema(Document::Offering);
    let dimensions: Vec<_> = registry.dimensions.iter().map(|dimension| dimension.id.text()).collect();
    let organizations = json!(registry.organizations.keys().collect::<Vec<_>>());
    let grades = json!(Grade::all().map(Grade::id).collect::<Vec<_>>());
    let mut cell = root["$defs"]["Cell"].take();
    cell["properties"]["status"] =
        closed(&grades, "The result: a status, or `not_applicable`, `missing` or `unreadable`.");
    let owner = "The owner of the cell, such as `platform:microsoft-azure`.";
    cell["properties"]["owner"] = json!({ "type": "string", "description": owner });
    let doubts: Vec<_> = Doubt::ALL.iter().map(|doubt| doubt.id()).collect();
    for (key, schema) in [
        ("own_reading", json!({ "type": "boolean", "description": "Whether a source of it was read." })),
        ("as_of", day("The as-of date.")),
        ("expires", day("The last day on which it is current.")),
        (
            "days_left",
            json!({ "type": "integer", "description": "The days until then; negative if it is past." }),
        ),
        ("to_check", list(&json!(doubts), "Why to check a public yes first.")),
    ] {
        cell["properties"][key] = schema;
    }
    let cells: Map<_, _> =
        dimensions.iter().map(|id| ((*id).to_owned(), cell_of(registry, id, &cell))).collect();
    root["$defs"]["Cell"] = cell;

    let Some(properties) = root["properties"].as_object_mut() else { return root };
    properties.retain(|key, _| !LEFT_OUT.contains(&key.as_str()));
    properties["id"] = closed(&json!(registry.offerings.keys().collect::<Vec<_>>()), "Its id.");
    properties["developer"] = closed(&organizations, "The organization that develops the models, by its id.");
    properties["platform"] = closed(
        &json!(registry.platforms.keys().collect::<Vec<_>>()),
        "The platform that serves the models, by its id.",
    );
    properties["cells"] = json!({
        "type": "object",
        "description": "The answers that hold, by dimension: its own and those that it inherits.",
        "properties": cells,
        "additionalProperties": { "$ref": "#/$defs/Cell" },
    });
    properties.insert(
        "operator".to_owned(),
        closed(&organizations, "The organization that operates the platform, by its id."),
    );
    for (key, description) in [
        ("watch_outs", "The dimensions whose answer is not a clean public yes."),
        ("settings_to_make", "The dimensions whose public yes holds only after a setting or an approval."),
        ("to_check", "The dimensions whose public yes should be checked first."),
    ] {
        properties.insert(key.to_owned(), list(&json!(dimensions), description));
    }
    root
}

fn closed(values: &Value, description: &str) -> Value {
    json!({ "type": "string", "enum": values, "description": description })
}

fn list(values: &Value, description: &str) -> Value {
    let items = json!({ "type": "string", "enum": values });
    json!({ "type": "array", "items": items, "description": description })
}

fn day(description: &str) -> Value {
    json!({ "$ref": "#/$defs/Date", "description": description })
}

/// The cell of one dimension, with its own parts and facts.
fn cell_of(registry: &Registry, id: &str, cell: &Value) -> Value {
    let mut own = cell.clone();
    let Some(dimension) = registry.dimensions.get(id) else { return own };
    let answer = json!({ "$ref": "#/$defs/PartAnswer" });
    let parts: Map<_, _> =
        dimension.parts.items().iter().map(|key| (key.to_string(), answer.clone())).collect();
    let mut facts = Map::new();
    for spec in dimension.facts.items() {
        let mut fact = json!({ "description": spec.meaning.text() });
        if let Optional::Known(values) = &spec.one_of {
            fact["enum"] = json!(values);
        }
        facts.insert(spec.key.text().to_owned(), fact);
    }
    for cell in stored(registry, id) {
        for key in cell.facts.known().into_iter().flat_map(|facts| facts.keys()) {
            facts.entry(key.to_string()).or_insert(json!({}));
        }
    }
    own["properties"]["parts"]["properties"] = parts.into();
    own["properties"]["facts"]["properties"] = facts.into();
    own
}

/// The stored cells of a dimension.
fn stored<'a>(registry: &'a Registry, id: &'a str) -> impl Iterator<Item = &'a model::Cell> {
    let organizations = registry.organizations.values().filter_map(move |one| one.cell(id));
    let platforms = registry.platforms.values().filter_map(move |one| one.cell(id));
    let offerings = registry.offerings.values().filter_map(move |one| one.cell(id));
    organizations.chain(platforms).chain(offerings)
}
