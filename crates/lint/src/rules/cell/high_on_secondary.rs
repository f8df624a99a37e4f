use diagnostics::{Place, Severity};
use model::{Confidence, Evidence, FieldPath, Optional, Role};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/high-on-secondary", Severity::Error, include_str!("high_on_secondary.md"), check)
        .yields_to(&["cell/unclear-but-high"]);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if !cell.confidence.is(Confidence::High) {
        return;
    }
    let items = cell.evidence.items();
    let secondary = |evidence: &Evidence| evidence.counted_role() == Some(Role::Secondary);
    if items.is_empty() || !items.iter().all(secondary) {
        return;
    }
    let path = FieldPath::of("evidence").index(0).key("role");
    let (role, what) = match items[0].role {
        Optional::Absent => (Place::missing(cell.at(path)), "evidence without a role counts as secondary"),
        _ => (cell.at(path).into(), "the role"),
    };
    raise
        .at(
            cell.at("confidence"),
            format!("{} has `high` confidence, but all its evidence is secondary", cell.name()),
        )
        .help("add a page of the graded company (`role = \"primary\"`) or of a regulator or certifier (`\"authority\"`); or lower the confidence with the reason `secondary_source`")
        .related(role, what);
}
