//! What is measured.

use std::ffi::OsString;
use std::path::PathBuf;

use cli::Failure;

use super::corpus::Corpus;
use super::peers;
use super::task::{Job, Task};
use crate::arguments::Size;

/// The groups of measurements.
pub(super) const GROUPS: [&str; 6] = ["floors", "lint", "git", "import", "export", "peers"];

/// A measurement.
pub(super) struct Measurement {
    /// One of [`GROUPS`].
    pub(super) group: &'static str,
    pub(super) name: &'static str,
    /// The measurements whose times together it is compared with.
    pub(super) beside: &'static [&'static str],
    /// What is run on data of some size.
    pub(super) task: fn(&Corpus<'_>) -> Result<Task, Failure>,
}

const fn measurement(
    group: &'static str,
    name: &'static str,
    beside: &'static [&'static str],
    task: fn(&Corpus<'_>) -> Result<Task, Failure>,
) -> Measurement {
    Measurement { group, name, beside, task }
}

/// An offering has 11 rows, and `import/src/limits.rs` limits those of all tables to 122,000.
const LARGEST_IMPORT: usize = 11_000;

const TREE: &[&str] = &["read tree"];
const LINT: &[&str] = &["lint"];
const GIT: &[&str] = &["lint", "git cat-file"];

/// All measurements, in the order in which they take turns.
pub(super) const MEASUREMENTS: [Measurement; 28] = [
    measurement("floors", "read bytes", &[], |corpus| read(corpus, "bytes")),
    measurement("floors", "read events", &[], |corpus| read(corpus, "events")),
    measurement("floors", "read tree", &[], |corpus| read(corpus, "tree")),
    measurement("lint", "lint", TREE, |corpus| lint(corpus, Profile::Released, "clean", &[])),
    measurement("lint", "lint (xtask)", TREE, |corpus| lint(corpus, Profile::Xtask, "clean", &[])),
    measurement("lint", "lint, faulty", LINT, |corpus| {
        lint(corpus, Profile::Released, "faulty", &["--format", "concise"])
    }),
    measurement("lint", "lint, faulty (xtask)", LINT, |corpus| {
        lint(corpus, Profile::Xtask, "faulty", &["--format", "concise"])
    }),
    measurement("lint", "lint, faulty, json", LINT, |corpus| {
        lint(corpus, Profile::Released, "faulty", &["--format", "json"])
    }),
    measurement("lint", "lint, faulty, json (xtask)", LINT, |corpus| {
        lint(corpus, Profile::Xtask, "faulty", &["--format", "json"])
    }),
    measurement("git", "git cat-file", &[], cat_file),
    measurement("git", "lint --staged", GIT, |corpus| lint(corpus, Profile::Released, "git", &["--staged"])),
    measurement("git", "lint --since HEAD", GIT, |corpus| {
        lint(corpus, Profile::Released, "git", &["--since", "HEAD"])
    }),
    measurement("import", "read csv, short rows", &[], |corpus| read_table(corpus, "short-rows", "csv")),
    measurement("import", "import csv, short rows", &["read csv, short rows"], |corpus| {
        import(corpus, "short-rows", "csv")
    }),
    measurement("import", "read csv, long rows", &[], |corpus| read_table(corpus, "long-rows", "csv")),
    measurement("import", "import csv, long rows", &["read csv, long rows"], |corpus| {
        import(corpus, "long-rows", "csv")
    }),
    measurement("import", "read xlsx", &[], |corpus| read_table(corpus, "long-rows", "xlsx")),
    measurement("import", "import xlsx", &["read xlsx"], |corpus| import(corpus, "long-rows", "xlsx")),
    measurement("export", "export csv", LINT, |corpus| export(corpus, "csv")),
    measurement("export", "export json", LINT, |corpus| export(corpus, "json")),
    measurement("export", "export xlsx", LINT, |corpus| export(corpus, "xlsx")),
    measurement("export", "export site", LINT, |corpus| export(corpus, "site")),
    measurement("peers", "jsonschema-cli", LINT, peers::jsonschema_cli),
    measurement("peers", "ajv", LINT, peers::ajv),
    measurement("peers", "taplo", LINT, peers::taplo),
    measurement("peers", "tombi", LINT, peers::tombi),
    measurement("peers", "check-jsonschema", LINT, peers::check_jsonschema),
    measurement("peers", "check-jsonschema, json", LINT, peers::check_jsonschema_of_json),
];

