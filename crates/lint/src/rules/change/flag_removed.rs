use std::collections::HashSet;

use diagnostics::{Place, Severity, quoted};

use crate::flags::named;
use crate::{ChangeContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::change(
    "change/flag-removed",
    Severity::Error,
    include_str!("flag_removed.md"),
    check,
);

fn check(change: &ChangeContext<'_>, raise: &mut Raise<'_>) {
    for answer in change.losable() {
        let Some((old, new)) = answer.details() else { continue };
        let (Some(old), Some(new)) = (&old.flags, &new.flags) else { continue };
        let new: HashSet<_> = new.iter().collect();
        for flag in old.iter().filter(|flag| !flag.is_empty() && !new.contains(flag)) {
            let message = format!("the flag {} of {} was removed", quoted(flag), answer.name());
            let place = Place::missing(answer.subject().with("flags"));
            raise.at(place, message).identity(named(flag)).help(format!(
                "restore it: flags are never removed; a review with `flag = \"{flag}\"` closes it"
            ));
        }
    }
}
