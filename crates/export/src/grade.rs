//! The result of an answer: a status, or why there is none.

use model::{Answer, Resolved, Status, Vocabulary};

/// What an answer comes to, as readers see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Grade {
    /// The status of the cell.
    Status(Status),
    /// The question is about the developer, and the offering serves models of many.
    NotApplicable,
    /// There is no answer.
    #[default]
    Missing,
    /// The answer could not be read.
    Unreadable,
}

impl Grade {
    /// All, in the order in which readers see them.
    pub fn all() -> impl Iterator<Item = Self> {
        Status::ALL.iter().map(|status| Self::Status(*status)).chain([
            Self::NotApplicable,
            Self::Missing,
            Self::Unreadable,
        ])
    }

    /// What an answer comes to.
    pub fn of(resolved: &Resolved<'_>) -> Self {
        match &resolved.answer {
            Answer::NotApplicable => Self::NotApplicable,
            Answer::Missing => Self::Missing,
            Answer::Unknown => Self::Unreadable,
            Answer::Cell(_, cell) => Self::of_status(cell.status.get()),
        }
    }

    /// What the status of a cell comes to.
    pub fn of_status(status: Option<Status>) -> Self {
        status.map_or(Self::Unreadable, Self::Status)
    }

    /// Its id: that of the status, or `not_applicable`, `missing`, `unreadable`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Status(status) => status.id(),
            Self::NotApplicable => "not_applicable",
            Self::Missing => "missing",
            Self::Unreadable => "unreadable",
        }
    }

    /// Its label.
    pub fn label(self) -> &'static str {
        match self {
            Self::Status(status) => status.label(),
            Self::NotApplicable => "Not applicable",
            Self::Missing => "No answer",
            Self::Unreadable => "Unreadable",
        }
    }

    /// Its label in as few words as a matrix has room for.
    pub fn short(self) -> &'static str {
        match self {
            Self::Status(Status::YesPublic) => "Yes",
            Self::Status(Status::YesSalesGated) => "Sales-gated",
            Self::Status(Status::Partial) => "Partial",
            Self::Status(Status::Unclear) => "Unclear",
            Self::Status(Status::NoPublicEvidence) => "No evidence",
            Self::Status(Status::No) => "No",
            Self::NotApplicable => "N/A",
            Self::Missing => "No answer",
            Self::Unreadable => "Unreadable",
        }
    }

    /// What it says, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Status(status) => status.meaning(),
            Self::NotApplicable => {
                "The question is about the developer of the models, and the offering serves models of many developers."
            }
            Self::Missing => "The question has no answer yet.",
            Self::Unreadable => "The answer could not be read.",
        }
    }

    /// A sign for it in the colour of the text. It is always shown with words.
    pub fn glyph(self) -> &'static str {
        match self {
            Self::Status(Status::YesPublic) => "●",
            Self::Status(Status::YesSalesGated) => "◐",
            Self::Status(Status::Partial) => "◔",
            Self::Status(Status::Unclear) => "?",
            Self::Status(Status::NoPublicEvidence) => "○",
            Self::Status(Status::No) => "✕",
            Self::NotApplicable => "–",
            Self::Missing | Self::Unreadable => "∅",
        }
    }

    /// A sign for it. It is always shown with words.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Status(Status::YesPublic) => "✅",
            Self::Status(Status::YesSalesGated) => "🔒",
            Self::Status(Status::Partial) => "🟡",
            Self::Status(Status::Unclear) => "❔",
            Self::Status(Status::NoPublicEvidence) => "⚪",
            Self::Status(Status::No) => "❌",
            Self::NotApplicable => "➖",
            Self::Missing | Self::Unreadable => "∅",
        }
    }
}

/// The sign of an answer that holds only after something is set or approved.
pub const SETTING: &str = "⚙️";

/// The sign of a public yes that is to be checked first.
pub const CHECK: &str = "❗";

/// What that sign says.
pub(crate) const CHECK_MEANING: &str = "A public yes to check first: the confidence is below high, no source was \
                                        read, a part or a question is open, or it is past its date.";
