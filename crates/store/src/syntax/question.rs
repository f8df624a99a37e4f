//! Headers that name a question in another way than by its id: misspelt, by its label, or without `cells` before it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use diagnostics::{
    Anchor, Applicability, Edit, Finding, Place, RuleId, Severity, guess, quoted, same_digits,
};
use model::{Dimensions, Document, Subject, folded_name};
use toml_splice::{Item, Values, is_valid};

use super::reader::replace;
use super::statement::Statements;
use crate::paths::{document_of, entity_of};
use crate::schema::Schema;
use crate::structure::UNKNOWN_KEY;

const UNKNOWN_DIMENSION: RuleId = RuleId("entity/unknown-dimension");

/// A part of the name in a header, and its bytes.
type Part = (String, Range<usize>);

/// What headers call a question.
#[derive(Default)]
struct Named {
    /// The bytes of its name in each header.
    spans: Vec<Range<usize>>,
    /// Whether a header is that of the cell itself, and not of a block below it.
    is_cell: bool,
}

/// The findings about headers that name a question in another way than by its id, and the text in which they name it
/// by that; none if there are no such headers, or it is not clear which question is meant.
pub(crate) fn misnamed(
    path: &str,
    text: &str,
    values: &Values<'_>,
    dimensions: &Dimensions,
) -> Option<(Vec<Finding>, String)> {
    let document = document_of(path)?;
    let has_cells = matches!(document, Document::Offering | Document::Platform | Document::Organization);
    if !has_cells || !dimensions.is_complete() || !may_name_otherwise(document, values, dimensions) {
        return None;
    }
    let names = Names::new(dimensions);
    let (cells, bare) = headers(text);
    let mut findings = Vec::new();
    let mut splices = Vec::new();
    for (id, named) in &cells {
        let is_taken = |other: &str| cells.get(other).is_some_and(|other| other.is_cell);
        // A block belongs to a cell that is there, and a cell is another than those that are there.
        let is_near = |other: &str| is_taken(other) != named.is_cell;
        let Some(meant) = names
            .meant_by(id, is_near)
            .or_else(|| names.meant_by(id, |other| !named.is_cell && !is_taken(other)))
        else {
            continue;
        };
        // One with other digits may be another standard, unless the blocks around it say otherwise.
        let is_sure = names.named(id).is_some() || same_digits(id, meant);
        if !is_sure && !cells.contains_key(meant) {
            continue;
        }
        let rename: Vec<_> = named.spans.iter().map(|span| replace(span.clone(), meant)).collect();
        let (header, as_others) = match (named.is_cell, cells.contains_key(meant)) {
            (true, true) => (format!("[cells.{meant}]"), ", as the blocks below it"),
            (true, false) => (format!("[cells.{meant}]"), ""),
            (false, true) => (format!("[[cells.{meant}.…]]"), ", as the block above it"),
            (false, false) => (format!("[[cells.{meant}.…]]"), ""),
        };
        let message = format!("cell {} answers no question: did you mean `{meant}`?", quoted(id));
        let headers = if rename.len() == 1 { "the header" } else { "the headers" };
        let help = format!("rename {headers} to `{header}`{as_others}");
        let title = format!("rename {headers} to `{meant}`");
        let span = named.spans.first()?.clone();
        let finding = finding(UNKNOWN_DIMENSION, path, span, message).with_help(help);
        findings.push(fixed(finding, path, title, is_sure, &rename));
        splices.extend(rename);
    }
    let own = Schema::of(document).keys([]);
    for ((name, span), end) in bare.iter().filter(|((name, _), _)| !own.contains(&name.as_str())) {
        let is_free = |meant: &&str| cells.get(*meant).is_none_or(|named| !named.is_cell);
        let Some(meant) = names.named(name).filter(is_free) else { continue };
        let rest = &text[span.end..*end];
        let brackets = if rest.ends_with("]]") { "[[" } else { "[" };
        let header = format!("{brackets}cells.{meant}{rest}");
        let message = format!("the header {} lacks `cells` before the question", quoted(name));
        let rename = vec![replace(span.clone(), &format!("cells.{meant}"))];
        let finding =
            finding(UNKNOWN_KEY, path, span.clone(), message).with_help(format!("write `{header}`"));
        findings.push(fixed(finding, path, format!("write `{header}`"), true, &rename));
        splices.extend(rename);
    }
    if findings.is_empty() {
        return None;
    }
    splices.sort_by_key(|splice| splice.start);
    let splices: Vec<_> = splices
        .into_iter()
        .map(|splice| toml_splice::Splice { start: splice.start, end: splice.end, insert: splice.insert })
        .collect();
    let renamed = toml_splice::splice(text, &splices);
    is_valid(&renamed).then_some((findings, renamed))
}

