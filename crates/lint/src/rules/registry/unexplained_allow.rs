use diagnostics::Severity;

use crate::{AllowanceContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::allowance(
    "registry/unexplained-allow",
    Severity::Error,
    include_str!("unexplained_allow.md"),
    check,
);

fn check(allowance: &AllowanceContext<'_>, raise: &mut Raise<'_>) {
    let fields = [
        ("reason", &allowance.allow.reason, "why", "write in `reason` why the finding is accepted"),
        ("owner", &allowance.allow.owner, "who is responsible", "name the responsible person in `owner`"),
    ];
    for (key, text, what, help) in fields {
        if text.known().is_some_and(|text| text.trim().is_empty()) {
            raise.at(allowance.at(key), format!("{} does not say {what}", allowance.name())).help(help);
        }
    }
}
