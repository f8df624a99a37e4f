//! Characters in comments that readers cannot see, or that show them something else than what is there.
//!
//! Rules see texts, and a comment is none; but it is read before a merge as the data are.

use std::ops::Range;

use diagnostics::{Anchor, Finding, Place, RuleId, Severity};
use memchr::memchr;
use model::limits::MAX_FINDINGS;
use model::{Subject, is_control, is_unseen, turns_direction, unseen};

use crate::paths::entity_of;

/// The findings about the comments of a data file, at most one a rule for each comment.
pub(crate) fn judge(path: &str, text: &str) -> Vec<Finding> {
    let is_suspect = |c: char| turns_direction(c) || is_unseen(c) || is_control(c) && !c.is_ascii();
    if !may_be_comments(text).any(|comment| !comment.is_ascii() && comment.contains(is_suspect)) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for span in toml_splice::comments(text) {
        let comment = &text[span.clone()];
        let first = |is: fn(char) -> bool| {
            let (at, c) = comment.char_indices().find(|(_, c)| is(*c))?;
            Some(at..at + c.len_utf8())
        };
        let control = first(|c| is_control(c) && c != '\t');
        let found = [
            ("text/bidirectional", first(turns_direction), "which changes the direction of text"),
            ("text/control-character", control, "a control character"),
            ("text/zero-width", unseen(comment).into_iter().next(), "which is invisible"),
        ];
        for (rule, range, what) in found {
            let Some(range) = range else { continue };
            let code = comment[range.clone()].chars().next().map_or(0, u32::from);
            let bytes = span.start + range.start..span.start + range.end;
            let message = format!("a comment of `{path}` holds U+{code:04X}, {what}");
            findings.push(finding(RuleId(rule), path, bytes, message));
        }
        if findings.len() > MAX_FINDINGS {
            break;
        }
    }
    findings
}

/// The rest of each line from its first `#`: what may be a comment. Nearly every one is plain.
fn may_be_comments(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = memchr(b'#', rest.as_bytes())?;
        let end = memchr(b'\n', &rest.as_bytes()[start..]).map_or(rest.len(), |length| start + length);
        let comment = &rest[start..end];
        rest = &rest[end..];
        Some(comment)
    })
}

fn finding(rule: RuleId, path: &str, bytes: Range<usize>, message: String) -> Finding {
    let place = Place { subject: Subject::entity(entity_of(path)), anchor: Anchor::Bytes(bytes) };
    Finding::new(rule, Severity::Error, place, message).with_help("remove it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_hide_nothing() {
        let text = "# A \u{202e}comment\u{202c}.\nid = \"a\u{200b}\" # b\u{200b}\n# \u{85}ok 👩\u{200d}💻\n";
        let found = judge("offerings/a.toml", text);
        let rules: Vec<_> = found.iter().map(|one| one.rule.as_str()).collect();
        assert_eq!(rules, ["text/bidirectional", "text/zero-width", "text/control-character"]);
        assert_eq!(found[1].message, "a comment of `offerings/a.toml` holds U+200B, which is invisible");
        assert_eq!(found[0].place.anchor, Anchor::Bytes(4..7));
        assert!(judge("offerings/a.toml", "# Plain – text.\nid = \"\u{202e}\"\n").is_empty());
    }
}
