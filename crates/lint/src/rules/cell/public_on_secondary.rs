use diagnostics::Severity;
use model::{Evidence, Role, Status};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/public-on-secondary", Severity::Warning, include_str!("public_on_secondary.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let items = cell.cell.evidence.items();
    let is_secondary = |one: &Evidence| one.counted_role() == Some(Role::Secondary);
    if !cell.status.is(Status::YesPublic) || items.is_empty() || !items.iter().all(is_secondary) {
        return;
    }
    raise
        .at(cell.at("status"), format!("{} is `yes_public`, but cites no public page of the graded company", cell.name()))
        .help("cite the page that anyone can read, `role = \"primary\"` or `\"authority\"`; or grade what others report, such as `unclear`");
}
