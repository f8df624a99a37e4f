use diagnostics::Severity;
use model::FieldPath;

use crate::status::{PartClash, parts_against_status};
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::cell(
    "cell/parts-contradict-status",
    Severity::Error,
    include_str!("parts_contradict_status.md"),
    check,
);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let (Some(status), Some(PartClash { part, what, help })) = (cell.status.get(), parts_against_status(cell))
    else {
        return;
    };
    raise
        .at(
            cell.at(FieldPath::of("parts").key(part.as_str())),
            format!("{} is `{status}` but {what}", cell.name()),
        )
        .help(help)
        .related(cell.at("status"), "the status");
}