/// Returns whether a text has a cell that answers no question, or a key that no such file has.
fn may_name_otherwise(document: Document, values: &Values<'_>, dimensions: &Dimensions) -> bool {
    let own = Schema::of(document).keys([]);
    let is_question = |cells: Item<'_>| {
        cells.entries().is_none_or(|mut all| all.all(|(id, _)| dimensions.get(id).is_some()))
    };
    let is_known =
        |(key, value): (&str, Item<'_>)| own.contains(&key) && (key != "cells" || is_question(value));
    values.root().entries().is_some_and(|mut all| !all.all(is_known))
}

fn finding(rule: RuleId, path: &str, bytes: Range<usize>, message: String) -> Finding {
    let place = Place { subject: Subject::entity(entity_of(path)), anchor: Anchor::Bytes(bytes) };
    Finding::new(rule, Severity::Error, place, message)
}

fn fixed(
    finding: Finding,
    path: &str,
    title: String,
    is_sure: bool,
    splices: &[diagnostics::Splice],
) -> Finding {
    let subject = Subject::entity(entity_of(path));
    let edits = splices.iter().map(|splice| Edit::Splice(subject.clone(), splice.clone())).collect();
    finding.with_fix(title, Applicability::safe_if(is_sure), edits)
}

/// What the headers of a text call each question, and the headers whose name begins otherwise than with `cells`:
/// its first part, with its bytes, and where the header ends.
fn headers(text: &str) -> (BTreeMap<String, Named>, Vec<(Part, usize)>) {
    let mut cells: BTreeMap<String, Named> = BTreeMap::new();
    let mut bare = Vec::new();
    for statement in Statements::of_valid(text) {
        let Some((parts, end)) = header(text, statement.span.clone()) else { continue };
        match parts.as_slice() {
            [(cells_key, _), (id, span), below @ ..] if cells_key == "cells" => {
                let named = cells.entry(id.clone()).or_default();
                named.spans.push(span.clone());
                named.is_cell |= below.is_empty();
            }
            [(name, span), ..] if name != "cells" => bare.push(((name.clone(), span.clone()), end)),
            _ => {}
        }
    }
    (cells, bare)
}

/// The parts of the name in a header, and where the header ends.
fn header(text: &str, statement: Range<usize>) -> Option<(Vec<Part>, usize)> {
    let line = &text[statement.clone()];
    let line = &line[..line.find('\n').unwrap_or(line.len())];
    let start = line.len() - line.trim_start().trim_start_matches('[').len();
    if !line.trim_start().starts_with('[') {
        return None;
    }
    let (mut parts, mut at) = (Vec::new(), start);
    loop {
        at += line[at..].len() - line[at..].trim_start().len();
        let rest = &line[at..];
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (key, length) = match quote {
            Some(quote) => {
                let end = 1 + rest[1..].find(quote)?;
                (&rest[1..end], end + 1)
            }
            None => {
                let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '.' | ']'))?;
                (&rest[..end], end)
            }
        };
        let begin = statement.start + at;
        parts.push((key.to_owned(), begin..begin + length));
        at += length;
        let after = line[at..].trim_start();
        if let Some(rest) = after.strip_prefix('.') {
            at = line.len() - rest.len();
        } else {
            let brackets = after.len() - after.trim_start_matches(']').len();
            let end = line.len() - after.len() + brackets;
            return (brackets > 0).then_some((parts, statement.start + end));
        }
    }
}

/// The questions by what people call them.
struct Names<'d> {
    dimensions: &'d Dimensions,
    /// The ids that have a folded name: of each question its id, its label and its slug.
    folded: BTreeMap<String, BTreeSet<&'d str>>,
}

impl<'d> Names<'d> {
    fn new(dimensions: &'d Dimensions) -> Self {
        let mut names: BTreeMap<String, BTreeSet<&'d str>> = BTreeMap::new();
        for dimension in dimensions.iter() {
            let slug = dimension.slug.known().map(|slug| slug.as_str()).unwrap_or_default();
            for name in [dimension.id.text(), dimension.label.text(), slug] {
                if !name.is_empty() {
                    names.entry(folded_name(name)).or_default().insert(dimension.id.text());
                }
            }
        }
        Self { dimensions, folded: names }
    }

    /// The one question that has a name.
    fn named(&self, name: &str) -> Option<&'d str> {
        let ids = self.folded.get(&folded_name(name))?;
        ids.first().copied().filter(|_| ids.len() == 1)
    }

    /// The one question that an unknown name means, of those that may be meant: no other is as near.
    fn meant_by(&self, name: &str, may_be: impl Fn(&str) -> bool) -> Option<&'d str> {
        if self.dimensions.get(name).is_some() {
            return None;
        }
        if let Some(id) = self.named(name) {
            return Some(id).filter(|id| may_be(id));
        }
        let ids = self.dimensions.iter().map(|dimension| dimension.id.text()).filter(|id| may_be(id));
        guess(name, ids).filter(|guess| guess.is_alone).map(|guess| guess.meant)
    }
}
