//! Brings a document to one form: the order of its keys and its layout, as new tables are written.
//!
//! Values keep their written form to the byte, but for a quoted date where the style says that there is a date, which
//! loses its quotes. Comments stay with what they are about (see `comments.rs`). Line breaks are those of
//! the file's first one; a byte-order mark and blanks at the end of lines go; the file ends in one
//! line break.

mod comments;
#[cfg(test)]
mod tests;
mod writer;

use toml::de::{DeTable, DeValue};

use self::comments::Comments;
use self::writer::Writer;
use crate::style::Style;

/// Why a text is not formatted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// It cannot be read.
    #[error("is not valid TOML")]
    Syntax,
    /// The result would say something else.
    #[error("cannot be formatted without changing what it says: this is a fault of the formatter")]
    Changed,
}

/// Returns a document in the form that a style describes.
///
/// ```
/// use toml_splice::{Plain, format};
///
/// let text = "owner = { name = 'A' }\nid   =   1 # the id\n";
/// assert_eq!(format(text, &Plain).unwrap(), "id = 1 # the id\n\n[owner]\nname = 'A'\n");
/// ```
///
/// # Errors
///
/// When the text is not valid TOML; or when the result, read again, would not say the same with the
/// same comments, which is a fault of the formatter.
pub fn format(text: &str, style: &dyn Style) -> Result<String, FormatError> {
    let Ok(tree) = DeTable::parse(text) else { return Err(FormatError::Syntax) };
    let writer = Writer::new(text, Comments::new(text, tree.get_ref()), style);
    let formatted = writer.document(tree.get_ref());
    let again = DeTable::parse(&formatted);
    let kept = again.is_ok_and(|again| same_table(tree.get_ref(), again.get_ref()))
        && comments::sorted(text) == comments::sorted(&formatted);
    if kept { Ok(formatted) } else { Err(FormatError::Changed) }
}

fn same_table(old: &DeTable<'_>, new: &DeTable<'_>) -> bool {
    let mut pairs = old.iter().zip(new);
    old.len() == new.len()
        && pairs.all(|((old_key, old), (new_key, new))| {
            old_key.get_ref() == new_key.get_ref() && same(old.get_ref(), new.get_ref())
        })
}

/// Returns whether two values are the same in type and written form; a date may have lost its quotes.
fn same(old: &DeValue<'_>, new: &DeValue<'_>) -> bool {
    match (old, new) {
        (DeValue::Table(old), DeValue::Table(new)) => same_table(old, new),
        (DeValue::Array(old), DeValue::Array(new)) => {
            old.len() == new.len()
                && old.iter().zip(new.iter()).all(|(old, new)| same(old.get_ref(), new.get_ref()))
        }
        (DeValue::String(text), DeValue::Datetime(date)) => *text == date.to_string(),
        (DeValue::String(old), DeValue::String(new)) => old == new,
        (DeValue::Boolean(old), DeValue::Boolean(new)) => old == new,
        (DeValue::Datetime(old), DeValue::Datetime(new)) => old == new,
        (DeValue::Integer(old), DeValue::Integer(new)) => {
            (old.radix(), old.as_str()) == (new.radix(), new.as_str())
        }
        (DeValue::Float(old), DeValue::Float(new)) => old.as_str() == new.as_str(),
        _ => false,
    }
}
