//! Where a new registry goes.

use std::env;
use std::path::{Path, PathBuf};

use store::{GitError, Repository, StoreError, canonical};

use super::bad_name;
use crate::Failure;
use crate::arguments::InitArguments;
use crate::folder::with_slashes;
use crate::global::Global;

/// The names of folders that are beside the data folder.
const RESERVED: [&str; 2] = ["schema", "dist"];

/// The place of a new registry. Paths are below its root, with `/`.
pub(super) struct Place {
    /// The top of the repository that holds it, else the nearest folder that is there.
    pub(super) root: PathBuf,
    /// Whether a git repository holds it.
    pub(super) is_in_git: bool,
    /// The current folder.
    pub(super) here: PathBuf,
    /// The folder that holds the data folder, with a final `/`; empty where it is the root.
    folder: String,
    /// The name of the data folder.
    pub(super) name: String,
}

impl Place {
    /// Finds the place, and refuses one where a registry cannot be begun.
    pub(super) fn find(global: &Global, arguments: &InitArguments) -> Result<Self, Failure> {
        let asked = match (&arguments.folder, &global.data) {
            (Some(folder), _) => folder.join("data"),
            (None, Some(data)) => data.clone(),
            (None, None) => PathBuf::from("data"),
        };
        let data = canonical(&asked).map_err(StoreError::io("open", &asked))?;
        refuse_registry(&data)?;
        let (Some(folder), Some(name)) = (data.parent(), data.file_name().and_then(|name| name.to_str()))
        else {
            return Err(Failure::Usage(format!(
                "{} cannot be a data folder: give one with a name in UTF-8 within another folder",
                data.display()
            )));
        };
        let is_allowed = |letter: char| letter.is_alphanumeric() || "-_.".contains(letter);
        let is_begun = name.starts_with(char::is_alphanumeric);
        if !is_begun || !name.chars().all(is_allowed) || RESERVED.contains(&name) {
            return Err(bad_name(name, &RESERVED));
        }
        if data.to_str().is_none_or(|path| path.contains(char::is_control)) {
            return Err(Failure::Usage(format!(
                "{}: the path of a data folder must be UTF-8 without control characters",
                data.display()
            )));
        }
        let repository = match Repository::of(&data) {
            Ok(repository) => Some(repository),
            Err(StoreError::Git(GitError::NoRepository { .. } | GitError::NoGit(_))) => None,
            Err(error) => return Err(error.into()),
        };
        let there = || data.ancestors().skip(1).find(|folder| folder.is_dir()).unwrap_or(folder);
        let root = repository.as_ref().map_or_else(there, Repository::top);
        let Ok(inside) = folder.strip_prefix(root) else {
            return Err(Failure::Usage(format!(
                "{} is the top of its git repository: name a folder in it with --data, since the schemas and settings \
                 are beside the data folder",
                data.display()
            )));
        };
        let mut inside = with_slashes(inside);
        if !inside.is_empty() {
            inside.push('/');
        }
        Ok(Self {
            root: root.to_owned(),
            is_in_git: repository.is_some(),
            here: env::current_dir()?.canonicalize()?,
            folder: inside,
            name: name.to_owned(),
        })
    }

    /// The data folder.
    pub(super) fn data(&self) -> String {
        self.beside(&self.name)
    }

    /// A file or folder beside the data folder.
    pub(super) fn beside(&self, path: &str) -> String {
        format!("{}{path}", self.folder)
    }

    /// A file at the top of the repository. Where there is none yet, the folder that holds the data folder becomes one.
    pub(super) fn at_top(&self, path: &str) -> String {
        if self.is_in_git { path.to_owned() } else { self.beside(path) }
    }

    /// The data folder, from the top of the repository.
    pub(super) fn data_from_top(&self) -> String {
        if self.is_in_git { self.data() } else { self.name.clone() }
    }

    /// The name of the place in its repository: that of the folder that holds a folder `data`, else that of the data
    /// folder; empty at the top.
    pub(super) fn label(&self) -> String {
        let data = self.data_from_top();
        let label = if data == "data" { "" } else { data.strip_suffix("/data").unwrap_or(&data) };
        label.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-")
    }

    /// A path as people see it: from the current folder, else from the root of the file system.
    pub(super) fn shown(&self, path: &str) -> String {
        let path = self.root.join(path);
        with_slashes(path.strip_prefix(&self.here).unwrap_or(&path))
    }

    /// A path as people see it who are in the folder that holds the data folder, if the path is in it.
    pub(super) fn inside(&self, path: &str) -> String {
        path.strip_prefix(&self.folder).map_or_else(|| self.shown(path), str::to_owned)
    }

    /// The folder that holds the data folder, if the current folder is not in it.
    pub(super) fn to_enter(&self) -> Option<String> {
        let folder = self.root.join(&self.folder);
        (!self.here.starts_with(&folder)).then(|| self.shown(self.folder.trim_end_matches('/')))
    }
}

/// Refuses a place where a registry is already, and one in the data folder of another.
fn refuse_registry(data: &Path) -> Result<(), Failure> {
    let has_registry = |folder: &&Path| folder.join("registry.toml").symlink_metadata().is_ok();
    match data.ancestors().find(has_registry) {
        Some(folder) if folder == data => Err(Failure::Usage(format!(
            "there is a registry in {} already: nothing was written; `{} export json-schema` writes its schemas, and \
             `{1} hook install` its git hooks",
            data.display(),
            diagnostics::command()
        ))),
        Some(folder) => Err(Failure::Usage(format!(
            "{} is in the data folder {}: nothing was written, begin a registry elsewhere",
            data.display(),
            folder.display()
        ))),
        None => Ok(()),
    }
}
