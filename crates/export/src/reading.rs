//! Describes what was read for a page, an answer, or all answers. Plain text; each format escapes it.
//!
//! A page that was not opened is never called verified: a confirmation always says what was read for it.

use std::fmt::{self, Write};

use diagnostics::count;
use model::{
    Bearing, Cell, Confidence, Date, Dimension, Doubt, Evidence, Fetch, FetchOutcome, Ground, Optional,
    PageVisits, PartAnswer, Resolved, Role, Via, Vocabulary,
};

use crate::coverage::Coverage;
use crate::words::{UNREAD, key};

/// What is said of a page that was not looked at.
const NOT_OPENED: &str = "not opened yet";

/// What is said of an answer that no reading and no confirmation dates.
const UNDATED: &str = "undated";

/// What came of the last attempt to read a page: "opened on 2026-08-22", "copy of 2026-08-22", "not
/// opened yet", "blocked on 2026-07-05 (HTTP 403)".
pub fn attempt(evidence: &Evidence) -> String {
    let Some(outcome) = evidence.counted_outcome() else { return format!("outcome {UNREAD}") };
    let fetch = evidence.fetch.known();
    let day = fetch.and_then(|fetch| fetch.on.get());
    let mut words = match (outcome, evidence.via()) {
        (FetchOutcome::NotAttempted, _) => NOT_OPENED.to_owned(),
        (outcome, Some(Via::Reported)) => {
            let by = fetch.and_then(reporter).map(|by| format!(" by {by}")).unwrap_or_default();
            format!("reported{by} as {}", on(outcome_words(outcome), day))
        }
        (FetchOutcome::Ok, Some(Via::Direct)) => on("opened", day),
        (FetchOutcome::Ok, Some(Via::Archive | Via::StoredCopy)) => match day {
            Some(day) => format!("copy of {day}"),
            None => "copy of unknown age".to_owned(),
        },
        (FetchOutcome::Ok, Some(Via::Snippet)) => match day {
            Some(day) => format!("only an excerpt of {day} seen"),
            None => "only an excerpt seen".to_owned(),
        },
        (outcome, _) => on(outcome_words(outcome), day),
    };
    if let Some(status) = fetch.and_then(|fetch| fetch.http_status.get()) {
        let _ = write!(words, " (HTTP {status})");
    }
    words
}

/// What came of the last attempt to read a page, and what machines have seen of it since: "copy of 2026-08-22; unchanged on
/// 2026-11-29", "not opened yet; still there on 2026-11-29".
pub fn attempt_and_visits(evidence: &Evidence, visits: &PageVisits) -> String {
    let read = attempt(evidence);
    match visits.sighting(evidence) {
        Some((sighting, day)) => format!("{read}; {} on {day}", sighting.label().to_lowercase()),
        None => read,
    }
}

fn on(words: &str, day: Option<Date>) -> String {
    day.map_or_else(|| words.to_owned(), |day| format!("{words} on {day}"))
}

fn outcome_words(outcome: FetchOutcome) -> &'static str {
    match outcome {
        FetchOutcome::Ok => "read",
        FetchOutcome::Blocked => "blocked",
        FetchOutcome::Gated => "found behind a login or an agreement",
        FetchOutcome::NotFound => "not found",
        FetchOutcome::Failed => "not loaded",
        FetchOutcome::Unreadable => "not readable",
        FetchOutcome::NotAttempted => NOT_OPENED,
    }
}

/// Who reports a reading: the host of the reporting page.
fn reporter(fetch: &Fetch) -> Option<&str> {
    let host = fetch.reported_by.known()?.host();
    Some(host.strip_prefix("www.").unwrap_or(host))
}

