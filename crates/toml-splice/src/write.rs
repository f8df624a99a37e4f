//! Writes values and tables.

use crate::literal::{key, prose, quoted};
use crate::style::Style;
use crate::value::Value;

/// Returns a table with its header, or a list of tables with theirs; with a line end at its end, and none before it.
/// `path` is what the header says.
///
/// ```
/// use toml_splice::{Plain, Value, block};
///
/// let table = Value::Table(vec![("name".to_owned(), "A".into())]);
/// assert_eq!(block(&Plain, "owners.a", &table), "[owners.a]\nname = \"A\"\n");
/// ```
pub fn block(style: &dyn Style, path: &str, value: &Value) -> String {
    match value {
        // A table of only tables needs no header.
        Value::Table(fields)
            if !fields.is_empty() && fields.iter().all(|(name, value)| needs_header(style, name, value)) =>
        {
            body(style, path, fields)
        }
        Value::Table(fields) => format!("[{path}]\n{}", body(style, path, fields)),
        Value::List(items) => {
            let blocks: Vec<_> = items.iter().map(|item| item_block(style, path, item)).collect();
            blocks.join("\n")
        }
        other => entry(style, path, other),
    }
}

/// One item of a list of tables, with its header.
pub(crate) fn item_block(style: &dyn Style, path: &str, item: &Value) -> String {
    match item {
        Value::Table(fields) => format!("[[{path}]]\n{}", body(style, path, fields)),
        other => entry(style, path, other),
    }
}

/// Returns the fields of a table: lines first, then the tables within. `path` is what headers say of the table;
/// nothing for the document.
pub fn body(style: &dyn Style, path: &str, fields: &[(String, Value)]) -> String {
    let mut out = String::new();
    let has_header = |(name, value): &&(String, Value)| needs_header(style, name, value);
    for (name, value) in fields.iter().filter(|field| !has_header(field)) {
        out.push_str(&entry(style, &key(name), value));
    }
    for (name, value) in fields.iter().filter(has_header) {
        let below = if path.is_empty() { key(name) } else { format!("{path}.{}", key(name)) };
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&block(style, &below, value));
    }
    out
}

/// Returns whether a value is written under its own header.
pub(crate) fn needs_header(style: &dyn Style, name: &str, value: &Value) -> bool {
    match value {
        Value::Table(_) => style.table_has_header(name),
        Value::List(items) => matches!(items.first(), Some(Value::Table(_))) && style.list_has_headers(name),
        _ => false,
    }
}

/// Returns `key = value` with a line end. A text or list that is wider than the style allows gets several lines.
///
/// ```
/// use toml_splice::{Plain, Value, entry};
///
/// assert_eq!(entry(&Plain, "ports", &Value::List(vec![80.into(), 443.into()])), "ports = [80, 443]\n");
/// ```
pub fn entry(style: &dyn Style, key: &str, value: &Value) -> String {
    let line = format!("{key} = {}\n", inline(value));
    // A long address has no place to break at, and stays clickable on one line.
    let is_word = matches!(value, Value::Text(text) if !text.contains(char::is_whitespace));
    if is_word || line.trim_end().chars().count() <= style.width() && !has_line_break(value) {
        return line;
    }
    match value {
        Value::Text(text) => format!("{key} = {}\n", prose(text, style.width())),
        Value::List(items) if !items.is_empty() => {
            let items: String = items.iter().map(|item| format!("  {},\n", inline(item))).collect();
            format!("{key} = [\n{items}]\n")
        }
        _ => line,
    }
}

fn has_line_break(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.contains('\n'))
}

/// Returns a value on one line.
pub fn inline(value: &Value) -> String {
    match value {
        Value::Text(text) => quoted(text),
        Value::Bool(value) => value.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.clone(),
        Value::Datetime(moment) => moment.to_string(),
        Value::List(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Table(fields) if fields.is_empty() => "{}".to_owned(),
        Value::Table(fields) => {
            let fields: Vec<_> =
                fields.iter().map(|(name, value)| format!("{} = {}", key(name), inline(value))).collect();
            format!("{{ {} }}", fields.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::Plain;

    const WIDTH: usize = 100;

    #[test]
    fn a_long_address_stays_on_one_line() {
        let address = format!("https://a.example/{}", "x".repeat(WIDTH));
        assert_eq!(entry(&Plain, "url", &Value::from(address.as_str())), format!("url = \"{address}\"\n"));
    }

    #[test]
    fn long_lists_go_one_item_a_line() {
        let list = Value::texts(["x".repeat(60), "y".repeat(60)]);
        assert_eq!(
            entry(&Plain, "scope", &list),
            format!("scope = [\n  \"{}\",\n  \"{}\",\n]\n", "x".repeat(60), "y".repeat(60))
        );
    }
}
