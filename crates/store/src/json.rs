//! The JSON form of a TOML document, which the schemas judge.

use serde_json::{Map, Number, Value};
use toml_splice::{Held, Item, Values};

/// Returns the JSON form of a TOML text; none where it is not valid.
pub fn to_json(text: &str) -> Option<Value> {
    Values::parse(text).map(|values| json_of(values.root()))
}

/// The JSON form of a value of a TOML document, with its keys in order. A date is the string `YYYY-MM-DD`; what JSON or
/// the registry has no form for (times, `inf`, `nan`, numbers beyond 64 bits) is `null`, which no schema takes.
pub(crate) fn json_of(item: Item<'_>) -> Value {
    match item.held() {
        Held::Text(text) => Value::String(text.to_string()),
        Held::Integer(number) => Value::Number((*number).into()),
        Held::Float(number) => {
            number.parse().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number)
        }
        Held::Bool(value) => Value::Bool(*value),
        Held::Datetime(moment) => match (moment.date, moment.time, moment.offset) {
            (Some(date), None, None) => Value::String(date.to_string()),
            _ => Value::Null,
        },
        Held::Beyond(_) => Value::Null,
        Held::List(_) => Value::Array(item.items().into_iter().flatten().map(json_of).collect()),
        Held::Table(_) => {
            let mut entries: Vec<_> = item.entries().into_iter().flatten().collect();
            entries.sort_unstable_by_key(|(key, _)| *key);
            let entries = entries.into_iter().map(|(key, item)| (key.to_owned(), json_of(item)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
    }
}
