//! The first page: what the registry is, and the matrix of all answers. A long matrix goes on on
//! further pages.

use std::collections::BTreeMap;

use askama::Template;
use model::{
    Cell, Confidence, Date, Geography, Ground, Offering, Resolved, Route, Status, Vocabulary, resolve,
};

use super::escape::script_json;
use super::filters;
use super::frame::{Frame, Link};
use super::index::matrix_path;
use super::{Site, machine};
use crate::grade::{CHECK_MEANING, Grade};
use crate::names::{heading, label};
use crate::reading;
use crate::words::paragraphs;

/// The question whose geography says where data can be kept.
const RESIDENCY: &str = "data_residency";

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage<'a> {
    frame: Frame<'a>,
    disclaimer: Vec<String>,
    facts: Vec<String>,
    legend: Vec<Grade>,
    /// What the mark of a yes to check says.
    check: &'static str,
    groups: Vec<(&'a str, usize)>,
    columns: Vec<HeaderCell<'a>>,
    rows: Vec<Row<'a>>,
    developers: Vec<(&'a str, &'a str)>,
    platforms: Vec<(&'a str, &'a str)>,
    categories: Vec<(&'static str, &'static str)>,
    pages: Vec<Link>,
    json_ld: String,
}

/// A question at the head of the matrix.
struct HeaderCell<'a> {
    label: &'a str,
    question: &'a str,
    slug: &'a str,
    href: String,
    is_residency: bool,
    /// After how many days its answers are due again.
    days: Option<i64>,
}

/// An offering in the matrix.
struct Row<'a> {
    id: &'a str,
    name: &'a str,
    href: String,
    developer: (&'a str, &'a str),
    platform: (&'a str, &'a str),
    category: &'static str,
    cells: Vec<MatrixCell<'a>>,
}

/// An answer in the matrix.
struct MatrixCell<'a> {
    grade: Grade,
    slug: &'a str,
    /// `h`, `m` or `l`; empty where no confidence is known.
    confidence: &'static str,
    /// The day as of which it speaks; empty where none is known.
    as_of: String,
    /// Its last day, where that is by a fact and not by its as-of day.
    ends_on: Option<Date>,
    is_read: bool,
    /// What a reader hears of it: the question, the grade, the confidence and its marks.
    name: String,
    /// Whether it takes a sale, an agreement or a request to have what it grades.
    is_gated: bool,
    is_setting: bool,
    /// Whether it is a public yes to be checked first.
    is_doubted: bool,
    /// Whether it holds in the European Union.
    in_union: bool,
}

/// The page of the matrix with this number, from 0.
pub(super) fn page<'a>(site: &'a Site<'_>, path: &str, page: usize) -> impl Template + use<'a> {
    let registry = site.edition.registry();
    let names = site.names();
    let pages = site.index.matrix_pages();
    let on_page = site.index.on_page(page);
    let title = if page == 0 { "Matrix".to_owned() } else { format!("Matrix, page {}", page + 1) };
    let mut frame = Frame::new(site, path, title).dated().script("filter.js");
    let disclaimer = paragraphs(registry.info.disclaimer.text());
    if let Some(first) = disclaimer.first() {
        frame = frame.described(first);
    }
    let dimensions = registry.dimensions.iter();
    let columns: Vec<_> = dimensions
        .enumerate()
        .map(|(at, dimension)| HeaderCell {
            label: label(dimension),
            question: dimension.question.text(),
            slug: &site.index.questions[at],
            href: frame.to(&site.index.question_path(at, page)),
            is_residency: dimension.id.text() == RESIDENCY,
            days: dimension.stale_limit(),
        })
        .collect();
    let rows: Vec<_> = on_page.clone().map(|at| row(site, &frame, at)).collect();
    let by_name = |pairs: BTreeMap<&'a str, &'a str>| {
        let mut pairs: Vec<_> = pairs.into_iter().collect();
        pairs.sort_by_key(|(id, name)| (name.to_lowercase(), *id));
        pairs
    };
    let stated = |pair: &(&'a str, &'a str)| !pair.0.is_empty();
    let developers = by_name(rows.iter().map(|row| row.developer).filter(stated).collect());
    let platforms = by_name(rows.iter().map(|row| row.platform).filter(stated).collect());
    let categories = model::Category::ALL.iter().map(|one| (one.id(), one.label()));
    let categories = categories.filter(|(id, _)| rows.iter().any(|row| row.category == *id)).collect();
    let page_link = |other: usize| {
        let range = site.index.on_page(other);
        let name = |at: usize| site.index.offerings.get(at).map_or("", |(id, one)| names.offering(id, one));
        let label = format!("{} – {}", name(range.start), name(range.end.saturating_sub(1)));
        Link::new(label, (other != page).then(|| frame.to(&matrix_path(other))))
    };
    HomePage {
        facts: facts(site),
        legend: Grade::all().collect(),
        check: CHECK_MEANING,
        groups: groups(site),
        pages: if pages > 1 { (0..pages).map(page_link).collect() } else { Vec::new() },
        json_ld: script_json(&machine::dataset(site)),
        disclaimer,
        columns,
        rows,
        developers,
        platforms,
        categories,
        frame,
    }
}

