//! Asks git about a repository. How git is run, so that it only reads and runs no program that the settings of the
//! repository name, is decided by the caller, who hands in the command.

use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{ChildStdout, Command, Stdio};

use model::Url;

use super::{GitArchiveError, Repository};
use crate::limits::MAX_GIT_BYTES;

/// What the environment may say of another repository, as it does within a hook.
const ELSEWHERE: [&str; 7] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
];

impl Repository {
    pub(crate) fn new(folder: &Path, git: fn() -> Command) -> Self {
        Self { folder: folder.to_owned(), git }
    }

    /// Git on this repository. No signature is checked, since that runs a program.
    fn git(&self, arguments: &[&str]) -> Command {
        let inner = self.folder.join(".git");
        let git_dir: PathBuf = if inner.exists() { inner } else { self.folder.clone() };
        let mut command = (self.git)();
        for variable in ELSEWHERE {
            command.env_remove(variable);
        }
        command.arg("--git-dir").arg(git_dir).args(["-c", "log.showSignature=false"]).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Hands what git writes to a reader, up to the limit of all answers.
    pub(super) fn read<T>(
        &self,
        arguments: &[&str],
        reader: impl FnOnce(&mut dyn std::io::BufRead) -> std::io::Result<T>,
    ) -> Result<T, GitArchiveError> {
        self.read_within(arguments, MAX_GIT_BYTES, reader)
    }

    fn read_within<T>(
        &self,
        arguments: &[&str],
        limit: u64,
        reader: impl FnOnce(&mut dyn std::io::BufRead) -> std::io::Result<T>,
    ) -> Result<T, GitArchiveError> {
        let io = |error| GitArchiveError::Io { folder: self.folder.clone(), error };
        let mut child = self.git(arguments).spawn().map_err(io)?;
        let stderr = child.stderr.take();
        // Both pipes are emptied at once: git waits while one is full.
        let complaint = std::thread::spawn(move || {
            let mut said = Vec::new();
            if let Some(mut stderr) = stderr {
                let _ = stderr.by_ref().take(64 * 1024).read_to_end(&mut said);
                let _ = std::io::copy(&mut stderr, &mut std::io::sink());
            }
            String::from_utf8_lossy(&said).into_owned()
        });
        let mut read = Ok(None);
        let mut is_whole = true;
        if let Some(stdout) = child.stdout.take() {
            let mut answer = BufReader::new(stdout).take(limit);
            read = reader(&mut answer).map(Some);
            is_whole = answer.limit() > 0 || is_at_end(answer.into_inner());
        }
        // What was left unread keeps git from ending by itself.
        if read.is_err() || !is_whole {
            let _ = child.kill();
        }
        let status = child.wait().map_err(io)?;
        let said = complaint.join().unwrap_or_default();
        if !is_whole {
            return Err(GitArchiveError::TooLarge { folder: self.folder.clone(), limit, what: "bytes" });
        }
        let read = read.map_err(io)?;
        match read.filter(|_| status.success()) {
            Some(read) => Ok(read),
            None => {
                let reason = said.lines().find_map(|line| line.strip_prefix("fatal: "));
                let said = reason.or(said.lines().next()).unwrap_or("it did not say why").to_owned();
                Err(GitArchiveError::Git { folder: self.folder.clone(), said })
            }
        }
    }

    /// The content of a blob, whose size is known to be within the limit.
    pub(super) fn blob(&self, id: &str, limit: u64) -> Result<Vec<u8>, GitArchiveError> {
        self.read_within(&["cat-file", "blob", id], limit + 1, |answer| {
            let mut bytes = Vec::new();
            answer.read_to_end(&mut bytes).map(|_| bytes)
        })
    }

    /// The web address of the remote `origin`, where it has one.
    pub(super) fn origin(&self) -> Result<Option<Url>, GitArchiveError> {
        let asked = self.read(&["config", "--get", "remote.origin.url"], |answer| {
            let mut text = String::new();
            answer.read_to_string(&mut text).map(|_| text)
        });
        match asked {
            Ok(text) => Ok(web_address(text.trim())),
            // It has none: git ends with 1 and says nothing.
            Err(GitArchiveError::Git { .. }) => Ok(None),
            Err(other) => Err(other),
        }
    }
}

fn is_at_end(mut answer: BufReader<ChildStdout>) -> bool {
    matches!(answer.read(&mut [0]), Ok(0))
}

/// The web address of a remote: `git@github.com:a/b.git` is `https://github.com/a/b`.
fn web_address(remote: &str) -> Option<Url> {
    let remote = remote.strip_suffix(".git").unwrap_or(remote);
    let web = match remote.split_once("://") {
        Some(("https" | "http", rest)) => {
            format!("https://{}", rest.rsplit_once('@').map_or(rest, |(_, rest)| rest))
        }
        Some(("ssh" | "git", rest)) => {
            format!("https://{}", rest.rsplit_once('@').map_or(rest, |(_, rest)| rest))
        }
        Some(_) => return None,
        None => {
            let (host, path) = remote.split_once(':')?;
            let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
            format!("https://{host}/{path}")
        }
    };
    web.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remotes_have_web_addresses() {
        for remote in [
            "https://github.com/a/b.git",
            "https://user:secret@github.com/a/b",
            "git@github.com:a/b.git",
            "ssh://git@github.com/a/b.git",
        ] {
            assert_eq!(
                web_address(remote).map(|url| url.to_string()).as_deref(),
                Some("https://github.com/a/b")
            );
        }
        for local in ["/srv/archive", "../archive", "file:///srv/archive", ""] {
            assert_eq!(web_address(local), None, "{local}");
        }
    }
}
