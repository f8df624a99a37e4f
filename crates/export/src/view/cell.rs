//! A cell as readers see it.

use model::{Cell, Date, Dimension, PageVisits, Record, Shape, Slot, TextKind, Vocabulary};

use super::details::{
    EvidenceView, ExceptionView, FactView, FlagView, ReviewView, evidence, facts, flag, review,
};
use crate::grade::Grade;
use crate::reading::{self, Due};
use crate::words::{self, UNREAD, paragraphs};

/// The fields that have their own place in every format. All others that have a label are shown among the
/// terms or the remarks, whatever they are.
const PLACED: [&str; 10] = [
    "status",
    "confidence",
    "headline",
    "verified_on",
    "parts",
    "facts",
    "exceptions",
    "evidence",
    "reviews",
    "flags",
];

/// A cell in words.
#[derive(Debug)]
pub struct CellView<'a> {
    /// What it comes to.
    pub grade: Grade,
    /// What it says in one sentence.
    pub headline: Option<&'a str>,
    /// Why a public yes is to be checked first.
    pub doubts: Vec<String>,
    /// How sure the grade is.
    pub confidence: Labelled<Option<ConfidenceView>>,
    /// The day as of which it speaks, in words.
    pub as_of: String,
    /// Whether there is such a day.
    pub is_dated: bool,
    /// That day and whether a source was read.
    pub standing: String,
    /// When it is to be looked at again.
    pub due: Option<Due>,
    /// What was read for it.
    pub sources: String,
    /// Whether a source was read.
    pub is_read: bool,
    /// Who confirmed it, when, and against what.
    pub verified: Labelled<String>,
    /// The terms on which it holds.
    pub terms: Vec<Term>,
    /// What else it says in sentences.
    pub remarks: Vec<Labelled<String>>,
    /// The paragraphs of its note.
    pub note: Vec<String>,
    /// What is known in detail.
    pub facts: Labelled<Vec<FactView<'a>>>,
    /// The answers to the parts of the question, by part.
    pub parts: Labelled<Vec<(String, &'static str)>>,
    /// The models for which it differs.
    pub exceptions: Labelled<Vec<ExceptionView<'a>>>,
    /// The pages on which it rests; nothing where they could not be read.
    pub evidence: Labelled<Option<Vec<EvidenceView<'a>>>>,
    /// What people decided.
    pub reviews: Labelled<Vec<ReviewView<'a>>>,
    /// The flags that no review closes.
    pub flags: Labelled<Vec<FlagView<'a>>>,
}

/// Something under the label of its field.
#[derive(Debug)]
pub struct Labelled<T> {
    /// The label.
    pub label: &'static str,
    /// What is shown under it.
    pub value: T,
}

/// A term on which an answer holds.
#[derive(Debug)]
pub struct Term {
    /// The label of its field.
    pub label: &'static str,
    /// The term in words.
    pub value: String,
    /// What it means; empty where the words say all.
    pub meaning: &'static str,
}

/// How sure a grade is, and why it is not surer.
#[derive(Debug)]
pub struct ConfidenceView {
    /// The label of the confidence.
    pub label: &'static str,
    /// Its id; `unread` where it could not be read.
    pub id: &'static str,
    /// The confidence with its reasons.
    pub words: String,
    /// Why it is not high: labels, each with what it means.
    pub reasons: Vec<(&'static str, &'static str)>,
}

impl<'a> CellView<'a> {
    /// The cell as of a day, with what visits saw of its sources.
    pub fn new(cell: &'a Cell, dimension: &'a Dimension, day: Date, visits: &PageVisits) -> Self {
        let (terms, remarks) = labelled(cell);
        let facts = facts(&cell.facts, dimension);
        let exceptions =
            cell.exceptions.items().iter().map(|one| ExceptionView::new(one, dimension)).collect();
        let evidence = (!cell.evidence.is_unread())
            .then(|| cell.evidence.items().iter().map(|one| evidence(one, visits)).collect());
        Self {
            grade: Grade::of_status(cell.status.get()),
            headline: cell.headline.known().map(String::as_str),
            doubts: reading::doubts(cell, dimension, day),
            confidence: under("confidence", confidence(cell)),
            as_of: reading::as_of(cell),
            is_dated: cell.as_of().is_some(),
            standing: reading::standing(cell),
            due: Due::of(cell, dimension, day),
            sources: reading::sources(cell),
            is_read: cell.has_own_reading(),
            verified: under("verified_on", reading::verified(cell)),
            terms,
            remarks,
            note: paragraphs(cell.note.text()),
            facts: under("facts", facts),
            parts: under("parts", words::parts(cell).collect()),
            exceptions: under("exceptions", exceptions),
            evidence: under("evidence", evidence),
            reviews: under("reviews", cell.reviews.items().iter().map(review).collect()),
            flags: under("flags", cell.open_flags().map(flag).collect()),
        }
    }
}

