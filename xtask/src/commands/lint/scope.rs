//! What a lint judges, with what it compares, and what it reports.

use std::collections::HashSet;
use std::io::{self, Read};
use std::path::Path;

use diagnostics::{fingerprints, in_order};
use lint::{Base, ChangeContext, Digest, Linter};
use model::Date;
use model::limits::MAX_FILE_BYTES;
use store::{FileLocator, GitTree, Overlay, Parents, Repository, Source, StoreError, Tolerant, document_of};

use crate::Failure;
use crate::cli::{Global, LintArguments};
use crate::folder::{Folder, is_among, tell_left_out};
use crate::judge::{Judgement, judge};
use crate::terminal::note;

/// The state that is judged, the states it is compared with, and the files that are reported on.
pub(super) struct Scope<'f> {
    after: Box<dyn Source + 'f>,
    before: Vec<GitTree>,
    /// Where the states before parted, where there are several.
    fork: Option<GitTree>,
    /// Paths to show: files, or folders with a final `/`. None means everything.
    only: Vec<String>,
}

/// A state that was judged, beside those before.
pub(super) struct Comparison {
    pub(super) after: Judgement,
    /// The fingerprints of what was found before.
    pub(super) standing: HashSet<String>,
}

impl<'f> Scope<'f> {
    /// What the command line asks for.
    pub(super) fn open(
        global: &Global,
        folder: &'f Folder,
        arguments: &LintArguments,
    ) -> Result<Self, Failure> {
        let tolerant = |source| -> Box<dyn Source + 'f> { Box::new(Tolerant::new(source)) };
        if arguments.paths.iter().any(|path| path.as_os_str() == "-") {
            let path = document(folder, arguments)?;
            let only = vec![format!("{}{path}", folder.prefix)];
            let after = tolerant(Box::new(Overlay::new(&folder.tree, path, read_document()?)));
            return Ok(Self { after, before: Vec::new(), fork: None, only });
        }
        if arguments.stdin_path.is_some() {
            return Err(usage("--stdin-path says where standard input belongs: give `-` as the only PATH"));
        }
        if !arguments.staged && arguments.since.is_none() {
            let after = tolerant(folder.checkout(global));
            let only = folder.shown(&arguments.paths, &[&*after])?;
            return Ok(Self { after, before: Vec::new(), fork: None, only });
        }
        let repository = Repository::of(folder.tree.root())?;
        let (before, fork) = match &arguments.since {
            Some(revision) => (vec![repository.fork_from(revision)?], None),
            None => {
                let Parents { states, fork } = repository.parents()?;
                (states, fork)
            }
        };
        let after: Box<dyn Source> = if arguments.staged {
            let index = repository.index()?;
            if before.iter().all(|state| index.is_same(state)) {
                note(global, "nothing is staged in the data folder, so nothing is judged");
            }
            Box::new(index)
        } else {
            let checkout = repository.checkout(&folder.tree)?;
            tell_left_out(global, &checkout);
            tolerant(Box::new(checkout))
        };
        // What was deleted since is judged, too.
        let mut states: Vec<&dyn Source> = vec![&*after];
        states.extend(before.iter().map(|state| state as &dyn Source));
        let only = folder.shown(&arguments.paths, &states)?;
        Ok(Self { after, before, fork, only })
    }

    /// The state that is judged.
    pub(super) fn source(&self) -> &dyn Source {
        &*self.after
    }

    /// Whether it is compared with another state, so that only what became worse is reported.
    pub(super) fn compares(&self) -> bool {
        !self.before.is_empty()
    }

    /// Whether only some findings are wanted, so that all of these are shown.
    pub(super) fn is_narrow(&self) -> bool {
        self.compares() || !self.only.is_empty()
    }

    /// Judges a state, with what became of those before. What any of them had is not new. With `details`, the
    /// digest is one that can be compared, too.
    pub(super) fn judge(
        &self,
        source: &dyn Source,
        linter: &Linter,
        today: Date,
        details: bool,
    ) -> Result<Comparison, StoreError> {
        if !self.compares() {
            let after = judge(source, details.then_some(&[]), linter, today)?;
            return Ok(Comparison { after, standing: HashSet::new() });
        }
        let judged = |state: &GitTree| judge(state, Some(&[]), linter, today);
        let before: Vec<_> = self.before.iter().map(judged).collect::<Result<_, _>>()?;
        let fork = self.fork.as_ref().map(judged).transpose()?;
        let bases = bases(&before, fork.as_ref().map(|fork| &fork.digest), linter);
        let after = judge(source, Some(&bases), linter, today)?;
        drop(bases);
        let states = self.before.iter().zip(before);
        let standing = states.flat_map(|(state, before)| standing(state, before, &after.digest)).collect();
        Ok(Comparison { after, standing })
    }

    /// Whether a file, by its path to show, is reported on.
    pub(super) fn reports_on(&self, file: &str) -> bool {
        is_among(file, &self.only)
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
fn standing(state: &GitTree, before: Judgement, after: &Digest) -> Vec<String> {
    // Equal findings are told apart by their order, so they are located here too.
    let locator = FileLocator::new(state, String::new());
    let mut standing = in_order(before.findings, &locator);
    let change = ChangeContext { before: &before.digest, after };
    standing.iter_mut().for_each(|finding| change.follow(finding));
    fingerprints(&standing)
}

/// The path in the data folder at which standard input is judged.
fn document(folder: &Folder, arguments: &LintArguments) -> Result<String, Failure> {
    if arguments.paths.len() > 1 {
        return Err(usage("`-` is one document on standard input: no other PATH goes with it"));
    }
    if arguments.staged || arguments.since.is_some() {
        return Err(usage("`-` judges standard input: --staged and --since do not go with it"));
    }
    let Some(path) = &arguments.stdin_path else {
        return Err(usage(
            "`-` needs --stdin-path: the file as which standard input is judged, such as data/offerings/ID.toml",
        ));
    };
    let inside = folder.inside(path)?;
    match document_of(&inside) {
        Some(_) => Ok(inside),
        None => Err(no_data_file(path)),
    }
}

fn no_data_file(path: &Path) -> Failure {
    Failure::Usage(format!(
        "{} is no data file: registry.toml, dimensions.toml, or ID.toml in organizations, platforms or offerings",
        path.display()
    ))
}

/// Standard input; of one that is too large, just enough to see that.
fn read_document() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn usage(message: &str) -> Failure {
    Failure::Usage(message.to_owned())
}
