//! Reads data files into the model, with their structural findings.

use std::collections::BTreeMap;
use std::ops::Range;

use diagnostics::{Anchor, Finding, Place, RuleId, Severity};
use model::limits::{MAX_FILES, MAX_SYNTAX_ERRORS};
use model::read::{Faults, read_record};
use model::{
    DimensionFile, Dimensions, Document, Entity, Misnamed, Offering, Organization, Plain, PlainRecord,
    Platform, Profile, Record, Registry, RegistryInfo, Settings, Subject, conflicts,
};
use rayon::prelude::*;
use toml::de::DeTable;

use crate::layout::{document_of, entity_of, is_folder};
use crate::read::Tree;
use crate::source::NO_FOLDER;
use crate::structure::{BEYOND_LIMIT, MISSING_KEY, cap};
use crate::syntax::{NewerForm, newer_forms, syntax_errors};
use crate::{Source, StoreError, Structure, comments, strays, structural_findings, to_json, unmerged};

/// A file that is no TOML.
const SYNTAX: RuleId = RuleId("schema/syntax");

/// What was read of a file.
#[derive(Debug, Clone)]
pub struct Loaded<T> {
    /// What it holds, as far as it could be read.
    pub value: T,
    /// What its structure refuses.
    pub findings: Vec<Finding>,
    /// What its comments hold that readers cannot see.
    pub comments: Vec<Finding>,
}

impl<T> Loaded<T> {
    /// Whether something could not be read.
    pub fn is_partial(&self) -> bool {
        !self.findings.is_empty()
    }
}

/// What all offerings share, read before them.
#[derive(Debug, Default)]
pub struct Shared {
    /// What the registry is.
    pub info: RegistryInfo,
    /// The questions.
    pub dimensions: Dimensions,
    /// The organizations by file name.
    pub organizations: BTreeMap<String, Organization>,
    /// The platforms by file name.
    pub platforms: BTreeMap<String, Platform>,
    /// The misnamed files among them.
    misnamed: Misnamed,
    /// What the structure of these files refuses.
    pub findings: Vec<Finding>,
    /// What their comments hold that readers cannot see.
    pub comments: Vec<Finding>,
    /// How many of these files were read, and of how many files or folders something could not be.
    pub files: (usize, usize),
}

impl Shared {
    /// Where offerings inherit from.
    pub fn settings(&self) -> Settings<'_> {
        Settings {
            dimensions: &self.dimensions,
            organizations: &self.organizations,
            platforms: &self.platforms,
            misnamed: Some(&self.misnamed),
        }
    }
}

/// A data file of an entity, by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path in the data folder.
    pub path: String,
    /// Its name without `.toml`, which is the id of what it holds.
    pub name: String,
}

/// Reads a data folder.
pub struct Store<'s> {
    source: &'s dyn Source,
    files: Vec<(Document, File)>,
    /// What is in the place of a folder and is none, or cannot be read.
    no_folders: Vec<String>,
    /// How many files there are beyond those that are read.
    more: usize,
}

