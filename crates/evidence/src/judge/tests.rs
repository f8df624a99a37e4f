use super::*;
use crate::visit::tests::visit;
use model::Via;
use proptest::prelude::*;

const TEXT: &str =
    "<main><h1>Terms</h1><p>We do not train on your data.</p><p>Logs are kept for 30 days.</p></main>";
const QUOTES: [&str; 1] = ["We do not train on your data. […] Logs are kept for 30 days."];

fn seen(day: i64, status: u16, body: &str) -> Seen {
    let outcome = crate::outcome_of(status);
    Seen {
        url: "https://example.com/terms".parse().unwrap(),
        outcome,
        on: Date::new(2026, 1, 1).unwrap().plus_days(day),
        http_status: Some(status),
        via: Via::Direct,
        final_url: None,
        archived_url: None,
        content_type: Some("text/html".to_owned()),
        body: if outcome == FetchOutcome::Ok { Body::Bytes(body.into()) } else { Body::Absent },
        reason: None,
    }
}

fn kinds(judgement: &Judgement) -> Vec<FlagKind> {
    judgement.flags.iter().map(|flag| flag.kind).collect()
}

#[test]
fn an_unchanged_page_is_noted_and_raises_nothing() {
    let first = judge(seen(0, 200, TEXT), &Known { quotes: &QUOTES, ..Known::default() });
    assert_eq!((first.change, kinds(&first)), (Change::First, vec![]));
    let known = Known {
        last: Some(&first.visit),
        last_read: Some(&first.visit),
        quotes: &QUOTES,
        ..Known::default()
    };
    let noise = TEXT.replace("<p>", "<p class=x><!-- 1 -->");
    let again = judge(seen(5, 200, &noise), &known);
    assert_eq!((again.change, kinds(&again)), (Change::Unchanged { since: first.visit.on }, vec![]));
    let mut not_modified = seen(6, 200, "");
    not_modified.body = Body::Unchanged;
    let third = judge(not_modified, &known);
    assert_eq!((third.change, third.visit.sha256), (again.change, first.visit.sha256));
    let longer = judge(seen(7, 200, &TEXT.replace("</main>", "<p>New.</p></main>")), &known);
    assert_eq!((longer.change, kinds(&longer)), (Change::Changed, vec![]));
}

#[test]
fn a_lost_quote_names_the_passage_and_what_is_near_it() {
    let judgement =
        judge(seen(0, 200, &TEXT.replace("30", "90")), &Known { quotes: &QUOTES, ..Known::default() });
    let [flag] = &judgement.flags[..] else { panic!("{:?}", judgement.flags) };
    assert_eq!((flag.kind, &flag.quotes[..]), (FlagKind::QuoteGone, &[0][..]));
    assert_eq!(
        flag.what,
        "https://example.com/terms does not hold \"Logs are kept for 30 days.\" any more. Nearest: \"Logs are kept for 90 \
         days\"."
    );
    assert!(flag.id.parse::<model::Slug>().is_ok(), "{}", flag.id);
}

#[test]
fn only_a_page_that_is_not_there_is_gone() {
    let before = visit(0, FetchOutcome::Ok, "a");
    let known = Known { last: Some(&before), last_read: Some(&before), quotes: &QUOTES, ..Known::default() };
    for status in [401, 403, 429, 451, 500, 503, 999] {
        assert_eq!(kinds(&judge(seen(1, status, ""), &known)), [], "{status}");
    }
    for status in [404, 410] {
        assert_eq!(kinds(&judge(seen(1, status, ""), &known)), [FlagKind::PageGone], "{status}");
    }
    let app = "<html><div id=root></div><script src=app.js></script>";
    let judgement = judge(seen(1, 200, app), &known);
    assert_eq!((judgement.visit.outcome, kinds(&judgement)), (FetchOutcome::Unreadable, vec![]));
    // A copy that is older than the last visit says nothing of today.
    assert_eq!(kinds(&judge(seen(-1, 404, ""), &known)), []);
    // Nor one that is older than what a person has read.
    let read = Known { read_on: Some(seen(3, 404, "").on), ..known };
    assert_eq!(kinds(&judge(seen(2, 404, ""), &read)), []);
    assert_eq!(kinds(&judge(seen(3, 404, ""), &read)), [FlagKind::PageGone]);
    let older = judge(seen(2, 200, "<p>Nothing of it.</p>"), &read);
    assert_eq!((older.change, kinds(&older)), (Change::Older, vec![]));
}

/// The text that is kept lacks what a site shows on every page, where a quote may be.
#[test]
fn not_modified_flags_no_quote() {
    let before = visit(0, FetchOutcome::Ok, "a");
    let known = Known {
        last: Some(&before),
        last_read: Some(&before),
        last_text: Some("Only the main text."),
        quotes: &QUOTES,
        ..Known::default()
    };
    let unchanged = judge(Seen { body: Body::Unchanged, ..seen(1, 200, "") }, &known);
    assert_eq!((unchanged.change, kinds(&unchanged)), (Change::Unchanged { since: before.on }, vec![]));
}

