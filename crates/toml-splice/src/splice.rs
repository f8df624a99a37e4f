//! Changes of a text, byte by byte.

/// Bytes of a text, and what comes in their place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Splice {
    /// The first byte that goes.
    pub start: usize,
    /// The byte after the last that goes.
    pub end: usize,
    /// What comes instead.
    pub insert: String,
}

/// Returns a text with splices made, which are in the order of the text and do not overlap.
///
/// # Panics
///
/// When they are not, or when one begins or ends within a character.
pub fn splice(text: &str, splices: &[Splice]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for splice in splices {
        out.push_str(&text[at..splice.start]);
        out.push_str(&splice.insert);
        at = splice.end;
    }
    out.push_str(&text[at..]);
    out
}
