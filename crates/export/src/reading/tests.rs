use model::{Flag, Status};

use super::*;
use crate::sample::{self, known, parsed, read, text};

const PAGE: &str = "https://a.example/page";
const DAY: Option<&str> = Some("2026-08-22");

fn of(evidence: Vec<Evidence>) -> Cell {
    Cell { confidence: known(Confidence::High), evidence: known(evidence), ..sample::cell(Status::YesPublic) }
}

fn with(outcome: FetchOutcome, http_status: Option<i64>) -> Evidence {
    let mut evidence = read(PAGE, None, DAY);
    let Optional::Known(fetch) = &mut evidence.fetch else { unreachable!() };
    fetch.outcome = outcome.into();
    fetch.http_status = http_status.into();
    evidence
}

/// A page that the review reports to have looked at, and the review itself.
fn reported(outcome: FetchOutcome) -> Vec<Evidence> {
    let mut page = read(PAGE, Some(Via::Reported), Some("2026-07-05"));
    let Optional::Known(fetch) = &mut page.fetch else { unreachable!() };
    fetch.outcome = outcome.into();
    fetch.reported_by = known(parsed("https://www.review.example/a"));
    let review = read("https://www.review.example/a", Some(Via::StoredCopy), None);
    vec![page, Evidence { role: known(Role::Secondary), ..review }]
}

#[test]
fn a_page_says_how_it_was_read() {
    for (via, day, words) in [
        (Some(Via::Direct), DAY, "opened on 2026-08-22"),
        (Some(Via::Direct), None, "opened"),
        (Some(Via::Archive), DAY, "copy of 2026-08-22"),
        (Some(Via::StoredCopy), DAY, "copy of 2026-08-22"),
        (Some(Via::StoredCopy), None, "copy of unknown age"),
        (Some(Via::Snippet), None, "only an excerpt seen"),
        (Some(Via::Snippet), DAY, "only an excerpt of 2026-08-22 seen"),
        (None, DAY, "read on 2026-08-22"),
    ] {
        assert_eq!(attempt(&read(PAGE, via, day)), words);
    }
    let review = reported(FetchOutcome::Ok);
    assert_eq!(attempt(&review[0]), "reported by review.example as read on 2026-07-05");
    let review = reported(FetchOutcome::Blocked);
    assert_eq!(attempt(&review[0]), "reported by review.example as blocked on 2026-07-05");
}

#[test]
fn a_page_that_was_not_read_says_why() {
    assert_eq!(attempt(&Evidence::default()), "not opened yet");
    for (outcome, words) in [
        (FetchOutcome::NotAttempted, "not opened yet"),
        (FetchOutcome::Blocked, "blocked on 2026-08-22"),
        (FetchOutcome::Gated, "found behind a login or an agreement on 2026-08-22"),
        (FetchOutcome::NotFound, "not found on 2026-08-22"),
        (FetchOutcome::Failed, "not loaded on 2026-08-22"),
        (FetchOutcome::Unreadable, "not readable on 2026-08-22"),
    ] {
        assert_eq!(attempt(&with(outcome, None)), words);
    }
    assert_eq!(attempt(&with(FetchOutcome::Blocked, Some(403))), "blocked on 2026-08-22 (HTTP 403)");
}

#[test]
fn an_answer_says_the_best_that_was_read_for_it() {
    let newer = read("https://a.example/new", Some(Via::Direct), Some("2026-09-01"));
    for (evidence, words) in [
        (vec![read(PAGE, Some(Via::Archive), DAY), newer], "opened on 2026-09-01"),
        (vec![reported(FetchOutcome::Ok).remove(0)], "reported by review.example as read on 2026-07-05"),
        (reported(FetchOutcome::Ok), "reported by review.example as read on 2026-07-05"),
        (reported(FetchOutcome::Ok).split_off(1), "only a secondary source: copy of unknown age"),
        (vec![read(PAGE, Some(Via::Snippet), None)], "only an excerpt seen"),
        (vec![with(FetchOutcome::Blocked, None), Evidence::default()], "looked for, not read"),
        (vec![Evidence::default()], "not opened yet"),
        (Vec::new(), "none named"),
    ] {
        assert_eq!(sources(&of(evidence)), words);
    }
}

#[test]
fn a_confirmation_says_against_what() {
    let mut cell = of(vec![read(PAGE, Some(Via::Direct), DAY)]);
    assert_eq!(verified(&cell), "not by a person yet");
    cell.verified_on = known(parsed("2026-09-01"));
    assert_eq!(verified(&cell), "2026-09-01, against the source opened on 2026-08-22");
    cell.evidence = known(vec![read(PAGE, Some(Via::Archive), DAY)]);
    assert_eq!(verified(&cell), "2026-09-01, against the copy of 2026-08-22");
    cell.evidence = known(vec![Evidence::default()]);
    assert_eq!(verified(&cell), "stated for 2026-09-01, but no reading supports it");
    cell.evidence = known(reported(FetchOutcome::Ok));
    cell.verified_on = known(parsed("2026-07-05"));
    assert_eq!(verified(&cell), "2026-07-05, as reported by review.example");
}

