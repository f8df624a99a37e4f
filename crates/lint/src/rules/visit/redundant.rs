use diagnostics::{Applicability, Edit, Severity};

use crate::{Raise, Rule, VisitsContext};

pub(crate) static RULE: Rule =
    Rule::visits("visit/redundant", Severity::Warning, include_str!("redundant.md"), check)
        .fixable(Applicability::Safe);

fn check(visits: &VisitsContext<'_>, raise: &mut Raise<'_>) {
    let items = visits.items();
    let on = |at: usize| items[at].on.get();
    for page in visits.pages() {
        for run in page.chunk_by(|one, next| items[*one].is_like(&items[*next])) {
            let [first, rest @ .., last] = run else { continue };
            let is_one_day = on(*first).is_some() && on(*first) == on(*last);
            let superfluous = rest.iter().chain(is_one_day.then_some(last));
            for at in superfluous {
                raise
                    .at(visits.visit(*at), format!("{} adds nothing to those before and after it", visits.name(*at)))
                    .help("remove it: of a run of equal visits, only the first and the last are kept")
                    .related(visits.visit(*first), "the first of the run")
                    .fix("remove the visit", Applicability::Safe, vec![Edit::Remove(visits.visit(*at))]);
            }
        }
    }
}
