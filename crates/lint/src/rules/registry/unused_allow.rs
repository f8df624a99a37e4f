use diagnostics::{Applicability, Severity};

use crate::{AllowanceContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::allowance("registry/unused-allow", Severity::Warning, include_str!("unused_allow.md"), check)
        .fixable(Applicability::Safe);

fn check(allowance: &AllowanceContext<'_>, raise: &mut Raise<'_>) {
    let holds_nothing = allowance.is_judged && allowance.findings == 0;
    if !holds_nothing || allowance.is_expired || !allowance.is_whole() {
        return;
    }
    raise
        .at(allowance.subject(), format!("{} suppresses nothing", allowance.name()))
        .help("remove it; if it was meant for something else, correct its `rule` and `dimension`")
        .fix("remove the allowance", Applicability::Safe, vec![allowance.removal()]);
}
