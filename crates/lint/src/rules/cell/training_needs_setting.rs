use diagnostics::Severity;
use model::Default;

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::cell(
    "cell/training-needs-setting",
    Severity::Error,
    include_str!("training_needs_setting.md"),
    check,
);

/// The default that does not go with the yes.
pub(in crate::rules) fn wrong_default(cell: &CellContext<'_>) -> Option<Default> {
    let default = cell.default.get().filter(|_| cell.id == "training_on_customer_data" && cell.is_yes())?;
    matches!(default, Default::RequiresConfig | Default::RequiresApproval).then_some(default)
}

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let Some(default) = wrong_default(cell) else { return };
    raise
        .at(cell.at("default"), format!("{} is a yes but has the default `{default}`", cell.name()))
        .help("grade it `partial`, since content is used until the customer acts; or write `default = \"enabled\"` if it is not")
        .related(cell.at("status"), "the status");
}
