//! The places of new keys, items and tables, in canonical order.

use super::error::{EditError, Refusal};
use super::session::Session;
use crate::literal::key;
use crate::node::Node;
use crate::path::{Path, Step};
use crate::splice::Splice;
use crate::style::order;
use crate::value::Value;
use crate::write::{block, entry, item_block, needs_header};

/// Something that is not there yet: below which path, under which step, with what value.
pub(super) struct Addition<'a> {
    pub(super) parent: Path,
    pub(super) step: Step,
    pub(super) value: Value,
    /// The path of the edit that adds it.
    pub(super) edited: &'a Path,
}

impl Addition<'_> {
    /// Where it will be.
    pub(super) fn path(&self) -> Path {
        self.parent.clone().step(self.step.clone())
    }
}

impl Session<'_, '_> {
    /// Where a new key, table or item goes, in canonical order.
    pub(super) fn insertion(&self, addition: &Addition<'_>, cuts: &[Splice]) -> Result<Splice, EditError> {
        let (parent, depth) = self.outline.toml.find(&addition.parent);
        debug_assert_eq!(depth, addition.parent.steps().len());
        let path = addition.path();
        let source = self.outline.source;
        let header = self.outline.header(&addition.parent);
        let text = match &addition.step {
            Step::Index(_) if !parent.is_list() => {
                return Err(EditError::new(addition.edited, Refusal::NoList));
            }
            Step::Index(_) => item_block(self.style, &addition.parent.header(), &addition.value),
            Step::Key(_) if !parent.is_table() => {
                return Err(EditError::new(addition.edited, Refusal::NoTable));
            }
            Step::Key(name) if needs_header(self.style, name, &addition.value) => {
                block(self.style, &path.header(), &addition.value)
            }
            Step::Key(name) if header.is_some() || addition.parent.steps().is_empty() => {
                let at = self.line_for(&addition.parent, header, name);
                return Ok(self.lines_at(at, &entry(self.style, &key(name), &addition.value)));
            }
            Step::Key(name) => {
                let Some(at) = self.dotted_line_for(&addition.parent) else {
                    return Err(EditError::new(addition.edited, Refusal::NoHeader));
                };
                let parent: Path = self.below_header(&addition.parent);
                return Ok(self.lines_at(
                    at,
                    &entry(self.style, &format!("{}.{}", parent.header(), key(name)), &addition.value),
                ));
            }
        };
        // Not within what is removed.
        let at = self.block_for(&path);
        let before = cuts.partition_point(|cut| cut.start < at).checked_sub(1);
        let at = before.map_or(at, |before| at.max(cuts[before].end));
        let mut splice = self.lines_at(at, &format!("\n{text}"));
        if splice.start == self.outline.start() {
            splice.insert = splice.insert.trim_start().to_owned();
        }
        let rest = &source[at..];
        if !rest.is_empty() && !rest.starts_with('\n') && !rest.starts_with("\r\n") {
            splice.insert.push_str(self.outline.newline);
        }
        Ok(splice)
    }

    /// Lines inserted at the start of a line; after a last line that has no line end, with one before
    /// them and none at their end.
    fn lines_at(&self, at: usize, lines: &str) -> Splice {
        let at = at.max(self.outline.start());
        let open = at == self.outline.source.len() && !self.outline.is_ended();
        let insert =
            if open { format!("\n{}", lines.strip_suffix('\n').unwrap_or(lines)) } else { lines.to_owned() };
        Splice { start: at, end: at, insert: self.line_ends(&insert) }
    }

