//! The folded form of a text: what stays the same when a page gets a new layout.

use memchr::memmem;
use unicode_normalization::UnicodeNormalization as _;

/// A text without white space, dashes, bullets, the lines of tables and marks without width, its quotes in one form, and its
/// letters in their plain form (NFKC), so that a ligature is the letters it is made of. What separates two digits stays,
/// so that `1-2` is not `12`.
#[derive(Debug)]
pub(super) struct Folded(String);

pub(super) fn fold(text: &str) -> Folded {
    let mut folded = String::with_capacity(text.len());
    // What was left out since the last character.
    let mut gap = None;
    let mut push = |c: char| {
        if is_left_out(c) {
            gap = if gap == Some('-') || !c.is_whitespace() { Some('-') } else { Some(' ') };
            return;
        }
        if let Some(gap) = gap.take().filter(|_| c.is_ascii_digit() && ends_with_digit(&folded)) {
            folded.push(gap);
        }
        folded.push(plain(c));
    };
    if text.is_ascii() {
        text.chars().for_each(&mut push)
    } else {
        text.nfkc().for_each(&mut push)
    }
    Folded(folded)
}

fn ends_with_digit(text: &str) -> bool {
    text.as_bytes().last().is_some_and(u8::is_ascii_digit)
}

impl Folded {
    /// Whether another text is in it, and no part of a longer number there.
    pub(super) fn contains(&self, other: &Self) -> bool {
        let other = other.0.as_bytes();
        let is_digit = |at: Option<&u8>| at.is_some_and(u8::is_ascii_digit);
        let (begins, ends) = (is_digit(other.first()), is_digit(other.last()));
        memmem::find_iter(self.0.as_bytes(), other).any(|at| {
            let bytes = self.0.as_bytes();
            let before = at.checked_sub(1).and_then(|at| bytes.get(at));
            let after = bytes.get(at + other.len());
            let is_cut = begins && is_digit(before) || ends && is_digit(after);
            !is_cut
        })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn is_left_out(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
        )
        || matches!(
            c,
            '\u{b7}'
                | '\u{2022}'
                | '\u{2023}'
                | '\u{2043}'
                | '\u{25aa}'
                | '\u{25cf}'
                | '\u{25e6}'
                | '*'
                | '|'
        )
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// One form for quotes and apostrophes.
fn plain(c: char) -> char {
    match c {
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '`' | '\u{b4}' | '\u{2039}' | '\u{203a}' | '\u{ff07}' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' | '\u{ff02}' => '"',
        c => c,
    }
}
