//! Assigns each comment to the text that it describes.
//!
//! A comment at the end of a line belongs to what is on the line; one on its own lines to what
//! follows: a key, a header, an item of a list. Three kinds belong elsewhere. Before the first key or
//! header, what a blank line parts from it heads the file, and so does a `#:schema` line. After the
//! last one, it ends the file. And what directly follows the last line of a block and is parted by a
//! blank line from the next header ends that block.

use std::collections::HashMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::comments::comments as spans;

/// The table that has no header: the document itself.
pub(super) const ROOT: usize = usize::MAX;

/// The comments of a text by what they belong to. Keys and items are named by the byte at which their
/// value begins, tables by that of their header, or of their brace.
#[derive(Default)]
pub(super) struct Comments<'t> {
    /// On their own lines before something.
    pub(super) above: HashMap<usize, Vec<&'t str>>,
    /// At the end of a line.
    pub(super) beside: HashMap<usize, &'t str>,
    /// After the last key of a table, or the last item of a list.
    pub(super) below: HashMap<usize, Vec<&'t str>>,
    /// At the head of the file, in groups that blank lines part.
    pub(super) head: Vec<Vec<&'t str>>,
    /// On their own lines at the end of the file.
    pub(super) end: Vec<Vec<&'t str>>,
    /// Whether a blank line comes before those at the end.
    pub(super) end_is_apart: bool,
}

/// Something that comments can belong to.
struct Anchor<'v> {
    span: Range<usize>,
    /// The value, unless it is a header.
    value: Option<&'v DeValue<'v>>,
}

/// The texts of all comments, sorted.
pub(super) fn sorted(text: &str) -> Vec<&str> {
    let mut all: Vec<_> = spans(text).map(|span| text[span].trim_end()).collect();
    all.sort_unstable();
    all
}

impl<'t> Comments<'t> {
    pub(super) fn new(text: &'t str, tree: &DeTable<'_>) -> Self {
        let mut comments = Self::default();
        let spans: Vec<_> = spans(text).collect();
        if spans.is_empty() {
            return comments;
        }
        let mut anchors = Vec::new();
        statements(text, tree, &mut anchors);
        anchors.sort_by_key(|anchor| anchor.span.start);
        let mut block = ROOT;
        let mut end = 0;
        for (at, rest) in comments.gaps(text, &spans, &anchors).into_iter().enumerate() {
            let next = anchors.get(at);
            let (mut groups, starts_apart, ends_apart) = groups(text, end, rest, next);
            match next {
                Some(next) if at == 0 => {
                    let attached = if ends_apart { None } else { groups.pop() };
                    let is_directive = |line: &&str| line.starts_with("#:");
                    let (directives, above): (Vec<_>, Vec<_>) =
                        attached.into_iter().flatten().partition(is_directive);
                    groups.extend((!directives.is_empty()).then_some(directives));
                    comments.head = groups;
                    comments.put_above(next.span.start, above);
                }
                None => {
                    comments.end_is_apart = starts_apart;
                    comments.end = groups;
                }
                Some(next) => {
                    let parted = groups.len() > 1 || ends_apart;
                    if next.value.is_none() && parted && !starts_apart && !groups.is_empty() {
                        comments.below.insert(block, groups.remove(0));
                    }
                    comments.put_above(next.span.start, groups.concat());
                }
            }
            if let Some(next) = next {
                end = next.span.end;
                block = if next.value.is_none() { next.span.start } else { block };
            }
        }
        comments
    }

    fn put_above(&mut self, id: usize, lines: Vec<&'t str>) {
        if !lines.is_empty() {
            self.above.entry(id).or_default().extend(lines);
        }
    }

