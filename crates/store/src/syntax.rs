//! Files that are no TOML.

use std::ops::Range;

use diagnostics::{Anchor, Finding, Place, RuleId, Severity};
use model::Subject;
use model::limits::{MAX_FINDINGS, MAX_SYNTAX_ERRORS};
use toml_splice::{NewerForm, SyntaxError, Toml, newer_forms, syntax_errors};

use crate::paths::entity_of;

const SYNTAX: RuleId = RuleId("schema/syntax");

pub(crate) const HELP: &str = "until this is mended, nothing else of the file can be judged";

/// A finding about a file that is no TOML, or cannot be read.
pub(crate) fn finding(path: &str, bytes: Range<usize>, message: String) -> Finding {
    let place = Place { subject: Subject::entity(entity_of(path)), anchor: Anchor::Bytes(bytes) };
    Finding::new(SYNTAX, Severity::Error, place, message)
}

/// What is wrong with a text that is no TOML; of very many faults, the first.
pub(crate) fn judge(path: &str, toml: &Toml<'_>) -> Vec<Finding> {
    let told = with_newer_forms(toml);
    let more = told.len().saturating_sub(MAX_SYNTAX_ERRORS);
    let told = told.into_iter().take(MAX_SYNTAX_ERRORS);
    let mut findings: Vec<_> =
        told.map(|(span, message, help)| finding(path, span, message).with_help(help)).collect();
    if let (Some(last), true) = (findings.last_mut(), more > 0) {
        last.help = Some(format!("{more} more faults of this file are not told; {HELP}"));
    }
    findings
}

/// The message about an error.
pub(crate) fn message(error: &SyntaxError) -> String {
    format!("not valid TOML: {error}")
}

/// Syntax errors with what to write, and the forms beside them that TOML 1.0 refuses; not those on a line with
/// an error, which may come of it.
fn with_newer_forms(toml: &Toml<'_>) -> Vec<(Range<usize>, String, String)> {
    let text = toml.text();
    let errors = syntax_errors(toml);
    let line = |at: usize| text[..at].rfind('\n').map_or(0, |feed| feed + 1);
    let lines: Vec<_> = errors.iter().map(|error| line(error.span.start)).collect();
    let error = |error: SyntaxError| (error.span.clone(), message(&error), HELP.to_owned());
    let mut told: Vec<_> = errors.into_iter().map(error).collect();
    let forms =
        newer_forms(text, MAX_FINDINGS).into_iter().filter(|form| !lines.contains(&line(form.span.start)));
    told.extend(forms.map(|NewerForm { span, message, help }| (span, message, help)));
    told.sort_by_key(|(span, ..)| span.start);
    told
}
