//! The options of an import.

use model::DateOrder;

use crate::map::mapping::Mapping;
use crate::read::encoding::Encoding;

/// The options of an import.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How files are read.
    pub reading: Reading,
    /// What happens to existing values of the registry.
    pub merging: Merging,
}

/// How files are read.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The sheets to take; without any, those whose headers are those of a table.
    pub sheets: Vec<String>,
    /// The encoding of CSV files that have no mark; UTF-8 without.
    pub encoding: Option<Encoding>,
    /// What the columns of a third party's tables are, and what their words mean.
    pub mapping: Mapping,
    /// The order in which tables write days, where these do not begin with their year; else as the mapping says.
    pub dates: Option<DateOrder>,
    /// Whether a text in a column of addresses is replaced by the address of its link.
    pub take_links: bool,
    /// Whether merged cells all have the value of the first.
    pub fill_merged: bool,
}

/// What happens to existing values of the registry.
#[derive(Debug, Clone, Default)]
pub struct Merging {
    /// Whether an empty cell takes out what its column states. What the structure demands stays.
    pub clear_empty: bool,
    /// Whether rows state facts, parts and evidence whole, so that what they leave out is removed.
    pub replace: bool,
    /// Whether a cell is overwritten that a person has confirmed or corrected.
    pub override_reviewed: bool,
}
