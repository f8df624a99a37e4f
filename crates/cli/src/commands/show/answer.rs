//! One answer as people read it in the terminal.

use export::view::{
    AnswerView, CellView, EvidenceView, ExceptionView, FactView, FlagView, Labelled, ReviewView,
};
use export::words::{NO_SOURCE, UNREAD, paragraphs};
use export::{Edition, Grade};
use model::{Answer, Date, Entity, Resolved};

use super::places::Places;
use crate::query::page::{DIM, Page, STRONG, link, plain, styled};
use crate::query::sgr;

/// The columns by which what belongs to an answer is indented.
const INDENT: usize = 3;

/// Yellow (SGR parameters of ECMA-48).
const DOUBT: &str = "33";

/// Writes an answer.
pub(super) fn answer(page: &mut Page, edition: &Edition, resolved: &Resolved<'_>, places: &Places) {
    let names = edition.names();
    let answer = AnswerView::new(resolved, edition.day(), edition.visits());
    let grade = answer.grade;
    page.text(
        0,
        &[
            plain(&format!("{} ", grade.sign())),
            styled(answer.label, STRONG),
            plain(": "),
            styled(grade.label(), sgr(grade)),
        ],
    );
    if let Some(question) = answer.question {
        page.text(INDENT, &[styled(question, DIM)]);
    }
    match (&resolved.answer, &answer.cell) {
        (Answer::Cell(owner, _), Some(cell)) => {
            terms(page, INDENT, cell);
            if let Some(headline) = cell.headline {
                let title = format!("{}: ", answer.headline.label("Check"));
                page.text(INDENT, &[plain(&title), styled(headline, STRONG)]);
            }
            let about = about(names.about(resolved, owner), answer.overridden);
            page.text(INDENT, &[plain("About: "), plain(&about)]);
            remarks(page, INDENT, cell);
            details(page, INDENT, cell);
            list(page, INDENT, &cell.reviews, review);
            list(page, INDENT, &cell.flags, flag);
            file(page, INDENT, places.of(owner, resolved.dimension.id.text()));
        }
        _ => page.text(INDENT, &[plain(grade.meaning())]),
    }
    if let Some((operator, cell)) = &answer.operator {
        page.blank();
        page.text(
            INDENT,
            &[
                plain(&format!("{} ", cell.grade.sign())),
                styled(names.organization(operator), STRONG),
                plain(", which operates the platform, answers for itself: "),
                styled(cell.grade.label(), sgr(cell.grade)),
            ],
        );
        terms(page, 2 * INDENT, cell);
        if let Some(headline) = cell.headline {
            page.text(2 * INDENT, &[styled(headline, STRONG)]);
        }
        remarks(page, 2 * INDENT, cell);
        details(page, 2 * INDENT, cell);
        let owner = Entity::Organization((*operator).to_owned());
        file(page, 2 * INDENT, places.of(&owner, resolved.dimension.id.text()));
    }
}

/// Where the answer can be corrected.
fn file(page: &mut Page, indent: usize, place: Option<&str>) {
    if let Some(place) = place {
        page.blank();
        page.text(indent, &[plain("File: "), styled(place, DIM)]);
    }
}

/// The owner of the answer, and the grade that it replaces.
fn about(about: String, overridden: Option<Grade>) -> String {
    overridden.map_or(about.clone(), |grade| format!("{about} ({})", grade.label()))
}

