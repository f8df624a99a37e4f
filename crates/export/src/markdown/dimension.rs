//! The page of a question: how it is graded, then the answer of every offering.

use std::fmt::Write;

use model::{Dimension, Level, Resolved};

use super::answer;
use super::escape::{paragraphs, text};
use crate::edition::{Edition, ResolvedOffering};
use crate::grade::Grade;
use crate::names::{Names, label, slug, stated};
use crate::{reading, words};

/// The page of a question, with a section for each offering.
pub(super) fn page(edition: &Edition, dimension: &Dimension, offerings: &[ResolvedOffering<'_>]) -> String {
    let mut out = format!("# {}\n\n[All offerings](../README.md)\n", text(label(dimension)));
    let question = stated(&dimension.question, "");
    if !question.is_empty() {
        let _ = write!(out, "\n*{}*\n", text(question));
    }
    match dimension.level.get() {
        Some(Level::Platform) => out.push_str("\nThe answer is about the platform that serves the models.\n"),
        Some(Level::Developer) => out.push_str("\nThe answer is about the developer of the models.\n"),
        None => {}
    }
    let answers = || {
        offerings.iter().filter_map(|one| {
            let answer = one.answers.iter().find(|resolved| resolved.dimension.id == dimension.id)?;
            Some((one, answer))
        })
    };
    table(&mut out, edition.names(), answers());
    let guidance = paragraphs(dimension.guidance.text());
    if !guidance.is_empty() {
        out.push_str("\n## How it is graded\n");
    }
    for paragraph in guidance {
        let _ = write!(out, "\n{paragraph}\n");
    }
    out.push_str("\n## Answers\n");
    for (one, resolved) in answers() {
        section(&mut out, edition, one, resolved);
    }
    out
}

fn table<'a>(
    out: &mut String,
    names: Names<'_>,
    answers: impl Iterator<Item = (&'a ResolvedOffering<'a>, &'a Resolved<'a>)>,
) {
    out.push_str("\n| Offering | Status | Confidence | As of | In a sentence |\n|---|---|---|---|---|\n");
    for (one, resolved) in answers {
        let grade = Grade::of(resolved);
        let cell = resolved.cell();
        let _ = writeln!(
            out,
            "| [{}](#{}) | {} {} | {} | {} | {} |",
            text(names.offering(one.id, one.offering)),
            one.id,
            grade.sign(),
            grade.label(),
            cell.and_then(|cell| words::term(&cell.confidence)).unwrap_or_default(),
            cell.map(reading::standing).unwrap_or_default(),
            cell.map(|cell| text(cell.headline.text())).unwrap_or_default(),
        );
    }
}

fn section(out: &mut String, edition: &Edition, one: &ResolvedOffering<'_>, resolved: &Resolved<'_>) {
    let names = edition.names();
    let name = text(names.offering(one.id, one.offering));
    let developer = text(names.developer(one.offering));
    let platform = text(names.platform_of_offering(one.offering));
    let _ = write!(out, "\n### <a id=\"{}\"></a>{name}\n\n", one.id);
    let _ = write!(out, "Models of {developer}, served by {platform}. ");
    let _ = write!(out, "[The whole answer](../offerings/{}.md#{}).\n\n", one.id, slug(resolved.dimension));
    answer::short(out, edition, resolved);
}
