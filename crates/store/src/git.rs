//! Git: the index and the revisions of the repository that holds a data folder.
//!
//! Everything is asked of the `git` command, which knows the repository's settings and formats best.
//! Nothing that is asked runs hooks, filters or textconv programs, or writes.

mod ancestry;
mod blobs;
mod sparse;
mod tree;

use std::env;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use diagnostics::closest;

pub use ancestry::Parents;
pub use tree::GitTree;

use crate::StoreError;

/// What git cannot or will not do.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// The command cannot be run.
    #[error("cannot run `git`: {0}")]
    NoGit(io::Error),
    /// The data folder is in no repository, or git refuses to open it.
    #[error("{folder} is in no git work tree: {said}")]
    NoRepository {
        /// The data folder.
        folder: PathBuf,
        /// What git said.
        said: String,
    },
    /// The revision is not there.
    #[error("there is no revision `{name}` in {top}{hint}")]
    UnknownRevision {
        /// What was asked for.
        name: String,
        /// The work tree.
        top: PathBuf,
        /// What may help, after a colon; empty where nothing may.
        hint: String,
    },
    /// A range of revisions, where one is wanted.
    #[error(
        "`{name}` is a range: give one revision, and the comparison is with what it has in common with HEAD"
    )]
    Range {
        /// What was asked for.
        name: String,
    },
    /// A revision and what is checked out have no commit in common.
    #[error("`{name}` and HEAD have no commit in common in {top}, so there is nothing to compare with{hint}")]
    NothingInCommon {
        /// What was asked for.
        name: String,
        /// The work tree.
        top: PathBuf,
        /// What may help, after a colon; empty where nothing may.
        hint: String,
    },
    /// Git failed.
    #[error("`git {command}` failed: {said}")]
    Failed {
        /// What was asked of it.
        command: String,
        /// What it said.
        said: String,
    },
}

/// The repository in whose work tree a data folder lies.
#[derive(Debug)]
pub struct Repository {
    git_dir: String,
    top: PathBuf,
    /// The path of the data folder in the work tree, with a final slash; empty where it is the top.
    folder: String,
}

impl Repository {
    /// Finds the repository of a data folder: the one that git has told its hook of (`GIT_DIR`), else
    /// the nearest upwards.
    ///
    /// # Errors
    ///
    /// When there is none, or git cannot be run.
    pub fn of(data: &Path) -> Result<Self, StoreError> {
        let mut command = git();
        // A `GIT_DIR` may be relative to the current directory. To git an empty one is a path that is not there.
        if env::var_os("GIT_DIR").is_none_or(|path| path.is_empty()) {
            command.env_remove("GIT_DIR").current_dir(data);
        }
        let no_repository = |said: String| GitError::NoRepository { folder: data.to_owned(), said };
        let told =
            run(command.args(["rev-parse", "--show-toplevel", "--absolute-git-dir"])).map_err(|error| {
                match error {
                    GitError::Failed { said, .. } => no_repository(said),
                    other => other,
                }
            })?;
        let told = String::from_utf8_lossy(&told);
        let mut lines = told.lines().map(ToOwned::to_owned);
        let top = PathBuf::from(lines.next().unwrap_or_default());
        let git_dir = lines.next().unwrap_or_default();
        let canonical = |path: &Path| path.canonicalize().map_err(StoreError::io("open", path));
        let (top, data) = (canonical(&top)?, canonical(data)?);
        let inside = data.strip_prefix(&top).map_err(|_| no_repository(format!("that of {}", top.display())));
        let folder =
            inside?.components().map(|part| format!("{}/", part.as_os_str().to_string_lossy())).collect();
        Ok(Self { git_dir, top, folder })
    }

    /// The top of the work tree.
    pub fn top(&self) -> &Path {
        &self.top
    }