/// How the command is built.
#[derive(Clone, Copy)]
enum Profile {
    Released,
    Xtask,
}

/// A run of the command on a day on which the data are neither old nor from the future.
fn command(corpus: &Corpus<'_>, profile: Profile, folder: PathBuf, arguments: &[&str]) -> Job {
    let program = match profile {
        Profile::Released => &corpus.programs.released,
        Profile::Xtask => &corpus.programs.xtask,
    };
    let mut job = Job::new(program.clone(), arguments, folder);
    job.arguments.extend(corpus.today().map(OsString::from));
    job
}

fn read(corpus: &Corpus<'_>, floor: &str) -> Result<Task, Failure> {
    Ok(Task::Run(Job::new(corpus.programs.bench.clone(), &["read", floor, "data"], corpus.clean()?)))
}

fn lint(corpus: &Corpus<'_>, profile: Profile, kind: &str, arguments: &[&str]) -> Result<Task, Failure> {
    let folder = match kind {
        "clean" => corpus.clean()?,
        kind => match corpus.generated(kind)? {
            Some(folder) => folder,
            None => return Ok(Task::NotHere),
        },
    };
    let job = command(corpus, profile, folder, &[&["lint"], arguments].concat());
    let codes: &[i32] = match kind {
        "faulty" => &[1],
        // Answers of this registry become too old by time alone.
        "clean" if corpus.size == Size::Data => &[0, 1],
        _ => &[0],
    };
    Ok(Task::Run(Job { codes, ..job }))
}

/// All committed files, as git gives them.
fn cat_file(corpus: &Corpus<'_>) -> Result<Task, Failure> {
    let Some(folder) = corpus.generated("git")? else { return Ok(Task::NotHere) };
    let input = Some(folder.join("blobs"));
    Ok(Task::Run(Job { input, ..Job::new("git".into(), &["cat-file", "--batch", "--buffer"], folder) }))
}

fn read_table(corpus: &Corpus<'_>, kind: &str, format: &str) -> Result<Task, Failure> {
    let path = format!("{format}/cells.{format}");
    of_tables(corpus, kind, |folder| {
        Job::new(corpus.programs.bench.clone(), &["read", format, &path], folder)
    })
}

fn import(corpus: &Corpus<'_>, kind: &str, format: &str) -> Result<Task, Failure> {
    of_tables(corpus, kind, |folder| command(corpus, Profile::Released, folder, &["import", format]))
}

/// A job in a folder with tables, if there are any and an import can take them.
fn of_tables(corpus: &Corpus<'_>, kind: &str, job: impl FnOnce(PathBuf) -> Job) -> Result<Task, Failure> {
    match corpus.size {
        Size::Data => Ok(Task::NotHere),
        Size::Offerings(offerings) if offerings > LARGEST_IMPORT => {
            Ok(Task::Skip(format!("an import takes the answers of at most {LARGEST_IMPORT} offerings")))
        }
        Size::Offerings(_) => {
            Ok(corpus.generated(kind)?.map_or(Task::NotHere, |folder| Task::Run(job(folder))))
        }
    }
}

fn export(corpus: &Corpus<'_>, format: &str) -> Result<Task, Failure> {
    let output = corpus.output();
    let mut job = command(corpus, Profile::Released, corpus.clean()?, &["export", format, "--out"]);
    job.arguments.insert(3, output.clone().into());
    Ok(Task::Run(Job { output: Some(output), ..job }))
}
