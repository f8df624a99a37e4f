use diagnostics::{Place, Severity, quoted};
use model::Url;

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("evidence/not-https", Severity::Error, include_str!("not_https.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for (at, evidence) in cell.cell.evidence.items().iter().enumerate() {
        judge(cell, at, "url", evidence.url.known(), raise);
        judge(cell, at, "archived_url", evidence.archived_url.known(), raise);
    }
}

fn judge(cell: &CellContext<'_>, at: usize, key: &str, url: Option<&Url>, raise: &mut Raise<'_>) {
    let Some(url) = url else { return };
    if url.scheme().eq_ignore_ascii_case("https") {
        return;
    }
    let place = Place::within(cell.of_evidence(at, key), 0..url.scheme().len());
    let (address, scheme) = (quoted(url.as_str()), quoted(url.scheme()));
    raise
        .at(place, format!("{} cites {address} with {scheme} instead of `https`", cell.name()))
        .help("write the address with `https://`, and open it once to check that it works");
}