impl<'s> Store<'s> {
    /// Lists the data files of a source.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub fn open(source: &'s dyn Source) -> Result<Self, StoreError> {
        Self::open_within(source, MAX_FILES)
    }

    /// The same where a registry may have so many files.
    fn open_within(source: &'s dyn Source, most: usize) -> Result<Self, StoreError> {
        let mut store = Self { source, files: Vec::new(), no_folders: Vec::new(), more: 0 };
        for path in source.list()? {
            let name = entity_of(&path).id().to_owned();
            match document_of(&path) {
                Some(document) => store.files.push((document, File { path, name })),
                None if is_folder(&path) => store.no_folders.push(path),
                None => {}
            }
        }
        store.more = store.files.len().saturating_sub(most);
        store.files.truncate(most);
        Ok(store)
    }

    /// The files of a kind, in order.
    pub fn files(&self, document: Document) -> impl Iterator<Item = &File> {
        self.files.iter().filter(move |(kind, _)| *kind == document).map(|(_, file)| file)
    }

    fn has(&self, document: Document) -> bool {
        self.files(document).next().is_some()
    }

    /// The findings about files that look like data files and are not read.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub fn strays(&self) -> Result<Vec<Finding>, StoreError> {
        Ok(self.source.strays()?.iter().filter_map(|path| strays::finding(path)).collect())
    }

    /// Reads everything but the offerings.
    ///
    /// # Errors
    ///
    /// When a file cannot be read.
    pub fn shared(&self) -> Result<Shared, StoreError> {
        let mut shared = Shared::default();
        for path in &self.no_folders {
            let reason = self.source.read(path)?.err().unwrap_or_else(|| NO_FOLDER.to_owned());
            shared.findings.push(syntax(path, 0..0, format!("`{path}` {reason}")));
        }
        shared.files.1 = self.no_folders.len();
        if self.more > 0 {
            let most = self.files.len();
            let count = most + self.more;
            let message =
                format!("the registry has {count} files, and may have {most}: the rest is not read");
            let finding =
                Finding::new(BEYOND_LIMIT, Severity::Error, Subject::entity(Entity::Registry), message);
            shared.findings.push(finding.help("divide it into several registries"));
            shared.files.1 += self.more;
        }
        let mut dimensions = DimensionFile::default();
        for file in self.files(Document::Registry) {
            shared.info = shared.take(self.load(file)?);
        }
        for file in self.files(Document::Dimensions) {
            dimensions = shared.take(self.load(file)?);
        }
        shared.dimensions = Dimensions::new(dimensions);
        if self.has(Document::Registry) && !self.has(Document::Dimensions) {
            let place = Place::from(Subject::entity(Entity::Registry));
            let message = "`dimensions.toml` is missing, and no cell can be checked without its questions";
            let mut finding = Finding::new(MISSING_KEY, Severity::Error, place, message.to_owned())
                .help("restore it: it holds the questions, each under `[[dimensions]]`");
            finding.identity = Some("dimensions.toml".to_owned());
            shared.findings.push(finding);
        }
        for (file, loaded) in self.load_all::<Organization>(Document::Organization)? {
            let organization = shared.take(loaded);
            shared.organizations.insert(file.name.clone(), organization);
        }
        for (file, loaded) in self.load_all::<Platform>(Document::Platform)? {
            let platform = shared.take(loaded);
            shared.platforms.insert(file.name.clone(), platform);
        }
        shared.misnamed = Misnamed::new(&shared.organizations, &shared.platforms);
        Ok(shared)
    }

    /// Reads the questions alone.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn dimensions(&self) -> Result<Dimensions, StoreError> {
        let file = self.files(Document::Dimensions).next();
        let read = file.map(|file| self.load::<DimensionFile>(file)).transpose()?;
        Ok(Dimensions::new(read.map(|loaded| loaded.value).unwrap_or_default()))
    }

    /// Reads one offering.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn offering(&self, file: &File) -> Result<Loaded<Offering>, StoreError> {
        self.load(file)
    }

    /// Reads the whole registry, with what its structure refuses.
    ///
    /// # Errors
    ///
    /// When a file cannot be read.
    pub fn registry(&self) -> Result<(Registry, Vec<Finding>), StoreError> {
        let mut shared = self.shared()?;
        let mut offerings = BTreeMap::new();
        for (file, loaded) in self.load_all::<Offering>(Document::Offering)? {
            offerings.insert(file.name.clone(), shared.take(loaded));
        }
        let Shared { info, dimensions, organizations, platforms, findings, .. } = shared;
        Ok((Registry { info, dimensions, organizations, platforms, offerings }, findings))
    }

    fn load_all<T: Record + Send>(&self, document: Document) -> Result<Vec<(&File, Loaded<T>)>, StoreError> {
        let files: Vec<_> = self.files(document).collect();
        files.into_par_iter().map(|file| Ok((file, self.load(file)?))).collect()
    }

    fn load<T: Record>(&self, file: &File) -> Result<Loaded<T>, StoreError> {
        Ok(match self.source.read(&file.path)? {
            Ok(bytes) => parse(&file.path, bytes),
            Err(reason) => refuse(&file.path, 0..0, format!("`{}` {reason}", file.path)),
        })
    }
}

