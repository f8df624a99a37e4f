//! The JSON Schemas of the published documents, made of the types that write them.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use serde_json::Value;

use super::document::{
    Data, DimensionDocument, Index, OfferingDocument, OrganizationDocument, PlatformDocument, VisitsDocument,
};

/// The schema of each kind of document, by its name.
pub(super) fn schemas() -> [(&'static str, Value); 7] {
    [
        ("data", schema::<Data<'_>>()),
        ("dimension", schema::<DimensionDocument<'_>>()),
        ("index", schema::<Index<'_>>()),
        ("offering", schema::<OfferingDocument<'_>>()),
        ("organization", schema::<OrganizationDocument<'_>>()),
        ("platform", schema::<PlatformDocument<'_>>()),
        ("visits", schema::<VisitsDocument<'_>>()),
    ]
}

/// The file of a schema.
pub(super) fn path(name: &str) -> String {
    format!("schema/{name}.schema.json")
}

/// The schema of one kind of document. It takes further keys, since later editions may add some.
fn schema<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let settings = settings.with_transform(RecursiveTransform(model::portable));
    let schema = settings.into_generator().into_root_schema_for::<T>();
    let Value::Object(mut rest) = schema.to_value() else { unreachable!("schemars gives an object") };
    let first = ["$schema", "title", "description"];
    let first: Vec<_> = first.into_iter().filter_map(|key| rest.shift_remove_entry(key)).collect();
    Value::Object(first.into_iter().chain(rest).collect())
}
