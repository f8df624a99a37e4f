//! Findings for people: the excerpt, what is wrong, and what to write.

mod excerpt;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};
use textwrap::{WordSeparator, WordSplitter};

use self::excerpt::{Excerpt, Label};
use crate::{Diagnostic, FileRange, Location, Locator, Severity, SourceText, concise, count, printable};

/// The most related places of a finding that people are shown: marks beside each other on a line take the more time
/// and room the more there are.
const MAX_RELATED: usize = 20;

/// How findings are shown.
#[derive(Debug, Clone, Copy, Default)]
pub struct Style<'a> {
    /// Whether colours and links may be used.
    pub color: bool,
    /// The columns of the terminal.
    pub width: usize,
    /// The address of the folder that holds the pages of the rules, with a final `/`, where the
    /// terminal can show links.
    pub rule_pages: Option<&'a str>,
}

/// Renders findings, with the excerpts of their files.
pub struct Renderer<'a> {
    handler: GraphicalReportHandler,
    locator: &'a dyn Locator,
    rule_pages: Option<&'a str>,
    width: usize,
    sources: HashMap<String, Option<Arc<SourceText>>>,
}

impl<'a> Renderer<'a> {
    /// A renderer that takes excerpts from the locator's files.
    pub fn new(locator: &'a dyn Locator, style: Style<'a>) -> Self {
        let theme = if style.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        let rule_pages = style.rule_pages.filter(|_| style.color);
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_links(rule_pages.is_some())
            .with_link_display_text("")
            .with_width(style.width.max(40))
            // Ids and addresses stay whole, to be copied.
            .with_word_separator(WordSeparator::AsciiSpace)
            .with_word_splitter(WordSplitter::NoHyphenation)
            .with_context_lines(1)
            .with_show_related_as_nested(true)
            .without_syntax_highlighting();
        Self { handler, locator, rule_pages, width: style.width.max(40), sources: HashMap::new() }
    }

    /// Appends a finding and a blank line.
    pub fn render(&mut self, finding: &Diagnostic, out: &mut String) {
        let shown_related = &finding.related[..finding.related.len().min(MAX_RELATED)];
        let (here, elsewhere): (Vec<_>, Vec<_>) = shown_related.iter().partition(|related| {
            matches!((&related.location, &finding.location), (Some(Location::File(a)), Some(Location::File(b))) if a.file == b.file)
        });
        let mut message = printable(&finding.message);
        let (mut source, mut labels) = (None, Vec::new());
        match &finding.location {
            Some(Location::File(range)) => {
                let here = here.into_iter().filter_map(|related| match &related.location {
                    Some(Location::File(range)) => Some((range, printable(&related.message).into_owned())),
                    _ => None,
                });
                match self.excerpt(range, here) {
                    Some((excerpt, spans)) => (source, labels) = (Some(excerpt), spans),
                    None => {
                        let (file, start) = (printable(&range.file), range.start);
                        message = format!("{file}:{}:{}: {message}", start.line, start.column).into();
                    }
                }
            }
            Some(Location::Table(cell)) => {
                let text =
                    cell.text.as_deref().map(|text| format!(": text {:?}", printable(&crate::cut(text, 80))));
                message = format!("{}{}: {message}", concise::table(cell), text.unwrap_or_default()).into();
            }
            None => {}
        }
        let mut related: Vec<_> = elsewhere
            .into_iter()
            .map(|related| {
                let mut shown = MietteDiagnostic::new(Severity::Info, printable(&related.message));
                match &related.location {
                    Some(Location::File(range)) => {
                        if let Some((excerpt, spans)) = self.excerpt(range, std::iter::empty()) {
                            (shown.source, shown.labels) = (Some(excerpt), spans);
                        }
                    }
                    Some(Location::Table(cell)) => {
                        shown.message = format!("{}: {}", concise::table(cell), shown.message).into()
                    }
                    None => {}
                }
                shown
            })
            .collect();
        let left_out = finding.related.len() - shown_related.len();
        if left_out > 0 {
            let more = format!("{} not shown", count(left_out, "more place"));
            related.push(MietteDiagnostic::new(Severity::Info, more.into()));
        }
        let shown = MietteDiagnostic {
            related,
            severity: finding.severity,
            message,
            code: Some(finding.rule.as_str()),
            url: self.rule_pages.map(|base| format!("{base}{}", finding.rule.page())),
            help: help(finding),
            labels,
            source,
        };
        let mut text = String::new();
        if self.handler.render_report(&mut text, &shown).is_err() {
            text = concise::line(finding);
        }
        // An empty line of an excerpt would end in blanks.
        text.lines().for_each(|line| out.extend([line.trim_end(), "\n"]));
        out.push('\n');
    }

