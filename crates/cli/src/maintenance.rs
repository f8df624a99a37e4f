//! What the commands that change the registry share. Each is a function from the registry to a [`Plan`]; here a plan
//! is made in memory, judged, shown as a diff, and with `--write` written: all files or none.

pub(crate) mod attempt;
pub(crate) mod differences;
pub(crate) mod flags;
pub(crate) mod subjects;

use std::collections::{BTreeMap, HashMap};

use clap::Args;
use diagnostics::human::{Renderer, Style};
use diagnostics::{Diagnostic, Edit, command, count, cut, printable};
use lint::{Linter, Selection};
use model::{Cell, Date, Document, Entity, Record, Registry, Subject, Value};
use registry::{Proposal, ProposalError, Proposed, propose};
use store::{FileLocator, Store, Write, document_of};

use self::differences::differences;
use crate::diff::diff_with_moves;
use crate::findings::{Limits, findings};
use crate::folder::Folder;
use crate::global::Global;
use crate::terminal::{color_out, complain, note, print, print_diff, print_styled, width};
use crate::{Failure, Outcome};

/// Whether a plan is only shown.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Making {
    /// Do it: all files are written, or none
    #[arg(long)]
    pub(crate) write: bool,
}

/// What a command wants to change, with what is said of it.
#[derive(Default)]
pub(crate) struct Plan {
    pub(crate) proposal: Proposal,
    /// What is done to each file, by its path in the data folder.
    done: BTreeMap<String, Vec<Deed>>,
    /// What else there is to know of it.
    notes: Vec<String>,
    /// The rule whose findings are what the change is for.
    pub(crate) means: Option<&'static str>,
    /// Whether it is refused if a comment would be lost.
    pub(crate) keeps_comments: bool,
    /// A rule whose new findings refuse the change although they are only warnings.
    pub(crate) refused: Option<&'static str>,
    /// What to do where the change is refused.
    pub(crate) way_out: Option<String>,
    /// What of it is printed.
    pub(crate) shown: Shown,
}

/// What of a plan is printed: its diff, or with `--write` a line a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Shown {
    /// All of it.
    #[default]
    All,
    /// All but the files that only machines write.
    WhatPeopleWrote,
    /// Nothing, as standard output is that of a program.
    Nothing,
}

/// What is done to a file: to some of its cells, or to the file as a whole.
struct Deed {
    cells: Vec<String>,
    what: String,
}

impl Deed {
    /// "soc2_type2, gdpr_dpa: verified on 2026-07-15".
    fn summary(&self) -> String {
        if self.cells.is_empty() {
            self.what.clone()
        } else {
            format!("{}: {}", self.cells.join(", "), self.what)
        }
    }
}

impl Plan {
    /// Changes a stored cell to another; `what` is done to it.
    pub(crate) fn change_cell(&mut self, subject: &Subject, old: &Cell, new: &Cell, what: &str) {
        let edits = differences(subject, &table(old), &table(new));
        if !edits.is_empty() {
            self.edit_cell(subject, edits, what);
        }
    }

    /// Adds edits of a cell; `what` they do.
    pub(crate) fn edit_cell(&mut self, subject: &Subject, edits: Vec<Edit>, what: &str) {
        self.proposal.edits.extend(edits);
        let deeds = self.done.entry(subject.entity.file()).or_default();
        let cell = subject.dimension.clone().unwrap_or_default();
        match deeds.iter_mut().find(|deed| deed.what == what && !deed.cells.is_empty()) {
            Some(deed) => deed.cells.push(cell),
            None => deeds.push(Deed { cells: vec![cell], what: what.to_owned() }),
        }
    }

    /// Adds edits of an entity's file; `what` they do.
    pub(crate) fn edit(&mut self, entity: &Entity, edits: Vec<Edit>, what: String) {
        self.proposal.edits.extend(edits);
        self.say(entity, what);
    }

    /// Makes the file of an entity that has none; `what` it holds.
    pub(crate) fn create(&mut self, entity: &Entity, text: String, what: String) {
        self.proposal.creations.push((entity.clone(), text));
        self.say(entity, what);
    }

    /// Says what is done to an entity's file.
    pub(crate) fn say(&mut self, entity: &Entity, what: String) {
        self.done.entry(entity.file()).or_default().push(Deed { cells: Vec::new(), what });
    }

    /// Says what else there is to know.
    pub(crate) fn note(&mut self, text: String) {
        self.notes.push(text);
    }
}

/// A record as a table.
pub(crate) fn table(record: &impl Record) -> Value {
    Value::table(record.fields())
}

