//! The folded form of a text: what stays the same when a page gets a new layout.

use memchr::memmem;
use unicode_normalization::UnicodeNormalization as _;

/// A text without white space, dashes, bullets, the lines of tables and marks without width, its quotes in one form, and its letters in
/// their plain form (NFKC), so that a ligature is the letters it is made of.
#[derive(Debug)]
pub(super) struct Folded(String);

pub(super) fn fold(text: &str) -> Folded {
    let keep = |c: char| (!is_left_out(c)).then(|| plain(c));
    if text.is_ascii() {
        Folded(text.chars().filter_map(keep).collect())
    } else {
        Folded(text.nfkc().filter_map(keep).collect())
    }
}

impl Folded {
    pub(super) fn contains(&self, other: &Self) -> bool {
        memmem::find(self.0.as_bytes(), other.0.as_bytes()).is_some()
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