    /// The excerpt of a finding's place and of those that belong to it in the same file, if that can be read.
    fn excerpt<'r>(
        &mut self,
        range: &'r FileRange,
        related: impl Iterator<Item = (&'r FileRange, String)>,
    ) -> Option<(Excerpt, Vec<LabeledSpan>)> {
        let (locator, file) = (self.locator, &range.file);
        let source = self.sources.entry(file.clone()).or_insert_with(|| locator.source(file)).clone()?;
        let primary = Label { range, text: None, is_primary: true };
        let related = related.map(|(range, text)| Label { range, text: Some(text), is_primary: false });
        let labels = std::iter::once(primary).chain(related).collect();
        Some(Excerpt::new(&source, printable(file).into_owned(), labels, self.width))
    }
}

/// What to write, and what the fix would do, if that is not what the help says.
fn help(finding: &Diagnostic) -> Option<Cow<'_, str>> {
    let help = finding.help.as_deref().map(printable);
    let Some(fix) = finding.patch() else { return help };
    let is_safe = fix.applicability.is_safe();
    if let Some(help) = finding.help.as_deref().filter(|help| help.starts_with(&*fix.title)) {
        let flag = if is_safe { "--fix" } else { "--unsafe-fixes" };
        return Some(format!("{}\n`lint {flag}` writes that", printable(help)).into());
    }
    let mark = if is_safe { "" } else { " (unsafe)" };
    let fix = format!("fix: {}{mark}", printable(&fix.title));
    Some(help.map_or(fix.clone(), |help| format!("{help}\n{fix}")).into())
}

/// One diagnostic as the renderer wants it.
struct MietteDiagnostic<'a> {
    severity: Severity,
    message: Cow<'a, str>,
    code: Option<&'static str>,
    url: Option<String>,
    help: Option<Cow<'a, str>>,
    labels: Vec<LabeledSpan>,
    source: Option<Excerpt>,
    related: Vec<MietteDiagnostic<'a>>,
}

impl<'a> MietteDiagnostic<'a> {
    fn new(severity: Severity, message: Cow<'a, str>) -> Self {
        Self {
            severity,
            message,
            code: None,
            url: None,
            help: None,
            labels: Vec::new(),
            source: None,
            related: Vec::new(),
        }
    }
}

impl fmt::Debug for MietteDiagnostic<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl fmt::Display for MietteDiagnostic<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for MietteDiagnostic<'_> {}

