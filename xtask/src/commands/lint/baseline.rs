//! `--baseline` and `--write-baseline`.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use diagnostics::{Report, count};
use lint::{Applied, Baseline, Held, Linter};
use store::{StoreError, Write, write_all};

use crate::Failure;
use crate::cli::{Global, LintArguments};
use crate::folder::Folder;
use crate::terminal::note;

/// The name of the baseline where none is given.
const NAME: &str = "baseline.json";

/// Holds back what the baseline lists, and writes it where that was asked for: a new one with all that
/// there is, one that is there without what fires no longer.
pub(super) fn apply(
    global: &Global,
    arguments: &LintArguments,
    folder: &Folder,
    linter: &Linter,
    report: &mut Report,
) -> Result<Vec<Held>, Failure> {
    let path = arguments.baseline.clone().unwrap_or_else(|| folder.repository().join(NAME));
    let name = path.display();
    let before = match fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == ErrorKind::NotFound && arguments.write_baseline => None,
        Err(error) => return Err(StoreError::io("read", &path)(error).into()),
    };
    let baseline = match &before {
        Some(text) => Baseline::read(text).map_err(|error| Failure::Usage(format!("{name}:{error}")))?,
        None => Baseline::of(report),
    };
    let Applied { held, rest, gone } = baseline.apply(report, linter);
    let say = |told: String| note(global, &told);
    if !arguments.write_baseline {
        if !gone.is_empty() {
            let lists = count(gone.len(), "finding");
            say(format!("{name} lists {lists} that can no longer be found: --write-baseline shortens it"));
        }
        if global.verbose {
            gone.iter().for_each(|one| say(format!("no longer found: {one}")));
        }
        return Ok(held);
    }
    let after = rest.text();
    if before.as_ref() != Some(&after) {
        write(&path, before.as_deref(), after)?;
    }
    match &before {
        None => say(format!("wrote {name} with {}", count(rest.count(), "finding"))),
        Some(_) if report.summary.partial > 0 => {
            say(format!("{name} keeps all that it lists, since not every file could be read in full"));
        }
        Some(_) => say(format!("{name}: {} taken out, {} left", count(gone.len(), "finding"), rest.count())),
    }
    let more = Baseline::of(report).count();
    if before.is_some() && more > 0 {
        say(format!("{} not added to {name}, which may only shrink", count(more, "new finding")));
    }
    Ok(held)
}

/// Writes the baseline, whole or not at all.
fn write(path: &Path, before: Option<&str>, after: String) -> Result<(), Failure> {
    let unnamed = || Failure::Usage(format!("{} names no file", path.display()));
    let name = path.file_name().and_then(|name| name.to_str()).ok_or_else(unnamed)?;
    let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let before = before.map(|text| text.as_bytes().to_vec());
    write_all(folder, &[Write { path: name.to_owned(), before, after: after.into_bytes() }])?;
    Ok(())
}
