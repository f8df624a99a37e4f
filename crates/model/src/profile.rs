//! Import profiles: how to read a table that a third party sends regularly.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::record::record;
use crate::{DateOrder, Optional, Required};

record! {
    /// How to read a table that a third party sends regularly: which columns of the registry its columns fill, and
    /// what its words mean.
    #[schemars(title = "Import profile")]
    pub struct Profile {
        /// The headers of columns to skip.
        skip: Optional<Vec<String>>,
        /// The headers of columns that may be missing. Every other column that the profile names is required.
        optional: Optional<Vec<String>>,
        /// How the table writes dates. Without it, dates must begin with the year.
        dates: Optional<DateOrder>,
        /// Maps the header of each column to what it fills: a column of the registry such as `note`, a column of one
        /// question such as `soc2_type2.status`, or a list of these. `service` takes the name of an offering and finds the
        /// owner: the answer goes to the organization, platform or offering that the question is about.
        columns: Optional<BTreeMap<String, Required<Targets>>>,
        /// Maps words of the table to values, for a column of the registry (`status`) or for one question only
        /// (`soc2_type2.status`).
        values: Optional<BTreeMap<String, Required<Words>>>,
        /// Skips rows that have one of these texts in a column of the registry. An empty text is a blank cell; `*` is
        /// any word for which `values` has no entry.
        pass_over: Optional<BTreeMap<String, Required<Vec<String>>>>,
        /// Values for columns of the registry that the table does not have. Those of a source apply only to rows that
        /// have its address.
        constants: Optional<BTreeMap<String, Required<String>>>,
    }
}

/// What each word means.
pub type Words = BTreeMap<String, Required<Meaning>>;

/// The columns of the registry that a column of the table fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Targets {
    /// A single one.
    One(String),
    /// Several.
    Several(Vec<String>),
}

impl Targets {
    /// All of them.
    pub fn all(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Several(several) => several,
        }
    }
}

impl JsonSchema for Targets {
    fn schema_name() -> Cow<'static, str> {
        "Targets".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "array"], "items": { "type": "string" } })
    }
}

/// What a word means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// A value for the same column; an empty text leaves the cell blank.
    Value(String),
    /// A value for each of several columns of the registry.
    Values(BTreeMap<String, Required<String>>),
}

impl JsonSchema for Meaning {
    fn schema_name() -> Cow<'static, str> {
        "Meaning".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "object"], "additionalProperties": { "type": "string" } })
    }
}
