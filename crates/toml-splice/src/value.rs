//! Values to write.

use toml_datetime::Datetime;

/// A value to write into a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A decimal number in the form in which it is to be written, so that `1.10` stays `1.10`.
    Float(String),
    /// A date, a time, or both.
    Datetime(Datetime),
    /// A list.
    List(Vec<Value>),
    /// A table, in the order in which it is to be written.
    Table(Vec<(String, Value)>),
}

impl Value {
    /// Returns a list of texts.
    pub fn texts<T: ToString>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(items.into_iter().map(|item| Self::Text(item.to_string())).collect())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<Datetime> for Value {
    fn from(moment: Datetime) -> Self {
        Self::Datetime(moment)
    }
}
