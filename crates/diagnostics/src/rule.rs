//! Static data of a rule.

use std::fmt;

use serde::ser::SerializeStruct;
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
    /// Must be fixed: the lint fails.
    Error,
    /// Should be fixed, but does not fail the lint.
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

/// When a fix may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// Always: the data say the same afterwards, as far as the rule can know.
    Safe,
    /// Where a person looks at the result.
    Unsafe,
}

impl Applicability {
    /// Safe where it is certain what is meant, unsafe where that is a guess.
    pub fn safe_if(is_certain: bool) -> Self {
        if is_certain { Self::Safe } else { Self::Unsafe }
    }

    /// Returns whether the fix may be made without asking.
    pub fn is_safe(self) -> bool {
        self == Self::Safe
    }
}

/// What is known of a rule without running it, as plain data for formats and exporters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleInfo {
    /// Its id.
    pub id: RuleId,
    /// The severity of its findings.
    pub severity: Severity,
    /// What it looks at.
    pub scope: Scope,
    /// The best applicability of its fixes; none where a person must fix what it finds.
    pub fix: Option<Applicability>,
    /// What it does, in a sentence: the first of its page.
    pub summary: String,
    /// Its page, Markdown.
    pub page: &'static str,
}

impl Serialize for RuleInfo {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("RuleInfo", 8)?;
        fields.serialize_field("id", &self.id)?;
        fields.serialize_field("group", self.id.group())?;
        fields.serialize_field("severity", &self.severity)?;
        fields.serialize_field("scope", &self.scope)?;
        match self.fix {
            Some(fix) => fields.serialize_field("fix", &fix)?,
            None => fields.serialize_field("fix", "none")?,
        }
        fields.serialize_field("summary", &self.summary)?;
        fields.serialize_field("page", self.page)?;
        // A program that reads the catalogue may expect this key: all rules in it are in force.
        fields.serialize_field("status", "stable")?;
        fields.end()
    }
}
