//! The work tree of a sparse checkout: git has left files out of it, which are not deleted.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use super::tree::data_file;
use super::{GitTree, Repository};
use crate::paths::document_of;
use crate::{FileContent, Source, StoreError, WorkTree};

/// A work tree, and the files that a sparse checkout leaves out of it as the index has them.
#[derive(Debug)]
pub struct Checkout {
    tree: WorkTree,
    /// The index, and the files that are left out.
    beside: Option<(GitTree, BTreeSet<String>)>,
}

impl Checkout {
    /// How many data files are left out.
    pub fn left_out(&self) -> usize {
        self.beside.as_ref().map_or(0, |(_, files)| files.len())
    }
}

/// Returns whether the repository that holds a folder has, or had, a sparse checkout. This asks no git, so that it
/// costs next to nothing.
pub fn may_be_sparse(folder: &Path) -> bool {
    let named = env::var_os("GIT_DIR").filter(|path| !path.is_empty()).map(PathBuf::from);
    let nearest = || {
        let link = folder.ancestors().map(|folder| folder.join(".git")).find(|link| link.exists())?;
        if link.is_dir() {
            return Some(link);
        }
        // A separate work tree: `gitdir: PATH`.
        let text = fs::read_to_string(&link).ok()?;
        Some(link.parent()?.join(text.strip_prefix("gitdir:")?.trim()))
    };
    let git = named.or_else(nearest);
    git.is_some_and(|git| git.join("info/sparse-checkout").exists())
}

impl Repository {
    /// The work tree. Files that a sparse checkout leaves out are read from the index.
    ///
    /// # Errors
    ///
    /// When git fails, or the folder cannot be read.
    pub fn checkout(&self, tree: &WorkTree) -> Result<Checkout, StoreError> {
        let listed = self.ask(&["ls-files", "-t", "-z", "--", &self.pathspec()])?;
        // `<tag> <path>`: the tag of a file that is left out is `S`.
        let records = listed.split(|byte| *byte == 0).filter_map(|record| record.strip_prefix(b"S "));
        let paths = records.filter_map(|path| data_file(path, &self.folder));
        let mut left_out: BTreeSet<_> = paths.filter(|path| document_of(path).is_some()).collect();
        if !left_out.is_empty() {
            // One that is there all the same is read where it is.
            let there = tree.list()?;
            left_out.retain(|path| !there.contains(path));
        }
        let beside = if left_out.is_empty() { None } else { Some((self.index()?, left_out)) };
        Ok(Checkout { tree: tree.clone(), beside })
    }
}

impl Source for Checkout {
    fn list(&self) -> Result<Vec<String>, StoreError> {
        let mut files = self.tree.list()?;
        if let Some((_, left_out)) = &self.beside {
            files.extend(left_out.iter().cloned());
            files.sort();
        }
        Ok(files)
    }

    fn strays(&self) -> Result<Vec<String>, StoreError> {
        self.tree.strays()
    }

    fn read(&self, path: &str) -> Result<FileContent, StoreError> {
        match &self.beside {
            Some((index, left_out)) if left_out.contains(path) => index.read(path),
            _ => self.tree.read(path),
        }
    }

    fn blob_id(&self, path: &str) -> Option<&str> {
        let (index, _) = self.beside.as_ref().filter(|(_, left_out)| left_out.contains(path))?;
        index.blob_id(path)
    }
}
