use diagnostics::Severity;

use crate::status::default_against_status;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::cell(
    "cell/training-needs-setting",
    Severity::Error,
    include_str!("training_needs_setting.md"),
    check,
);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let Some(default) = default_against_status(cell) else { return };
    raise
        .at(cell.at("default"), format!("{} is a yes but has the default `{default}`", cell.name()))
        .help("grade it `partial`, since content is used until the customer acts; or write `default = \"enabled\"` if it is not")
        .related(cell.at("status"), "the status");
}
