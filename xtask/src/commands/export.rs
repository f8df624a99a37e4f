//! `export`: publish the registry in another form.

use std::fs;
use std::path::{Path, PathBuf};

use export::{Edition, Export};
use model::Date;
use store::{Store, StoreError};

use crate::cli::{ExportArguments, ExportFormat, Global};
use crate::diff::unified;
use crate::folder::Folder;
use crate::terminal::{note, print};
use crate::{Failure, Outcome};

pub(crate) fn run(global: &Global, arguments: &ExportArguments) -> Result<Outcome, Failure> {
    let folder = Folder::open(global)?;
    let (export, default) = make(global, &folder, arguments.format)?;
    let out = arguments.out.clone().unwrap_or_else(|| folder.repository().join(default));
    let left_out = [("could not be read", &export.left_out), ("lies in the future", &export.later)];
    for (reason, subject) in
        left_out.iter().flat_map(|(reason, all)| all.iter().map(move |one| (reason, one)))
    {
        let field = subject.field.as_ref().map(|field| format!(" {field}")).unwrap_or_default();
        let dimension = subject.dimension.as_ref().map(|id| format!(" {id}")).unwrap_or_default();
        note(global, &format!("left out, since it {reason}: {}{dimension}{field}", subject.entity));
    }
    if arguments.check {
        let differences = differences(&out, &export)?;
        print(differences.as_bytes())?;
        return Ok(if differences.is_empty() { Outcome::Success } else { Outcome::Findings });
    }
    for file in &export.files {
        let path = out.join(&file.path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(StoreError::io("make the folder", folder))?;
        }
        fs::write(&path, &file.bytes).map_err(StoreError::io("write", &path))?;
    }
    if !global.quiet {
        print(
            format!("{} in {}\n", diagnostics::count(export.files.len(), "file"), out.display()).as_bytes(),
        )?;
    }
    Ok(Outcome::Success)
}

/// The files of an export, and the folder in the repository where they belong.
fn make(global: &Global, folder: &Folder, format: ExportFormat) -> Result<(Export, PathBuf), Failure> {
    let (registry, _) = Store::open(&folder.tree)?.registry()?;
    let edition = |registry| Edition::new(registry, global.today.unwrap_or_else(Date::today));
    Ok(match format {
        ExportFormat::JsonSchema => (export::json_schema(&registry.dimensions), "schema".into()),
        ExportFormat::Csv => (export::csv(&registry), "dist/csv".into()),
        ExportFormat::Json => (export::json(&edition(registry)), "dist/json".into()),
        ExportFormat::Markdown => (export::markdown(&edition(registry)), "dist/markdown".into()),
        ExportFormat::Rules => (rule_index(), "docs/rules".into()),
    })
}

/// The index of the rules, which is made of the catalogue alone.
fn rule_index() -> Export {
    let file = export::OutputFile { path: "README.md".to_owned(), bytes: super::rules::index().into_bytes() };
    Export { files: vec![file], left_out: Vec::new(), later: Vec::new() }
}

/// What differs between the rules and their index in the repository.
pub(crate) fn rule_index_differences(folder: &Folder) -> Result<String, Failure> {
    differences(&folder.repository().join("docs/rules"), &rule_index())
}

/// What differs between the schemas of the model and those in the repository.
pub(crate) fn schema_differences(global: &Global, folder: &Folder) -> Result<String, Failure> {
    let (export, default) = make(global, folder, ExportFormat::JsonSchema)?;
    differences(&folder.repository().join(default), &export)
}

/// Unified diffs from what stands in a folder to what an export would write.
fn differences(out: &Path, export: &Export) -> Result<String, Failure> {
    let mut shown = String::new();
    for file in &export.files {
        let path = out.join(&file.path);
        let old = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(StoreError::io("read", &path)(error).into()),
        };
        if old == file.bytes {
            continue;
        }
        shown.push_str(&unified(&path.display().to_string(), &old, &file.bytes));
    }
    Ok(shown)
}
