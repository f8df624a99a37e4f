//! Words of a command that people copy into a shell. Files of strangers have names of their choice.

use std::borrow::Cow;

use diagnostics::printable;

/// Returns a text as one word of a command in a message, so that a shell runs nothing that it holds.
pub(crate) fn word(text: &str) -> String {
    printable(&quoted(text)).into_owned()
}

/// Returns a text as a word of a POSIX shell.
pub(crate) fn quoted(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_plain) && !text.starts_with('-') {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(format!("'{}'", text.replace('\'', "'\\''")))
    }
}
