use diagnostics::{Place, Severity};
use model::{Confidence, Evidence, FetchOutcome, FieldPath, Optional, Role, Status};

use super::failed_fetch_unexplained::unexplained;
use crate::context::lists_nothing;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/high-but-unread", Severity::Warning, include_str!("high_but_unread.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    // An unclear cell must not be high in any case: unclear-but-high says so.
    if !cell.confidence.is(Confidence::High) || cell.status.is(Status::Unclear) {
        return;
    }
    let items = cell.evidence.items();
    // Without an evidence of the wanted kind, missing-evidence or high-on-secondary speaks.
    let own = items
        .iter()
        .position(|evidence| matches!(evidence.counted_role(), Some(Role::Primary | Role::Authority)));
    let Some(own) = own else { return };
    let may_be_read = |evidence: &Evidence| {
        evidence.counted_role() != Some(Role::Secondary)
            && evidence.counted_outcome().is_none_or(|outcome| outcome == FetchOutcome::Ok)
    };
    if items.iter().any(may_be_read) || !lists_nothing(&cell.confidence_reasons) || unexplained(cell).is_some() {
        return;
    }
    let path = FieldPath::of("evidence").index(own).key("fetch");
    let unread = match &items[own].fetch {
        Optional::Absent => Place::missing(cell.at(path)),
        _ => cell.at(path.key("outcome")).into(),
    };
    raise
        .at(
            cell.at("confidence"),
            format!("{} has `high` confidence, but no primary or authority evidence was read", cell.name()),
        )
        .help("read the page and record it, `fetch = { outcome = \"ok\", on = … }`; or lower the confidence and say why in `confidence_reasons`")
        .related(unread, "this evidence was not read");
}
