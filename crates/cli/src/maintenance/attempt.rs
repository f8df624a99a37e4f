//! An attempt to read a page, as it is recorded in the cells that cite it.

use diagnostics::{cut, quoted};
use model::{Cell, Confidence, ConfidenceReason, Date, Evidence, Fetch, FetchOutcome, Optional, Url, Via};

use super::subjects::StoredCell;
use crate::Failure;

/// What came of looking at a page.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    pub(crate) outcome: FetchOutcome,
    /// The day of the attempt; for a copy, the day of the copy.
    pub(crate) on: Option<Date>,
    /// How it was read, if it was.
    pub(crate) via: Option<Via>,
    pub(crate) http_status: Option<i64>,
    /// Where the archived copy is.
    pub(crate) archived: Option<Url>,
    /// The words that settle the question.
    pub(crate) quote: Option<String>,
}

impl Attempt {
    /// The page was opened on a day.
    pub(crate) fn opened(on: Date) -> Self {
        Self {
            outcome: FetchOutcome::Ok,
            on: Some(on),
            via: Some(Via::Direct),
            http_status: None,
            archived: None,
            quote: None,
        }
    }

    /// "read on 2026-07-15", "not found on 2026-07-15".
    pub(crate) fn summary(&self) -> String {
        let outcome = match self.outcome {
            FetchOutcome::Ok => "read".to_owned(),
            other => other.to_string().replace('_', " "),
        };
        self.on.map_or(outcome.clone(), |on| format!("{outcome} on {on}"))
    }

    /// The day of an attempt that an evidence states and that is newer.
    pub(crate) fn older_than(&self, evidence: &Evidence) -> Option<Date> {
        let day = evidence.fetch.known()?.on.get()?;
        self.on.filter(|on| day > *on).map(|_| day)
    }

    /// Records the attempt in an evidence of a cell.
    ///
    /// # Errors
    ///
    /// When the evidence states an attempt that is newer, which would be lost.
    pub(crate) fn record_newest(&self, one: &StoredCell<'_>, evidence: &mut Evidence) -> Result<(), Failure> {
        if let (Some(later), Some(on)) = (self.older_than(evidence), self.on) {
            let message = format!(
                "{} states an attempt of {later} to read this page, which is newer than {on}: nothing is recorded",
                one.name()
            );
            return Err(Failure::Usage(message));
        }
        self.record(evidence);
        Ok(())
    }

    /// Records the attempt, in the place of one before.
    pub(crate) fn record(&self, evidence: &mut Evidence) {
        evidence.fetch = Optional::Known(Fetch {
            outcome: self.outcome.into(),
            on: self.on.into(),
            http_status: self.http_status.into(),
            via: self.via.into(),
            reported_by: Optional::Absent,
        });
        if let Some(url) = &self.archived {
            evidence.archived_url = Optional::Known(url.clone());
        }
        if let Some(quote) = &self.quote {
            evidence.quote = Optional::Known(quote.clone());
        }
    }
}

/// Says how sure an answer is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sureness {
    pub(crate) confidence: Option<Confidence>,
    pub(crate) because: Vec<ConfidenceReason>,
}

impl Sureness {
    /// Sets what was said, and brings the reasons in line with what was read: an answer whose page was read no longer
    /// says that none was, and the other way round.
    ///
    /// # Errors
    ///
    /// When the only reason for a confidence below high no longer holds, so that a person must say how sure the answer
    /// is.
    pub(crate) fn settle(&self, one: &StoredCell<'_>, cell: &mut Cell) -> Result<(), Failure> {
        if cell.confidence_reasons.is_unread() || cell.confidence.is_unread() {
            return Ok(());
        }
        if let Some(confidence) = self.confidence {
            cell.confidence = Optional::Known(confidence);
        }
        let is_high = cell.confidence.is(Confidence::High);
        let is_raised = self.confidence == Some(Confidence::High);
        let mut reasons = if is_raised { Vec::new() } else { cell.confidence_reasons.items().to_vec() };
        let dated = cell.evidence.items().iter().any(|one| one.own_reading_on().is_some());
        let is_read = cell.has_own_reading();
        reasons.retain(|reason| match reason {
            ConfidenceReason::NotRead => !is_read,
            ConfidenceReason::UndatedSource => !dated,
            _ => true,
        });
        let unread = !is_read && !cell.evidence.items().is_empty() && !is_high;
        let more = self.because.iter().copied().chain(unread.then_some(ConfidenceReason::NotRead));
        for reason in more {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        let had: Vec<_> = cell.confidence_reasons.items().iter().map(ToString::to_string).collect();
        if let Some(confidence) =
            cell.confidence.get().filter(|_| reasons.is_empty() && !is_high && !had.is_empty())
        {
            return Err(Failure::Usage(format!(
                "{} has {confidence} confidence because of {}, which no longer holds: state how sure the answer is now, \
                 with --confidence high, or with --because REASON",
                one.name(),
                diagnostics::one_of(had.iter().map(String::as_str)).replace(" or ", " and "),
            )));
        }
        if reasons != cell.confidence_reasons.items() {
            cell.confidence_reasons =
                if reasons.is_empty() { Optional::Absent } else { Optional::Known(reasons) };
        }
        Ok(())
    }
}

/// The failure that nothing which was read supports a confirmation of a day, with what to state.
pub(crate) fn unsupported(one: &StoredCell<'_>, on: Date) -> Failure {
    let cited: Vec<_> =
        one.cell.evidence.items().iter().filter_map(|evidence| evidence.url.known()).collect();
    let help = match cited.as_slice() {
        [] => "it cites no page: add the one that you read with `cite`".to_owned(),
        [first, rest @ ..] => {
            let more = if rest.is_empty() { String::new() } else { format!(", or {} more", rest.len()) };
            format!("name the page that you opened: --read {}{more}", quoted(&cut(first.as_str(), 160)))
        }
    };
    Failure::Usage(format!(
        "{} cannot be verified on {on}: no page that it cites was opened, or read in an archived copy, by that day; {help}",
        one.name()
    ))
}
