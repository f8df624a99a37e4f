//! A file's text with an index of its lines.

use std::ops::Range;

use memchr::memchr_iter;

use crate::Position;

/// A file's text with an index of its lines, so that positions cost a look-up and not a scan.
#[derive(Debug, Clone)]
pub struct SourceText {
    text: String,
    /// The byte at which each line begins.
    lines: Vec<usize>,
    /// How many characters come before each stretch of so many bytes: a line may be as long as the file, and
    /// have a finding on every byte.
    characters: Vec<usize>,
    /// How many byte-order marks the text begins with.
    marks: usize,
}

/// The bytes of a stretch.
const STRETCH: usize = 1024;

const BYTE_ORDER_MARK: char = '\u{feff}';

impl SourceText {
    /// Indexes a text. Lines end with a line feed, alone or after a carriage return, as in TOML.
    pub fn new(text: String) -> Self {
        let feeds = memchr_iter(b'\n', text.as_bytes());
        let lines = std::iter::once(0).chain(feeds.map(|at| at + 1)).collect();
        let mut before = 0;
        let ends = text.as_bytes().chunks(STRETCH).map(|stretch| {
            before += count_characters(stretch);
            before
        });
        let characters = std::iter::once(0).chain(ends).collect();
        let marks = text.chars().take_while(|c| *c == BYTE_ORDER_MARK).count();
        Self { text, lines, characters, marks }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The position of a byte. One beyond the end, or within a character, counts as the end or as
    /// the start of the character.
    pub fn position(&self, byte: usize) -> Position {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.lines.partition_point(|start| *start <= byte) - 1;
        let start = self.lines[line];
        let before = self.characters_before(byte) - self.characters_before(start);
        let marks = if line == 0 { self.marks.min(before) } else { 0 };
        Position { byte, line: line + 1, column: before - marks + 1 }
    }

    /// The characters that begin before a byte.
    fn characters_before(&self, byte: usize) -> usize {
        let stretch = byte / STRETCH;
        self.characters[stretch] + count_characters(&self.text.as_bytes()[stretch * STRETCH..byte])
    }

    /// The bytes of a line, from 1, with its line end.
    pub fn line(&self, line: usize) -> Range<usize> {
        let start = self.lines.get(line - 1).copied().unwrap_or(self.text.len());
        let end = self.lines.get(line).copied().unwrap_or(self.text.len());
        start..end
    }

    /// The number of lines; a final line end begins a last, empty one.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }
}

/// The characters that begin in a stretch of UTF-8.
fn count_characters(bytes: &[u8]) -> usize {
    // Counted in a byte as long as it can hold the number, so that many bytes are looked at at once.
    let begins = |byte: &u8| u8::from(byte & 0b1100_0000 != 0b1000_0000);
    let counts = bytes.chunks(255).map(|part| part.iter().map(begins).sum::<u8>());
    counts.map(usize::from).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, byte: usize) -> (usize, usize) {
        let position = SourceText::new(text.to_owned()).position(byte);
        (position.line, position.column)
    }

    #[test]
    fn positions_count_characters_and_know_line_ends() {
        assert_eq!(at("", 0), (1, 1));
        assert_eq!(at("a\r\nb", 3), (2, 1));
        assert_eq!(at("a\r\nb", 1), (1, 2));
        assert_eq!(at("\u{feff}id = 1", 3), (1, 1));
        assert_eq!(at("\u{feff}id = 1", 0), (1, 1));
        assert_eq!(at("é😀x", 6), (1, 3));
        assert_eq!(at("e\u{301}x", 3), (1, 3));
        assert_eq!(at("\tx", 1), (1, 2));
        assert_eq!(at("a\n", 2), (2, 1));
        assert_eq!(at("a", 99), (1, 2));
        assert_eq!(at("😀", 2), (1, 1));
    }

    #[test]
    fn columns_of_a_long_line_are_those_of_its_characters() {
        for text in
            ["x".repeat(3000), "é".repeat(1500), "😀a".repeat(700), format!("\u{feff}{}", "é😀".repeat(500))]
        {
            let source = SourceText::new(format!("{text}\n{text}"));
            for (start, line) in [(0, 1), (text.len() + 1, 2)] {
                let marks = usize::from(line == 1 && text.starts_with(BYTE_ORDER_MARK));
                for (nth, (at, _)) in text.char_indices().enumerate().skip(marks) {
                    let position = source.position(start + at);
                    assert_eq!((position.line, position.column), (line, nth + 1 - marks), "{at}");
                }
            }
        }
    }
}
