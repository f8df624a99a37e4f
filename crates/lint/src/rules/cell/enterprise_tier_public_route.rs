use diagnostics::Severity;
use model::{Route, Tier};

use crate::context::says_nothing;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::cell(
    "cell/enterprise-tier-public-route",
    Severity::Error,
    include_str!("enterprise_tier_public_route.md"),
    check,
);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if !cell.tier.is(Tier::EnterpriseOnly)
        || !cell.route.is(Route::Public)
        || !says_nothing(&cell.note)
        || !cell.takes_terms()
    {
        return;
    }
    raise
        .at(
            cell.at("route"),
            format!("{} is `enterprise_only` but has the route `public`, and no note explains it", cell.name()),
        )
        .help("name the gate, for instance `route = \"sales_contract\"`; or explain in `note` what anyone may read and what only enterprise customers get")
        .related(cell.at("tier"), "the tier");
}
