//! Writes a tree in the canonical form, with the literals of the text that it was read from.

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml_datetime::{Date, Datetime};
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::comments::{Comments, ROOT};
use crate::literal::key;
use crate::path::{Step, header};
use crate::style::{Style, order};

type Value<'t> = Spanned<DeValue<'t>>;

/// Writes one document.
pub(super) struct Writer<'t> {
    text: &'t str,
    comments: Comments<'t>,
    style: &'t dyn Style,
    newline: &'static str,
    out: String,
    /// Whether nothing, or a blank line, comes before what is written next.
    is_apart: bool,
}

impl<'t> Writer<'t> {
    pub(super) fn new(text: &'t str, comments: Comments<'t>, style: &'t dyn Style) -> Self {
        Self {
            text,
            comments,
            style,
            newline: newline(text),
            out: String::with_capacity(text.len()),
            is_apart: true,
        }
    }

    pub(super) fn document(mut self, tree: &DeTable<'_>) -> String {
        for group in std::mem::take(&mut self.comments.head) {
            self.part();
            self.lines(&group, "");
        }
        if !self.out.is_empty() && !tree.is_empty() {
            self.part();
        }
        self.body(tree, &mut Vec::new(), ROOT);
        for (at, group) in std::mem::take(&mut self.comments.end).into_iter().enumerate() {
            if at > 0 || self.comments.end_is_apart {
                self.part();
            }
            self.lines(&group, "");
        }
        self.out
    }

    /// The keys of a table, then the tables within it. `id` names the table among the comments.
    fn body(&mut self, table: &DeTable<'_>, path: &mut Vec<Step>, id: usize) {
        let (blocks, lines): (Vec<_>, Vec<_>) =
            self.entries(table, path).into_iter().partition(|(name, value)| self.has_header(name, value));
        for (name, value) in lines {
            path.push(Step::Key(name.to_owned()));
            self.entry(name, value, path);
            path.pop();
        }
        self.lines_below(id, "");
        for (name, value) in blocks {
            path.push(Step::Key(name.to_owned()));
            self.block(value, path);
            path.pop();
        }
    }

