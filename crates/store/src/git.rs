//! Git: the index and the revisions of the repository that holds a data folder.
//!
//! Everything is asked of the `git` command, which knows the repository's formats best. How it is run, so
//! that it only reads, is in `command.rs`.

mod ancestry;
mod beside;
mod blobs;
mod command;
mod error;
mod remote;
mod sparse;
mod tree;

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use diagnostics::closest;

use self::blobs::Blobs;
use self::command::{git, run};

pub use ancestry::Parents;
pub use beside::Beside;
pub use error::GitError;
pub use sparse::{Checkout, may_be_sparse};
pub use tree::GitTree;

use crate::{StoreError, canonical};

/// Git as it is run here: it only reads, and runs none of the programs that the settings of a repository name, as long
/// as the subcommand looks at no file of the work tree.
pub fn git_command() -> Command {
    git()
}

/// The repository in whose work tree a data folder lies.
#[derive(Debug)]
pub struct Repository {
    git_dir: String,
    top: PathBuf,
    /// The path of the data folder in the work tree, with a final slash; empty where it is the top.
    folder: String,
    /// The id of the commit that is checked out; none before the first commit.
    head: Option<String>,
    blobs: Arc<Blobs>,
}

impl Repository {
    /// Finds the repository of a data folder: the one that git gives to its hook (`GIT_DIR`), else
    /// the nearest upwards. The folder need not be in the work tree.
    ///
    /// # Errors
    ///
    /// When there is none, or git cannot be run or refuses to open it.
    pub fn of(data: &Path) -> Result<Self, StoreError> {
        let data = canonical(data).map_err(StoreError::io("open", data))?;
        let mut command = git();
        // A `GIT_DIR` may be relative to the current directory. To git an empty one is a path that is not there.
        if env::var_os("GIT_DIR").is_none_or(|path| path.is_empty())
            && let Some(there) = data.ancestors().find(|folder| folder.is_dir())
        {
            command.env_remove("GIT_DIR").current_dir(there);
        }
        let no_repository = |said: String| GitError::NoRepository { folder: data.clone(), said };
        // What is no revision is left out.
        let asked = ["--show-toplevel", "--absolute-git-dir", "--revs-only", "HEAD^{commit}"];
        let answer = run(command.arg("rev-parse").args(asked));
        let answer = answer.map_err(|error| match error {
            GitError::Failed { said, .. } if said.starts_with("not a git repository") => no_repository(said),
            GitError::Failed { said, .. } => GitError::NotOpened { folder: data.clone(), said },
            other => other,
        })?;
        let answer = String::from_utf8_lossy(&answer);
        let mut lines = answer.lines().map(ToOwned::to_owned);
        let top = PathBuf::from(lines.next().unwrap_or_default());
        let git_dir = lines.next().unwrap_or_default();
        let top = top.canonicalize().map_err(StoreError::io("open", &top))?;
        let inside = data.strip_prefix(&top).map_err(|_| no_repository(format!("that of {}", top.display())));
        let folder =
            inside?.components().map(|part| format!("{}/", part.as_os_str().to_string_lossy())).collect();
        let blobs = Arc::new(Blobs::new(on(&git_dir, &top)));
        Ok(Self { git_dir, top, folder, head: lines.next(), blobs })
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

    /// The id of the commit that is checked out, if there is one, and the name of its branch, if it is on one.
    ///
    /// # Errors
    ///
    /// When git cannot be run.
    pub fn head(&self) -> Result<(Option<String>, Option<String>), StoreError> {
        let branch = match self.ask(&["symbolic-ref", "--quiet", "--short", "HEAD"]) {
            Ok(name) => Some(String::from_utf8_lossy(&name).trim_end().to_owned()),
            Err(GitError::Failed { .. }) => None,
            Err(error) => return Err(error.into()),
        };
        Ok((self.head.clone(), branch))
    }

    /// Whether `core.hooksPath` leads out of the work tree, so that other repositories may run the same hooks.
    ///
    /// # Errors
    ///
    /// When git fails.
    pub fn shares_hooks(&self) -> Result<bool, StoreError> {
        let named = self.ask(&["config", "--get", "core.hooksPath"]).is_ok();
        Ok(named && !self.hooks()?.starts_with(&self.top))
    }

    /// Whether git has a registry in the data folder: in the index, or in HEAD. The work tree is not asked.
    ///
    /// # Errors
    ///
    /// When git cannot be run.
    pub fn has_registry(&self) -> Result<bool, StoreError> {
        Ok(self.holds_registry(":0")? || self.holds_registry("HEAD")?)
    }

    fn holds_registry(&self, state: &str) -> Result<bool, GitError> {
        match self.ask(&["rev-parse", "--verify", "--quiet", &format!("{state}:{}", self.registry())]) {
            Ok(_) => Ok(true),
            Err(GitError::Failed { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The file that makes a folder a registry, by its path in the work tree.
    fn registry(&self) -> String {
        format!("{}registry.toml", self.folder)
    }

    /// What would be committed: the index, or the one that `GIT_INDEX_FILE` names.
    ///
    /// # Errors
    ///
    /// When git fails, or the index holds no registry.
    pub fn index(&self) -> Result<GitTree, StoreError> {
        let listed = self.ask(&["ls-files", "--stage", "-z", "--", &self.pathspec()])?;
        let tree = GitTree::of_index(self, &listed)?;
        if !tree.has_registry() {
            if self.holds_registry("HEAD")? {
                return Err(GitError::RegistryDeleted(self.registry()).into());
            }
            return Err(StoreError::NoRegistry(PathBuf::from(format!(
                "the git index ({})",
                self.pathspec()
            ))));
        }
        Ok(tree)
    }

    /// The paths that a commit of the index would hold, of all that it lists: `git add --intent-to-add` only
    /// promises a file. What is promised is an empty file until then, so few need to ask. The index is compared
    /// with the empty tree, which looks at no file of the work tree.
    fn committed(&self, empty_tree: &str) -> Result<Vec<u8>, GitError> {
        let command = ["diff-index", "--cached", "--ita-invisible-in-index", "--ignore-submodules=all"];
        let shown = ["--no-renames", "--name-only", "-z", empty_tree, "--", &self.pathspec()];
        self.ask(&[&command[..], &shown].concat())
    }

    /// The id of the commit that a revision names.
    fn commit(&self, name: &str) -> Result<Option<String>, GitError> {
        // Older versions of git know no `--end-of-options`; no revision begins like an option.
        if name.starts_with(['-', '^']) {
            return Ok(None);
        }
        match self.ask(&["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")]) {
            Ok(id) => Ok(Some(String::from_utf8_lossy(&id).trim_end().to_owned())),
            Err(GitError::Failed { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn tree(&self, commit: &str) -> Result<GitTree, StoreError> {
        let listed = self.ask(&["ls-tree", "-r", "-z", "--full-tree", commit, "--", &self.pathspec()])?;
        Ok(GitTree::of_commit(self, commit, &listed))
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
        on(&self.git_dir, &self.top)
    }
}

/// Git on a repository and its work tree.
fn on(git_dir: &str, top: &Path) -> Command {
    let mut command = git();
    command.current_dir(top).env("GIT_DIR", git_dir).env("GIT_WORK_TREE", top);
    command
}
