//! What is kept of the pages that were read, and how their texts changed.

use std::path::PathBuf;

use diagnostics::{command, printable_lines, quoted};
use evidence::{Looks, Part, Sha256, Texts, Visit, word_diff};
use model::{PageVisits, Registry, Url};

use super::RecheckError;
use crate::folder::Folder;
use crate::global::Global;
use crate::terminal::{color_out, note, paint, print_styled};
use crate::{Failure, Outcome};

/// The folder of what is kept, beside the data folder.
const FOLDER: &str = ".evidence";

/// How much of what is the same is shown around a change, in characters.
const CONTEXT: usize = 120;

/// What is kept of the pages that were read.
#[derive(Debug, Clone)]
pub(super) struct Evidence {
    pub(super) folder: PathBuf,
    pub(super) texts: Texts,
    pub(super) looks: Looks,
}

impl Evidence {
    /// What is kept beside a data folder; what was looked at in a web archive is kept apart from the pages themselves.
    pub(super) fn beside(folder: &Folder, is_web_archive: bool) -> Self {
        let folder = folder.repository().join(FOLDER);
        let looks = if is_web_archive { "looks/web_archive" } else { "looks/direct" };
        Self { texts: Texts::new(&folder), looks: Looks::new(folder.join(looks)), folder }
    }
}

/// Prints what changed in the text of a page between the last two visits that read it and saw different texts.
pub(super) fn show_changes(
    global: &Global,
    registry: &Registry,
    kept: &Evidence,
    url: &Url,
) -> Result<Outcome, Failure> {
    let visits = PageVisits::new(&registry.visits);
    let read = visits.of(url).iter().filter_map(Visit::of);
    let mut seen: Vec<(Visit, Sha256)> =
        read.filter_map(|visit| Some((visit.clone(), visit.sha256?))).collect();
    let all = seen.len();
    seen.dedup_by_key(|(_, hash)| *hash);
    let [.., (old, old_hash), (new, new_hash)] = seen.as_slice() else {
        let message = match (all, seen.last()) {
            (0, _) => format!("no visit has read {}", quoted(url.as_str())),
            (_, Some((only, _))) => {
                format!(
                    "{} has had one text in all visits, the last one on {}",
                    quoted(url.as_str()),
                    only.on
                )
            }
            (_, None) => String::new(),
        };
        note(global, &message);
        return Ok(Outcome::Success);
    };
    let text = |visit: &Visit, hash: &Sha256| {
        let text = kept.texts.get(hash).map_err(RecheckError::from)?;
        text.ok_or_else(|| {
            Failure::Usage(format!(
                "the text of {} on {} is not kept here: texts stay in {} of the machine that ran {} recheck",
                quoted(url.as_str()),
                visit.on,
                kept.folder.display(),
                command()
            ))
        })
    };
    let (old_text, new_text) = (text(old, old_hash)?, text(new, new_hash)?);
    let color = color_out(global);
    let mut out =
        format!("{} {}\n{} {}\n\n", paint(color, "31", "---"), old.on, paint(color, "32", "+++"), new.on);
    if old.extractor != new.extractor {
        note(
            global,
            "the texts were made by different extractors, so that some of the changes may be theirs",
        );
    }
    out.push_str(&changes(&word_diff(&old_text, &new_text), color));
    print_styled(color, &out)?;
    Ok(Outcome::Success)
}

/// The changes with some of what is around them. Without colours, removed words are in `[-…-]` and added ones in
/// `{+…+}`, as git writes a word diff.
fn changes(parts: &[Part<'_>], color: bool) -> String {
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        let mark = |open: &str, text: &str, close: &str, sgr: &str| {
            let text = printable_lines(text, false);
            let text = text.trim_end_matches('\n');
            let end = if part_text(part).ends_with('\n') { "\n" } else { "" };
            if color { paint(true, sgr, text) + end } else { format!("{open}{text}{close}{end}") }
        };
        match part {
            Part::Removed(text) if !text.is_empty() => out.push_str(&mark("[-", text, "-]", "31")),
            Part::Added(text) if !text.is_empty() => out.push_str(&mark("{+", text, "+}", "32")),
            Part::Removed(_) | Part::Added(_) => {}
            Part::Same(text) => {
                let is_last = at + 1 == parts.len();
                out.push_str(&printable_lines(&shortened(text, at > 0, !is_last), false));
            }
        }
    }
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out
}

fn part_text<'a>(part: &Part<'a>) -> &'a str {
    match part {
        Part::Same(text) | Part::Removed(text) | Part::Added(text) => text,
    }
}

/// The beginning and the end of a text that is the same, where changes are before and after it.
fn shortened(text: &str, before: bool, after: bool) -> String {
    if text.chars().count() <= 2 * CONTEXT + 20 {
        return text.to_owned();
    }
    let first: String = text.chars().take(CONTEXT).collect();
    let last = text.char_indices().rev().nth(CONTEXT - 1).map_or(text, |(at, _)| &text[at..]);
    let first = first.rsplit_once([' ', '\n']).map_or(first.as_str(), |(first, _)| first);
    let last = last.split_once([' ', '\n']).map_or(last, |(_, last)| last);
    let first = if before { format!("{first}\n") } else { String::new() };
    let last = if after { format!("\n{last}") } else { String::new() };
    format!("{first}[…]{last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_shown_with_some_of_what_is_around_it() {
        let same = "word ".repeat(200);
        let (old, new) = (format!("{same}30 days.\n{same}"), format!("{same}14 days.\n{same}"));
        let shown = changes(&word_diff(&old, &new), false);
        assert!(shown.contains("word [-30 -]{+14 +}days."), "{shown}");
        assert_eq!(shown.matches("[…]").count(), 2, "{shown}");
        assert!(shown.len() < 400, "{shown}");
    }
}
