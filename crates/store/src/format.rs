//! The canonical form of a data file.

use model::{Dimensions, Document};

use crate::style::Canonical;

/// Why a text is not formatted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// It cannot be read.
    #[error("is not valid TOML: `{} lint` says where", diagnostics::command())]
    Syntax,
    /// The result would say something else.
    #[error(transparent)]
    Changed(toml_splice::FormatError),
}

/// Returns the canonical form of a data file. Cells take the order of the dimensions.
///
/// # Errors
///
/// When the text is not valid TOML; or when the result, read again, would not say the same with the
/// same comments, which is a fault of the formatter.
pub fn format(document: Document, dimensions: &Dimensions, text: &str) -> Result<String, FormatError> {
    toml_splice::format(text, &Canonical::new(document, dimensions)).map_err(|error| match error {
        toml_splice::FormatError::Syntax => FormatError::Syntax,
        changed => FormatError::Changed(changed),
    })
}
