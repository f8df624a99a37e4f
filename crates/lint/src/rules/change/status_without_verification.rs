use diagnostics::{Place, Severity, quoted};
use model::{Optional, Subject, Vocabulary};

use crate::digest::{Standing, shown};
use crate::{CellDigest, ChangeContext, Fate, Raise, Rule};

pub(crate) static RULE: Rule = Rule::change(
    "change/status-without-verification",
    Severity::Warning,
    include_str!("status_without_verification.md"),
    check,
);

const HELP: &str =
    "read the evidence again, then set `verified_on` to that day, or add a review that says why it changed";

fn check(change: &ChangeContext<'_>, raise: &mut Raise<'_>) {
    for (entity, was) in &change.before.entities {
        let Fate::Lives(now, digest) = change.fate(entity) else { continue };
        for (id, old) in &was.cells {
            let Standing::Cell(owner, new) = change.after.answer(now, id) else { continue };
            let Some((field, from, to)) = difference(old, new) else { continue };
            let name = shown(now, digest);
            let subject = Subject::cell(now.clone(), id.as_str());
            if owner == now && !is_dated_later(old, new) && !is_reviewed(old, new) {
                raise
                    .at(
                        subject.with(field),
                        format!(
                            "{field} of cell {} of {name} went from {from} to {to}, but nobody verified it anew",
                            quoted(id)
                        ),
                    )
                    .help(HELP);
            } else if owner != now && !is_dated_later(old, new) && !change.is_retired(now, Some(id)) {
                raise
                    .at(
                        Place::missing(subject),
                        format!(
                            "{name} had a cell {} of its own with {field} {from}; now it inherits {to}, which nobody verified since",
                            quoted(id)
                        ),
                    )
                    .help("restore the cell; or say under `[[retired]]` in `registry.toml` why it was given up, or verify the inherited one anew")
                    .related(Place::key(Subject::cell(owner.clone(), id.as_str())), "this one is inherited");
            }
        }
    }
}

/// The field by which the grade differs, with both values. Silent about what could not be read.
fn difference(old: &CellDigest, new: &CellDigest) -> Option<(&'static str, String, String)> {
    let (from, to) = (old.status?, new.status?);
    if from != to {
        return Some(("status", quoted(from.id()), quoted(to.id())));
    }
    let unread = old.confidence.is_unread() || new.confidence.is_unread();
    let stated = |cell: &CellDigest| cell.confidence.get().map_or("none".to_owned(), |one| quoted(one.id()));
    (!unread && old.confidence != new.confidence).then(|| ("confidence", stated(old), stated(new)))
}

/// Whether the new grade has a later date than the old one had. One that states no date any more does
/// not claim that it was verified.
fn is_dated_later(old: &CellDigest, new: &CellDigest) -> bool {
    match (&old.verified_on, &new.verified_on) {
        (Optional::Known(old), Optional::Known(new)) => new > old,
        (Optional::Absent, Optional::Absent) => false,
        _ => true,
    }
}

fn is_reviewed(old: &CellDigest, new: &CellDigest) -> bool {
    old.reviews != new.reviews || new.reviews.is_unread()
}
