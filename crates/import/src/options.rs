//! What whoever imports may choose.

use crate::encoding::Encoding;

/// What whoever imports may choose.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How files are read.
    pub reading: Reading,
}

/// How files are read.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The sheets to take; without any, those whose headers are those of a table.
    pub sheets: Vec<String>,
    /// The encoding of CSV files that have no mark; UTF-8 without.
    pub encoding: Option<Encoding>,
    /// Whether merged cells all have the value of the first.
    pub fill_merged: bool,
}
