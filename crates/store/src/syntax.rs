//! Files that are not TOML: the usual slips of people, each with what to write, and what else the parser finds.

mod kind;
mod question;
mod read;
mod reader;
mod slip;
mod statement;
#[cfg(test)]
mod tests;
mod text;
mod twice;
mod value;

use std::cell::OnceCell;
use std::ops::Range;

use diagnostics::{Anchor, Applicability, Edit, Finding, Place, RuleId, Severity};
use model::Subject;
use model::limits::{MAX_FINDINGS, MAX_SYNTAX_ERRORS};
use toml_splice::{NewerForm, SyntaxError, Toml, newer_forms, syntax_errors};

pub(crate) use self::question::misnamed;
use self::read::{Read, Slipped};
use self::reader::replace;
use self::twice::{Twice, twice};
use crate::paths::{document_of, entity_of};

const SYNTAX: RuleId = RuleId("schema/syntax");

pub(crate) const HELP: &str = "fix this first: the rest of the file cannot be checked until then";

/// A finding about a file that is no TOML, or cannot be read.
pub(crate) fn finding(path: &str, bytes: Range<usize>, message: String) -> Finding {
    Finding::new(SYNTAX, Severity::Error, place(path, bytes), message)
}

fn place(path: &str, bytes: Range<usize>) -> Place {
    Place { subject: Subject::entity(entity_of(path)), anchor: Anchor::Bytes(bytes) }
}

/// What is wrong with a text that is no TOML; of very many faults, the first.
pub(crate) fn judge(path: &str, text: &str) -> Vec<Finding> {
    let read = Read::new(document_of(path), text);
    let (repaired, origin) = read.repaired(text);
    let entries = OnceCell::new();
    let mut found: Vec<Finding> = read.slips.iter().map(|slip| slip_finding(path, slip)).collect();
    let mut repeated: Option<Range<usize>> = None;
    for SyntaxError { span, message } in syntax_errors(&Toml::parse(&repaired)) {
        let span = origin(span.start)..origin(span.end);
        if repeated.as_ref().is_some_and(|repeated| repeated.contains(&span.start)) {
            continue;
        }
        let is_listed = found.len() <= MAX_SYNTAX_ERRORS && message.starts_with("duplicate key");
        let entries = || entries.get_or_init(|| read.entries(text));
        let twice = is_listed.then(|| twice(text, entries(), span.start)).flatten();
        found.push(match &twice {
            Some(twice) => twice_finding(path, span, twice),
            None => finding(path, span, format!("not valid TOML: {message}")).with_help(HELP),
        });
        repeated = twice.map(|twice| twice.extent).or(repeated);
    }
    let line = |finding: &Finding| line_start(text, start(finding));
    let lines: Vec<_> = found.iter().map(line).collect();
    let forms = newer_forms(text, MAX_FINDINGS).into_iter();
    let forms = forms.filter(|form| !lines.contains(&line_start(text, form.span.start)));
    found.extend(forms.map(|NewerForm { span, message, help }| finding(path, span, message).with_help(help)));
    found.sort_by_key(start);
    let more = found.len().saturating_sub(MAX_SYNTAX_ERRORS);
    found.truncate(MAX_SYNTAX_ERRORS);
    if let (Some(last), true) = (found.last_mut(), more > 0) {
        last.help = Some(format!("{more} more faults of this file are not listed; {HELP}"));
    }
    found
}

/// The slips of a text that is valid TOML and says something else than is meant, and the text without them if there are
/// any.
pub(crate) fn slips(path: &str, text: &str) -> (Vec<Finding>, Option<String>) {
    let read = Read::of_valid(document_of(path), text);
    let findings = read.slips.iter().map(|slip| slip_finding(path, slip)).collect();
    (findings, (!read.slips.is_empty()).then(|| read.repaired(text).0))
}

fn slip_finding(path: &str, slip: &Slipped) -> Finding {
    let finding = finding(path, slip.span.clone(), slip.message.clone()).with_help(slip.help.clone());
    if slip.splices.is_empty() {
        return finding;
    }
    let subject = Subject::entity(entity_of(path));
    let edits = slip.splices.iter().map(|splice| Edit::Splice(subject.clone(), splice.clone())).collect();
    let title = slip.title.as_deref().unwrap_or("correct the line");
    finding.with_fix(title, Applicability::safe_if(slip.is_sure), edits)
}

/// A finding about what is in a file twice. Where it says the same again, it can go.
fn twice_finding(path: &str, span: Range<usize>, twice: &Twice) -> Finding {
    let finding = finding(path, span, twice.message.clone())
        .with_related(place(path, twice.first.clone()), "here is the first");
    match &twice.repeated {
        Some(repeated) => {
            let edit = Edit::Splice(Subject::entity(entity_of(path)), replace(repeated.clone(), ""));
            let finding = finding.with_help("delete one of the two: they say the same");
            finding.with_fix("delete the second", Applicability::Safe, vec![edit])
        }
        None => finding.with_help("keep one of the two, with what is right of both, and delete the other"),
    }
}

fn start(finding: &Finding) -> usize {
    match &finding.place.anchor {
        Anchor::Bytes(range) => range.start,
        _ => 0,
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |feed| feed + 1)
}
