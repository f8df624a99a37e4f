//! The entries of an inline table or a list in brackets, with their commas and comments.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use crate::node::Node;
use crate::path::Step;

/// The bracketed values of a text that were taken apart, by their first byte: once, however many fixes change one.
#[derive(Default)]
pub(super) struct TakenApart<'t>(RefCell<HashMap<usize, Rc<Entries<'t>>>>);

impl<'t> TakenApart<'t> {
    pub(super) fn entries(&self, source: &str, node: &Node<'t>) -> Rc<Entries<'t>> {
        let mut known = self.0.borrow_mut();
        Rc::clone(known.entry(node.span.start).or_insert_with(|| Rc::new(Entries::new(source, node))))
    }
}

/// A bracketed value in pieces.
pub(super) struct Entries<'t> {
    /// The opening bracket, and what follows it on its line.
    pub(super) open: Range<usize>,
    pub(super) items: Vec<Entry<'t>>,
    /// The first entry that is the first of its line.
    pub(super) on_line: Option<usize>,
    /// Of an inline table, which entries begin with a key.
    by_key: HashMap<String, Vec<usize>>,
    /// What follows the last entry, with the closing bracket.
    pub(super) close: Range<usize>,
}

/// An item of a list, or a value of an inline table with its key, which may be dotted.
pub(super) struct Entry<'t> {
    /// The keys that lead to the value; none for an item of a list.
    pub(super) keys: Vec<String>,
    pub(super) node: Node<'t>,
    /// Comments that a blank line parts from the entry.
    pub(super) loose: Range<usize>,
    /// The comments directly above it, and its indentation.
    pub(super) lead: Range<usize>,
    pub(super) text: Range<usize>,
    pub(super) comma: Option<usize>,
    /// The end of what belongs to it: its comma and the comment beside it.
    pub(super) end: usize,
    /// Whether it is the first of its line.
    pub(super) starts_line: bool,
    /// Whether it is the last of its line.
    pub(super) ends_line: bool,
}

impl<'t> Entries<'t> {
    fn new(source: &str, node: &Node<'t>) -> Self {
        let mut values = Vec::new();
        collect(node, &mut Vec::new(), &mut values);
        values.sort_by_key(|(_, value)| value.span.start);
        let first = node.span.start + 1;
        let open = node.span.start..rest_of_line(source, first).unwrap_or_else(|| blanks(source, first));
        let (mut at, mut items) = (open.end, Vec::<Entry<'t>>::new());
        for (keys, value) in values {
            let begins = source[..at].ends_with('\n');
            let start = trivia(source, at);
            let line = source[at..start].rfind('\n').map_or(at, |feed| at + feed + 1);
            let loose = at..above(source, at, line);
            let text = start..value.span.end;
            let after = trivia(source, text.end);
            let comma = source[after..].starts_with(',').then_some(after);
            let past = comma.map_or(text.end, |comma| comma + 1);
            let line_end = rest_of_line(source, past);
            let last = if comma.is_some() { blanks(source, past) } else { past };
            let end = line_end.unwrap_or(last);
            items.push(Entry {
                keys,
                node: value,
                lead: loose.end..start,
                loose,
                text,
                comma,
                end,
                starts_line: begins || line > at,
                ends_line: line_end.is_some(),
            });
            at = end;
        }
        let on_line = items.iter().position(|entry| entry.starts_line);
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, entry) in items.iter().enumerate() {
            if let Some(key) = entry.keys.first() {
                by_key.entry(key.clone()).or_default().push(at);
            }
        }
        Self { open, items, on_line, by_key, close: at..node.span.end }
    }

    /// The entries that a path may lead to or through.
    pub(super) fn near(&self, steps: &[Step]) -> Vec<usize> {
        match steps.first() {
            Some(Step::Index(at)) if *at < self.items.len() => vec![*at],
            Some(Step::Key(key)) => self.by_key.get(key.as_str()).cloned().unwrap_or_default(),
            _ => Vec::new(),
        }
    }
}

/// The values of an inline table or list; those of dotted tables within one by one.
fn collect<'t>(node: &Node<'t>, above: &mut Vec<String>, into: &mut Vec<(Vec<String>, Node<'t>)>) {
    if node.is_list() {
        return into.extend(node.children().into_iter().map(|item| (above.clone(), item)));
    }
    for (key, child) in node.entries() {
        above.push(key.to_owned());
        // A dotted table is nowhere but in its key.
        if child.key.as_ref() == Some(&child.span) {
            collect(&child, above, into);
        } else {
            into.push((above.clone(), child));
        }
        above.pop();
    }
}

/// The byte after the blanks, line ends and comments that begin at `at`.
fn trivia(source: &str, mut at: usize) -> usize {
    loop {
        let rest = &source[at..];
        let text = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        at += rest.len() - text.len();
        if !text.starts_with('#') {
            return at;
        }
        at += text.find('\n').unwrap_or(text.len());
    }
}

fn blanks(source: &str, at: usize) -> usize {
    let rest = &source[at..];
    at + rest.len() - rest.trim_start_matches([' ', '\t']).len()
}

/// The end of the line, where only blanks and a comment follow on it.
fn rest_of_line(source: &str, at: usize) -> Option<usize> {
    let rest = source[blanks(source, at)..].trim_start_matches('\r');
    let ends = rest.starts_with(['#', '\n']);
    ends.then(|| source[at..].find('\n').map_or(source.len(), |feed| at + feed + 1))
}

/// The start of the comment lines directly above the line that starts at `line`, not before `from`.
fn above(source: &str, from: usize, line: usize) -> usize {
    let mut start = line;
    for comment in source[from..line].split_inclusive('\n').rev() {
        if !comment.trim_start().starts_with('#') {
            break;
        }
        start -= comment.len();
    }
    start
}
