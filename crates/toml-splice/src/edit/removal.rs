//! Taking out, renaming, and replacing parts of texts.

use std::ops::Range;

use super::error::{EditError, Refusal};
use super::session::Session;
use crate::literal::{escape, key};
use crate::node::Node;
use crate::outline::Header;
use crate::path::{Path, Step};
use crate::splice::Splice;
use crate::strings::{Reached, raw_range_from};

impl Session<'_, '_> {
    /// The lines of a value, or of a table with all its blocks.
    pub(super) fn removal(&self, path: &Path) -> Vec<Range<usize>> {
        let (node, _) = self.outline.toml.find(path);
        let mut ranges = Vec::new();
        if self.has_header(path) {
            ranges.extend(self.outline.headers_below(path).map(|header| self.block_with_gap(header)));
        } else {
            self.lines(&node, &mut ranges);
        }
        ranges
    }

    /// Takes out ranges of the text.
    pub(super) fn cuts(mut ranges: Vec<Range<usize>>) -> Vec<Splice> {
        ranges.sort_by_key(|range| range.start);
        let mut cuts: Vec<Splice> = Vec::new();
        for Range { start, end } in ranges {
            match cuts.last_mut() {
                Some(last) if last.end > start => last.end = last.end.max(end),
                _ => cuts.push(Splice { start, end, insert: String::new() }),
            }
        }
        cuts
    }

    /// A last line without line end that goes takes the one before it along, so that there is still none.
    pub(super) fn without_last_line_end(&self, splices: &mut Vec<Splice>) {
        let source = self.outline.source;
        let is_last = |splice: &Splice| splice.end == source.len() && splice.start < splice.end;
        let Some(mut at) = splices.iter().rposition(is_last).filter(|_| !self.outline.is_ended()) else {
            return;
        };
        if !splices[at].insert.is_empty() {
            return;
        }
        while at > 0 && splices[at - 1].end == splices[at].start && splices[at - 1].insert.is_empty() {
            splices[at - 1].end = splices[at].end;
            splices.remove(at);
            at -= 1;
        }
        let unended =
            |text: &str| text.strip_suffix("\r\n").or_else(|| text.strip_suffix('\n')).map(str::len);
        let start = splices[at].start;
        match splices[..at].last_mut().filter(|before| before.end == start) {
            Some(before) => before.insert.truncate(unended(&before.insert).unwrap_or(before.insert.len())),
            None => splices[at].start = unended(&source[..start]).unwrap_or(start),
        }
    }

    /// The lines of a value with its comments; of a table of dotted keys, those of all its values.
    fn lines(&self, node: &Node<'_>, ranges: &mut Vec<Range<usize>>) {
        if self.is_dotted(node) {
            return node.children().iter().for_each(|child| self.lines(child, ranges));
        }
        let start = node.key.as_ref().map_or(node.span.start, |key| key.start);
        ranges.push(self.with_comments_above(start)..self.outline.line_end(node.span.end));
    }

    /// A block with its comments, and with the blank line that parts it from the one before. What follows
    /// its last line without a blank line, and is not directly above the next header, is within it.
    fn block_with_gap(&self, header: &Header) -> Range<usize> {
        let start = self.with_comments_above(header.span.start);
        let before = self.outline.source[..start].trim_end_matches([' ', '\t']);
        let gap = ["\r\n\r\n", "\n\n"].into_iter().find(|gap| before.ends_with(gap));
        let start = gap.map_or(start, |gap| start - gap.len() / 2);
        let end = self.outline.block_end(self.outline.header(&header.path));
        let comments = comment_lines(&self.outline.source[end..]);
        let after = &self.outline.source[end + comments..];
        let is_within = after.starts_with('\n') || after.starts_with("\r\n");
        start..if is_within { end + comments } else { end }
    }

    /// The start of the line of `at`, or of the comments directly above it, which are about what is there.
    /// A comment for programs, such as the name of the schema, is about the file.
    fn with_comments_above(&self, at: usize) -> usize {
        let mut start = self.outline.line_start(at);
        let floor = self.outline.value_end_before(start);
        while let Some(end) = start.checked_sub(1).filter(|end| *end > self.outline.start()) {
            let line = self.outline.line_start(end);
            let text = self.outline.source[line..end].trim_start();
            if line < floor || !text.starts_with('#') || text.starts_with("#:") {
                break;
            }
            start = line;
        }
        start
    }

