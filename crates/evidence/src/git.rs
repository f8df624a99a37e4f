//! A git archive of documents: a folder a service, a file a document, a dated commit a version, as Open Terms Archive
//! keeps them. Any repository of documents is read in the same way, as the one in which a party keeps its own.
//!
//! Which file holds the document of an address is found in three ways. The commits of an archive of snapshots name the
//! address that they were fetched from. [`Declarations`] say from which addresses each document of a service is made.
//! And where a permanent address of an older version is known, its path is the file. Where several files come into
//! question, the one that changed last is read.
//!
//! The day of a version is that of its commit, and its permanent address names the commit.

mod command;
mod declarations;
mod log;
mod permalink;
mod tree;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use model::{FetchOutcome, Url, Via};

pub use self::declarations::Declarations;
use self::log::Commit;
use self::permalink::Host;
use self::tree::Files;
use crate::limits::MAX_BODY_BYTES;
use crate::{Body, Seen, Source, SourceError, Wanted};

/// A git archive that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum GitArchiveError {
    /// Git could not be started, or its answer not be read.
    #[error("git cannot be asked about {folder}: {error}")]
    Io {
        /// The repository.
        folder: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// Git refused.
    #[error("git cannot read {folder}: {said}")]
    Git {
        /// The repository.
        folder: PathBuf,
        /// What git says.
        said: String,
    },
    /// It is larger than what is read.
    #[error("{folder} holds more than {limit} {what}")]
    TooLarge {
        /// The repository.
        folder: PathBuf,
        /// How much is read.
        limit: u64,
        /// Of what.
        what: &'static str,
    },
    /// Nothing says where the repository is published.
    #[error("{folder} does not say where it is published, so that no permanent address can be given")]
    NoAddress {
        /// The repository.
        folder: PathBuf,
    },
}

/// A git archive of documents, at the commit that its `HEAD` names.
#[derive(Debug)]
pub struct GitArchive {
    repository: Repository,
    host: Host,
    files: Files,
    /// The pages whose addresses commits name, each with the newest of them.
    snapshots: HashMap<String, Commit>,
    declarations: Declarations,
}

/// A repository and the way to ask about it.
#[derive(Debug, Clone)]
pub(crate) struct Repository {
    folder: PathBuf,
    git: fn() -> Command,
}

impl GitArchive {
    /// Opens the archive in a folder: a clone, or a bare repository. `git` makes a command that runs git without the
    /// programs that the settings of a repository name. `published` is the address at which people find it, by default
    /// that of its remote `origin`.
    ///
    /// # Errors
    ///
    /// When the folder is no repository, git fails, or it is not known where the archive is published.
    pub fn open(
        folder: &Path,
        git: fn() -> Command,
        published: Option<&Url>,
        declarations: Declarations,
    ) -> Result<Self, GitArchiveError> {
        let repository = Repository::new(folder, git);
        let files = Files::at_head(&repository)?;
        let published = match published {
            Some(url) => Some(url.clone()),
            None => repository.origin()?,
        };
        let host = published.as_ref().and_then(Host::of);
        let host = host.ok_or_else(|| GitArchiveError::NoAddress { folder: folder.to_owned() })?;
        let snapshots = log::addresses(&repository)?;
        Ok(Self { repository, host, files, snapshots, declarations })
    }

    /// The newest version of the document of an address: its path and the commit that made it.
    fn version(&self, wanted: &Wanted<'_>) -> Result<Option<(String, Commit)>, GitArchiveError> {
        let mut newest: Option<(String, Commit)> = None;
        let mut consider = |path: String, commit: Commit| {
            if newest.as_ref().is_none_or(|(_, other)| other.time < commit.time) {
                newest = Some((path, commit));
            }
        };
        if let Some(commit) = self.snapshots.get(&wanted.url.page_key()) {
            for path in log::changed(&self.repository, commit)? {
                consider(path, commit.clone());
            }
        }
        let known = wanted.archived_url.and_then(|url| self.host.path(url));
        let mut paths: Vec<String> = self.declarations.documents(wanted.url).collect();
        paths.extend(known.filter(|path| !paths.contains(path)));
        for path in paths.into_iter().filter(|path| self.files.has(path)) {
            if let Some(commit) = log::last(&self.repository, &path)? {
                consider(path, commit);
            }
        }
        Ok(newest.filter(|(path, _)| self.files.has(path)))
    }
}

impl Source for GitArchive {
    fn look(&mut self, wanted: &Wanted<'_>) -> Result<Option<Seen>, SourceError> {
        let Some((path, commit)) = self.version(wanted)? else { return Ok(None) };
        let Some(on) = commit.day() else { return Ok(None) };
        let mut seen = Seen {
            url: wanted.url.clone(),
            outcome: FetchOutcome::Unreadable,
            on,
            http_status: None,
            via: Via::Archive,
            final_url: None,
            archived_url: self.host.permalink(&commit.id, &path),
            content_type: content_type(&path).map(ToOwned::to_owned),
            body: Body::Absent,
            reason: None,
        };
        if let Some(file) = self.files.get(&path).filter(|file| file.size <= MAX_BODY_BYTES as u64) {
            let body = self.repository.blob(&file.id, MAX_BODY_BYTES as u64)?;
            // A pointer to a file that the repository does not hold itself (Git LFS).
            if !body.starts_with(b"version https://git-lfs.github.com/spec/") {
                seen.outcome = FetchOutcome::Ok;
                seen.body = Body::Bytes(body);
            }
        }
        Ok(Some(seen))
    }
}

/// The kind of a file, by its ending.
fn content_type(path: &str) -> Option<&'static str> {
    let (_, ending) = path.rsplit_once('.')?;
    match ending.to_ascii_lowercase().as_str() {
        "md" | "mdx" | "markdown" => Some("text/markdown; charset=utf-8"),
        "html" | "htm" => Some("text/html"),
        "pdf" => Some("application/pdf"),
        "txt" | "rst" | "adoc" | "yaml" | "yml" | "toml" | "ts" => Some("text/plain"),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
