//! Reads and edits TOML texts by splices of bytes, so that everything else of a text stays as it is: comments, blank
//! lines, the written form of every value.
//!
//! A text is parsed once, as [`Toml`], in which [`Node`]s say where each value is. [`apply`] makes [`Edit`]s,
//! [`fix`] many independent ones at once, and [`place`] says which bytes they would change. Every result is parsed
//! again and must say exactly what the edits promise. [`format`] brings a text to one form. What a caller decides about
//! layout, such as the order of keys, is its [`Style`].
//!
//! For texts that are not TOML, [`syntax_errors`] says where each fault begins. The parser reads TOML 1.1;
//! [`newer_forms`] finds what TOML 1.0 does not have.

mod comments;
mod edit;
mod format;
mod literal;
mod meaning;
mod node;
mod outline;
mod parse;
mod path;
#[cfg(test)]
mod sample;
mod splice;
mod strings;
mod style;
mod syntax;
mod value;
mod values;
mod verify;
mod write;

pub use comments::comments;
pub use edit::{Edit, EditError, FixOutcome, Refusal, apply, fix, place};
pub use format::{FormatError, format};
pub use literal::key;
pub use node::Node;
pub use parse::Toml;
pub use path::{InvalidPath, Path, Step};
pub use splice::{Splice, splice};
pub use style::{Plain, Style};
pub use syntax::{NewerForm, SyntaxError, newer_forms, syntax_errors};
pub use toml_datetime::Datetime;
pub use value::Value;
pub use values::{Held, Item, Values, is_valid};
pub use write::{block, body, entry, inline};
