//! `datapackage.json`: the tables as a Frictionless Tabular Data Package (version 1), with their sizes
//! and hashes.

use std::io;
use std::sync::Arc;

use model::RegistryInfo;
use serde_json::{Value, json};

use super::TableFile;
use super::column::Kind;
use super::keys::{foreign, primary};
use crate::columns::Column;

/// The description of all tables.
pub(super) fn package(info: &RegistryInfo, tables: &[Arc<TableFile<'_>>]) -> io::Result<Value> {
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
    package["resources"] = tables.iter().map(|table| resource(table)).collect::<io::Result<_>>()?;
    Ok(package)
}

fn resource(file: &TableFile<'_>) -> io::Result<Value> {
    let name = file.table.name;
    let (hash, size) = file.sum()?;
    let foreign = foreign(name).iter().map(|reference| {
        json!({
            "fields": reference.columns,
            "reference": { "resource": reference.table, "fields": primary(reference.table) },
        })
    });
    let mut schema = json!({
        "fields": file.columns.iter().map(field).collect::<Vec<_>>(),
        "missingValues": [""],
        "primaryKey": primary(name),
    });
    let foreign: Vec<_> = foreign.collect();
    if !foreign.is_empty() {
        schema["foreignKeys"] = json!(foreign);
    }
    Ok(json!({
        "profile": "tabular-data-resource",
        "name": name,
        "path": file.path(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": format!("sha256:{hash}"),
        "schema": schema,
    }))
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
