use diagnostics::{Edit, FixKind, Severity};
use model::{Default, Status};

use super::missing_default::lacks_default;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::cell(
    "cell/headline-on-clean-cell",
    Severity::Warning,
    include_str!("headline_on_clean_cell.md"),
    check,
)
.fixable(FixKind::Unsafe);

/// Whether the cell has a headline and nothing to look out for: no setting to make, and nothing to check.
/// Where a required default is missing, the headline may name the setting.
pub(super) fn is_needless(cell: &CellContext<'_>) -> bool {
    cell.headline.known().is_some()
        && cell.status.is(Status::YesPublic)
        && (cell.default.is_absent() || cell.default.is(Default::Enabled))
        && !lacks_default(cell)
        && cell.dimension.is_some_and(|dimension| cell.doubts(dimension, cell.today).is_empty())
}

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if !is_needless(cell) {
        return;
    }
    raise
        .at(cell.key("headline"), format!("{} is a clean public yes but has a headline", cell.name()))
        .help("move what is worth keeping to `note`; or grade what the headline warns of; or, if it names a setting to make, write `default = \"requires_config\"`")
        .fix("remove the headline", false, vec![Edit::Remove(cell.at("headline"))]);
}
