//! Writes a document again with another order and layout that says the same.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

/// A document as a tree of literals, each as the file writes it.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    Literal(String),
    List(Vec<Node>),
    Table(Vec<(String, Node)>),
}

/// The tree of a text.
pub(crate) fn tree(text: &str) -> Node {
    table(text, DeTable::parse(text).unwrap().get_ref())
}

fn table(text: &str, table: &DeTable<'_>) -> Node {
    let entry = |(key, value): (&toml::Spanned<toml::de::DeString<'_>>, &toml::Spanned<DeValue<'_>>)| {
        (key.get_ref().to_string(), node(text, value.get_ref(), value.span()))
    };
    Node::Table(table.iter().map(entry).collect())
}

fn node(text: &str, value: &DeValue<'_>, span: Range<usize>) -> Node {
    match value {
        DeValue::Table(inner) => table(text, inner),
        DeValue::Array(items) => {
            Node::List(items.iter().map(|item| node(text, item.get_ref(), item.span())).collect())
        }
        _ => Node::Literal(text[span].to_owned()),
    }
}

/// What may be strange about the layout.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Style {
    /// Comments everywhere.
    pub(crate) comments: bool,
    /// Lines end with a carriage return and a line feed.
    pub(crate) carriage_returns: bool,
    /// A byte-order mark comes first.
    pub(crate) mark: bool,
}

/// The document in a layout that the seed chooses: other orders, headers, dotted keys, braces,
/// blanks, quoted keys.
pub(crate) fn relaid(tree: &Node, seed: u64, style: Style) -> String {
    let mut writer = Writer { seed: seed | 1, style, comments: 0 };
    let Node::Table(entries) = tree else { unreachable!("a document is a table") };
    let mut text = writer.block(entries, "");
    if writer.one_in(3) {
        text.truncate(text.trim_end().len());
    }
    if style.carriage_returns {
        text = text.replace('\n', "\r\n");
    }
    if style.mark { format!("\u{feff}{text}") } else { text }
}

struct Writer {
    seed: u64,
    style: Style,
    comments: usize,
}

impl Writer {
    /// A number below `n` (xorshift64).
    fn below(&mut self, n: usize) -> usize {
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        (self.seed % n as u64) as usize
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn shuffled<T>(&mut self, mut items: Vec<T>) -> Vec<T> {
        for at in (1..items.len()).rev() {
            let other = self.below(at + 1);
            items.swap(at, other);
        }
        items
    }

    fn blank(&mut self) -> &'static str {
        ["", " ", "  ", "\t"][self.below(4)]
    }

    fn comment(&mut self) -> String {
        self.comments += 1;
        format!("# no. {} \u{1f600} e\u{301} [x] \"", self.comments)
    }

    /// Lines of comments, and blank lines.
    fn above(&mut self) -> String {
        let mut lines = String::new();
        while self.one_in(3) {
            if self.style.comments && self.one_in(2) {
                lines.push_str(&format!("{}{}", self.blank(), self.comment()));
            }
            lines.push_str(&format!("{}\n", self.blank()));
        }
        lines
    }

    /// The end of a line.
    fn end(&mut self) -> String {
        if self.style.comments && self.one_in(4) {
            format!("{}{}\n", self.blank(), self.comment())
        } else {
            format!("{}\n", self.blank())
        }
    }

    fn key(&mut self, key: &str) -> String {
        match self.below(6) {
            0 => format!("\"{key}\""),
            1 => format!("'{key}'"),
            2 => format!("\"\\u{:04x}{}\"", u32::from(key.chars().next().unwrap()), &key[1..]),
            _ => key.to_owned(),
        }
    }

    fn joined(&mut self, prefix: &str, key: &str) -> String {
        let key = self.key(key);
        if prefix.is_empty() { key } else { format!("{prefix}{}.{}{key}", self.blank(), self.blank()) }
    }

