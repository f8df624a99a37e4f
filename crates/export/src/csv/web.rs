//! `csv-metadata.json`: the tables described for the Web (CSVW, <https://www.w3.org/TR/tabular-metadata/>).

use std::sync::Arc;

use model::RegistryInfo;
use serde_json::{Value, json};

use super::TableFile;
use super::column::Kind;
use super::keys::{foreign, primary};
use crate::columns::Column;

/// The description of all tables.
pub(super) fn metadata(info: &RegistryInfo, tables: &[Arc<TableFile<'_>>]) -> Value {
    let mut metadata = json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "en" }],
        "dc:title": info.name.text(),
        "dc:description": info.disclaimer.text(),
    });
    if let Some(licence) = info.licence.known() {
        metadata["dc:license"] = json!(licence);
    }
    // By default, a line that begins with `#` would be a comment.
    metadata["dialect"] = json!({ "encoding": "utf-8", "commentPrefix": null });
    metadata["tables"] = tables.iter().map(|file| table(file)).collect();
    metadata
}

fn table(file: &TableFile<'_>) -> Value {
    let name_of_table = file.table.name;
    let names = |columns: &[&str]| columns.iter().map(|column| name(column)).collect::<Vec<_>>();
    let foreign = foreign(name_of_table).iter().map(|reference| {
        json!({
            "columnReference": names(reference.columns),
            "reference": {
                "resource": format!("{}.csv", reference.table),
                "columnReference": names(primary(reference.table)),
            },
        })
    });
    let mut schema = json!({
        "columns": file.columns.iter().map(column).collect::<Vec<_>>(),
        "primaryKey": names(primary(name_of_table)),
    });
    let foreign: Vec<_> = foreign.collect();
    if !foreign.is_empty() {
        schema["foreignKeys"] = json!(foreign);
    }
    json!({ "url": file.path(), "tableSchema": schema })
}

fn column(column: &Column) -> Value {
    let datatype = match column.kind() {
        Kind::Integer => json!("integer"),
        Kind::Bool => json!("boolean"),
        Kind::Date => json!({ "base": "date", "format": "yyyy-MM-dd" }),
        Kind::Text if column.one_of().is_empty() => json!("string"),
        // There is no list of values in CSVW, but the form of a text may be a regular expression.
        Kind::Text => json!({ "base": "string", "format": format!("^({})$", column.one_of().join("|")) }),
    };
    json!({
        "name": name(&column.name),
        "titles": column.name,
        "dc:description": column.meaning,
        "datatype": datatype,
        "required": column.required,
    })
}

/// The name of a column, which unlike its header holds letters, digits and `_` only.
fn name(header: &str) -> String {
    header.trim_start_matches('#').to_owned()
}
