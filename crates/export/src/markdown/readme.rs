//! The first page: what the registry is, the signs, and the matrix of all answers.

use std::fmt::Write;

use model::Dimension;

use super::escape::{link, linked, paragraphs, text};
use crate::edition::{Edition, ResolvedOffering};
use crate::grade::{CHECK, CHECK_MEANING, Grade, SETTING};
use crate::names::{heading, label, slug};
use crate::reading;

/// The page, with a row for each resolved offering.
pub(super) fn page(edition: &Edition, offerings: &[ResolvedOffering<'_>]) -> String {
    let info = &edition.registry().info;
    let mut out = format!("# {}\n\n", text(edition.names().title()));
    for paragraph in paragraphs(info.disclaimer.text()) {
        let _ = write!(out, "{paragraph}\n\n");
    }
    let facts = [
        ("Licence", info.licence.known().map(|licence| text(licence))),
        ("Corrections", info.corrections.known().map(|corrections| linked(corrections))),
        ("Site", info.site_url.known().map(|url| link(url.as_str(), url.as_url()))),
        ("Repository", info.repository_url.known().map(|url| link(url.as_str(), url.as_url()))),
        ("State", Some(state(edition))),
    ];
    for (label, value) in facts {
        if let Some(value) = value {
            let _ = writeln!(out, "- **{label}:** {value}");
        }
    }
    out.push_str("\n[Watch-outs](watch-outs.md) of all offerings on one page.\n");
    out.push_str(&legend());
    for (group, dimensions) in edition.groups() {
        matrix(&mut out, edition, group, &dimensions, offerings);
    }
    out
}

fn state(edition: &Edition) -> String {
    let coverage = reading::coverage_in_full(&edition.coverage());
    format!("{}; data as of {}", coverage.join("; "), edition.generated())
}

fn legend() -> String {
    let mut out = "\n## Legend\n\n| Status | Meaning |\n|---|---|\n".to_owned();
    for grade in Grade::all() {
        let _ = writeln!(out, "| {} {} | {} |", grade.sign(), grade.label(), grade.meaning());
    }
    let _ = writeln!(out, "| {SETTING} | It holds only after the buyer has set something or asked for it. |");
    let _ = writeln!(out, "| {CHECK} | {CHECK_MEANING} |");
    out
}

fn matrix(
    out: &mut String,
    edition: &Edition,
    group: &str,
    dimensions: &[&Dimension],
    offerings: &[ResolvedOffering<'_>],
) {
    let _ = write!(out, "\n## {}\n\n| Offering |", text(heading(group)));
    for dimension in dimensions {
        let _ = write!(out, " [{}](dimensions/{}.md) |", text(label(dimension)), slug(dimension));
    }
    let _ = writeln!(out, "\n|---|{}", "---|".repeat(dimensions.len()));
    for one in offerings {
        let name = text(edition.names().offering(one.id, one.offering));
        let _ = write!(out, "| [{name}](offerings/{}.md) |", one.id);
        for resolved in one.answers.iter().filter(|resolved| resolved.dimension.group.text() == group) {
            let grade = Grade::of(resolved);
            let setting = if resolved.is_setting_to_make() { format!(" {SETTING}") } else { String::new() };
            let doubts = reading::doubts_of(resolved, edition.generated());
            let check = if doubts.is_empty() { String::new() } else { format!(" {CHECK}") };
            let _ = write!(out, " {} {}{setting}{check} |", grade.sign(), grade.short());
        }
        out.push('\n');
    }
}
