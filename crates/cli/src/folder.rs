//! The data folder of a run, and how its paths are shown.

mod find;

use std::collections::BTreeSet;
use std::env;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use diagnostics::closest;
use model::is_entity_id;
use registry::is_among;
use store::{
    Checkout, Recovered, Repository, Source, StoreError, WorkTree, Writer, canonical, document_of,
    may_be_sparse, refuse_unfinished,
};

use crate::Failure;
use crate::global::Global;
use crate::shell::word;
use crate::terminal::note;

/// How many files are named where there may be many.
const SHOWN: usize = 10;

/// The data folder of a run.
pub(crate) struct Folder {
    /// The folder as a source.
    pub(crate) tree: WorkTree,
    /// The prefix that makes a path in it the path to show: relative to the current directory
    /// with `/`, else absolute.
    pub(crate) prefix: String,
    root: PathBuf,
}

impl Folder {
    /// Opens the folder that was asked for, or the nearest one upwards, to read it: no write to it may
    /// be half done.
    pub(crate) fn open(global: &Global) -> Result<Self, Failure> {
        let folder = Self::find(global)?;
        refuse_unfinished(folder.tree.root())?;
        Ok(folder)
    }

    /// Opens the folder to judge what git has of it: it need not be in the work tree.
    pub(crate) fn open_in_git(global: &Global) -> Result<Self, Failure> {
        let here = env::current_dir()?;
        let root = find::in_git(&here, global.data.as_deref())?;
        refuse_unfinished(&root)?;
        Self::at(WorkTree::of_checkout(root), &here)
    }

    /// Opens the folder to write to it: what a killed run has left half done is finished first.
    pub(crate) fn open_to_write(global: &Global) -> Result<(Self, Writer), Failure> {
        let folder = Self::find(global)?;
        let writer = Writer::open(folder.tree.root())?;
        folder.tell_recovered(global, writer.recovered());
        Ok((folder, writer))
    }

    /// Says what became of the files that a killed run was writing.
    fn tell_recovered(&self, global: &Global, Recovered { written, left }: &Recovered) {
        let files = |paths: &[String]| {
            let shown: Vec<_> =
                paths.iter().take(SHOWN).map(|path| format!("{}{path}", self.prefix)).collect();
            let more = paths.len() - shown.len();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("{} ({}{more})", diagnostics::count(paths.len(), "file"), shown.join(", "))
        };
        if !written.is_empty() {
            note(global, &format!("finished the write of a killed run: {}", files(written)));
        }
        if !left.is_empty() {
            note(
                global,
                &format!(
                    "a killed run did not write {}, and the new texts are lost: these files are unchanged, so run its command again",
                    files(left)
                ),
            );
        }
    }

    /// Opens the folder to write to it, or just to read it.
    pub(crate) fn open_for(global: &Global, writing: bool) -> Result<(Self, Option<Writer>), Failure> {
        if writing {
            let (folder, writer) = Self::open_to_write(global)?;
            return Ok((folder, Some(writer)));
        }
        Ok((Self::open(global)?, None))
    }

    /// The folder as it is checked out: files that a sparse checkout leaves out of it are read from the git index.
    /// Where git cannot say which these are, none are.
    pub(crate) fn checkout(&self, global: &Global) -> Box<dyn Source> {
        if !may_be_sparse(self.tree.root()) {
            return Box::new(self.tree.clone());
        }
        let root = self.tree.root();
        match Repository::of(root).and_then(|repository| repository.checkout(&self.tree)) {
            Ok(checkout) => {
                tell_left_out(global, &checkout);
                Box::new(checkout)
            }
            Err(error) => {
                note(
                    global,
                    &format!(
                        "this may be a sparse checkout, and git cannot list what it leaves out: {error}"
                    ),
                );
                Box::new(self.tree.clone())
            }
        }
    }

