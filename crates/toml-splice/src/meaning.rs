//! The meaning of a document, independent of its layout.

use std::borrow::Cow;
use std::collections::BTreeMap;

use toml_datetime::Datetime;

use crate::strings::as_read;
use crate::value::Value;
use crate::values::{Held, Item};

/// A value without its written form.
#[derive(Debug, PartialEq)]
pub(crate) enum Meaning<'t> {
    Text(Cow<'t, str>),
    Bool(bool),
    Integer(i64),
    Float(f64),
    Datetime(Datetime),
    /// An integer of more than 64 bits, as it is written.
    Beyond(&'t str),
    List(Vec<Self>),
    Table(BTreeMap<Cow<'t, str>, Self>),
}

impl<'t> Meaning<'t> {
    pub(crate) fn of(item: Item<'t>) -> Self {
        match item.held() {
            Held::Text(text) => Self::Text(Cow::Borrowed(text)),
            Held::Integer(number) => Self::Integer(*number),
            Held::Beyond(digits) => Self::Beyond(digits),
            Held::Float(number) => Self::Float(float(number)),
            Held::Bool(value) => Self::Bool(*value),
            Held::Datetime(moment) => Self::Datetime(*moment),
            Held::List(_) => Self::List(item.children().map(Self::of).collect()),
            Held::Table(_) => {
                let entries = item.entries().into_iter().flatten();
                Self::Table(entries.map(|(key, item)| (Cow::Borrowed(key), Self::of(item))).collect())
            }
        }
    }

    /// Returns whether a document says this. A line end is a line end, and an empty table or list may as well be
    /// absent: it goes with the last header that spelled it out.
    pub(crate) fn is_said_by(&self, item: Item<'_>) -> bool {
        match (self, item.held()) {
            (Self::Table(fields), Held::Table(_)) => {
                let mut met = 0;
                let mut entries = item.entries().into_iter().flatten();
                let is_meant = entries.all(|(key, value)| match fields.get(key) {
                    Some(meant) => {
                        met += usize::from(!meant.is_empty());
                        meant.is_said_by(value)
                    }
                    None => is_empty(value),
                });
                is_meant && met == fields.values().filter(|meant| !meant.is_empty()).count()
            }
            (Self::List(a), Held::List(_)) => {
                let mut meant = a.iter();
                item.children().all(|item| meant.next().is_some_and(|meant| meant.is_said_by(item)))
                    && meant.next().is_none()
            }
            (Self::Text(a), Held::Text(b)) => a == b || as_read(a, "") == as_read(b, ""),
            (Self::Bool(a), Held::Bool(b)) => a == b,
            (Self::Integer(a), Held::Integer(b)) => a == b,
            (Self::Float(a), Held::Float(b)) => {
                let b = float(b);
                *a == b || a.is_nan() && b.is_nan()
            }
            (Self::Datetime(a), Held::Datetime(b)) => a == b,
            (Self::Beyond(a), Held::Beyond(b)) => a == b,
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

fn float(number: &str) -> f64 {
    number.parse().unwrap_or(f64::NAN)
}

fn is_empty(item: Item<'_>) -> bool {
    match item.held() {
        Held::Table(_) => item.children().all(is_empty),
        Held::List(_) => item.children().next().is_none(),
        _ => false,
    }
}

impl<'t> From<&'t Value> for Meaning<'t> {
    fn from(value: &'t Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(Cow::Borrowed(text)),
            Value::Bool(value) => Self::Bool(*value),
            Value::Integer(number) => Self::Integer(*number),
            Value::Float(number) => Self::Float(float(number)),
            Value::Datetime(moment) => Self::Datetime(*moment),
            Value::List(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Table(fields) => {
                let fields = fields.iter().map(|(key, value)| (Cow::Borrowed(key.as_str()), value.into()));
                Self::Table(fields.collect())
            }
        }
    }
}
