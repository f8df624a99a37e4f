//! The profile of an import: read, found again in findings, and saved.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use diagnostics::{Finding, Location, Locator, Place, Severity, SourceText};
use import::{COMMAND_LINE, Mapping};
use model::limits::MAX_FILE_BYTES;
use model::{Entity, Meaning, Profile, Registry, Required, Targets, Value};
use store::{
    FileContent, FileLocator, SCHEMA_FOLDER, Source, StoreError, canonical, read_capped, read_profile,
};

use crate::Failure;
use crate::arguments::ImportArguments;

/// The file of a profile, as a source of one file.
#[derive(Default)]
pub(super) struct ProfileFile {
    /// Its path to show; empty without a profile.
    path: String,
    bytes: Vec<u8>,
}

impl ProfileFile {
    fn open(path: &Path) -> Result<Self, Failure> {
        let bytes = read_capped(path, MAX_FILE_BYTES).map_err(|error| error.at(path))?;
        Ok(Self { path: path.to_string_lossy().replace('\\', "/"), bytes })
    }
}

impl Source for ProfileFile {
    fn list(&self) -> Result<Vec<String>, StoreError> {
        Ok(vec![self.path.clone()])
    }

    fn read(&self, _: &str) -> Result<FileContent, StoreError> {
        Ok(Ok(self.bytes.clone()))
    }
}

/// What the arguments map, with what is wrong with the profile, in itself and for a registry.
pub(super) fn mapping(
    arguments: &ImportArguments,
    registry: &Registry,
) -> Result<(ProfileFile, Mapping, Vec<Finding>), Failure> {
    let file = arguments.profile.as_deref().map(ProfileFile::open).transpose()?.unwrap_or_default();
    let read = match arguments.profile {
        Some(_) => read_profile(&file.path, file.bytes.clone()),
        None => store::Parse { value: Profile::default(), findings: Vec::new(), comments: Vec::new() },
    };
    let mut findings = read.findings;
    let (mapping, more) = Mapping::new(&file.path, read.value, arguments.map.clone());
    findings.extend(more);
    if !is_broken(&findings) {
        findings.extend(mapping.check(registry));
    }
    Ok((file, mapping, findings))
}

/// Returns whether a profile cannot be followed.
pub(super) fn is_broken(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// Locates places in the profile, and asks another locator about the rest.
pub(super) struct WithProfile<'a> {
    pub(super) file: &'a ProfileFile,
    pub(super) rest: &'a dyn Locator,
}

impl Locator for WithProfile<'_> {
    fn locate(&self, places: &[&Place]) -> Vec<Option<Location>> {
        let own = FileLocator::new(self.file, "");
        let is_own = |place: &Place| matches!(&place.subject.entity, Entity::File(path) if *path == self.file.path && !path.is_empty());
        let is_nowhere =
            |place: &Place| matches!(&place.subject.entity, Entity::File(path) if path == COMMAND_LINE);
        let mut located = vec![None; places.len()];
        let known: Vec<usize> = (0..places.len()).filter(|at| !is_nowhere(places[*at])).collect();
        let (mine, others): (Vec<usize>, Vec<usize>) = known.into_iter().partition(|at| is_own(places[*at]));
        for (indexes, locator) in [(mine, &own as &dyn Locator), (others, self.rest)] {
            let asked: Vec<&Place> = indexes.iter().map(|at| places[*at]).collect();
            if asked.is_empty() {
                continue;
            }
            for (at, location) in indexes.into_iter().zip(locator.locate(&asked)) {
                located[at] = location;
            }
        }
        located
    }

    fn source(&self, file: &str) -> Option<Arc<SourceText>> {
        if file == self.file.path && !file.is_empty() {
            return FileLocator::new(self.file, "").source(file);
        }
        self.rest.source(file)
    }
}

/// Saves a profile.
pub(super) fn save(path: &Path, profile: &Profile) -> Result<(), Failure> {
    save_text(path, &written(profile))
}

/// Saves the text of a profile with the path of its schema, where that is beside it or above. A file that is there
/// already stays.
pub(super) fn save_text(path: &Path, profile: &str) -> Result<(), Failure> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let folder = folder.canonicalize().map_err(StoreError::io("open", folder))?;
    let mut text = schema_line(&folder).unwrap_or_default();
    text.push_str(profile);
    let mut file = File::create_new(path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Failure::Usage(format!("{} already exists: name another file", path.display()))
        }
        _ => StoreError::io("write", path)(error).into(),
    })?;
    file.write_all(text.as_bytes()).map_err(StoreError::io("write", path))?;
    Ok(())
}

/// `#:schema ../schema/editor/import-profile.schema.json`, and a blank line.
fn schema_line(folder: &Path) -> Option<String> {
    let name = Path::new(SCHEMA_FOLDER).strip_prefix("..").ok()?.join("import-profile.schema.json");
    let mut up = PathBuf::new();
    for above in folder.ancestors() {
        if above.join(&name).is_file() {
            return Some(format!("#:schema {}\n\n", up.join(&name).display()));
        }
        up.push("..");
    }
    None
}

/// The text of a profile.
fn written(profile: &Profile) -> String {
    let mut text = String::new();
    for (key, list) in [("skip", profile.skip.items()), ("optional", profile.optional.items())] {
        if !list.is_empty() {
            text.push_str(&format!("{key} = {}\n", canonical::inline(&Value::texts(list))));
        }
    }
    if let Some(order) = profile.dates.known() {
        text.push_str(&format!("dates = \"{order}\"\n"));
    }
    let mut table = |name: String, entries: Vec<(&String, Value)>| {
        if entries.is_empty() {
            return;
        }
        let blank = if text.is_empty() { "" } else { "\n" };
        text.push_str(&format!("{blank}[{name}]\n"));
        for (key, value) in entries {
            text.push_str(&format!("{} = {}\n", canonical::key(key), canonical::inline(&value)));
        }
    };
    let columns = known(profile.columns.known()).map(|(header, targets)| {
        let value = match targets {
            Targets::One(one) => Value::from(one.as_str()),
            Targets::Several(several) => Value::texts(several),
        };
        (header, value)
    });
    table("columns".to_owned(), columns.collect());
    for (column, words) in known(profile.values.known()) {
        let words = known(Some(words)).map(|(word, meaning)| (word, value(meaning)));
        table(format!("values.{}", canonical::key(column)), words.collect());
    }
    let rows = known(profile.pass_over.known()).map(|(column, words)| (column, Value::texts(words)));
    table("pass_over".to_owned(), rows.collect());
    let constants =
        known(profile.constants.known()).map(|(column, text)| (column, Value::from(text.as_str())));
    table("constants".to_owned(), constants.collect());
    text
}

fn value(meaning: &Meaning) -> Value {
    match meaning {
        Meaning::Value(text) => Value::from(text.as_str()),
        Meaning::Values(values) => {
            let values =
                known(Some(values)).map(|(column, text)| (column.clone(), Value::from(text.as_str())));
            Value::Table(values.collect())
        }
    }
}

/// The known entries of a table of a profile.
fn known<V>(table: Option<&BTreeMap<String, Required<V>>>) -> impl Iterator<Item = (&String, &V)> {
    table.into_iter().flatten().filter_map(|(key, value)| Some((key, value.known()?)))
}
