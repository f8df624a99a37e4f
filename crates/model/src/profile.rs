//! How a recurring table of somebody else is to be read.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::record::record;
use crate::{DateOrder, Optional, Required};

record! {
    /// How a recurring table of somebody else is read: which columns of the registry its columns fill, and what its
    /// words stand for.
    #[schemars(title = "Import profile")]
    pub struct Profile {
        /// Columns of the table that are not read, by their headers.
        skip: Optional<Vec<String>>,
        /// Columns that a table may lack, by their headers. Any other column that the profile names must be there.
        optional: Optional<Vec<String>>,
        /// How the table writes days. Without it only days that begin with the year are taken.
        dates: Optional<DateOrder>,
        /// What each column of the table fills, by its header: a column of the registry such as `note`, a column of one
        /// question such as `soc2_type2.status`, or a list of these. `service` is an owner that is found through an
        /// offering: the answer goes to the organization, platform or offering that the question is about.
        columns: Optional<BTreeMap<String, Required<Targets>>>,
        /// What words of the table stand for, by the column of the registry (`status`) or, for one question alone, by
        /// question and column (`soc2_type2.status`).
        values: Optional<BTreeMap<String, Required<Words>>>,
        /// Rows that are not read, by what they say in a column of the registry. An empty text is a blank cell; `*` is
        /// any word for which `values` has no entry.
        pass_over: Optional<BTreeMap<String, Required<Vec<String>>>>,
        /// What every row says in columns of the registry that the table lacks. Those of a source count only in rows
        /// that have its address.
        constants: Optional<BTreeMap<String, Required<String>>>,
    }
}

/// What each word stands for.
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

/// What a word stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// A value of the word's own column; an empty text says nothing.
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
