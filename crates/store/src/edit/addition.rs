//! Where new keys, items and tables go, in canonical order.

use diagnostics::Splice;
use model::{FieldPath, Step, Subject, Value};

use super::{EditError, Session, refuse};
use crate::canonical::{block, entry, item_block, key, needs_header};
use crate::document::{header_path, is_below, split_last};
use crate::node::Node;
use crate::order::Order;

/// Something that is not there yet: below which path, under which step, with what value.
pub(super) struct Addition<'a> {
    pub(super) parent: FieldPath,
    pub(super) step: Step,
    pub(super) value: Value,
    pub(super) subject: &'a Subject,
}

impl Addition<'_> {
    /// Where it will be.
    pub(super) fn path(&self) -> FieldPath {
        self.parent.steps().iter().chain([&self.step]).cloned().collect()
    }
}

impl Session<'_, '_> {
    /// Where a new key, table or item goes, in canonical order.
    pub(super) fn insertion(&self, addition: &Addition<'_>, cuts: &[Splice]) -> Result<Splice, EditError> {
        let (parent, depth) = self.layout.root().descend(&addition.parent);
        debug_assert_eq!(depth, addition.parent.steps().len());
        let path = addition.path();
        let source = self.layout.source;
        let header = self.layout.header(&addition.parent);
        let text = match &addition.step {
            Step::Index(_) if !parent.is_list() => return Err(refuse(addition.subject, "it is no list")),
            Step::Index(_) => item_block(&header_path(&addition.parent), &addition.value),
            Step::Key(_) if parent.table().is_none() => {
                return Err(refuse(addition.subject, "what should hold it is no table"));
            }
            Step::Key(name) if needs_header(name, &addition.value) => {
                block(&header_path(&path), &addition.value)
            }
            Step::Key(name) if header.is_some() || addition.parent.steps().is_empty() => {
                let at = self.line_for(&addition.parent, header, name);
                return Ok(self.lines_at(at, &entry(&key(name), &addition.value)));
            }
            Step::Key(name) => {
                let Some(at) = self.dotted_line_for(&addition.parent) else {
                    return Err(refuse(addition.subject, "its table has no header"));
                };
                let parent: FieldPath = self.below_header(&addition.parent);
                return Ok(self.lines_at(
                    at,
                    &entry(&format!("{}.{}", header_path(&parent), key(name)), &addition.value),
                ));
            }
        };
        // Not within what goes.
        let at = self.block_for(&path);
        let before = cuts.partition_point(|cut| cut.start < at).checked_sub(1);
        let at = before.map_or(at, |before| at.max(cuts[before].end));
        let mut splice = self.lines_at(at, &format!("\n{text}"));
        if splice.start == self.layout.start() {
            splice.insert = splice.insert.trim_start().to_owned();
        }
        let rest = &source[at..];
        if !rest.is_empty() && !rest.starts_with('\n') && !rest.starts_with("\r\n") {
            splice.insert.push_str(self.layout.newline);
        }
        Ok(splice)
    }

    /// Lines inserted at the start of a line; after a last line that has no line end, with one before
    /// them and none at their end.
    fn lines_at(&self, at: usize, lines: &str) -> Splice {
        let at = at.max(self.layout.start());
        let open = at == self.layout.source.len() && !self.layout.is_ended();
        let insert =
            if open { format!("\n{}", lines.strip_suffix('\n').unwrap_or(lines)) } else { lines.to_owned() };
        Splice { start: at, end: at, insert: self.line_ends(&insert) }
    }

