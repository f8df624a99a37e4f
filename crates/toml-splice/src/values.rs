//! The values of a document and their places: all that a reader of a valid file needs, at half of what a tree costs.
//!
//! `toml_parser` gives events of a text and checks each alone. What it does not check, such as keys that occur twice, the
//! [`Builder`] does. It takes the forms that files have, and refuses whatever else there may be: the tree then says what
//! that is. So it may be strict, but never lax.

mod build;
mod item;
mod scalar;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};
use toml_datetime::Datetime;

use self::build::Builder;
pub use self::item::Item;
use crate::strings::as_read;

/// The values of a TOML text, each with its key.
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
    place: Place,
    next: At,
}

/// The place of a value among all. The document is first and within nothing, so 0 is none.
type At = u32;

/// Where a value is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Place {
    /// The bytes of its key; empty where it has none.
    key: Range<u32>,
    span: Range<u32>,
}

impl Place {
    fn new(key: Range<usize>, span: Range<usize>) -> Self {
        Self { key: short(key), span: short(span) }
    }
}

/// A range of a text. None is so long that a number of 32 bits would not do: its tokens would not fit into memory.
fn short(range: Range<usize>) -> Range<u32> {
    let short = |at| u32::try_from(at).unwrap_or(u32::MAX);
    short(range.start)..short(range.end)
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
    /// A whole number of more than 64 bits: its digits.
    Beyond(Cow<'t, str>),
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
    first: At,
    last: At,
    count: u32,
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

/// Returns whether a text is valid TOML.
pub fn is_valid(text: &str) -> bool {
    Values::plain(text).is_some() || DeTable::parse_recoverable(text).1.is_empty()
}

impl<'t> Values<'t> {
    /// Reads a valid text; nothing where the parser finds an error.
    pub fn parse(text: &'t str) -> Option<Self> {
        let (values, errors) = Self::parse_recoverable(text);
        errors.is_empty().then_some(values)
    }

    /// Reads a text, and returns what the parser finds wrong in it beside what could be read.
    pub(crate) fn parse_recoverable(text: &'t str) -> (Self, Vec<Error>) {
        match Self::plain(text) {
            Some(values) => (values, Vec::new()),
            None => {
                let (table, errors) = DeTable::parse_recoverable(text);
                (Self::of(table.get_ref(), text), errors)
            }
        }
    }

    /// Reads a text in the forms that files usually have.
    fn plain(text: &'t str) -> Option<Self> {
        Some(Self { nodes: Builder::read(text)? })
    }

    /// The values of a tree and of the text from which it was parsed.
    fn of(table: &DeTable<'_>, text: &str) -> Self {
        let mut values = Self { nodes: vec![Node::new("", Held::Table(Chain::default()), Place::default())] };
        values.take_table(0, table, text);
        values
    }

    fn take_table(&mut self, parent: At, table: &DeTable<'_>, text: &str) {
        for (key, value) in table {
            let place = Place::new(key.span(), value.span());
            self.take(parent, key.get_ref().to_string(), place, value, text);
        }
    }

    fn take(&mut self, parent: At, key: String, place: Place, value: &Spanned<DeValue<'_>>, text: &str) {
        let literal = text.get(value.span()).unwrap_or_default();
        let held = match value.get_ref() {
            DeValue::String(text) => Held::Text(as_read(text, literal).into_owned().into()),
            DeValue::Integer(number) => Held::integer(number.as_str().to_owned().into(), number.radix()),
            DeValue::Float(number) => Held::Float(number.as_str().to_owned().into()),
            DeValue::Boolean(value) => Held::Bool(*value),
            DeValue::Datetime(moment) => Held::Datetime(*moment),
            DeValue::Array(_) => Held::List(Chain::default()),
            DeValue::Table(_) => Held::Table(Chain::default()),
        };
        let at = Node::push(&mut self.nodes, parent, key, held, place);
        match value.get_ref() {
            DeValue::Array(items) => {
                for item in items.iter() {
                    let place = Place::new(0..0, item.span());
                    self.take(at, String::new(), place, item, text);
                }
            }
            DeValue::Table(table) => self.take_table(at, table, text),
            _ => {}
        }
    }

    /// The document itself, a table.
    pub fn root(&self) -> Item<'_> {
        Item::root(&self.nodes)
    }
}

impl<'t> Node<'t> {
    fn new(key: impl Into<Cow<'t, str>>, held: Held<'t>, place: Place) -> Self {
        Self { key: key.into(), held, place, next: 0 }
    }

    /// Adds a value to a table or list; returns where it is.
    fn push(
        nodes: &mut Vec<Self>,
        parent: At,
        key: impl Into<Cow<'t, str>>,
        held: Held<'t>,
        place: Place,
    ) -> At {
        let at = nodes.len() as At;
        nodes.push(Self::new(key, held, place));
        if let Some(chain) = nodes[parent as usize].held.chain_mut() {
            chain.count += 1;
            let last = std::mem::replace(&mut chain.last, at);
            match chain.first {
                0 => chain.first = at,
                _ => nodes[last as usize].next = at,
            }
        }
        at
    }
}

impl<'t> Held<'t> {
    fn integer(digits: Cow<'t, str>, radix: u32) -> Self {
        match i64::from_str_radix(&digits, radix) {
            Ok(number) => Self::Integer(number),
            Err(_) => Self::Beyond(digits),
        }
    }

    fn chain_mut(&mut self) -> Option<&mut Chain> {
        match self {
            Self::List(chain) | Self::Table(chain) => Some(chain),
            _ => None,
        }
    }
}
