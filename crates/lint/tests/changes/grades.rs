//! A grade that changes, and what must come with it.

use super::registry::*;

#[test]
fn every_step_upwards_needs_a_reading() {
    use Status::{No, NoPublicEvidence, Partial, Unclear, YesPublic, YesSalesGated};
    let ranks =
        [(No, 0), (NoPublicEvidence, 0), (Unclear, 0), (Partial, 1), (YesSalesGated, 2), (YesPublic, 3)];
    let cell = |status| graded(status, Some(Confidence::Medium), &[page("a", "2026-06-01")]);
    for (from, low) in ranks {
        for (to, high) in ranks {
            let expected: &[&str] = match () {
                () if from == to => &NOTHING,
                () if high > low => &UPGRADE,
                () => &CHANGE,
            };
            assert_eq!(changed(cell(from), cell(to)), expected, "{from:?} to {to:?}");
        }
    }
}

#[test]
fn a_higher_confidence_needs_a_reading() {
    let ranks = [None, Some(Confidence::Low), Some(Confidence::Medium), Some(Confidence::High)];
    let cell = |confidence| graded(Status::Partial, confidence, &[page("a", "2026-06-01")]);
    for (low, from) in ranks.into_iter().enumerate() {
        for (high, to) in ranks.into_iter().enumerate() {
            let expected: &[&str] = match low.cmp(&high) {
                std::cmp::Ordering::Less => &["upgrade-without-reading chat confidence"],
                std::cmp::Ordering::Equal => &[],
                std::cmp::Ordering::Greater => &["status-without-verification chat confidence"],
            };
            assert_eq!(changed(cell(from), cell(to)), expected, "{from:?} to {to:?}");
        }
    }
    // One of both goes up: that is an upgrade, whatever the other does.
    let low = [page("a", "2026-06-01")];
    let before = graded(Status::YesPublic, Some(Confidence::Low), &low);
    let after = graded(Status::Partial, Some(Confidence::High), &low);
    assert_eq!(changed(before, after), ["upgrade-without-reading chat confidence"]);
}

#[test]
fn an_own_reading_under_an_address_that_had_none_bears_an_upgrade() {
    let old = [page("a", "2026-06-01")];
    let unread = Evidence { fetch: Absent, ..page("b", "2026-06-01") };
    for (before, new, expected) in [
        (&old[..], page("b", "2026-06-01"), &NOTHING[..]),
        (&[old[0].clone(), unread], page("b", "2026-06-01"), &NOTHING),
        (&old, read("b", None, None), &NOTHING),
        (&old, read("b", Some(Via::Archive), Some("2026-05-01")), &NOTHING),
        (&old, read("b", Some(Via::StoredCopy), None), &NOTHING),
        (&old, read("b", Some(Via::Snippet), Some("2026-07-01")), &UPGRADE),
        (&old, read("b", Some(Via::Reported), Some("2026-07-01")), &UPGRADE),
        (&old, Evidence { fetch: Absent, ..page("b", "2026-07-01") }, &UPGRADE),
    ] {
        let after = [old[0].clone(), new.clone()];
        assert_eq!(changed(partial(before), public(&after)), expected, "{new:?}");
    }
    // An excerpt of a page becomes a reading of it.
    let excerpt = [read("a", Some(Via::Snippet), Some("2026-06-01"))];
    assert_eq!(changed(partial(&excerpt), public(&old)), NOTHING);
    // A page that is not an address could be any page.
    let nameless = Evidence { url: model::Required::Unread, ..page("b", "2026-07-01") };
    assert_eq!(changed(partial(&old), public(&[old[0].clone(), nameless])), UPGRADE);
}

#[test]
fn a_later_day_under_an_address_that_was_read_bears_an_upgrade() {
    let on = |day: Option<&str>| [read("a", Some(Via::Direct), day)];
    for (before, after, expected) in [
        (Some("2026-06-01"), Some("2026-06-02"), &NOTHING[..]),
        (Some("2026-06-01"), Some("2026-06-01"), &UPGRADE),
        (Some("2026-06-01"), Some("2026-05-31"), &UPGRADE),
        (Some("2026-06-01"), None, &UPGRADE),
        // The cell says that it was verified on 1 June: a day up to then only dates the old reading.
        (None, Some("2026-06-01"), &UPGRADE),
        (None, Some("2026-06-02"), &NOTHING),
        (None, None, &UPGRADE),
    ] {
        assert_eq!(changed(partial(&on(before)), public(&on(after))), expected, "{before:?} {after:?}");
    }
    let undated = Cell { verified_on: Absent, ..partial(&on(None)) };
    assert_eq!(changed(undated, public(&on(Some("2026-01-01")))), NOTHING, "nothing says that it is older");
    // Two spellings of one address are one page.
    let spelt = Evidence {
        url: "https://ACME.example:443/a".parse::<model::Url>().expect("an address").into(),
        ..page("a", "2026-06-01")
    };
    assert_eq!(changed(partial(&on(Some("2026-06-01"))), public(&[spelt])), UPGRADE);
}

