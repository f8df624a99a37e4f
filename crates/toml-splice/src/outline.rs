//! The headers and lines of a text: the places at which it can be changed.

use std::ops::Range;

use crate::node::Node;
use crate::parse::Toml;
use crate::path::Path;
use crate::values::{Held, Item};

/// A header, `[a.b]` or `[[a.b]]`, with the path of the table that it opens.
#[derive(Debug, Clone)]
pub(crate) struct Header {
    pub(crate) path: Path,
    pub(crate) span: Range<usize>,
}

/// A TOML text, its headers in the order of the text, and where its values are.
pub(crate) struct Outline<'t> {
    pub(crate) toml: &'t Toml<'t>,
    pub(crate) source: &'t str,
    pub(crate) headers: Vec<Header>,
    /// The places of the headers in the order of their paths, in which those below a table follow each other.
    by_path: Vec<usize>,
    /// The values on their own lines, in the order of the text.
    values: Vec<Range<usize>>,
    /// The line end that the text uses.
    pub(crate) newline: &'static str,
}

impl<'t> Outline<'t> {
    pub(crate) fn new(toml: &'t Toml<'t>) -> Self {
        let source = toml.text();
        let newline = if source.contains("\r\n") { "\r\n" } else { "\n" };
        let mut outline =
            Self { toml, source, headers: Vec::new(), by_path: Vec::new(), values: Vec::new(), newline };
        outline.walk_table(toml.root().item(), &Path::default());
        outline.headers.sort_by_key(|header| header.span.start);
        let mut by_path: Vec<_> = (0..outline.headers.len()).collect();
        by_path.sort_by(|a, b| outline.headers[*a].path.cmp(&outline.headers[*b].path));
        outline.by_path = by_path;
        outline.values.sort_by_key(|span| span.start);
        outline
    }

    fn walk_table(&mut self, table: Item<'_>, path: &Path) {
        for (key, value) in table.entries().into_iter().flatten() {
            let below = || path.clone().key(key);
            match value.held() {
                Held::Table(_) => self.walk_inner(value, below()),
                Held::List(_)
                    if value
                        .items()
                        .and_then(|mut items| items.next())
                        .is_some_and(|first| first.span() == value.span()) =>
                {
                    let path = below();
                    for (at, item) in value.items().into_iter().flatten().enumerate() {
                        self.walk_inner(item, path.clone().index(at));
                    }
                }
                _ => self.values.push(value.span()),
            }
        }
    }

    fn walk_inner(&mut self, table: Item<'_>, path: Path) {
        let span = table.span();
        if self.source[span.clone()].starts_with('{') {
            self.values.push(span);
            return;
        }
        if self.is_header(&span) {
            self.headers.push(Header { path: path.clone(), span });
        }
        self.walk_table(table, &path);
    }

    /// Returns whether a table's span is a header: a header is at the start of a line, an array is not.
    pub(crate) fn is_header(&self, span: &Range<usize>) -> bool {
        let before = self.source[..span.start].rsplit('\n').next().unwrap_or("");
        self.source[span.clone()].starts_with('[') && before.trim_start_matches('\u{feff}').trim().is_empty()
    }

    /// The document as a node.
    pub(crate) fn root(&self) -> Node<'t> {
        self.toml.root()
    }

    /// The headers of a table and of those below it, by path.
    pub(crate) fn headers_below(&self, path: &Path) -> impl Iterator<Item = &Header> {
        let first = self.by_path.partition_point(|at| self.headers[*at].path < *path);
        let following = self.by_path[first..].iter().map(|at| &self.headers[*at]);
        following.take_while(move |header| header.path.is_below(path))
    }

    /// The header of exactly this table.
    pub(crate) fn header(&self, path: &Path) -> Option<usize> {
        let at = self.by_path.binary_search_by_key(&path, |at| &self.headers[*at].path).ok()?;
        self.by_path.get(at).copied()
    }

    /// Returns whether a header is written at this place.
    pub(crate) fn is_header_at(&self, span: &Range<usize>) -> bool {
        let at = self.headers.binary_search_by_key(&span.start, |header| header.span.start);
        at.is_ok_and(|at| self.headers[at].span == *span)
    }

    /// The lines of the block that a header opens (none: those before the first header): from the
    /// header, or the start of the text, to the next header.
    pub(crate) fn block(&self, header: Option<usize>) -> Range<usize> {
        let start = header.map_or(0, |at| self.headers[at].span.start);
        let next = header.map_or(0, |at| at + 1);
        start..self.headers.get(next).map_or(self.source.len(), |next| next.span.start)
    }

    /// The end of the last line of a block that holds a value, or of its header; what follows are
    /// blank lines and comments that may belong to the next block.
    pub(crate) fn block_end(&self, header: Option<usize>) -> usize {
        let block = self.block(header);
        let before = self.values.partition_point(|value| value.start < block.end);
        let last = self.values[..before].last().filter(|value| value.start >= block.start);
        let end = match (last, header) {
            (Some(value), _) => value.end,
            (None, Some(at)) => self.headers[at].span.end,
            (None, None) => return 0,
        };
        self.line_end(end)
    }

    /// Where the last value or header before a byte ends: what looks like a comment before that is text.
    pub(crate) fn value_end_before(&self, at: usize) -> usize {
        // Values and headers do not overlap, so their ends are in order as their starts are.
        let values = self.values.partition_point(|value| value.end <= at);
        let headers = self.headers.partition_point(|header| header.span.end <= at);
        let value = self.values[..values].last().map_or(0, |value| value.end);
        self.headers[..headers].last().map_or(value, |header| header.span.end.max(value))
    }

    /// The position after the line break that ends the line of `at`.
    pub(crate) fn line_end(&self, at: usize) -> usize {
        self.source[at..].find('\n').map_or(self.source.len(), |feed| at + feed + 1)
    }

    /// The start of the line of `at`, after a byte-order mark.
    pub(crate) fn line_start(&self, at: usize) -> usize {
        self.source[..at].rfind('\n').map_or(self.start(), |feed| feed + 1)
    }

    /// Where the text starts: after a byte-order mark.
    pub(crate) fn start(&self) -> usize {
        if self.source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
    }

    /// Returns whether the last line has a line end; a text without lines lacks none.
    pub(crate) fn is_ended(&self) -> bool {
        self.source.len() == self.start() || self.source.ends_with('\n')
    }
}
