//! The history of a git archive: which commit made a version, and from which address.

use std::collections::HashMap;
use std::io;

use model::{Date, Url};

use super::{GitArchiveError, Repository};

/// What the message of a snapshot says of where it was fetched.
const TRAILER: &str = "X-source-document-location:";

/// How many of the newest commits say whether the archive is one of snapshots.
const SAMPLE: &str = "-50";

/// The flags of every question to `git log`: no program runs to compare or to show files, and what a merge brought in
/// counts as of the merge.
const LOG: [&str; 7] =
    ["log", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--first-parent", "-m"];

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Commit {
    pub(super) id: String,
    /// Seconds since 1970.
    pub(super) time: i64,
}

impl Commit {
    /// The day of the commit, in UTC.
    pub(super) fn day(&self) -> Option<Date> {
        let day = Date::new(1970, 1, 1)?.plus_days(self.time.div_euclid(86_400));
        (self.time >= 0).then_some(day)
    }
}

/// The last commit that changed a file.
pub(super) fn last(repository: &Repository, path: &str) -> Result<Option<Commit>, GitArchiveError> {
    let question = [&LOG[..], &["-1", "--format=%H %ct", "HEAD", "--", path]].concat();
    repository.read(&question, |answer| {
        let mut line = String::new();
        answer.read_line(&mut line)?;
        io::copy(answer, &mut io::sink())?;
        Ok(commit(line.trim()))
    })
}

/// The files that a commit changed.
pub(super) fn changed(repository: &Repository, commit: &Commit) -> Result<Vec<String>, GitArchiveError> {
    let question = [&LOG[..], &["-1", "-z", "--format=", "--name-only", &commit.id]].concat();
    repository.read(&question, |answer| {
        let mut names = Vec::new();
        answer.read_to_end(&mut names)?;
        let names = String::from_utf8_lossy(&names).into_owned();
        Ok(names.split('\0').filter(|name| !name.is_empty()).map(ToOwned::to_owned).collect())
    })
}

/// The pages whose addresses the messages of an archive of snapshots name, each with its newest commit; none for any other
/// archive.
pub(super) fn addresses(repository: &Repository) -> Result<HashMap<String, Commit>, GitArchiveError> {
    if named(repository, &[SAMPLE])?.is_empty() {
        return Ok(HashMap::new());
    }
    named(repository, &[])
}

fn named(repository: &Repository, extent: &[&str]) -> Result<HashMap<String, Commit>, GitArchiveError> {
    let format = ["log", "-z", "--no-color", "--first-parent", "--format=%H %ct%n%B"];
    let question = [&format[..], extent, &["HEAD"]].concat();
    repository.read(&question, |answer| {
        let mut addresses = HashMap::new();
        let mut entry = Vec::new();
        while answer.read_until(0, &mut entry)? > 0 {
            let text = String::from_utf8_lossy(&entry);
            let mut lines = text.trim_end_matches('\0').lines();
            if let Some(commit) = lines.next().and_then(commit) {
                let urls =
                    lines.filter_map(|line| line.trim().strip_prefix(TRAILER)?.trim().parse::<Url>().ok());
                for url in urls {
                    // The newest comes first.
                    addresses.entry(url.page_key()).or_insert_with(|| commit.clone());
                }
            }
            entry.clear();
        }
        Ok(addresses)
    })
}

fn commit(line: &str) -> Option<Commit> {
    let (id, time) = line.split_once(' ')?;
    Some(Commit { id: id.to_owned(), time: time.parse().ok()? })
}
