use diagnostics::Severity;
use model::{Entity, FetchOutcome, Subject};

use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("evidence/archive-missing", Severity::Info, include_str!("archive_missing.md"), check);

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    let evidence = registry.cells().flat_map(|(_, _, cell)| &*cell.evidence);
    // An archive cannot read pages behind a login.
    let archivable = evidence.filter(|evidence| evidence.outcome != Some(FetchOutcome::Gated));
    let (mut missing, mut all) = (0, 0);
    for evidence in archivable {
        missing += usize::from(evidence.lacks_copy);
        all += 1;
    }
    if missing > 0 {
        raise
            .at(
                Subject::entity(Entity::Registry),
                format!("{missing} of {all} pages cited as evidence have no archived copy"),
            )
            .help("archive them and add the addresses of the copies as `archived_url`");
    }
}