    /// Another name for a key, wherever it is spelled out.
    pub(super) fn renaming(&self, path: &Path, name: &str) -> Result<Vec<Splice>, EditError> {
        let Some((above, Step::Key(old))) = path.split_last() else {
            return Err(EditError::new(path, Refusal::NoKey));
        };
        let (parent, _) = self.outline.toml.find(&above);
        if name != old.as_str() && parent.child(&Step::Key(name.to_owned())).is_some() {
            return Err(EditError::new(path, Refusal::Taken));
        }
        let (node, _) = self.outline.toml.find(path);
        let mut spans = Vec::new();
        if self.has_header(path) {
            let nth = path.steps().iter().filter(|step| matches!(step, Step::Key(_))).count() - 1;
            let under = self.outline.headers_below(path);
            spans.extend(under.filter_map(|header| self.key_segment(header.span.start, nth)));
        } else if self.is_dotted(&node) {
            let nth = self.below_header(path).steps().len() - 1;
            let mut lines = Vec::new();
            self.lines(&node, &mut lines);
            spans.extend(lines.into_iter().filter_map(|line| self.key_segment(line.start, nth)));
        } else {
            spans.extend(node.key);
        }
        spans.sort_by_key(|span| span.start);
        Ok(spans
            .into_iter()
            .map(|span| Splice { start: span.start, end: span.end, insert: key(name) })
            .collect())
    }

    /// The span of the n-th key of the dotted key or header that starts at a byte.
    fn key_segment(&self, start: usize, nth: usize) -> Option<Range<usize>> {
        let span = key_segment(&self.outline.source[start..], nth)?;
        Some(start + span.start..start + span.end)
    }

    /// A part of a text field, written as its literal wants it.
    pub(super) fn replaced(
        &self,
        node: &Node<'_>,
        range: Range<usize>,
        with: &str,
        edited: &Path,
        reached: &mut Option<Reached>,
    ) -> Result<Splice, EditError> {
        let Some(text) = node.text() else { return Err(EditError::new(edited, Refusal::NoText)) };
        let literal = node.written();
        if text.get(range.clone()).is_none() {
            return Err(EditError::new(edited, Refusal::TooShort));
        }
        let raw = raw_range_from(reached, literal, node.span.start, text, range);
        if raw == node.span {
            return Err(EditError::new(edited, Refusal::Unmatched));
        }
        let mut insert = String::new();
        if literal.starts_with('\'') {
            if with.contains('\'') || with.contains(char::is_control) {
                return Err(EditError::new(edited, Refusal::Literal));
            }
            insert.push_str(with);
        } else {
            with.chars().for_each(|c| escape(c, &mut insert));
        }
        Ok(Splice { start: raw.start, end: raw.end, insert })
    }
}

/// The bytes of the comments, on their own lines, with which a text begins.
fn comment_lines(text: &str) -> usize {
    let is_comment = |line: &&str| line.trim_start().starts_with('#');
    text.split_inclusive('\n').take_while(is_comment).map(str::len).sum()
}

/// The span of the n-th key of the dotted key or header that a text starts with.
pub(super) fn key_segment(text: &str, wanted: usize) -> Option<Range<usize>> {
    let (mut nth, mut start, mut quote, mut escaped) = (0, None, None, false);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            _ if escaped => escaped = false,
            (Some('"'), '\\') => escaped = true,
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => {
                quote = Some(c);
                start.get_or_insert(at);
            }
            (None, '.' | ']' | '=') => {
                if let (true, Some(from)) = (nth == wanted, start) {
                    return Some(from..from + text[from..at].trim_end().len());
                }
                if c != '.' {
                    return None;
                }
                nth += 1;
                start = None;
            }
            (None, c) if c == '[' || c.is_whitespace() => {}
            (None, _) => {
                start.get_or_insert(at);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests;
