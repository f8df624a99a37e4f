//! A git repository with a registry of which one file is changed.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// The file that is changed.
const CHANGED: &str = "data/offerings/acme-model-000000.toml";

/// Commits all files of a folder, in one pack, as a clone has them; then changes a note, and puts its file into the
/// index. The ids of all committed files are in the file `blobs`.
pub(crate) fn commit_and_change(folder: &Path) -> io::Result<()> {
    git(folder, &["init", "--quiet"])?;
    git(folder, &["add", "data"])?;
    git(folder, &["commit", "--quiet", "--message", "Registry"])?;
    git(folder, &["repack", "--quiet", "-a", "-d"])?;
    let index = git(folder, &["ls-files", "--stage"])?;
    let ids = index.lines().filter_map(|line| line.split(' ').nth(1));
    fs::write(folder.join("blobs"), ids.map(|id| format!("{id}\n")).collect::<String>())?;
    let path = folder.join(CHANGED);
    let text = fs::read_to_string(&path)?;
    fs::write(path, text.replacen("\"\"\"\n", "\"\"\"\nRead again. ", 1))?;
    git(folder, &["add", CHANGED]).map(drop)
}

/// Returns what git prints. The settings of the machine are not read: they may sign commits or run hooks.
fn git(folder: &Path, arguments: &[&str]) -> io::Result<String> {
    let person = [("NAME", "Benchmark"), ("EMAIL", "bench@acme.example")];
    let roles = ["AUTHOR", "COMMITTER"];
    let names = roles.iter().flat_map(|role| person.map(|(key, value)| (format!("GIT_{role}_{key}"), value)));
    let output = Command::new("git")
        .args(["-c", "core.autocrlf=false", "-c", "gc.auto=0"])
        .args(arguments)
        .envs(names)
        .env("GIT_CONFIG_GLOBAL", folder.join("no-settings"))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()?;
    if output.status.success() {
        return String::from_utf8(output.stdout).map_err(io::Error::other);
    }
    let message = String::from_utf8_lossy(&output.stderr);
    Err(io::Error::other(format!("git {}: {}", arguments.join(" "), message.trim())))
}
