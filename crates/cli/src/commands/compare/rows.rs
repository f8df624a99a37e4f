//! The rows of a comparison: what each dimension comes to, and the terms on which offerings differ.

use diagnostics::printable;
use export::ResolvedOffering;
use export::view::{CellView, ExceptionView, Labelled};
use export::{Grade, words};
use model::{Date, Dimension, FactType, PageVisits, Resolved};

use crate::query;
use crate::table::Cell;

/// The text shown if an offering states nothing.
const NOTHING: &str = "–";

/// One dimension of some offerings.
pub(super) struct Compared<'a> {
    /// The question.
    pub(super) dimension: &'a Dimension,
    /// What each answer comes to.
    pub(super) grades: Vec<Cell>,
    /// Whether all come to the same, whatever is to be checked of it.
    same_grade: bool,
    /// How sure the grades are, and as of when, where that is not the same for all. It is no difference of
    /// the offers.
    pub(super) readings: Vec<(String, Vec<Cell>)>,
    /// The terms that are not the same for all, each with what the offerings state.
    pub(super) terms: Vec<(String, Vec<Cell>)>,
}

impl Compared<'_> {
    /// Returns whether the offerings differ in the grade or in a term.
    pub(super) fn differs(&self) -> bool {
        !self.terms.is_empty() || !self.same_grade
    }
}

/// Compares the answers of offerings in one dimension, as of a day.
pub(super) fn compared<'a>(
    dimension: &'a Dimension,
    offerings: &[ResolvedOffering<'a>],
    day: Date,
) -> Compared<'a> {
    let of = |one: &ResolvedOffering<'a>| {
        one.answers.iter().find(|resolved| resolved.dimension.id == dimension.id).cloned()
    };
    let answers: Vec<Option<Resolved<'a>>> = offerings.iter().map(of).collect();
    let grade = |answer: &Option<Resolved<'a>>| answer.as_ref().map(|one| query::grade(one, day));
    let grades: Vec<_> = answers.iter().map(|answer| grade(answer).unwrap_or_default()).collect();
    let statuses =
        answers.iter().map(|answer| answer.as_ref().map(|one| (Grade::of(one), one.is_setting_to_make())));
    let same_grade = statuses.collect::<Vec<_>>().windows(2).all(|pair| pair[0] == pair[1]);
    // No source is compared, so no visit is.
    let visits = PageVisits::default();
    let view = |answer: &Option<Resolved<'a>>| {
        Some(CellView::new(answer.as_ref()?.cell()?, dimension, day, &visits))
    };
    let cells: Vec<Option<CellView<'_>>> = answers.iter().map(view).collect();
    let stated = |of: &dyn Fn(&CellView<'a>) -> Terms| -> Vec<Option<Terms>> {
        cells.iter().map(|cell| cell.as_ref().map(of)).collect()
    };
    let readings = differing(&stated(&readings_of), 1);
    let mut terms = differing(&stated(&terms_of), 1);
    terms.extend(differing(&stated(&exceptions_of), 1));
    // One that says more than another does not differ from it.
    terms.extend(differing(&stated(&|cell| details_of(dimension, cell)), 2));
    Compared { dimension, grades, same_grade, readings, terms }
}

/// Names and values in words.
type Terms = Vec<(String, String)>;

/// The rows of those names that at least so many offerings state, and not all alike; one without a cell
/// has nothing to state. The names come in the order in which the first offering that states them has
/// them.
fn differing(stated: &[Option<Terms>], at_least: usize) -> Vec<(String, Vec<Cell>)> {
    let mut names: Vec<&String> = Vec::new();
    for (name, _) in stated.iter().flatten().flatten() {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let row = |name: &String| {
        let value =
            |terms: &Terms| terms.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone());
        let mut compared: Vec<_> = stated.iter().flatten().map(value).collect();
        compared.retain(|value| at_least == 1 || value.is_some());
        if compared.len() < at_least || compared.windows(2).all(|pair| pair[0] == pair[1]) {
            return None;
        }
        let cell = |terms: &Option<Terms>| {
            let value = terms.as_ref().and_then(value);
            Cell::new(value.map_or(NOTHING.into(), |value| printable(&value).into_owned()))
        };
        Some((name.clone(), stated.iter().map(cell).collect()))
    };
    names.into_iter().filter_map(row).collect()
}

/// How sure an answer is, and as of when.
fn readings_of(cell: &CellView<'_>) -> Terms {
    let confidence = cell.confidence.value.as_ref();
    let confidence = confidence.map(|one| (cell.confidence.label.to_owned(), one.label.to_owned()));
    confidence.into_iter().chain([("As of".to_owned(), cell.standing.clone())]).collect()
}

/// The models for which an answer differs.
fn exceptions_of(cell: &CellView<'_>) -> Terms {
    let Labelled { label, value } = &cell.exceptions;
    let exceptions: Vec<_> = value.iter().map(ExceptionView::line).collect();
    if exceptions.is_empty() { Vec::new() } else { vec![((*label).to_owned(), exceptions.join("; "))] }
}

/// On which terms an answer holds.
fn terms_of(cell: &CellView<'_>) -> Terms {
    cell.terms.iter().map(|term| (term.label.to_owned(), term.value.clone())).collect()
}

/// The parts of an answer, and those of its declared facts that are no prose.
fn details_of(dimension: &Dimension, cell: &CellView<'_>) -> Terms {
    let parts = cell.parts.value.iter().map(|(part, answer)| (part.clone(), (*answer).to_owned()));
    let is_prose = |name: &str| {
        let spec = dimension.facts.items().iter().find(|spec| words::key(spec.key.text()) == name);
        spec.is_none_or(|spec| match spec.kind.get() {
            Some(FactType::Text) => spec.one_of.known().is_none(),
            Some(FactType::List) | None => true,
            Some(_) => false,
        })
    };
    let facts = cell.facts.value.iter().filter(|fact| !is_prose(&fact.label));
    parts.chain(facts.map(|fact| (fact.label.clone(), fact.words.clone()))).collect()
}