    /// The line at which a new key of a table belongs.
    fn line_for(&self, table: &Path, header: Option<usize>, name: &str) -> usize {
        let block = self.outline.block(header);
        let place = self.rank(table, name);
        let (node, _) = self.outline.toml.find(table);
        let is_before = |child: &Node<'_>, key: &str| {
            let is_direct = child.key.as_ref().is_some_and(|key| block.contains(&key.start));
            let is_block = self.outline.is_header_at(&child.span);
            is_direct && !is_block && self.rank(table, key) < place
        };
        let before = node.entries().filter(|(key, child)| is_before(child, key));
        let last = before.map(|(_, child)| self.last_byte(&child)).max();
        match (last, header) {
            (Some(end), _) => self.outline.line_end(end),
            (None, Some(at)) => self.outline.line_end(self.outline.headers[at].span.end),
            (None, None) => {
                let first = node.children().into_iter().filter_map(|child| Some(child.key?.start)).min();
                first.map_or(self.outline.source.len(), |first| self.outline.line_start(first))
            }
        }
    }

    /// The last byte of a value; a dotted table's is that of its last value.
    fn last_byte(&self, node: &Node<'_>) -> usize {
        let within = self.is_dotted(node).then(|| node.children());
        within.iter().flatten().map(|child| self.last_byte(child)).max().unwrap_or(node.span.end)
    }

    /// The line after the last dotted key of a table that has no header.
    fn dotted_line_for(&self, table: &Path) -> Option<usize> {
        let (node, _) = self.outline.toml.find(table);
        let dotted = self.is_dotted(&node) && !self.has_header(table);
        dotted.then(|| self.outline.line_end(self.last_byte(&node)))
    }

    /// The part of a path that dotted keys spell out below the nearest header.
    pub(super) fn below_header(&self, path: &Path) -> Path {
        let above = self.outline.headers.iter().filter(|header| path.is_below(&header.path));
        let longest = above.map(|header| header.path.steps().len()).max().unwrap_or(0);
        path.steps()[longest..].iter().cloned().collect()
    }

    /// The line at which a new block belongs: after the last block that comes before it.
    fn block_for(&self, path: &Path) -> usize {
        let mut parent: Path = path.clone();
        while let Some((above, step)) = parent.split_last() {
            let place = match step {
                Step::Key(name) => self.rank(&above, name),
                Step::Index(_) => {
                    parent = above;
                    continue;
                }
            };
            let mut before = self.outline.headers.iter().enumerate().filter(|(_, header)| {
                let steps = header.path.steps();
                header.path.is_below(&above)
                    && match steps.get(above.steps().len()) {
                        None => true,
                        Some(Step::Key(name)) => self.rank(&above, name) <= place,
                        Some(Step::Index(_)) => false,
                    }
            });
            if let Some((last, _)) = before.next_back() {
                return self.outline.block_end(Some(last));
            }
            parent = above;
        }
        match self.outline.block_end(None) {
            0 if self.outline.headers.is_empty() => self.outline.source.len(),
            end => end,
        }
    }

    /// What orders additions at one place of the text: lines, which go to the block before it, come before
    /// new blocks, and each in the canonical order.
    pub(super) fn rank_of(&self, addition: &Addition<'_>) -> (bool, Vec<(usize, String)>) {
        let path = addition.path();
        let ranks = path.steps().iter().enumerate().map(|(at, step)| match step {
            Step::Key(name) => order(self.style, &path.steps()[..at], name),
            Step::Index(index) => (*index, String::new()),
        });
        let is_block = match &addition.step {
            Step::Key(name) => needs_header(self.style, name, &addition.value),
            Step::Index(_) => true,
        };
        (is_block, ranks.collect())
    }

    /// The place of a key in the canonical order of its table.
    fn rank(&self, table: &Path, name: &str) -> (usize, String) {
        order(self.style, table.steps(), name)
    }
}

/// Notes an addition; several below the same missing table become one.
pub(super) fn add<'a>(additions: &mut Vec<Addition<'a>>, path: &'a Path, depth: usize, value: Value) {
    let steps = path.steps();
    let parent: Path = steps[..depth].iter().cloned().collect();
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
    additions.push(Addition { parent, step, value: whole, edited: path });
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
