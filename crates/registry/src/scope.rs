//! The scope of a check: the state to check, and the states to compare it with.

use std::collections::HashSet;

use diagnostics::{Finding, fingerprints};
use lint::{Base, ChangeContext, Digest, Linter};
use model::Date;
use store::{Beside, GitTree, Parents, Source, StoreError};

use crate::files::Files;
use crate::judge::judge;
use crate::judgement::Judgement;

/// The state that is judged, and those with which it is compared.
pub struct Scope<'s> {
    after: Box<dyn Source + 's>,
    before: Parents,
}

/// A state that was judged, beside those before.
pub(crate) struct Comparison {
    pub(crate) after: Judgement,
    /// The fingerprints of what was found before.
    pub(crate) known: HashSet<String>,
}

impl<'s> Scope<'s> {
    /// A state as it is.
    pub fn of(state: impl Source + 's) -> Self {
        Self { after: Box::new(state), before: Parents { states: Vec::new(), fork: None } }
    }

    /// The same state, of which only what became worse than in all of these is reported.
    pub fn since(self, before: Parents) -> Self {
        Self { before, ..self }
    }

    /// The state that is judged, and those before.
    pub fn states(&self) -> Vec<&dyn Source> {
        let before = self.before.states.iter().map(|state| state as &dyn Source);
        [&*self.after as &dyn Source].into_iter().chain(before).collect()
    }

    /// The state that is judged.
    pub fn source(&self) -> &dyn Source {
        &*self.after
    }

    /// Returns whether it is compared with another state, so that only what became worse is reported.
    pub fn compares(&self) -> bool {
        !self.before.states.is_empty()
    }

    /// Judges a state, with what became of those before. What any of them had is not new. With `details`, the
    /// digest is one that can be compared, too.
    pub(crate) fn judge(
        &self,
        source: &dyn Source,
        linter: &Linter,
        today: Date,
        details: bool,
    ) -> Result<Comparison, StoreError> {
        if !self.compares() {
            let after = judge(Files::open(source)?, details.then_some(&[]), linter, today)?;
            return Ok(Comparison { after, known: HashSet::new() });
        }
        let beside = |state| Beside::new(state, source);
        let states: Vec<Beside<'_, &GitTree>> = self.before.states.iter().map(beside).collect();
        let same: Vec<_> = states.iter().map(|state| |path: &str| state.is_same(path)).collect();
        let mut after = Files::open(source)?;
        let (mut before, mut shares) = (Vec::new(), Vec::new());
        for (state, is_same) in states.iter().zip(&same) {
            let files = Files::open_beside(state, &after, is_same)?;
            let shared = files.shares_with(&after, is_same);
            // The states before a merge are compared with each other, too.
            let is_alone = states.len() == 1 && !details;
            let files = if shared && is_alone { files.compared(is_same) } else { files };
            before.push(judge(files, Some(&[]), linter, today)?);
            shares.push(shared);
        }
        let fork = self.before.fork.as_ref().map(beside);
        let fork = fork.map(|fork| judge(Files::open(&fork)?, Some(&[]), linter, today)).transpose()?;
        let bases = bases(&before, fork.as_ref().map(|fork| &fork.digest), linter);
        for ((judgement, is_same), shared) in before.iter().zip(&same).zip(shares) {
            after = if shared { after.beside(judgement, is_same) } else { after };
        }
        let after = judge(after, Some(&bases), linter, today)?;
        drop(bases);
        let known = before.into_iter().flat_map(|before| prints_before(before, &after.digest)).collect();
        Ok(Comparison { after, known })
    }
}

/// The states to compare with. Of a merge, what one side has done since they parted is no news for the
/// other.
fn bases<'j>(before: &'j [Judgement], fork: Option<&Digest>, linter: &Linter) -> Vec<Base<'j>> {
    let done = |state: &Judgement| {
        let since = |before| linter.done(&ChangeContext { before, after: &state.digest });
        fork.map(since).unwrap_or_default()
    };
    let done: Vec<_> = before.iter().map(done).collect();
    let base = |(at, state): (usize, &'j Judgement)| {
        let others = done.iter().enumerate().filter(|(other, _)| *other != at);
        Base { digest: &state.digest, done: others.flat_map(|(_, done)| done.iter().cloned()).collect() }
    };
    before.iter().enumerate().map(base).collect()
}

/// The fingerprints, as they would be now, of what was found in an earlier state.
pub(crate) fn prints_before(mut before: Judgement, after: &Digest) -> Vec<String> {
    let change = ChangeContext { before: &before.digest, after };
    before.findings.iter_mut().for_each(|finding| change.follow(finding));
    // In whatever order: equal findings get the same numbers.
    fingerprints(&before.findings)
}

/// Keeps the findings of which there are more alike than before, those that were there included: which of them is new,
/// only their places show. The others need no place.
pub(crate) fn keep_increased(findings: &mut Vec<Finding>, known: &HashSet<String>) {
    let numbered = findings.iter().zip(fingerprints(&*findings));
    let new = numbered.filter(|(_, fingerprint)| !known.contains(fingerprint));
    let new: HashSet<String> = new.map(|(finding, _)| finding.print()).collect();
    findings.retain(|finding| new.contains(&finding.print()));
}
