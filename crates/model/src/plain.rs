//! Values that are in no file.

use std::borrow::Cow;

use crate::read::{Input, Scalar};
use crate::{Date, Decimal, Fact};

/// A value that is in no file, such as what a row of a table states. Records are read from it as from
/// a data file.
#[derive(Debug, Clone, PartialEq)]
pub enum Plain<'v> {
    /// A text.
    Text(Cow<'v, str>),
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A decimal number.
    Decimal(Decimal),
    /// A calendar day.
    Date(Date),
    /// A list.
    List(Vec<Plain<'v>>),
    /// Facts or parts, by their keys; none occurs twice.
    Facts(Vec<(&'v str, Fact)>),
    /// A record.
    Record(PlainRecord<'v>),
}

/// The values of a record, each at the position of its key.
#[derive(Debug, Clone, PartialEq)]
pub struct PlainRecord<'v> {
    keys: &'static [&'static str],
    values: Vec<Option<Plain<'v>>>,
}

impl<'v> PlainRecord<'v> {
    /// A record without values, of one that has these keys.
    #[inline]
    pub fn new(keys: &'static [&'static str]) -> Self {
        let mut values = Vec::with_capacity(keys.len());
        values.resize_with(keys.len(), || None);
        Self { keys, values }
    }

    /// Puts a value at the position of its key.
    #[inline]
    pub fn put(&mut self, position: usize, value: Plain<'v>) {
        if let Some(place) = self.values.get_mut(position) {
            *place = Some(value);
        }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Plain<'v>> {
        let position = self.keys.iter().position(|name| *name == key)?;
        self.values.get(position)?.as_ref()
    }

    /// Returns whether it has no value.
    pub fn is_empty(&self) -> bool {
        self.values.iter().all(Option::is_none)
    }
}

impl<'v> Input<'v> for Plain<'v> {
    fn is_list(&self) -> bool {
        matches!(self, Self::List(_))
    }

    fn is_table(&self) -> bool {
        matches!(self, Self::Facts(_) | Self::Record(_))
    }

    fn scalar(self) -> Scalar<'v> {
        match self {
            Self::Text(text) => Scalar::Text(text),
            Self::Bool(value) => Scalar::Bool(value),
            Self::Integer(number) => Scalar::Integer(number),
            Self::Decimal(number) => Scalar::Decimal(Cow::Owned(number.as_str().to_owned())),
            Self::Date(date) => Scalar::Date(date),
            Self::List(_) | Self::Facts(_) | Self::Record(_) => Scalar::Other,
        }
    }

    fn items(self) -> Option<impl ExactSizeIterator<Item = Self>> {
        match self {
            Self::List(items) => Some(items.into_iter()),
            _ => None,
        }
    }

    fn entries(self) -> Option<impl ExactSizeIterator<Item = (&'v str, Self)>> {
        let entries: Vec<_> = match self {
            Self::Facts(facts) => facts.into_iter().map(|(key, fact)| (key, Self::from(fact))).collect(),
            Self::Record(PlainRecord { keys, values }) => {
                let stated = keys.iter().zip(values);
                stated.filter_map(|(key, value)| Some((*key, value?))).collect()
            }
            _ => return None,
        };
        Some(entries.into_iter())
    }
}

impl<'v> From<&'v str> for Plain<'v> {
    fn from(text: &'v str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<Fact> for Plain<'_> {
    fn from(fact: Fact) -> Self {
        match fact {
            Fact::Bool(value) => Self::Bool(value),
            Fact::Integer(value) => Self::Integer(value),
            Fact::Decimal(value) => Self::Decimal(value),
            Fact::Date(value) => Self::Date(value),
            Fact::Text(text) => Self::Text(Cow::Owned(text)),
            Fact::List(items) => {
                Self::List(items.into_iter().map(|item| Self::Text(Cow::Owned(item))).collect())
            }
        }
    }
}

impl From<&Plain<'_>> for serde_json::Value {
    /// The JSON form, which the schemas judge.
    fn from(value: &Plain<'_>) -> Self {
        match value {
            Plain::Text(text) => Self::from(text.as_ref()),
            Plain::Bool(value) => Self::from(*value),
            Plain::Integer(number) => Self::from(*number),
            Plain::Decimal(number) => Self::from(number.to_f64()),
            Plain::Date(date) => Self::from(date.to_string()),
            Plain::List(items) => items.iter().map(Self::from).collect(),
            Plain::Facts(facts) => {
                let entry =
                    |(key, fact): &(&str, Fact)| ((*key).to_owned(), Self::from(&crate::Value::from(fact)));
                Self::Object(facts.iter().map(entry).collect())
            }
            Plain::Record(record) => Self::from(record),
        }
    }
}

impl From<&PlainRecord<'_>> for serde_json::Value {
    fn from(record: &PlainRecord<'_>) -> Self {
        let fields = record.keys.iter().zip(&record.values);
        let stated = fields.filter_map(|(key, value)| Some(((*key).to_owned(), Self::from(value.as_ref()?))));
        Self::Object(stated.collect())
    }
}