/// Makes a plan and carries it out: shows what would change, or with `write` writes it. A plan that makes errors which
/// are not there now is refused.
pub(crate) fn carry_out(
    global: &Global,
    making: Making,
    plan: impl FnOnce(&Registry, Date) -> Result<Plan, Failure>,
) -> Result<Outcome, Failure> {
    let (folder, writer) = Folder::open_for(global, making.write)?;
    let today = global.today.unwrap_or_else(Date::today);
    let (registry, unread) = Store::open(&folder.tree)?.registry()?;
    if !unread.is_empty() {
        note(global, &format!("some of the registry could not be read: {} lint says what", command()));
    }
    let plan = plan(&registry, today)?;
    let linter = Linter::new(Selection::default());
    let mut proposed = propose(&folder.tree, &plan.proposal, &linter, today, &folder.prefix)
        .map_err(|error| refused(error, &folder))?;
    proposed.worse.keep(|finding| Some(finding.rule.as_str()) != plan.means);
    plan.notes.iter().for_each(|text| note(global, text));
    let is_refused = |finding: &Diagnostic| Some(finding.rule.as_str()) == plan.refused;
    if !proposed.is_sound() || proposed.worse.findings.iter().any(is_refused) {
        show_worse(global, plan.shown, &proposed, &folder)?;
        let why = match proposed.worse.summary.errors {
            0 => "the warning must be fixed first".to_owned(),
            errors => format!("this would make {}", count(errors, "error")),
        };
        complain(global, &format!("{why}, so nothing was written"));
        if let Some(way_out) = &plan.way_out {
            note(global, way_out);
        }
        return Ok(Outcome::Findings);
    }
    if proposed.writes.is_empty() {
        note(global, "the registry says this already: nothing changes");
        return Ok(Outcome::Success);
    }
    let lost = lost_comments(&proposed.writes);
    if let Some(first) = lost.first() {
        let comments = count(lost.len(), "comment");
        let which = format!("{}{}", folder.prefix, cut(first, 200));
        if plan.keeps_comments {
            complain(global, &format!("{comments} would be lost, so nothing was written: {which}"));
            note(
                global,
                "write what they say where it is to stay, and remove them from the answers that are moved",
            );
            return Ok(Outcome::Findings);
        }
        note(global, &format!("{comments} of what is removed would be lost: {which}"));
    }
    let Some(writer) = writer else {
        let moves: Vec<_> = plan.proposal.moves.iter().map(|(from, to)| (from.file(), to.file())).collect();
        let is_shown = |write: &Write| match plan.shown {
            Shown::All => true,
            Shown::WhatPeopleWrote => document_of(&write.path) != Some(Document::Visits),
            Shown::Nothing => false,
        };
        let shown: Vec<_> = proposed.writes.iter().filter(|write| is_shown(write)).cloned().collect();
        print_diff(&diff_with_moves(&shown, &moves, &folder))?;
        show_worse(global, plan.shown, &proposed, &folder)?;
        let files = count(proposed.writes.len(), "file");
        note(global, &format!("{files} would change: add --write to do it"));
        return Ok(Outcome::Success);
    };
    writer.write(proposed.writes.iter().cloned())?;
    if !global.quiet && plan.shown != Shown::Nothing {
        print(&summary(&plan, &proposed, &folder))?;
        show_worse(global, plan.shown, &proposed, &folder)?;
    }
    Ok(Outcome::Success)
}

/// The comments that no file holds any more, each with the file that held it. What people wrote beside an answer is not
/// lost without a word.
fn lost_comments(writes: &[Write]) -> Vec<String> {
    let comments = |bytes: &Option<Vec<u8>>| -> Vec<String> {
        let text = bytes.as_deref().and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default();
        let comments = toml_splice::comments(text).map(|span| text[span].trim_end().to_owned());
        // The line that names the schema is an instruction to editors.
        comments.filter(|comment| !comment.starts_with("#:schema")).collect()
    };
    let mut kept: HashMap<String, usize> = HashMap::new();
    writes.iter().flat_map(|write| comments(&write.after)).for_each(|one| *kept.entry(one).or_default() += 1);
    let mut lost = Vec::new();
    for write in writes {
        for comment in comments(&write.before) {
            match kept.get_mut(&comment).filter(|number| **number > 0) {
                Some(number) => *number -= 1,
                None => lost.push(format!("{}: {comment}", write.path)),
            }
        }
    }
    lost
}

/// A line a file: what was done to it.
fn summary(plan: &Plan, proposed: &Proposed<'_>, folder: &Folder) -> String {
    let line = |path: &String| {
        let done =
            plan.done.get(path).map(|done| done.iter().map(Deed::summary).collect::<Vec<_>>().join("; "));
        format!("{}{path}: {}\n", folder.prefix, done.as_deref().unwrap_or("changed"))
    };
    proposed.writes.iter().map(|write| line(&write.path)).collect()
}

/// Shows the errors and warnings that there would be and are not now.
fn show_worse(
    global: &Global,
    shown: Shown,
    proposed: &Proposed<'_>,
    folder: &Folder,
) -> Result<(), Failure> {
    if shown == Shown::Nothing {
        return Ok(());
    }
    let color = color_out(global);
    let locator = FileLocator::new(&proposed.transaction, folder.prefix.clone());
    let renderer = Renderer::new(&locator, Style { color, width: width(), rule_pages: None });
    let limits = Limits { all: true, max: None, errors_first: true };
    Ok(print_styled(color, &findings(global, &proposed.worse, renderer, limits))?)
}

fn refused(error: ProposalError, folder: &Folder) -> Failure {
    match error {
        ProposalError::Store(error) => error.into(),
        other => {
            let message = format!("{other}, in {}: nothing was written", folder.prefix);
            Failure::Usage(printable(&message).into_owned())
        }
    }
}
