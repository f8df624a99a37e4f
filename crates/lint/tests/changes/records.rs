//! Readings, reviews and flags stay with what they are about.

use super::registry::*;

#[test]
fn a_reading_does_not_pass_to_another_page() {
    let with = |evidence: Evidence| partial(&[evidence]);
    let old = || quoting(page("a", "2026-06-01"), "Thirty days.");
    let moved = |evidence: Evidence| Evidence { url: page("b", "2026-06-01").url, ..evidence };
    let borrowed = ["borrowed-reading chat evidence[0].url"];
    assert_eq!(changed(with(old()), with(moved(old()))), borrowed);
    // One of title, quote and copy is enough.
    let retitled = |evidence: Evidence| Evidence { title: words("Another"), ..evidence };
    assert_eq!(changed(with(old()), with(retitled(moved(old())))), borrowed, "the quote");
    let copied = |evidence: Evidence| Evidence {
        archived_url: Known("https://archive.example/1/a".parse().expect("an address")),
        ..evidence
    };
    let before = copied(page("a", "2026-06-01"));
    assert_eq!(changed(with(before.clone()), with(retitled(moved(before)))), borrowed, "the copy");
    for honest in [
        retitled(moved(quoting(page("a", "2026-06-01"), "Ninety days."))),
        moved(quoting(page("a", "2026-07-01"), "Thirty days.")),
        Evidence { fetch: Absent, ..moved(old()) },
    ] {
        assert_eq!(changed(with(old()), with(honest.clone())), NOTHING, "{honest:?}");
    }
    // Its own words, read in another way, are a separate reading; only another way is not.
    let archived = |quote: &str| {
        quoting(Evidence { title: old().title, ..read("b", Some(Via::Archive), Some("2026-06-01")) }, quote)
    };
    assert_eq!(changed(with(old()), with(archived("Ninety days."))), NOTHING);
    assert_eq!(changed(with(old()), with(archived("Thirty days."))), borrowed);
    let respelt = Evidence {
        url: "https://Acme.example/a#".parse::<model::Url>().expect("an address").into(),
        ..old()
    };
    assert_eq!(changed(with(old()), with(respelt)), NOTHING, "it is the same page");
    let tracked = Evidence {
        url: "https://acme.example/a?utm_source=x".parse::<model::Url>().expect("an address").into(),
        ..old()
    };
    assert_eq!(changed(with(tracked), with(old())), NOTHING, "a safe fix takes the tracker out");
    assert_eq!(
        changed(partial(&[old()]), partial(&[old(), moved(old())])),
        NOTHING,
        "the old page is still there"
    );
}

#[test]
fn reviews_and_flags_stay() {
    let cell = || partial(&[page("a", "2026-06-01")]);
    let kept = review(Verdict::Dismissed, Some("Jo"), Some("As it was."));
    let lost = ["review-removed chat reviews"];
    assert_eq!(changed(reviewed(cell(), std::slice::from_ref(&kept)), cell()), lost);
    assert_eq!(
        changed(
            reviewed(cell(), &[kept.clone(), kept.clone()]),
            reviewed(cell(), std::slice::from_ref(&kept))
        ),
        lost
    );
    let other = Review { by: words("Bo"), ..kept.clone() };
    assert_eq!(
        changed(
            reviewed(cell(), std::slice::from_ref(&kept)),
            reviewed(cell(), std::slice::from_ref(&other))
        ),
        lost
    );
    let worded = Review { reason: words("As it always was."), ..kept.clone() };
    assert_eq!(changed(reviewed(cell(), std::slice::from_ref(&kept)), reviewed(cell(), &[worded])), NOTHING);
    let unnamed = Review { by: Absent, ..kept.clone() };
    assert_eq!(
        changed(reviewed(cell(), &[unnamed]), reviewed(cell(), std::slice::from_ref(&kept))),
        NOTHING,
        "a name is added"
    );

    let hidden = Review { by: words("Jo\u{200b} "), ..kept.clone() };
    assert_eq!(
        changed(reviewed(cell(), &[hidden]), reviewed(cell(), std::slice::from_ref(&kept))),
        NOTHING,
        "a fix takes out what readers cannot see"
    );

    let unread = Review { on: model::Required::Unread, ..other };
    assert_eq!(
        changed(reviewed(cell(), std::slice::from_ref(&kept)), reviewed(cell(), &[unread])),
        NOTHING,
        "it may be the same"
    );

    assert_eq!(changed(flagged(cell(), &["a", "b"]), flagged(cell(), &["b"])), ["flag-removed chat flags"]);
    assert_eq!(changed(flagged(cell(), &["a"]), flagged(cell(), &["b", "a"])), NOTHING);
}

#[test]
fn an_address_that_a_fix_corrects_is_the_same_page() {
    let at = |url: &str| {
        let url = url.parse::<model::Url>().expect("an address").into();
        [Evidence { url, ..page("a", "2026-06-01") }]
    };
    let now = at("https://acme.example/a");
    for was in
        ["http://acme.example/a", "http://ACME.example:80/a?utm_source=x", "https://acme.example/a\u{200b}"]
    {
        assert_eq!(changed(partial(&at(was)), partial(&now)), NOTHING, "{was}");
        assert_eq!(
            changed(partial(&at(was)), public(&now)),
            ["upgrade-without-reading chat status"],
            "{was}"
        );
    }
}
