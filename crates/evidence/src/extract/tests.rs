use super::*;
use proptest::prelude::*;
use proptest::sample::Index;

const PAGE: &str = include_str!("../../tests/data/terms.html");
const PDF: &[u8] = include_bytes!("../../tests/data/addendum.pdf");

fn text(body: &[u8], content_type: &str) -> Extracted {
    match extract(body, Some(content_type)) {
        Extraction::Text(page) => page,
        other => panic!("{other:?}"),
    }
}

fn html(body: &str) -> Extracted {
    text(body.as_bytes(), "text/html; charset=utf-8")
}

/// The text of samples, by hash. What makes another text of a page needs a new name: a hash that changes here without one
/// would report every page as changed.
#[test]
fn a_new_text_of_an_old_page_needs_a_new_name() {
    let markdown = "---\ntitle: x\n---\n# Terms\n\nWe do **not** [train](https://a.example).\n\n| Logs | 30 |\n|---|---|\n| a | b |\n";
    let samples = [
        ("html-1", html(PAGE)),
        ("pdf-1", text(PDF, "application/pdf")),
        ("markdown-1", text(markdown.as_bytes(), "text/markdown")),
        ("text-1", text("  We do\t not\u{a0}train.\r\n\r\nEnd".as_bytes(), "text/plain")),
    ];
    let hashes: String = samples.iter().map(|(name, page)| format!("{name} {}\n", page.sha256())).collect();
    assert_eq!(hashes, include_str!("../../tests/data/hashes.txt"), "{samples:#?}");
    assert!(samples.iter().all(|(name, page)| page.extractor == *name));
}

#[test]
fn text_is_what_a_reader_sees() {
    assert_eq!(
        html(PAGE).text,
        "Commercial Terms\nEffective 1 January 2026\nCustomer owns all “Output”. We may not train models on Customer \
         Content from the Services.\n1. Retention\nWhat Days\nLogs 30\nBackups & copies 90\n"
    );
    assert_eq!(html(PAGE).aside, "Home\nTrust centre\nCookies are used.\nAccept\n© 2026 Example Ltd.\n");
    assert_eq!(
        text(PDF, "application/pdf").text,
        "Data Processing Addendum\nExample Ltd. may not train models on Customer Data.\nCustomer Data is deleted within \
         30 days – or less – after\nthe agreement ends.\nAnnex I: “sub-processors”\n"
    );
}

#[test]
fn what_is_hidden_or_left_open_hides_nothing_else() {
    for (body, expected) in [
        ("<p hidden>a<p>b", "b\n"),
        ("<div hidden>a<div>b</div>c</div>d", "d\n"),
        ("<nav><div hidden>a</nav>b", "b\n"),
        ("<ul><li hidden>a<li>b</ul>c", "b\nc\n"),
        ("<style>a < b '</p>'</style>b<!-- c -->", "b\n"),
        ("<svg><title>a</title></svg>b<svg/>c", "bc\n"),
        ("<div style='DISPLAY : none'>a</div>b", "b\n"),
        ("<body style='visibility:hidden'>b", "b\n"),
        ("<main><header>b</header></main><header>a</header>", "b\n"),
        ("<section class='x related_articles'><div>a</div></section>b", "b\n"),
        ("a<br>b<wbr>c<b>d</b>", "a\nbcd\n"),
        ("<input hidden>a</div></div>b", "a\nb\n"),
        ("&lt;b&gt; &nbsp;a&shy;b\u{200b}c", "<b> abc\n"),
        ("e\u{301}", "é\n"),
    ] {
        assert_eq!(html(body).text, expected, "{body}");
    }
}

#[test]
fn pages_without_text_are_told_from_pages() {
    let unreadable = |body: &[u8], content_type| match extract(body, content_type) {
        Extraction::Unreadable(reason) => reason,
        other => panic!("{other:?}"),
    };
    let app = b"<html><div id=root>Loading</div><script src=app.js></script></html>";
    assert!(unreadable(app, Some("text/html")).contains("scripts"));
    assert!(unreadable(b"\x89PNG\r\n", Some("image/png")).contains("neither"));
    assert!(unreadable(b"\x89PNG\r\n", None).contains("neither"));
    assert!(unreadable(b"%PDF-1.7 nothing", None).contains("PDF"));
    assert!(unreadable(b"<p> </p>", Some("text/html")).contains("no text"));
    assert!(unreadable(&vec![b'a'; MAX_BODY_BYTES + 1], None).contains("too long"));
    assert_eq!(extract(b"<html><form><input type=Password></form>", None), Extraction::Login);
}

