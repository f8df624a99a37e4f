use diagnostics::{Severity, quoted};
use model::Subject;
use model::limits::MAX_HOST_CHARACTERS;

use crate::facts::is_host;
use crate::{Raise, Rule, VisitsContext};

pub(crate) static RULE: Rule =
    Rule::visits("visit/host-form", Severity::Error, include_str!("host_form.md"), check);

fn check(visits: &VisitsContext<'_>, raise: &mut Raise<'_>) {
    let host = visits.host;
    let is_lower = host.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if !is_lower || !is_host(host) || host.len() > MAX_HOST_CHARACTERS {
        raise
            .at(Subject::entity(visits.entity.clone()), format!("the file is named {}, which is not a host in lower case", quoted(host)))
            .help("name the file after the host of its pages, such as `docs.acme.com.toml`; write an international name in its `xn--` form");
    }
}
