use diagnostics::{Place, Severity, quoted};

use crate::address::host_range;
use crate::{Raise, Rule, VisitsContext};

pub(crate) static RULE: Rule =
    Rule::visits("visit/wrong-host", Severity::Error, include_str!("wrong_host.md"), check);

fn check(visits: &VisitsContext<'_>, raise: &mut Raise<'_>) {
    for (at, visit) in visits.items().iter().enumerate() {
        let Some(url) = visit.url.known() else { continue };
        let host = url.host().trim_end_matches('.');
        if !host.is_ascii() || host.eq_ignore_ascii_case(visits.host) {
            continue;
        }
        raise
            .at(
                Place::within(visits.field(at, "url"), host_range(url)),
                format!("{} is in the file of {}, but its page is on {}", visits.name(at), quoted(visits.host), quoted(host)),
            )
            .help(format!("move it to {}", quoted(&format!("visits/{}.toml", host.to_ascii_lowercase()))));
    }
}
