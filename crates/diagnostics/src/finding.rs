//! A finding, and the fix that may come with it.

use std::ops::Range;

use model::{Subject, Value};

use crate::{Anchor, Location, Place, RuleId, Severity, Splice};

/// One thing that is wrong at one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule that raised it.
    pub rule: RuleId,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, naming the thing, without a final full stop.
    pub message: String,
    /// What to write.
    pub help: Option<String>,
    /// What it is about.
    pub place: Place,
    /// The field path with list items named by their key instead of their index, for the
    /// fingerprint; the path itself where nothing is set.
    pub identity: Option<String>,
    /// Other places that belong to it, each with what it shows.
    pub related: Vec<Related>,
    /// How it can be mended without a person.
    pub fix: Option<Fix>,
    /// Where it stands, once located.
    pub location: Option<Location>,
    /// What it is, apart from where it stands and how it is worded; set by the report.
    pub fingerprint: String,
}

/// Another place that belongs to a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// What the place shows.
    pub message: String,
    /// What it is about.
    pub place: Place,
    /// Where it stands, once located.
    pub location: Option<Location>,
}

/// How a finding can be mended without a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// What it does: "write `yes_public`".
    pub title: String,
    /// Whether the data say the same afterwards, as far as the rule can know.
    pub safe: bool,
    /// What changes, all in one file.
    pub edits: Vec<Edit>,
    /// The same as splices of the file, once located; none where it cannot be made there.
    pub splices: Vec<(String, Splice)>,
}

/// A change of the registry, told without knowing its files.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Give the subject this value, whether or not it has one.
    Set(Subject, Value),
    /// Take the subject out: a field, a list item or a cell.
    Remove(Subject),
    /// Give the subject's key another name.
    Rename(Subject, String),
    /// Replace a range (in bytes of the text) of a text field.
    Replace(Subject, Range<usize>, String),
}

impl Edit {
    /// What the edit changes.
    pub fn subject(&self) -> &Subject {
        match self {
            Self::Set(subject, _)
            | Self::Remove(subject)
            | Self::Rename(subject, _)
            | Self::Replace(subject, ..) => subject,
        }
    }
}

impl Finding {
    /// A finding of a rule about a place.
    pub fn new(
        rule: RuleId,
        severity: Severity,
        place: impl Into<Place>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            severity,
            message: message.into(),
            help: None,
            place: place.into(),
            identity: None,
            related: Vec::new(),
            fix: None,
            location: None,
            fingerprint: String::new(),
        }
    }

    /// Adds what to write.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place that belongs to it.
    #[must_use]
    pub fn related(mut self, place: impl Into<Place>, message: impl Into<String>) -> Self {
        self.related.push(Related { message: message.into(), place: place.into(), location: None });
        self
    }

    /// How it can be mended without a person, once located, where that can be done.
    pub fn mend(&self) -> Option<&Fix> {
        self.fix.as_ref().filter(|fix| !fix.splices.is_empty())
    }

    /// Adds how it can be mended.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, safe: bool, edits: Vec<Edit>) -> Self {
        self.fix = Some(Fix { title: title.into(), safe, edits, splices: Vec::new() });
        self
    }
}

impl From<Subject> for Place {
    fn from(subject: Subject) -> Self {
        Self { subject, anchor: Anchor::Value }
    }
}
