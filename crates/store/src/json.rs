//! The JSON form of a TOML document, which the schemas judge.

use serde_json::{Map, Number, Value};
use toml::de::{DeTable, DeValue};

/// The JSON form of a TOML table. A date is the string `YYYY-MM-DD`; what JSON or the registry has no
/// form for (times, `inf`, `nan`, numbers beyond 64 bits) is `null`, which no schema takes.
pub fn to_json(table: &DeTable<'_>) -> Value {
    let entries =
        table.iter().map(|(key, value)| (key.get_ref().to_string(), value_to_json(value.get_ref())));
    Value::Object(entries.collect::<Map<_, _>>())
}

/// The JSON form of a TOML value.
pub(crate) fn value_to_json(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or(Value::Null, |number| Value::Number(number.into())),
        DeValue::Float(number) => {
            let number = number.as_str().parse().ok().and_then(Number::from_f64);
            number.map_or(Value::Null, Value::Number)
        }
        DeValue::Boolean(value) => Value::Bool(*value),
        DeValue::Datetime(moment) => match (moment.date, moment.time, moment.offset) {
            (Some(date), None, None) => Value::String(date.to_string()),
            _ => Value::Null,
        },
        DeValue::Array(items) => {
            Value::Array(items.iter().map(|item| value_to_json(item.get_ref())).collect())
        }
        DeValue::Table(table) => to_json(table),
    }
}
