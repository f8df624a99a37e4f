//! The scope of a check: the state to check, and the states to compare it with.

use std::collections::HashSet;

use diagnostics::{fingerprints, in_order};
use lint::{Base, ChangeContext, Digest, Linter};
use model::Date;
use store::{FileLocator, GitTree, Parents, Source, StoreError};

use crate::judge::judge;
use crate::judgement::Judgement;
use crate::state::{Earlier, Files};

/// The state that is judged, and those with which it is compared.
pub struct Scope<'s> {
    after: Box<dyn Source + 's>,
    before: Parents,
}

/// A state that was judged, beside those before.
pub(crate) struct Comparison {
    pub(crate) after: Judgement,
    /// The fingerprints of what was found before.
    pub(crate) standing: HashSet<String>,
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
            return Ok(Comparison { after, standing: HashSet::new() });
        }
        let judged = |state: &GitTree| judge(Files::open(state)?, Some(&[]), linter, today);
        let before: Vec<_> = self.before.states.iter().map(judged).collect::<Result<_, _>>()?;
        let fork = self.before.fork.as_ref().map(judged).transpose()?;
        let bases = bases(&before, fork.as_ref().map(|fork| &fork.digest), linter);
        let same: Vec<_> =
            self.before.states.iter().map(|state| |path: &str| state.has_same(path, source)).collect();
        let earlier = self.before.states.iter().zip(&before).zip(&same);
        let earlier: Vec<_> =
            earlier.map(|((source, judgement), is_same)| Earlier { source, judgement, is_same }).collect();
        let after = judge(Files::open(source)?.beside(&earlier)?, Some(&bases), linter, today)?;
        drop(bases);
        let states = self.before.states.iter().zip(before);
        let standing = states.flat_map(|(state, before)| standing(state, before, &after.digest)).collect();
        Ok(Comparison { after, standing })
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
pub(crate) fn standing(state: &dyn Source, before: Judgement, after: &Digest) -> Vec<String> {
    // Equal findings are distinguished by their order, so they are located here too.
    let locator = FileLocator::new(state, String::new());
    let mut standing = in_order(before.findings, &locator);
    let change = ChangeContext { before: &before.digest, after };
    standing.iter_mut().for_each(|finding| change.follow(finding));
    fingerprints(&standing)
}
