//! A page of prose for the terminal. Whatever is written on it is made printable first.

use diagnostics::printable;
use model::Url;

use crate::global::Global;
use crate::terminal::{color_out, links_out, paint, width, wrapped};

/// The columns beyond which prose is hard to read.
const READABLE: usize = 100;

/// Bold (SGR parameters of ECMA-48).
pub(crate) const STRONG: &str = "1";
/// Bold and underlined.
pub(crate) const HEADING: &str = "1;4";
/// Dim.
pub(crate) const DIM: &str = "2";

/// A piece of text in one style.
#[derive(Debug, Clone, Default)]
pub(crate) struct Span<'a> {
    text: String,
    sgr: &'static str,
    url: Option<&'a Url>,
}

/// Plain text.
pub(crate) fn plain(text: &str) -> Span<'static> {
    styled(text, "")
}

/// Text in a style.
pub(crate) fn styled(text: &str, sgr: &'static str) -> Span<'static> {
    Span { text: printable(text).into_owned(), sgr, url: None }
}

/// Text that leads to an address, where the terminal can show links.
pub(crate) fn link<'a>(text: &str, url: &'a Url) -> Span<'a> {
    Span { url: Some(url), ..plain(text) }
}

/// What is written so far.
pub(crate) struct Page {
    color: bool,
    links: bool,
    width: usize,
    out: String,
}

impl Page {
    /// An empty page for standard output.
    pub(crate) fn new(global: &Global) -> Self {
        Self {
            color: color_out(global),
            links: links_out(global),
            width: width().min(READABLE),
            out: String::new(),
        }
    }

    /// Returns whether links show no address, since the terminal can follow them.
    pub(crate) fn has_links(&self) -> bool {
        self.links
    }

    /// Writes a paragraph, `indent` columns from the left.
    pub(crate) fn text(&mut self, indent: usize, spans: &[Span<'_>]) {
        let indent = " ".repeat(indent);
        self.lines(&indent, &indent, spans);
    }

    /// Writes a paragraph that hangs from a bullet.
    pub(crate) fn item(&mut self, indent: usize, spans: &[Span<'_>]) {
        let indent = " ".repeat(indent);
        self.lines(&format!("{indent}- "), &format!("{indent}  "), spans);
    }

    /// Writes an empty line, unless there is one or the page is empty.
    pub(crate) fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// What was written, without an empty line at its end.
    pub(crate) fn finish(mut self) -> String {
        // Only line breaks: other white space at the end, such as a no-break space, is text.
        self.out.truncate(self.out.trim_end_matches('\n').len());
        self.out.push('\n');
        self.out
    }

    fn lines(&mut self, first: &str, rest: &str, spans: &[Span<'_>]) {
        let text: String = spans.iter().map(|span| self.shown(span)).collect();
        let text = wrapped(&text, self.width, first, rest);
        let mut style = String::new();
        for (at, line) in text.lines().enumerate() {
            let indent = if at == 0 { 0 } else { rest.len() };
            let (indent, line) = line.split_at_checked(indent).unwrap_or((line, ""));
            self.out.extend([indent, &style, line]);
            style = open_style(&format!("{style}{line}"));
            // Pagers forget both at the end of a line.
            self.out.push_str(match style.as_str() {
                "" => "",
                link if link.starts_with(LINK) => LINK_END,
                _ => STYLE_END,
            });
            self.out.push('\n');
        }
    }

    fn shown(&self, span: &Span<'_>) -> String {
        let text =
            if span.sgr.is_empty() { span.text.clone() } else { paint(self.color, span.sgr, &span.text) };
        // An address may hold characters that mean something to a terminal.
        let safe = |url: &&Url| url.as_str().bytes().all(|byte| byte.is_ascii_graphic());
        match span.url.filter(safe).filter(|_| self.links) {
            Some(url) => format!("{LINK}{}\u{1b}\\{text}{LINK_END}", url.as_str()),
            None => text,
        }
    }
}

/// The beginning of a link (OSC 8), before its address.
const LINK: &str = "\u{1b}]8;;";
const LINK_END: &str = "\u{1b}]8;;\u{1b}\\";
const STYLE_END: &str = "\u{1b}[0m";

/// The sequence that opens the style or the link in which a line ends; empty where it ends in none.
fn open_style(line: &str) -> String {
    match line.rsplit_once('\u{1b}') {
        None => String::new(),
        // A link's sequence has two escape characters, of which the last ends it.
        Some((before, last)) if last.starts_with('\\') => match before.rsplit_once(LINK) {
            Some((_, "")) | None => String::new(),
            Some((_, url)) => format!("{LINK}{url}\u{1b}\\"),
        },
        Some((_, last)) if last.starts_with("[0m") => String::new(),
        Some((_, last)) => last.split_once('m').map(|(sgr, _)| format!("\u{1b}{sgr}m")).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn page(color: bool) -> Page {
        Page { color, links: color, width: 30, out: String::new() }
    }

    #[test]
    fn text_is_wrapped_and_printable() {
        let mut page = page(false);
        let url = "https://example.com/a".parse().unwrap();
        page.text(
            2,
            &[
                styled("Bold", STRONG),
                plain(" and \u{1b}[2J\u{202e}plain text that is long"),
                link(" and a link", &url),
            ],
        );
        page.blank();
        page.blank();
        page.item(2, &[plain("an item that is longer than a line")]);
        let expected = "  Bold and\n  U+001B[2JU+202Eplain text\n  that is long and a link\n\n  - an item that is longer\n    than a line\n";
        assert_eq!(page.finish(), expected);
    }

    #[test]
    fn styles_and_links_end_with_their_line() {
        let mut page = page(true);
        let url = "https://example.com/a".parse().unwrap();
        page.text(
            0,
            &[
                styled("bold words that go over the end", STRONG),
                link(" a link that goes over the end", &url),
                plain(" too"),
            ],
        );
        let expected = "\u{1b}[1mbold words that go over the\u{1b}[0m\n\u{1b}[1mend\u{1b}[0m\
             \u{1b}]8;;https://example.com/a\u{1b}\\ a link that goes over the\u{1b}]8;;\u{1b}\\\n\
             \u{1b}]8;;https://example.com/a\u{1b}\\end\u{1b}]8;;\u{1b}\\ too\n";
        assert_eq!(page.finish(), expected);
        let mut page = super::tests::page(true);
        page.text(0, &[link("x", &"https://example.com/\u{9c}".parse().unwrap())]);
        assert_eq!(page.finish(), "x\n");
    }

    #[test]
    fn white_space_that_is_no_blank_is_text() {
        let mut page = page(false);
        page.text(0, &[plain("0\u{a0}")]);
        page.item(0, &[plain("1\u{3000}")]);
        page.blank();
        page.blank();
        assert_eq!(page.finish(), "0\u{a0}\n- 1\u{3000}\n");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn any_text_is_shown_whole_and_harmless(texts in prop::collection::vec("[^ ]\\PC{0,40}|.{1,60}", 1..4), color in any::<bool>()) {
            let mut page = page(color);
            let spans: Vec<_> = texts.iter().map(|text| styled(text, STRONG)).collect();
            page.item(3, &spans);
            let shown = page.finish().replace("\u{1b}[1m", "").replace("\u{1b}[0m", "");
            prop_assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{shown:?}");
            let squeezed = |text: &str| text.split([' ', '\n']).collect::<String>();
            let expected: String = texts.iter().map(|text| printable(text)).collect();
            prop_assert_eq!(squeezed(&shown), format!("-{}", squeezed(&expected)));
        }
    }
}
