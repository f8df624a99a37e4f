//! A finding as it is raised: what is wrong, and with what. It knows no file.

use std::ops::Range;

use model::{FieldPath, Subject, Value};

use crate::{Applicability, Place, RuleId, Severity, Splice};

/// One thing that is wrong with one subject. A [`crate::Report`] turns it into a [`crate::Diagnostic`].
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
    /// The identity of what it says is missing: `flags[x]` of a review that names a flag `x`.
    pub refers_to: Option<String>,
    /// Other places that belong to it, each with what it shows.
    pub related: Vec<Related>,
    /// How it can be fixed without a person.
    pub fix: Option<Fix>,
}

/// Another place that belongs to a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// What the place shows.
    pub message: String,
    /// What it is about.
    pub place: Place,
}

/// How a finding can be fixed without a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// What it does: "write `yes_public`".
    pub title: String,
    /// When it may be made without asking.
    pub applicability: Applicability,
    /// What changes, all in one file.
    pub edits: Vec<Edit>,
}

/// A change of the registry, described without its files.
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
    /// Replace bytes of the file that holds the subject: how a text is corrected that cannot be read.
    Splice(Subject, Splice),
}

impl Edit {
    /// What the edit changes.
    pub fn subject(&self) -> &Subject {
        match self {
            Self::Set(subject, _)
            | Self::Remove(subject)
            | Self::Rename(subject, _)
            | Self::Replace(subject, ..)
            | Self::Splice(subject, _) => subject,
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
            refers_to: None,
            related: Vec::new(),
            fix: None,
        }
    }

    /// Says what to write.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Names what it is about, for the fingerprint, if the field path does not.
    pub fn identity(&mut self, identity: impl Into<String>) -> &mut Self {
        self.identity = Some(identity.into());
        self
    }

    /// Names what it says is missing, by the identity of a finding about that.
    pub fn refers_to(&mut self, identity: impl Into<String>) -> &mut Self {
        self.refers_to = Some(identity.into());
        self
    }

    /// Shows another place that belongs to it.
    pub fn related(&mut self, place: impl Into<Place>, message: impl Into<String>) -> &mut Self {
        self.related.push(Related { message: message.into(), place: place.into() });
        self
    }

    /// Says how it can be fixed without a person.
    pub fn fix(
        &mut self,
        title: impl Into<String>,
        applicability: Applicability,
        edits: Vec<Edit>,
    ) -> &mut Self {
        self.fix = Some(Fix { title: title.into(), applicability, edits });
        self
    }

    /// The same with what to write.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help(help);
        self
    }

    /// The same with another place that belongs to it.
    #[must_use]
    pub fn with_related(mut self, place: impl Into<Place>, message: impl Into<String>) -> Self {
        self.related(place, message);
        self
    }

    /// The same with how it can be fixed.
    #[must_use]
    pub fn with_fix(
        mut self,
        title: impl Into<String>,
        applicability: Applicability,
        edits: Vec<Edit>,
    ) -> Self {
        self.fix(title, applicability, edits);
        self
    }

    /// The field that it is about, with list items named by their key; empty for the whole.
    pub fn named_field(&self) -> String {
        named_field(self.identity.as_deref(), self.place.subject.field.as_ref())
    }
}

/// The identity of a field, or its path where it has none; empty for the whole.
pub(crate) fn named_field(identity: Option<&str>, field: Option<&FieldPath>) -> String {
    match (identity, field) {
        (Some(identity), _) => identity.to_owned(),
        (None, Some(field)) => field.to_string(),
        (None, None) => String::new(),
    }
}