    fn find(global: &Global) -> Result<Self, Failure> {
        let here = env::current_dir()?;
        let root = match &global.data {
            Some(folder) => folder.clone(),
            None => find::nearest(&here)?,
        };
        let folder = Self::at(WorkTree::new(root)?, &here)?;
        if let Some(asked) = &global.data {
            folder.name_in_commands(&here, asked);
        }
        Ok(folder)
    }

    /// Has messages name the folder in their commands, where these would not find it.
    fn name_in_commands(&self, here: &Path, asked: &Path) {
        let found = find::nearest(here).ok().and_then(|found| canonical(&found).ok());
        if found.is_none_or(|found| found != self.root) {
            diagnostics::called_with_data(&word(&asked.to_string_lossy()));
        }
    }

    /// The folder at a place, for who is in the folder `here`.
    pub(crate) fn at(tree: WorkTree, here: &Path) -> Result<Self, Failure> {
        let root = canonical(tree.root()).map_err(StoreError::io("open", tree.root()))?;
        let here = here.canonicalize().unwrap_or_else(|_| here.to_owned());
        let shown = root.strip_prefix(&here).unwrap_or(&root);
        Ok(Self { prefix: as_prefix(shown), tree, root })
    }

    /// The path in the data folder of a file that need not be there.
    pub(crate) fn inside(&self, path: &Path) -> Result<String, Failure> {
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let folder = folder.canonicalize().map_err(StoreError::io("open", folder))?;
        let absolute = folder.join(path.file_name().unwrap_or_default());
        match absolute.strip_prefix(&self.root) {
            Ok(inside) => Ok(with_slashes(inside)),
            Err(_) => Err(self.outside(path)),
        }
    }

    /// The prefix that makes a path in it the path that a CI server needs: relative to the top of the
    /// git repository, whatever the current directory is. Outside of one, the path to show.
    pub(crate) fn for_servers(&self) -> String {
        self.below_top().unwrap_or_else(|| self.prefix.clone())
    }

    /// The path of a file that is shown, from the top of the git repository; nothing where that does not hold it.
    pub(crate) fn below_repository(&self, shown: &str) -> Option<String> {
        let file = Path::new(shown);
        let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // A data file that an import would make may lie in a folder that is not there yet.
        let Ok(parent) = parent.canonicalize() else {
            return shown.strip_prefix(&self.prefix).map(|inside| self.for_servers() + inside);
        };
        let top = self.root.ancestors().find(|folder| folder.join(".git").exists())?;
        parent.join(file.file_name()?).strip_prefix(top).ok().map(with_slashes)
    }

    /// The prefix that makes a path in it one from the top of its git repository.
    fn below_top(&self) -> Option<String> {
        let top = self.root.ancestors().find(|folder| folder.join(".git").exists())?;
        self.root.strip_prefix(top).ok().map(as_prefix)
    }

    fn outside(&self, path: &Path) -> Failure {
        Failure::Usage(format!("{} is not in the data folder {}", path.display(), self.root.display()))
    }

    /// The data folder, from the root of the file system.
    pub(crate) fn absolute(&self) -> &Path {
        &self.root
    }

    /// The repository: the folder that holds the data folder.
    pub(crate) fn repository(&self) -> &Path {
        self.root.parent().unwrap_or(&self.root)
    }

    /// The prefix that makes a path in the data folder one in the repository: `data/`, or with the
    /// folders above it up to the top of the git work tree, `registry/data/`.
    pub(crate) fn in_repository(&self) -> String {
        let name = || self.root.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        self.below_top().unwrap_or_else(|| format!("{}/", name()))
    }

    /// Paths of the command line as paths to show: a file, or a folder with a final `/`. Paths that are not there
    /// may be of states of the data folder other than that on the disk.
    pub(crate) fn shown(&self, paths: &[PathBuf], states: &[&dyn Source]) -> Result<Vec<String>, Failure> {
        paths.iter().map(|path| self.shown_path(path, states)).collect()
    }

