//! Typed facts of a cell.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::Date;

/// A decimal number in the form in which it was written, so that `1.10` stays `1.10`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decimal(Box<str>);

/// A text that is no finite decimal number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a finite decimal number")]
pub struct InvalidDecimal(pub String);

impl Decimal {
    /// The number as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The nearest binary floating-point number.
    pub fn to_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }
}

impl FromStr for Decimal {
    type Err = InvalidDecimal;

    /// Reads what TOML 1.0 writes as a float, without `inf`, `nan` and digit separators: digits
    /// without needless leading zeros, then a fraction, an exponent or both.
    fn from_str(text: &str) -> Result<Self, InvalidDecimal> {
        fn digits(text: &str) -> bool {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
        }
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => {
                (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
            }
            None => (unsigned, None),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (mantissa, None),
        };
        let valid = digits(whole)
            && (whole == "0" || !whole.starts_with('0'))
            && fraction.is_none_or(digits)
            && exponent.is_none_or(digits)
            && (fraction.is_some() || exponent.is_some())
            && text.parse::<f64>().is_ok_and(f64::is_finite);
        if valid { Ok(Self(text.into())) } else { Err(InvalidDecimal(text.to_owned())) }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The value of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A decimal number.
    Decimal(Decimal),
    /// A calendar day.
    Date(Date),
    /// A text.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
}

impl JsonSchema for Fact {
    fn schema_name() -> Cow<'static, str> {
        "Fact".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["boolean", "number", "string", "array"],
            "items": { "type": "string" },
            "description": "A typed fact: true or false, a number, a date, a text, or a list of texts.",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_keep_their_form() {
        for good in ["1.10", "0.5", "-2.0", "1e3", "1.5E-7"] {
            assert_eq!(good.parse::<Decimal>().unwrap().as_str(), good);
        }
        for bad in ["1", "1.", ".5", "01.5", "inf", "nan", "1e999", "1_0.5", "", "1.5 ", "0x1.0"] {
            assert!(bad.parse::<Decimal>().is_err(), "{bad}");
        }
    }
}
