use diagnostics::{Place, Severity};
use model::{Confidence, Evidence, FieldPath, Optional, Role, Status};

use super::failed_fetch_unexplained::unexplained;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/high-but-unread", Severity::Error, include_str!("high_but_unread.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    // An unclear cell must not be high in any case: unclear-but-high says so.
    if !cell.confidence.is(Confidence::High) || cell.status.is(Status::Unclear) {
        return;
    }
    let items = cell.cell.evidence.items();
    // Where all evidence is secondary, high-on-secondary says so.
    if !items.is_empty() && items.iter().all(|one| one.counted_role() == Some(Role::Secondary)) {
        return;
    }
    let is_unknown = !cell.knows_readings() || items.iter().any(|one| one.role.is_unread());
    if is_unknown || cell.bears_high_confidence() || cell.lacks_evidence() || unexplained(cell).is_some() {
        return;
    }
    let draft = raise
        .at(
            cell.at("confidence"),
            format!(
                "{} has `high` confidence, but no primary or authority evidence was opened or read in an archived copy",
                cell.name()
            ),
        )
        .help("open the page and record it, `fetch = { outcome = \"ok\", on = …, via = \"direct\" }`; or lower the confidence and say why in `confidence_reasons`");
    let graded = |one: &Evidence| matches!(one.counted_role(), Some(Role::Primary | Role::Authority));
    if let Some(at) = items.iter().position(graded) {
        let path = FieldPath::of("evidence").index(at).key("fetch");
        let (place, what) = match &items[at].fetch {
            Optional::Absent => (Place::missing(cell.at(path)), "this evidence was not read"),
            _ if items[at].is_read() => (cell.at(path).into(), "this reading bears at most medium"),
            _ => (cell.at(path.key("outcome")).into(), "this evidence was not read"),
        };
        draft.related(place, what);
    }
}
