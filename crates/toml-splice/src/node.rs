//! The values of a document and where they are.

use std::ops::Range;

use crate::meaning::Meaning;
use crate::path::Step;
use crate::strings::raw_range;
use crate::values::{Held, Item};

/// A value of a document, or the document itself.
#[derive(Clone)]
pub struct Node<'t> {
    source: &'t str,
    pub(crate) key: Option<Range<usize>>,
    pub(crate) span: Range<usize>,
    item: Item<'t>,
}

impl<'t> Node<'t> {
    pub(crate) fn new(source: &'t str, item: Item<'t>) -> Self {
        Self { source, key: item.key_span(), span: item.span(), item }
    }

    /// Returns the bytes of its key; none for the document and for the items of lists.
    pub fn key(&self) -> Option<Range<usize>> {
        self.key.clone()
    }

    /// Returns its bytes. For a table with a header, those of the header; for one that only other headers or dotted
    /// keys imply, those of its name there.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Returns its bytes as they are written.
    pub fn written(&self) -> &'t str {
        &self.source[self.span.clone()]
    }

    /// Returns the text that it is, with a line feed for every line end.
    pub fn text(&self) -> Option<&'t str> {
        match self.item.held() {
            Held::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the bytes of the document that hold a part of the text that it is.
    ///
    /// ```
    /// use toml_splice::Toml;
    ///
    /// let toml = Toml::parse(r#"name = "caf\u00e9 x""#);
    /// let (name, _) = toml.find(&"name".parse().unwrap());
    /// let range = name.text_range(3..5).unwrap();
    /// assert_eq!(&toml.text()[range], r"\u00e9");
    /// ```
    pub fn text_range(&self, part: Range<usize>) -> Option<Range<usize>> {
        Some(raw_range(self.written(), self.span.start, self.text()?, part))
    }

    /// Returns what it says.
    pub(crate) fn meaning(&self) -> Meaning<'t> {
        Meaning::of(self.item)
    }

    /// Returns the value without its place.
    pub fn item(&self) -> Item<'t> {
        self.item
    }

    /// Returns whether it is a list.
    pub fn is_list(&self) -> bool {
        matches!(self.item.held(), Held::List(_))
    }

    /// Returns whether it is a table.
    pub fn is_table(&self) -> bool {
        matches!(self.item.held(), Held::Table(_))
    }

    /// Returns the items, where it is a list.
    pub fn items(&self) -> Option<impl ExactSizeIterator<Item = Self>> {
        Some(self.item.items()?.map(|item| Self::new(self.source, item)))
    }

    /// Returns the items of a list or the values of a table.
    pub fn children(&self) -> Vec<Self> {
        self.item.children().map(|item| Self::new(self.source, item)).collect()
    }

    /// Returns the values of a table with their keys.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&'t str, Self)> {
        let entries = self.item.entries().into_iter().flatten();
        entries.map(|(key, item)| (key, Self::new(self.source, item)))
    }

    /// Returns the value one step further down.
    pub fn child(&self, step: &Step) -> Option<Self> {
        let item = match step {
            Step::Key(key) => self.item.get(key),
            Step::Index(index) => self.item.items()?.nth(*index),
        };
        Some(Self::new(self.source, item?))
    }

    /// Returns the value that some steps lead to, or the last one on the way, and how many steps lead there.
    pub fn descend(self, steps: &[Step]) -> (Self, usize) {
        let mut here = self;
        for (depth, step) in steps.iter().enumerate() {
            match here.child(step) {
                Some(child) => here = child,
                None => return (here, depth),
            }
        }
        (here, steps.len())
    }
}
