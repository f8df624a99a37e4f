//! `ci`: everything that CI enforces for a registry, one line each.

use diagnostics::{command, count, printable};
use model::Date;
use registry::{Options, Scope, check};
use store::{Parents, Repository, Source, document_of, verdicts};

use super::fmt::formatted;
use crate::arguments::CiArguments;
use crate::folder::Folder;
use crate::global::Global;
use crate::terminal::{color_out, paint, print_styled};
use crate::{Failure, Outcome, schemas};

pub(crate) fn run(global: &Global, arguments: &CiArguments) -> Result<Outcome, Failure> {
    let folder = Folder::open(global)?;
    let options = Options::on(global.today.unwrap_or_else(Date::today));
    let summary = check(&scope(&folder, arguments)?, &options)?.report.summary;
    let refused = refused_by_schema(&folder)?;
    let schema = schemas::differences(&folder)?;
    let formatted = formatted(&folder, &[])?;
    let checks = [
        (
            "lint",
            summary.errors == 0,
            format!(
                "{}, {} in {}: {} lint",
                count(summary.errors, "error"),
                count(summary.cells, "cell"),
                count(summary.files, "file"),
                command()
            ),
        ),
        (
            "data files are formatted",
            formatted.writes.is_empty() && formatted.refused.is_empty(),
            format!("{} fmt", command()),
        ),
        ("schema takes every data file", refused.is_empty(), printable(&refused.join(", ")).into_owned()),
        ("schema is in step with the model", schema.is_empty(), format!("{} export json-schema", command())),
    ];
    let color = color_out(global);
    let mut out = String::new();
    for (name, passed, detail) in &checks {
        let mark = if *passed { paint(color, "32", "ok  ") } else { paint(color, "1;31", "FAIL") };
        let detail = if *passed { String::new() } else { format!(" ({detail})") };
        out.push_str(&format!("{mark} {name}{detail}\n"));
    }
    print_styled(color, &out)?;
    Ok(if checks.iter().all(|(_, passed, _)| *passed) { Outcome::Success } else { Outcome::Findings })
}

/// The work tree, beside what it is compared with.
fn scope<'f>(folder: &'f Folder, arguments: &CiArguments) -> Result<Scope<'f>, Failure> {
    let Some(revision) = &arguments.since else { return Ok(Scope::of(folder.tree.clone())) };
    let repository = Repository::of(folder.tree.root())?;
    let before = Parents { states: vec![repository.fork_from(revision)?], fork: None };
    Ok(Scope::of(repository.checkout(&folder.tree)?).since(before))
}

/// The data files that the JSON Schema does not take.
fn refused_by_schema(folder: &Folder) -> Result<Vec<String>, Failure> {
    let mut refused = Vec::new();
    for path in folder.tree.list()? {
        let (Some(document), Ok(bytes)) = (document_of(&path), folder.tree.read(&path)?) else { continue };
        let taken = std::str::from_utf8(&bytes).ok().and_then(|text| verdicts(document, text));
        if taken.is_none_or(|(_, schema)| !schema) {
            refused.push(path);
        }
    }
    Ok(refused)
}
