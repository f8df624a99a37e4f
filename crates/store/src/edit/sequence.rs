//! The entries of a bracketed value put together again, with their commas and comments.

use diagnostics::Splice;

use super::Session;
use super::entries::{Entries, Entry};
use super::weave::Weave;

/// What a bracketed value holds afterwards.
pub(super) enum Out {
    /// An entry as it is, or changed within.
    Old(usize),
    New(String),
}

impl Session<'_, '_> {
    /// The splices that leave these entries, in this order.
    pub(super) fn laid_out(&self, entries: &Entries<'_>, out: &[Out], is_list: bool) -> Vec<Splice> {
        let source = self.layout.source;
        let items = &entries.items;
        let mut weave = Weave::new(entries.open.start);
        let in_lines = source[entries.open.start..entries.close.end].contains('\n');
        if out.is_empty() && !in_lines {
            weave.keep(entries.open.start..entries.open.start + 1);
            weave.keep(entries.close.end - 1..entries.close.end);
            return weave.finish();
        }
        let opens_line = source[entries.open.clone()].ends_with('\n');
        let ends_in_comma = items.last().map_or(opens_line, |last| last.comma.is_some());
        let indent = items.iter().find(|entry| entry.starts_line);
        let indent = indent.map_or("  ", |entry| &source[entry.line(source)..entry.text.start]);
        weave.keep(entries.open.clone());
        if !is_list && items.is_empty() && !source[entries.open.clone()].ends_with([' ', '\n']) {
            weave.write(" ");
        }
        let (mut next, mut ends_line, mut is_parted) = (0, opens_line, true);
        // Whether entries have lines of their own where the last one so far is.
        let mut own_lines = opens_line;
        for (nth, one) in out.iter().enumerate() {
            let is_last = nth + 1 == out.len();
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
                    is_parted = entry.comma.is_some_and(|comma| comma + 1 < entry.end);
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
                    weave.write(self.layout.newline);
                }
                weave.write(&format!("{lead}{text}{comma}{after}"));
                if ends_line || notes.is_some() {
                    weave.write(self.layout.newline);
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
        items[next..].iter().for_each(|entry| weave.keep(entry.loose.clone()));
        if !is_list && items.is_empty() && !source[entries.close.clone()].starts_with([' ', '\t', '\n']) {
            weave.write(" ");
        }
        weave.keep(entries.close.clone());
        weave.finish()
    }
}

impl Entry<'_> {
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
