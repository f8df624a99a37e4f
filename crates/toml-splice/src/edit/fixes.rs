//! Many fixes of one text at once: those that do not meet, as far as the result is what they promise.

use std::collections::BTreeSet;

use super::error::{EditError, Refusal};
use super::operation::Edit;
use super::session::Session;
use crate::parse::Toml;
use crate::splice::{Splice, splice};
use crate::style::Style;
use crate::verify::{keeps_promise, keeps_promise_within};

/// What became of a fix. Its error is of another type where a caller knows more about what was edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FixOutcome<E = EditError> {
    /// It is made.
    Made,
    /// It meets another one that is made: it may be made in the next round.
    Waits,
    /// It cannot be made in a text of this layout.
    Refused(E),
    /// It would change more than it promises: a fault of its author.
    Broken(E),
}

impl<E> FixOutcome<E> {
    /// Returns the same with another error.
    pub fn map_err<F>(self, map: impl FnOnce(E) -> F) -> FixOutcome<F> {
        match self {
            Self::Made => FixOutcome::Made,
            Self::Waits => FixOutcome::Waits,
            Self::Refused(error) => FixOutcome::Refused(map(error)),
            Self::Broken(error) => FixOutcome::Broken(map(error)),
        }
    }
}

/// Returns the text with as many fixes made as go together, each of them whole, and what became of each.
/// The order in which they are given makes no difference.
///
/// ```
/// use toml_splice::{Edit, FixOutcome, Plain, Toml, fix};
///
/// let toml = Toml::parse("naem = 'A'\n");
/// let rename = [Edit::Rename("naem".parse().unwrap(), "name".to_owned())];
/// let remove = [Edit::Remove("naem".parse().unwrap())];
/// let (text, outcomes) = fix(&toml, &[&rename, &remove], &Plain);
/// assert_eq!(text, "name = 'A'\n");
/// assert_eq!(outcomes, [FixOutcome::Made, FixOutcome::Waits]);
/// ```
pub fn fix(toml: &Toml<'_>, fixes: &[&[Edit]], style: &dyn Style) -> (String, Vec<FixOutcome>) {
    let round = Round::new(toml, fixes, style);
    let (made, ended) = round.run(&round.order());
    (round.text(&made), ended.into_iter().map(|ended| ended.unwrap_or(FixOutcome::Waits)).collect())
}

/// Returns the splices of each fix on its own; none where it cannot be made.
pub fn place(toml: &Toml<'_>, fixes: &[&[Edit]], style: &dyn Style) -> Vec<Vec<Splice>> {
    let round = Round::new(toml, fixes, style);
    let mut placed = vec![Vec::new(); fixes.len()];
    let mut open = round.order();
    open.retain(|at| {
        let (Ok([splice]), [edit]) = (round.splices[*at].as_deref(), fixes[*at]) else { return true };
        let is_kept = keeps_promise_within(toml, edit, splice);
        if is_kept {
            placed[*at] = vec![splice.clone()];
        }
        !is_kept
    });
    while !open.is_empty() {
        let (_, ended) = round.run(&open);
        for at in &open {
            if ended[*at] == Some(FixOutcome::Made) {
                placed[*at] = round.splices[*at].clone().unwrap_or_default();
            }
        }
        open.retain(|at| ended[*at] == Some(FixOutcome::Waits));
    }
    placed
}

/// The fixes of one text with their splices.
struct Round<'r> {
    toml: &'r Toml<'r>,
    fixes: &'r [&'r [Edit]],
    splices: Vec<Result<Vec<Splice>, EditError>>,
}

impl<'r> Round<'r> {
    fn new(toml: &'r Toml<'r>, fixes: &'r [&'r [Edit]], style: &dyn Style) -> Self {
        let session = Session::new(toml, style);
        let splices = |edits: &&[Edit]| match edits.first() {
            Some(edit) if !toml.is_valid() => Err(EditError::new(edit.path(), Refusal::Invalid)),
            _ => session.splices(edits),
        };
        let splices = fixes.iter().map(splices).collect();
        Self { toml, fixes, splices }
    }

    /// The fixes in the order of the text.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.fixes.len()).collect();
        order.sort_by(|a, b| self.splices[*a].as_ref().ok().cmp(&self.splices[*b].as_ref().ok()));
        order
    }

    /// Applies the requested fixes that fit together: returns which were applied, and the result of each.
    fn run(&self, asked: &[usize]) -> (Vec<usize>, Vec<Option<FixOutcome>>) {
        let mut ended = vec![None; self.fixes.len()];
        let mut taken = BTreeSet::new();
        let mut apart = Vec::new();
        for at in asked {
            match &self.splices[*at] {
                Err(error) => ended[*at] = Some(FixOutcome::Refused(error.clone())),
                Ok(splices) if splices.iter().any(|splice| meets(&taken, splice)) => {
                    ended[*at] = Some(FixOutcome::Waits);
                }
                Ok(splices) => {
                    taken.extend(splices.iter().map(|splice| (splice.start, splice.end)));
                    apart.push(*at);
                }
            }
        }
        let made = self.going_together(Vec::new(), &apart);
        made.iter().for_each(|at| ended[*at] = Some(FixOutcome::Made));
        for at in apart {
            let broken = || self.fixes[at].first().filter(|_| !self.is_kept(&[at]));
            ended[at].get_or_insert_with(|| {
                broken().map_or(FixOutcome::Waits, |edit| {
                    FixOutcome::Broken(EditError::new(edit.path(), Refusal::Broken))
                })
            });
        }
        (made, ended)
    }

    /// `made`, and as many of some other fixes as keep their promise together with them: all, unless
    /// something is amiss.
    fn going_together(&self, made: Vec<usize>, fixes: &[usize]) -> Vec<usize> {
        let all = [made.as_slice(), fixes].concat();
        if fixes.is_empty() || self.is_kept(&all) {
            return all;
        }
        if fixes.len() == 1 {
            return made;
        }
        let (first, second) = fixes.split_at(fixes.len() / 2);
        self.going_together(self.going_together(made, first), second)
    }

    fn is_kept(&self, fixes: &[usize]) -> bool {
        keeps_promise(self.toml, &self.text(fixes), fixes.iter().flat_map(|at| self.fixes[*at]))
    }

    /// The text with these fixes made.
    fn text(&self, fixes: &[usize]) -> String {
        let of = |at: &usize| self.splices[*at].iter().flatten().cloned();
        let mut splices: Vec<Splice> = fixes.iter().flat_map(of).collect();
        splices.sort_by_key(|splice| (splice.start, splice.end));
        splice(self.toml.text(), &splices)
    }
}

/// Returns whether a splice changes bytes that one of the taken ranges (start and end, none meeting another)
/// changes too, or inserts where another inserts.
fn meets(taken: &BTreeSet<(usize, usize)>, splice: &Splice) -> bool {
    let Splice { start, end, .. } = *splice;
    let inserts_too = start == end && taken.contains(&(start, end));
    let overlaps = |range: &(usize, usize)| range.0 < end && start < range.1;
    // Of ranges that do not meet, at most an insertion and a change begin at the end of the splice, and
    // of those before it only the last can reach into it.
    inserts_too || taken.range(..=(end, usize::MAX)).rev().take(3).any(overlaps)
}
