use std::collections::BTreeMap;

use diagnostics::Severity;
use model::{FieldPath, Key, PartAnswer, Required, Status};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::cell(
    "cell/parts-contradict-status",
    Severity::Error,
    include_str!("parts_contradict_status.md"),
    check,
);

/// What of the parts goes against the status.
pub(in crate::rules) struct Contradiction<'a> {
    part: &'a Key,
    what: String,
    help: &'static str,
}

/// The contradiction between the parts and the status, if there is one.
pub(in crate::rules) fn contradiction<'a>(cell: &CellContext<'a>) -> Option<Contradiction<'a>> {
    let (status, parts) = (cell.status.get()?, cell.cell.parts.known()?);
    let first = |answer| parts.iter().find(|(_, given)| given.is(answer)).map(|(part, _)| part);
    let (part, what, help) = match status {
        Status::YesPublic | Status::YesSalesGated => {
            let part = first(PartAnswer::No)?;
            let help = "grade it `partial`; or write `unverified` if nobody has checked the part";
            (part, format!("its part `{part}` is `no`"), help)
        }
        Status::NoPublicEvidence => {
            let part = first(PartAnswer::Yes)?;
            let help = "grade what was found; or write `unverified` if nobody has checked the part";
            (part, format!("its part `{part}` is `yes`"), help)
        }
        Status::Partial if all_are(cell, parts, PartAnswer::No) => {
            let part = first(PartAnswer::No)?;
            (part, "every part is `no`".to_owned(), "grade it `no`; or correct the part that holds")
        }
        Status::No if all_are(cell, parts, PartAnswer::Yes) => {
            let part = first(PartAnswer::Yes)?;
            (part, "every part is `yes`".to_owned(), "grade what holds; or correct the part that does not")
        }
        Status::Partial | Status::No | Status::Unclear => return None,
    };
    Some(Contradiction { part, what, help })
}

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let (Some(status), Some(Contradiction { part, what, help })) = (cell.status.get(), contradiction(cell))
    else {
        return;
    };
    raise
        .at(
            cell.at(FieldPath::of("parts").key(part.as_str())),
            format!("{} is `{status}` but {what}", cell.name()),
        )
        .help(help)
        .related(cell.at("status"), "the status");
}

/// Whether every part of the question is stated, and answered like this.
fn all_are(cell: &CellContext<'_>, parts: &BTreeMap<Key, Required<PartAnswer>>, answer: PartAnswer) -> bool {
    let declared = cell.dimension.map_or(&[][..], |dimension| dimension.parts.items());
    !declared.is_empty() && declared.iter().all(|part| parts.get(part).is_some_and(|given| given.is(answer)))
}
