//! The entries of a bracketed value put together again, with their commas and comments.

use std::collections::BTreeSet;
use std::ops::Range;

use super::entries::{Entries, Entry};
use super::session::Session;
use super::weave::Weave;
use crate::splice::Splice;

/// What a bracketed value holds afterwards.
pub(super) enum Out {
    /// An entry as it is, or changed within.
    Old(usize),
    New(String),
}

/// The entries that are laid out again. Those before and after it stay as they are, and are not looked at, so that a
/// change of one costs the same however many there are.
pub(super) struct Window {
    pub(super) items: Range<usize>,
    /// Whether it reaches to the closing bracket.
    is_to_end: bool,
}

impl Window {
    /// All entries.
    pub(super) fn whole(entries: &Entries<'_>) -> Self {
        Self { items: 0..entries.items.len(), is_to_end: true }
    }

    /// Those that go, with a neighbour on each side, whose comma or blanks may change; to the end where others are
    /// added there.
    pub(super) fn around(entries: &Entries<'_>, gone: &BTreeSet<usize>, is_added_to: bool) -> Self {
        let count = entries.items.len();
        let end = gone.last().filter(|_| !is_added_to).map_or(count, |last| count.min(last + 2));
        let first = gone.first().map_or(count, |first| *first);
        Self { items: first.saturating_sub(1)..end, is_to_end: end == count }
    }
}

impl Session<'_, '_> {
    /// The splices that leave these entries of a window, in this order.
    pub(super) fn laid_out(
        &self,
        entries: &Entries<'_>,
        window: &Window,
        out: &[Out],
        is_list: bool,
    ) -> Vec<Splice> {
        let source = self.outline.source;
        let items = &entries.items[..window.items.end];
        let before = window.items.start.checked_sub(1).map(|at| &items[at]);
        let mut weave = Weave::new(before.map_or(entries.open.start, |entry| entry.end));
        let whole = entries.open.start..entries.close.end;
        if out.is_empty() && before.is_none() && window.is_to_end && !source[whole].contains('\n') {
            weave.keep(entries.open.start..entries.open.start + 1);
            weave.keep(entries.close.end - 1..entries.close.end);
            return weave.finish();
        }
        let opens_line = source[entries.open.clone()].ends_with('\n');
        let ends_in_comma = entries.items.last().map_or(opens_line, |last| last.comma.is_some());
        let indent = entries.on_line.map(|at| &entries.items[at]);
        let indent = indent.map_or("  ", |entry| &source[entry.line(source)..entry.text.start]);
        if before.is_none() {
            weave.keep(entries.open.clone());
        }
        if !is_list && items.is_empty() && !source[entries.open.clone()].ends_with([' ', '\n']) {
            weave.write(" ");
        }
        let mut next = window.items.start;
        let mut ends_line = before.map_or(opens_line, |entry| entry.ends_line);
        let mut is_parted = before.is_none_or(Entry::is_parted);
        // Whether entries are on their own lines where the last one so far is.
        let mut own_lines = before.map_or(opens_line, |entry| entry.starts_line);
        for (nth, one) in out.iter().enumerate() {
            let is_last = window.is_to_end && nth + 1 == out.len();
            let comma = !is_last || ends_in_comma;
            let (text, notes) = match one {
                Out::Old(at) if *at >= next => {
                    let entry = &items[*at];
                    items[next..=*at].iter().for_each(|entry| weave.keep(entry.loose.clone()));
                    weave.keep(entry.lead.start..entry.text.end);
                    let stays = comma || is_list && entry.ends_line;
                    match entry.comma {
                        Some(_) if stays => weave.keep(entry.text.end..entry.end),
                        Some(at) => {
                            weave.keep(entry.text.end..at);
                            weave.keep(if entry.ends_line { at + 1..entry.end } else { at..at });
                        }
                        None => {
                            weave.write(if comma { "," } else { "" });
                            weave.keep(entry.text.end..entry.end);
                        }
                    }
                    (ends_line, own_lines) = (entry.ends_line, entry.starts_line);
                    is_parted = entry.is_parted();
                    next = at + 1;
                    continue;
                }
                // It moved: its comments come along.
                Out::Old(at) => {
                    let entry = &items[*at];
                    let around = [entry.lead.clone(), entry.text.end..entry.end];
                    let is_noted = around.into_iter().any(|range| source[range].contains('#'));
                    (&source[entry.text.clone()], is_noted.then(|| (entry.lead.clone(), entry.after(source))))
                }
                Out::New(text) => (text.as_str(), None),
            };
            let (lead, after) = match &notes {
                Some((lead, after)) => (&source[lead.clone()], after.as_str()),
                None => (if ends_line || own_lines { indent } else { "" }, ""),
            };
            let comma = if comma { "," } else { "" };
            if ends_line || own_lines || notes.is_some() {
                if !ends_line {
                    weave.write(self.outline.newline);
                }
                weave.write(&format!("{lead}{text}{comma}{after}"));
                if ends_line || notes.is_some() {
                    weave.write(self.outline.newline);
                    ends_line = true;
                }
                own_lines = true;
            } else {
                weave.write(if is_parted { "" } else { " " });
                weave.write(&format!("{text}{comma}"));
                weave.write(if is_last { "" } else { " " });
                is_parted = true;
            }
        }
        if !window.is_to_end {
            return weave.finish();
        }
        items[next..].iter().for_each(|entry| weave.keep(entry.loose.clone()));
        if !is_list && items.is_empty() && !source[entries.close.clone()].starts_with([' ', '\t', '\n']) {
            weave.write(" ");
        }
        weave.keep(entries.close.clone());
        weave.finish()
    }
}

