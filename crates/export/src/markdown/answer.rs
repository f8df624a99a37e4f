//! The section of one answer on an offering's page.

use std::fmt::Write;

use model::{
    Answer, Cell, Date, Dimension, Entity, Evidence, Exception, OperatorAnswer, Optional, Resolved, Review,
    Status, Vocabulary,
};

use super::escape::{link, linked, paragraphs, text};
use crate::grade::Grade;
use crate::names::{Names, label, slug, stated};
use crate::reading;
use crate::words::{self, NO_SOURCE, UNREAD, term};

/// Adds the section of an answer, as it stands on a day.
pub(super) fn section(out: &mut String, names: Names<'_>, day: Date, resolved: &Resolved<'_>) {
    let dimension = resolved.dimension;
    let _ = write!(out, "\n### <a id=\"{}\"></a>{}\n\n", slug(dimension), text(label(dimension)));
    let question = stated(&dimension.question, "");
    if !question.is_empty() {
        let _ = write!(out, "*{}*\n\n", text(question));
    }
    match &resolved.answer {
        Answer::Cell(owner, cell) => {
            verdict(out, names, day, resolved, owner, cell);
            details(out, dimension, cell);
            evidence(out, &cell.evidence);
            reviews(out, cell);
        }
        _ => no_answer(out, resolved),
    }
    if let Some(operator) = &resolved.operator {
        operator_answer(out, names, day, dimension, operator);
    }
}

/// Adds what an answer comes to, its note and its evidence.
pub(super) fn short(out: &mut String, names: Names<'_>, day: Date, resolved: &Resolved<'_>) {
    match &resolved.answer {
        Answer::Cell(owner, cell) => {
            verdict(out, names, day, resolved, owner, cell);
            note(out, cell);
            exceptions(out, resolved.dimension, cell);
            evidence(out, &cell.evidence);
        }
        _ => no_answer(out, resolved),
    }
}

fn no_answer(out: &mut String, resolved: &Resolved<'_>) {
    let grade = Grade::of(resolved);
    let _ = writeln!(out, "{} {}. {}", grade.sign(), grade.label(), grade.meaning());
}

fn bullet(out: &mut String, label: &str, value: Option<String>) {
    if let Some(value) = value.filter(|value| !value.is_empty()) {
        let _ = writeln!(out, "- **{label}:** {value}");
    }
}

fn title(out: &mut String, title: &str) {
    let _ = write!(out, "\n**{title}**\n\n");
}

fn verdict(
    out: &mut String,
    names: Names<'_>,
    day: Date,
    resolved: &Resolved<'_>,
    owner: &Entity,
    cell: &Cell,
) {
    bullet(out, "Status", Some(grade(cell.status.get())));
    let headline = match () {
        () if resolved.is_watch_out() => "Watch-out",
        () if resolved.is_setting_to_make() => "Setting to make",
        () => "Headline",
    };
    bullet(out, headline, cell.headline.known().map(|headline| text(headline)));
    standing(out, day, resolved.dimension, cell);
    bullet(out, "Who may have it", term(&cell.tier).map(text));
    bullet(out, "How to get it", term(&cell.route).map(text));
    bullet(out, "As delivered", term(&cell.default).map(text));
    bullet(out, "Where it holds", words::geography(cell).map(|areas| text(&areas)));
    bullet(out, "About", Some(about(names, resolved, owner)));
    bullet(out, "Why it differs", cell.override_reason.known().map(|reason| text(reason)));
}

/// How sure a grade is, as of when, and what was read for it.
fn standing(out: &mut String, day: Date, dimension: &Dimension, cell: &Cell) {
    bullet(out, "Check first", Some(text(&reading::doubts(cell, dimension, day).join("; "))));
    bullet(out, "Confidence", words::confidence(cell));
    let due = reading::due(cell, dimension, day).map(|due| format!(", {due}")).unwrap_or_default();
    bullet(out, "As of", Some(format!("{}{due}", reading::as_of(cell))));
    bullet(out, "Sources", Some(text(&reading::sources(cell))));
    bullet(out, "Verified", Some(text(&reading::verified(cell))));
}

/// A grade with its sign.
fn grade(status: Option<Status>) -> String {
    let grade = Grade::of_status(status);
    format!("{} {}", grade.sign(), grade.label())
}

/// Whose answer it is, for whom else it holds, and the grade that it stands in place of.
fn about(names: Names<'_>, resolved: &Resolved<'_>, owner: &Entity) -> String {
    let about = text(&names.about(resolved, owner));
    match &resolved.overridden {
        Some((_, cell)) => format!("{about} ({})", grade(cell.status.get())),
        None => about,
    }
}

fn note(out: &mut String, cell: &Cell) {
    for paragraph in paragraphs(cell.note.text()) {
        let _ = write!(out, "\n{paragraph}\n");
    }
}

