use diagnostics::{Edit, Applicability, Place, Severity, quoted};

use crate::address::is_tracker;
use crate::query::{parameters, query};
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::cell(
    "evidence/tracking-parameters",
    Severity::Warning,
    include_str!("tracking_parameters.md"),
    check,
)
.fixable(Applicability::Safe);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for (at, evidence) in cell.cell.evidence.items().iter().enumerate() {
        let Some(url) = evidence.url.known() else { continue };
        let url = url.as_str();
        let Some((first, _)) = parameters(url).find(|(_, name)| is_tracker(name)) else { continue };
        let Some(query) = query(url) else { continue };
        let subject = cell.of_evidence(at, "url");
        let mut insert = String::new();
        for (range, _) in parameters(url).filter(|(_, name)| !is_tracker(name)) {
            // The separator before it stays as it is, unless it is now the first.
            let escaped = if url[..range.start].ends_with("&amp;") { "&amp;" } else { "&" };
            insert.push_str(if insert.is_empty() { "?" } else { escaped });
            insert.push_str(&url[range]);
        }
        let trackers = parameters(url).map(|(_, name)| name).filter(|name| is_tracker(name));
        let trackers: Vec<_> = trackers.map(quoted).collect();
        raise
            .at(
                Place::within(subject.clone(), first),
                format!("{} cites an address with tracking parameters", cell.name()),
            )
            .help(format!("leave out {}", trackers.join(", ")))
            .fix(
                "remove the tracking parameters",
                Applicability::Safe,
                // With the question mark, which is removed if nothing follows it.
                vec![Edit::Replace(subject, query.start - 1..query.end, insert)],
            );
    }
}
