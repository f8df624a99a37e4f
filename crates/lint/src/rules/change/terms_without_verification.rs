use diagnostics::Severity;
use model::{FieldPath, Step};

use crate::change::Answer;
use crate::digest::details::Term;
use crate::{ChangeContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::change(
    "change/terms-without-verification",
    Severity::Warning,
    include_str!("terms_without_verification.md"),
    check,
);

/// The most terms that a message names.
const NAMED: usize = 3;

fn check(change: &ChangeContext<'_>, raise: &mut Raise<'_>) {
    for answer in change.answers() {
        // A finding about a changed grade covers the whole cell.
        if answer.old.status != answer.new.status || answer.old.confidence != answer.new.confidence {
            continue;
        }
        let changed = changed(&answer);
        let Some(first) = changed.first().filter(|_| !answer.is_verified_anew()) else { continue };
        let path: FieldPath = first.path.split('.').map(|key| Step::Key(key.to_owned())).collect();
        let mut place = answer.place(path);
        if answer.is_own() && first.is_gone {
            place.anchor = diagnostics::Anchor::Missing;
        }
        let message = format!(
            "{} of {} changed, without a new reading, `verified_on` or review",
            named(&changed),
            answer.name()
        );
        let help = "open the page and write its day in `fetch`; or set `verified_on` to the day of the check, or add a review that says why it changed";
        let draft = raise.at(place, message).identity("terms").help(help);
        if !answer.is_own() {
            draft.related(answer.inherited(), "this cell is now inherited");
        }
    }
}

/// A term that is not what it was.
struct Changed<'a> {
    /// Keys, with dots between them.
    path: &'a str,
    is_gone: bool,
}

/// The terms that differ, in the order of their paths; none that could not be read.
fn changed<'a>(answer: &'a Answer<'_>) -> Vec<Changed<'a>> {
    let Some((old, new)) = answer.details() else { return Vec::new() };
    let (old, new) = (&old.terms, &new.terms);
    let unread: Vec<&str> =
        old.iter().chain(new).filter(|term| term.says.is_none()).map(|term| &*term.path).collect();
    let is_read = |term: &&Term| {
        let is_in = |path: &&str| {
            term.path.strip_prefix(*path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        !unread.iter().any(is_in)
    };
    let lacks = |terms: &[Term], term: &Term| !terms.contains(term);
    let states = |path: &str| new.iter().any(|term| &*term.path == path);
    let came = new.iter().filter(is_read).filter(|term| lacks(old, term));
    let went = old.iter().filter(is_read).filter(|term| lacks(new, term) && !states(&term.path));
    let mut changed: Vec<_> = came.map(|term| Changed { path: &term.path, is_gone: false }).collect();
    changed.extend(went.map(|term| Changed { path: &term.path, is_gone: true }));
    changed.sort_by_key(|one| (one.is_gone, one.path));
    changed
}

/// "`tier` and `facts.retention_days`".
fn named(changed: &[Changed<'_>]) -> String {
    let mut names: Vec<_> = changed.iter().take(NAMED).map(|one| diagnostics::quoted(one.path)).collect();
    if changed.len() > NAMED {
        names.push(format!("{} more", changed.len() - NAMED));
    }
    match names.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        names => names.concat(),
    }
}
