//! `export`: publish the registry in another form.

pub(crate) mod site;

use std::path::{Path, PathBuf};

use export::{Edition, Export, Format};
use model::{Date, Subject};
use store::Store;

use crate::arguments::{ExportArguments, ExportFormat};
use crate::folder::Folder;
use crate::global::Global;
use crate::output_folder::{Ended, Mode, OutputFolder, Ownership};
use crate::terminal::{note, print, print_diff};
use crate::{Failure, Outcome, pages, schemas};

pub(crate) fn run(global: &Global, arguments: &ExportArguments) -> Result<Outcome, Failure> {
    if arguments.spreadsheet_safe && arguments.format != ExportFormat::Csv {
        return Err(Failure::Usage("--spreadsheet-safe works only with csv".to_owned()));
    }
    if arguments.template && arguments.format != ExportFormat::Xlsx {
        return Err(Failure::Usage("--template works only with xlsx".to_owned()));
    }
    let folder = Folder::open(global)?;
    if arguments.format == ExportFormat::Site {
        return site::run(global, &folder, arguments);
    }
    let (registry, edition);
    let (export, default) = match arguments.format {
        ExportFormat::Csv => {
            registry = Store::open(&folder.tree)?.registry()?.0;
            let csv = if arguments.spreadsheet_safe { export::csv_for_spreadsheets } else { export::csv };
            (csv(&registry), "dist/csv".into())
        }
        ExportFormat::Json | ExportFormat::Markdown => {
            edition = read_edition(global, &folder)?;
            match arguments.format {
                ExportFormat::Json => (export::json(&edition), "dist/json".into()),
                _ => (export::markdown(&edition), "dist/markdown".into()),
            }
        }
        _ => make(global, &folder, arguments)?,
    };
    tell_left_out(global, &export.left_out, &export.later);
    if let Some(unread) = &export.unread {
        note(global, unread);
    }
    let out = arguments.out.clone().unwrap_or_else(|| folder.repository().join(default));
    let mut output = OutputFolder::open(
        &out,
        folder.absolute(),
        ownership(arguments.format, arguments.template),
        mode(arguments),
    )?;
    output.put_all(&export.files)?;
    end(global, arguments, &out, &output.finish()?)
}

/// What is done with the files of an export.
fn mode(arguments: &ExportArguments) -> Mode {
    match (arguments.check, arguments.force) {
        (true, _) => Mode::Check,
        (false, true) => Mode::Force,
        (false, false) => Mode::Write,
    }
}

/// By what an export knows the files of an earlier one.
fn ownership(format: ExportFormat, is_template: bool) -> Ownership {
    match format {
        ExportFormat::JsonSchema => schemas::OWNERSHIP,
        ExportFormat::Rules => Ownership::Mark(|_| super::rules::MARK.to_owned()),
        ExportFormat::Csv => Ownership::List(Format::Csv),
        ExportFormat::Json => Ownership::List(Format::Json),
        ExportFormat::Markdown => Ownership::List(Format::Markdown),
        ExportFormat::Site => Ownership::List(Format::Site),
        ExportFormat::Xlsx if is_template => Ownership::List(Format::XlsxTemplate),
        ExportFormat::Xlsx => Ownership::List(Format::Xlsx),
    }
}

/// Reports what is not published: what could not be read, and days in the future.
fn tell_left_out(global: &Global, left_out: &[Subject], later: &[Subject]) {
    let left_out = left_out.iter().map(|subject| ("could not be read", subject));
    let later = later.iter().map(|subject| ("is in the future", subject));
    for (reason, subject) in left_out.chain(later) {
        let field = subject.field.as_ref().map(|field| format!(" {field}")).unwrap_or_default();
        let dimension = subject.dimension.as_ref().map(|id| format!(" {id}")).unwrap_or_default();
        note(global, &format!("left out, since it {reason}: {}{dimension}{field}", subject.entity));
    }
}

/// Reports the result of an export.
fn end(global: &Global, arguments: &ExportArguments, out: &Path, ended: &Ended) -> Result<Outcome, Failure> {
    for path in &ended.left {
        let path = out.join(path);
        note(global, &format!("{} is no longer exported, but was changed since: it stays", path.display()));
    }
    if arguments.check {
        print_diff(&ended.differences)?;
        return Ok(if ended.differences.is_empty() { Outcome::Success } else { Outcome::Findings });
    }
    if !global.quiet {
        print(&format!("{} in {}\n", diagnostics::count(ended.files, "file"), out.display()))?;
    }
    Ok(Outcome::Success)
}

/// The registry as it is published today.
fn read_edition(global: &Global, folder: &Folder) -> Result<Edition, Failure> {
    let (registry, _) = Store::open(&folder.tree)?.registry()?;
    Ok(Edition::new(registry, global.today.unwrap_or_else(Date::today)))
}

/// The files of an export that are made at once, and the folder in the repository where they belong.
fn make(
    global: &Global,
    folder: &Folder,
    arguments: &ExportArguments,
) -> Result<(Export<'static>, PathBuf), Failure> {
    Ok(match arguments.format {
        ExportFormat::JsonSchema => (schemas::of_model(folder)?, schemas::FOLDER.into()),
        ExportFormat::Csv | ExportFormat::Json | ExportFormat::Markdown | ExportFormat::Site => {
            unreachable!("these are made file by file")
        }
        ExportFormat::Xlsx => {
            let edition = read_edition(global, folder)?;
            let workbook = if arguments.template {
                export::xlsx_template(&edition)
            } else if edition.later().is_empty() {
                export::xlsx(edition.registry(), &edition)
            } else {
                // The tables also hold what lies in the future.
                export::xlsx(&Store::open(&folder.tree)?.registry()?.0, &edition)
            };
            (workbook?, "dist/xlsx".into())
        }
        ExportFormat::Rules => (rule_index(folder), "docs/rules".into()),
    })
}

/// The index of the rules. It links to their pages if the repository has these.
fn rule_index(folder: &Folder) -> Export<'static> {
    let text = super::rules::index(pages::are_in(folder.repository()));
    let file = export::OutputFile::new("README.md".to_owned(), text.into_bytes());
    Export { files: vec![file], ..Export::default() }
}