#[test]
fn what_changes_by_itself_is_kept_apart_from_the_text() {
    let page = |updated: &str, related: &str| {
        html(&format!(
            "<main><h1>Terms</h1><div>Updated <b>{updated}</b></div><p>We do not train.</p><section><h2>Related \
             Articles</h2><ul><li><a>{related}</a></ul></section><p>End.</p><h2>Related <i>links</i></h2>{related}\
             <h2>Contact</h2></main>"
        ))
    };
    let one = page("3 weeks ago", "How to pay");
    assert_eq!(one.text, "Terms\nWe do not train.\nEnd.\nContact\n");
    assert_eq!(one.text, page("yesterday", "How to cancel").text);
    assert!(one.aside.contains("How to pay") && one.aside.contains("Updated 3 weeks ago"));
}

#[test]
fn a_page_that_reports_a_failure_is_not_the_page() {
    let body =
        b"<main><h1>This page isn\xe2\x80\x99t available</h1><p>An unexpected error has occurred.</p></main>";
    assert!(matches!(extract(body, Some("text/html")), Extraction::Unreadable(_)));
}

#[test]
fn a_page_whose_text_is_marked_as_frame_is_read_all_the_same() {
    let body = format!("<h1>Terms</h1><div role=dialog><p>{}</p></div>", "We do not train. ".repeat(200));
    assert!(html(&body).text.contains("We do not train."));
}

/// Long pages of tags that are never closed, and attributes that never end.
#[test]
fn hostile_pages_take_no_longer_than_others() {
    for piece in [
        "<div hidden><b id=1><p>",
        "<div role=navigation><span hidden>",
        "<a x=",
        "<table><tr><td>",
        "</p></div>",
        "&",
    ] {
        let body = piece.repeat(1_000_000 / piece.len());
        let _ = extract(body.as_bytes(), Some("text/html"));
    }
    let _ = extract("> * [".repeat(20_000).as_bytes(), Some("text/markdown"));
}

/// Puts noise into the markup of a page where it changes nothing for a reader.
fn noisy(page: &str, noise: &[(Index, u8, u32)]) -> String {
    let mut page = page.to_owned();
    for (place, kind, number) in noise {
        let main = page.find("<main>").unwrap();
        let tags: Vec<usize> = page.match_indices("<p").map(|(at, _)| at).filter(|at| *at > main).collect();
        let at = tags[place.index(tags.len())];
        let piece = match kind % 7 {
            0 => format!("<!-- {number} -->"),
            1 => format!("<script nonce=\"{number}\">var a = \"<b>{number}\";</script>"),
            2 => format!("<style>.c{number} {{}}</style>"),
            3 => format!("<div hidden data-n={number}>{number}</div>"),
            4 => format!("\n \t<input type=hidden value={number}>\n"),
            5 => format!("<iframe src=/ad/{number}>{number}</iframe><noscript>{number}</noscript>"),
            _ => {
                page.insert_str(at + 2, &format!(" class=\"c{number}\" data-x='{number}' id=i{number}"));
                continue;
            }
        };
        page.insert_str(at, &piece);
    }
    page
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn noise_in_the_markup_keeps_the_hash(noise in prop::collection::vec((any::<Index>(), any::<u8>(), any::<u32>()), 0..12)) {
        let body = noisy(PAGE, &noise);
        prop_assert_eq!(html(&body).sha256(), html(PAGE).sha256(), "{}", body);
    }

    #[test]
    fn a_word_that_changes_changes_the_hash(number in 31u32..1000) {
        prop_assert_ne!(html(&PAGE.replace("30", &number.to_string())).sha256(), html(PAGE).sha256());
    }

    /// Pages and files whose bytes were changed, left out or doubled.
    #[test]
    fn no_body_breaks_it(
        changes in prop::collection::vec((any::<Index>(), any::<u8>(), 0u8..3), 1..20),
        is_pdf in any::<bool>(),
        content_type in prop::sample::select(vec!["text/html", "text/markdown", "text/plain", "application/pdf", ""]),
    ) {
        let mut body = if is_pdf { PDF.to_vec() } else { PAGE.as_bytes().to_vec() };
        for (place, byte, change) in changes {
            let at = place.index(body.len());
            match change {
                0 => body[at] = byte,
                1 => body.truncate(at.max(1)),
                _ => body.extend_from_within(at..(at + 100).min(body.len())),
            }
        }
        let _ = extract(&body, Some(content_type));
    }

    #[test]
    fn no_text_breaks_it(body in "(<[a-z!/]{0,6}|[a-z]{1,4}=[\"']?|[>\"' \n]|&[a-z#0-9]{0,5};?|[a-zé]{1,6}|\\*|\\[|\\||#){0,60}") {
        for content_type in ["text/html", "text/markdown"] {
            if let Extraction::Text(page) = extract(body.as_bytes(), Some(content_type)) {
                prop_assert!(page.text.lines().all(|line| line == line.trim() && !line.is_empty()));
            }
        }
    }
}