impl Shared {
    fn take<T>(&mut self, loaded: Loaded<T>) -> T {
        self.files.0 += 1;
        self.files.1 += usize::from(loaded.is_partial());
        self.findings.extend(loaded.findings);
        self.comments.extend(loaded.comments);
        loaded.value
    }
}

/// A file of which nothing could be read.
fn refuse<T: Record>(path: &str, bytes: Range<usize>, message: String) -> Loaded<T> {
    Loaded { value: T::unread(), findings: vec![syntax(path, bytes, message)], comments: Vec::new() }
}

pub(crate) fn syntax(path: &str, bytes: Range<usize>, message: String) -> Finding {
    let place = Place { subject: Subject::entity(entity_of(path)), anchor: Anchor::Bytes(bytes) };
    Finding::new(SYNTAX, Severity::Error, place, message)
}

/// Reads a profile for tables to import, by the path that names it in findings.
pub fn read_profile(path: &str, bytes: Vec<u8>) -> Loaded<Profile> {
    parse_as(Some(Document::Profile), path, bytes)
}

/// Reads a data file: once with spans; when anything is refused, the schema tells what.
pub(crate) fn parse<T: Record>(path: &str, bytes: Vec<u8>) -> Loaded<T> {
    parse_as(document_of(path), path, bytes)
}

fn parse_as<T: Record>(document: Option<Document>, path: &str, bytes: Vec<u8>) -> Loaded<T> {
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let fault = error.utf8_error();
            let at = fault.valid_up_to();
            let bytes = error.as_bytes();
            let end = fault.error_len().map_or(bytes.len(), |length| at + length);
            let found = match bytes {
                [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "this is UTF-16 text".to_owned(),
                _ => format!("byte {:#04X} is not UTF-8", bytes.get(at).copied().unwrap_or_default()),
            };
            return refuse(path, at..end, format!("{found}: save the file as UTF-8 text"));
        }
    };
    let mut comments = comments::judge(path, &text);
    cap(&mut comments);
    let (tree, errors) = DeTable::parse_recoverable(&text);
    if !errors.is_empty() {
        let conflicts = conflicts(&text);
        if !conflicts.is_empty() {
            let findings = unmerged::judge(path, &text, &conflicts);
            return Loaded { value: T::unread(), findings, comments };
        }
        let told = with_newer_forms(&text, syntax_errors(&text, &errors));
        let more = told.len().saturating_sub(MAX_SYNTAX_ERRORS);
        let mut findings: Vec<_> = told
            .into_iter()
            .take(MAX_SYNTAX_ERRORS)
            .map(|(span, message, help)| syntax(path, span, message).help(help))
            .collect();
        if let (Some(last), true) = (findings.last_mut(), more > 0) {
            last.help = Some(format!("{more} more faults of this file are not told; {SYNTAX_HELP}"));
        }
        return Loaded { value: T::unread(), findings, comments };
    }
    let mut faults = Faults::default();
    let value = read_record(Tree::File { table: tree.get_ref(), source: &text }, &mut faults);
    let mut findings = match document {
        Some(document) if faults.any() => {
            structural_findings(document, &entity_of(path), &to_json(tree.get_ref()))
        }
        _ => Vec::new(),
    };
    if faults.any() && findings.is_empty() {
        // Tests hold reader and schema equal; should they differ, what was left unread is still told.
        findings.push(syntax(path, 0..0, "something in this file could not be read".to_owned()));
    }
    let refused = |NewerForm { span, message, help }| syntax(path, span, message).help(help);
    findings.extend(newer_forms(&text).into_iter().map(refused));
    cap(&mut findings);
    Loaded { value, findings, comments }
}

