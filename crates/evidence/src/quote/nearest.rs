//! The words of a page that have most in common with a passage.

use std::collections::HashMap;

use similar::{Algorithm, capture_diff_slices, diff_ratio};

use super::Span;

/// What has less in common with a passage is not near it.
const NEAR: f32 = 0.6;

/// The longest passage whose words are compared in their order, in words. Longer ones than that are no quotes.
const MAX_WORDS: usize = 3_000;

/// The words of a text.
#[derive(Debug)]
pub(super) struct Words<'a> {
    text: &'a str,
    spans: Vec<Span>,
}

impl<'a> Words<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut spans = Vec::new();
        let mut start = None;
        for (at, c) in text.char_indices() {
            match (c.is_alphanumeric(), start) {
                (true, None) => start = Some(at),
                (false, Some(begin)) => {
                    spans.push(begin..at);
                    start = None;
                }
                _ => {}
            }
        }
        spans.extend(start.map(|begin| begin..text.len()));
        Self { text, spans }
    }

    fn word(&self, at: usize) -> String {
        self.text[self.spans[at].clone()].to_lowercase()
    }

    /// The stretch of about as many words as the passage has that shares most of them, if it is near, and how near it is: the
    /// share of words that are the same in the same order.
    pub(super) fn nearest(&self, passage: &str) -> Option<(String, f32)> {
        let wanted = Words::of(passage);
        let length = wanted.spans.len();
        if length == 0 || length > MAX_WORDS || self.spans.is_empty() {
            return None;
        }
        let wanted: Vec<String> = (0..length).map(|at| wanted.word(at)).collect();
        // A page may say the same in some words more.
        let width = length + length / 4 + 2;
        // How often each word is still wanted within the window. A word that is not wanted has no entry.
        let mut open: HashMap<&str, i64> = HashMap::new();
        for word in &wanted {
            *open.entry(word).or_default() += 1;
        }
        let needed = open.clone();
        let (mut shared, mut most, mut last) = (0_usize, 0, 0);
        for end in 0..self.spans.len() {
            if let Some(count) = open.get_mut(self.word(end).as_str()) {
                shared += usize::from(*count > 0);
                *count -= 1;
            }
            if let Some(left) = end.checked_sub(width)
                && let Some(count) = open.get_mut(self.word(left).as_str())
            {
                *count += 1;
                shared -= usize::from(*count > 0);
            }
            if shared > most {
                (most, last) = (shared, end);
            }
        }
        // The window ends with a word that is shared. What it begins with is left out as long as nothing shared is lost.
        let mut first = (last + 1).saturating_sub(width);
        let mut missing = needed;
        for at in first..=last {
            if let Some(count) = missing.get_mut(self.word(at).as_str()) {
                *count -= 1;
            }
        }
        while first < last {
            match missing.get_mut(self.word(first).as_str()) {
                Some(count) if *count >= 0 => break,
                Some(count) => *count += 1,
                None => {}
            }
            first += 1;
        }
        let found: Vec<String> = (first..=last).map(|at| self.word(at)).collect();
        let operations = capture_diff_slices(Algorithm::Myers, &wanted, &found);
        let score = diff_ratio(&operations, wanted.len(), found.len());
        let text = &self.text[self.spans[first].start..self.spans[last].end];
        (score >= NEAR).then(|| (text.split_whitespace().collect::<Vec<_>>().join(" "), score))
    }
}