    /// The entries of a table in canonical order.
    fn entries<'v>(&self, table: &'v DeTable<'v>, path: &[Step]) -> Vec<(&'v str, &'v Value<'v>)> {
        let mut entries: Vec<_> = table.iter().map(|(key, value)| (key.get_ref().as_ref(), value)).collect();
        entries.sort_by_cached_key(|(name, _)| order(self.style, path, name));
        entries
    }

    /// Returns whether a value is written under a header: as in new files, and where there is no other place
    /// for its comments.
    fn has_header(&self, name: &str, value: &Value<'_>) -> bool {
        match value.get_ref() {
            DeValue::Table(_) => self.style.table_has_header(name) || self.comments.are_in(value.get_ref()),
            DeValue::Array(items) => {
                !items.is_empty()
                    && items.iter().all(|item| item.get_ref().is_table())
                    && (self.style.list_has_headers(name) || self.has_comments_in(items))
            }
            _ => false,
        }
    }

    /// A table with its header, or a list of tables with theirs.
    fn block(&mut self, value: &Value<'_>, path: &mut Vec<Step>) {
        let id = value.span().start;
        match value.get_ref() {
            DeValue::Table(table) => {
                let only_tables = !table.is_empty()
                    && table.iter().all(|(name, value)| self.has_header(name.get_ref(), value));
                if self.comments.are_at(id) || !only_tables {
                    let header = format!("[{}]", header(path));
                    self.header(&[id], &header);
                }
                self.body(table, path, id);
            }
            DeValue::Array(items) => {
                let is_bracket = !is_headers(value);
                let below = if is_bracket { self.comments.below.remove(&id) } else { None };
                if let (Some(last), Some(below)) = (items.last(), below) {
                    self.comments.below.entry(last.span().start).or_default().extend(below);
                }
                let header = format!("[[{}]]", header(path));
                for (at, item) in items.iter().enumerate() {
                    let item_id = item.span().start;
                    let ids = [id, item_id];
                    self.header(if at == 0 && is_bracket { &ids } else { &ids[1..] }, &header);
                    if let DeValue::Table(table) = item.get_ref() {
                        path.push(Step::Index(at));
                        self.body(table, path, item_id);
                        path.pop();
                    }
                }
            }
            _ => {}
        }
    }

    /// A header with the comments of the tables that it opens; only the last one can have its comment beside.
    fn header(&mut self, ids: &[usize], header: &str) {
        self.part();
        for (at, id) in ids.iter().enumerate() {
            self.lines_above(Some(*id), "");
            if at + 1 < ids.len() {
                let beside = self.comments.beside.remove(id);
                self.lines(beside.as_slice(), "");
            }
        }
        self.out.push_str(header);
        self.end_line(ids.last().copied());
    }

    /// `key = value` with its comments.
    fn entry(&mut self, name: &str, value: &Value<'_>, path: &mut Vec<Step>) {
        let id = value.span().start;
        // The comments of a list written as headers are those of its items.
        let own = (!is_headers(value)).then_some(id);
        self.lines_above(own, "");
        if value.get_ref().is_table() {
            self.lines_below(id, "");
        }
        let start = self.out.len();
        self.out.push_str(&key(name));
        self.out.push_str(" = ");
        match value.get_ref() {
            DeValue::Array(items) if self.has_comments_in(items) => {
                self.out.push_str(&self.text[value.span()]);
            }
            DeValue::Array(items) => self.list(items, start, id, path),
            _ => self.out.push_str(&self.inline(value, path)),
        }
        self.end_line(own);
    }

    /// A list, on one line if it fits and has no comments. `start` is where its line begins.
    fn list(&mut self, items: &[Value<'_>], start: usize, id: usize, path: &mut Vec<Step>) {
        let inline = self.items(items, path);
        let line = format!("[{}]", inline.join(", "));
        let has_comments = items.iter().any(|item| self.comments.are_at(item.span().start))
            || self.comments.below.contains_key(&id);
        let width = self.out[start..].chars().count() + line.chars().count();
        if !has_comments && (items.is_empty() || width <= self.style.width() && !line.contains('\n')) {
            self.out.push_str(&line);
            return;
        }
        self.out.push('[');
        self.end_line(None);
        for (item, inline) in items.iter().zip(inline) {
            let id = item.span().start;
            self.lines_above(Some(id), "  ");
            self.lines_below(id, "  ");
            self.out.push_str("  ");
            self.out.push_str(&inline);
            self.out.push(',');
            self.end_line(Some(id));
        }
        self.lines_below(id, "  ");
        self.out.push(']');
    }

    /// The items of a list, each on one line.
    fn items(&self, items: &[Value<'_>], path: &mut Vec<Step>) -> Vec<String> {
        let mut inline = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            path.push(Step::Index(at));
            inline.push(self.inline(item, path));
            path.pop();
        }
        inline
    }

    /// A value on one line, but for the line breaks within its literals.
    fn inline(&self, value: &Value<'_>, path: &mut Vec<Step>) -> String {
        match value.get_ref() {
            DeValue::Array(items) => format!("[{}]", self.items(items, path).join(", ")),
            DeValue::Table(table) if table.is_empty() => "{}".to_owned(),
            DeValue::Table(table) => {
                let mut inline = Vec::with_capacity(table.len());
                for (name, value) in self.entries(table, path) {
                    path.push(Step::Key(name.to_owned()));
                    inline.push(format!("{} = {}", key(name), self.inline(value, path)));
                    path.pop();
                }
                format!("{{ {} }}", inline.join(", "))
            }
            DeValue::String(text) if self.style.is_date(path) => match date(text) {
                Some(date) => date.to_string(),
                None => self.text[value.span()].to_owned(),
            },
            _ => self.text[value.span()].to_owned(),
        }
    }

    /// Returns whether the items of a list hold comments.
    fn has_comments_in(&self, items: &[Value<'_>]) -> bool {
        items.iter().any(|item| self.comments.are_in(item.get_ref()))
    }

    fn lines_above(&mut self, id: Option<usize>, indent: &str) {
        let above = id.and_then(|id| self.comments.above.remove(&id)).unwrap_or_default();
        self.lines(&above, indent);
    }

    fn lines_below(&mut self, id: usize, indent: &str) {
        let below = self.comments.below.remove(&id).unwrap_or_default();
        self.lines(&below, indent);
    }

    /// Comments, each on its own line.
    fn lines(&mut self, comments: &[&str], indent: &str) {
        for comment in comments {
            self.out.push_str(indent);
            self.out.push_str(comment);
            self.end_line(None);
        }
    }

    /// Ends the line, with the comment beside what is on it.
    fn end_line(&mut self, id: Option<usize>) {
        if let Some(beside) = id.and_then(|id| self.comments.beside.remove(&id)) {
            self.out.push(' ');
            self.out.push_str(beside);
        }
        self.out.push_str(self.newline);
        self.is_apart = false;
    }

    /// A blank line, unless there is one.
    fn part(&mut self) {
        if !self.is_apart {
            self.out.push_str(self.newline);
            self.is_apart = true;
        }
    }
}

/// Returns whether a value is a list of tables, each with its header.
fn is_headers(value: &Value<'_>) -> bool {
    let items = value.get_ref().as_array();
    items.and_then(|items| items.first()).is_some_and(|first| first.span() == value.span())
}

/// The line break of a text: its first one outside literals.
fn newline(text: &str) -> &'static str {
    let first = Source::new(text).lex().find(|token| token.kind() == TokenKind::Newline);
    if first.is_some_and(|token| token.span().len() == 2) { "\r\n" } else { "\n" }
}

/// Returns the day that a text states, and nothing else.
fn date(text: &str) -> Option<Date> {
    match text.parse().ok()? {
        Datetime { date: Some(date), time: None, offset: None } => Some(date),
        _ => None,
    }
}
