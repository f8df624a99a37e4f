//! The first page: what the registry is, the signs, and the matrix of all answers.

use std::fmt::Write;

use model::{Dimension, Offering, Registry, Resolved, Status, Vocabulary};

use super::escape::{link, paragraphs, text};
use super::words::{NO_ANSWER, NOT_APPLICABLE, SETTING, grade, label, linked, short_grade, stated};
use crate::stored::stored_cells;

/// The page, with a row for each resolved offering.
pub(super) fn page(registry: &Registry, offerings: &[(&str, &Offering, Vec<Resolved<'_>>)]) -> String {
    let info = &registry.info;
    let mut out = format!("# {}\n\n", text(stated(&info.name, "Registry")));
    for paragraph in paragraphs(info.disclaimer.text()) {
        let _ = write!(out, "{paragraph}\n\n");
    }
    let facts = [
        ("Licence", info.licence.known().map(|licence| text(licence))),
        ("Corrections", info.corrections.known().map(|corrections| linked(corrections))),
        ("Site", info.site_url.known().map(|url| link(url.as_str(), url))),
        ("Repository", info.repository_url.known().map(|url| link(url.as_str(), url))),
        ("State", Some(counts(registry))),
    ];
    for (label, value) in facts {
        if let Some(value) = value {
            let _ = writeln!(out, "- **{label}:** {value}");
        }
    }
    out.push_str(&legend());
    for group in groups(registry.dimensions.iter()) {
        matrix(&mut out, group, registry, offerings);
    }
    out
}

/// The groups of the dimensions in the order in which they first come.
pub(super) fn groups<'a>(dimensions: impl Iterator<Item = &'a Dimension>) -> Vec<&'a str> {
    let mut groups = Vec::new();
    for dimension in dimensions {
        if !groups.contains(&dimension.group.text()) {
            groups.push(dimension.group.text());
        }
    }
    groups
}

/// The heading of a group.
pub(super) fn heading(group: &str) -> String {
    if group.is_empty() { "Other questions".to_owned() } else { text(group) }
}

fn counts(registry: &Registry) -> String {
    let cells = stored_cells(registry);
    let verified: Vec<_> = cells.iter().filter_map(|stored| stored.cell.verified_on.get()).collect();
    let oldest = verified.iter().min().map(|day| format!(", oldest {day}")).unwrap_or_default();
    format!("{} of {} cells verified{oldest}", verified.len(), cells.len())
}

fn legend() -> String {
    let mut out = "\n## Legend\n\n| Status | Meaning |\n|---|---|\n".to_owned();
    for status in Status::ALL {
        let _ = writeln!(out, "| {} | {} |", grade(Some(*status)), status.meaning());
    }
    let _ = writeln!(
        out,
        "| {NOT_APPLICABLE} Not applicable | The question is about the developer of the models, and the \
         offering serves those of many. |"
    );
    let _ = writeln!(
        out,
        "| {NO_ANSWER} No answer | Nobody has answered the question, or the answer could not be read. |"
    );
    let _ = writeln!(out, "| {SETTING} | It holds only after the buyer has set something or asked for it. |");
    out
}

fn matrix(
    out: &mut String,
    group: &str,
    registry: &Registry,
    offerings: &[(&str, &Offering, Vec<Resolved<'_>>)],
) {
    let of_group = |dimension: &&Dimension| dimension.group.text() == group;
    let dimensions: Vec<_> = registry.dimensions.iter().filter(of_group).collect();
    let _ = write!(out, "\n## {}\n\n| Offering |", heading(group));
    for dimension in &dimensions {
        let _ = write!(out, " {} |", label(dimension));
    }
    let _ = writeln!(out, "\n|---|{}", "---|".repeat(dimensions.len()));
    for (id, offering, answers) in offerings {
        let _ = write!(out, "| [{}](offerings/{id}.md) |", name(id, offering));
        for resolved in answers.iter().filter(|resolved| of_group(&resolved.dimension)) {
            let _ = write!(out, " {} |", short_grade(resolved));
        }
        out.push('\n');
    }
}

/// The name of an offering, or its id where it has none.
pub(super) fn name(id: &str, offering: &Offering) -> String {
    text(stated(&offering.name, id))
}
