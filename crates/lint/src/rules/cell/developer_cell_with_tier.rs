use diagnostics::Severity;
use model::Level;

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::cell(
    "cell/developer-cell-with-tier",
    Severity::Error,
    include_str!("developer_cell_with_tier.md"),
    check,
);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if cell.level() != Some(Level::Developer) {
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
        .at(cell.key(field), format!("{} is about the developer but states {what}", cell.name()))
        .help("remove it: what a developer does for all its models depends on no plan and no setting of a customer");
    if tier && default {
        draft.related(cell.key("default"), "the default");
    }
}
