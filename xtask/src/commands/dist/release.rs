//! The release that is built: the commit at HEAD, and where its files go.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::Command;

use cli::terminal::note;
use cli::{Failure, Global};
use store::StoreError;

/// Where the files go, from the root of the repository.
pub(super) const FOLDER: &str = "dist/release";

/// A release.
pub(super) struct Release {
    /// The folder of the repository.
    pub(super) root: PathBuf,
    /// The folder for its files.
    pub(super) folder: PathBuf,
    /// The version of the toolkit.
    pub(super) version: &'static str,
    /// The commit, abbreviated.
    pub(super) commit: String,
    /// When the commit was made, in seconds since 1970: the time of every file in an archive.
    pub(super) time: u64,
    /// The day of the commit: "today" in what is exported.
    pub(super) day: String,
}

impl Release {
    /// The release of the commit that is checked out.
    pub(super) fn at_head(root: PathBuf) -> Result<Self, Failure> {
        let said = git(&root, &["log", "-1", "--abbrev=10", "--format=%h %ct %cs"])?;
        let mut words = said.split_whitespace();
        let (Some(commit), Some(time), Some(day)) =
            (words.next(), words.next().and_then(|time| time.parse().ok()), words.next())
        else {
            return Err(Failure::Usage(format!("{} has no commit to build", root.display())));
        };
        Ok(Self {
            folder: root.join(FOLDER),
            version: env!("CARGO_PKG_VERSION"),
            commit: commit.to_owned(),
            time,
            day: day.to_owned(),
            root,
        })
    }

    /// Prints a note if the work tree is not the commit that the files will name.
    pub(super) fn check_clean(&self, global: &Global) -> Result<(), Failure> {
        let changed = git(&self.root, &["status", "--porcelain"])?.lines().count();
        if changed > 0 {
            let files = diagnostics::count(changed, "changed file");
            note(global, &format!("{files} not committed: this is not a build of commit {}", self.commit));
        }
        Ok(())
    }

    /// Removes what an earlier run has made.
    pub(super) fn clear(&self) -> Result<(), Failure> {
        match fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(StoreError::io("remove", &self.folder)(error).into())
            }
            _ => Ok(()),
        }
    }

    /// The name of a file or folder of this version: "trustreg-0.1.0-NAME".
    pub(super) fn named(&self, name: &str) -> String {
        format!("trustreg-{}-{name}", self.version)
    }

    /// The name of the bill of materials.
    pub(super) fn bill_of_materials(&self) -> String {
        format!("trustreg-{}.cdx.json", self.version)
    }
}

/// Returns what git prints in a folder.
fn git(root: &PathBuf, arguments: &[&str]) -> Result<String, Failure> {
    let output = Command::new("git").args(arguments).current_dir(root).output();
    let output = output.map_err(StoreError::io("run", "git".as_ref()))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(Failure::Usage(format!("a release is built from a commit: {}", said.trim())));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