/// How sure the grade is, as of when, what was read for it, and on which terms it holds.
fn terms(page: &mut Page, indent: usize, cell: &CellView<'_>) {
    let doubts = cell.doubts.join("; ");
    if !doubts.is_empty() {
        page.text(indent, &[styled("Check first: ", DOUBT), plain(&doubts)]);
    }
    let confidence = cell.confidence.value.as_ref().map_or("not stated", |confidence| &confidence.words);
    let doubtful = |is_doubtful: bool| if is_doubtful { DOUBT } else { "" };
    let as_of = match cell.is_dated {
        true => plain(&format!("as of {}", cell.as_of)),
        false => styled(&cell.as_of, DOUBT),
    };
    let mut spans = vec![plain(&format!("{}: {confidence} · ", cell.confidence.label)), as_of];
    if let Some(due) = &cell.due {
        spans.extend([plain(", "), styled(&format!("{due}, {}", due.left()), doubtful(due.is_past))]);
    }
    page.text(indent, &spans);
    page.text(indent, &[plain("Sources: "), styled(&cell.sources, doubtful(!cell.is_read))]);
    page.text(indent, &[plain(&format!("{}: ", cell.verified.label)), plain(&cell.verified.value)]);
    let terms: Vec<_> = cell.terms.iter().map(|term| term.value.as_str()).collect();
    if !terms.is_empty() {
        page.text(indent, &[plain("Terms: "), plain(&terms.join(" · "))]);
    }
}

/// What the cell says in sentences.
fn remarks(page: &mut Page, indent: usize, cell: &CellView<'_>) {
    for remark in &cell.remarks {
        page.text(indent, &[plain(&format!("{}: ", remark.label)), plain(&remark.value)]);
    }
}

/// The note, what is known in detail, and the evidence.
fn details(page: &mut Page, indent: usize, cell: &CellView<'_>) {
    for paragraph in &cell.note {
        page.blank();
        page.text(indent, &[plain(paragraph)]);
    }
    list(page, indent, &cell.facts, FactView::line);
    list(page, indent, &cell.parts, |(part, answer)| format!("{part}: {answer}"));
    list(page, indent, &cell.exceptions, ExceptionView::line);
    title(page, indent, cell.evidence.label);
    match cell.evidence.value.as_deref() {
        None => page.item(indent, &[plain(UNREAD)]),
        Some([]) => page.item(indent, &[plain(NO_SOURCE)]),
        Some(all) => all.iter().for_each(|one| evidence(page, indent, one)),
    }
}

fn title(page: &mut Page, indent: usize, title: &str) {
    page.blank();
    page.text(indent, &[styled(title, STRONG)]);
}

/// Writes a list under its title, if it holds anything.
fn list<T>(page: &mut Page, indent: usize, items: &Labelled<Vec<T>>, line: impl Fn(&T) -> String) {
    if !items.value.is_empty() {
        title(page, indent, items.label);
    }
    items.value.iter().for_each(|item| page.item(indent, &[plain(&line(item))]));
}

fn evidence(page: &mut Page, indent: usize, evidence: &EvidenceView<'_>) {
    let about = format!(", {}, {}", evidence.role, evidence.attempt);
    let mut spans = match (evidence.url, evidence.title) {
        (Some(url), title) => vec![link(title.unwrap_or(url.as_str()), url), plain(&about)],
        (None, title) => {
            vec![plain(title.unwrap_or("a page")), plain(&format!(" (address {UNREAD}){about}"))]
        }
    };
    let has_links = page.has_links();
    if let Some(archived) = evidence.archived.filter(|_| has_links) {
        spans.extend([plain(", "), link("archived copy", archived)]);
    }
    page.item(indent, &spans);
    let addresses = evidence.url.filter(|_| evidence.title.is_some()).into_iter().chain(evidence.archived);
    for address in addresses.filter(|_| !has_links) {
        page.text(indent + 2, &[styled(address.as_str(), DIM)]);
    }
    if let Some(quote) = evidence.quote {
        page.text(indent + 2, &[plain(&format!("“{}”", paragraphs(quote).join(" ")))]);
    }
}

fn review(review: &ReviewView<'_>) -> String {
    let by = review.by.map(|by| format!(" by {by}")).unwrap_or_default();
    let reason = review.reason.map(|reason| format!(". {}", paragraphs(reason).join(" ")));
    format!("{}: {}{by}{}", on(review.on), review.verdict.to_lowercase(), reason.unwrap_or_default())
}

fn flag(flag: &FlagView<'_>) -> String {
    format!("{}: {}", on(flag.raised_on), flag.what)
}

fn on(day: Option<Date>) -> String {
    day.map_or_else(|| format!("day {UNREAD}"), |day| day.to_string())
}
