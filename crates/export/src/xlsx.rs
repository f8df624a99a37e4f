//! The registry as a workbook: a coloured matrix, the four tables that can be edited and imported
//! again, all answers and the evidence in words, and what a reader must know. Beside it, the same tables empty, to
//! be filled in.
//!
//! A sheet whose first cell begins with `#` is for readers, and the import passes over it. Every cell
//! is a text, dates too, so that no program takes it for something else.

mod about;
mod answers;
mod column;
mod evidence;
mod lists;
mod matrix;
mod sheet;
mod style;
mod table;
#[cfg(test)]
mod tests;

use model::tabular::cell_columns;
use model::{Date, Registry};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use self::lists::Lists;
use self::sheet::Book;
use crate::columns::{Column, Schemas};
use crate::csv::UNPUBLISHED;
use crate::left_out::{unread, unread_dimensions, unread_info};
use crate::tables::{Table, importable};
use crate::{Edition, Export, OutputFile};

/// Why a registry does not fit into a workbook.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// A text is longer than a cell may be.
    #[error("{place} is {units} UTF-16 units long, and a cell of a workbook holds 32,767")]
    TooLong {
        /// What holds the text.
        place: String,
        /// How long it is.
        units: usize,
    },
    /// A table is larger than a sheet may be.
    #[error("the table {0} is larger than a sheet of 1,048,576 rows and 16,384 columns")]
    TooLarge(&'static str),
    /// The workbook cannot be written for another reason.
    #[error("the workbook cannot be written: {0}")]
    Xlsx(#[from] XlsxError),
}

/// How many evidence the template has columns for.
const TEMPLATE_EVIDENCE: usize = 3;

/// `registry.xlsx`. The tables hold what the data hold; what readers see is the edition.
///
/// # Errors
///
/// When a text or a table is larger than the format allows.
pub fn xlsx(registry: &Registry, edition: &Edition) -> Result<Export<'static>, WorkbookError> {
    let tables = importable(registry);
    let rows = tables.iter().map(table::fits).collect::<Result<Vec<_>, _>>()?;
    let schemas = Schemas::new();
    let columns: Vec<_> = tables.iter().map(|table| schemas.columns(table, &registry.dimensions)).collect();
    let lists = Lists::new(registry, columns.iter().flatten());
    let mut book = Book::new();
    matrix::write(&mut book, edition, registry)?;
    for ((table, rows), columns) in tables.iter().zip(rows).zip(&columns).rev() {
        table::write(&mut book, table, rows, columns, &registry.dimensions, &lists)?;
    }
    answers::write(&mut book, edition)?;
    evidence::write(&mut book, edition)?;
    about::questions(&mut book, edition)?;
    about::about(&mut book, edition)?;
    lists.write(&mut book)?;
    let mut left_out = unread_info(&registry.info);
    left_out.extend(unread_dimensions(registry));
    left_out.extend(unread(registry, &UNPUBLISHED));
    Ok(Export::of(edition, vec![file("registry.xlsx", book, edition)?], left_out))
}

/// `template.xlsx`: the tables without rows, with drop-downs, checks and a page that explains them.
///
/// # Errors
///
/// When a text of the dimensions is larger than the format allows.
pub fn xlsx_template(edition: &Edition) -> Result<Export<'static>, WorkbookError> {
    let registry = edition.registry();
    let schemas = Schemas::new();
    let empty = Registry::default();
    let with_columns = importable(&empty).into_iter().map(|mut table| {
        if table.name == "cells" {
            table.header = cell_columns(TEMPLATE_EVIDENCE);
        }
        let columns = schemas.columns(&table, &registry.dimensions);
        (table, columns)
    });
    let tables: Vec<(Table<'_>, Vec<Column>)> = with_columns.collect();
    let lists = Lists::new(registry, tables.iter().flat_map(|(_, columns)| columns));
    let mut book = Book::new();
    about::read_me(&mut book, edition, &tables)?;
    for (table, columns) in tables.iter().rev() {
        table::write(&mut book, table, 0, columns, &registry.dimensions, &lists)?;
    }
    about::questions(&mut book, edition)?;
    lists.write(&mut book)?;
    let left_out = unread_dimensions(registry);
    Ok(Export::new(vec![file("template.xlsx", book, edition)?], left_out))
}

fn file(path: &str, book: Book, edition: &Edition) -> Result<OutputFile<'static>, WorkbookError> {
    let mut workbook: Workbook = book.finish();
    let properties = DocProperties::new().set_title(edition.names().title());
    workbook.set_properties(&properties.set_creation_datetime(&midnight(edition.generated())?));
    Ok(OutputFile::new(path.to_owned(), workbook.save_to_buffer()?))
}

/// The beginning of a day: the time of creation, so that the same data make the same bytes.
fn midnight(day: Date) -> Result<ExcelDateTime, XlsxError> {
    // The format knows no earlier day than this.
    ExcelDateTime::parse_from_str(&day.to_string()).or_else(|_| ExcelDateTime::from_ymd(1900, 1, 1))
}
