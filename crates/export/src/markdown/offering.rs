//! The page of an offering: what to watch out for, what to set, then every answer.

use std::fmt::Write;

use model::{Answer, Resolved, Vocabulary};

use super::answer;
use super::escape::{link, paragraphs, text};
use crate::edition::{Edition, ResolvedOffering};
use crate::grade::{Grade, SETTING};
use crate::names::{Names, heading, label, slug};
use crate::words::{UNREAD, category};

/// The page of an offering.
pub(super) fn page(edition: &Edition, one: &ResolvedOffering<'_>) -> String {
    let names = edition.names();
    let name = text(names.offering(one.id, one.offering));
    let mut out = format!("# {name}\n\n[All offerings](../README.md)\n\n");
    about(&mut out, names, one);
    watch_outs(&mut out, &one.answers);
    settings_to_make(&mut out, &one.answers);
    for (group, _) in edition.groups() {
        let _ = writeln!(out, "\n## {}", text(heading(group)));
        for resolved in one.answers.iter().filter(|resolved| resolved.dimension.group.text() == group) {
            answer::section(&mut out, names, resolved);
        }
    }
    out
}

fn about(out: &mut String, names: Names<'_>, one: &ResolvedOffering<'_>) {
    let offering = one.offering;
    let developer = names.developer(offering);
    let homepage = names.developer_of(offering).and_then(|(_, organization)| organization.homepage.known());
    let developer = homepage.map_or_else(|| text(developer), |url| link(developer, url));
    let platform = text(names.platform_of_offering(offering));
    let operator = names.operator(offering).map(|name| format!(", operated by {}", text(name)));
    let operator = operator.unwrap_or_default();
    let category = offering.category.get().map_or(UNREAD.to_owned(), category);
    let _ = writeln!(
        out,
        "- **Developer:** {developer}\n- **Platform:** {platform}{operator}\n- **Category:** {category}"
    );
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
        let grade = Grade::of(resolved);
        any = true;
        point(out, resolved, grade.sign(), grade.label());
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
    format!("[{}](#{})", text(label(resolved.dimension)), slug(resolved.dimension))
}
