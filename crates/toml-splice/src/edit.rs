//! Turns edits into splices of bytes, so that everything else of a text stays as it is.

mod addition;
mod bracket;
mod entries;
mod error;
mod fixes;
#[cfg(test)]
mod layouts;
mod operation;
mod plan;
mod removal;
mod sequence;
mod session;
mod spread;
#[cfg(test)]
mod tests;
mod weave;

pub use self::error::{EditError, Refusal};
pub use self::fixes::{FixOutcome, fix, place};
pub use self::operation::Edit;
use self::session::Session;
use crate::parse::Toml;
use crate::splice::splice;
use crate::style::Style;
use crate::verify::keeps_promise;

/// Returns the text with edits made, all of them or none. Where a new key goes is a matter of the style; all other
/// bytes stay as they are. The result is read again, and must differ only where the edits say.
///
/// ```
/// use toml_splice::{Edit, Plain, Toml, apply};
///
/// // Set a value: its comment stays.
/// let text = "[server]\nport = 80 # the port\n";
/// let set = Edit::Set("server.port".parse().unwrap(), 8080.into());
/// let edited = apply(&Toml::parse(text), &[set], &Plain).unwrap();
/// assert_eq!(edited, "[server]\nport = 8080 # the port\n");
///
/// // Remove a table.
/// let remove = Edit::Remove("server".parse().unwrap());
/// let text = "name = 'A'\n\n[server]\nport = 80\n\n[client]\nport = 81\n";
/// let edited = apply(&Toml::parse(text), &[remove], &Plain).unwrap();
/// assert_eq!(edited, "name = 'A'\n\n[client]\nport = 81\n");
///
/// // Add an item to a list.
/// let add = Edit::Set("hosts[2]".parse().unwrap(), "c".into());
/// let text = "hosts = [\n  'a', # first\n  'b',\n]\n";
/// let edited = apply(&Toml::parse(text), &[add], &Plain).unwrap();
/// assert_eq!(edited, "hosts = [\n  'a', # first\n  'b',\n  \"c\",\n]\n");
/// ```
///
/// # Errors
///
/// When an edit has no place in this text, two edits meet, or the result would say anything else than
/// the edits promise.
pub fn apply(toml: &Toml<'_>, edits: &[Edit], style: &dyn Style) -> Result<String, EditError> {
    let Some(first) = edits.first() else { return Ok(toml.text().to_owned()) };
    if !toml.is_valid() {
        return Err(EditError::new(first.path(), Refusal::Invalid));
    }
    let edited = splice(toml.text(), &Session::new(toml, style).splices(edits)?);
    if keeps_promise(toml, &edited, edits) {
        Ok(edited)
    } else {
        Err(EditError::new(first.path(), Refusal::Broken))
    }
}
