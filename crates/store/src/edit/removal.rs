//! Taking out, renaming, and replacing parts of texts.

use std::ops::Range;

use diagnostics::Splice;
use model::{FieldPath, Step, Subject};

use super::{EditError, Session, refuse};
use crate::canonical::{escape, key};
use crate::document::is_below;
use crate::strings::raw_range;

impl Session<'_, '_> {
    /// Takes out a line, a list item, or a table with all its blocks.
    pub(super) fn removal(&self, path: &FieldPath, subject: &Subject) -> Result<Vec<Splice>, EditError> {
        let blocks: Vec<_> = (0..self.layout.headers.len())
            .filter(|at| is_below(&self.layout.headers[*at].path, path))
            .collect();
        let cut = |range: Range<usize>| Splice { start: range.start, end: range.end, insert: String::new() };
        if !blocks.is_empty() {
            return Ok(blocks.into_iter().map(|at| cut(self.block_with_gap(at))).collect());
        }
        let (node, _) = self.layout.root().descend(path);
        if self.is_inline(path) {
            return Ok(vec![cut(
                self.item_with_comma(node.key.map_or(node.span.start, |key| key.start)..node.span.end)
            )]);
        }
        match node.key {
            Some(key) if self.layout.source[node.span.clone()] != self.layout.source[key.clone()] => {
                Ok(vec![cut(self.layout.line_start(key.start)..self.layout.line_end(node.span.end))])
            }
            _ => Err(refuse(subject, "it is spelled out by dotted keys")),
        }
    }

    /// A block with the blank line that parts it from the one before.
    fn block_with_gap(&self, at: usize) -> Range<usize> {
        let start = self.layout.line_start(self.layout.headers[at].span.start);
        let before = self.layout.source[..start].trim_end_matches([' ', '\t']);
        let gap = ["\r\n\r\n", "\n\n"].into_iter().find(|gap| before.ends_with(gap));
        let start = gap.map_or(start, |gap| start - gap.len() / 2);
        start..self.layout.block_end(Some(at))
    }

    /// An item within brackets with the comma that parts it from a neighbour.
    fn item_with_comma(&self, item: Range<usize>) -> Range<usize> {
        let after = &self.layout.source[item.end..];
        let blank = |text: &str| text.len() - text.trim_start().len();
        if after.trim_start().starts_with(',') {
            let comma = item.end + blank(after) + 1;
            let rest = &self.layout.source[comma..];
            let more = !rest.trim_start().starts_with([']', '}']);
            return item.start..if more { comma + blank(rest) } else { comma };
        }
        let before = self.layout.source[..item.start].trim_end();
        if before.ends_with(',') { before.len() - 1..item.end } else { item }
    }

    /// The name of a table in every header that spells it out.
    pub(super) fn renamed_headers(&self, path: &FieldPath, name: &str) -> Vec<Splice> {
        let keys = path.steps().iter().filter(|step| matches!(step, Step::Key(_))).count();
        let under = self.layout.headers.iter().filter(|header| is_below(&header.path, path));
        let segments = under.filter_map(|header| {
            let span = header_segment(&self.layout.source[header.span.clone()], keys - 1)?;
            Some(Splice {
                start: header.span.start + span.start,
                end: header.span.start + span.end,
                insert: key(name),
            })
        });
        segments.collect()
    }

    /// A part of a text field, written as its literal wants it.
    pub(super) fn replaced(
        &self,
        path: &FieldPath,
        range: Range<usize>,
        with: &str,
        subject: &Subject,
    ) -> Result<Splice, EditError> {
        let (node, _) = self.layout.root().descend(path);
        let Some(text) = node.text() else { return Err(refuse(subject, "it is no text")) };
        let literal = &self.layout.source[node.span.clone()];
        let raw = raw_range(literal, node.span.start, &text.replace("\r\n", "\n"), range);
        if raw == node.span {
            return Err(refuse(subject, "its text cannot be matched with what is written"));
        }
        let mut insert = String::new();
        if literal.starts_with('\'') {
            if with.contains('\'') || with.contains(char::is_control) {
                return Err(refuse(subject, "a literal string cannot hold it"));
            }
            insert.push_str(with);
        } else {
            with.chars().for_each(|c| escape(c, &mut insert));
        }
        Ok(Splice { start: raw.start, end: raw.end, insert })
    }
}

/// The span of the n-th key in a header.
fn header_segment(header: &str, wanted: usize) -> Option<Range<usize>> {
    let (mut nth, mut start, mut quote) = (0, None, None);
    for (at, c) in header.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => {
                quote = Some(c);
                start.get_or_insert(at);
            }
            (None, '.' | ']') => {
                if let (true, Some(from)) = (nth == wanted, start) {
                    let text = header[from..at].trim_end();
                    return Some(from..from + text.len());
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
