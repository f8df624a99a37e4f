//! The words of a text, in which it makes no difference where a line ends.

use std::borrow::Cow;
use std::hash::BuildHasher;
use std::num::NonZeroU64;

use foldhash::fast::FixedState;
use memchr::{memchr, memchr3, memmem};

/// Returns the words of a text with single blanks between them; nothing for a blank text.
pub(crate) fn words(text: &str) -> Option<Box<str>> {
    let words = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then(|| words.into())
}

/// Returns a hash of the words of a text; nothing for a blank text. Texts with the same hash may have different words,
/// so it only chooses which texts are compared.
pub(crate) fn hash_of_words(text: &str) -> Option<NonZeroU64> {
    let text = text.trim_ascii();
    let bytes = text.as_bytes();
    // Single blanks part the words of most texts. To take each text apart costs 3 % of the instructions of `lint`.
    let is_plain = memchr3(b'\n', b'\r', b'\t', bytes).is_none()
        && memchr(b'\x0c', bytes).is_none()
        && memmem::find(bytes, b"  ").is_none();
    let words = if is_plain { Cow::Borrowed(text) } else { Cow::Owned(words(text)?.into()) };
    let hash = NonZeroU64::new(FixedState::default().hash_one(&*words)).unwrap_or(NonZeroU64::MIN);
    (!words.is_empty()).then_some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_make_no_difference_and_words_do() {
        for same in [words, |text: &str| hash_of_words(text).map(|hash| hash.to_string().into())] {
            assert_eq!(same("Acme keeps\nprompts. "), same("Acme keeps prompts."));
            assert_ne!(same("Acme keeps prompts."), same("Acme keepsprompts."));
            assert_ne!(same("abcdefgh i"), same("abcdefghi"));
            assert_eq!(same("Acme\u{c}keeps \tprompts."), same("Acme  keeps prompts."));
            assert_eq!(same(" \n"), None);
        }
    }
}
