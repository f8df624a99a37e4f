//! The lines of a file that a finding is about. A line may be as long as a file: what is far from any label is
//! left out, so that an excerpt is never larger than a screen and never slower to make.

use std::collections::BTreeSet;
use std::ops::Range;

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use textwrap::core::display_width;

use crate::text::{is_unsafe, replace_commands};
use crate::{FileRange, Position, SourceText};

/// The columns beside the number of a line that its frame takes.
const FRAME: usize = 4;
/// The columns that stay on each side of a label where a line has labels too far from each other for one piece.
const AROUND: usize = 8;
/// The columns of a long label that stay there.
const OF_LABEL: usize = 16;
/// A line of more bytes is cut without a look at how wide it is.
const MAX_WIDTH_BYTES: usize = 4_000;
/// The columns of a tab, at most.
const TAB: usize = 4;
/// What marks where something is left out.
const GAP: &str = "…";

/// A label of an excerpt.
pub(super) struct Label<'a> {
    /// What it marks. An excerpt shows where something begins: only the part on the first line is marked.
    pub(super) range: &'a FileRange,
    /// What it says.
    pub(super) text: Option<String>,
    /// Whether it is what the finding is about.
    pub(super) is_primary: bool,
}

/// The lines around some labels, as miette's source. Offsets are those of `text`.
pub(super) struct Excerpt {
    name: String,
    text: String,
    /// The number of each line, from 1, and the byte of `text` at which it begins.
    lines: Vec<(usize, usize)>,
    /// Where each label begins: its byte in `text`, and its position in the file.
    begins: Vec<(usize, Position)>,
}

/// The part of a line that a label marks, by bytes of the file.
struct Mark {
    line: usize,
    range: Range<usize>,
    at: Position,
}

impl Excerpt {
    /// Returns the excerpt of a file and its labels, in their order, in so many columns.
    pub(super) fn new(
        source: &SourceText,
        name: String,
        labels: Vec<Label<'_>>,
        width: usize,
    ) -> (Self, Vec<LabeledSpan>) {
        let marks: Vec<Mark> = labels.iter().map(|label| mark(source, label.range)).collect();
        let around =
            |mark: &Mark| mark.line.saturating_sub(1).max(1)..=(mark.line + 1).min(source.line_count());
        let numbers: BTreeSet<usize> = marks.iter().flat_map(around).collect();
        let mut excerpt = Self { name, text: String::new(), lines: Vec::new(), begins: Vec::new() };
        let mut spans = vec![(0, 0); marks.len()];
        let digits = numbers.last().map_or(1, |last| last.to_string().len());
        let room = width.saturating_sub(FRAME + digits);
        for number in numbers {
            excerpt.lines.push((number, excerpt.text.len()));
            let on_line = || marks.iter().enumerate().filter(|(_, mark)| mark.line == number);
            let kept = kept(source, number, on_line().map(|(_, mark)| &mark.range), room);
            let line = content(source, number);
            let mut until = line.start;
            for piece in &kept {
                if piece.start > until {
                    excerpt.text.push_str(GAP);
                }
                for (nth, mark) in on_line().filter(|(_, mark)| holds(piece, mark.range.start)) {
                    let start = excerpt.text.len() + mark.range.start - piece.start;
                    spans[nth] =
                        (start, mark.range.end.min(piece.end).max(mark.range.start) - mark.range.start);
                    excerpt.begins.push((start, mark.at));
                }
                excerpt.text.push_str(&source.text()[piece.clone()]);
                until = piece.end;
            }
            if until < line.end {
                excerpt.text.push_str(GAP);
            }
            excerpt.text.push_str(&source.text()[line.end.max(until)..source.line(number).end]);
        }
        excerpt.text = visible(&excerpt.text);
        let spans = labels.into_iter().zip(spans).map(|(label, span)| {
            if label.is_primary {
                LabeledSpan::new_primary_with_span(label.text, span)
            } else {
                LabeledSpan::new_with_span(label.text, span)
            }
        });
        let spans = spans.collect();
        (excerpt, spans)
    }

    /// The index of the line that holds a byte.
    fn line_of(&self, byte: usize) -> usize {
        self.lines.partition_point(|(_, start)| *start <= byte).saturating_sub(1)
    }
}

/// Whether a label that begins at a byte is shown in a piece: it may begin at its end, too.
fn holds(piece: &Range<usize>, start: usize) -> bool {
    piece.start <= start && start <= piece.end
}

/// The bytes of a line without its end.
fn content(source: &SourceText, number: usize) -> Range<usize> {
    let line = source.line(number);
    let text = &source.text()[line.clone()];
    let content = text.strip_suffix("\r\n").or_else(|| text.strip_suffix('\n')).unwrap_or(text);
    line.start..line.start + content.len()
}

