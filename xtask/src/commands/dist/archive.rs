//! Archives that are the same bytes for the same files: sorted, of one time, owned by no one in particular.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use flate2::{Compression, GzBuilder};
use tar::{Builder, EntryType, Header};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A file in an archive.
pub(super) struct Entry {
    /// Its path in the archive.
    pub(super) path: String,
    /// Its content.
    pub(super) bytes: Vec<u8>,
    /// Whether it can be run.
    pub(super) is_program: bool,
}

impl Entry {
    /// A file that cannot be run.
    pub(super) fn new(path: String, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path, bytes: bytes.into(), is_program: false }
    }

    fn mode(&self) -> u32 {
        if self.is_program { 0o755 } else { 0o644 }
    }
}

/// Returns the files in a folder and those below it, with their paths below `prefix`.
pub(super) fn folder(folder: &Path, prefix: &str) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for file in fs::read_dir(folder)? {
        let file = file?;
        let path = format!("{prefix}/{}", file.file_name().to_string_lossy());
        if file.file_type()?.is_dir() {
            entries.extend(self::folder(&file.path(), &path)?);
        } else {
            entries.push(Entry::new(path, fs::read(file.path())?));
        }
    }
    Ok(entries)
}

/// Writes an archive: `.zip`, else `.tar.gz`.
pub(super) fn write(to: &Path, mut entries: Vec<Entry>, time: u64) -> io::Result<()> {
    entries.sort_by(|one, other| one.path.cmp(&other.path));
    let file = BufWriter::new(File::create(to)?);
    if to.extension().is_some_and(|extension| extension == "zip") {
        zip(file, &entries)
    } else {
        tar(file, &entries, time)
    }
}

fn tar(file: impl Write, entries: &[Entry], time: u64) -> io::Result<()> {
    let mut archive = Builder::new(GzBuilder::new().write(file, Compression::best()));
    for entry in entries {
        let mut header = Header::new_gnu();
        header.set_entry_type(EntryType::Regular);
        header.set_size(entry.bytes.len() as u64);
        header.set_mode(entry.mode());
        header.set_mtime(time);
        header.set_uid(0);
        header.set_gid(0);
        archive.append_data(&mut header, &entry.path, entry.bytes.as_slice())?;
    }
    archive.into_inner()?.finish()?.flush()
}

/// Times of a zip depend on a time zone, so its files are of 1980, the first year that it knows.
fn zip(file: impl Write + io::Seek, entries: &[Entry]) -> io::Result<()> {
    let mut archive = ZipWriter::new(file);
    for entry in entries {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .unix_permissions(entry.mode());
        archive.start_file(&entry.path, options)?;
        archive.write_all(&entry.bytes)?;
    }
    archive.finish()?.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An archive of the same files, in another order for another `turn`.
    fn made(name: &str, turn: usize) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let mut entries = vec![
            Entry::new(format!("a/{}", "long".repeat(40)), "text"),
            Entry { path: "a/run".to_owned(), bytes: vec![1, 2, 3], is_program: true },
            Entry::new("a/B".to_owned(), ""),
        ];
        entries.rotate_left(turn);
        let to = folder.path().join(name);
        write(&to, entries, 1_700_000_000).unwrap();
        fs::read(to).unwrap()
    }

    #[test]
    fn the_order_of_files_does_not_show() {
        for name in ["a.tar.gz", "a.zip"] {
            assert_eq!(made(name, 0), made(name, 2), "{name}");
        }
    }

    #[test]
    fn a_tarball_names_no_owner_and_one_time() {
        let bytes = made("a.tar.gz", 0);
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(bytes.as_slice()));
        let seen: Vec<_> = archive
            .entries()
            .unwrap()
            .map(|entry| {
                let entry = entry.unwrap();
                let header = entry.header();
                assert_eq!((header.uid().unwrap(), header.gid().unwrap()), (0, 0));
                assert_eq!(header.mtime().unwrap(), 1_700_000_000);
                (entry.path().unwrap().to_string_lossy().into_owned(), header.mode().unwrap())
            })
            .collect();
        let long = format!("a/{}", "long".repeat(40));
        assert_eq!(seen, [("a/B".to_owned(), 0o644), (long, 0o644), ("a/run".to_owned(), 0o755)]);
    }
}
