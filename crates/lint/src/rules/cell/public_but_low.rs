use diagnostics::Severity;
use model::{Confidence, Status};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/public-but-low", Severity::Error, include_str!("public_but_low.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if !cell.status.is(Status::YesPublic) || !cell.confidence.is(Confidence::Low) {
        return;
    }
    raise
        .at(cell.at("confidence"), format!("{} is `yes_public` but has `low` confidence", cell.name()))
        .help(
            "read the public text and raise the confidence; or grade it `unclear` until it has been read",
        )
        .related(cell.at("status"), "the status");
}
