use diagnostics::{Place, Severity};
use model::Url;

use crate::secrets::credentials;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("evidence/credentials-in-url", Severity::Error, include_str!("credentials_in_url.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for (at, evidence) in cell.cell.evidence.items().iter().enumerate() {
        judge(cell, at, "url", evidence.url.known(), raise);
        judge(cell, at, "archived_url", evidence.archived_url.known(), raise);
    }
}

fn judge(cell: &CellContext<'_>, at: usize, key: &str, url: Option<&Url>, raise: &mut Raise<'_>) {
    // The message never repeats the secret.
    let Some((range, what)) = url.and_then(credentials) else { return };
    raise
        .at(
            Place::within(cell.of_evidence(at, key), range),
            format!("{} cites an address with {what}", cell.name()),
        )
        .help("remove it and revoke it; if the page opens only with it, give the address of the page before the login and set the fetch outcome to `gated`");
}