/// Something under the label of a field of a cell.
fn under<T>(key: &'static str, value: T) -> Labelled<T> {
    Labelled { label: Cell::label(key), value }
}

/// The fields of a cell that have a label and no special place, in canonical order: the terms, and the texts.
fn labelled(cell: &Cell) -> (Vec<Term>, Vec<Labelled<String>>) {
    let (mut terms, mut remarks) = (Vec::new(), Vec::new());
    cell.each(&mut |field, slot| {
        let Some(label) = field.label.filter(|_| !PLACED.contains(&field.key)) else { return };
        if field.key == "geography" {
            terms.extend(words::geography(cell).map(|value| Term { label, value, meaning: "" }));
        } else if matches!(field.text, Some(TextKind::Prose | TextKind::Remark)) {
            remarks.extend(slot.is_known().then(|| Labelled { label, value: slot.column() }));
        } else {
            terms.extend(term(label, field.shape, slot));
        }
    });
    (terms, remarks)
}

fn term(label: &'static str, shape: Shape, slot: &dyn Slot) -> Option<Term> {
    let (value, meaning) = match slot.term() {
        Some((value, meaning)) => (value.to_owned(), meaning),
        None if shape != Shape::Term && slot.is_known() => (slot.column(), ""),
        None if slot.is_stated() => (UNREAD.to_owned(), ""),
        None => return None,
    };
    Some(Term { label, value, meaning })
}

fn confidence(cell: &Cell) -> Option<ConfidenceView> {
    let label = words::term(&cell.confidence)?;
    let id = cell.confidence.get().map_or("unread", Vocabulary::id);
    let reasons = cell.confidence_reasons.items();
    let reasons = reasons.iter().map(|reason| (reason.label(), reason.meaning())).collect();
    Some(ConfidenceView { label, id, words: words::confidence(cell)?, reasons })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn labelled_fields_are_terms_and_remarks() {
        let registry = sample::registry();
        let dimension = registry.dimensions.get("data_residency").unwrap();
        let cell = registry.offerings["azure-openai"].cell("data_residency").unwrap();
        let view = CellView::new(cell, dimension, sample::parsed("2026-07-06"), &PageVisits::default());
        let terms: Vec<_> = view.terms.iter().map(|term| format!("{}: {}", term.label, term.value)).collect();
        assert_eq!(
            terms,
            [
                "As delivered: Requires configuration",
                "Where it holds: European Union, United States (other regions on request)"
            ]
        );
        let [remark] = view.remarks.as_slice() else { panic!("{:?}", view.remarks) };
        assert_eq!(remark.label, "Why it differs");
        assert_eq!(remark.value, "The family is served from two regions only.");
    }

    #[test]
    fn every_field_with_a_place_of_its_own_has_a_label() {
        for key in PLACED {
            assert!(Cell::field(key).is_some_and(|field| field.label.is_some()), "{key}");
        }
    }

    #[test]
    fn facts_read_as_words() {
        let registry = sample::registry();
        let dimension = registry.dimensions.get("soc2_type2").unwrap();
        let cell = registry.platforms["azure"].cell("soc2_type2").unwrap();
        let view = CellView::new(cell, dimension, sample::parsed("2026-07-06"), &PageVisits::default());
        assert_eq!(
            view.facts.value.iter().map(FactView::line).collect::<Vec<_>>(),
            ["Criteria: security, privacy", "Report date: 2026-03-31", "Scope public: yes", "Version: 1.10"]
        );
    }
}