impl miette::Diagnostic for MietteDiagnostic<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.code.map(|code| Box::new(format!("{}[{code}]", self.severity.name())) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn url<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.url.as_ref().map(|url| Box::new(url) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        (!self.labels.is_empty())
            .then(|| Box::new(self.labels.iter().cloned()) as Box<dyn Iterator<Item = _>>)
    }

    fn related<'b>(&'b self) -> Option<Box<dyn Iterator<Item = &'b dyn miette::Diagnostic> + 'b>> {
        let related = self.related.iter().map(|related| related as &dyn miette::Diagnostic);
        (!self.related.is_empty()).then(|| Box::new(related) as Box<dyn Iterator<Item = _>>)
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use model::{Entity, Subject};

    use super::*;
    use crate::{Anchor, Counts, Finding, Place, Report, RuleId};

    struct OneFile(Arc<SourceText>);

    impl Locator for OneFile {
        fn locate(&self, places: &[&Place]) -> Vec<Option<Location>> {
            let located = places.iter().map(|place| {
                let Anchor::Bytes(range) = &place.anchor else { return None };
                let [start, end] = [range.start, range.end].map(|byte| self.0.position(byte));
                Some(Location::File(FileRange { file: "data/a.toml".to_owned(), start, end }))
            });
            located.collect()
        }

        fn source(&self, _: &str) -> Option<Arc<SourceText>> {
            Some(self.0.clone())
        }
    }

    fn at(range: Range<usize>) -> Place {
        Place { subject: Subject::entity(Entity::Registry), anchor: Anchor::Bytes(range) }
    }

    fn rendered_in(text: String, finding: Finding) -> String {
        let locator = OneFile(Arc::new(SourceText::new(text)));
        let report = Report::new(vec![finding], Counts::default(), &locator);
        let mut out = String::new();
        let mut renderer = Renderer::new(&locator, Style { width: 80, ..Style::default() });
        report.findings.iter().for_each(|finding| renderer.render(finding, &mut out));
        out
    }

    fn rendered(text: &str, start: usize, end: usize) -> String {
        let (rule, message) = (RuleId("cell/some-rule"), "something is \u{1b}[31mwrong");
        rendered_in(text.to_owned(), Finding::new(rule, Severity::Error, at(start..end), message))
    }

    #[test]
    fn shows_the_excerpt_and_no_hidden_character() {
        let out = rendered("a = 1\nb = \"\u{202e}x\"\nc = 3\n", 10, 16);
        assert!(out.contains("error[cell/some-rule]") && out.contains("U+001B"), "{out}");
        assert!(out.contains("data/a.toml:2:5"), "{out}");
        assert!(!out.contains('\u{1b}') && !out.contains('\u{202e}'), "{out}");
    }

    #[test]
    fn survives_every_range_of_awkward_texts() {
        for text in ["", "\n", "x", "é", "\u{feff}a = 1", "a\r\nb\r\n", "\t😀\n\n"] {
            for start in 0..=text.len() {
                for end in start..=text.len() {
                    assert!(rendered(text, start, end).contains("some-rule"), "{text:?} {start}..{end}");
                }
            }
        }
    }

    #[test]
    fn a_long_line_is_cut_around_what_is_wrong() {
        let long = format!("a = \"{}\" # x\nb = 1\n", "é".repeat(1000));
        let out = rendered(&long, 5 + 600, 5 + 604);
        assert!(out.contains("data/a.toml:1:306"), "{out}");
        let lines: Vec<_> = out.lines().collect();
        assert_eq!(lines[4], format!(" 1 │ …{}…", "é".repeat(73)));
        assert_eq!(lines[5], format!("   · {}──", " ".repeat(25)));
        assert_eq!(lines[6], " 2 │ b = 1");
        // What is wrong may be the whole line, or where it ends.
        let out = rendered(&long, 0, long.len());
        assert_eq!(out.lines().nth(4).unwrap().chars().count(), 79);
        let end = long.find('\n').unwrap();
        let out = rendered(&long, end, end + 1);
        assert!(out.contains("é\" # x\n   · ") && out.contains("data/a.toml:1:1011"), "{out}");
    }

    #[test]
    fn no_excerpt_breaks_the_frame() {
        for fill in ["a", "é", "\t", "\u{4e00}", "a b "] {
            let line = fill.repeat(120);
            let text = format!("{line}\n{line}\n{line}\n");
            for at in (0..line.len()).filter(|at| line.is_char_boundary(*at)) {
                let end = line.len();
                for line in rendered(&text, line.len() + 1 + at, line.len() + 1 + end).lines() {
                    let tabs = line.matches('\t').count();
                    assert!(textwrap::core::display_width(line) + 4 * tabs <= 80, "{line}");
                }
            }
        }
    }

    #[test]
    fn no_excerpt_is_wider_than_a_format_can_be() {
        for fill in ["\t", " ", "\u{4e00}", "\u{1f600}", "\u{1b}", "\u{301}", "\u{200b}", "\r", "##["] {
            let long = fill.repeat(70_000 / fill.len().min(4));
            for text in [long.clone(), format!("x\n{long}\ny"), format!("{long}\n{long}\n{long}")] {
                for at in [0, text.len() / 3, text.len() / 2, text.len()] {
                    let at = text.floor_char_boundary(at);
                    for end in [at, text.floor_char_boundary(at + 9), text.len()] {
                        let out = rendered(&text, at, end);
                        assert!(
                            out.contains("some-rule") && out.len() < 10_000,
                            "{fill:?} {at} {}",
                            out.len()
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn places_on_one_long_line_are_each_shown_and_not_too_many() {
        let two = |byte: usize| at(byte..byte + 2);
        let mut finding = Finding::new(RuleId("cell/some-rule"), Severity::Error, two(300_000), "is wrong");
        for nth in 0..1_000 {
            finding = finding.with_related(two(nth * 400), format!("place {nth}"));
        }
        let out = rendered_in("\t".repeat(400_000), finding);
        assert!(out.contains("data/a.toml:1:300001") && out.contains("980 more places not shown"), "{out}");
        for nth in 0..MAX_RELATED {
            assert_eq!(out.matches(&format!("place {nth}\n")).count(), 1, "{out}");
        }
    }
}