    /// The lines of a table, then the blocks of the tables within it.
    fn block(&mut self, entries: &[(String, Node)], path: &str) -> String {
        let (mut lines, mut blocks) = (Vec::new(), Vec::new());
        for (key, node) in entries {
            match node {
                Node::Table(inner) if self.one_in(2) => {
                    let path = self.joined(path, key);
                    let implied = !inner.is_empty()
                        && inner
                            .iter()
                            .all(|(_, node)| matches!(node, Node::Table(inner) if !inner.is_empty()));
                    let body = self.block(inner, &path);
                    // A table of tables needs no header where none of them is a line.
                    let header = if implied && body.trim_start().starts_with('[') && self.one_in(2) {
                        String::new()
                    } else {
                        format!(
                            "{}{}[{}{path}{}]{}",
                            self.above(),
                            self.blank(),
                            self.blank(),
                            self.blank(),
                            self.end()
                        )
                    };
                    blocks.push(format!("{header}{body}"));
                }
                Node::List(items) if is_of_tables(items) && self.one_in(2) => {
                    let path = self.joined(path, key);
                    let mut list = String::new();
                    for item in items {
                        let Node::Table(inner) = item else { continue };
                        list.push_str(&format!("{}[[{path}]]{}", self.above(), self.end()));
                        list.push_str(&self.block(inner, &path));
                    }
                    blocks.push(list);
                }
                node => self.lines(key, node, &mut lines),
            }
        }
        let lines = self.shuffled(lines).concat();
        let blocks = self.shuffled(blocks).concat();
        format!("{lines}{blocks}{}", self.above())
    }

    /// `key = value`; for a table perhaps several lines with dotted keys.
    fn lines(&mut self, key: &str, node: &Node, lines: &mut Vec<String>) {
        match node {
            Node::Table(inner) if !inner.is_empty() && self.one_in(2) => {
                for (name, node) in inner {
                    let dotted = format!("{key}{}.{}", self.blank(), self.blank());
                    let first = lines.len();
                    self.lines(name, node, lines);
                    for line in &mut lines[first..] {
                        line.insert_str(key_in(line), &dotted);
                    }
                }
            }
            node => {
                let line = format!(
                    "{}{}{}{}={}{}{}",
                    self.above(),
                    self.blank(),
                    self.key(key),
                    self.blank(),
                    self.blank(),
                    self.inline(node),
                    self.end()
                );
                lines.push(line);
            }
        }
    }

    /// A break between the items of a list or the entries of a table in braces.
    fn gap(&mut self) -> String {
        match self.below(6) {
            0 if self.style.comments => format!(" {}\n", self.comment()),
            1 => "\n ".to_owned(),
            2 => "\t".to_owned(),
            _ => " ".to_owned(),
        }
    }

    fn inline(&mut self, node: &Node) -> String {
        let (open, items, close) = match node {
            Node::Literal(literal) => return literal.clone(),
            Node::List(items) => ('[', items.iter().map(|item| self.inline(item)).collect(), ']'),
            Node::Table(entries) => {
                let entries = self.shuffled(entries.iter().collect());
                let entry = |(key, node): &(String, Node)| {
                    format!("{}{}={}{}", self.key(key), self.blank(), self.blank(), self.inline(node))
                };
                ('{', entries.into_iter().map(entry).collect::<Vec<_>>(), '}')
            }
        };
        let mut out = open.to_string();
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                out.push_str(&format!("{},", self.gap()));
            }
            out.push_str(&format!("{}{item}", self.gap()));
        }
        format!("{out}{}{close}", self.gap())
    }
}

/// Where the key of a line is, after the comments and blank lines above it.
fn key_in(line: &str) -> usize {
    let mut above = 0;
    for part in line.split_inclusive('\n') {
        let text = part.trim_start();
        if !text.is_empty() && !text.starts_with('#') {
            return above + part.len() - text.len();
        }
        above += part.len();
    }
    unreachable!("a line has a key")
}

fn is_of_tables(items: &[Node]) -> bool {
    !items.is_empty() && items.iter().all(|item| matches!(item, Node::Table(_)))
}
