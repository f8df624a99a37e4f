use diagnostics::Severity;

use crate::{Raise, Rule, VisitsContext};

pub(crate) static RULE: Rule =
    Rule::visits("visit/uncited", Severity::Info, include_str!("uncited.md"), check);

fn check(visits: &VisitsContext<'_>, raise: &mut Raise<'_>) {
    for page in visits.pages() {
        let Some(at) = page.first() else { continue };
        let Some(name) = visits.items()[*at].page() else { continue };
        if !visits.may_be_cited(&name) {
            raise
                .at(visits.field(*at, "url"), format!("{} is one of a page that no cell cites", visits.name(*at)))
                .help("remove the visits of this page, or correct its address");
        }
    }
}
