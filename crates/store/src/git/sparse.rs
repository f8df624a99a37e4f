//! The work tree of a sparse checkout: git has left files out of it, which are not deleted.

use std::collections::BTreeSet;

use super::tree::data_file;
use super::{GitTree, Repository};
use crate::layout::document_of;
use crate::{Source, StoreError, WorkTree};

/// A work tree, and the files that a sparse checkout leaves out of it as the index has them.
#[derive(Debug)]
struct Sparse {
    tree: WorkTree,
    index: GitTree,
    left_out: BTreeSet<String>,
}

impl Repository {
    /// The work tree. Files that a sparse checkout leaves out are read from the index.
    ///
    /// # Errors
    ///
    /// When git fails, or the folder cannot be read.
    pub fn work_tree(&self, tree: &WorkTree) -> Result<Box<dyn Source>, StoreError> {
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
        if left_out.is_empty() {
            return Ok(Box::new(tree.clone()));
        }
        Ok(Box::new(Sparse { tree: tree.clone(), index: self.index()?, left_out }))
    }
}

impl Source for Sparse {
    fn list(&self) -> Result<Vec<String>, StoreError> {
        let mut files = self.tree.list()?;
        files.extend(self.left_out.iter().cloned());
        files.sort();
        Ok(files)
    }

    fn strays(&self) -> Result<Vec<String>, StoreError> {
        self.tree.strays()
    }

    fn read(&self, path: &str) -> Result<Result<Vec<u8>, String>, StoreError> {
        if self.left_out.contains(path) { self.index.read(path) } else { self.tree.read(path) }
    }
}
