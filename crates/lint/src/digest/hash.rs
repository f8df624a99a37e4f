//! Hashes of texts, by which rules about the whole registry find fast what may be equal.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::num::NonZeroU64;

/// A table by hashes, which are not hashed again.
pub(crate) type ByHash<T> = HashMap<NonZeroU64, T, BuildHasherDefault<AsItIs>>;

#[derive(Debug, Default)]
pub(crate) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A hash of a text, never zero, so that none at all takes no more room. Eight bytes are mixed in at once.
/// Blanks at the end may make no difference.
pub(crate) fn hash(text: &str) -> NonZeroU64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut mix = |eight| {
        let mixed = hash.rotate_left(23) ^ u64::from_le_bytes(eight);
        hash = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    };
    let (eights, rest) = text.as_bytes().as_chunks();
    eights.iter().copied().for_each(&mut mix);
    let mut last = [b' '; 8];
    last[..rest.len()].copy_from_slice(rest);
    mix(last);
    // A table takes the lowest bits, which a product mixes least.
    NonZeroU64::new(hash ^ hash >> 32).unwrap_or(NonZeroU64::MIN)
}

/// A hash of the words of a text, in which it makes no difference where a line ends; nothing for a blank
/// text.
pub(crate) fn hash_of_words(text: &str) -> Option<NonZeroU64> {
    let words = if is_plain(text) { Cow::Borrowed(text) } else { joined(text).into() };
    (!words.is_empty()).then(|| hash(&words))
}

/// Whether single blanks alone part the words of a text.
fn is_plain(text: &str) -> bool {
    let pairs = text.bytes().zip(text.bytes().skip(1));
    let is_single = !pairs.fold(false, |found, (one, next)| found | (one == b' ') & (next == b' '));
    let has_other = text.bytes().fold(false, |found, byte| found | (byte < b' '));
    is_single && !has_other && !text.starts_with(' ') && !text.ends_with(' ')
}

/// The words of a text with single blanks between them.
fn joined(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_make_no_difference_and_words_do() {
        assert_eq!(hash_of_words("Acme keeps\nprompts. "), hash_of_words("Acme keeps prompts."));
        assert_ne!(hash_of_words("Acme keeps prompts."), hash_of_words("Acme keepsprompts."));
        assert_ne!(hash_of_words("abcdefgh i"), hash_of_words("abcdefghi"));
        assert_eq!(hash_of_words(" \n"), None);
    }
}
