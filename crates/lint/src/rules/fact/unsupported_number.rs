use diagnostics::Severity;
use model::{Confidence, Fact, FactSpec, FetchOutcome, FieldPath};

use crate::context::lists_nothing;
use crate::facts::mismatch;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("fact/unsupported-number", Severity::Warning, include_str!("unsupported_number.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let items = cell.cell.evidence.items();
    let may_be_read = items
        .iter()
        .any(|evidence| evidence.counted_outcome().is_none_or(|outcome| outcome == FetchOutcome::Ok));
    // Other rules report a cell without evidence, a high confidence that
    // no reading supports, and a confidence without a reason.
    let is_for_others = cell.confidence.is(Confidence::High) || lists_nothing(&cell.confidence_reasons);
    if items.is_empty() || may_be_read || is_for_others {
        return;
    }
    let is_quantity = |spec: &FactSpec, fact: &Fact| {
        let is_number = matches!(fact, Fact::Integer(_) | Fact::Decimal(_));
        is_number && spec.unit.known().is_some() && mismatch(spec, fact).is_none()
    };
    let numbers = cell.stated.iter().filter(|one| one.spec.is_some_and(|spec| is_quantity(spec, one.fact)));
    let mut numbers = numbers.map(|one| one.key);
    let Some(first) = numbers.next() else { return };
    let at = |key: &str| cell.at(FieldPath::of("facts").key(key));
    let mut draft = raise
        .at(at(first), format!("{} states `{first}`, but none of its evidence was read", cell.name()))
        .help("read the page that states the number and record it, `fetch = { outcome = \"ok\", on = … }`; or leave out the number and mention it in `note` as hearsay");
    for other in numbers {
        draft = draft.related(at(other), "another number");
    }
}
