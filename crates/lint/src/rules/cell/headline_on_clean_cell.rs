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
        .help("move useful parts to `note`; or, if the headline warns of something, lower the grade; or, if it names a setting to change, write `default = \"requires_config\"`")
        .fix("remove the headline", Applicability::Unsafe, vec![Edit::Remove(cell.at("headline"))]);
}
