//! The paths of data files.

use std::io;
use std::path::{Path, PathBuf};

use model::{Document, Entity};

/// The folder of the JSON Schemas for editors, seen from the data folder.
pub const SCHEMA_FOLDER: &str = "../schema/editor";

/// Returns a path without links and without `..`, as [`Path::canonicalize`] does, but its last folders need not be
/// there.
///
/// # Errors
///
/// When a part that is there cannot be looked at, or one that is not there is `..`.
pub fn canonical(path: &Path) -> io::Result<PathBuf> {
    let mut missing = Vec::new();
    for folder in path.ancestors() {
        let real = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        match real.canonicalize() {
            Ok(real) => return Ok(missing.iter().rev().fold(real, |path, name| path.join(name))),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                missing.push(folder.file_name().ok_or(error)?);
            }
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::NotFound.into())
}

/// The kind of a data file, by its path in the data folder; nothing for other files.
pub fn document_of(path: &str) -> Option<Document> {
    match path {
        "registry.toml" => return Some(Document::Registry),
        "dimensions.toml" => return Some(Document::Dimensions),
        _ => {}
    }
    let (folder, name) = path.split_once('/')?;
    let document = Document::ALL.into_iter().find(|document| document.folder() == Some(folder))?;
    // U+FFFD replaces what is not UTF-8, so the file has another name.
    let is_named = name.ends_with(".toml")
        && !name.starts_with('.')
        && !name.contains('/')
        && !name.contains('\u{fffd}');
    is_named.then_some(document)
}

/// Returns whether a path in the data folder is that of a folder of data files.
pub(crate) fn is_folder(path: &str) -> bool {
    Document::ALL.iter().any(|document| document.folder() == Some(path))
}

/// The entity that a data file holds, by its path in the data folder. `dimensions.toml` holds many,
/// so it counts as a file.
pub fn entity_of(path: &str) -> Entity {
    let stem = || path.rsplit('/').next().unwrap_or(path).trim_end_matches(".toml").to_owned();
    match document_of(path) {
        Some(Document::Registry) => Entity::Registry,
        Some(Document::Organization) => Entity::Organization(stem()),
        Some(Document::Platform) => Entity::Platform(stem()),
        Some(Document::Offering) => Entity::Offering(stem()),
        Some(Document::Visits) => Entity::Visits(stem()),
        Some(Document::Dimensions | Document::Profile) | None => Entity::File(path.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_tell_what_they_hold() {
        assert_eq!(document_of("offerings/a.toml"), Some(Document::Offering));
        assert_eq!(document_of("offerings/a/b.toml"), None);
        assert_eq!(document_of("offerings/.a.toml"), None);
        assert_eq!(document_of("notes.toml"), None);
        assert!(is_folder("offerings") && !is_folder("offerings/a") && !is_folder("notes"));
        assert_eq!(entity_of("platforms/aws-bedrock.toml"), Entity::Platform("aws-bedrock".into()));
        assert_eq!(entity_of("platforms/aws-bedrock.toml").file(), "platforms/aws-bedrock.toml");
        assert_eq!(entity_of("visits/a.example.toml").file(), "visits/a.example.toml");
        assert_eq!(entity_of("dimensions.toml"), Entity::File("dimensions.toml".into()));
    }
}
