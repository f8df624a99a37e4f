//! Finds values of a cell that contradict its status.

use std::collections::BTreeMap;

use model::{DefaultState, Key, PartAnswer, Required, Status};

use crate::CellContext;

impl CellContext<'_> {
    /// Returns whether its parts or its default show that its status is wrong.
    pub(crate) fn has_disproved_status(&self) -> bool {
        default_against_status(self).is_some() || parts_against_status(self).is_some()
    }
}

/// Returns the default that does not go with the yes of a cell about training, if it has such a default.
pub(crate) fn default_against_status(cell: &CellContext<'_>) -> Option<DefaultState> {
    let default = cell.default.get().filter(|_| cell.id == "training_on_customer_data" && cell.is_yes())?;
    matches!(default, DefaultState::RequiresConfig | DefaultState::RequiresApproval).then_some(default)
}

/// A part that goes against the status.
pub(crate) struct PartClash<'a> {
    /// The first part that does.
    pub(crate) part: &'a Key,
    /// What it says, for messages.
    pub(crate) what: String,
    /// What to write.
    pub(crate) help: &'static str,
}

/// Returns what of the parts goes against the status, if anything does.
pub(crate) fn parts_against_status<'a>(cell: &CellContext<'a>) -> Option<PartClash<'a>> {
    let (status, parts) = (cell.status.get()?, cell.cell.parts.known()?);
    let first = |answer| parts.iter().find(|(_, given)| given.is(answer)).map(|(part, _)| part);
    let (part, what, help) = match status {
        Status::YesPublic | Status::YesSalesGated => {
            let part = first(PartAnswer::No)?;
            let help = "grade it `partial`; or write `unverified` if the part was not checked";
            (part, format!("its part `{part}` is `no`"), help)
        }
        Status::NoPublicEvidence => {
            let part = first(PartAnswer::Yes)?;
            let help = "grade what was found; or write `unverified` if the part was not checked";
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
    Some(PartClash { part, what, help })
}

/// Returns whether every part of the question is stated, and answered like this.
fn all_are(cell: &CellContext<'_>, parts: &BTreeMap<Key, Required<PartAnswer>>, answer: PartAnswer) -> bool {
    let declared = cell.dimension.map_or(&[][..], |dimension| dimension.parts.items());
    !declared.is_empty() && declared.iter().all(|part| parts.get(part).is_some_and(|given| given.is(answer)))
}
