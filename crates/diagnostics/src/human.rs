//! Findings for people: the excerpt, what is wrong, and what to write.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};
use textwrap::{WordSeparator, WordSplitter};

use crate::text::{RUNNER_COMMAND, is_unsafe};
use crate::{FileRange, Finding, Location, Locator, Severity, SourceText, concise, printable};

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
        Self { handler, locator, rule_pages, sources: HashMap::new() }
    }

    /// Appends a finding and a blank line.
    pub fn render(&mut self, finding: &Finding, out: &mut String) {
        let (here, elsewhere): (Vec<_>, Vec<_>) = finding.related.iter().partition(|related| {
            matches!((&related.location, &finding.location), (Some(Location::File(a)), Some(Location::File(b))) if a.file == b.file)
        });
        let mut labels = Vec::new();
        let mut source = None;
        let mut message = printable(&finding.message);
        match &finding.location {
            Some(Location::File(range)) => {
                source = self.excerpt(&range.file);
                labels.extend(source.as_ref().map(|source| source.label(range, None, true)));
                if source.is_none() {
                    message =
                        format!("{}:{}:{}: {message}", range.file, range.start.line, range.start.column)
                            .into();
                }
            }
            Some(Location::Table(cell)) => {
                let text =
                    cell.text.as_deref().map(|text| format!(": text {:?}", printable(&crate::cut(text, 80))));
                message = format!("{}{}: {message}", concise::table(cell), text.unwrap_or_default()).into();
            }
            None => {}
        }
        for related in here {
            if let (Some(Location::File(range)), Some(source)) = (&related.location, &source) {
                labels.push(source.label(range, Some(printable(&related.message).into_owned()), false));
            }
        }
        let related = elsewhere.into_iter().map(|related| {
            let mut shown = Shown::new(Severity::Info, printable(&related.message));
            match &related.location {
                Some(Location::File(range)) => {
                    shown.source = self.excerpt(&range.file);
                    shown.labels.extend(shown.source.as_ref().map(|source| source.label(range, None, true)));
                }
                Some(Location::Table(cell)) => {
                    shown.message = format!("{}: {}", concise::table(cell), shown.message).into()
                }
                None => {}
            }
            shown
        });
        let shown = Shown {
            related: related.collect(),
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

    fn excerpt(&mut self, file: &str) -> Option<Excerpt> {
        let locator = self.locator;
        let source = self.sources.entry(file.to_owned()).or_insert_with(|| locator.source(file).map(visible));
        Some(Excerpt { source: source.clone()?, name: printable(file).into_owned() })
    }
}

/// What to write, and what the fix would do.
fn help(finding: &Finding) -> Option<Cow<'_, str>> {
    let help = finding.help.as_deref().map(printable);
    let Some(fix) = finding.mend() else { return help };
    let mark = if fix.safe { "" } else { " (unsafe)" };
    let fix = format!("fix: {}{mark}", printable(&fix.title));
    Some(help.map_or(fix.clone(), |help| format!("{help}\n{fix}")).into())
}

/// The same text with unsafe characters replaced by visible ones of the same number of bytes, so that
/// positions stay true.
fn visible(source: Arc<SourceText>) -> Arc<SourceText> {
    let hidden = |c: char| is_unsafe(c) && !matches!(c, '\n' | '\r' | '\t');
    if !source.text().contains(hidden) && !source.text().contains(RUNNER_COMMAND) {
        return source;
    }
    let replace = |c: char| match c.len_utf8() {
        _ if !hidden(c) => c,
        1 => '?',
        2 => '\u{bf}',
        _ => '\u{fffd}',
    };
    let text: String = source.text().chars().map(replace).collect();
    Arc::new(SourceText::new(text.replace(RUNNER_COMMAND, "#?[")))
}

/// One diagnostic as the renderer wants it.
struct Shown<'a> {
    severity: Severity,
    message: Cow<'a, str>,
    code: Option<&'static str>,
    url: Option<String>,
    help: Option<Cow<'a, str>>,
    labels: Vec<LabeledSpan>,
    source: Option<Excerpt>,
    related: Vec<Shown<'a>>,
}

impl<'a> Shown<'a> {
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

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
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

    fn related<'b>(&'b self) -> Option<Box<dyn Iterator<Item = &'b dyn Diagnostic> + 'b>> {
        let related = self.related.iter().map(|related| related as &dyn Diagnostic);
        (!self.related.is_empty()).then(|| Box::new(related) as Box<dyn Iterator<Item = _>>)
    }
}

/// A file as miette's source. Its own implementation for strings walks the whole text for every
/// label (1.1 ms a finding at 170 KB); this one asks the line index.
struct Excerpt {
    source: Arc<SourceText>,
    name: String,
}

impl Excerpt {
    /// A label of a range, cut to its first line: an excerpt shows where something begins.
    fn label(&self, range: &FileRange, text: Option<String>, primary: bool) -> LabeledSpan {
        let line = self.source.line(range.start.line);
        let shown = self.source.text()[line.clone()].trim_end_matches(['\n', '\r']);
        let end = range.end.byte.min(line.start + shown.len()).max(range.start.byte);
        let span = (range.start.byte, end - range.start.byte);
        if primary {
            LabeledSpan::new_primary_with_span(text, span)
        } else {
            LabeledSpan::new_with_span(text, span)
        }
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        if span.offset() + span.len() > self.source.text().len() {
            return Err(MietteError::OutOfBounds);
        }
        let start = self.source.position(span.offset());
        let end = self.source.position(span.offset() + span.len());
        let first = start.line.saturating_sub(before).max(1);
        let last = (end.line + after).min(self.source.line_count());
        // Without context miette asks for the position of the span itself.
        let (from, column) = match before {
            0 => (span.offset(), start.column - 1),
            _ => (self.source.line(first).start, 0),
        };
        let to = self.source.line(last).end.max(from);
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            &self.source.text().as_bytes()[from..to],
            (from, to - from).into(),
            first - 1,
            column,
            last - first + 1,
        )))
    }
}

#[cfg(test)]
mod tests {
    use model::{Entity, Subject};

    use super::*;
    use crate::{Place, RuleId};

    struct OneFile(Arc<SourceText>);

    impl Locator for OneFile {
        fn locate(&self, places: &[&Place]) -> Vec<Option<Location>> {
            vec![None; places.len()]
        }

        fn source(&self, _: &str) -> Option<Arc<SourceText>> {
            Some(self.0.clone())
        }
    }

    fn rendered(text: &str, start: usize, end: usize) -> String {
        let source = Arc::new(SourceText::new(text.to_owned()));
        let mut finding = Finding::new(
            RuleId("cell/some-rule"),
            Severity::Error,
            Subject::entity(Entity::Registry),
            "something is \u{1b}[31mwrong",
        );
        finding.location = Some(Location::File(FileRange {
            file: "data/a.toml".to_owned(),
            start: source.position(start),
            end: source.position(end),
        }));
        let locator = OneFile(source);
        let mut out = String::new();
        Renderer::new(&locator, Style { width: 80, ..Style::default() }).render(&finding, &mut out);
        out
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
}
