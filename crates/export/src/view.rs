//! An answer as readers see it: what every format shows of it, under which labels, in plain text. A format
//! arranges and escapes it, and decides nothing else.

mod cell;
mod details;

use model::{Cell, Date, Dimension, PageVisits, Resolved, Status};

pub use self::cell::{CellView, ConfidenceView, Labelled, Term};
pub use self::details::{EvidenceView, ExceptionView, FactView, FlagView, ReviewView};
use crate::grade::Grade;
use crate::names::label;

/// The answer to one question about one offering.
#[derive(Debug)]
pub struct AnswerView<'a> {
    /// The label of the question.
    pub label: &'a str,
    /// The question, where it could be read.
    pub question: Option<&'a str>,
    /// What the answer comes to.
    pub grade: Grade,
    /// What its headline is.
    pub headline: Headline,
    /// The cell that holds, if there is one.
    pub cell: Option<CellView<'a>>,
    /// The result of the inherited answer that it replaces.
    pub overridden: Option<Grade>,
    /// The id of the operator of the platform, and what it answers for itself.
    pub operator: Option<(&'a str, CellView<'a>)>,
}

/// What the headline of an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Headline {
    /// What a buyer must look at.
    WatchOut,
    /// What must be set or asked for before a public yes holds.
    SettingToMake,
    /// Something to know.
    Other,
}

impl<'a> AnswerView<'a> {
    /// The answer of a resolved offering, as of a day, with what visits saw of its sources.
    pub fn new(resolved: &Resolved<'a>, day: Date, visits: &PageVisits) -> Self {
        let dimension = resolved.dimension;
        let operator = resolved.operator.as_ref();
        Self {
            label: label(dimension),
            question: dimension.question.known().map(String::as_str),
            grade: Grade::of(resolved),
            headline: match () {
                () if resolved.is_watch_out() => Headline::WatchOut,
                () if resolved.is_setting_to_make() => Headline::SettingToMake,
                () => Headline::Other,
            },
            cell: resolved.cell().map(|cell| CellView::new(cell, dimension, day, visits)),
            overridden: resolved.overridden.as_ref().map(|(_, cell)| Grade::of_status(cell.status.get())),
            operator: operator.map(|one| (one.organization, CellView::new(one.cell, dimension, day, visits))),
        }
    }

    /// A cell where it is stored, as of a day, with what visits saw of its sources.
    pub fn stored(dimension: &'a Dimension, cell: &'a Cell, day: Date, visits: &PageVisits) -> Self {
        let grade = Grade::of_status(cell.status.get());
        let is_watch_out = !matches!(grade, Grade::Status(Status::YesPublic) | Grade::Unreadable);
        Self {
            label: label(dimension),
            question: dimension.question.known().map(String::as_str),
            grade,
            headline: if is_watch_out { Headline::WatchOut } else { Headline::Other },
            cell: Some(CellView::new(cell, dimension, day, visits)),
            overridden: None,
            operator: None,
        }
    }
}

impl Headline {
    /// The label of the headline. One that is neither to be looked at nor to be set has the label that the
    /// format gives it.
    pub fn label(self, other: &'static str) -> &'static str {
        match self {
            Self::WatchOut => "Watch-out",
            Self::SettingToMake => "Setting to make",
            Self::Other => other,
        }
    }
}
