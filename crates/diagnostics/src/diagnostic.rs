//! A finding as it is reported: where it is, and what identifies it from one run to the next.

use model::Subject;

use crate::finding::named_field;
use crate::{Applicability, Edit, Finding, Location, RuleId, Severity, Splice};

/// A located finding, which every format takes. Only a [`crate::Report`] makes one.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// The rule that raised it.
    pub rule: RuleId,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, naming the thing, without a final full stop.
    pub message: String,
    /// What to write.
    pub help: Option<String>,
    /// What it is about.
    pub subject: Subject,
    /// The field path with list items named by their key, as the rule or the engine gave it.
    pub identity: Option<String>,
    /// Where that is; nothing where it is in no file.
    pub location: Option<Location>,
    /// Other places that belong to it.
    pub related: Vec<RelatedLocation>,
    /// How it can be fixed without a person.
    pub fix: Option<Patch>,
    /// What it is, apart from where it is and how it is worded: the same in every run.
    pub fingerprint: String,
}

/// Another place that belongs to a diagnostic.
#[derive(Debug, Clone, PartialEq)]
pub struct RelatedLocation {
    /// What the place shows.
    pub message: String,
    /// What it is about.
    pub subject: Subject,
    /// Where that is; nothing where it is in no file.
    pub location: Option<Location>,
}

/// A fix, with what it changes in the files.
#[derive(Debug, Clone, PartialEq)]
pub struct Patch {
    /// What it does: "write `yes_public`".
    pub title: String,
    /// When it may be made without asking.
    pub applicability: Applicability,
    /// What changes, all in one file.
    pub edits: Vec<Edit>,
    /// The same as splices of files by their path to show; none where it cannot be made there.
    pub splices: Vec<(String, Splice)>,
}

impl Diagnostic {
    /// A finding with what was found out about it: its place, those related to it, the splices of its fix, and
    /// its fingerprint.
    pub(crate) fn new(
        finding: Finding,
        location: Option<Location>,
        related: Vec<Option<Location>>,
        splices: Vec<(String, Splice)>,
        fingerprint: String,
    ) -> Self {
        let Finding { rule, severity, message, help, place, identity, refers_to: _, related: others, fix } =
            finding;
        let related = others.into_iter().zip(related).map(|(other, location)| RelatedLocation {
            message: other.message,
            subject: other.place.subject,
            location,
        });
        Self {
            rule,
            severity,
            message,
            help,
            subject: place.subject,
            identity,
            location,
            related: related.collect(),
            fix: fix.map(|fix| Patch {
                title: fix.title,
                applicability: fix.applicability,
                edits: fix.edits,
                splices,
            }),
            fingerprint,
        }
    }

    /// The field that it is about, with list items named by their key; empty for the whole.
    pub fn named_field(&self) -> String {
        named_field(self.identity.as_deref(), self.subject.field.as_ref())
    }

    /// The fix, where it can be made in a file.
    pub fn patch(&self) -> Option<&Patch> {
        self.fix.as_ref().filter(|fix| !fix.splices.is_empty())
    }
}