fn details(out: &mut String, dimension: &Dimension, cell: &Cell) {
    note(out, cell);
    let mut facts = words::facts(cell, dimension).peekable();
    if facts.peek().is_some() {
        title(out, "Facts");
    }
    for (key, value) in facts {
        let _ = writeln!(out, "- {}: {}", text(&key), linked(&value));
    }
    let mut parts = words::parts(cell).peekable();
    if parts.peek().is_some() {
        title(out, "Parts of the question");
    }
    for (key, answer) in parts {
        let _ = writeln!(out, "- {}: {answer}", text(&key));
    }
    exceptions(out, dimension, cell);
}

fn exceptions(out: &mut String, dimension: &Dimension, cell: &Cell) {
    if !cell.exceptions.items().is_empty() {
        title(out, "Exceptions");
        cell.exceptions.items().iter().for_each(|exception| exception_line(out, dimension, exception));
    }
}

fn exception_line(out: &mut String, dimension: &Dimension, exception: &Exception) {
    let _ = write!(out, "- {}: {}", text(&words::models(exception)), grade(exception.status.get()));
    if let Some(headline) = exception.headline.known() {
        let _ = write!(out, ". {}", text(headline));
    }
    if let Some(note) = exception.note.known() {
        let _ = write!(out, "<br>{}", paragraphs(note).join("<br>"));
    }
    out.push('\n');
    for (key, value) in words::excepted_facts(exception, dimension) {
        let _ = writeln!(out, "  - {}: {}", text(&key), linked(&value));
    }
}

/// The operator's answer beside the developer's, set off so that neither is taken for the other.
fn operator_answer(
    out: &mut String,
    names: Names<'_>,
    day: Date,
    dimension: &Dimension,
    operator: &OperatorAnswer<'_>,
) {
    let cell = operator.cell;
    let name = text(names.organization(operator.organization));
    let mut aside = format!("**{name}**, which operates the platform, answers for itself:\n\n");
    bullet(&mut aside, "Status", Some(grade(cell.status.get())));
    bullet(&mut aside, "Headline", cell.headline.known().map(|headline| text(headline)));
    standing(&mut aside, day, dimension, cell);
    details(&mut aside, dimension, cell);
    evidence(&mut aside, &cell.evidence);
    out.push('\n');
    for line in aside.lines() {
        let _ = writeln!(out, "{}", format!("> {line}").trim_end());
    }
}

fn evidence(out: &mut String, list: &Optional<Vec<Evidence>>) {
    title(out, "Evidence");
    match list {
        Optional::Unread => {
            let _ = writeln!(out, "- {UNREAD}");
        }
        list if list.items().is_empty() => {
            let _ = writeln!(out, "- {NO_SOURCE}");
        }
        list => list.items().iter().for_each(|evidence| evidence_line(out, evidence)),
    }
}

fn evidence_line(out: &mut String, evidence: &Evidence) {
    let title = evidence.title.known().filter(|title| !title.trim().is_empty());
    let page = match (evidence.url.known(), title) {
        (Some(url), title) => link(title.map_or(url.as_str(), String::as_str), url),
        (None, Some(title)) => format!("{} (address {UNREAD})", text(title)),
        (None, None) => format!("Address {UNREAD}"),
    };
    let _ = write!(out, "- {page}, {}, {}", words::role(evidence), text(&reading::attempt(evidence)));
    if let Some(url) = evidence.archived_url.known() {
        let _ = write!(out, ", {}", link("archived copy", url));
    }
    if let Some(quote) = evidence.quote.known() {
        let _ = write!(out, "<br>“{}”", text(quote));
    }
    out.push('\n');
}

/// The reviews, and the flags that none of them closes.
fn reviews(out: &mut String, cell: &Cell) {
    let reviews = cell.reviews.items();
    if !reviews.is_empty() {
        title(out, "Reviews");
        reviews.iter().for_each(|review| review_line(out, review));
    }
    let mut open = cell.open_flags().peekable();
    if open.peek().is_some() {
        title(out, "Open questions");
    }
    for flag in open {
        let day = flag.raised_on.get().map_or_else(|| format!("day {UNREAD}"), |day| day.to_string());
        let what = flag.what.known().map_or(UNREAD.to_owned(), |what| text(what));
        let _ = writeln!(out, "- {day}: {what}");
    }
}

fn review_line(out: &mut String, review: &Review) {
    let day = review.on.get().map_or_else(|| format!("day {UNREAD}"), |day| day.to_string());
    let verdict = review.verdict.get().map_or(UNREAD, Vocabulary::label).to_lowercase();
    let _ = write!(out, "- {day}: {verdict}");
    if let Some(by) = review.by.known() {
        let _ = write!(out, " by {}", text(by));
    }
    if let Some(reason) = review.reason.known() {
        let _ = write!(out, ". {}", text(reason));
    }
    out.push('\n');
}
