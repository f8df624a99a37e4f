//! How a recurring table of somebody else is to be read.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use crate::{Optional, Required};

/// How a recurring table of somebody else is to be read: what its columns are here, and what its words
/// stand for.
#[derive(Debug, Clone, PartialEq, Eq, Default, JsonSchema)]
#[schemars(deny_unknown_fields, title = "Import profile")]
pub struct Profile {
    /// Columns of the table that nobody reads, by their headers.
    pub skip: Optional<Vec<String>>,
    /// The column of the registry that each column of the table is, by their headers.
    pub columns: Optional<BTreeMap<String, Required<String>>>,
    /// What words of the table stand for, by the column of the registry.
    pub values: Optional<BTreeMap<String, Required<Words>>>,
    /// What every row says in columns of the registry that the table lacks.
    pub constants: Optional<BTreeMap<String, Required<String>>>,
}

/// What each word stands for.
pub type Words = BTreeMap<String, Required<String>>;
