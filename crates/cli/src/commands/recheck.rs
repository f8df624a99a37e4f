//! `recheck`: look at the pages that answers cite, record what was seen, and flag what is missing.

mod looking;
mod pages;
mod record;
mod report;
#[cfg(test)]
mod sample;
mod sources;
mod texts;

use std::sync::Arc;

use model::{Date, Registry};
use store::Store;

use self::looking::{Looked, look_at};
use self::pages::{CitedPage, selected};
use self::sources::Online;
use self::texts::Evidence;
use crate::arguments::{ListFormat, RecheckArguments};
use crate::folder::Folder;
use crate::global::Global;
use crate::maintenance::{Shown, carry_out};
use crate::progress::Progress;
use crate::terminal::{note, print, print_json};
use crate::{Failure, Outcome};

/// Why pages could not be looked at, or not all of them.
#[derive(Debug, thiserror::Error)]
pub enum RecheckError {
    /// A source failed.
    #[error(transparent)]
    Source(#[from] evidence::SourceError),
    /// What was read cannot be kept, or not be read again.
    #[error(transparent)]
    Kept(#[from] evidence::PackedError),
    /// The system gives no threads.
    #[error("cannot start threads: {0}")]
    Threads(rayon::ThreadPoolBuildError),
    /// Too many pages are worse than before.
    #[error("{0}; is the network, or the archive, the right one?")]
    Mass(#[from] evidence::MassFailure),
}

pub(crate) fn run(global: &Global, arguments: &RecheckArguments) -> Result<Outcome, Failure> {
    let folder = Folder::open(global)?;
    let (registry, _) = Store::open(&folder.tree)?.registry()?;
    let today = global.today.unwrap_or_else(Date::today);
    let kept = Evidence::beside(&folder, arguments.web_archive.is_some());
    if let Some(url) = &arguments.diff {
        return texts::show_changes(global, &registry, &kept, url);
    }
    let pages = selected(&registry, arguments, today)?;
    if pages.is_empty() {
        note(global, "no answer of these cites a page on the web");
        return Ok(Outcome::Success);
    }
    if arguments.list {
        print(&pages.iter().map(|page| format!("{}\n", page.url.as_str())).collect::<String>())?;
        return Ok(Outcome::Success);
    }
    let (seen, online) = look(global, arguments, &registry, &pages, &kept, today)?;
    if arguments.format == ListFormat::Json {
        let document = report::document(&seen, &pages, today);
        print_json(|out| writeln!(out, "{document:#}"))?;
    } else {
        report::show(global, &seen, &pages)?;
    }
    if seen.iter().all(|one| one.judgement.is_none()) {
        return Ok(Outcome::Success);
    }
    // The registry may have changed meanwhile: it is read again, and what was seen applied to it as it is now.
    let outcome = carry_out(global, arguments.making, |registry, today| {
        let mut plan = record::plan(registry, &seen, today)?;
        if arguments.format == ListFormat::Json {
            plan.shown = Shown::Nothing;
        }
        Ok(plan)
    })?;
    if arguments.making.write && matches!(outcome, Outcome::Success) {
        kept.looks.clear()?;
        online.iter().try_for_each(Online::keep)?;
    }
    Ok(outcome)
}

fn look(
    global: &Global,
    arguments: &RecheckArguments,
    registry: &Registry,
    pages: &[CitedPage<'_>],
    kept: &Evidence,
    today: Date,
) -> Result<(Vec<Looked>, Option<Online>), Failure> {
    if arguments.again {
        kept.looks.clear()?;
    }
    let (sources, online) = sources::open(arguments, registry, kept, today)?;
    let (progress, done) = (Progress::new(global), Arc::default());
    progress.count("looking at pages", "pages", Arc::clone(&done), pages.len());
    let seen = look_at(registry, pages, sources, kept, today, done);
    drop(progress);
    online.iter().for_each(|online| online.report(global));
    match seen {
        Err(RecheckError::Mass(failure)) => {
            // What a failed run has seen is not to be taken for what is there.
            kept.looks.clear()?;
            Err(RecheckError::Mass(failure).into())
        }
        seen => Ok((seen?, online)),
    }
}
