//! The files that an import reads.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use import::Input;
use store::StoreError;

use crate::Failure;
use crate::cli::Global;
use crate::terminal::note;

/// The endings of the files of a folder that are tables.
const TABLES: &[&str] = &["csv", "tsv", "tab", "txt", "xlsx", "xlsm", "ods"];

/// The endings of spreadsheets that cannot be read. They are refused by name, as when they are named alone.
const UNREADABLE: &[&str] = &["xls", "xlsb", "fods", "numbers"];

/// What an export writes for readers beside the tables that are imported again.
const VIEWS: &[&str] =
    &["answers.csv", "csv-metadata.json", "datapackage.json", "evidence.csv", "exceptions.csv", "matrix.csv"];

/// Reads the files, and the tables of folders. With the files of folders that are passed over.
pub(super) fn read(paths: &[PathBuf]) -> Result<(Vec<Input>, Vec<PathBuf>), Failure> {
    let (mut inputs, mut passed) = (Vec::new(), Vec::new());
    for path in paths {
        if !path.is_dir() {
            inputs.push(input(path)?);
            continue;
        }
        let (files, others) = tables(path)?;
        if files.is_empty() {
            let endings = TABLES.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(", ");
            let message = format!("{} holds no table: none of its files ends in {endings}", path.display());
            return Err(Failure::Usage(message));
        }
        files.iter().try_for_each(|file| input(file).map(|input| inputs.push(input)))?;
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
            note(global, &format!("{} is not a table and was passed over", path.display()));
        }
        return;
    }
    let others = match passed.len() - 1 {
        0 => String::new(),
        1 => ", and so was 1 more file (-v names it)".to_owned(),
        others => format!(", and so were {others} more files (-v names them)"),
    };
    note(global, &format!("{} is not a table and was passed over{others}", first.display()));
}

/// Reads a file, the halves of a large one side by side: most of that is the system making room.
fn bytes_of(path: &Path, size: u64) -> io::Result<Vec<u8>> {
    const LARGE: u64 = 8 * 1024 * 1024;
    if size < LARGE {
        return fs::read(path);
    }
    let mut bytes = vec![0; size as usize];
    let half = bytes.len() / 2;
    let (first, second) = bytes.split_at_mut(half);
    let part = |into: &mut [u8], from: usize| {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(from as u64))?;
        file.read_exact(into)
    };
    let (first, second) = rayon::join(|| part(first, 0), || part(second, half));
    first.and(second)?;
    // What has grown meanwhile would end in the middle.
    if fs::metadata(path)?.len() != size {
        return fs::read(path);
    }
    Ok(bytes)
}

fn input(path: &Path) -> Result<Input, Failure> {
    let size = fs::metadata(path).map_err(StoreError::io("read", path))?.len();
    if size > import::MAX_FILE_BYTES as u64 {
        let message =
            format!("{} has {size} bytes, a table may have {}", path.display(), import::MAX_FILE_BYTES);
        return Err(Failure::Usage(message));
    }
    let bytes = bytes_of(path, size).map_err(StoreError::io("read", path))?;
    Ok(Input { name: path.to_string_lossy().replace('\\', "/"), bytes })
}
