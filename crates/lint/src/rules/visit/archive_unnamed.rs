use diagnostics::Severity;
use model::VisitVia;

use crate::archives::is_permanent;
use crate::{Raise, Rule, VisitsContext};

pub(crate) static RULE: Rule =
    Rule::visits("visit/archive-unnamed", Severity::Error, include_str!("archive_unnamed.md"), check);

fn check(visits: &VisitsContext<'_>, raise: &mut Raise<'_>) {
    for (at, visit) in visits.items().iter().enumerate() {
        let names_copy = !visit.archived_url.is_absent() || visit.url.known().is_none_or(is_permanent);
        if visit.via.is(VisitVia::Archive) && !names_copy {
            raise
                .at(visits.field(at, "via"), format!("{} is one of an archived copy, but does not state which", visits.name(at)))
                .help("add the address of the copy as `archived_url`");
        }
    }
}