    /// A path that is not on the disk, as a path to show, where any of some states has it.
    fn elsewhere(&self, path: &Path, states: &[&dyn Source]) -> Result<Option<String>, Failure> {
        let Some(inside) = self.beyond(path) else { return Ok(None) };
        for state in states {
            let files = state.list()?;
            let slash = if files.contains(&inside) { "" } else { "/" };
            let wanted = format!("{inside}{slash}");
            if files.iter().any(|file| is_among(file, std::slice::from_ref(&wanted))) {
                return Ok(Some(format!("{}{wanted}", self.prefix)));
            }
        }
        Ok(None)
    }

    /// The path in the data folder of a file or folder that is not there, nor what holds it.
    fn beyond(&self, path: &Path) -> Option<String> {
        canonical(path).ok()?.strip_prefix(&self.root).ok().map(with_slashes)
    }

    fn shown_path(&self, path: &Path, states: &[&dyn Source]) -> Result<String, Failure> {
        let found = path.canonicalize();
        if found.as_ref().is_err_and(|error| error.kind() == ErrorKind::NotFound)
            && let Some(shown) = self.elsewhere(path, states)?
        {
            return Ok(shown);
        }
        let absolute = found.map_err(|error| {
            let meant = if error.kind() == ErrorKind::NotFound { self.nearest(path) } else { None };
            let failure = StoreError::io("open", path)(error);
            match meant {
                Some(meant) => Failure::Usage(format!("{failure}: did you mean {meant}?")),
                None => failure.into(),
            }
        })?;
        if self.root.starts_with(&absolute) {
            return Ok(self.prefix.clone());
        }
        let Ok(inside) = absolute.strip_prefix(&self.root) else { return Err(self.outside(path)) };
        let slash = if absolute.is_dir() { "/" } else { "" };
        Ok(format!("{}{}{slash}", self.prefix, with_slashes(inside)))
    }

    /// The folder or data file that may be meant by a path where nothing is: by the path, else by the
    /// name of the file.
    fn nearest(&self, path: &Path) -> Option<String> {
        let is_named = |path: &String| document_of(path).is_some() && is_entity_id(stem(path));
        let files: Vec<String> = self.tree.list().ok()?.into_iter().filter(is_named).collect();
        let folders: BTreeSet<_> = files.iter().filter_map(|file| Some(file.rsplit_once('/')?.0)).collect();
        let is_file = path.extension().is_some();
        let all = folders.into_iter().filter(|_| !is_file).chain(files.iter().map(String::as_str));
        let shown: Vec<_> = all.map(|path| format!("{}{path}", self.prefix)).collect();
        let name = path.file_stem().map(|name| name.to_string_lossy()).unwrap_or_default();
        let by_name = || {
            let meant = closest(&name, files.iter().map(|file| stem(file)))?;
            shown.iter().map(String::as_str).find(|path| stem(path) == meant)
        };
        let whole = closest(&with_slashes(path), shown.iter().map(String::as_str));
        whole.or_else(by_name).map(ToOwned::to_owned)
    }
}

/// Says how many files a sparse checkout leaves out.
pub(crate) fn tell_left_out(global: &Global, checkout: &Checkout) {
    let files = match checkout.left_out() {
        0 => return,
        1 => "1 data file is outside the sparse checkout and is".to_owned(),
        more => format!("{more} data files are outside the sparse checkout and are"),
    };
    note(global, &format!("{files} read from the git index"));
}

/// The name of a data file, which is the id of what it holds.
fn stem(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path).trim_end_matches(".toml")
}

/// A folder as the beginning of the paths in it.
fn as_prefix(folder: &Path) -> String {
    let mut prefix = with_slashes(folder);
    if !prefix.is_empty() && !prefix.ends_with('/') {
        prefix.push('/');
    }
    prefix
}

/// A path with `/` between its parts.
pub(crate) fn with_slashes(path: &Path) -> String {
    let root = if path.has_root() { "/" } else { "" };
    let parts: Vec<_> = path
        .components()
        .filter_map(|component| match component {
            Component::Normal(part) => Some(part.to_string_lossy()),
            _ => None,
        })
        .collect();
    format!("{root}{}", parts.join("/"))
}
