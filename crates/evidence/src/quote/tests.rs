use super::*;
use proptest::prelude::*;

const TEXT: &str = "Terms\nCustomer owns all Output.\nAnthropic may not train models on Customer Content from Services.\n\
    “Data” is kept for thirty\u{a0}days — or less — unless the law says otherwise.\n";

fn found(quote: &str) -> Vec<Found> {
    Page::new(TEXT).find(quote).passages.into_iter().map(|(_, found)| found).collect()
}

#[test]
fn passages_are_found_exactly_or_folded() {
    assert_eq!(found("Customer owns all Output."), [Found::Exact]);
    assert_eq!(
        found("Customer owns all Output. […] models on Customer Content"),
        [Found::Exact, Found::Exact]
    );
    for folded in [
        "\"Data\" is kept for thirty days - or less - unless the law",
        "all Output.\n  Anthropic may not",
        "• Customer owns all\u{200b} Out-\nput.",
    ] {
        assert_eq!(found(folded), [Found::Folded], "{folded}");
    }
    assert_eq!(found(" […] "), []);
}

#[test]
fn a_changed_passage_shows_what_is_there_instead() {
    let [Found::Near { passage, score }] =
        &found("Anthropic may train models on Customer Content from Services.")[..]
    else {
        panic!("it is not near")
    };
    assert_eq!(passage, "Anthropic may not train models on Customer Content from Services");
    assert!(*score > 0.9 && *score < 1.0, "{score}");
    assert_eq!(found("We never sell personal information to advertisers."), [Found::Missing]);
    assert_eq!(
        found("customer owns all output."),
        [Found::Near { passage: "Customer owns all Output".into(), score: 1.0 }]
    );
}

#[test]
fn a_quote_may_come_from_the_frame_of_the_site() {
    let page = Extracted { text: TEXT.into(), aside: "SOC 2 Type 2 certified".into(), extractor: "html-1" };
    assert!(Page::of(&page).find("Customer owns all Output. […] SOC 2 Type 2").is_there());
}

/// Ten million bytes of words that all occur in the quote, so that nothing is passed over.
#[test]
fn a_long_page_is_searched_in_one_go() {
    let text = "data customer we train not your ".repeat(330_000);
    let page = Page::new(&text);
    let quote = "we do not train on your data and your data is not your customer";
    assert!(matches!(page.find(quote).passages[0].1, Found::Near { .. } | Found::Missing));
    assert!(matches!(page.find(&"data ".repeat(4_000)).passages[0].1, Found::Missing));
}

#[test]
fn a_number_is_not_found_within_a_longer_one() {
    let there = |text: &str, quote: &str| Page::new(text).find(quote).is_there();
    assert!(there("Kept for 30 days after deletion.", "30 days after deletion"));
    assert!(!there("Kept for 730 days after deletion.", "30 days after deletion"));
    assert!(!there("Kept for 730\u{a0}days after deletion.", "30 days after\u{a0}deletion"));
    assert!(!there("Kept for 12 days.", "Kept for 1-2 days."));
    assert!(there("Kept for 1\u{2013}2 days.", "Kept for 1-2 days."));
    assert!(there("Section 4 30 days", "30\u{a0}days"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Whatever is cut out of a text is found in it, however its white space, dashes and quotes are set.
    #[test]
    fn what_was_cut_out_is_found(text in "[a-d\"' \n–—-]{30,200}", from in 0usize..20, length in 5usize..10) {
        let cut: String = text.chars().skip(from).take(length).collect();
        let set = cut.replace([' ', '\n'], " \u{a0}\n").replace('"', "“").replace('\'', "’").replace('–', "-");
        for quote in [cut, set] {
            let found = Page::new(&text).find(&quote);
            let says_something = quote.chars().any(|c| c.is_alphabetic() || "\"'“’".contains(c));
            prop_assert!(found.is_there() || !says_something, "{quote:?} {found:?}");
        }
    }

    #[test]
    fn any_quote_is_looked_for_in_any_text(text in "\\PC{0,100}", quote in "\\PC{0,60}") {
        for (_, found) in Page::new(&text).find(&quote).passages {
            if let Found::Near { score, .. } = found {
                prop_assert!((0.0..=1.0).contains(&score));
            }
        }
    }
}