    /// Gives the comments within anchors, and at the end of their lines, to these; returns the others
    /// by the anchor that they precede, and last those after all anchors.
    fn gaps(
        &mut self,
        text: &'t str,
        comments: &[Range<usize>],
        anchors: &[Anchor<'_>],
    ) -> Vec<Vec<Range<usize>>> {
        let mut gaps = vec![Vec::new(); anchors.len() + 1];
        let mut within: Vec<Vec<Range<usize>>> = vec![Vec::new(); anchors.len()];
        for comment in comments {
            let next = anchors.partition_point(|anchor| anchor.span.start < comment.start);
            match next.checked_sub(1).map(|before| (before, &anchors[before].span)) {
                Some((before, span)) if comment.start < span.end => within[before].push(comment.clone()),
                Some((_, span))
                    if !text[span.end..comment.start].contains('\n')
                        && !self.beside.contains_key(&span.start) =>
                {
                    self.beside.insert(span.start, text[comment.clone()].trim_end());
                }
                _ => gaps[next].push(comment.clone()),
            }
        }
        for (anchor, comments) in anchors.iter().zip(within) {
            if let (Some(value), false) = (anchor.value, comments.is_empty()) {
                self.within(text, &comments, value, anchor.span.start);
            }
        }
        gaps
    }

    /// Comments within brackets or braces.
    fn within(&mut self, text: &'t str, comments: &[Range<usize>], value: &DeValue<'_>, id: usize) {
        let mut anchors = Vec::new();
        match value {
            DeValue::Table(table) => statements(text, table, &mut anchors),
            DeValue::Array(items) => anchors
                .extend(items.iter().map(|item| Anchor { span: item.span(), value: Some(item.get_ref()) })),
            _ => {}
        }
        anchors.sort_by_key(|anchor| anchor.span.start);
        for (at, gap) in self.gaps(text, comments, &anchors).into_iter().enumerate() {
            let lines: Vec<_> = gap.into_iter().map(|comment| text[comment].trim_end()).collect();
            match anchors.get(at) {
                Some(next) => self.put_above(next.span.start, lines),
                None if lines.is_empty() => {}
                None => drop(self.below.insert(id, lines)),
            }
        }
    }

    /// Returns whether a value holds comments that cannot go above it: those of what is within it.
    pub(super) fn are_in(&self, value: &DeValue<'_>) -> bool {
        let at = |one: &Spanned<DeValue<'_>>| self.are_at(one.span().start) || self.are_in(one.get_ref());
        match value {
            DeValue::Table(table) => table.values().any(at),
            DeValue::Array(items) => items.iter().any(at),
            _ => false,
        }
    }

    /// Returns whether something has its own comments.
    pub(super) fn are_at(&self, id: usize) -> bool {
        self.above.contains_key(&id) || self.beside.contains_key(&id) || self.below.contains_key(&id)
    }
}

/// The keys with their own value, and the headers, of a table and of those within it that are not
/// in braces.
fn statements<'v>(text: &str, table: &'v DeTable<'v>, anchors: &mut Vec<Anchor<'v>>) {
    for value in table.values() {
        let span = value.span();
        match value.get_ref() {
            DeValue::Table(inner) if !text[span.clone()].starts_with('{') => {
                // A table that dotted keys or other headers imply has no text.
                if text[span.clone()].starts_with('[') {
                    anchors.push(Anchor { span, value: None });
                }
                statements(text, inner, anchors);
            }
            DeValue::Array(items) if items.first().is_some_and(|first| first.span() == span) => {
                for item in items {
                    anchors.push(Anchor { span: item.span(), value: None });
                    if let DeValue::Table(inner) = item.get_ref() {
                        statements(text, inner, anchors);
                    }
                }
            }
            inner => anchors.push(Anchor { span, value: Some(inner) }),
        }
    }
}

/// Comments in groups that blank lines part; whether a blank line comes before them, and after them.
fn groups<'t>(
    text: &'t str,
    before: usize,
    comments: Vec<Range<usize>>,
    next: Option<&Anchor<'_>>,
) -> (Vec<Vec<&'t str>>, bool, bool) {
    let is_apart = |from: usize, to: usize| text[from..to].matches('\n').count() > 1;
    let starts_apart = comments.first().is_some_and(|first| {
        // What is between is the rest of a line, with the comment that ends it.
        let line_end = text[before..].find('\n').map_or(text.len(), |feed| before + feed);
        is_apart(line_end.min(first.start), first.start)
    });
    let ends_apart = match (comments.last(), next) {
        (Some(last), Some(next)) => is_apart(last.end, next.span.start),
        _ => true,
    };
    let mut groups: Vec<Vec<&str>> = Vec::new();
    let mut end = None;
    for comment in comments {
        if end.is_none_or(|end| is_apart(end, comment.start)) {
            groups.push(Vec::new());
        }
        end = Some(comment.end);
        if let Some(group) = groups.last_mut() {
            group.push(text[comment].trim_end());
        }
    }
    (groups, starts_apart, ends_apart)
}
