//! `datapackage.json`: the tables as a Frictionless Tabular Data Package (version 1), with their sizes
//! and hashes.

use model::RegistryInfo;
use serde_json::{Value, json};

use super::column::Kind;
use super::keys::{foreign, primary};
use crate::columns::Column;
use crate::hash::sha256;

/// A table as it was written.
pub(super) struct Written<'a> {
    /// Its name.
    pub(super) name: &'a str,
    /// Its columns.
    pub(super) columns: Vec<Column>,
    /// Its file.
    pub(super) bytes: &'a [u8],
}

/// The description of all tables.
pub(super) fn package(info: &RegistryInfo, tables: &[Written<'_>]) -> Value {
    let mut package = json!({
        "profile": "tabular-data-package",
        "title": info.name.text(),
        "description": info.disclaimer.text(),
    });
    if let Some(licence) = info.licence.known() {
        package["licenses"] = json!([{ "name": licence }]);
    }
    if let Some(url) = info.site_url.known() {
        package["homepage"] = json!(url.as_str());
    }
    package["resources"] = tables.iter().map(resource).collect();
    package
}

fn resource(table: &Written<'_>) -> Value {
    let foreign = foreign(table.name).iter().map(|reference| {
        json!({
            "fields": reference.columns,
            "reference": { "resource": reference.table, "fields": primary(reference.table) },
        })
    });
    let mut schema = json!({
        "fields": table.columns.iter().map(field).collect::<Vec<_>>(),
        "missingValues": [""],
        "primaryKey": primary(table.name),
    });
    let foreign: Vec<_> = foreign.collect();
    if !foreign.is_empty() {
        schema["foreignKeys"] = json!(foreign);
    }
    json!({
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": format!("{}.csv", table.name),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": table.bytes.len(),
        "hash": format!("sha256:{}", sha256(table.bytes)),
        "schema": schema,
    })
}

fn field(column: &Column) -> Value {
    let kind = match column.kind() {
        Kind::Text => "string",
        Kind::Integer => "integer",
        Kind::Date => "date",
        Kind::Bool => "boolean",
    };
    let mut field = json!({ "name": column.name, "type": kind, "description": column.meaning });
    if column.required {
        field["constraints"]["required"] = json!(true);
    }
    let one_of = column.one_of();
    if !one_of.is_empty() {
        field["constraints"]["enum"] = json!(one_of);
    }
    field
}
