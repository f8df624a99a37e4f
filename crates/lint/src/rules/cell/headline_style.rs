use std::ops::Range;

use diagnostics::{Place, Severity};
use model::{FieldPath, Subject};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/headline-style", Severity::Warning, include_str!("headline_style.md"), check);

const LIMIT: usize = model::MAX_HEADLINE_CHARACTERS as usize;

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if !cell.has_needless_headline()
        && let Some(headline) = cell.headline.known()
    {
        judge(&format!("the headline of {}", cell.name()), headline, cell.at("headline"), raise);
    }
    for (at, exception) in cell.exceptions.items().iter().enumerate() {
        let Some(headline) = exception.headline.known() else { continue };
        let subject = cell.at(FieldPath::of("exceptions").index(at).key("headline"));
        judge(&format!("the headline of an exception of {}", cell.name()), headline, subject, raise);
    }
}

fn judge(name: &str, headline: &str, subject: Subject, raise: &mut Raise<'_>) {
    let faults = faults(headline);
    if faults.is_empty() {
        return;
    }
    let place = match faults.as_slice() {
        [(range, _)] => Place::within(subject, range.clone()),
        _ => subject.into(),
    };
    let words: Vec<_> = faults.into_iter().map(|(_, fault)| fault).collect();
    raise
        .at(place, format!("{name} {}", words.join(" and ")))
        .help(format!("write one sentence of at most {LIMIT} characters without a final full stop; a semicolon may join two thoughts, and the rest belongs in `note`"));
}

/// Returns what is wrong, with the bytes. Another rule checks spaces around the text.
fn faults(headline: &str) -> Vec<(Range<usize>, String)> {
    let end = headline.trim_end().len();
    let start = end.min(headline.len() - headline.trim_start().len());
    let text = &headline[start..end];
    let mut faults = Vec::new();
    let mut fault = |range: Range<usize>, what: String| {
        faults.push((start + range.start..start + range.end, what));
    };
    if text.len() > LIMIT
        && let Some((over, _)) = text.char_indices().nth(LIMIT)
    {
        fault(over..text.len(), format!("has {} characters", text.chars().count()));
    }
    if let Some(at) = text.find(['\n', '\r']) {
        fault(at..at + 1, "has a line break".to_owned());
    }
    if let Some(range) = sentence_break(text) {
        fault(range, "has a second sentence".to_owned());
    }
    if text.ends_with('.') {
        fault(text.len() - 1..text.len(), "ends in a full stop".to_owned());
    }
    faults
}

/// Returns the first `.`, `!` or `?` before spaces and a capital letter, with those.
fn sentence_break(text: &str) -> Option<Range<usize>> {
    let blank = |c: char| c.is_whitespace() && !matches!(c, '\n' | '\r');
    text.match_indices(['.', '!', '?']).find_map(|(at, _)| {
        let rest = &text[at + 1..];
        let after = rest.trim_start_matches(blank);
        let capital = after.chars().next().filter(|c| c.is_uppercase())?;
        let end = text.len() - after.len() + capital.len_utf8();
        (after.len() < rest.len()).then_some(at..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(headline: &str) -> Vec<&str> {
        faults(headline).into_iter().map(|(range, _)| &headline[range]).collect()
    }

    #[test]
    fn points_at_what_is_wrong() {
        assert!(found("ask for v2.1; A second thought, e.g. this").is_empty());
        assert!(found("  ").is_empty());
        assert_eq!(found(" Ask first.  Éclairs later "), [".  É"]);
        assert_eq!(found("Ask\nfirst."), ["\n", "."]);
        assert_eq!(found(&"ü".repeat(102)), ["üü"]);
        assert!(found(&"ü".repeat(100)).is_empty());
    }
}
