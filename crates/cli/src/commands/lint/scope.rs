//! The scope of a lint, from the command line: what it checks, what it compares with, and what it reports.

use std::env;
use std::io::{self, Read};
use std::path::Path;

use model::limits::MAX_FILE_BYTES;
use registry::Scope;
use store::{Beside, Overlay, Parents, Repository, Tolerant, document_of};

use crate::Failure;
use crate::arguments::LintArguments;
use crate::folder::{Folder, tell_left_out};
use crate::global::Global;
use crate::terminal::note;

/// What is judged, and the paths to show of what is reported: files, or folders with a final `/`. None means
/// everything.
pub(super) struct Judged<'f> {
    pub(super) scope: Scope<'f>,
    pub(super) only: Vec<String>,
}

/// What the command line asks for.
pub(super) fn open<'f>(
    global: &Global,
    folder: &'f Folder,
    arguments: &LintArguments,
) -> Result<Judged<'f>, Failure> {
    if arguments.paths.iter().any(|path| path.as_os_str() == "-") {
        let path = document(folder, arguments)?;
        let only = vec![format!("{}{path}", folder.prefix)];
        let after = Overlay::new(&folder.tree, path, read_document()?);
        return Ok(Judged { scope: Scope::of(Tolerant::new(Box::new(after))), only });
    }
    if arguments.stdin_path.is_some() {
        return Err(usage("--stdin-path needs standard input: give `-` as the only PATH"));
    }
    let scope = if !arguments.staged && arguments.since.is_none() {
        Scope::of(Tolerant::new(folder.checkout(global)))
    } else {
        compared(global, folder, arguments)?
    };
    // What was deleted since is judged, too.
    let only = folder.shown(&arguments.paths, &scope.states())?;
    Ok(Judged { scope, only })
}

/// The index or the work tree, beside what it is compared with.
fn compared<'f>(
    global: &Global,
    folder: &'f Folder,
    arguments: &LintArguments,
) -> Result<Scope<'f>, Failure> {
    let repository = Repository::of(folder.tree.root())?;
    if arguments.staged && arguments.since.is_none() && is_outside_of_a_commit() {
        note(global, "this is not a commit, so the whole index is judged");
        return Ok(Scope::of(Beside::new(repository.index()?, &folder.tree)));
    }
    let before = match &arguments.since {
        Some(revision) => Parents { states: vec![repository.fork_from(revision)?], fork: None },
        None => repository.parents()?,
    };
    let after = if arguments.staged {
        let index = repository.index()?;
        if before.states.iter().all(|state| index.is_same(state)) {
            note(global, "nothing is staged in the data folder, so nothing is checked");
        }
        Scope::of(Beside::new(index, &folder.tree))
    } else {
        let checkout = repository.checkout(&folder.tree)?;
        tell_left_out(global, &checkout);
        Scope::of(Tolerant::new(Box::new(checkout)))
    };
    Ok(after.since(before))
}

/// Whether pre-commit or prek runs the command by itself, as `pre-commit run --all-files` does. Git names an index to
/// the hooks of a commit.
fn is_outside_of_a_commit() -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    is_set("PRE_COMMIT") && !is_set("GIT_INDEX_FILE")
}

/// The path in the data folder at which standard input is judged.
fn document(folder: &Folder, arguments: &LintArguments) -> Result<String, Failure> {
    if arguments.paths.len() > 1 {
        return Err(usage("`-` is one document on standard input: give no other PATH"));
    }
    if arguments.staged || arguments.since.is_some() {
        return Err(usage("`-` checks standard input: it cannot be combined with --staged and --since"));
    }
    let Some(path) = &arguments.stdin_path else {
        return Err(usage(
            "`-` needs --stdin-path: the file for which standard input is checked, such as data/offerings/ID.toml",
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
        "{} is not a data file: registry.toml, dimensions.toml, ID.toml in organizations, platforms or offerings, or HOST.toml in visits",
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
