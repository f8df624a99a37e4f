use diagnostics::Severity;
use model::{Level, Status};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/terms-on-absence", Severity::Warning, include_str!("terms_on_absence.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let Some(status @ (Status::NoPublicEvidence | Status::No)) = cell.status.get() else { return };
    if cell.level() == Some(Level::Developer) {
        return;
    }
    let (tier, default) = (cell.tier.known().is_some(), cell.default.known().is_some());
    let (field, what) = match (tier, default) {
        (true, true) => ("tier", "a tier and a default"),
        (true, false) => ("tier", "a tier"),
        (false, true) => ("default", "a default"),
        (false, false) => return,
    };
    let draft = raise
        .at(cell.key(field), format!("{} is `{status}` but states {what}", cell.name()))
        .help("remove it, since what is not offered has no terms; or grade what is offered");
    if tier && default {
        draft.related(cell.key("default"), "the default");
    }
}
