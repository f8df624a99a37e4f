//! What a command wants to change: made in memory, and judged beside what is there.

use std::collections::HashSet;

use diagnostics::{Diagnostic, Edit, Report, Severity};
use lint::{Base, Linter};
use model::{Date, Entity};
use store::{FileEditError, FileLocator, Source, StoreError, Transaction, Write, edit_files};

use crate::files::Files;
use crate::fix::keep_form;
use crate::judge::judge;
use crate::scope::{keep_increased, prints_before};

/// A change of the registry. All edits are about entities by the ids that they have before it.
#[derive(Debug, Default)]
pub struct Proposal {
    /// What changes within files that are there.
    pub edits: Vec<Edit>,
    /// Files of entities that have none yet, with their texts.
    pub creations: Vec<(Entity, String)>,
    /// Entities whose file gets the name of another.
    pub moves: Vec<(Entity, Entity)>,
    /// Entities whose file goes.
    pub removals: Vec<Entity>,
}

/// What would come of a proposal.
pub struct Proposed<'s> {
    /// The data folder as it would be.
    pub transaction: Transaction<'s>,
    /// The files that change.
    pub writes: Vec<Write>,
    /// The errors and warnings that there would be and are not now.
    pub worse: Report,
}

/// Why a proposal cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ProposalError {
    /// A file cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An edit cannot be made in the file.
    #[error(transparent)]
    Edit(#[from] FileEditError),
    /// A file that is to be moved has no text.
    #[error("{0} cannot be read as a text")]
    NoText(String),
}

impl Proposed<'_> {
    /// Whether it makes no error that is not there now.
    pub fn is_sound(&self) -> bool {
        self.worse.summary.errors == 0
    }
}

/// Makes a proposal in memory, and judges the registry as it would be, the change itself too. `prefix` goes before a
/// path in the data folder to make the path to show.
///
/// # Errors
///
/// When a file cannot be read, or an edit cannot be made.
pub fn propose<'s>(
    source: &'s dyn Source,
    proposal: &Proposal,
    linter: &Linter,
    today: Date,
    prefix: &str,
) -> Result<Proposed<'s>, ProposalError> {
    let transaction = made(source, proposal)?;
    let is_same = |path: &str| !transaction.changes_file(path);
    let before = Files::open(source)?;
    let after = Files::open_beside(&transaction, &before, &is_same)?;
    let shares = before.shares_with(&after, &is_same);
    let before = if shares { before.compared(&is_same) } else { before };
    let before = judge(before, Some(&[]), linter, today)?;
    let bases = [Base { digest: &before.digest, done: HashSet::new() }];
    let after = if shares { after.beside(&before, &is_same) } else { after };
    let mut after = judge(after, Some(&bases), linter, today)?;
    let known: HashSet<String> = prints_before(before, &after.digest).into_iter().collect();
    keep_increased(&mut after.findings, &known);
    let mut worse =
        Report::new(after.findings, after.counts, &FileLocator::new(&transaction, prefix.to_owned()));
    worse.keep(|finding: &Diagnostic| {
        finding.severity != Severity::Info && !known.contains(&finding.fingerprint)
    });
    let writes = transaction.changes()?;
    Ok(Proposed { transaction, writes, worse })
}

/// The data folder as a proposal would make it.
fn made<'s>(source: &'s dyn Source, proposal: &Proposal) -> Result<Transaction<'s>, ProposalError> {
    let Proposal { edits, creations, moves, removals } = proposal;
    let mut transaction = Transaction::new(source);
    for (path, text) in edit_files(&transaction, edits)?? {
        transaction.change(path, text);
    }
    creations.iter().for_each(|(entity, text)| transaction.change(entity.file(), text.clone()));
    keep_form(source, &mut transaction)?;
    let mut moved = Vec::new();
    for (from, to) in moves {
        let bytes = transaction.read(&from.file())?.ok();
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        moved.push((to.file(), text.ok_or_else(|| ProposalError::NoText(from.file()))?));
    }
    moves.iter().map(|(from, _)| from).chain(removals).for_each(|gone| transaction.remove(gone.file()));
    moved.into_iter().for_each(|(path, text)| transaction.change(path, text));
    Ok(transaction)
}
