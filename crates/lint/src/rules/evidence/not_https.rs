use diagnostics::{Place, Severity, quoted};
use model::{FieldPath, Url};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("evidence/not-https", Severity::Error, include_str!("not_https.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for (path, evidence) in cell.evidence() {
        judge(cell, &path, "url", evidence.url.known(), raise);
        judge(cell, &path, "archived_url", evidence.archived_url.known(), raise);
    }
}

fn judge(cell: &CellContext<'_>, item: &FieldPath, key: &str, url: Option<&Url>, raise: &mut Raise<'_>) {
    let Some(url) = url else { return };
    if url.scheme().eq_ignore_ascii_case("https") {
        return;
    }
    let place = Place::within(cell.at(item.clone().key(key)), 0..url.scheme().len());
    raise
        .at(
            place,
            format!("{} cites {} by {}, not https", cell.name(), quoted(url.as_str()), quoted(url.scheme())),
        )
        .help("write the address with `https://`, and open it once to see that it answers");
}
