//! The JSON Schemas of the published documents, made of the types that write them.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::document::{
    Data, DimensionDocument, Index, OfferingDocument, OrganizationDocument, PlatformDocument,
};

/// The schema of each kind of document, by its name.
pub(super) fn schemas() -> [(&'static str, Value); 6] {
    [
        ("data", schema::<Data<'_>>("data")),
        ("dimension", schema::<DimensionDocument<'_>>("dimension")),
        ("index", schema::<Index<'_>>("index")),
        ("offering", schema::<OfferingDocument<'_>>("offering")),
        ("organization", schema::<OrganizationDocument<'_>>("organization")),
        ("platform", schema::<PlatformDocument<'_>>("platform")),
    ]
}

/// The file of a schema.
pub(super) fn path(name: &str) -> String {
    format!("schema/{name}.schema.json")
}

/// The schema of one kind of document. It takes further keys, since later editions may add some.
fn schema<T: JsonSchema>(name: &str) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("$id".to_owned(), json!(format!("{name}.schema.json")));
    let Value::Object(mut rest) = schema.to_value() else { unreachable!("schemars gives an object") };
    let first = ["$schema", "$id", "title", "description"];
    let first: Vec<_> = first.into_iter().filter_map(|key| rest.shift_remove_entry(key)).collect();
    Value::Object(first.into_iter().chain(rest).collect())
}