    /// The line at which a new key of a table belongs.
    fn line_for(&self, table: &FieldPath, header: Option<usize>, name: &str) -> usize {
        let block = self.layout.block(header);
        let place = self.rank(table, name);
        let (node, _) = self.layout.root().descend(table);
        let is_before = |child: &Node<'_>, key: &str| {
            let is_direct = child.key.as_ref().is_some_and(|key| block.contains(&key.start));
            let is_block = self.layout.is_header_at(&child.span);
            is_direct && !is_block && self.rank(table, key) < place
        };
        let keys = node.table().into_iter().flat_map(|table| table.keys());
        let children =
            keys.filter_map(|key| Some((key.get_ref(), node.child(&Step::Key(key.get_ref().to_string()))?)));
        let before = children.filter(|(key, child)| is_before(child, key));
        let last = before.map(|(_, child)| self.last_byte(&child)).max();
        match (last, header) {
            (Some(end), _) => self.layout.line_end(end),
            (None, Some(at)) => self.layout.line_end(self.layout.headers[at].span.end),
            (None, None) => {
                let first = node.children().into_iter().filter_map(|child| Some(child.key?.start)).min();
                first.map_or(self.layout.source.len(), |first| self.layout.line_start(first))
            }
        }
    }

    /// The last byte of a value; a dotted table's is that of its last value.
    fn last_byte(&self, node: &Node<'_>) -> usize {
        let within = self.is_dotted(node).then(|| node.children());
        within.iter().flatten().map(|child| self.last_byte(child)).max().unwrap_or(node.span.end)
    }

    /// The line after the last dotted key of a table that has no header.
    fn dotted_line_for(&self, table: &FieldPath) -> Option<usize> {
        let (node, _) = self.layout.root().descend(table);
        let dotted = self.is_dotted(&node) && !self.has_header(table);
        dotted.then(|| self.layout.line_end(self.last_byte(&node)))
    }

    /// The part of a path that dotted keys spell out below the nearest header.
    pub(super) fn below_header(&self, path: &FieldPath) -> FieldPath {
        let above = self.layout.headers.iter().filter(|header| is_below(path, &header.path));
        let longest = above.map(|header| header.path.steps().len()).max().unwrap_or(0);
        path.steps()[longest..].iter().cloned().collect()
    }

    /// The line at which a new block belongs: after the last block that comes before it.
    fn block_for(&self, path: &FieldPath) -> usize {
        let mut parent: FieldPath = path.clone();
        while let Some((above, step)) = split_last(&parent) {
            let place = match &step {
                Step::Key(name) => self.rank(&above, name),
                Step::Index(_) => {
                    parent = above;
                    continue;
                }
            };
            let mut before = self.layout.headers.iter().enumerate().filter(|(_, header)| {
                let steps = header.path.steps();
                is_below(&header.path, &above)
                    && match steps.get(above.steps().len()) {
                        None => true,
                        Some(Step::Key(name)) => self.rank(&above, name) <= place,
                        Some(Step::Index(_)) => false,
                    }
            });
            if let Some((last, _)) = before.next_back() {
                return self.layout.block_end(Some(last));
            }
            parent = above;
        }
        match self.layout.block_end(None) {
            0 if self.layout.headers.is_empty() => self.layout.source.len(),
            end => end,
        }
    }

    /// What orders additions at one place of the text: lines, which go to the block before it, come before
    /// new blocks, and each in the canonical order.
    pub(super) fn rank_of(&self, addition: &Addition<'_>) -> (bool, Vec<(usize, String)>) {
        let path = addition.path();
        let ranks = path.steps().iter().enumerate().map(|(at, step)| match step {
            Step::Key(name) => {
                Order::new(self.editor.document, self.editor.dimensions).rank(&path.steps()[..at], name)
            }
            Step::Index(index) => (*index, String::new()),
        });
        let is_block = match &addition.step {
            Step::Key(name) => needs_header(name, &addition.value),
            Step::Index(_) => true,
        };
        (is_block, ranks.collect())
    }

    /// The place of a key in the canonical order of its table.
    fn rank(&self, table: &FieldPath, name: &str) -> (usize, String) {
        Order::new(self.editor.document, self.editor.dimensions).rank(table.steps(), name)
    }
}

/// Notes an addition; several below the same missing table become one.
pub(super) fn add<'a>(
    additions: &mut Vec<Addition<'a>>,
    path: &FieldPath,
    depth: usize,
    value: Value,
    subject: &'a Subject,
) {
    let steps = path.steps();
    let parent: FieldPath = steps[..depth].iter().cloned().collect();
    let step = steps[depth].clone();
    let rest = &steps[depth + 1..];
    if let Some(known) = additions.iter_mut().find(|known| known.parent == parent && known.step == step) {
        merge(&mut known.value, rest, value);
        return;
    }
    let mut whole = match rest.first() {
        None => value.clone(),
        Some(Step::Key(_)) => Value::Table(Vec::new()),
        Some(Step::Index(_)) => Value::List(Vec::new()),
    };
    if !rest.is_empty() {
        merge(&mut whole, rest, value);
    }
    additions.push(Addition { parent, step, value: whole, subject });
}

fn merge(into: &mut Value, path: &[Step], value: Value) {
    let Some((step, rest)) = path.split_first() else {
        *into = value;
        return;
    };
    let empty = match rest.first() {
        Some(Step::Index(_)) => Value::List(Vec::new()),
        _ => Value::Table(Vec::new()),
    };
    match (into, step) {
        (Value::Table(entries), Step::Key(name)) => {
            let at = entries.iter().position(|(key, _)| key == name).unwrap_or_else(|| {
                entries.push((name.clone(), empty));
                entries.len() - 1
            });
            merge(&mut entries[at].1, rest, value);
        }
        (Value::List(items), Step::Index(index)) => {
            if *index >= items.len() {
                items.push(empty);
            }
            let at = (*index).min(items.len() - 1);
            merge(&mut items[at], rest, value);
        }
        (other, _) => *other = value,
    }
}
