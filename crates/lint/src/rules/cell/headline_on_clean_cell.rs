use diagnostics::{Edit, Applicability, Severity};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::cell(
    "cell/headline-on-clean-cell",
    Severity::Warning,
    include_str!("headline_on_clean_cell.md"),
    check,
)
.fixable(Applicability::Unsafe);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if !cell.has_needless_headline() {
        return;
    }
    raise
        .at(cell.key("headline"), format!("{} is a clean public yes but has a headline", cell.name()))
        .help("move what is worth keeping to `note`; or grade what the headline warns of; or, if it names a setting to make, write `default = \"requires_config\"`")
        .fix("remove the headline", Applicability::Unsafe, vec![Edit::Remove(cell.at("headline"))]);
}
