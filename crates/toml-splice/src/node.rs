//! The values of a document and where they are.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::meaning::Meaning;
use crate::path::Step;
use crate::strings::{as_read, raw_range};

/// A value of a document, or the document itself.
#[derive(Clone)]
pub struct Node<'t> {
    pub(crate) source: &'t str,
    pub(crate) key: Option<Range<usize>>,
    pub(crate) span: Range<usize>,
    pub(crate) value: Content<'t>,
}

/// What a node is.
#[derive(Clone, Copy)]
pub(crate) enum Content<'t> {
    /// The document.
    Root(&'t DeTable<'t>),
    /// Anything within.
    Inner(&'t DeValue<'t>),
}

impl<'t> Node<'t> {
    pub(crate) fn root(source: &'t str, table: &'t DeTable<'t>) -> Self {
        Self { source, key: None, span: 0..0, value: Content::Root(table) }
    }

    fn inner(&self, value: &'t Spanned<DeValue<'t>>, key: Option<Range<usize>>) -> Self {
        Self { source: self.source, key, span: value.span(), value: Content::Inner(value.get_ref()) }
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

    /// Returns the table that it is.
    pub fn table(&self) -> Option<&'t DeTable<'t>> {
        match self.value {
            Content::Root(table) => Some(table),
            Content::Inner(value) => value.as_table(),
        }
    }

    /// Returns the text that it is, with a line feed for every line end.
    pub fn text(&self) -> Option<Cow<'t, str>> {
        match self.value {
            Content::Inner(value) => value.as_str().map(|text| as_read(text, self.written())),
            Content::Root(_) => None,
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
        Some(raw_range(self.written(), self.span.start, &self.text()?, part))
    }

    /// Returns what it says.
    pub(crate) fn meaning(&self) -> Meaning {
        match self.value {
            Content::Root(table) => Meaning::of_table(table),
            Content::Inner(value) => Meaning::of(value),
        }
    }

    /// Returns whether it is a list.
    pub fn is_list(&self) -> bool {
        matches!(self.value, Content::Inner(DeValue::Array(_)))
    }

    /// Returns the items of a list or the values of a table.
    pub fn children(&self) -> Vec<Self> {
        match self.value {
            Content::Inner(DeValue::Array(items)) => {
                items.iter().map(|item| self.inner(item, None)).collect()
            }
            _ => {
                let entries = self.table().into_iter().flatten();
                entries.map(|(key, value)| self.inner(value, Some(key.span()))).collect()
            }
        }
    }

    /// Returns the value one step further down.
    pub fn child(&self, step: &Step) -> Option<Self> {
        match step {
            Step::Key(key) => {
                let (key, value) = self.table()?.get_key_value(key.as_str())?;
                Some(self.inner(value, Some(key.span())))
            }
            Step::Index(index) => match self.value {
                Content::Inner(DeValue::Array(items)) => Some(self.inner(items.get(*index)?, None)),
                _ => None,
            },
        }
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
