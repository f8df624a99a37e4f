//! Corpora that are kept between runs. The name of a folder has the size, the seed and the version of what
//! generates it, so that an old one is never taken for a new one.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::floors::files;
use crate::{registry, repository, tables};

/// The sources of everything that decides what is generated.
const SOURCES: [&str; 7] = [
    include_str!("draw.rs"),
    include_str!("faults.rs"),
    include_str!("kept.rs"),
    include_str!("registry.rs"),
    include_str!("repository.rs"),
    include_str!("tables.rs"),
    include_str!("words.rs"),
];

/// The sentences of a note in tables with short rows and with long ones: what an import costs beside a reader depends
/// on them.
const SHORT: usize = 3;
const LONG: usize = 6;

/// A kind of corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A registry without findings.
    Clean,
    /// A registry with faults.
    Faulty,
    /// The offerings of the registry without findings, as JSON.
    Json,
    /// The registry without findings in a git repository; a note of one file is changed, and in the index.
    Git,
    /// Tables with short rows.
    ShortRows,
    /// Tables with long rows.
    LongRows,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 6] =
        [Self::Clean, Self::Faulty, Self::Json, Self::Git, Self::ShortRows, Self::LongRows];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Faulty => "faulty",
            Self::Json => "json",
            Self::Git => "git",
            Self::ShortRows => "short-rows",
            Self::LongRows => "long-rows",
        }
    }

    /// Writes it into an empty folder.
    fn write(self, folder: &Path, offerings: usize, seed: u64) -> io::Result<()> {
        match self {
            Self::Clean => registry::write(folder, offerings, seed, false).map(drop),
            Self::Faulty => registry::write(folder, offerings, seed, true).map(drop),
            Self::Json => {
                let data = folder.join("toml");
                registry::write(&data, offerings, seed, false)?;
                to_json(&data.join("data/offerings"), folder)?;
                fs::remove_dir_all(data)
            }
            Self::Git => {
                registry::write(folder, offerings, seed, false)?;
                repository::commit_and_change(folder)
            }
            Self::ShortRows => tables::write(folder, offerings, seed, SHORT),
            Self::LongRows => tables::write(folder, offerings, seed, LONG),
        }
    }
}

/// Where a corpus is made before it has its name.
fn unfinished(folder: &Path) -> PathBuf {
    folder.with_extension("partial")
}

/// Returns the folder of a corpus below the folder in which they are kept. If it is not there it is made, and those
/// that an older version has made are removed.
///
/// # Errors
///
/// When the corpus cannot be written.
pub fn corpus(folder: &Path, kind: Kind, offerings: usize, seed: u64) -> io::Result<PathBuf> {
    let name = format!("{}-{offerings}-{seed}-", kind.name());
    let corpus = folder.join(format!("{name}{:016x}", version()));
    if corpus.exists() {
        return Ok(corpus);
    }
    fs::create_dir_all(folder)?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(&name) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    let partial = unfinished(&corpus);
    kind.write(&partial, offerings, seed)?;
    fs::rename(&partial, &corpus)?;
    Ok(corpus)
}

/// A hash of the generator and of the files that it copies.
fn version() -> u64 {
    let mut hasher = DefaultHasher::new();
    SOURCES.hash(&mut hasher);
    registry::QUESTIONS.hash(&mut hasher);
    registry::BESIDE.hash(&mut hasher);
    hasher.finish()
}

/// Writes the JSON form of every TOML file of a folder, as `NAME.json`.
///
/// # Errors
///
/// When a file cannot be read or written.
pub fn to_json(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    files(from)?.par_iter().try_for_each(|path| {
        let text = fs::read_to_string(path)?;
        let not_toml = || io::Error::other(format!("{} is not TOML", path.display()));
        let json = store::to_json(&text).ok_or_else(not_toml)?;
        let name = Path::new(path.file_name().unwrap_or_default()).with_extension("json");
        fs::write(to.join(name), json.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The files of a corpus with their texts, in the order of their paths.
    fn contents(folder: &Path) -> Vec<(PathBuf, String)> {
        let mut files = files(folder).unwrap();
        files.sort();
        let read = |path: PathBuf| {
            let text = fs::read_to_string(&path).unwrap();
            (path.strip_prefix(folder).unwrap().to_owned(), text)
        };
        files.into_iter().map(read).collect()
    }

    #[test]
    fn a_seed_decides_every_byte_of_a_corpus() {
        let folders = [(); 2].map(|()| tempfile::tempdir().unwrap());
        for kind in [Kind::Clean, Kind::Faulty] {
            let [one, again] =
                folders.each_ref().map(|folder| contents(&corpus(folder.path(), kind, 20, 7).unwrap()));
            assert_eq!(one.len(), 64);
            assert_eq!(one, again);
            assert_ne!(one, contents(&corpus(folders[0].path(), kind, 20, 8).unwrap()));
        }
    }

    #[test]
    fn an_offering_is_the_same_in_a_larger_corpus() {
        let folder = tempfile::tempdir().unwrap();
        let [small, large] =
            [3, 30].map(|size| contents(&corpus(folder.path(), Kind::Clean, size, 1).unwrap()));
        assert!(small.iter().all(|file| large.contains(file)));
    }

    #[test]
    fn a_corpus_is_kept_until_its_generator_changes() {
        let folder = tempfile::tempdir().unwrap();
        let of_an_older_version = folder.path().join("clean-2-1-0123");
        let of_another_size = folder.path().join("clean-20-1-0123");
        fs::create_dir(&of_an_older_version).unwrap();
        fs::create_dir(&of_another_size).unwrap();
        let made = corpus(folder.path(), Kind::Clean, 2, 1).unwrap();
        assert!(!of_an_older_version.exists() && of_another_size.exists());
        let mark = made.join("mark");
        fs::write(&mark, "").unwrap();
        assert_eq!(corpus(folder.path(), Kind::Clean, 2, 1).unwrap(), made);
        assert!(mark.exists());
    }

    #[test]
    fn what_a_stopped_run_left_is_not_a_corpus() {
        let folder = tempfile::tempdir().unwrap();
        let made = corpus(folder.path(), Kind::Clean, 2, 1).unwrap();
        let left = unfinished(&made);
        fs::rename(&made, &left).unwrap();
        fs::write(left.join("data/offerings/half.toml"), "id = ").unwrap();
        let made = corpus(folder.path(), Kind::Clean, 2, 1).unwrap();
        assert!(made.exists() && !left.exists() && !made.join("data/offerings/half.toml").exists());
    }

    #[test]
    fn json_has_the_values_of_the_files() {
        let folder = tempfile::tempdir().unwrap();
        let made = corpus(folder.path(), Kind::Json, 2, 1).unwrap();
        let text = fs::read_to_string(made.join("acme-model-000001.json")).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["name"], "Acme Model 1");
        assert_eq!(fs::read_dir(&made).unwrap().count(), 2);
    }
}
