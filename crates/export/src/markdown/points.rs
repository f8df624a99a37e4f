//! The points that a buyer must check, one line each, with a link to the answer.

use std::fmt::Write;

use model::{Date, Resolved, Vocabulary};

use super::escape::text;
use crate::grade::{CHECK, Grade, SETTING};
use crate::names::{label, slug};
use crate::reading::doubts_of;

/// Adds a line for each watch-out, and says whether there was any. `page` is the page of the answers,
/// relative to the one that is written.
pub(super) fn watch_outs(out: &mut String, page: &str, answers: &[Resolved<'_>]) -> bool {
    let mut any = false;
    for resolved in answers.iter().filter(|resolved| resolved.is_watch_out()) {
        let grade = Grade::of(resolved);
        any = true;
        point(out, page, resolved, grade.sign(), grade.label());
    }
    any
}

/// Adds a line for each setting to make, below `title` where there is any.
pub(super) fn settings_to_make(out: &mut String, title: &str, page: &str, answers: &[Resolved<'_>]) {
    let mut settings = answers.iter().filter(|resolved| resolved.is_setting_to_make()).peekable();
    if settings.peek().is_some() {
        out.push_str(title);
    }
    for resolved in settings {
        let default = resolved.cell().and_then(|cell| cell.default.get());
        point(out, page, resolved, SETTING, default.map_or("", Vocabulary::label));
    }
}

/// Adds a line for each public yes that is to be checked on a day, below `title` where there is any.
pub(super) fn to_check(out: &mut String, title: &str, page: &str, day: Date, answers: &[Resolved<'_>]) {
    let doubted = |resolved: &'_ Resolved<'_>| {
        let doubts = doubts_of(resolved, day);
        (!doubts.is_empty()).then(|| doubts.join("; "))
    };
    let mut doubted = answers.iter().filter_map(|one| Some((one, doubted(one)?))).peekable();
    if doubted.peek().is_some() {
        out.push_str(title);
    }
    for (resolved, doubts) in doubted {
        point(out, page, resolved, CHECK, &text(&doubts));
    }
}

/// The label of a question, linked to its answer on a page.
pub(super) fn linked_label(page: &str, resolved: &Resolved<'_>) -> String {
    format!("[{}]({page}#{})", text(label(resolved.dimension)), slug(resolved.dimension))
}

fn point(out: &mut String, page: &str, resolved: &Resolved<'_>, sign: &str, words: &str) {
    let _ = write!(out, "- {sign} {} – {words}", linked_label(page, resolved));
    if let Some(headline) = resolved.cell().and_then(|cell| cell.headline.known()) {
        let _ = write!(out, ": {}", text(headline));
    }
    out.push('\n');
}
