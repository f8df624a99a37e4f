//! The files that an import reads.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use import::Input;
use store::StoreError;

use crate::Failure;

/// The files of a folder that may hold tables.
const ENDINGS: &[&str] = &["csv", "tsv", "xlsx", "ods"];

/// The views for readers that an export writes beside the tables that are read back.
const VIEWS: &[&str] = &["answers.csv", "evidence.csv", "exceptions.csv", "matrix.csv"];

/// Reads the files, and those of folders that hold tables by their names.
pub(super) fn read(paths: &[PathBuf]) -> Result<Vec<Input>, Failure> {
    let mut inputs = Vec::new();
    for path in paths {
        if path.is_dir() {
            let files = tables(path)?;
            if files.is_empty() {
                let endings =
                    ENDINGS.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(", ");
                let message =
                    format!("{} holds no table: none of its files ends in {endings}", path.display());
                return Err(Failure::Usage(message));
            }
            files.iter().try_for_each(|file| input(file).map(|input| inputs.push(input)))?;
        } else {
            inputs.push(input(path)?);
        }
    }
    Ok(inputs)
}

/// The tables of a folder, in the order of their names; hidden and temporary files, folders and links
/// are left out, and so are views for readers.
fn tables(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let unread = |error| StoreError::io("read", folder)(error);
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(unread)? {
        let entry = entry.map_err(unread)?;
        let name = entry.file_name().to_string_lossy().to_lowercase();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let is_file = entry.file_type().map_err(unread)?.is_file();
        let is_hidden = name.starts_with(['.', '~']);
        if is_file && !is_hidden && !VIEWS.contains(&name.as_str()) && ENDINGS.contains(&ending) {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
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