    /// The folder from which git runs hooks, as `core.hooksPath` says. It need not exist.
    ///
    /// # Errors
    ///
    /// When git fails.
    pub fn hooks(&self) -> Result<PathBuf, StoreError> {
        let path = self.ask(&["rev-parse", "--git-path", "hooks"])?;
        Ok(self.top.join(String::from_utf8_lossy(&path).trim_end_matches(['\n', '\r'])))
    }

    /// What would be committed: the index, or the one that `GIT_INDEX_FILE` names.
    ///
    /// # Errors
    ///
    /// When git fails, or the index holds no registry.
    pub fn index(&self) -> Result<GitTree, StoreError> {
        let listed = self.ask(&["ls-files", "--stage", "-z", "--", &self.pathspec()])?;
        // `git add --intent-to-add` promises files that no commit will hold yet.
        let promised =
            self.ask(&["diff-files", "--diff-filter=A", "--name-only", "-z", "--", &self.pathspec()])?;
        let tree = GitTree::of_index(self, &listed, &promised)?;
        if !tree.has_registry() {
            return Err(StoreError::NoRegistry(PathBuf::from(format!(
                "the git index ({})",
                self.pathspec()
            ))));
        }
        Ok(tree)
    }

    /// The id of the commit that a revision names.
    fn commit(&self, name: &str) -> Result<Option<String>, GitError> {
        let peeled = format!("{name}^{{commit}}");
        match self.ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", &peeled]) {
            Ok(id) => Ok(Some(String::from_utf8_lossy(&id).trim_end().to_owned())),
            Err(GitError::Failed { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn tree(&self, commit: &str) -> Result<GitTree, StoreError> {
        let listed = self.ask(&["ls-tree", "-r", "-z", "--full-tree", commit, "--", &self.pathspec()])?;
        GitTree::of_revision(self, &listed)
    }

    /// What may help who asked for a revision that is not there.
    fn hint(&self, name: &str) -> Result<String, GitError> {
        let names = self.ask(&["for-each-ref", "--format=%(refname:short)"])?;
        let names = String::from_utf8_lossy(&names);
        if let Some(meant) = closest(name, names.lines()) {
            return Ok(format!(": did you mean `{meant}`?"));
        }
        self.shallow_hint("it")
    }

    /// What a shallow clone may lack, and the command that fetches it; empty for a whole clone.
    fn shallow_hint(&self, lacks: &str) -> Result<String, GitError> {
        let shallow = self.ask(&["rev-parse", "--is-shallow-repository"])?.starts_with(b"true");
        let hint = || {
            format!(
                ": this clone is shallow and may lack {lacks}; `git fetch --unshallow` gets the whole history"
            )
        };
        Ok(if shallow { hint() } else { String::new() })
    }

    /// The data folder, for commands that take paths.
    fn pathspec(&self) -> String {
        if self.folder.is_empty() { ".".to_owned() } else { self.folder.clone() }
    }

    fn ask(&self, arguments: &[&str]) -> Result<Vec<u8>, GitError> {
        run(self.command().args(arguments))
    }

    /// Git on this repository, whatever the current directory is.
    fn command(&self) -> Command {
        let mut command = git();
        command.current_dir(&self.top).env("GIT_DIR", &self.git_dir).env("GIT_WORK_TREE", &self.top);
        command
    }
}

/// What stands before git's subcommand: no writing, no patterns, no program that watches files.
const SETTINGS: [&str; 4] = ["--no-optional-locks", "--literal-pathspecs", "-c", "core.fsmonitor=false"];

/// Git, without the programs that a repository's settings may have it run.
fn git() -> Command {
    let mut command = Command::new("git");
    command.args(SETTINGS).env("LC_ALL", "C").stdin(Stdio::null());
    command
}

/// What a command writes.
fn run(command: &mut Command) -> Result<Vec<u8>, GitError> {
    let output = command.output().map_err(GitError::NoGit)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let name = command.get_args().map(|one| one.to_string_lossy()).nth(SETTINGS.len()).unwrap_or_default();
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or("it did not say why").trim_start_matches("fatal: ");
    Err(GitError::Failed { command: name.into_owned(), said: said.to_owned() })
}
