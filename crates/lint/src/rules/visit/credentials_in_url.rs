use diagnostics::{Place, Severity};

use crate::secrets::credentials;
use crate::{Raise, Rule, VisitsContext};

pub(crate) static RULE: Rule =
    Rule::visits("visit/credentials-in-url", Severity::Error, include_str!("credentials_in_url.md"), check);

fn check(visits: &VisitsContext<'_>, raise: &mut Raise<'_>) {
    for (at, visit) in visits.items().iter().enumerate() {
        let addresses = [
            ("url", visit.url.known()),
            ("final_url", visit.final_url.known()),
            ("archived_url", visit.archived_url.known()),
        ];
        for (key, url) in addresses {
            // The message never repeats the secret.
            let Some((range, what)) = url.and_then(credentials) else { continue };
            raise
                .at(Place::within(visits.field(at, key), range), format!("`{key}` of visit {} has {what}", at + 1))
                .help("remove it and revoke it; leave out a `final_url` that opens only with it");
        }
    }
}
