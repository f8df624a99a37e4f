//! The page of an offering: what to watch out for, what to set, then every answer.

use std::fmt::Write;

use model::{Answer, Resolved};

use super::answer;
use super::escape::{link, paragraphs, text};
use super::points::{self, linked_label, settings_to_make, to_check};
use crate::coverage::Coverage;
use crate::edition::{Edition, ResolvedOffering};
use crate::names::{Names, heading};
use crate::reading;
use crate::words::{UNREAD, category};

/// The page of an offering.
pub(super) fn page(edition: &Edition, one: &ResolvedOffering<'_>) -> String {
    let names = edition.names();
    let name = text(names.offering(one.id, one.offering));
    let mut out = format!("# {name}\n\n[All offerings](../README.md)\n\n");
    about(&mut out, names, one);
    watch_outs(&mut out, &one.answers);
    to_check(&mut out, "\n## Yes, but check\n\n", "", edition.generated(), &one.answers);
    settings_to_make(&mut out, "\n## Settings to make\n\n", "", &one.answers);
    for (group, _) in edition.groups() {
        let _ = writeln!(out, "\n## {}", text(heading(group)));
        for resolved in one.answers.iter().filter(|resolved| resolved.dimension.group.text() == group) {
            answer::section(&mut out, edition, resolved);
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
    let coverage = reading::coverage_in_full(&Coverage::of(&one.answers));
    let _ = writeln!(out, "- **Coverage:** {}", coverage.join("; "));
    for paragraph in paragraphs(offering.summary.text()) {
        let _ = write!(out, "\n{paragraph}\n");
    }
}

fn watch_outs(out: &mut String, answers: &[Resolved<'_>]) {
    out.push_str("\n## Watch-outs\n\n");
    if !points::watch_outs(out, "", answers) {
        out.push_str("None among the answers given.\n");
    }
    let unanswered = answers
        .iter()
        .filter(|resolved| resolved.answer != Answer::NotApplicable && resolved.status().is_none());
    let unanswered: Vec<_> = unanswered.map(|resolved| linked_label("", resolved)).collect();
    if !unanswered.is_empty() {
        let _ = writeln!(out, "\nWithout a readable answer: {}", unanswered.join(", "));
    }
}
