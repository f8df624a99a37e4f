use diagnostics::Severity;

use crate::{AllowanceContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::allowance("registry/expired-allow", Severity::Error, include_str!("expired_allow.md"), check);

fn check(allowance: &AllowanceContext<'_>, raise: &mut Raise<'_>) {
    let Some(until) = allowance.allow.until.get().filter(|_| allowance.is_expired) else { return };
    let help = if allowance.is_judged && allowance.findings == 0 {
        "remove it: it no longer suppresses anything"
    } else {
        "fix the finding and remove this entry, or agree on a later `until`"
    };
    raise.at(allowance.at("until"), format!("{} ended on {until}", allowance.name())).help(help);
}
