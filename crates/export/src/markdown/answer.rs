//! The section of one answer on an offering's page.

use std::fmt::Write;

use model::{
    Answer, Cell, Entity, Evidence, Exception, Fetch, FetchOutcome, Geography, Level, OperatorAnswer,
    Optional, Resolved, Review, Role, Vocabulary,
};

use super::escape::{link, paragraphs, text};
use super::words::{
    NO_ANSWER, NOT_APPLICABLE, Names, UNREAD, anchor, fact_words, grade, key_words, label, stated, term,
};

/// Adds the section of an answer.
pub(super) fn section(out: &mut String, names: Names<'_>, resolved: &Resolved<'_>) {
    let dimension = resolved.dimension;
    let _ = write!(out, "\n### <a id=\"{}\"></a>{}\n\n", anchor(dimension), label(dimension));
    let question = stated(&dimension.question, "");
    if !question.is_empty() {
        let _ = write!(out, "*{}*\n\n", text(question));
    }
    match &resolved.answer {
        Answer::Cell(owner, cell) => {
            verdict(out, resolved, cell);
            bullet(out, "About", Some(about(names, resolved, owner)));
            let reason = cell.override_reason.known().map(|reason| text(reason));
            bullet(out, "Why it differs", reason);
            details(out, cell);
            evidence(out, &cell.evidence);
            reviews(out, cell);
        }
        Answer::NotApplicable => {
            let _ = writeln!(
                out,
                "{NOT_APPLICABLE} Not applicable: the question is about the developer of the models, and \
                 this offering serves those of many."
            );
        }
        Answer::Missing => {
            let _ = writeln!(out, "{NO_ANSWER} Nobody has answered this yet.");
        }
        Answer::Unknown => {
            let _ = writeln!(out, "{NO_ANSWER} The answer could not be read.");
        }
    }
    if let Some(operator) = &resolved.operator {
        operator_answer(out, names, operator);
    }
}

fn bullet(out: &mut String, label: &str, value: Option<String>) {
    if let Some(value) = value.filter(|value| !value.is_empty()) {
        let _ = writeln!(out, "- **{label}:** {value}");
    }
}

fn title(out: &mut String, title: &str) {
    let _ = write!(out, "\n**{title}**\n\n");
}

fn verdict(out: &mut String, resolved: &Resolved<'_>, cell: &Cell) {
    bullet(out, "Status", Some(grade(cell.status.get())));
    let headline = match () {
        () if resolved.is_watch_out() => "Watch-out",
        () if resolved.is_setting_to_make() => "Setting to make",
        () => "Headline",
    };
    bullet(out, headline, cell.headline.known().map(|headline| text(headline)));
    bullet(out, "Confidence", confidence(cell));
    bullet(out, "Verified", Some(verified(cell)));
    bullet(out, "Who may have it", term(&cell.tier));
    bullet(out, "How to get it", term(&cell.route));
    bullet(out, "As delivered", term(&cell.default));
    bullet(out, "Where it holds", geography(cell));
}

fn confidence(cell: &Cell) -> Option<String> {
    let mut words = term(&cell.confidence)?;
    let reasons: Vec<_> =
        cell.confidence_reasons.items().iter().map(|reason| reason.label().to_lowercase()).collect();
    if !reasons.is_empty() {
        let _ = write!(words, " ({})", reasons.join(", "));
    }
    Some(words)
}

fn verified(cell: &Cell) -> String {
    match cell.verified_on {
        Optional::Absent => "unverified".to_owned(),
        Optional::Unread => UNREAD.to_owned(),
        Optional::Known(day) => day.to_string(),
    }
}

fn geography(cell: &Cell) -> Option<String> {
    let area = |geography: &Geography| match *geography {
        Geography::EU => "European Union",
        Geography::EEA => "European Economic Area",
        Geography::GLOBAL => "worldwide",
        country => country.code(),
    };
    let areas: Vec<_> = cell.geography.items().iter().map(area).collect();
    let areas = areas.join(", ");
    match cell.geography_note.known().map(|note| text(note)) {
        Some(note) if areas.is_empty() => Some(note),
        Some(note) => Some(format!("{areas} ({note})")),
        None => Some(areas),
    }
}

