//! The section of one answer on an offering's page.

use std::fmt::Write;

use model::{Answer, Cell, Date, Record, Resolved};

use super::escape::{link, linked, text};
use crate::edition::Edition;
use crate::grade::Grade;
use crate::names::slug;
use crate::view::{AnswerView, CellView, EvidenceView, ExceptionView, FlagView, Labelled, ReviewView};
use crate::words::{NO_SOURCE, UNREAD};

/// Adds the section of an answer.
pub(super) fn section(out: &mut String, edition: &Edition, resolved: &Resolved<'_>) {
    let (names, answer) = (edition.names(), view(edition, resolved));
    let _ = write!(out, "\n### <a id=\"{}\"></a>{}\n\n", slug(resolved.dimension), text(answer.label));
    if let Some(question) = answer.question.filter(|question| !question.trim().is_empty()) {
        let _ = write!(out, "*{}*\n\n", text(question.trim()));
    }
    match (&resolved.answer, &answer.cell) {
        (Answer::Cell(owner, _), Some(cell)) => {
            verdict(out, &names.about(resolved, owner), &answer, cell);
            details(out, cell);
            evidence(out, cell);
            reviews(out, cell);
        }
        _ => no_answer(out, answer.grade),
    }
    if let Some((operator, cell)) = &answer.operator {
        operator_answer(out, names.organization(operator), cell);
    }
}

/// Adds what an answer comes to, its note and its evidence.
pub(super) fn short(out: &mut String, edition: &Edition, resolved: &Resolved<'_>) {
    let (names, answer) = (edition.names(), view(edition, resolved));
    match (&resolved.answer, &answer.cell) {
        (Answer::Cell(owner, _), Some(cell)) => {
            verdict(out, &names.about(resolved, owner), &answer, cell);
            note(out, cell);
            exceptions(out, cell);
            evidence(out, cell);
        }
        _ => no_answer(out, answer.grade),
    }
}

fn view<'a>(edition: &Edition, resolved: &Resolved<'a>) -> AnswerView<'a> {
    AnswerView::new(resolved, edition.generated(), edition.visits())
}

fn no_answer(out: &mut String, grade: Grade) {
    let _ = writeln!(out, "{}. {}", signed(grade), grade.meaning());
}

fn bullet(out: &mut String, label: &str, value: &str) {
    if !value.is_empty() {
        let _ = writeln!(out, "- **{label}:** {value}");
    }
}

/// Adds the title of what follows.
fn title(out: &mut String, title: &str) {
    let _ = write!(out, "\n**{title}**\n\n");
}

/// Adds the title of a list and a line for each of its items, if there are any.
fn list<T>(out: &mut String, items: &Labelled<Vec<T>>, line: impl Fn(&mut String, &T)) {
    if !items.value.is_empty() {
        title(out, items.label);
        items.value.iter().for_each(|item| line(out, item));
    }
}

/// A grade with its sign.
fn signed(grade: Grade) -> String {
    format!("{} {}", grade.sign(), grade.label())
}

/// What an answer comes to, how sure that is, on which terms it holds, and whom it is about.
fn verdict(out: &mut String, about: &str, answer: &AnswerView<'_>, cell: &CellView<'_>) {
    standing(out, answer.headline.label(Cell::label("headline")), cell);
    for term in &cell.terms {
        bullet(out, term.label, &text(&term.value));
    }
    let instead = answer.overridden.map(|grade| format!(" ({})", signed(grade))).unwrap_or_default();
    bullet(out, "About", &format!("{}{instead}", text(about)));
    remarks(out, cell);
}

/// What a cell comes to, how sure that is, as of when, and what was read for it.
fn standing(out: &mut String, headline: &str, cell: &CellView<'_>) {
    bullet(out, Cell::label("status"), &signed(cell.grade));
    if let Some(words) = cell.headline {
        bullet(out, headline, &text(words));
    }
    bullet(out, "Check first", &text(&cell.doubts.join("; ")));
    if let Some(confidence) = &cell.confidence.value {
        bullet(out, cell.confidence.label, &confidence.words);
    }
    let due = cell.due.as_ref().map(|due| format!(", {due}, {}", due.left_when_seen())).unwrap_or_default();
    bullet(out, "As of", &format!("{}{due}", cell.as_of));
    bullet(out, "Sources", &text(&cell.sources));
    bullet(out, cell.verified.label, &text(&cell.verified.value));
}

