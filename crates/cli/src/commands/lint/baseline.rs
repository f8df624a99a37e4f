//! `--baseline` and `--write-baseline`.

use diagnostics::{Report, count};
use lint::Baseline;
use registry::{BaselineFile, Left};

use crate::Failure;
use crate::arguments::LintArguments;
use crate::folder::Folder;
use crate::global::Global;
use crate::terminal::note;

/// The name of the baseline where none is given.
const NAME: &str = "baseline.json";

/// The baseline that was asked for.
pub(super) fn open(arguments: &LintArguments, folder: &Folder) -> Result<Option<BaselineFile>, Failure> {
    if arguments.baseline.is_none() && !arguments.write_baseline {
        return Ok(None);
    }
    let path = arguments.baseline.clone().unwrap_or_else(|| folder.repository().join(NAME));
    Ok(Some(BaselineFile::open(path, arguments.write_baseline)?))
}

/// Reports which listed findings no longer occur, and writes the baseline if requested.
pub(super) fn finish(
    baseline: &BaselineFile,
    global: &Global,
    write_baseline: bool,
    left: &Left,
    report: &Report,
) -> Result<(), Failure> {
    let (name, Left { rest, gone }) = (baseline.path().display(), left);
    let say = |told: String| note(global, &told);
    if !write_baseline {
        if !gone.is_empty() {
            let lists = count(gone.len(), "finding");
            say(format!("{name}: {lists} not found any more, --write-baseline shortens it"));
        }
        if global.verbose {
            gone.iter().for_each(|one| say(format!("not found any more: {one}")));
        }
        return Ok(());
    }
    baseline.write(left)?;
    if baseline.is_new() {
        say(format!("wrote {name} with {}", count(rest.count(), "finding")));
    } else if report.summary.partial > 0 {
        say(format!("{name} was not shortened, since not every file could be read in full"));
    } else {
        say(format!("{name}: {} removed, {} left", count(gone.len(), "finding"), rest.count()));
    }
    let more = Baseline::countable(report);
    if !baseline.is_new() && more > 0 {
        say(format!("{} not added to {name}, since a baseline only shrinks", count(more, "new finding")));
    }
    Ok(())
}
