//! What a lint judges, with what it compares, and what it reports.

use std::collections::HashSet;
use std::io::{self, Read};
use std::path::Path;

use diagnostics::{Counts, Report, number_equals};
use lint::{ChangeContext, Fate, Linter};
use model::Date;
use store::{FileLocator, MAX_FILE_BYTES, Overlay, Repository, Source, StoreError, document_of};

use crate::Failure;
use crate::cli::LintArguments;
use crate::folder::{Folder, is_among};
use crate::judge::{Judgement, judge};

/// The state that is judged, the state it is compared with, and the files that are reported on.
pub(super) struct Scope<'f> {
    after: Box<dyn Source + 'f>,
    before: Option<Box<dyn Source>>,
    /// Paths to show: files, or folders with a final `/`. None means everything.
    only: Vec<String>,
}

/// A state that was judged, beside the one before.
pub(super) struct Comparison {
    pub(super) after: Judgement,
    /// The fingerprints of what stood before.
    pub(super) standing: HashSet<String>,
}

impl<'f> Scope<'f> {
    /// What the command line asks for.
    pub(super) fn open(folder: &'f Folder, arguments: &LintArguments) -> Result<Self, Failure> {
        let tree: Box<dyn Source + 'f> = Box::new(folder.tree.clone());
        if arguments.paths.iter().any(|path| path.as_os_str() == "-") {
            let path = document(folder, arguments)?;
            let only = vec![format!("{}{path}", folder.prefix)];
            let after = Box::new(Overlay::new(&folder.tree, path, read_document()?));
            return Ok(Self { after, before: None, only });
        }
        if arguments.stdin_path.is_some() {
            return Err(usage("--stdin-path says where standard input belongs: give `-` as the only PATH"));
        }
        let only = folder.shown(&arguments.paths)?;
        if !arguments.staged && arguments.since.is_none() {
            return Ok(Self { after: tree, before: None, only });
        }
        let repository = Repository::of(folder.tree.root())?;
        let before = match &arguments.since {
            Some(revision) => repository.revision(revision)?,
            None => repository.head()?,
        };
        let after = if arguments.staged { Box::new(repository.index()?) } else { tree };
        Ok(Self { after, before: Some(Box::new(before)), only })
    }

    /// The state that is judged.
    pub(super) fn source(&self) -> &dyn Source {
        &*self.after
    }

    /// Whether only some findings are wanted, so that all of these are shown.
    pub(super) fn is_narrow(&self) -> bool {
        self.before.is_some() || !self.only.is_empty()
    }

    /// Judges a state, with what became of the one before.
    pub(super) fn judge(
        &self,
        source: &dyn Source,
        linter: &Linter,
        today: Date,
    ) -> Result<Comparison, StoreError> {
        let Some(base) = &self.before else {
            return Ok(Comparison { after: judge(source, None, linter, today)?, standing: HashSet::new() });
        };
        let before = judge(&**base, None, linter, today)?;
        let after = judge(source, Some(&before.digest), linter, today)?;
        let change = ChangeContext { before: &before.digest, after: &after.digest };
        // Equal findings are told apart by their order, so they are located here too.
        let locator = FileLocator::new(&**base, String::new());
        let mut standing = Report::new(before.findings, Counts::default(), &locator).findings;
        for finding in &mut standing {
            if let Fate::Lives(now, _) = change.fate(&finding.place.subject.entity) {
                finding.place.subject.entity = now.clone();
            }
        }
        number_equals(&mut standing);
        let standing = standing.into_iter().map(|finding| finding.fingerprint).collect();
        Ok(Comparison { after, standing })
    }

    /// Whether a file, by its path to show, is reported on.
    pub(super) fn reports_on(&self, file: &str) -> bool {
        is_among(file, &self.only)
    }
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
