use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use proptest::prelude::*;

use super::*;

#[test]
fn keeps_plain_text_plain() {
    for plain in
        ["A plain sentence (of 2026-07-05), it's 99.9% + \"fine\"!", "1.10", "e.g. v1.2 - ok", "a@ b", "é"]
    {
        assert_eq!(text(plain), plain);
    }
}

#[test]
fn escapes_what_would_act() {
    for (raw, escaped) in [
        ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
        ("a | b", "a &#124; b"),
        (r"*a* _b_ `c` ~~d~~ \e", r"\*a\* \_b\_ \`c\` \~\~d\~\~ \\e"),
        ("![x](y) {{z}}", r"\!\[x\](y) \{\{z\}\}"),
        ("a! [x] !![y", r"a! \[x\] !\!\[y"),
        ("# Title", r"\# Title"),
        ("- item", r"\- item"),
        ("+ item", r"\+ item"),
        ("---", r"\---"),
        ("=== a", r"\=== a"),
        ("3.", r"3\."),
        ("12. item", r"12\. item"),
        ("12) item", r"12\) item"),
        ("> quote", "&gt; quote"),
        ("ask @name in #12", r"ask @<!-- -->name in \#<!-- -->12"),
        ("me@example.com", "me@<!-- -->example.com"),
        (":tada: 10:30", ":<!-- -->tada: 10:30"),
        ("$1 and $2", "&#36;1 and &#36;2"),
        ("https://a.b/c_d", r"https&#58;//a.b/c\_d"),
        ("www.example.com", "www&#46;example.com"),
        ("  a \t b\r\n c\n\n", "a b<br>c"),
        ("abc\u{202e}def\u{7}\u{0}", "abc⟨U+202E⟩def⟨U+0007⟩⟨U+0000⟩"),
    ] {
        assert_eq!(text(raw), escaped);
    }
}

#[test]
fn prose_has_paragraphs() {
    assert_eq!(paragraphs("a\nb \r\n\r\n\n- c\n  d\n"), ["a b", r"\- c d"]);
    assert_eq!(paragraphs(" \n"), Vec::<String>::new());
}

#[test]
fn links_only_to_web_pages() {
    let url: Url = "https://a.b/c(d)?e=1&copy=$2\u{202e}".parse().unwrap();
    assert_eq!(link("x](y", &url), "[x\\](y](https://a.b/c%28d%29?e=1&amp;copy=&#36;2%E2%80%AE)");
    let url: Url = "javascript://a.b/%0Aalert(1)".parse().unwrap();
    assert_eq!(link("x", &url), "x (javascript&#58;//a.b/%0Aalert(1))");
}

/// Everything that GitHub reads as more than text.
pub(crate) fn github() -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    options.extension.math_dollars = true;
    options.extension.math_code = true;
    options.extension.shortcodes = true;
    options
}

/// What a reader of the Markdown sees, or the construct in it that is no text.
fn rendered(markdown: &str) -> Result<String, String> {
    let arena = Arena::new();
    let mut seen = String::new();
    for node in parse_document(&arena, markdown, &github()).descendants() {
        match &node.data.borrow().value {
            NodeValue::Document | NodeValue::Paragraph => {}
            NodeValue::Text(text) => seen.push_str(text),
            NodeValue::HtmlInline(html) if html == "<!-- -->" => {}
            NodeValue::HtmlInline(html) if html == "<br>" => seen.push('\n'),
            other => return Err(format!("{other:?}")),
        }
    }
    Ok(seen)
}

/// The text with blanks folded and hidden characters visible.
pub(crate) fn shown(raw: &str) -> String {
    let raw = raw.replace("\r\n", "\n").replace('\r', "\n");
    let lines = raw.trim_matches([' ', '\t', '\n']).split('\n').map(|line| {
        let words: Vec<_> = line.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
        words.join(" ")
    });
    let shown = lines.collect::<Vec<_>>().join("\n");
    let visible = |c: char| match c {
        '\n' => "\n".to_owned(),
        c if is_hidden(c) => format!("⟨U+{:04X}⟩", u32::from(c)),
        c => c.to_string(),
    };
    shown.chars().map(visible).collect()
}

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[\\\\`*_{}\\[\\]()#+.!~|<>&@:$=^\"' \n\t-]{1,3}",
        "[a-z0-9]{1,3}",
        Just("www.a.b".to_owned()),
        Just("https://a.b/_c_".to_owned()),
        Just("mailto:a@b.c".to_owned()),
        Just(":tada:".to_owned()),
        Just("<!--".to_owned()),
        Just("<br>".to_owned()),
        Just("&#124;".to_owned()),
        Just("[^1]".to_owned()),
        Just("\u{202e}".to_owned()),
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn hostile_text_stays_text(raw in hostile()) {
        let markdown = text(&raw);
        prop_assert_eq!(rendered(&markdown).map_err(|node| format!("{node} in {markdown}")), Ok(shown(&raw)));
        let inside = format!("x {markdown} y");
        prop_assert!(rendered(&inside).is_ok(), "{}", inside);
    }

    #[test]
    fn hostile_text_stays_in_its_table_cell(raw in hostile()) {
        let cell = text(&raw);
        prop_assert!(!cell.contains(['|', '\n']), "{}", cell);
    }
}
