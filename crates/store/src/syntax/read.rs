//! A text that is not valid TOML, read statement by statement: its slips, and the text as it would be without them, in
//! which the parser finds the rest.

use std::ops::Range;

use diagnostics::Splice;
use model::Document;
use toml_splice::is_valid;

use super::reader::{Note, Reader, keys_of, replace};
use super::statement::Statements;

/// The longest line that help repeats.
const SHOWN: usize = 120;

/// A statement with a slip.
#[derive(Debug, Clone)]
pub(super) struct Slipped {
    pub(super) span: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
    /// What the fix does, if the line that it writes is short.
    pub(super) title: Option<String>,
    /// What corrects the statement; empty where a person must say what is meant.
    pub(super) splices: Vec<Splice>,
    /// Whether nothing else can be meant.
    pub(super) is_sure: bool,
    /// What takes the statement out of the way of the parser.
    repair: Vec<Splice>,
}

/// A header or a key that was read.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) span: Range<usize>,
    pub(super) keys: Vec<String>,
    /// The brackets of a header; none for a key.
    pub(super) brackets: usize,
}

impl Entry {
    /// The entry that a statement is.
    fn of(text: &str, span: Range<usize>) -> Option<Self> {
        let line = text[span.clone()].trim_start();
        let brackets = line.bytes().take_while(|byte| *byte == b'[').count();
        let name = match brackets {
            0 => line.split(['=', ':']).next(),
            _ => line[brackets..].split(']').next(),
        };
        Some(Self { span, keys: keys_of(name?)?, brackets })
    }
}

/// What was read of a text.
pub(super) struct Read {
    pub(super) slips: Vec<Slipped>,
    statements: Vec<Range<usize>>,
}

impl Read {
    /// Reads a text. Headers of valid statements are judged as well: one bracket too few makes a second block a
    /// duplicate.
    pub(super) fn new(document: Option<Document>, text: &str) -> Self {
        Self::statements(document, text, Statements::new(text))
    }

    /// The same of a text that is valid as a whole.
    pub(super) fn of_valid(document: Option<Document>, text: &str) -> Self {
        Self::statements(document, text, Statements::of_valid(text))
    }

    fn statements(document: Option<Document>, text: &str, mut statements: Statements<'_>) -> Self {
        let mut read = Self { slips: Vec::new(), statements: Vec::new() };
        let mut table: Vec<String> = Vec::new();
        // The last header, until its keys are needed.
        let mut header = None;
        while let Some(statement) = statements.next() {
            let line = text[statement.span.clone()].trim_start();
            let is_header = line.starts_with('[');
            // Of what is valid, only a header with one bracket can be a slip.
            if !statement.is_valid || is_header && !line.starts_with("[[") {
                if !is_header && let Some(entry) = header.take().and_then(|header| Entry::of(text, header)) {
                    table = entry.keys;
                }
                let mut reader = Reader::new(text, document, &table, &statement);
                if reader.statement().is_some() && !reader.notes.is_empty() {
                    let end = reader.at;
                    if let Some(slipped) = slipped(text, statement.span.start..end, reader.notes) {
                        read.slips.push(slipped);
                        statements.skip_to(end);
                    }
                }
            }
            if is_header {
                header = Some(statement.span.clone());
            }
            read.statements.push(statement.span);
        }
        read
    }

    /// The headers and keys of the text.
    pub(super) fn entries(&self, text: &str) -> Vec<Entry> {
        self.statements.iter().filter_map(|span| Entry::of(text, span.clone())).collect()
    }

    /// The text with what is said of each slip done, so that the parser finds the rest, and where a byte of it is in
    /// the text as it was.
    pub(super) fn repaired(&self, text: &str) -> (String, impl Fn(usize) -> usize) {
        let splices: Vec<Splice> = self.slips.iter().flat_map(|slip| slip.repair.iter().cloned()).collect();
        let repaired = spliced(text, 0, &splices);
        // What was inserted, by its bytes in the new text, and where the bytes after it were.
        let mut inserted: Vec<(usize, usize, usize)> = Vec::with_capacity(splices.len());
        let mut end = 0;
        let mut new_end = 0;
        for splice in &splices {
            let new_start = new_end + splice.start - end;
            (end, new_end) = (splice.end, new_start + splice.insert.len());
            inserted.push((new_start, new_end, end));
        }
        let starts: Vec<usize> = splices.iter().map(|splice| splice.start).collect();
        let origin =
            move |at: usize| match inserted.partition_point(|(start, ..)| *start <= at).checked_sub(1) {
                None => at,
                Some(nth) => {
                    let (_, new_end, end) = inserted[nth];
                    if at < new_end { starts[nth] } else { at - new_end + end }
                }
            };
        (repaired, origin)
    }
}

/// The statement with what was noted of it; none where that does not make it valid.
fn slipped(text: &str, statement: Range<usize>, notes: Vec<Note>) -> Option<Slipped> {
    let is_open = notes.iter().any(|note| note.splices.is_empty());
    let mut splices: Vec<Splice> = notes.iter().flat_map(|note| note.splices.iter().cloned()).collect();
    splices.sort_by_key(|splice| (splice.start, splice.end));
    if splices.windows(2).any(|pair| pair[1].start < pair[0].end) {
        return None;
    }
    let corrected = spliced(&text[statement.clone()], statement.start, &splices);
    if !is_open && !is_valid(&corrected) {
        return None;
    }
    // What a person must decide comes before what follows from it.
    let first = notes.iter().find(|note| note.splices.is_empty()).or_else(|| notes.first())?;
    let line = corrected.trim();
    let is_shown = !is_open && !line.contains('\n') && line.len() <= SHOWN;
    let advice = first.slip.advice();
    let help = match (is_shown, advice.is_empty()) {
        (true, true) => format!("write `{line}`"),
        (true, false) => format!("write `{line}`: {advice}"),
        (false, false) => advice.into_owned(),
        (false, true) => match first.splices.as_slice() {
            [splice] if splice.start == splice.end => format!("write `{}` here", splice.insert.trim()),
            _ => "the fix writes it".to_owned(),
        },
    };
    Some(Slipped {
        span: first.span.clone(),
        message: first.slip.message(&first.name),
        title: is_shown.then(|| format!("write `{line}`")),
        help,
        is_sure: !is_open && notes.iter().all(|note| note.is_sure),
        repair: if is_open { vec![replace(statement, "")] } else { splices.clone() },
        splices: if is_open { Vec::new() } else { splices },
    })
}

/// A text with splices made, which begins at a byte.
fn spliced(text: &str, start: usize, splices: &[Splice]) -> String {
    let splices = splices.iter().map(|splice| toml_splice::Splice {
        start: splice.start - start,
        end: splice.end - start,
        insert: splice.insert.clone(),
    });
    toml_splice::splice(text, &splices.collect::<Vec<_>>())
}
