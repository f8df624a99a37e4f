//! Keys and blocks that are in a file twice.

use std::ops::Range;

use super::read::Entry;

/// What is in a file twice.
pub(super) struct Twice {
    pub(super) message: String,
    /// The place of the first.
    pub(super) first: Range<usize>,
    /// The bytes of the second that say again what the first says; none where they differ.
    pub(super) repeated: Option<Range<usize>>,
    /// The bytes of the second.
    pub(super) extent: Range<usize>,
}

/// Returns what a key or header repeats that is at a byte.
pub(super) fn twice(text: &str, entries: &[Entry], at: usize) -> Option<Twice> {
    let nth = entries.iter().rposition(|entry| entry.span.start <= at && at <= entry.span.end)?;
    let entry = &entries[nth];
    let line = |at: usize| text[..at].matches('\n').count() + 1;
    if entry.brackets > 0 {
        let first = entries[..nth].iter().position(|other| other.brackets > 0 && other.keys == entry.keys)?;
        let (one, other) = (block(text, entries, first), block(text, entries, nth));
        let name = format!(
            "{0}{1}{2}",
            "[".repeat(entry.brackets),
            entry.keys.join("."),
            "]".repeat(entry.brackets)
        );
        return Some(Twice {
            message: format!("the block `{name}` is there twice: first at line {}", line(one.start)),
            first: entries[first].span.clone(),
            repeated: (text[one].trim() == text[other.clone()].trim()).then(|| other.clone()),
            extent: other,
        });
    }
    let header = entries[..nth].iter().rposition(|other| other.brackets > 0);
    let begin = header.map_or(0, |header| header + 1);
    let first = begin + entries[begin..nth].iter().position(|other| other.keys == entry.keys)?;
    let (one, other) = (entries[first].span.clone(), entry.span.clone());
    let feed = text[other.end..].find('\n').map_or(text.len(), |feed| other.end + feed + 1);
    Some(Twice {
        message: format!("`{}` is there twice: first at line {}", entry.keys.join("."), line(one.start)),
        repeated: (text[one.clone()].trim() == text[other.clone()].trim()).then_some(other.start..feed),
        first: one,
        extent: other,
    })
}

/// The bytes of a block: its header and all below it, up to the next that is not part of it.
fn block(text: &str, entries: &[Entry], header: usize) -> Range<usize> {
    let keys = &entries[header].keys;
    let is_next = |entry: &&Entry| {
        entry.brackets > 0 && !(entry.keys.len() > keys.len() && entry.keys.starts_with(keys))
    };
    let end = entries[header + 1..].iter().find(is_next).map_or(text.len(), |next| next.span.start);
    entries[header].span.start..end
}
