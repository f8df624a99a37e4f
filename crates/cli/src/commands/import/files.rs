//! The files that an import reads.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use import::Input;
use store::{StoreError, Unreadable, read_capped};

use crate::Failure;
use crate::global::Global;
use crate::terminal::note;

/// What names standard input.
const STDIN: &str = "-";

/// The endings of the files of a folder that are tables.
const TABLES: &[&str] = &["csv", "tsv", "tab", "txt", "xlsx", "xlsm", "ods"];

/// The endings of spreadsheets that cannot be read. They are refused by name, as when they are named alone.
const UNREADABLE: &[&str] = &["xls", "xlsb", "fods", "numbers"];

/// What an export writes for readers beside the tables that are imported again.
const VIEWS: &[&str] = &[
    "answers.csv",
    "csv-metadata.json",
    "datapackage.json",
    "evidence.csv",
    "exceptions.csv",
    "matrix.csv",
    "visits.csv",
];

/// Reads the files, and the tables of folders. With the files of folders that are passed over.
pub(super) fn read(paths: &[PathBuf]) -> Result<(Vec<Input>, Vec<PathBuf>), Failure> {
    let (mut inputs, mut passed) = (Vec::new(), Vec::new());
    let mut left = import::MAX_FILE_BYTES as u64;
    for path in paths {
        if path == Path::new(STDIN) || !path.is_dir() {
            inputs.push(input(path, &mut left)?);
            continue;
        }
        let (files, others) = tables(path)?;
        if files.is_empty() {
            let endings = TABLES.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(", ");
            let message = format!("{} has no table: none of its files ends in {endings}", path.display());
            return Err(Failure::Usage(message));
        }
        files.iter().try_for_each(|file| input(file, &mut left).map(|input| inputs.push(input)))?;
        passed.extend(others);
    }
    Ok((inputs, passed))
}

/// The tables of a folder, and what else is in it, in the order of their names. Hidden and temporary files, and
/// what an export writes for readers, are neither.
fn tables(folder: &Path) -> Result<(Vec<PathBuf>, Vec<PathBuf>), Failure> {
    let unread = |error| StoreError::io("read", folder)(error);
    let (mut files, mut others) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder).map_err(unread)? {
        let entry = entry.map_err(unread)?;
        let name = entry.file_name().to_string_lossy().to_lowercase();
        if name.starts_with(['.', '~']) || VIEWS.contains(&name.as_str()) {
            continue;
        }
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let is_file = entry.file_type().map_err(unread)?.is_file();
        let is_table = is_file && (TABLES.contains(&ending) || UNREADABLE.contains(&ending));
        if is_table { files.push(entry.path()) } else { others.push(entry.path()) }
    }
    files.sort();
    others.sort();
    Ok((files, others))
}

/// Says which files of folders were passed over: with `--verbose` their names, else how many there are.
pub(super) fn tell_passed(global: &Global, passed: &[PathBuf]) {
    let Some(first) = passed.first() else { return };
    if global.verbose {
        for path in passed {
            note(global, &format!("{} is not a table and was skipped", path.display()));
        }
        return;
    }
    let others = match passed.len() - 1 {
        0 => String::new(),
        1 => ", like 1 more file (-v names it)".to_owned(),
        others => format!(", like {others} more files (-v names them)"),
    };
    note(global, &format!("{} is not a table and was skipped{others}", first.display()));
}

/// Reads a file, or standard input where that is named, of at most so many bytes.
fn input(path: &Path, left: &mut u64) -> Result<Input, Failure> {
    let read = if path == Path::new(STDIN) { standard_input(*left) } else { read_capped(path, *left) };
    let bytes = read.map_err(|error| match error {
        Unreadable::TooLarge { .. } => Failure::Usage(format!(
            "{}: the files of one import have more than the limit of {} bytes",
            path.display(),
            import::MAX_FILE_BYTES
        )),
        other => other.at(path).into(),
    })?;
    *left -= bytes.len() as u64;
    Ok(Input { name: path.to_string_lossy().replace('\\', "/"), bytes })
}

fn standard_input(most: u64) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(most + 1).read_to_end(&mut bytes)?;
    let count = bytes.len() as u64;
    if count > most { Err(Unreadable::TooLarge { bytes: count, most }) } else { Ok(bytes) }
}
