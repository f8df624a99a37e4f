//! What is known of a rule without running it.

use std::fmt;

use serde::{Serialize, Serializer};

/// The id of a rule, `group/name`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub &'static str);

impl RuleId {
    /// The id as text.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// The part before the slash.
    pub fn group(self) -> &'static str {
        self.0.split_once('/').map_or("", |(group, _)| group)
    }

    /// The file of its page in the folder of the rules: `cell/missing_default.md`.
    pub fn page(self) -> String {
        format!("{}.md", self.0.replace('-', "_"))
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

impl Serialize for RuleId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Cannot stand: the lint fails.
    Error,
    /// Should be mended, but may stand.
    Warning,
    /// Good to know.
    Info,
}

impl Severity {
    /// `error`, `warning` or `info`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// The text and structure of one file.
    File,
    /// One stored cell.
    Cell,
    /// One entity.
    Entity,
    /// All entities together.
    Registry,
    /// Two states of the registry.
    Change,
    /// The tables of an import.
    Table,
}

impl Scope {
    /// `file`, `cell`, `entity`, `registry`, `change` or `table`.
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Cell => "cell",
            Self::Entity => "entity",
            Self::Registry => "registry",
            Self::Change => "change",
            Self::Table => "table",
        }
    }
}

/// Whether a rule can mend what it finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FixKind {
    /// A person must.
    None,
    /// Yes, without changing what the data say; where that takes a guess, the fix is unsafe.
    Safe,
    /// Yes, but a person must look at the result.
    Unsafe,
}

/// The life of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Since {
    /// It runs by default.
    Stable,
}

/// What is known of a rule without running it, as plain data for formats and exporters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleInfo {
    /// Its id.
    pub id: RuleId,
    /// The part of its id before the slash.
    pub group: &'static str,
    /// The severity of its findings.
    pub severity: Severity,
    /// What it looks at.
    pub scope: Scope,
    /// Whether it can mend what it finds.
    pub fix: FixKind,
    /// What it does, in a sentence: the first of its page.
    pub summary: String,
    /// Its page, Markdown.
    pub page: &'static str,
    /// The life of the rule.
    pub status: Since,
}
