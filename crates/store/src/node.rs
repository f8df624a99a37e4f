//! Where the parts of a TOML tree stand.

use std::ops::Range;

use model::{FieldPath, Step};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::json::{to_json, value_to_json};

/// A value of the tree.
#[derive(Clone)]
pub(crate) struct Node<'t> {
    /// Its key; none for the root and for list items.
    pub(crate) key: Option<Range<usize>>,
    /// Its text. For a table with a header of its own, the header; for one that only other headers or
    /// dotted keys imply, its name there.
    pub(crate) span: Range<usize>,
    /// The value.
    pub(crate) value: Value<'t>,
}

/// A value, or the document itself.
#[derive(Clone, Copy)]
pub(crate) enum Value<'t> {
    /// The document.
    Root(&'t DeTable<'t>),
    /// Anything within.
    Inner(&'t DeValue<'t>),
}

impl<'t> Node<'t> {
    /// The document.
    pub(crate) fn root(table: &'t DeTable<'t>) -> Self {
        Self { key: None, span: 0..0, value: Value::Root(table) }
    }

    /// The table that it is.
    pub(crate) fn table(&self) -> Option<&'t DeTable<'t>> {
        match self.value {
            Value::Root(table) => Some(table),
            Value::Inner(value) => value.as_table(),
        }
    }

    /// The text that it is.
    pub(crate) fn text(&self) -> Option<&'t str> {
        match self.value {
            Value::Inner(value) => value.as_str(),
            Value::Root(_) => None,
        }
    }

    /// Whether it is a list.
    pub(crate) fn is_list(&self) -> bool {
        matches!(self.value, Value::Inner(DeValue::Array(_)))
    }

    /// Its JSON form.
    pub(crate) fn json(&self) -> serde_json::Value {
        match self.value {
            Value::Root(table) => to_json(table),
            Value::Inner(value) => value_to_json(value),
        }
    }

    /// The items of a list or the values of a table.
    pub(crate) fn children(&self) -> Vec<Self> {
        let inner = |value: &'t Spanned<DeValue<'t>>, key| Self {
            key,
            span: value.span(),
            value: Value::Inner(value.get_ref()),
        };
        match self.value {
            Value::Inner(DeValue::Array(items)) => items.iter().map(|item| inner(item, None)).collect(),
            _ => {
                let entries = self.table().into_iter().flatten();
                entries.map(|(key, value)| inner(value, Some(key.span()))).collect()
            }
        }
    }

    /// One step further down.
    pub(crate) fn child(&self, step: &Step) -> Option<Self> {
        match step {
            Step::Key(key) => {
                let (key, value) = self.table()?.get_key_value(key.as_str())?;
                Some(Self { key: Some(key.span()), span: value.span(), value: Value::Inner(value.get_ref()) })
            }
            Step::Index(index) => match self.value {
                Value::Inner(DeValue::Array(items)) => {
                    let item = items.get(*index)?;
                    Some(Self { key: None, span: item.span(), value: Value::Inner(item.get_ref()) })
                }
                _ => None,
            },
        }
    }

    /// As far down a path as the tree goes, and how many steps that is.
    pub(crate) fn descend(self, path: &FieldPath) -> (Self, usize) {
        let mut here = self;
        for (depth, step) in path.steps().iter().enumerate() {
            match here.child(step) {
                Some(child) => here = child,
                None => return (here, depth),
            }
        }
        let depth = path.steps().len();
        (here, depth)
    }
}