#[test]
fn an_answer_says_as_of_when_and_when_it_is_due() {
    let dimension = Dimension::default();
    let cell = of(vec![read(PAGE, Some(Via::Direct), DAY)]);
    assert_eq!((as_of(&cell), standing(&cell)), ("2026-08-22".to_owned(), "2026-08-22".to_owned()));
    let due = |day: &str| Due::of(&cell, &dimension, parsed(day)).unwrap().to_string();
    assert_eq!(due("2027-02-18"), "due again on 2027-02-18");
    assert_eq!(due("2027-02-19"), "was due again on 2027-02-18");
    let left = |day: &str| Due::of(&cell, &dimension, parsed(day)).unwrap().left_when_seen();
    assert_eq!(left("2027-01-18"), "31 days left on 2027-01-18");
    assert_eq!(left("2027-02-18"), "0 days left on 2027-02-18");
    assert_eq!(left("2027-02-19"), "1 day past on 2027-02-19");
    let copy = of(vec![read(PAGE, Some(Via::StoredCopy), None)]);
    assert_eq!((as_of(&copy), standing(&copy)), ("undated".to_owned(), "undated".to_owned()));
    let unread = of(vec![Evidence::default()]);
    assert_eq!((as_of(&unread), standing(&unread)), ("undated".to_owned(), "not read".to_owned()));
    assert_eq!(Due::of(&unread, &dimension, parsed("2026-09-01")).map(|due| due.to_string()), None);
}

#[test]
fn an_answer_names_the_fact_that_ends_it() {
    let spec = model::FactSpec {
        key: parsed::<model::Key>("valid_until").into(),
        valid_for_days: known(0),
        ..model::FactSpec::default()
    };
    let dimension = Dimension { facts: known(vec![spec]), ..Dimension::default() };
    let mut cell = of(vec![read(PAGE, Some(Via::Direct), DAY)]);
    let ends = model::Fact::Date(parsed("2026-11-30"));
    cell.facts = known([(parsed("valid_until"), ends.into())].into());
    let due = |day: &str| Due::of(&cell, &dimension, parsed(day)).unwrap().to_string();
    assert_eq!(due("2026-11-30"), "due again on 2026-11-30 (fact: valid until)");
    let past = "was due again on 2026-11-30 (fact: valid until)";
    assert_eq!(due("2026-12-01"), past);
    assert!(doubts(&cell, &dimension, parsed("2026-12-01")).contains(&past.to_owned()));
}

#[test]
fn a_public_yes_says_why_it_is_to_be_checked() {
    let dimension = Dimension::default();
    let mut cell = of(vec![read(PAGE, Some(Via::Direct), DAY)]);
    let doubts = |cell: &Cell, day: &str| doubts(cell, &dimension, parsed(day));
    assert!(doubts(&cell, "2026-09-01").is_empty());
    assert_eq!(doubts(&cell, "2027-03-01"), ["was due again on 2027-02-18"]);
    cell.evidence = known(vec![read(PAGE, Some(Via::StoredCopy), None)]);
    assert_eq!(doubts(&cell, "2026-09-01"), ["undated"]);
    cell.confidence = known(Confidence::Medium);
    cell.evidence = known(vec![Evidence::default()]);
    cell.parts = known([(parsed("subprocessor_list"), PartAnswer::Unverified.into())].into());
    cell.flags = known(vec![Flag { what: text("Is it still there?").into(), ..Flag::default() }]);
    assert_eq!(
        doubts(&cell, "2026-09-01"),
        [
            "medium confidence",
            "no source read (not opened yet)",
            "not verified: Subprocessor list",
            "open question",
        ]
    );
}

#[test]
fn answers_are_counted_apart() {
    let mut own = of(vec![read(PAGE, Some(Via::Direct), DAY)]);
    own.verified_on = known(parsed("2026-09-01"));
    let mut by_others = of(reported(FetchOutcome::Ok));
    by_others.verified_on = known(parsed("2026-07-05"));
    let unopened = of(vec![Evidence::default()]);
    let counted = Coverage { not_graded: 1, ..Coverage::of_cells([&own, &by_others, &unopened]) };
    assert_eq!(coverage(&counted), "3 answers, 2 read, 1 verified");
    assert_eq!(
        coverage_in_full(&counted),
        [
            "3 answers, the oldest as of 2026-07-05",
            "2 with a source that was read",
            "1 verified by a person",
            "1 only reported by others",
            "1 undated",
            "1 not graded",
        ]
    );
    assert_eq!(unread(&counted).as_deref(), Some("no source was read for 1 of 3 answers"));
    assert_eq!(unread(&Coverage::of_cells([&own])), None);
}