/// What was read for an answer, at its best: the newest own reading of a page of the graded party or of an
/// authority, else what others report, else the reading of a secondary source, else why nothing was read.
pub fn sources(cell: &Cell) -> String {
    let is_secondary = |one: &Evidence| one.counted_role() == Some(Role::Secondary);
    let newest = |secondary: bool| {
        let own = cell.own_readings().filter(|one| is_secondary(one) == secondary);
        own.max_by_key(|one| one.own_reading_on())
    };
    let seen =
        |via: Via| cell.evidence.items().iter().find(move |one| one.is_read() && one.via() == Some(via));
    if let Some(one) = newest(false).or_else(|| seen(Via::Reported)) {
        return attempt(one);
    }
    if let Some(one) = newest(true) {
        return format!("only a secondary source: {}", attempt(one));
    }
    if let Some(one) = seen(Via::Snippet) {
        return attempt(one);
    }
    let outcomes: Vec<_> = cell.evidence.items().iter().map(Evidence::counted_outcome).collect();
    match outcomes.as_slice() {
        _ if cell.evidence.is_unread() => UNREAD.to_owned(),
        [] => "none named".to_owned(),
        all if all.iter().all(|one| *one == Some(FetchOutcome::NotAttempted)) => NOT_OPENED.to_owned(),
        _ => "looked for, not read".to_owned(),
    }
}

/// Who confirmed an answer, when, and against what: "2026-07-05, against the source opened on
/// 2026-07-01", "2026-07-05, as reported by review.example", "not by a person yet".
pub fn verified(cell: &Cell) -> String {
    let day = match cell.verified_on {
        Optional::Absent => return "not by a person yet".to_owned(),
        Optional::Unread => return UNREAD.to_owned(),
        Optional::Known(day) => day,
    };
    match cell.bearing_of(day) {
        Some(Bearing::Own) => {
            let dated = |one: &&Evidence| one.own_reading_on().is_some_and(|on| on <= day);
            let traceable = cell.own_readings().filter(|one| one.has_traceable_reading()).filter(dated);
            let source = traceable.max_by_key(|one| one.own_reading_on()).map(attempt).unwrap_or_default();
            match source.strip_prefix("copy") {
                Some(rest) => format!("{day}, against the copy{rest}"),
                None => format!("{day}, against the source {source}"),
            }
        }
        Some(Bearing::Reported) => {
            let reported = cell.evidence.items().iter().filter(|one| cell.reporter_of(one).is_some());
            let by = reported.filter_map(|one| one.fetch.known().and_then(reporter)).next();
            format!("{day}, as reported by {}", by.unwrap_or("another source"))
        }
        None => format!("stated for {day}, but no reading supports it"),
    }
}

/// The day as of which an answer speaks: "2026-07-05", or "undated".
pub fn as_of(cell: &Cell) -> String {
    cell.as_of().map_or_else(|| UNDATED.to_owned(), |day| day.to_string())
}

/// The day as of which an answer speaks, and whether a source of it was read, for a table: "2026-08-22",
/// "undated", "2026-07-05, not read", "not read".
pub fn standing(cell: &Cell) -> String {
    match (cell.as_of(), cell.has_own_reading()) {
        (_, true) => as_of(cell),
        (Some(day), false) => format!("{day}, not read"),
        (None, false) => "not read".to_owned(),
    }
}

/// The day on which an answer is to be looked at again: "due again on 2027-01-01", "was due again on 2026-05-05 (fact:
/// valid until)".
#[derive(Debug, Clone)]
pub struct Due {
    /// The day.
    pub day: Date,
    /// Whether the day is past.
    pub is_past: bool,
    /// Why on that day, in words, where it is not by the reading: " (fact: valid until)".
    pub reason: String,
    /// The day on which it is seen.
    seen: Date,
}

impl Due {
    /// When an answer is to be looked at again, as seen on a day.
    pub fn of(cell: &Cell, dimension: &Dimension, seen: Date) -> Option<Self> {
        let end = cell.current_end(dimension)?;
        Some(Self { day: end.day, is_past: end.day < seen, reason: reason(end.of), seen })
    }

