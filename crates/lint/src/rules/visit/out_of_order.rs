use diagnostics::{Severity, quoted};

use crate::{Raise, Rule, VisitsContext};

pub(crate) static RULE: Rule =
    Rule::visits("visit/out-of-order", Severity::Warning, include_str!("out_of_order.md"), check);

fn check(visits: &VisitsContext<'_>, raise: &mut Raise<'_>) {
    let on = |at: usize| visits.items()[at].on.get();
    for page in visits.pages() {
        for pair in page.windows(2) {
            let (Some(before), Some(after)) = (on(pair[0]), on(pair[1])) else { continue };
            if after < before {
                raise
                    .at(
                        visits.field(pair[1], "on"),
                        format!("{} of {after} comes after that of {before}", visits.name(pair[1])),
                    )
                    .help(format!("list the visits of {} from the oldest to the newest", quoted(visits.items()[pair[1]].url.text())))
                    .related(visits.field(pair[0], "on"), "the later visit");
            }
        }
    }
}
