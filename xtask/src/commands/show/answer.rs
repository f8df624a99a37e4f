//! One answer as people read it in the terminal.

use export::names::{Names, label};
use export::words::{self, NO_SOURCE, UNREAD, paragraphs, term};
use export::{Edition, Grade, reading};
use model::{Answer, Cell, Date, Dimension, Evidence, Optional, Resolved, Review, Vocabulary};

use crate::reading::page::{DIM, Page, STRONG, link, plain, styled};
use crate::reading::sgr;

/// The columns by which what belongs to an answer is indented.
const INDENT: usize = 3;

/// Yellow (SGR parameters of ECMA-48).
const DOUBT: &str = "33";

/// Writes an answer.
pub(super) fn answer(page: &mut Page, edition: &Edition, resolved: &Resolved<'_>) {
    let (names, day) = (edition.names(), edition.day());
    let dimension = resolved.dimension;
    let grade = Grade::of(resolved);
    page.text(
        0,
        &[
            plain(&format!("{} ", grade.sign())),
            styled(label(dimension), STRONG),
            plain(": "),
            styled(grade.label(), sgr(grade)),
        ],
    );
    if let Some(question) = dimension.question.known() {
        page.text(INDENT, &[styled(question, DIM)]);
    }
    match &resolved.answer {
        Answer::Cell(owner, cell) => {
            terms(page, INDENT, day, dimension, cell);
            let title = match () {
                () if resolved.is_watch_out() => "Watch-out: ",
                () if resolved.is_setting_to_make() => "Setting to make: ",
                () => "Check: ",
            };
            if let Some(headline) = cell.headline.known() {
                page.text(INDENT, &[plain(title), styled(headline, STRONG)]);
            }
            page.text(INDENT, &[plain("About: "), plain(&about(names, resolved, owner))]);
            if let Some(reason) = cell.override_reason.known() {
                page.text(INDENT, &[plain("Why it differs: "), plain(reason)]);
            }
            details(page, INDENT, dimension, cell);
            reviews(page, INDENT, cell);
        }
        _ => page.text(INDENT, &[plain(grade.meaning())]),
    }
    if let Some(operator) = &resolved.operator {
        let grade = Grade::of_status(operator.cell.status.get());
        page.blank();
        page.text(
            INDENT,
            &[
                plain(&format!("{} ", grade.sign())),
                styled(names.organization(operator.organization), STRONG),
                plain(", which operates the platform, answers for itself: "),
                styled(grade.label(), sgr(grade)),
            ],
        );
        terms(page, 2 * INDENT, day, dimension, operator.cell);
        if let Some(headline) = operator.cell.headline.known() {
            page.text(2 * INDENT, &[styled(headline, STRONG)]);
        }
        details(page, 2 * INDENT, dimension, operator.cell);
    }
}

/// Whose answer it is, and the grade that it stands in place of.
fn about(names: Names<'_>, resolved: &Resolved<'_>, owner: &model::Entity) -> String {
    let about = names.about(resolved, owner);
    match &resolved.overridden {
        Some((_, cell)) => format!("{about} ({})", Grade::of_status(cell.status.get()).label()),
        None => about,
    }
}

/// How sure the grade is, as of when, what was read for it, and on which terms it holds.
fn terms(page: &mut Page, indent: usize, day: Date, dimension: &Dimension, cell: &Cell) {
    let doubts = reading::doubts(cell, dimension, day).join("; ");
    if !doubts.is_empty() {
        page.text(indent, &[styled("Check first: ", DOUBT), plain(&doubts)]);
    }
    let confidence = words::confidence(cell).unwrap_or_else(|| "not stated".to_owned());
    let doubtful = |is_doubtful: bool| if is_doubtful { DOUBT } else { "" };
    let as_of = match cell.as_of() {
        Some(day) => plain(&format!("as of {day}")),
        None => styled(&reading::as_of(cell), DOUBT),
    };
    let mut spans = vec![plain(&format!("Confidence: {confidence} · ")), as_of];
    if let Some(due) = reading::due(cell, dimension, day) {
        let is_past = cell.current_until(dimension).is_some_and(|until| until < day);
        spans.extend([plain(", "), styled(&due, doubtful(is_past))]);
    }
    page.text(indent, &spans);
    let sources = styled(&reading::sources(cell), doubtful(!cell.has_own_reading()));
    page.text(indent, &[plain("Sources: "), sources]);
    page.text(indent, &[plain("Verified: "), plain(&reading::verified(cell))]);
    let tier = term(&cell.tier).map(ToOwned::to_owned);
    let route = term(&cell.route).map(ToOwned::to_owned);
    let default = term(&cell.default).map(ToOwned::to_owned);
    let terms: Vec<_> = [tier, route, default, words::geography(cell)].into_iter().flatten().collect();
    if !terms.is_empty() {
        page.text(indent, &[plain("Terms: "), plain(&terms.join(" · "))]);
    }
}

