//! Runs git so that it only reads what the repository holds. The author of the repository chose its settings, and
//! many of these name programs.
//!
//! Only subcommands are run that look at no file of the work tree, since that may run a filter, and none that runs
//! a hook. What is set here does the rest. Git 2.15 or newer is needed.

use std::env;
use std::process::{Command, Stdio};

use super::error::GitError;

/// What comes before the subcommand.
const SETTINGS: [&str; 8] = [
    // Writes nothing, and runs no hook that reports it.
    "--no-optional-locks",
    // No patterns in paths.
    "--literal-pathspecs",
    // No program that watches files.
    "-c",
    "core.fsmonitor=",
    // Does not enter submodules, which have their own settings.
    "-c",
    "submodule.recurse=false",
    // No folder of the work tree is taken for a repository because it holds the files of one.
    "-c",
    "safe.bareRepository=explicit",
];

/// What is set in the environment.
const ENVIRONMENT: [(&str, &str); 6] = [
    // What is said is in English.
    ("LC_ALL", "C"),
    // What is missing is not fetched; older versions try to, and may use no protocol.
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_ALLOW_PROTOCOL", ""),
    ("GIT_TERMINAL_PROMPT", "0"),
    // Objects and commits are read as they were committed, whatever `git replace` or a graft says.
    ("GIT_NO_REPLACE_OBJECTS", "1"),
    ("GIT_GRAFT_FILE", ""),
];

/// Git, without the programs that a repository's settings may have it run.
pub(super) fn git() -> Command {
    let mut command = Command::new("git");
    command.args(SETTINGS).envs(ENVIRONMENT).stdin(Stdio::null());
    // Git takes an empty path for one that leads nowhere.
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        if env::var_os(variable).is_some_and(|path| path.is_empty()) {
            command.env_remove(variable);
        }
    }
    command
}

/// What a command writes.
pub(super) fn run(command: &mut Command) -> Result<Vec<u8>, GitError> {
    let output = command.output().map_err(GitError::NoGit)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let name = command.get_args().map(|one| one.to_string_lossy()).nth(SETTINGS.len()).unwrap_or_default();
    Err(GitError::Failed { command: name.into_owned(), said: said(&output.stderr) })
}

/// Why a command failed, from what it said on standard error, with what it says helps. Warnings may come before
/// it.
pub(super) fn said(stderr: &[u8]) -> String {
    let lines = String::from_utf8_lossy(stderr);
    let mut lines = lines.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    let first = lines.peek().copied();
    let reason = lines.find_map(|line| line.strip_prefix("fatal: "));
    let reason = reason.or(first).unwrap_or("it gave no reason");
    let remedy = lines.find(|line| line.starts_with("git "));
    match remedy {
        _ if reason.starts_with("unknown option") => format!("{reason}: git 2.15 or newer is needed"),
        Some(command) => format!("{reason}; git suggests `{command}`"),
        None => reason.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_of_a_failure_is_found_among_warnings() {
        let stderr =
            b"warning: lazy fetching disabled; some objects may not be available\nfatal: bad object 4f1c\n";
        assert_eq!(said(stderr), "bad object 4f1c");
        assert_eq!(said(b""), "it gave no reason");
        assert_eq!(said(b"warning: odd\n"), "warning: odd");
        let stderr = b"fatal: detected dubious ownership in repository at '/r'\nTo add an exception for this directory, \
            call:\n\n\tgit config --global --add safe.directory /r\n";
        let expected = "detected dubious ownership in repository at '/r'; git suggests \
            `git config --global --add safe.directory /r`";
        assert_eq!(said(stderr), expected);
        assert_eq!(
            said(b"unknown option: --no-optional-locks\nusage: git"),
            "unknown option: --no-optional-locks: git 2.15 or newer is needed"
        );
    }
}
