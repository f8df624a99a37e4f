//! The page of an offering: what to watch out for, what to set, then every answer.

use std::fmt::Write;

use model::{Answer, Offering, Optional, Resolved, Vocabulary};

use super::answer;
use super::escape::{paragraphs, text};
use super::readme::{groups, heading, name};
use super::words::{Names, SETTING, UNREAD, anchor, category, label, sign};

/// The page of an offering with these answers.
pub(super) fn page(names: &Names<'_>, id: &str, offering: &Offering, answers: &[Resolved<'_>]) -> String {
    let mut out = format!("# {}\n\n[All offerings](../README.md)\n\n", name(id, offering));
    about(&mut out, *names, offering);
    watch_outs(&mut out, answers);
    settings_to_make(&mut out, answers);
    for group in groups(answers.iter().map(|resolved| resolved.dimension)) {
        let _ = writeln!(out, "\n## {}", heading(group));
        for resolved in answers.iter().filter(|resolved| resolved.dimension.group.text() == group) {
            answer::section(&mut out, *names, resolved);
        }
    }
    out
}

fn about(out: &mut String, names: Names<'_>, offering: &Offering) {
    let developer = match &offering.developer {
        Optional::Known(id) => names.organization_link(id.as_str()),
        Optional::Unread => UNREAD.to_owned(),
        Optional::Absent => "many developers".to_owned(),
    };
    let platform = match offering.platform.known() {
        Some(id) => {
            let operator = names.settings().platform(id.as_str()).and_then(|(_, one)| one.operator.known());
            let operator = operator.map(|id| format!(", operated by {}", names.organization(id.as_str())));
            format!("{}{}", names.platform(id.as_str()), operator.unwrap_or_default())
        }
        None => UNREAD.to_owned(),
    };
    let category = offering.category.get().map_or(UNREAD.to_owned(), category);
    let _ =
        writeln!(out, "- **Developer:** {developer}\n- **Platform:** {platform}\n- **Category:** {category}");
    if let Some(family) = offering.model_family.known() {
        let _ = writeln!(out, "- **Models:** {}", text(family));
    }
    for paragraph in paragraphs(offering.summary.text()) {
        let _ = write!(out, "\n{paragraph}\n");
    }
}

fn watch_outs(out: &mut String, answers: &[Resolved<'_>]) {
    out.push_str("\n## Watch-outs\n\n");
    let mut any = false;
    for resolved in answers.iter().filter(|resolved| resolved.is_watch_out()) {
        if let Some(status) = resolved.status() {
            any = true;
            point(out, resolved, sign(status), status.label());
        }
    }
    if !any {
        out.push_str("None among the answers given.\n");
    }
    let unanswered = answers
        .iter()
        .filter(|resolved| resolved.answer != Answer::NotApplicable && resolved.status().is_none());
    let unanswered: Vec<_> = unanswered.map(|resolved| linked_label(resolved)).collect();
    if !unanswered.is_empty() {
        let _ = writeln!(out, "\nWithout a readable answer: {}", unanswered.join(", "));
    }
}

fn settings_to_make(out: &mut String, answers: &[Resolved<'_>]) {
    let mut settings = answers.iter().filter(|resolved| resolved.is_setting_to_make()).peekable();
    if settings.peek().is_some() {
        out.push_str("\n## Settings to make\n\n");
    }
    for resolved in settings {
        let default = resolved.cell().and_then(|cell| cell.default.get());
        point(out, resolved, SETTING, default.map_or("", Vocabulary::label));
    }
}

/// A line that leads to an answer's section.
fn point(out: &mut String, resolved: &Resolved<'_>, sign: &str, words: &str) {
    let _ = write!(out, "- {sign} {} – {words}", linked_label(resolved));
    if let Some(headline) = resolved.cell().and_then(|cell| cell.headline.known()) {
        let _ = write!(out, ": {}", text(headline));
    }
    out.push('\n');
}

fn linked_label(resolved: &Resolved<'_>) -> String {
    format!("[{}](#{})", label(resolved.dimension), anchor(resolved.dimension))
}
