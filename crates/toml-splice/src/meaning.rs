//! The meaning of a document, independent of its layout.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};
use toml_datetime::Datetime;

use crate::strings::as_read;
use crate::value::Value;

/// A value without its written form.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Meaning {
    Text(String),
    Bool(bool),
    Integer(i64),
    Float(f64),
    Datetime(Datetime),
    /// An integer of more than 64 bits, as it is written.
    Beyond(String),
    List(Vec<Self>),
    Table(BTreeMap<String, Self>),
}

impl Meaning {
    pub(crate) fn of_table(table: &DeTable<'_>) -> Self {
        let entries = table.iter().map(|(key, value)| (key.get_ref().to_string(), Self::of(value.get_ref())));
        Self::Table(entries.collect())
    }

    pub(crate) fn of(value: &DeValue<'_>) -> Self {
        match value {
            DeValue::String(text) => Self::Text(text.to_string()),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or_else(|_| Self::Beyond(number.as_str().to_owned()), Self::Integer),
            DeValue::Float(number) => Self::Float(number.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(value) => Self::Bool(*value),
            DeValue::Datetime(moment) => Self::Datetime(*moment),
            DeValue::Array(items) => Self::List(items.iter().map(|item| Self::of(item.get_ref())).collect()),
            DeValue::Table(table) => Self::of_table(table),
        }
    }

    /// Returns whether two documents say the same. A line end is a line end, and an empty table or list may as well be
    /// absent: it goes with the last header that spelled it out.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Table(a), Self::Table(b)) => {
                let within = |a: &BTreeMap<String, Self>, b: &BTreeMap<String, Self>| {
                    let is_in = |(key, value): (&String, &Self)| {
                        b.get(key).map_or(value.is_empty(), |other| value.is_same(other))
                    };
                    a.iter().all(is_in)
                };
                within(a, b) && b.iter().all(|(key, value)| a.contains_key(key) || value.is_empty())
            }
            (Self::List(a), Self::List(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is_same(b))
            }
            (Self::Text(a), Self::Text(b)) => as_read(a, "") == as_read(b, ""),
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Integer(a), Self::Integer(b)) => a == b,
            (Self::Float(a), Self::Float(b)) => a == b || a.is_nan() && b.is_nan(),
            (Self::Datetime(a), Self::Datetime(b)) => a == b,
            (Self::Beyond(a), Self::Beyond(b)) => a == b,
            _ => false,
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Table(fields) => fields.values().all(Self::is_empty),
            Self::List(items) => items.is_empty(),
            _ => false,
        }
    }
}

impl From<&Value> for Meaning {
    fn from(value: &Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(text.clone()),
            Value::Bool(value) => Self::Bool(*value),
            Value::Integer(number) => Self::Integer(*number),
            Value::Float(number) => Self::Float(number.parse().unwrap_or(f64::NAN)),
            Value::Datetime(moment) => Self::Datetime(*moment),
            Value::List(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Table(fields) => {
                Self::Table(fields.iter().map(|(key, value)| (key.clone(), Self::from(value))).collect())
            }
        }
    }
}
