//! What whoever imports may choose.

use model::DateOrder;

use crate::map::mapping::Mapping;
use crate::read::encoding::Encoding;

/// What whoever imports may choose.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How files are read.
    pub reading: Reading,
    /// What becomes of what stands in the registry.
    pub merging: Merging,
}

/// How files are read.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The sheets to take; without any, those whose headers are those of a table.
    pub sheets: Vec<String>,
    /// The encoding of CSV files that have no mark; UTF-8 without.
    pub encoding: Option<Encoding>,
    /// What the columns of somebody else's tables are, and what their words stand for.
    pub mapping: Mapping,
    /// The order in which tables write days, where these do not begin with their year; else as the mapping says.
    pub dates: Option<DateOrder>,
    /// Whether a text in a column of addresses stands for the address to which it links.
    pub take_links: bool,
    /// Whether merged cells all have the value of the first.
    pub fill_merged: bool,
}

/// What becomes of what stands in the registry.
#[derive(Debug, Clone, Default)]
pub struct Merging {
    /// Whether an empty cell takes out what its column states. What the structure demands stays.
    pub clear_empty: bool,
    /// Whether rows state facts, parts and evidence whole, so that what they leave out is removed.
    pub replace: bool,
    /// Whether a cell is overwritten that a person has confirmed or corrected.
    pub override_reviewed: bool,
}
