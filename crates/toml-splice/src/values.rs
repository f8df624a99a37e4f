//! The values of a document without their places: all that a reader of a valid file needs, at half of what a tree costs.
//!
//! `toml_parser` gives events of a text and checks each alone. What it does not check, such as keys that occur twice, the
//! [`Builder`] does. It takes the forms that files have, and refuses whatever else there may be: the tree then says what
//! that is. So it may be strict, but never lax.

mod build;
mod scalar;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use toml::de::{DeTable, DeValue};
use toml_datetime::Datetime;

use self::build::Builder;
use crate::parse::Toml;
use crate::strings::as_read;

/// The values of a valid TOML text, each with its key.
///
/// ```
/// use toml_splice::{Held, Values};
///
/// let values = Values::parse("name = 'A' # the name\n[owner]\nid = 1\n").unwrap();
/// let (key, owner) = values.root().entries().unwrap().nth(1).unwrap();
/// let (_, id) = owner.entries().unwrap().next().unwrap();
/// assert_eq!((key, id.held()), ("owner", &Held::Integer(1)));
/// ```
#[derive(Debug)]
pub struct Values<'t> {
    /// The document first. Each table and list chains what it holds.
    nodes: Vec<Node<'t>>,
}

/// A value with its key, and the next one in the same table or list.
#[derive(Debug)]
struct Node<'t> {
    key: Cow<'t, str>,
    held: Held<'t>,
    next: Option<usize>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Held<'t> {
    /// A text, with line feeds as line ends.
    Text(Cow<'t, str>),
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A whole number of more than 64 bits.
    Beyond,
    /// A decimal number without underscores, otherwise as it is written.
    Float(Cow<'t, str>),
    /// A date, a time, or both.
    Datetime(Datetime),
    /// A list.
    List(Chain),
    /// A table.
    Table(Chain),
}

/// The values that a table or list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Chain {
    first: Option<usize>,
    last: usize,
    count: usize,
    form: Form,
}

/// The form in which a table or list is written, which decides what may be added to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Form {
    /// In brackets or braces; nothing can be added.
    #[default]
    Closed,
    /// A table with a header.
    Header,
    /// A table that only the headers of others name.
    Implied,
    /// A list of tables, each with a header.
    Headers,
}

/// One of the values.
#[derive(Debug, Clone, Copy)]
pub struct Item<'v> {
    nodes: &'v [Node<'v>],
    node: &'v Node<'v>,
}

/// Returns whether a text is valid TOML.
pub fn is_valid(text: &str) -> bool {
    Values::plain(text).is_some() || Toml::parse(text).is_valid()
}

impl<'t> Values<'t> {
    /// Reads a valid text; nothing where the parser finds an error.
    pub fn parse(text: &'t str) -> Option<Self> {
        Self::plain(text).or_else(|| {
            let toml = Toml::parse(text);
            toml.is_valid().then(|| Self::of(toml.table(), text))
        })
    }

    /// Reads a text in the forms that files usually have.
    fn plain(text: &'t str) -> Option<Self> {
        Some(Self { nodes: Builder::read(text)? })
    }

    /// The values of a tree and of the text from which it was parsed.
    fn of(table: &DeTable<'_>, text: &str) -> Self {
        let mut values = Self { nodes: vec![Node::new("", Held::Table(Chain::default()))] };
        values.take_table(0, table, text);
        values
    }

    fn take_table(&mut self, parent: usize, table: &DeTable<'_>, text: &str) {
        for (key, value) in table {
            self.take(parent, key.get_ref().to_string(), value, text);
        }
    }

    fn take(&mut self, parent: usize, key: String, value: &toml::Spanned<DeValue<'_>>, text: &str) {
        let literal = text.get(value.span()).unwrap_or_default();
        let held = match value.get_ref() {
            DeValue::String(text) => Held::Text(as_read(text, literal).into_owned().into()),
            DeValue::Integer(number) => Held::integer(number.as_str(), number.radix()),
            DeValue::Float(number) => Held::Float(number.as_str().to_owned().into()),
            DeValue::Boolean(value) => Held::Bool(*value),
            DeValue::Datetime(moment) => Held::Datetime(*moment),
            DeValue::Array(_) => Held::List(Chain::default()),
            DeValue::Table(_) => Held::Table(Chain::default()),
        };
        let at = Node::push(&mut self.nodes, parent, key, held);
        match value.get_ref() {
            DeValue::Array(items) => {
                items.iter().for_each(|item| self.take(at, String::new(), item, text));
            }
            DeValue::Table(table) => self.take_table(at, table, text),
            _ => {}
        }
    }

    /// The document itself, a table.
    pub fn root(&self) -> Item<'_> {
        Item { nodes: &self.nodes, node: &self.nodes[0] }
    }
}

impl<'t> Node<'t> {
    fn new(key: impl Into<Cow<'t, str>>, held: Held<'t>) -> Self {
        Self { key: key.into(), held, next: None }
    }

    /// Adds a value to a table or list; returns where it is.
    fn push(nodes: &mut Vec<Self>, parent: usize, key: impl Into<Cow<'t, str>>, held: Held<'t>) -> usize {
        let at = nodes.len();
        nodes.push(Self::new(key, held));
        if let Some(chain) = nodes[parent].held.chain_mut() {
            chain.count += 1;
            let last = std::mem::replace(&mut chain.last, at);
            match chain.first {
                Some(_) => nodes[last].next = Some(at),
                None => chain.first = Some(at),
            }
        }
        at
    }
}

impl Held<'_> {
    fn integer(digits: &str, radix: u32) -> Self {
        i64::from_str_radix(digits, radix).map_or(Self::Beyond, Self::Integer)
    }

    fn chain_mut(&mut self) -> Option<&mut Chain> {
        match self {
            Self::List(chain) | Self::Table(chain) => Some(chain),
            _ => None,
        }
    }
}

impl<'v> Item<'v> {
    /// What it is.
    pub fn held(self) -> &'v Held<'v> {
        &self.node.held
    }

    /// The items, where it is a list.
    pub fn items(self) -> Option<impl ExactSizeIterator<Item = Self>> {
        match &self.node.held {
            Held::List(chain) => Some(Items { nodes: self.nodes, next: chain.first, left: chain.count }),
            _ => None,
        }
    }

    /// The values with their keys, where it is a table; no key occurs twice.
    pub fn entries(self) -> Option<impl ExactSizeIterator<Item = (&'v str, Self)>> {
        match &self.node.held {
            Held::Table(chain) => {
                let items = Items { nodes: self.nodes, next: chain.first, left: chain.count };
                Some(items.map(|item| (&*item.node.key, item)))
            }
            _ => None,
        }
    }
}

/// What a table or list holds, in the order of the text.
struct Items<'v> {
    nodes: &'v [Node<'v>],
    next: Option<usize>,
    left: usize,
}

impl<'v> Iterator for Items<'v> {
    type Item = Item<'v>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let node = &self.nodes[self.next?];
        self.next = node.next;
        self.left -= 1;
        Some(Item { nodes: self.nodes, node })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Items<'_> {}
