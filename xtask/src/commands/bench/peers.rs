//! Programs that people use to check such data. They check the offerings against the schema and nothing else, and only
//! files without errors, so that none has to report any.

use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cli::Failure;
use store::StoreError;

use super::corpus::Corpus;
use super::task::{Job, Task};

const SCHEMA: &str = "schema/offering.schema.json";

/// Of the JSON form.
pub(super) fn jsonschema_cli(corpus: &Corpus<'_>) -> Result<Task, Failure> {
    if !is_installed("jsonschema-cli")? {
        return Ok(not_installed("cargo install --locked jsonschema-cli"));
    }
    let folder = corpus.json()?;
    let schema = corpus.programs.root.join(SCHEMA);
    let mut job =
        Job::new("jsonschema-cli".into(), &["validate", "--offline", "--errors-only"], folder.clone());
    job.arguments.push(schema.into());
    let instances = names(&folder, "")?;
    job.arguments.extend(instances.into_iter().flat_map(|name| [OsString::from("--instance"), name]));
    Ok(Task::Run(job))
}

/// Of the JSON form; without the formats of texts, which need a package more.
pub(super) fn ajv(corpus: &Corpus<'_>) -> Result<Task, Failure> {
    if !is_installed("ajv")? {
        return Ok(not_installed("npm install --global ajv-cli"));
    }
    let options = ["validate", "--spec=draft2020", "--strict=false", "--validate-formats=false"];
    let mut job = Job::new("ajv".into(), &options, corpus.json()?);
    job.arguments.extend(["-s".into(), corpus.programs.root.join(SCHEMA).into()]);
    job.arguments.extend(["-d", "*.json"].map(OsString::from));
    Ok(Task::Run(job))
}

/// Of the TOML files, each of which names its schema.
pub(super) fn taplo(corpus: &Corpus<'_>) -> Result<Task, Failure> {
    if !is_installed("taplo")? {
        return Ok(not_installed("pip install taplo"));
    }
    Ok(Task::Run(Job::new("taplo".into(), &["lint", "data/offerings/*.toml"], corpus.clean()?)))
}

/// Of the TOML files, each of which names its schema.
pub(super) fn tombi(corpus: &Corpus<'_>) -> Result<Task, Failure> {
    if !is_installed("tombi")? {
        return Ok(not_installed("pip install tombi"));
    }
    Ok(Task::Run(Job::new("tombi".into(), &["lint", "--offline", "data/offerings/*.toml"], corpus.clean()?)))
}

/// Of the TOML files.
pub(super) fn check_jsonschema(corpus: &Corpus<'_>) -> Result<Task, Failure> {
    of_files(corpus, corpus.clean()?, "data/offerings/")
}

/// Of the JSON form.
pub(super) fn check_jsonschema_of_json(corpus: &Corpus<'_>) -> Result<Task, Failure> {
    of_files(corpus, corpus.json()?, "")
}

fn of_files(corpus: &Corpus<'_>, folder: PathBuf, below: &str) -> Result<Task, Failure> {
    if !is_installed("check-jsonschema")? {
        return Ok(not_installed("pip install check-jsonschema"));
    }
    let files = names(&folder, below)?;
    let mut job = Job::new("check-jsonschema".into(), &["--schemafile"], folder);
    job.arguments.push(corpus.programs.root.join(SCHEMA).into());
    job.arguments.extend(files);
    Ok(Task::Run(job))
}

fn not_installed(how: &str) -> Task {
    Task::Skip(format!("not installed: {how}"))
}

/// Whether there is a program with this name.
fn is_installed(program: &str) -> Result<bool, StoreError> {
    let mut command = Command::new(program);
    let command = command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match command.status() {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(StoreError::io("run", Path::new(program))(error)),
    }
}

/// The names of the files of a folder below another, in order.
fn names(folder: &Path, below: &str) -> Result<Vec<OsString>, StoreError> {
    let folder = folder.join(below);
    let entries = fs::read_dir(&folder).map_err(StoreError::io("open", &folder))?;
    let mut names: Vec<_> = entries
        .filter_map(Result::ok)
        .map(|entry| {
            let mut name = OsString::from(below);
            name.push(entry.file_name());
            name
        })
        .collect();
    names.sort();
    Ok(names)
}