#[test]
fn a_confirmation_bears_no_upgrade() {
    let pages = [page("a", "2026-06-01")];
    let after = Cell { verified_on: Known(day("2026-07-10")), ..public(&pages) };
    assert_eq!(changed(partial(&pages), after), UPGRADE);
    let confirmed = review(Verdict::Confirmed, Some("Jo"), Some("It is so."));
    assert_eq!(changed(partial(&pages), reviewed(public(&pages), &[confirmed])), UPGRADE);
}

#[test]
fn a_new_quote_with_a_reasoned_correction_bears_an_upgrade() {
    let old = [page("a", "2026-06-01")];
    let quoted = [quoting(page("a", "2026-06-01"), "Anyone may read it.")];
    let corrected = |by, reason| review(Verdict::Corrected, by, reason);
    let whole = corrected(Some("Jo"), Some("It was overlooked."));
    for (evidence, reviews, expected) in [
        (&quoted, vec![whole.clone()], &NOTHING[..]),
        (&quoted, vec![], &UPGRADE),
        (&old, vec![whole.clone()], &UPGRADE),
        (&quoted, vec![corrected(None, Some("It was overlooked."))], &UPGRADE),
        (&quoted, vec![corrected(Some("Jo"), None)], &UPGRADE),
        (&quoted, vec![corrected(Some(" "), Some(" "))], &UPGRADE),
        (&quoted, vec![review(Verdict::Confirmed, Some("Jo"), Some("It is so."))], &UPGRADE),
    ] {
        let after = reviewed(public(evidence), &reviews);
        assert_eq!(changed(partial(&old), after), expected, "{evidence:?} {reviews:?}");
    }
    // A review or a quote that was there is not new.
    let before = reviewed(partial(&old), std::slice::from_ref(&whole));
    assert_eq!(changed(before, reviewed(public(&quoted), std::slice::from_ref(&whole))), UPGRADE);
    assert_eq!(changed(partial(&quoted), reviewed(public(&quoted), std::slice::from_ref(&whole))), UPGRADE);
    // A quote of a page that was not read, or of which only an excerpt was seen.
    for via in [None, Some(Via::Snippet)] {
        let fetch = via.map_or(Absent, |via| read("a", Some(via), None).fetch);
        let before = Evidence { fetch: fetch.clone(), ..old[0].clone() };
        let after = Evidence { fetch, ..quoted[0].clone() };
        let after = reviewed(public(&[after]), std::slice::from_ref(&whole));
        assert_eq!(changed(partial(&[before]), after), UPGRADE);
    }
    // The words are the same in other lines.
    let again = [quoting(page("a", "2026-06-01"), "Anyone\n may read  it.")];
    assert_eq!(changed(partial(&quoted), reviewed(public(&again), &[whole])), UPGRADE, "the same words");
}

#[test]
fn other_changes_of_a_grade_need_a_reading_a_confirmation_or_a_review() {
    let pages = [page("a", "2026-06-01")];
    assert_eq!(changed(public(&pages), partial(&pages)), CHANGE);
    assert_eq!(changed(public(&pages), partial(&[page("a", "2026-07-01")])), NOTHING);
    let dated = Cell { verified_on: Known(day("2026-07-01")), ..partial(&pages) };
    assert_eq!(changed(public(&pages), dated), NOTHING);
    let undated = Cell { verified_on: Absent, ..partial(&pages) };
    assert_eq!(changed(public(&pages), undated), NOTHING, "it claims nothing");
    let confirmed = review(Verdict::Confirmed, None, None);
    assert_eq!(changed(public(&pages), reviewed(partial(&pages), &[confirmed])), NOTHING);
}

#[test]
fn what_cannot_be_read_is_not_judged() {
    let pages = [page("a", "2026-06-01")];
    let unread = Cell { evidence: Optional::Unread, ..public(&pages) };
    assert_eq!(changed(partial(&pages), unread), NOTHING);
    let unread = Cell { reviews: Optional::Unread, ..public(&pages) };
    assert_eq!(changed(partial(&pages), unread), NOTHING);
    let unread = Cell { status: model::Required::Unread, ..public(&pages) };
    assert_eq!(changed(partial(&pages), unread), NOTHING);
    let unread = Cell { facts: Optional::Unread, flags: Optional::Unread, ..partial(&pages) };
    let before = flagged(stating(partial(&pages), &[("kept_days", Fact::Integer(30))]), &["a"]);
    assert_eq!(changed(before, unread), NOTHING);
}
