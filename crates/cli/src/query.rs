//! Shared parts of the commands that show the registry: the registry itself, names on the command line, and
//! how grades look in a terminal.

pub(crate) mod lookup;
pub(crate) mod page;

use diagnostics::{closest, command, quoted};
use export::{Edition, Grade};
use model::{Date, Dimension, Registry, Resolved, Status};
use store::Store;

use crate::Failure;
use crate::folder::Folder;
use crate::global::Global;
use crate::table::Cell;
use crate::terminal::note;

/// The registry as readers see it today.
pub(crate) fn open(global: &Global) -> Result<Edition, Failure> {
    let folder = Folder::open(global)?;
    let (registry, findings) = Store::open(&folder.tree)?.registry()?;
    if !findings.is_empty() {
        note(global, &format!("some of the registry could not be read: {} lint shows what", command()));
    }
    let edition = Edition::new(registry, global.today.unwrap_or_else(Date::today));
    if !edition.later().is_empty() {
        note(global, &format!("dates in the future are left out: {} lint names them", command()));
    }
    Ok(edition)
}

/// The dimensions that were asked for, in their order; all where none was.
pub(crate) fn dimensions<'a>(
    registry: &'a Registry,
    asked: &[String],
) -> Result<Vec<&'a Dimension>, Failure> {
    let all = || registry.dimensions.iter();
    if let Some(id) = asked.iter().find(|id| registry.dimensions.get(id).is_none()) {
        let ids = all().map(|dimension| dimension.id.text());
        let labels = all().map(|dimension| dimension.label.text());
        let by_label = || {
            let label = closest(id, labels)?;
            all().find(|dimension| dimension.label.text() == label).map(|dimension| dimension.id.text())
        };
        let help = match closest(id, ids.clone()).or_else(by_label) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("write {}", diagnostics::one_of(ids)),
        };
        return Err(Failure::Usage(format!("there is no dimension {}: {help}", quoted(id))));
    }
    let is_asked =
        |dimension: &&Dimension| asked.is_empty() || asked.iter().any(|id| *id == dimension.id.text());
    Ok(all().filter(is_asked).collect())
}

/// What an answer comes to, for a table.
pub(crate) fn grade(resolved: &Resolved<'_>, day: Date) -> Cell {
    let grade = Grade::of(resolved);
    let is_doubted = !export::reading::doubts_of(resolved, day).is_empty();
    let marks = match (resolved.is_setting_to_make(), is_doubted) {
        (true, true) => " (setting, check)",
        (true, false) => " (setting)",
        (false, true) => " (check)",
        (false, false) => "",
    };
    Cell::colored(format!("{} {}{marks}", grade.sign(), grade.short()), sgr(grade))
}

/// The colour of a grade (SGR parameters of ECMA-48).
pub(crate) fn sgr(grade: Grade) -> &'static str {
    match grade {
        Grade::Status(Status::YesPublic) => "32",
        Grade::Status(Status::YesSalesGated) => "36",
        Grade::Status(Status::Partial) => "33",
        Grade::Status(Status::Unclear) => "35",
        Grade::Status(Status::No) => "31",
        Grade::Status(Status::NoPublicEvidence)
        | Grade::NotApplicable
        | Grade::Missing
        | Grade::Unreadable => "2",
    }
}