impl Entry<'_> {
    /// Returns whether blanks or a line end follow its comma.
    fn is_parted(&self) -> bool {
        self.comma.is_some_and(|comma| comma + 1 < self.end)
    }

    /// The start of its line, or of its lead.
    fn line(&self, source: &str) -> usize {
        source[self.lead.start..self.text.start]
            .rfind('\n')
            .map_or(self.lead.start, |feed| self.lead.start + feed + 1)
    }

    /// The comment beside it, without its comma and its line end.
    fn after(&self, source: &str) -> String {
        let after = &source[self.text.end..self.end];
        after.replacen(',', "", usize::from(self.comma.is_some())).trim_end().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Toml;
    use crate::sample::{Sample, path};

    #[test]
    fn what_goes_is_laid_out_as_if_all_were() {
        let texts = [
            "x = [1, 2, 3, 4, 5]",
            "x = [1,2,\n  3,\n  4,5]",
            "x = [\n  1, # one\n  2,\n\n  # loose\n\n  # about three\n  3,\n  4, 5, # five\n]",
            "x = [ # open\n  1\n  , 2 # two\n  , 3\n  , 4\n  , 5 # five\n  # close\n]",
            "x = { a = 1, b = 2, c = 3, d.e = 4, d.f = 5 }",
        ];
        for text in texts {
            let toml = Toml::parse(text);
            assert!(toml.is_valid());
            let session = Session::new(&toml, &Sample);
            let (node, _) = toml.find(&path("x"));
            let entries = session.apart.entries(text, &node);
            for (mask, is_added_to) in (1_usize..1 << 5).flat_map(|mask| [(mask, false), (mask, true)]) {
                let gone: BTreeSet<usize> = (0..5).filter(|at| mask & 1 << at != 0).collect();
                let splices = |window: &Window| {
                    let kept = window.items.clone().filter(|at| !gone.contains(at)).map(Out::Old);
                    let new = is_added_to.then(|| Out::New("6".to_owned()));
                    session.laid_out(&entries, window, &kept.chain(new).collect::<Vec<_>>(), node.is_list())
                };
                let window = Window::around(&entries, &gone, is_added_to);
                assert_eq!(splices(&window), splices(&Window::whole(&entries)), "{text}: {gone:?}");
            }
        }
    }
}
