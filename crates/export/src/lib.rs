//! The published formats of the registry: each is one module, a pure function from the model
//! to files, the same bytes each time. Nothing here reads or writes a file.
//!
//! Exports are tolerant per record: what could not be read is left out and reported, the rest is
//! published.

// Publishing uses it.
#![cfg_attr(not(feature = "full"), allow(dead_code))]

#[cfg(feature = "full")]
mod columns;
mod coverage;
#[cfg(feature = "full")]
mod csv;
mod edition;
mod file;
mod format;
mod grade;
mod hash;
mod json;
mod json_schema;
mod left_out;
#[cfg(feature = "full")]
mod markdown;
pub mod names;
pub mod reading;
#[cfg(feature = "full")]
mod site;
mod stored;
#[cfg(feature = "full")]
mod tables;
mod text;
pub mod view;
pub mod words;
#[cfg(feature = "full")]
mod xlsx;

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod sample;

use model::Subject;

pub use crate::coverage::Coverage;
#[cfg(feature = "full")]
pub use crate::csv::{csv, csv_for_spreadsheets};
pub use crate::edition::{Edition, ResolvedOffering};
pub use crate::file::OutputFile;
pub use crate::format::Format;
pub use crate::grade::{CHECK, Grade, SETTING};
pub use crate::hash::{Hashed, sha256, sha256_of};
pub use crate::json::{SCHEMA_VERSION, json, json_data, json_document};
pub use crate::json_schema::json_schema;
#[cfg(feature = "full")]
pub use crate::markdown::markdown;
#[cfg(feature = "full")]
pub use crate::site::{Download, Site, SiteFile, SiteInputs};
#[cfg(feature = "full")]
pub use crate::xlsx::{WorkbookError, xlsx, xlsx_template};

/// What an export makes of a registry.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Export<'a> {
    /// The files, sorted by path.
    pub files: Vec<OutputFile<'a>>,
    /// The entities, cells and fields that were not published since they could not be read.
    pub left_out: Vec<Subject>,
    /// The days that were not published since they lie in the future.
    pub later: Vec<Subject>,
    /// How many answers rest on nothing that was read, in words, where the export says so.
    pub unread: Option<String>,
}

impl<'a> Export<'a> {
    fn new(mut files: Vec<OutputFile<'a>>, left_out: Vec<Subject>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        // Two things with one name: the first has the page.
        files.dedup_by(|a, b| a.path == b.path);
        Self { files, left_out, ..Self::default() }
    }

    fn of(edition: &Edition, files: Vec<OutputFile<'a>>, left_out: Vec<Subject>) -> Self {
        Self { later: edition.later().to_vec(), ..Self::new(files, left_out) }
    }
}
