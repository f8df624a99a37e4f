//! Many fixes of one text at once: those that do not meet, as far as the result is what they promise.

use std::collections::BTreeSet;

use diagnostics::{Edit, Splice};
use toml::de::DeTable;

use super::{BROKEN, EditError, Editor, INVALID, Session, refuse, splice};
use crate::verify::Promise;

/// What became of a fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// It is made.
    Made,
    /// It meets another one that is made: it may be made in the next round.
    Waits,
    /// It cannot be made in a text of this layout.
    Refused(EditError),
    /// Made, it would change more than it promises: a fault of whoever thought it out.
    Broken(EditError),
}

impl Editor<'_> {
    /// The text with as many fixes made as go together, each of them whole, and what became of each.
    /// The order in which they are given makes no difference.
    pub(crate) fn fix(&self, text: &str, fixes: &[&[Edit]]) -> (String, Vec<Ended>) {
        let (tree, errors) = DeTable::parse_recoverable(text);
        let session = Session::new(self, text, tree.get_ref());
        let round = Round::new(&session, fixes, errors.is_empty());
        let (made, ended) = round.run(&round.order());
        (round.text(&made), ended.into_iter().map(|ended| ended.unwrap_or(Ended::Waits)).collect())
    }

    /// The splices of each fix on its own; none where it cannot be made.
    pub(crate) fn place(&self, text: &str, fixes: &[&[Edit]]) -> Vec<Vec<Splice>> {
        let (tree, errors) = DeTable::parse_recoverable(text);
        let session = Session::new(self, text, tree.get_ref());
        let round = Round::new(&session, fixes, errors.is_empty());
        let mut placed = vec![Vec::new(); fixes.len()];
        let mut open = round.order();
        while !open.is_empty() {
            let (_, ended) = round.run(&open);
            for at in &open {
                if ended[*at] == Some(Ended::Made) {
                    placed[*at] = round.splices[*at].clone().unwrap_or_default();
                }
            }
            open.retain(|at| ended[*at] == Some(Ended::Waits));
        }
        placed
    }
}

/// The fixes of one text with their splices.
struct Round<'r> {
    text: &'r str,
    fixes: &'r [&'r [Edit]],
    splices: Vec<Result<Vec<Splice>, EditError>>,
    promise: Promise<'r>,
}

impl<'r> Round<'r> {
    fn new(session: &'r Session<'r, 'r>, fixes: &'r [&'r [Edit]], is_valid: bool) -> Self {
        let text = session.layout.source;
        let splices = |edits: &&[Edit]| match edits.first() {
            Some(edit) if !is_valid => Err(refuse(edit.subject(), INVALID)),
            _ => session.splices(edits),
        };
        let promise = Promise::new(text, session.layout.tree);
        Self { text, fixes, splices: fixes.iter().map(splices).collect(), promise }
    }

    /// The fixes in the order of the text.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.fixes.len()).collect();
        order.sort_by(|a, b| self.splices[*a].as_ref().ok().cmp(&self.splices[*b].as_ref().ok()));
        order
    }

    /// Makes what goes together of the fixes asked for: which are made, and what became of each.
    fn run(&self, asked: &[usize]) -> (Vec<usize>, Vec<Option<Ended>>) {
        let mut ended = vec![None; self.fixes.len()];
        let mut taken = BTreeSet::new();
        let mut apart = Vec::new();
        for at in asked {
            match &self.splices[*at] {
                Err(error) => ended[*at] = Some(Ended::Refused(error.clone())),
                Ok(splices) if splices.iter().any(|splice| meets(&taken, splice)) => {
                    ended[*at] = Some(Ended::Waits);
                }
                Ok(splices) => {
                    taken.extend(splices.iter().map(|splice| (splice.start, splice.end)));
                    apart.push(*at);
                }
            }
        }
        let made = self.going_together(Vec::new(), &apart);
        made.iter().for_each(|at| ended[*at] = Some(Ended::Made));
        for at in apart {
            let broken = || self.fixes[at].first().filter(|_| !self.is_kept(&[at]));
            ended[at].get_or_insert_with(|| {
                broken().map_or(Ended::Waits, |edit| Ended::Broken(refuse(edit.subject(), BROKEN)))
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
        let edits: Vec<&Edit> = fixes.iter().flat_map(|at| self.fixes[*at]).collect();
        self.promise.is_kept(&self.text(fixes), &edits)
    }

    /// The text with these fixes made.
    fn text(&self, fixes: &[usize]) -> String {
        let of = |at: &usize| self.splices[*at].iter().flatten().cloned();
        let mut splices: Vec<Splice> = fixes.iter().flat_map(of).collect();
        splices.sort_by_key(|splice| (splice.start, splice.end));
        splice(self.text, &splices)
    }
}

/// Whether a splice changes bytes that one of the taken ranges (start and end, none meeting another)
/// changes too, or inserts where another inserts.
fn meets(taken: &BTreeSet<(usize, usize)>, splice: &Splice) -> bool {
    let Splice { start, end, .. } = *splice;
    let inserts_too = start == end && taken.contains(&(start, end));
    let overlaps = |range: &(usize, usize)| range.0 < end && start < range.1;
    // Of ranges that do not meet, at most an insertion and a change begin at the end of the splice, and
    // of those before it only the last can reach into it.
    inserts_too || taken.range(..=(end, usize::MAX)).rev().take(3).any(overlaps)
}
