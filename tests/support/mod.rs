//! Shared by the end-to-end tests: scratch registries, and runs of the real command.

pub(crate) mod faults;
pub(crate) mod relaid;
#[allow(dead_code, reason = "the tests of `import` use the rest")]
pub(crate) mod workbook;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use model::{Field, Shape, TextKind};
use serde_json::Value;

/// The day on which the example registry is clean.
pub(crate) const TODAY: &str = "2026-07-15";

/// The folder of this repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// The text of the fixture of a kind that uses every key, with the cell that has every field.
pub(crate) fn full(kind: &str) -> String {
    let read = |name: &str| {
        fs::read_to_string(repository().join(format!("tests/fixtures/full/{name}.toml"))).unwrap()
    };
    match kind {
        "organization" | "platform" | "offering" => format!("{}\n{}", read(kind), read("cell")),
        _ => read(kind),
    }
}

/// Lines of a table that state each text field of a record, as the record describes them; `value` says with what,
/// by the kind of text.
pub(crate) fn text_lines(fields: &[Field], value: impl Fn(TextKind) -> Option<String>) -> String {
    let line = |field: &Field| {
        let value = value(field.text?)?;
        let value = if field.shape == Shape::List { format!("[{value}]") } else { value };
        Some(format!("{} = {value}\n", field.key))
    };
    fields.iter().filter_map(line).collect()
}

/// A copy of the example registry, gone when dropped.
pub(crate) struct Scratch {
    folder: tempfile::TempDir,
}

/// What a run of the command gave.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// The standard output as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}{}", self.stdout, self.stderr))
    }
}

/// Writes a table beside the data folder and imports it.
pub(crate) fn import(scratch: &Scratch, name: &str, text: &str, more: &[&str]) -> Run {
    fs::write(scratch.path().join(name), text).unwrap();
    scratch.run(&[&["import", name], more].concat())
}

impl Scratch {
    /// A copy of the example registry in `data`.
    pub(crate) fn new() -> Self {
        let scratch = Self::empty();
        copy(&repository().join("tests/fixtures/base"), &scratch.path().join("data"));
        scratch
    }

    /// A folder with nothing in it.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// The folder that holds `data`.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A data file.
    pub(crate) fn file(&self, path: &str) -> PathBuf {
        self.path().join("data").join(path)
    }

    /// The text of a data file.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.file(path)).unwrap()
    }

    /// Writes a data file.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        fs::create_dir_all(self.file(path).parent().unwrap()).unwrap();
        fs::write(self.file(path), text).unwrap();
    }

    /// Replaces a text that occurs exactly once in a data file.
    pub(crate) fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(from).count(), 1, "{from:?} in {path}");
        self.write(path, text.replace(from, to));
    }

    /// Runs the command in the folder, with the day fixed and no colours.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        run_in(self.path(), arguments)
    }

    /// The findings of `lint`, as JSON.
    pub(crate) fn findings(&self) -> Vec<Value> {
        let run = self.run(&["lint", "--format", "json"]);
        run.json()["findings"].as_array().unwrap().clone()
    }
}

impl Scratch {
    /// Makes a git repository of the folder and commits what is there.
    pub(crate) fn commit_all(&self) {
        self.git(&["init", "--quiet", "--initial-branch", "main"]);
        self.git(&["add", "."]);
        self.git(&["commit", "--quiet", "--message", "Base"]);
    }

    /// Runs git in the folder, and gives what it prints.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let run = git_in(self.path(), arguments, &[]);
        assert_eq!(run.status, 0, "git {arguments:?}: {}", run.stderr);
        run.stdout
    }
}

/// Runs git in a folder, with a person's name, no personal settings, and more environment variables.
pub(crate) fn git_in(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Run {
    let mut command = without_git(Command::new("git"));
    for person in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{person}_NAME"), "Jo").env(format!("GIT_{person}_EMAIL"), "jo@acme.example");
    }
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", folder.join("no-settings"));
    command.args(arguments).current_dir(folder).envs(environment.iter().copied());
    output(command, "")
}

/// The tests may themselves run in a hook, which is given another repository.
fn without_git(mut command: Command) -> Command {
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(variable);
    }
    command
}

/// Runs the command in a folder, with the day fixed unless the arguments say it, 100 columns and no colours.
pub(crate) fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    run_with(folder, arguments, "", &[])
}

/// The same, with other columns.
pub(crate) fn run_at(folder: &Path, columns: usize, arguments: &[&str]) -> Run {
    run_with(folder, arguments, "", &[("COLUMNS", &columns.to_string())])
}

/// The same, with a text on standard input and more environment variables.
pub(crate) fn run_with(folder: &Path, arguments: &[&str], input: &str, environment: &[(&str, &str)]) -> Run {
    let mut command = without_git(Command::new(env!("CARGO_BIN_EXE_xtask")));
    command.args(arguments).current_dir(folder);
    if !arguments.contains(&"--today") {
        command.args(["--today", TODAY]);
    }
    command
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .env_remove("CLICOLOR_FORCE")
        .envs(environment.iter().copied());
    output(command, input)
}

fn output(mut command: Command, input: &str) -> Run {
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().unwrap();
    // One that does not read its input may be gone before it is written.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Run {
        status: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Copies a folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A day after every day in the registry.
pub(crate) const LATER: &str = "2099-12-31";

/// The files below a folder by their path in it.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            let below = files(&entry.path()).into_iter();
            found.extend(below.map(|(path, bytes)| (format!("{name}/{path}"), bytes)));
        } else {
            found.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    found
}

/// What a format makes of the real registry on a day.
pub(crate) fn published(format: &str, today: &str) -> BTreeMap<String, Vec<u8>> {
    published_with(format, today, &[])
}

/// The same, with more environment variables.
pub(crate) fn published_with(
    format: &str,
    today: &str,
    environment: &[(&str, &str)],
) -> BTreeMap<String, Vec<u8>> {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().to_str().unwrap();
    let arguments = ["export", format, "--out", folder, "--today", today];
    let run = run_with(repository(), &arguments, "", environment);
    assert_eq!(run.status, 0, "{}", run.stderr);
    files(out.path()).into_iter().filter(|(path, _)| !path.ends_with(".sha256")).collect()
}
