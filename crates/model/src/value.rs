//! A field's value without its type: what tables show, plans compare and files hold.

use crate::{Date, Decimal, Fact};

/// Any value that a field can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Text(String),
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A decimal number.
    Decimal(Decimal),
    /// A calendar day.
    Date(Date),
    /// A list.
    List(Vec<Value>),
    /// A table, in the order in which it is written.
    Table(Vec<(String, Value)>),
}

impl Value {
    /// A table of named values.
    pub fn table(fields: Vec<(&'static str, Self)>) -> Self {
        Self::Table(fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// A list of texts.
    pub fn texts<T: ToString>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(items.into_iter().map(|item| Self::Text(item.to_string())).collect())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&Fact> for Value {
    fn from(fact: &Fact) -> Self {
        match fact {
            Fact::Bool(value) => Self::Bool(*value),
            Fact::Integer(value) => Self::Integer(*value),
            Fact::Decimal(value) => Self::Decimal(value.clone()),
            Fact::Date(value) => Self::Date(*value),
            Fact::Text(value) => Self::Text(value.clone()),
            Fact::List(items) => Self::texts(items),
        }
    }
}

impl From<&Value> for serde_json::Value {
    /// The JSON form: a date is the string `YYYY-MM-DD`.
    fn from(value: &Value) -> Self {
        match value {
            Value::Text(text) => Self::from(text.as_str()),
            Value::Bool(value) => Self::from(*value),
            Value::Integer(number) => Self::from(*number),
            Value::Decimal(number) => Self::from(number.to_f64()),
            Value::Date(date) => Self::from(date.to_string()),
            Value::List(items) => items.iter().map(Self::from).collect(),
            Value::Table(fields) => {
                Self::Object(fields.iter().map(|(key, value)| (key.clone(), Self::from(value))).collect())
            }
        }
    }
}
