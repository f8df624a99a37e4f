//! Descriptions of the columns of each table, also of the views.

use model::Dimensions;
use model::tabular::GUARD_MARK;

use super::answers::{self, ANSWERS};
use super::exceptions::EXCEPTIONS;
use super::matrix::MATRIX;
use super::visits::VISITS;
use crate::columns::{Column, Form, Schemas};
use crate::grade::Grade;
use crate::tables::Table;

/// The type of a value, as both descriptions know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Date,
    Bool,
}

impl Column {
    /// The type of its values.
    pub(super) fn kind(&self) -> Kind {
        match self.form {
            Form::Integer => Kind::Integer,
            Form::Date => Kind::Date,
            Form::Bool => Kind::Bool,
            _ => Kind::Text,
        }
    }

    /// The allowed values; empty if every text is allowed.
    pub(super) fn one_of(&self) -> Vec<&str> {
        match &self.form {
            Form::Term(vocabulary) => vocabulary.values.iter().map(|(id, _)| id.as_str()).collect(),
            Form::OneOf(ids) | Form::Dimension(ids) => ids.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }
}

/// The columns of a table.
pub(super) fn columns(schemas: &Schemas, table: &Table<'_>, dimensions: &Dimensions) -> Vec<Column> {
    let column = |name: &String| match table.name {
        _ if name == GUARD_MARK => Column::text(
            name,
            "Marks a table in which texts that a program could take for a formula begin with an apostrophe.",
        ),
        MATRIX => matrix_column(schemas, dimensions, name),
        ANSWERS => answers::column(name).unwrap_or_else(|| matrix_column(schemas, dimensions, name)),
        EXCEPTIONS => schemas.of_exception(dimensions, name),
        VISITS => schemas.of_visit(name),
        _ => schemas.column(table, dimensions, name),
    };
    table.header.iter().map(column).collect()
}

fn matrix_column(schemas: &Schemas, dimensions: &Dimensions, name: &str) -> Column {
    if let Some(dimension) = dimensions.get(name) {
        let ids = Grade::all().map(|grade| grade.id().to_owned()).collect();
        return Column::text(name, dimension.question.text()).required().form(Form::OneOf(ids));
    }
    match name {
        "offering" => Column::text(name, "The id of the offering.").required(),
        "developer" => Column::text(name, "The name of the developer of the models.").required(),
        "platform" => Column::text(name, "The name of the platform that serves the models.").required(),
        _ => schemas.of_offering(name),
    }
}
