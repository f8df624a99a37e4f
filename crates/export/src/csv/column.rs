//! What each column holds, as the schemas of the data files say.

use model::tabular::{EvidenceField, GUARD_MARK, WHOLE_MARK, evidence_of_column};
use model::{Dimensions, Document, FieldPath, Step, schema};
use serde_json::Value;

use super::answers::{self, ANSWERS};
use super::exceptions::EXCEPTIONS;
use super::matrix::MATRIX;
use crate::grade::Grade;
use crate::tables::{Table, WHOLE_MEANING};

/// What a column holds.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// Its header.
    pub(super) name: String,
    /// The type of its values.
    pub(super) kind: Kind,
    /// The values that it may have; empty where any text may stand.
    pub(super) one_of: Vec<String>,
    /// What it says.
    pub(super) meaning: String,
    /// Whether it is never empty.
    pub(super) required: bool,
}

/// The type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Date,
    Bool,
}

impl Column {
    pub(super) fn text(name: &str, meaning: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind: Kind::Text,
            one_of: Vec::new(),
            meaning: meaning.to_owned(),
            required: false,
        }
    }

    pub(super) fn required(self) -> Self {
        Self { required: true, ..self }
    }
}

/// The schemas of the data files that tables hold.
pub(super) struct Schemas {
    organization: Value,
    platform: Value,
    offering: Value,
}

impl Schemas {
    pub(super) fn new() -> Self {
        Self {
            organization: schema(Document::Organization),
            platform: schema(Document::Platform),
            offering: schema(Document::Offering),
        }
    }
}

/// The columns of a table.
pub(super) fn columns(schemas: &Schemas, table: &Table, dimensions: &Dimensions) -> Vec<Column> {
    let root = match table.name {
        "organizations" => &schemas.organization,
        "platforms" => &schemas.platform,
        _ => &schemas.offering,
    };
    let describe = |name: &String| match table.name {
        _ if name == GUARD_MARK => Column::text(
            name,
            "Says that texts which a program could take for a formula begin with an apostrophe.",
        ),
        _ if name == WHOLE_MARK => Column::text(name, WHOLE_MEANING),
        MATRIX => matrix_column(root, dimensions, name),
        ANSWERS => answers::column(name).unwrap_or_else(|| matrix_column(root, dimensions, name)),
        EXCEPTIONS => exception_column(root, dimensions, name),
        "cells" | "evidence" => cell_column(root, dimensions, name),
        _ => field(root, root, name, &FieldPath::of(name.as_str())),
    };
    table.header.iter().map(describe).collect()
}

fn cell_column(root: &Value, dimensions: &Dimensions, name: &str) -> Column {
    let cell = &root["$defs"]["Cell"];
    let in_view = EvidenceField::ALL.into_iter().find(|field| field.name() == name);
    match (name, evidence_of_column(name), in_view) {
        ("owner", ..) => {
            let meaning = "Whose file holds the cell: `organization:ID`, `platform:ID` or `offering:ID`.";
            Column::text(name, meaning).required()
        }
        ("dimension", ..) => {
            let ids = dimensions.iter().map(|dimension| dimension.id.text().to_owned()).collect();
            Column { one_of: ids, ..Column::text(name, "The question that the cell answers.").required() }
        }
        ("n", ..) => {
            let meaning = "The place of the evidence among those of its cell, from 1.";
            Column { kind: Kind::Integer, ..Column::text(name, meaning).required() }
        }
        (_, Some((n, evidence)), _) => field(root, cell, name, &evidence.path(n)),
        (_, None, Some(evidence)) => field(root, cell, name, &evidence.path(1)),
        _ => field(root, cell, name, &FieldPath::of(name)),
    }
}

fn exception_column(root: &Value, dimensions: &Dimensions, name: &str) -> Column {
    let exception = &root["$defs"]["Exception"];
    match name {
        "n" => {
            let meaning = "The place of the exception among those of its cell, from 1.";
            Column { kind: Kind::Integer, ..Column::text(name, meaning).required() }
        }
        _ if exception["properties"].get(name).is_some() => {
            field(root, exception, name, &FieldPath::of(name))
        }
        _ => cell_column(root, dimensions, name),
    }
}

fn matrix_column(root: &Value, dimensions: &Dimensions, name: &str) -> Column {
    if let Some(dimension) = dimensions.get(name) {
        let ids = Grade::all().map(|grade| grade.id().to_owned()).collect();
        return Column { one_of: ids, ..Column::text(name, dimension.question.text()).required() };
    }
    match name {
        "offering" => Column::text(name, "The id of the offering.").required(),
        "developer" => Column::text(name, "The name of the developer of the models.").required(),
        "platform" => Column::text(name, "The name of the platform that serves the models.").required(),
        _ => field(root, root, name, &FieldPath::of(name)),
    }
}

/// What the schema says of the field at a path below one of its objects.
fn field(root: &Value, object: &Value, name: &str, path: &FieldPath) -> Column {
    let mut node = object;
    let mut meaning = None;
    // Only an own field is required in the table too: a cell need have no evidence.
    let mut required = false;
    for (at, step) in path.steps().iter().enumerate() {
        let next = match step {
            Step::Key(key) => {
                let names = node["required"].as_array();
                required = at == 0 && names.is_some_and(|names| names.iter().any(|name| *name == **key));
                &node["properties"][&**key]
            }
            Step::Index(_) => &node["items"],
        };
        meaning = next["description"].as_str().or(meaning);
        node = resolved(root, next);
    }
    let kind = match (node["type"].as_str(), node["format"].as_str()) {
        (Some("integer"), _) => Kind::Integer,
        (_, Some("date")) => Kind::Date,
        _ => Kind::Text,
    };
    let one_of = node["enum"].as_array().into_iter().flatten();
    let one_of = one_of.filter_map(Value::as_str).map(str::to_owned).collect();
    Column { kind, one_of, required, ..Column::text(name, meaning.unwrap_or_default()) }
}

/// What a reference into `$defs` refers to.
fn resolved<'s>(root: &'s Value, node: &'s Value) -> &'s Value {
    let name = node["$ref"].as_str().and_then(|reference| reference.strip_prefix("#/$defs/"));
    name.map_or(node, |name| &root["$defs"][name])
}
