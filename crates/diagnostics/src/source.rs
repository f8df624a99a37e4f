//! A file's text with an index of its lines.

use std::ops::Range;

use crate::Position;

/// A file's text with an index of its lines, so that positions cost a look-up and not a scan.
#[derive(Debug, Clone)]
pub struct SourceText {
    text: String,
    /// The byte at which each line begins.
    lines: Vec<usize>,
}

const BYTE_ORDER_MARK: char = '\u{feff}';

impl SourceText {
    /// Indexes a text. Lines end with a line feed, alone or after a carriage return, as in TOML.
    pub fn new(text: String) -> Self {
        let feeds = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0).chain(feeds.map(|(at, _)| at + 1)).collect();
        Self { text, lines }
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
        let before = &self.text[self.lines[line]..byte];
        let before = if line == 0 { before.trim_start_matches(BYTE_ORDER_MARK) } else { before };
        Position { byte, line: line + 1, column: before.chars().count() + 1 }
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
}