fn remarks(out: &mut String, cell: &CellView<'_>) {
    for remark in &cell.remarks {
        bullet(out, remark.label, &text(&remark.value));
    }
}

fn note(out: &mut String, cell: &CellView<'_>) {
    for paragraph in &cell.note {
        let _ = write!(out, "\n{}\n", text(paragraph));
    }
}

fn details(out: &mut String, cell: &CellView<'_>) {
    note(out, cell);
    list(out, &cell.facts, |out, fact| {
        let _ = writeln!(out, "- {}: {}", text(&fact.label), linked(&fact.words));
    });
    list(out, &cell.parts, |out, (part, answer)| {
        let _ = writeln!(out, "- {}: {answer}", text(part));
    });
    exceptions(out, cell);
}

fn exceptions(out: &mut String, cell: &CellView<'_>) {
    list(out, &cell.exceptions, exception_line);
}

fn exception_line(out: &mut String, exception: &ExceptionView<'_>) {
    let _ = write!(out, "- {}: {}", text(&exception.models), signed(exception.grade));
    if let Some(headline) = exception.headline {
        let _ = write!(out, ". {}", text(headline));
    }
    for paragraph in &exception.note {
        let _ = write!(out, "<br>{}", text(paragraph));
    }
    out.push('\n');
    for fact in &exception.facts {
        let _ = writeln!(out, "  - {}: {}", text(&fact.label), linked(&fact.words));
    }
}

/// The operator's answer beside the developer's, set off so that neither is taken for the other.
fn operator_answer(out: &mut String, name: &str, cell: &CellView<'_>) {
    let mut aside = format!("**{}**, which operates the platform, answers for itself:\n\n", text(name));
    standing(&mut aside, Cell::label("headline"), cell);
    remarks(&mut aside, cell);
    details(&mut aside, cell);
    evidence(&mut aside, cell);
    out.push('\n');
    for line in aside.lines() {
        let _ = writeln!(out, "{}", format!("> {line}").trim_end());
    }
}

fn evidence(out: &mut String, cell: &CellView<'_>) {
    title(out, cell.evidence.label);
    match cell.evidence.value.as_deref() {
        None => {
            let _ = writeln!(out, "- {UNREAD}");
        }
        Some([]) => {
            let _ = writeln!(out, "- {NO_SOURCE}");
        }
        Some(evidence) => evidence.iter().for_each(|one| evidence_line(out, one)),
    }
}

fn evidence_line(out: &mut String, evidence: &EvidenceView<'_>) {
    let page = match (evidence.url, evidence.title) {
        (Some(url), title) => link(title.unwrap_or(url.as_str()), url),
        (None, Some(title)) => format!("{} (address {UNREAD})", text(title)),
        (None, None) => format!("Address {UNREAD}"),
    };
    let _ = write!(out, "- {page}, {}, {}", evidence.role, text(&evidence.attempt));
    if let Some(url) = evidence.archived {
        let _ = write!(out, ", {}", link("archived copy", url));
    }
    if let Some(quote) = evidence.quote {
        let _ = write!(out, "<br>“{}”", text(quote));
    }
    out.push('\n');
}

/// The reviews, and the flags that none of them closes.
fn reviews(out: &mut String, cell: &CellView<'_>) {
    list(out, &cell.reviews, review_line);
    list(out, &cell.flags, flag_line);
}

fn review_line(out: &mut String, review: &ReviewView<'_>) {
    let _ = write!(out, "- {}: {}", on(review.on), review.verdict.to_lowercase());
    if let Some(by) = review.by {
        let _ = write!(out, " by {}", text(by));
    }
    if let Some(reason) = review.reason {
        let _ = write!(out, ". {}", text(reason));
    }
    out.push('\n');
}

fn flag_line(out: &mut String, flag: &FlagView<'_>) {
    let _ = writeln!(out, "- {}: {}", on(flag.raised_on), text(flag.what));
}

fn on(day: Option<Date>) -> String {
    day.map_or_else(|| format!("day {UNREAD}"), |day| day.to_string())
}