/// Syntax errors with what to write, and the forms beside them that TOML 1.0 refuses; not those on a line with
/// an error, which may come of it.
fn with_newer_forms(text: &str, errors: Vec<(Range<usize>, String)>) -> Vec<(Range<usize>, String, String)> {
    let line = |at: usize| text[..at].rfind('\n').map_or(0, |feed| feed + 1);
    let lines: Vec<_> = errors.iter().map(|(span, _)| line(span.start)).collect();
    let error = |(span, message)| (span, format!("not valid TOML: {message}"), SYNTAX_HELP.to_owned());
    let mut told: Vec<_> = errors.into_iter().map(error).collect();
    let forms = newer_forms(text).into_iter().filter(|form| !lines.contains(&line(form.span.start)));
    told.extend(forms.map(|NewerForm { span, message, help }| (span, message, help)));
    told.sort_by_key(|(span, ..)| span.start);
    told
}

/// A record that was read from outside the data folder.
#[derive(Debug)]
pub struct Judged<T> {
    /// What it says, as far as it could be read.
    pub value: T,
    /// Whether the structure refuses something that is there.
    pub is_refused: bool,
    /// Whether something is missing that the structure demands.
    pub is_missing: bool,
}

/// Reads a record that stands in no file as if it stood in one, so that tables and files are judged
/// alike.
pub fn judge_record<T: Record>(record: PlainRecord<'_>) -> Judged<T> {
    let mut faults = Faults::default();
    let value = read_record(Plain::Record(record), &mut faults);
    Judged { value, is_refused: faults.refused, is_missing: faults.missing }
}

/// What the reader and the schema each say of a document: whether they take it. Nothing where it is no
/// TOML 1.0. The two must always agree.
pub fn verdicts(document: Document, text: &str) -> Option<(bool, bool)> {
    let (tree, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() || !newer_forms(text).is_empty() {
        return None;
    }
    let mut faults = Faults::default();
    let file = Tree::File { table: tree.get_ref(), source: text };
    match document {
        Document::Registry => drop(read_record::<RegistryInfo, _>(file, &mut faults)),
        Document::Dimensions => drop(read_record::<DimensionFile, _>(file, &mut faults)),
        Document::Organization => drop(read_record::<Organization, _>(file, &mut faults)),
        Document::Platform => drop(read_record::<Platform, _>(file, &mut faults)),
        Document::Offering => drop(read_record::<Offering, _>(file, &mut faults)),
        Document::Profile => drop(read_record::<Profile, _>(file, &mut faults)),
    }
    Some((!faults.any(), Structure::of(document).takes(&to_json(tree.get_ref()))))
}

pub(crate) const SYNTAX_HELP: &str = "until this is mended, nothing else of the file can be judged";

#[cfg(test)]
mod tests {
    use diagnostics::concise;

    use super::*;
    use crate::WorkTree;

    #[test]
    fn of_so_many_files_the_rest_is_not_read_and_counted() {
        let folder = tempfile::tempdir().unwrap();
        let platforms = folder.path().join("platforms");
        std::fs::create_dir(&platforms).unwrap();
        std::fs::write(folder.path().join("registry.toml"), "name = \"R\"\n").unwrap();
        for name in ["a", "b", "c", "d"] {
            let text = format!("id = \"{name}\"\nname = \"{name}\"\noperator = \"o\"\n");
            std::fs::write(platforms.join(format!("{name}.toml")), text).unwrap();
        }
        let tree = WorkTree::new(folder.path()).unwrap();
        let read = |most: usize| {
            let store = Store::open_within(&tree, most).unwrap();
            let shared = store.shared().unwrap();
            let beyond = shared.findings.into_iter().filter(|finding| finding.rule == BEYOND_LIMIT);
            let told = beyond.map(|finding| (concise::line(&finding), finding.help.unwrap_or_default()));
            (shared.platforms.len(), told.collect::<Vec<_>>())
        };
        assert_eq!(read(5), (4, Vec::new()));
        let (number, told) = read(3);
        let [(line, help)] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!(number, 3);
        assert!(line.contains("the registry has 5 files, and may have 3: the rest is not read"), "{line}");
        assert_eq!(help, "divide it into several registries");
    }
}
