use diagnostics::{Edit, Applicability, Place, Severity};
use model::{Answer, Subject};

use crate::same::says_the_same;
use crate::{EntityContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::entity(
    "registry/redundant-override",
    Severity::Warning,
    include_str!("redundant_override.md"),
    check,
)
.fixable(Applicability::Safe);

fn check(entity: &EntityContext<'_>, raise: &mut Raise<'_>) {
    for resolved in &entity.resolved {
        let (Some((owner, inherited)), Answer::Cell(_, own)) = (&resolved.overridden, &resolved.answer)
        else {
            continue;
        };
        if !says_the_same(own, inherited) {
            continue;
        }
        let id = resolved.dimension.id.text();
        let subject = Subject::cell(entity.entity.clone(), id);
        let owner_name = diagnostics::printable(&owner.to_string()).into_owned();
        raise
            .at(
                Place::key(subject.clone()),
                format!("cell `{id}` of {} repeats what it would inherit from {owner_name}", entity.name()),
            )
            .help("remove the cell: the offering inherits it")
            .related(Place::key(Subject::cell(owner.clone(), id)), "this one would be inherited")
            .fix(format!("remove `[cells.{id}]`"), Applicability::Safe, vec![Edit::Remove(subject)]);
    }
}
