use diagnostics::Severity;
use model::Default;

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::cell(
    "cell/training-needs-setting",
    Severity::Error,
    include_str!("training_needs_setting.md"),
    check,
);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if cell.id != "training_on_customer_data" || !cell.is_yes() {
        return;
    }
    let Some(default @ (Default::RequiresConfig | Default::RequiresApproval)) = cell.default.get() else {
        return;
    };
    raise
        .at(cell.at("default"), format!("{} is a yes but has the default `{default}`", cell.name()))
        .help("grade it `partial`, since content is used until the customer acts; or write `default = \"enabled\"` if it is not")
        .related(cell.at("status"), "the status");
}