/// The part of a range on its first line.
fn mark(source: &SourceText, range: &FileRange) -> Mark {
    let at = source.position(range.start.byte);
    let end = source.position(range.end.byte).byte;
    let end = end.min(content(source, at.line).end).max(at.byte);
    Mark { line: at.line, range: at.byte..end, at }
}

/// The pieces of a line that are shown, in order and apart from each other.
fn kept<'a>(
    source: &SourceText,
    number: usize,
    marks: impl Iterator<Item = &'a Range<usize>>,
    room: usize,
) -> Vec<Range<usize>> {
    let (line, content) = (source.line(number), content(source, number));
    let text = source.text();
    let columns = |range: &Range<usize>| fitting(text[range.clone()].chars(), usize::MAX).1;
    if content.len() <= MAX_WIDTH_BYTES && columns(&content) <= room {
        return vec![line];
    }
    let after = |from: usize, room: usize| from + fitting(text[from..content.end.max(from)].chars(), room).0;
    let before = |to: usize, room: usize| to - fitting(text[content.start..to].chars().rev(), room).0;
    // What is left out on both sides is marked.
    let room = room.saturating_sub(2).max(AROUND);
    let marks: Vec<_> = marks.collect();
    let first = marks.iter().map(|mark| mark.start).min().unwrap_or(content.start);
    let last = marks.iter().map(|mark| mark.start).max().unwrap_or(content.start);
    let until_first = after(content.start, room * 2 / 3);
    let start = if first <= until_first { content.start } else { before(first, room / 3) };
    let end = after(start, room);
    if last < end || last == start {
        // Where the line ends soon, more of it before fits.
        let start = if end == content.end && start > content.start { before(end, room) } else { start };
        let piece = start..end;
        return vec![piece];
    }
    if marks.len() == 1 {
        let piece = before(content.end, room)..content.end;
        return vec![piece];
    }
    let around = |mark: &&Range<usize>| {
        before(mark.start, AROUND)..after(mark.end.min(after(mark.start, OF_LABEL)), AROUND)
    };
    let mut pieces: Vec<_> = marks.iter().map(around).collect();
    pieces.sort_by_key(|piece| piece.start);
    pieces.dedup_by(|next, piece| {
        let meet = next.start <= piece.end;
        if meet {
            piece.end = piece.end.max(next.end);
        }
        meet
    });
    pieces
}

/// The bytes of the first characters that fit into some columns, and how many they take.
fn fitting(characters: impl Iterator<Item = char>, room: usize) -> (usize, usize) {
    let (mut bytes, mut used) = (0, 0);
    for c in characters {
        // One without a width takes room, too: there may be any number of them.
        let width = if c == '\t' { TAB } else { display_width(c.encode_utf8(&mut [0; 4])).max(1) };
        if used + width > room {
            break;
        }
        used += width;
        bytes += c.len_utf8();
    }
    (bytes, used)
}

/// The same text with unsafe characters, and the commands to CI runners, replaced by visible ones of the same
/// number of bytes, so that offsets stay true.
fn visible(text: &str) -> String {
    let hidden = |c: char| is_unsafe(c) && !matches!(c, '\n' | '\r' | '\t');
    let replace = |c: char| match c.len_utf8() {
        _ if !hidden(c) => c,
        1 => '?',
        2 => '\u{bf}',
        _ => '\u{fffd}',
    };
    let text: String = text.chars().map(replace).collect();
    replace_commands(&text, "?").into_owned()
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let contents = |bytes: Range<usize>, line: usize, column: usize, count: usize| {
            let (start, length) = (bytes.start, bytes.len());
            let (name, data) = (self.name.clone(), &self.text.as_bytes()[bytes]);
            Box::new(MietteSpanContents::new_named(
                name,
                data,
                (start, length).into(),
                line - 1,
                column - 1,
                count,
            ))
        };
        let end = span.offset() + span.len();
        if end > self.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        // Without context miette asks for the position of a label.
        if before == 0 {
            let begin = self.begins.iter().find(|(start, _)| *start == span.offset());
            let (_, at) = begin.ok_or(MietteError::OutOfBounds)?;
            return Ok(contents(span.offset()..end, at.line, at.column, 1));
        }
        let (mut first, mut last) = (self.line_of(span.offset()), self.line_of(end));
        let number = |index: usize| self.lines[index].0;
        for _ in 0..before {
            first -= usize::from(first > 0 && number(first - 1) + 1 == number(first));
        }
        for _ in 0..after {
            last += usize::from(last + 1 < self.lines.len() && number(last) + 1 == number(last + 1));
        }
        let count = number(last) - number(first) + 1;
        if count != last - first + 1 {
            return Err(MietteError::OutOfBounds);
        }
        let to = self.lines.get(last + 1).map_or(self.text.len(), |(_, start)| *start);
        Ok(contents(self.lines[first].1..to, number(first), 1, count))
    }
}
