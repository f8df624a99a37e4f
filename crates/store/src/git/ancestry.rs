//! The commits with which a state of the registry is compared.

use std::collections::BTreeSet;
use std::env;
use std::path::Path;

use super::command::said;
use super::error::GitError;
use super::{GitTree, Repository};
use crate::{StoreError, Unreadable, read_capped};

/// The most bytes of git's list of the commits that are being merged: a line each.
const MAX_MERGE_HEAD_BYTES: u64 = 64 * 1024;

/// The commits that the next one follows.
#[derive(Debug)]
pub struct Parents {
    /// What is checked out, and what is being merged into it. Before the first commit, an empty state.
    pub states: Vec<GitTree>,
    /// Where they parted; none where there is one parent, or nothing in common.
    pub fork: Option<GitTree>,
}

impl Repository {
    /// The commits that the next one follows: HEAD and, during a merge, what is merged into it.
    ///
    /// # Errors
    ///
    /// When git fails.
    pub fn parents(&self) -> Result<Parents, StoreError> {
        let tips = self.tips()?;
        if tips.is_empty() {
            return Ok(Parents { states: vec![GitTree::empty(self)], fork: None });
        }
        let fork = match tips.as_slice() {
            [_] => None,
            tips => self.merge_base(&["--octopus"], tips)?,
        };
        let states: Result<_, _> = tips.iter().map(|tip| self.tree(tip)).collect();
        Ok(Parents { states: states?, fork: fork.map(|commit| self.tree(&commit)).transpose()? })
    }

    /// What a revision, as git names them (`main`, `v1.2`, `HEAD~3`, `4f1c2ab`), has in common with what is
    /// checked out: the commit at which they diverged, the first where there are several. A merge that is not
    /// committed yet counts as if it were. `main...` says the same as `main`.
    ///
    /// # Errors
    ///
    /// When there is no such revision, with what may have been meant; when the two have nothing in common
    /// here; or git fails.
    pub fn fork_from(&self, name: &str) -> Result<GitTree, StoreError> {
        let commit = self.named(name)?;
        let mut tips = self.tips()?;
        if tips.is_empty() {
            return Err(self.unknown("HEAD")?.into());
        }
        if tips.as_slice() == [commit.as_str()] {
            return self.tree(&commit);
        }
        tips.insert(0, commit);
        match self.merge_base(&[], &tips)? {
            Some(base) => self.tree(&base),
            None => {
                let hint = self.shallow_hint("the commit at which they diverged")?;
                Err(GitError::NothingInCommon { name: name.to_owned(), top: self.top.clone(), hint }.into())
            }
        }
    }

    /// The id of the commit of that name.
    fn named(&self, name: &str) -> Result<String, GitError> {
        let named = if name == "HEAD" { self.head.clone() } else { self.commit(name)? };
        if let Some(commit) = named {
            return Ok(commit);
        }
        let symmetric = name.strip_suffix("...HEAD").or(name.strip_suffix("..."));
        if let Some(commit) = symmetric.map(|name| self.commit(name)).transpose()?.flatten() {
            return Ok(commit);
        }
        Err(match symmetric {
            None if name.contains("..") => GitError::Range { name: name.to_owned() },
            _ => self.unknown(symmetric.unwrap_or(name))?,
        })
    }

    fn unknown(&self, name: &str) -> Result<GitError, GitError> {
        let hint = self.hint(name)?;
        Ok(GitError::UnknownRevision { name: name.to_owned(), top: self.top.clone(), hint })
    }

    /// HEAD, if there is a commit yet, and what is being merged into it.
    fn tips(&self) -> Result<Vec<String>, StoreError> {
        let Some(head) = &self.head else { return Ok(Vec::new()) };
        let mut tips = vec![head.clone()];
        for merged in self.merged()? {
            tips.extend(self.commit(&merged)?.filter(|commit| !tips.contains(commit)));
        }
        Ok(tips)
    }

    /// The commits that are being merged. Git names them in a file; in the hook of a merge that it commits
    /// by itself, only in the names of environment variables.
    fn merged(&self) -> Result<BTreeSet<String>, StoreError> {
        let path = Path::new(&self.git_dir).join("MERGE_HEAD");
        match read_capped(&path, MAX_MERGE_HEAD_BYTES) {
            Ok(text) => Ok(String::from_utf8_lossy(&text).lines().map(str::to_owned).collect()),
            Err(Unreadable::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => {
                let names = env::vars_os().filter_map(|(name, _)| name.into_string().ok());
                Ok(names.filter_map(|name| Some(name.strip_prefix("GITHEAD_")?.to_owned())).collect())
            }
            Err(error) => Err(error.at(&path)),
        }
    }

    /// The best common ancestor of the first commit and a merge of the others or, with `--octopus`, of all;
    /// none where there is none.
    fn merge_base(&self, options: &[&str], commits: &[String]) -> Result<Option<String>, GitError> {
        let mut command = self.command();
        command.arg("merge-base").args(options).args(commits);
        let output = command.output().map_err(GitError::NoGit)?;
        match (output.status.code(), String::from_utf8_lossy(&output.stdout).lines().next()) {
            (Some(0), Some(commit)) => Ok(Some(commit.to_owned())),
            (Some(1), None) => Ok(None),
            _ => Err(GitError::Failed { command: "merge-base".to_owned(), said: said(&output.stderr) }),
        }
    }
}