/// Whose answer it is, and for whom else it holds.
fn about(names: Names<'_>, resolved: &Resolved<'_>, owner: &Entity) -> String {
    let name = names.owner(owner);
    match owner {
        Entity::Platform(_) => format!("{name}, the serving platform; shared by every offering on it"),
        Entity::Organization(_) => format!("{name}, the developer; shared by every offering of its models"),
        _ => match &resolved.overridden {
            Some((inherited, cell)) => {
                let level = match resolved.dimension.level.get() {
                    Some(Level::Developer) => "the developer",
                    _ => "the serving platform",
                };
                let name = names.owner(inherited);
                let status = grade(cell.status.get());
                format!("this offering alone, in place of the answer of {name}, {level} ({status})")
            }
            None => "this offering alone".to_owned(),
        },
    }
}

fn details(out: &mut String, cell: &Cell) {
    for paragraph in paragraphs(cell.note.text()) {
        let _ = write!(out, "\n{paragraph}\n");
    }
    if let Some(facts) = cell.facts.known().filter(|facts| !facts.is_empty()) {
        title(out, "Facts");
        for (key, fact) in facts {
            let words = fact.known().map_or(UNREAD.to_owned(), fact_words);
            let _ = writeln!(out, "- {}: {words}", key_words(key.as_str()));
        }
    }
    if let Some(parts) = cell.parts.known().filter(|parts| !parts.is_empty()) {
        title(out, "Parts of the question");
        for (key, answer) in parts {
            let words = answer.get().map_or(UNREAD, Vocabulary::label);
            let _ = writeln!(out, "- {}: {words}", key_words(key.as_str()));
        }
    }
    if !cell.exceptions.items().is_empty() {
        title(out, "Exceptions");
        cell.exceptions.items().iter().for_each(|exception| exception_line(out, exception));
    }
}

fn exception_line(out: &mut String, exception: &Exception) {
    let models = exception
        .models
        .known()
        .map(|models| models.iter().map(|model| text(model)).collect::<Vec<_>>().join(", "));
    let models = models.unwrap_or_else(|| format!("Models that {UNREAD}"));
    let _ = write!(out, "- {models}: {}", grade(exception.status.get()));
    if let Some(note) = exception.note.known() {
        let _ = write!(out, ". {}", paragraphs(note).join("<br>"));
    }
    out.push('\n');
}

/// The operator's answer beside the developer's, set off so that neither is taken for the other.
fn operator_answer(out: &mut String, names: Names<'_>, operator: &OperatorAnswer<'_>) {
    let cell = operator.cell;
    let name = names.organization(operator.organization);
    let mut aside = format!("**{name}**, which operates the platform, answers for itself:\n\n");
    bullet(&mut aside, "Status", Some(grade(cell.status.get())));
    bullet(&mut aside, "Headline", cell.headline.known().map(|headline| text(headline)));
    bullet(&mut aside, "Confidence", confidence(cell));
    bullet(&mut aside, "Verified", Some(verified(cell)));
    details(&mut aside, cell);
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
        list if list.items().is_empty() => out.push_str("- no public source\n"),
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
    let role = match evidence.counted_role() {
        Some(Role::Primary) => "primary source",
        Some(Role::Authority) => "regulator or certifier",
        Some(Role::Secondary) => "secondary source",
        None => "role could not be read",
    };
    let _ = write!(out, "- {page}, {role}, {}", attempt(evidence));
    if let Some(url) = evidence.archived_url.known() {
        let _ = write!(out, ", {}", link("archived copy", url));
    }
    if let Some(quote) = evidence.quote.known() {
        let _ = write!(out, "<br>“{}”", text(quote));
    }
    out.push('\n');
}

/// What came of the last attempt to read an evidence: "blocked on 2026-07-05 (HTTP 403)".
fn attempt(evidence: &Evidence) -> String {
    let fetch: Option<&Fetch> = evidence.fetch.known();
    let mut words = match evidence.counted_outcome() {
        Some(FetchOutcome::Ok) => "read".to_owned(),
        Some(outcome) => outcome.label().to_lowercase(),
        None => format!("outcome {UNREAD}"),
    };
    if let Some(day) = fetch.and_then(|fetch| fetch.on.get()) {
        let _ = write!(words, " on {day}");
    }
    if let Some(status) = fetch.and_then(|fetch| fetch.http_status.get()) {
        let _ = write!(words, " (HTTP {status})");
    }
    words
}

/// The reviews, and the flags that none of them closes.
fn reviews(out: &mut String, cell: &Cell) {
    let reviews = cell.reviews.items();
    if !reviews.is_empty() {
        title(out, "Reviews");
        reviews.iter().for_each(|review| review_line(out, review));
    }
    let closed = |id: &str| reviews.iter().any(|review| review.flag.text() == id);
    let flags = cell.flags.items().iter();
    let mut open = flags.filter(|flag| flag.id.known().is_none_or(|id| !closed(id.as_str()))).peekable();
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