/// Archives have copies of just those pages that refuse machines.
#[test]
fn a_copy_from_before_a_refusal_is_judged() {
    let (read, refused) = (visit(0, FetchOutcome::Ok, "a"), visit(9, FetchOutcome::Blocked, ""));
    let known = Known { last: Some(&refused), last_read: Some(&read), quotes: &QUOTES, ..Known::default() };
    assert_eq!(kinds(&judge(seen(5, 200, &TEXT.replace("30", "90")), &known)), [FlagKind::QuoteGone]);
}

#[test]
fn what_is_shown_of_a_page_is_fit_for_the_registry() {
    let text = TEXT.replace("kept for 30", "kept\u{200d} for\u{202e} 90");
    let judgement = judge(seen(0, 200, &text), &Known { quotes: &QUOTES, ..Known::default() });
    assert!(judgement.flags[0].what.contains("Nearest: \"Logs are kept for 90"), "{judgement:?}");
    let mut moved = seen(0, 200, TEXT);
    moved.final_url = "https://example.com/login?token=hunter2".parse().ok();
    let moved = judge(moved, &Known::default());
    assert_eq!(moved.flags[0].what, "https://example.com/terms leads to https://example.com/login now.");
    assert_eq!(judge(seen(0, 999, ""), &Known::default()).visit.http_status, None);
}

#[test]
fn a_page_that_moved_is_flagged_and_another_spelling_is_not() {
    for (to, flags) in [
        ("https://www.example.com/terms/", vec![]),
        ("https://example.com/legal/terms", vec![FlagKind::Moved]),
    ] {
        let mut seen = seen(0, 200, TEXT);
        seen.final_url = Some(to.parse().unwrap());
        assert_eq!(kinds(&judge(seen, &Known { quotes: &QUOTES, ..Known::default() })), flags, "{to}");
    }
}

#[test]
fn copies_of_different_archives_are_not_compared() {
    let copy = |url: &str, day: i64| Visit {
        archived_url: url.parse().ok(),
        via: Via::Archive,
        ..visit(day, FetchOutcome::Ok, "a")
    };
    let change = |old: &str, new: &str| {
        let (old, mut new) = (copy(old, 0), copy(new, 1));
        new.sha256 = Some(Sha256::of(b"b"));
        change(&new, Some(&old))
    };
    let git = "https://github.com/archive/versions/blob";
    assert_eq!(change(&format!("{git}/1/A.md"), &format!("{git}/2/A.md")), Change::Changed);
    let other = "https://github.com/archive/other/blob/1/A.md";
    assert_eq!(change(&format!("{git}/1/A.md"), other), Change::NotComparable);
    let web = "https://web.archive.org/web";
    let [old, new] =
        ["20260101000000", "20260201000000"].map(|day| format!("{web}/{day}/https://a.example/"));
    assert_eq!(change(&old, &new), Change::Changed);
}

#[test]
fn another_extractor_is_no_changed_page() {
    let mut before = visit(0, FetchOutcome::Ok, "a");
    before.extractor = Some("html-0".to_owned());
    let known = Known { last: Some(&before), last_read: Some(&before), quotes: &QUOTES, ..Known::default() };
    let judgement = judge(seen(1, 200, TEXT), &known);
    assert_eq!((judgement.change, kinds(&judgement)), (Change::NotComparable, vec![]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Over any days of a page: one open flag of a kind at a time, and what was closed comes again only by something new.
    #[test]
    fn flags_are_raised_once(days in prop::collection::vec((0u8..5, any::<bool>()), 1..30)) {
        let mut flags: Vec<(String, bool)> = Vec::new();
        let mut visits: Vec<Visit> = Vec::new();
        for (day, (what, close)) in days.into_iter().enumerate() {
            let seen = match what {
                0 => seen(day as i64, 404, ""),
                1 => seen(day as i64, 403, ""),
                2 => seen(day as i64, 200, TEXT),
                what => seen(day as i64, 200, &TEXT.replace("30", &what.to_string())),
            };
            let raised: Vec<(String, bool)> = flags.clone();
            let raised: Vec<Flagged<'_>> = raised.iter().map(|(id, is_open)| Flagged { id, is_open: *is_open }).collect();
            let known = Known {
                last: visits.last(),
                last_read: visits.iter().rev().find(|visit| visit.is_read()),
                quotes: &QUOTES,
                ..Known::default()
            };
            let judgement = judge(seen, &known);
            prop_assert!(what != 1 && what != 2 || judgement.flags.is_empty());
            let url = judgement.visit.url.clone();
            for flag in judgement.flags.into_iter().filter(|flag| flag.is_new_to(&url, &raised)) {
                prop_assert!(flags.iter().all(|(id, _)| *id != flag.id));
                prop_assert!(!flags.iter().any(|(id, is_open)| *is_open && id.starts_with(flag.kind.id())));
                flags.push((flag.id, true));
            }
            if close {
                flags.iter_mut().for_each(|(_, is_open)| *is_open = false);
            }
            visits.push(judgement.visit);
        }
    }
}
