use diagnostics::{Place, Severity, count, printable, quoted};
use model::{Entity, Subject};

use crate::side_by_side::{SideBySide, side_by_side};
use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule = Rule::registry(
    "registry/repeated-on-platform",
    Severity::Warning,
    include_str!("repeated_on_platform.md"),
    check,
);

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    for question in side_by_side(registry).filter(|question| question.is_repeated(&registry.notes)) {
        let SideBySide { platform, dimension, cells, .. } = &question;
        let owner = Entity::Platform((*platform).to_owned());
        let mut draft = raise
            .at(
                Place::missing(Subject::cell(owner.clone(), *dimension)),
                format!(
                    "all {2} of {0} state the same for {1}",
                    registry.title(&owner),
                    quoted(dimension),
                    count(cells.len(), "offering")
                ),
            )
            .help(format!(
                "store the cell once, in `platforms/{}.toml`, and remove it from the offerings",
                printable(platform)
            ));
        for (offering, _) in cells.iter().take(2) {
            draft = draft.related(
                Place::key(Subject::cell((*offering).clone(), *dimension)),
                format!("also in {}", registry.name(offering)),
            );
        }
    }
}
