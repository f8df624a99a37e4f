//! The values of a parsed data file, as records read them.

use std::borrow::Cow;

use diagnostics::closest;
use model::Date;
use model::read::{Input, Scalar};
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml_splice::as_read;

/// A value of a file.
pub(crate) enum Tree<'t> {
    /// The file itself.
    File {
        /// Its keys and values.
        table: &'t DeTable<'t>,
        /// The text from which it was parsed.
        source: &'t str,
    },
    /// A value in it.
    Value {
        /// The value with its place.
        value: &'t Spanned<DeValue<'t>>,
        /// The text from which it was parsed.
        source: &'t str,
    },
}

impl<'t> Tree<'t> {
    fn value(&self) -> Option<&'t DeValue<'t>> {
        match self {
            Self::File { .. } => None,
            Self::Value { value, .. } => Some(value.get_ref()),
        }
    }
}

impl<'t> Input<'t> for Tree<'t> {
    fn is_list(&self) -> bool {
        self.value().is_some_and(DeValue::is_array)
    }

    fn is_table(&self) -> bool {
        self.value().is_none_or(DeValue::is_table)
    }

    #[inline]
    fn scalar(self) -> Scalar<'t> {
        let Self::Value { value, source } = self else { return Scalar::Other };
        match value.get_ref() {
            DeValue::String(text) => {
                Scalar::Text(as_read(text, source.get(value.span()).unwrap_or_default()))
            }
            DeValue::Integer(number) => {
                i64::from_str_radix(number.as_str(), number.radix()).map_or(Scalar::Other, Scalar::Integer)
            }
            DeValue::Float(number) => Scalar::Decimal(Cow::Borrowed(number.as_str())),
            DeValue::Boolean(value) => Scalar::Bool(*value),
            DeValue::Datetime(_) => plain_date(value.get_ref()).map_or(Scalar::Other, Scalar::Date),
            DeValue::Array(_) | DeValue::Table(_) => Scalar::Other,
        }
    }

    fn items(self) -> Option<impl ExactSizeIterator<Item = Self>> {
        let Self::Value { value, source } = self else { return None };
        let items = value.get_ref().as_array()?;
        Some(items.iter().map(move |value| Self::Value { value, source }))
    }

    fn entries(self) -> Option<impl ExactSizeIterator<Item = (&'t str, Self)>> {
        let (table, source) = match self {
            Self::File { table, source } => (table, source),
            Self::Value { value, source } => (value.get_ref().as_table()?, source),
        };
        Some(table.iter().map(move |(key, value)| (key.get_ref().as_ref(), Self::Value { value, source })))
    }

    fn meant(unknown: &str, lacking: &[&'static str]) -> Option<&'static str> {
        closest(unknown, lacking.iter().copied())
    }
}

/// The day of a bare date; nothing for times, dates with times, and what is no date.
fn plain_date(value: &DeValue<'_>) -> Option<Date> {
    let moment = value.as_datetime()?;
    match (moment.date, moment.time, moment.offset) {
        (Some(date), None, None) => {
            Date::new(i16::try_from(date.year).ok()?, date.month as i8, date.day as i8)
        }
        _ => None,
    }
}
