//! Text as lines: one for each block, with single blanks.

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

/// Collects the text of a page, a line for each block.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: String,
    /// A blank that comes before the next word of the line.
    blank: bool,
}

impl Lines {
    /// Adds text to the line. Its line ends are blanks.
    pub(super) fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.blank = true;
            } else if !is_unseen(c) {
                if std::mem::take(&mut self.blank) && !self.text.is_empty() && !self.text.ends_with('\n') {
                    self.text.push(' ');
                }
                self.text.push(c);
            }
        }
    }

    /// Parts what follows from what came, within the line.
    pub(super) fn space(&mut self) {
        self.blank = true;
    }

    /// Ends the line, if there is anything in it.
    pub(super) fn end(&mut self) {
        self.blank = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Adds the lines of another text.
    pub(super) fn append(&mut self, other: Self) {
        self.end();
        self.text.push_str(&other.text);
    }

    /// Takes away what was collected after a length.
    pub(super) fn take_after(&mut self, length: usize) -> String {
        self.text.split_off(length)
    }

    /// Takes away the lines of which something is true, and returns them.
    pub(super) fn take_lines(&mut self, is_taken: impl Fn(&str) -> bool) -> Vec<String> {
        self.end();
        let taken: Vec<String> =
            self.text.lines().filter(|line| is_taken(line)).map(ToOwned::to_owned).collect();
        if !taken.is_empty() {
            self.text = self.text.split_inclusive('\n').filter(|line| !is_taken(line.trim_end())).collect();
        }
        taken
    }

    /// The bytes of what was collected.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// The text, each line with its end, and letters in their composed form.
    pub(super) fn finish(mut self) -> String {
        self.end();
        // To check that they are composed already, as most are, takes a tenth of composing them.
        if is_nfc(&self.text) { self.text } else { self.text.nfc().collect() }
    }
}

/// Whether a character takes no room and means nothing to a reader: controls, soft hyphens, marks of direction, and
/// blanks without width. Joiners are kept, since some scripts need them.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
