//! A table that can be edited and imported again.

use model::Dimensions;
use model::tabular::WHOLE_MARK;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, Formula, IgnoreError, column_number_to_name,
};

use super::WorkbookError;
use super::column::{DIMENSIONS, ORGANIZATIONS, OWNERS, PLATFORMS, help};
use super::lists::Lists;
use super::sheet::{Book, MAX_UNITS, Sheet, letters, too_long};
use crate::columns::{Column, Form};
use crate::tables::Table;

/// The sheet of the table of cells.
pub(super) const CELLS: &str = "Cells";

/// How many rows below the last one have drop-downs and checks too.
const SPARE: usize = 2_000;

/// Writes the sheet of a table with so many rows.
pub(super) fn write(
    book: &mut Book,
    table: &Table<'_>,
    rows: usize,
    columns: &[Column],
    dimensions: &Dimensions,
    lists: &Lists,
) -> Result<(), WorkbookError> {
    let mut sheet = book.sheet(name(table))?;
    let styles = sheet.styles;
    for (at, column) in columns.iter().enumerate() {
        let (_, to) = sheet.place(0, at)?;
        sheet.width(at, width(column))?;
        sheet.inner.set_column_format(to, &styles.input)?;
        let format = if column.required { &styles.required } else { &styles.header };
        sheet.text(0, at, &column.name, Some(format))?;
        sheet.note(0, at, &help(column, dimensions))?;
        check(&mut sheet, at, column, rows + SPARE, lists)?;
        if column.name == WHOLE_MARK {
            sheet.inner.set_column_hidden(to)?;
        }
    }
    for (at, row) in table.rows().enumerate() {
        for (column, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            sheet.text(at + 1, column, text, None)?;
        }
    }
    let (last, column) = sheet.place(rows.max(1), columns.len().saturating_sub(1))?;
    // A number that is a text is meant to be one.
    sheet.inner.ignore_error_range(0, 0, last, column, IgnoreError::NumberStoredAsText)?;
    sheet.freeze(1, if table.name == "cells" { 2 } else { 1 })?;
    sheet.filter(0, rows, columns.len())?;
    sheet.finish()
}

/// The number of rows of a table, if every text of it fits into a cell.
pub(super) fn fits(table: &Table<'_>) -> Result<usize, WorkbookError> {
    let mut rows = 0;
    for row in table.rows() {
        rows += 1;
        for (column, text) in row.iter().enumerate() {
            if let Some(units) = too_long(text, MAX_UNITS) {
                return Err(WorkbookError::TooLong { place: place(table, &row, column), units });
            }
        }
    }
    Ok(rows)
}

/// The sheet of a table.
pub(super) fn name(table: &Table<'_>) -> &'static str {
    match table.name {
        "organizations" => "Organizations",
        "platforms" => "Platforms",
        "offerings" => "Offerings",
        _ => CELLS,
    }
}

/// "`note` of platform:azure soc2_type2".
fn place(table: &Table<'_>, row: &[String], column: usize) -> String {
    let header = table.header.get(column).map_or("", String::as_str);
    match (table.name, row) {
        ("cells", [owner, dimension, ..]) => format!("`{header}` of {owner} {dimension}"),
        (table, [id, ..]) => format!("`{header}` of {id} in {table}"),
        (table, []) => format!("`{header}` in {table}"),
    }
}

fn width(column: &Column) -> u32 {
    let width = match (&column.form, column.name.as_str()) {
        (_, "note") => 80,
        (_, "facts" | "summary" | "headline") => 50,
        (_, name) if name.ends_with("quote") => 60,
        (_, name) if name.ends_with("url") => 50,
        (_, "owner" | "override_reason" | "geography_note" | "parts" | "name" | "domains" | "homepage") => 36,
        (Form::Date | Form::Integer, _) => 14,
        (Form::Text(_) | Form::Map | Form::List(None, _), _) => 32,
        _ => 24,
    };
    // The name is next to the button of the filter.
    width.max(letters(&column.name) + 4)
}

/// Lets a column take only what it may hold, and offers that where it can be listed.
fn check(
    sheet: &mut Sheet<'_>,
    at: usize,
    column: &Column,
    rows: usize,
    lists: &Lists,
) -> Result<(), WorkbookError> {
    let (_, to) = sheet.place(0, at)?;
    let first = format!("{}2", column_number_to_name(to));
    let rule = DataValidation::new();
    let offer = |list: &str| Some(DataValidation::new().allow_list_formula(Formula::new(lists.range(list)?)));
    let rule = match &column.form {
        Form::Text(None) | Form::Map | Form::List(..) | Form::Bool | Form::OneOf(_) => None,
        Form::Text(Some(limit)) => Some(
            rule.allow_text_length(DataValidationRule::LessThanOrEqualTo(*limit))
                .set_error_message(format!("Write at most {limit} characters."))?,
        ),
        // A day may be a text or a date of the program.
        Form::Date => Some(
            rule.allow_custom(Formula::new(format!(
                "=OR(ISNUMBER({first}),AND(LEN({first})=10,MID({first},5,1)=\"-\",ISNUMBER(DATEVALUE({first}))))"
            )))
            .set_error_message("Write the day as YYYY-MM-DD.")?,
        ),
        Form::Integer => Some(
            rule.allow_custom(Formula::new(format!("=ISNUMBER(VALUE({first}))")))
                .set_error_message("Write a whole number.")?,
        ),
        Form::Term(vocabulary) => offer(&vocabulary.name)
            .map(|rule| rule.set_error_message("Choose a value of the list; the note of the header explains them."))
            .transpose()?,
        Form::Dimension(_) => offer(DIMENSIONS)
            .map(|rule| rule.set_error_message("Choose a question of the list; the sheet Questions explains them."))
            .transpose()?,
        // New values are not in a list yet.
        Form::Owner => offer(OWNERS).map(|rule| rule.show_error_message(false)),
        Form::Organization => offer(ORGANIZATIONS).map(|rule| rule.show_error_message(false)),
        Form::Platform => offer(PLATFORMS).map(|rule| rule.show_error_message(false)),
    };
    if let Some(rule) = rule {
        let rule = rule.set_error_title(&column.name)?.set_error_style(DataValidationErrorStyle::Stop);
        let (last, _) = sheet.place(rows.min(1_048_575), 0)?;
        sheet.inner.add_data_validation(1, to, last, to, &rule)?;
    }
    Ok(())
}
