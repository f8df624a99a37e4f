//! Finds the passages of a stored quote in the text of a page.
//!
//! A passage is there exactly, or folded: white space, dashes and bullets left out, and quotes in one form, since a page
//! may change these without saying anything else. Where it is in neither way, the nearest passage is shown: the words
//! of the page that have most in common with it. All of it takes time that grows with the length of the page.

mod fold;
mod nearest;

use std::cell::OnceCell;
use std::ops::Range;

use memchr::memmem;

use self::fold::{Folded, fold};
use self::nearest::Words;
use crate::Extracted;

/// What separates the passages of a quote.
const GAP: &str = "[…]";

/// The passages of a quote, in the order of the page.
pub fn passages(quote: &str) -> impl Iterator<Item = &str> {
    quote.split(GAP).map(str::trim).filter(|passage| !passage.is_empty())
}

/// How a passage was found.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// As it is stored.
    Exact,
    /// But for white space, dashes, bullets, and the form of quotes.
    Folded,
    /// Not. This has most in common with it.
    Near {
        /// The words of the page.
        passage: String,
        /// How much they have in common, from 0 to 1.
        score: f32,
    },
    /// Not, nor anything like it.
    Missing,
}

impl Found {
    /// Whether the passage is there.
    pub fn is_there(&self) -> bool {
        matches!(self, Self::Exact | Self::Folded)
    }
}

/// How the passages of a quote were found.
#[derive(Debug, Clone, PartialEq)]
pub struct QuoteFound {
    /// Each passage.
    pub passages: Vec<(String, Found)>,
}

impl QuoteFound {
    /// Whether all passages are there.
    pub fn is_there(&self) -> bool {
        self.passages.iter().all(|(_, found)| found.is_there())
    }

    /// The passages that are not there.
    pub fn gone(&self) -> impl Iterator<Item = &(String, Found)> {
        self.passages.iter().filter(|(_, found)| !found.is_there())
    }
}

/// The text of a page, to be searched. Its folded form and its words are made when a passage is not there exactly: most
/// are, and these forms take longer than making the text of a page.
#[derive(Debug)]
pub struct Page<'a> {
    parts: Vec<Part<'a>>,
    words: OnceCell<Words<'a>>,
}

#[derive(Debug)]
struct Part<'a> {
    text: &'a str,
    folded: OnceCell<Folded>,
}

impl<'a> Part<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, folded: OnceCell::new() }
    }

    fn folded(&self) -> &Folded {
        self.folded.get_or_init(|| fold(self.text))
    }
}

impl<'a> Page<'a> {
    /// A text.
    pub fn new(text: &'a str) -> Self {
        Self { parts: vec![Part::of(text)], words: OnceCell::new() }
    }

    /// The text of a page, and that of its frame.
    pub fn of(page: &'a Extracted) -> Self {
        Self { parts: vec![Part::of(&page.text), Part::of(&page.aside)], words: OnceCell::new() }
    }

    /// Looks for the passages of a quote.
    pub fn find(&self, quote: &str) -> QuoteFound {
        QuoteFound {
            passages: passages(quote).map(|passage| (passage.to_owned(), self.look(passage))).collect(),
        }
    }

    fn look(&self, passage: &str) -> Found {
        if self.parts.iter().any(|part| holds(part.text, passage)) {
            return Found::Exact;
        }
        let folded = fold(passage);
        if !folded.is_empty() && self.parts.iter().any(|part| part.folded().contains(&folded)) {
            return Found::Folded;
        }
        // The frame of a page is no place to look for something similar.
        let words = self.words.get_or_init(|| Words::of(self.parts[0].text));
        match words.nearest(passage) {
            Some((passage, score)) => Found::Near { passage, score },
            None => Found::Missing,
        }
    }
}

/// Whether a passage is in a text as whole words.
fn holds(text: &str, passage: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (begins, ends) = (is_word(passage.chars().next()), is_word(passage.chars().next_back()));
    memmem::find_iter(text.as_bytes(), passage.as_bytes()).any(|at| {
        let (before, after) = (&text[..at], &text[at + passage.len()..]);
        let is_cut = begins && is_word(before.chars().next_back()) || ends && is_word(after.chars().next());
        !is_cut
    })
}

/// The bytes of a word within a text.
type Span = Range<usize>;

#[cfg(test)]
mod tests;