/// The note, what is known in detail, and the evidence.
fn details(page: &mut Page, indent: usize, dimension: &Dimension, cell: &Cell) {
    for paragraph in paragraphs(cell.note.text()) {
        page.blank();
        page.text(indent, &[plain(&paragraph)]);
    }
    let facts: Vec<_> = words::facts(cell, dimension).collect();
    list(page, indent, "Facts", facts.iter().map(|(key, value)| format!("{key}: {value}")));
    let parts: Vec<_> = words::parts(cell).collect();
    list(page, indent, "Parts of the question", parts.iter().map(|(key, answer)| format!("{key}: {answer}")));
    list(
        page,
        indent,
        "Exceptions",
        cell.exceptions.items().iter().map(|one| words::exception(one, dimension)),
    );
    title(page, indent, "Evidence");
    match &cell.evidence {
        Optional::Unread => page.item(indent, &[plain(UNREAD)]),
        list if list.items().is_empty() => page.item(indent, &[plain(NO_SOURCE)]),
        list => list.items().iter().for_each(|one| evidence(page, indent, one)),
    }
}

fn title(page: &mut Page, indent: usize, title: &str) {
    page.blank();
    page.text(indent, &[styled(title, STRONG)]);
}

fn list(page: &mut Page, indent: usize, heading: &str, items: impl Iterator<Item = String>) {
    let mut items = items.peekable();
    if items.peek().is_some() {
        title(page, indent, heading);
    }
    items.for_each(|item| page.item(indent, &[plain(&item)]));
}

fn evidence(page: &mut Page, indent: usize, evidence: &Evidence) {
    let about = format!(", {}, {}", words::role(evidence), reading::attempt(evidence));
    let url = evidence.url.known();
    let title = evidence.title.known().map(|title| title.trim()).filter(|title| !title.is_empty());
    let mut spans = match (url, title) {
        (Some(url), title) => vec![link(title.unwrap_or(url.as_str()), url), plain(&about)],
        (None, title) => {
            vec![plain(title.unwrap_or("a page")), plain(&format!(" (address {UNREAD}){about}"))]
        }
    };
    let has_links = page.has_links();
    if let Some(archived) = evidence.archived_url.known().filter(|_| has_links) {
        spans.extend([plain(", "), link("archived copy", archived)]);
    }
    page.item(indent, &spans);
    let addresses = url.filter(|_| title.is_some()).into_iter().chain(evidence.archived_url.known());
    for address in addresses.filter(|_| !has_links) {
        page.text(indent + 2, &[styled(address.as_str(), DIM)]);
    }
    if let Some(quote) = evidence.quote.known() {
        page.text(indent + 2, &[plain(&format!("“{}”", paragraphs(quote).join(" ")))]);
    }
}

/// The reviews, and the flags that none of them closes.
fn reviews(page: &mut Page, indent: usize, cell: &Cell) {
    list(page, indent, "Reviews", cell.reviews.items().iter().map(review));
    let flags = cell.open_flags().map(|flag| {
        let day = flag.raised_on.get().map_or_else(|| format!("day {UNREAD}"), |day| day.to_string());
        format!("{day}: {}", flag.what.known().map_or(UNREAD, String::as_str))
    });
    list(page, indent, "Open questions", flags);
}

fn review(review: &Review) -> String {
    let day = review.on.get().map_or_else(|| format!("day {UNREAD}"), |day| day.to_string());
    let verdict = review.verdict.get().map_or(UNREAD, Vocabulary::label).to_lowercase();
    let by = review.by.known().map(|by| format!(" by {by}")).unwrap_or_default();
    let reason = review.reason.known().map(|reason| format!(". {}", paragraphs(reason).join(" ")));
    format!("{day}: {verdict}{by}{}", reason.unwrap_or_default())
}
