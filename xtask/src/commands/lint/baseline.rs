//! `--baseline` and `--write-baseline`.

use std::io::ErrorKind;
use std::path::PathBuf;

use diagnostics::{Report, count};
use lint::{Baseline, BaselineEntry, BaselineOutcome, Digest, Linter, Suppression};
use model::limits::MAX_BASELINE_BYTES;
use store::{StoreError, Unreadable, read_capped, replace_unchanged};

use crate::Failure;
use crate::cli::{Global, LintArguments};
use crate::folder::Folder;
use crate::terminal::note;

/// The name of the baseline where none is given.
const NAME: &str = "baseline.json";

/// The baseline of a run.
pub(super) struct Kept {
    path: PathBuf,
    /// Its text; none where it is yet to be written.
    before: Option<String>,
    /// What it lists.
    listed: Option<Baseline>,
}

/// What is left of a baseline once it was compared with a report.
pub(super) struct Left {
    rest: Baseline,
    gone: Vec<BaselineEntry>,
}

impl Kept {
    /// The baseline that was asked for.
    pub(super) fn open(arguments: &LintArguments, folder: &Folder) -> Result<Option<Self>, Failure> {
        if arguments.baseline.is_none() && !arguments.write_baseline {
            return Ok(None);
        }
        let path = arguments.baseline.clone().unwrap_or_else(|| folder.repository().join(NAME));
        let not_text = |_| StoreError::io("read", &path)(ErrorKind::InvalidData.into());
        let before = match read_capped(&path, MAX_BASELINE_BYTES) {
            Ok(bytes) => Some(String::from_utf8(bytes).map_err(not_text)?),
            Err(Unreadable::Io(error)) if error.kind() == ErrorKind::NotFound && arguments.write_baseline => {
                None
            }
            Err(error) => return Err(error.at(&path).into()),
        };
        let read = |text: &String| {
            Baseline::read(text).map_err(|error| Failure::Usage(format!("{}:{error}", path.display())))
        };
        let listed = before.as_ref().map(read).transpose()?;
        Ok(Some(Self { path, before, listed }))
    }

    /// Takes what the baseline lists out of a report; a new one lists all that there is.
    pub(super) fn apply(
        &self,
        report: &mut Report,
        linter: &Linter,
        digest: &Digest,
    ) -> (Vec<Suppression>, Left) {
        let listed = self.listed.clone().unwrap_or_else(|| Baseline::of(report, digest));
        let BaselineOutcome { held, rest, gone } = listed.apply(report, linter, digest);
        (held, Left { rest, gone })
    }

    /// Tells what is found no longer, and writes the baseline where that was asked for: a new one with
    /// all that there is, one that is there without what is found no longer.
    pub(super) fn finish(
        &self,
        global: &Global,
        write_baseline: bool,
        left: &Left,
        report: &Report,
    ) -> Result<(), Failure> {
        let (name, Left { rest, gone }) = (self.path.display(), left);
        let say = |told: String| note(global, &told);
        if !write_baseline {
            if !gone.is_empty() {
                let lists = count(gone.len(), "finding");
                say(format!(
                    "{name} lists {lists} that can no longer be found: --write-baseline shortens it"
                ));
            }
            if global.verbose {
                gone.iter().for_each(|one| say(format!("no longer found: {one}")));
            }
            return Ok(());
        }
        let after = rest.text();
        if self.before.as_ref() != Some(&after) {
            replace_unchanged(&self.path, self.before.as_deref().map(str::as_bytes), after.as_bytes())?;
        }
        match &self.before {
            None => say(format!("wrote {name} with {}", count(rest.count(), "finding"))),
            Some(_) if report.summary.partial > 0 => {
                say(format!("{name} keeps all that it lists, since not every file could be read in full"));
            }
            Some(_) => {
                say(format!("{name}: {} taken out, {} left", count(gone.len(), "finding"), rest.count()))
            }
        }
        let more = Baseline::countable(report);
        if self.before.is_some() && more > 0 {
            say(format!("{} not added to {name}, which may only shrink", count(more, "new finding")));
        }
        Ok(())
    }
}
