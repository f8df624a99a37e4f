use diagnostics::{Place, Severity, printable};
use model::{Answer, Optional, Subject};

use crate::same::says_the_same;
use crate::{EntityContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::entity(
    "registry/unexplained-override",
    Severity::Error,
    include_str!("unexplained_override.md"),
    check,
);

fn check(entity: &EntityContext<'_>, raise: &mut Raise<'_>) {
    for resolved in &entity.resolved {
        let (Some((owner, inherited)), Answer::Cell(_, own)) = (&resolved.overridden, &resolved.answer)
        else {
            continue;
        };
        let unexplained = match &own.override_reason {
            Optional::Absent => true,
            Optional::Unread => false,
            Optional::Known(reason) => reason.trim().is_empty(),
        };
        // A repeated answer has no difference to explain.
        if !unexplained || says_the_same(own, inherited) {
            continue;
        }
        let id = resolved.dimension.id.text();
        let field = Subject::cell(entity.entity.clone(), id).with("override_reason");
        let place = if own.override_reason.is_absent() { Place::missing(field) } else { field.into() };
        raise
            .at(
                place,
                format!(
                    "cell `{id}` of {} replaces the answer of {} and does not say why",
                    entity.name(),
                    printable(&owner.to_string())
                ),
            )
            .help(printable(&format!(
                "the question is about {owner}: correct its answer in `{}`, for all its offerings, and delete this cell; only if this offering differs, keep the cell and write an `override_reason`",
                owner.file()
            )))
            .related(Place::key(Subject::cell(owner.clone(), id)), "this one would be inherited");
    }
}