fn facts(site: &Site<'_>) -> Vec<String> {
    let mut facts = vec![
        diagnostics::count(site.index.offerings.len(), "offering"),
        diagnostics::count(site.index.questions.len(), "question"),
    ];
    facts.extend(reading::coverage_in_full(&site.coverage));
    facts.push(format!("data as of {}", site.edition.generated()));
    facts
}

/// The group headings above the columns, each with the number of columns that it spans.
fn groups<'a>(site: &Site<'a>) -> Vec<(&'a str, usize)> {
    let mut groups: Vec<(&str, usize)> = Vec::new();
    for dimension in site.edition.registry().dimensions.iter() {
        let group = heading(dimension.group.text());
        match groups.last_mut() {
            Some((name, columns)) if *name == group => *columns += 1,
            _ => groups.push((group, 1)),
        }
    }
    groups
}

fn row<'a>(site: &'a Site<'_>, frame: &Frame<'_>, at: usize) -> Row<'a> {
    let (id, offering) = site.index.offerings[at];
    let names = site.names();
    let resolved = resolve(id, offering, site.edition.shared());
    let day = site.edition.generated();
    let cells = resolved.iter().zip(&site.index.questions).map(|(one, slug)| cell(one, slug, day)).collect();
    Row {
        id,
        name: names.offering(id, offering),
        href: frame.to(&format!("offerings/{id}/index.html")),
        developer: (developer_id(offering), names.developer(offering)),
        platform: (
            offering.platform.known().map_or("", |id| id.as_str()),
            names.platform_of_offering(offering),
        ),
        category: offering.category.get().map_or("", Vocabulary::id),
        cells,
    }
}

/// The id by which the matrix is filtered: that of the developer, or `multiple` for a host of many.
fn developer_id(offering: &Offering) -> &str {
    match offering.developer.known() {
        Some(id) => id.as_str(),
        None if offering.developer.is_absent() => "multiple",
        None => "",
    }
}

fn cell<'a>(resolved: &Resolved<'_>, slug: &'a str, day: Date) -> MatrixCell<'a> {
    let cell = resolved.cell();
    let confidence = cell.and_then(|cell| cell.confidence.get());
    let is_setting = resolved.is_setting_to_make();
    let is_doubted = !reading::doubts_of(resolved, day).is_empty();
    let grade = Grade::of(resolved);
    MatrixCell {
        grade,
        slug,
        confidence: confidence.map_or("", |one| &Vocabulary::id(one)[..1]),
        as_of: cell.and_then(Cell::as_of).map_or_else(String::new, |day| day.to_string()),
        ends_on: cell
            .and_then(|cell| cell.current_end(resolved.dimension))
            .filter(|end| end.of != Ground::Reading)
            .map(|end| end.day),
        is_read: cell.is_none_or(Cell::has_own_reading),
        name: format!("{}: {}", label(resolved.dimension), heard(grade, confidence, is_setting, is_doubted)),
        is_gated: cell.is_some_and(is_gated),
        is_setting,
        is_doubted,
        in_union: resolved.dimension.id.text() == RESIDENCY && cell.is_some_and(in_union),
    }
}

/// What is heard of an answer: "yes, set first, public, medium, check first". It begins as what is seen.
fn heard(grade: Grade, confidence: Option<Confidence>, is_setting: bool, is_doubted: bool) -> String {
    let mut words = match grade {
        Grade::Status(Status::YesPublic) if is_setting => vec!["yes", "set first", "public"],
        Grade::Status(Status::YesPublic) => vec!["yes", "public"],
        Grade::Status(Status::YesSalesGated) => vec!["yes", "sales-gated"],
        _ => vec![grade.short()],
    };
    words.extend(confidence.map(|confidence| confidence.id()));
    words.extend(is_doubted.then_some("check first"));
    words.join(", ")
}

fn is_gated(cell: &Cell) -> bool {
    cell.status.is(Status::YesSalesGated)
        || matches!(cell.route.get(), Some(Route::SalesContract | Route::RequestForm))
}

fn in_union(cell: &Cell) -> bool {
    let held_there = |place: &Geography| place.lies_in(Geography::EU) || *place == Geography::EEA;
    cell.geography.items().iter().any(held_there)
}