    /// The words before the day.
    pub fn words(&self) -> &'static str {
        if self.is_past { "was due again on" } else { "due again on" }
    }

    /// The days that are left: "32 days left", "5 days past".
    pub fn left(&self) -> String {
        let left = self.day.days_since(self.seen);
        let days = count(usize::try_from(left.unsigned_abs()).unwrap_or(usize::MAX), "day");
        format!("{days} {}", if left < 0 { "past" } else { "left" })
    }

    /// The same, for a reader of another day: "32 days left on 2026-11-30".
    pub fn left_when_seen(&self) -> String {
        format!("{} on {}", self.left(), self.seen)
    }
}

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{}", self.words(), self.day, self.reason)
    }
}

/// Why an answer is due on a day, where it is not by its reading: " (fact: valid until)".
pub fn reason(ground: Ground<'_>) -> String {
    match ground {
        Ground::Reading => String::new(),
        Ground::Fact(fact) => format!(" (fact: {})", fact.replace('_', " ")),
    }
}

/// Why a public yes is to be checked first, as seen on a day: "medium confidence", "no source read".
pub fn doubts(cell: &Cell, dimension: &Dimension, day: Date) -> Vec<String> {
    let words = |doubt: Doubt| match doubt {
        Doubt::Confidence => match cell.confidence.get() {
            Some(confidence) => format!("{} confidence", Confidence::label(confidence).to_lowercase()),
            None => "confidence not stated".to_owned(),
        },
        Doubt::NotRead => format!("no source read ({})", sources(cell)),
        Doubt::PartUnverified => {
            let parts = cell.parts.known().into_iter().flatten();
            let open = parts.filter(|(_, answer)| answer.is(PartAnswer::Unverified));
            let open: Vec<_> = open.map(|(name, _)| key(name.as_str())).collect();
            format!("not verified: {}", open.join(", "))
        }
        Doubt::OpenFlag => "open question".to_owned(),
        Doubt::PastLimit => {
            Due::of(cell, dimension, day).map_or_else(|| UNDATED.to_owned(), |due| due.to_string())
        }
    };
    let mut doubts = cell.doubts(dimension, day);
    // What was not read is undated without saying.
    if cell.as_of().is_none() && doubts.contains(&Doubt::NotRead) {
        doubts.retain(|doubt| *doubt != Doubt::PastLimit);
    }
    doubts.into_iter().map(words).collect()
}

/// Why the answer that holds is to be checked first; empty where it is no public yes or beyond doubt.
pub fn doubts_of(resolved: &Resolved<'_>, day: Date) -> Vec<String> {
    resolved.cell().map(|cell| doubts(cell, resolved.dimension, day)).unwrap_or_default()
}

/// How much was read, in a few words: "11 answers, 8 read, 5 verified".
pub fn coverage(coverage: &Coverage) -> String {
    let Coverage { answers, read, verified, .. } = coverage;
    format!("{}, {read} read, {verified} verified", count(*answers, "answer"))
}

/// How much was read and what is missing, a few words each: "11 answers", "8 with a source that was
/// read", "5 verified by a person", "2 undated". What is not there is not said.
pub fn coverage_in_full(coverage: &Coverage) -> Vec<String> {
    let Coverage { answers, read, verified, reported, undated, not_graded, oldest } = coverage;
    let oldest = oldest.map(|day| format!(", the oldest as of {day}")).unwrap_or_default();
    let mut words = vec![
        format!("{}{oldest}", count(*answers, "answer")),
        format!("{read} with a source that was read"),
        format!("{verified} verified by a person"),
    ];
    let rest = [(reported, "only reported by others"), (undated, "undated"), (not_graded, "not graded")];
    words.extend(
        rest.iter().filter(|(number, _)| **number > 0).map(|(number, what)| format!("{number} {what}")),
    );
    words
}

/// How many answers rest on nothing that was read: "no source was read for 101 of 352 answers". Nothing
/// where a source was read for all.
pub fn unread(coverage: &Coverage) -> Option<String> {
    let unread = coverage.answers - coverage.read;
    (unread > 0).then(|| format!("no source was read for {unread} of {}", count(coverage.answers, "answer")))
}

#[cfg(test)]
mod tests;
