//! Reads a data folder into the model, with its structural findings.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use diagnostics::{Finding, Place, Severity};
use model::limits::MAX_FILES;
use model::{
    Cell, CellSource, DimensionFile, DimensionId, Dimensions, Document, Entity, Misnamed, Offering, Optional,
    Organization, Platform, Record, Registry, Subject, Visits,
};
use rayon::prelude::*;
use toml_splice::Values;

use crate::parse::{Parse, parse, text_of, unread};
use crate::paths::{document_of, entity_of, is_folder};
use crate::shared::SharedFiles;
use crate::structure::{BEYOND_LIMIT, MISSING_KEY, cap};
use crate::{NotRead, Source, StoreError, strays, syntax};

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
    /// The questions, once a file in which something cannot be read needs them.
    questions: OnceLock<Dimensions>,
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
        let mut store =
            Self { source, files: Vec::new(), no_folders: Vec::new(), more: 0, questions: OnceLock::new() };
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

    /// The paths of all files, in order; what is in the place of a folder last.
    pub fn paths(&self) -> impl Iterator<Item = &String> {
        self.files.iter().map(|(_, file)| &file.path).chain(&self.no_folders)
    }

    /// How many files there are beyond those that are read.
    pub fn beyond(&self) -> usize {
        self.more
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
    pub fn shared(&self) -> Result<SharedFiles, StoreError> {
        let mut shared = SharedFiles::default();
        for path in &self.no_folders {
            let reason = self.source.read(path)?.err().unwrap_or(NotRead::NoFolder);
            shared.findings.push(syntax::finding(path, 0..0, format!("`{path}` {reason}")));
        }
        shared.files.partial = self.no_folders.len();
        if self.more > 0 {
            let most = self.files.len();
            let count = most + self.more;
            let message =
                format!("the registry has {count} files; the limit is {most}, and the rest is not read");
            let finding =
                Finding::new(BEYOND_LIMIT, Severity::Error, Subject::entity(Entity::Registry), message);
            shared.findings.push(finding.with_help("split it into several registries"));
            shared.files.partial += self.more;
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
                .with_help("restore it: it has the questions, each under `[[dimensions]]`");
            finding.identity = Some("dimensions.toml".to_owned());
            shared.findings.push(finding);
        }
        for (file, parsed) in self.load_all::<Organization>(Document::Organization)? {
            let organization = shared.take(parsed);
            shared.organizations.insert(file.name.clone(), organization);
        }
        for (file, parsed) in self.load_all::<Platform>(Document::Platform)? {
            let platform = shared.take(parsed);
            shared.platforms.insert(file.name.clone(), platform);
        }
        for (file, parsed) in self.load_all::<Visits>(Document::Visits)? {
            let visits = shared.take(parsed);
            shared.visits.insert(file.name.clone(), visits);
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
        Ok(Dimensions::new(read.map(|parsed| parsed.value).unwrap_or_default()))
    }

    /// Reads one offering.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn offering(&self, file: &File) -> Result<Parse<Offering>, StoreError> {
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
        for (file, parsed) in self.load_all::<Offering>(Document::Offering)? {
            offerings.insert(file.name.clone(), shared.take(parsed));
        }
        let SharedFiles { info, dimensions, organizations, platforms, visits, findings, .. } = shared;
        Ok((Registry { info, dimensions, organizations, platforms, offerings, visits }, findings))
    }

    fn load_all<T: Record + Send>(&self, document: Document) -> Result<Vec<(&File, Parse<T>)>, StoreError> {
        let files: Vec<_> = self.files(document).collect();
        files.into_par_iter().map(|file| Ok((file, self.load(file)?))).collect()
    }

    fn load<T: Record>(&self, file: &File) -> Result<Parse<T>, StoreError> {
        Ok(match self.source.read(&file.path)? {
            Ok(bytes) => self.parsed(&file.path, bytes),
            Err(reason) => unread(&file.path, 0..0, format!("`{}` {reason}", file.path)),
        })
    }

    /// Reads a file. One in which something cannot be read is read by the questions that its headers mean, so that a
    /// misspelt one has no other findings.
    fn parsed<T: Record>(&self, path: &str, bytes: Vec<u8>) -> Parse<T> {
        let text = match text_of(path, bytes) {
            Ok(text) => text,
            Err(refused) => return refused,
        };
        let values = Values::parse(&text);
        let parsed: Parse<T> = parse(path, &text, values.as_ref());
        let is_of_cells = document_of(path).is_some_and(|document| document.folder().is_some());
        let Some(values) = values.filter(|_| parsed.is_partial() && is_of_cells) else { return parsed };
        let dimensions = self.questions.get_or_init(|| self.dimensions().unwrap_or_default());
        let Some((mut findings, meant)) = syntax::misnamed(path, &text, &values, dimensions) else {
            return parsed;
        };
        let mut meant: Parse<T> = parse(path, &meant, Values::parse(&meant).as_ref());
        findings.append(&mut meant.findings);
        cap(&mut findings);
        Parse { value: meant.value, findings, comments: parsed.comments }
    }
}

impl CellSource for Store<'_> {
    fn cells(&self, entity: &Entity) -> Option<Cow<'_, BTreeMap<DimensionId, Cell>>> {
        let file = File { path: entity.file(), name: entity.id().to_owned() };
        let cells = match entity {
            Entity::Organization(_) => self.load::<Organization>(&file).ok()?.value.cells,
            Entity::Platform(_) => self.load::<Platform>(&file).ok()?.value.cells,
            Entity::Offering(_) => self.load::<Offering>(&file).ok()?.value.cells,
            _ => return None,
        };
        match cells {
            Optional::Known(cells) => Some(Cow::Owned(cells)),
            _ => None,
        }
    }
}
#[cfg(test)]
mod tests {

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
            let texts = beyond.map(|finding| (finding.message, finding.help.unwrap_or_default()));
            (shared.platforms.len(), store.beyond(), texts.collect::<Vec<_>>())
        };
        assert_eq!(read(5), (4, 0, Vec::new()));
        let (number, beyond, texts) = read(3);
        let [(line, help)] = texts.as_slice() else { panic!("{texts:?}") };
        assert_eq!((number, beyond), (3, 2));
        assert!(
            line.contains("the registry has 5 files; the limit is 3, and the rest is not read"),
            "{line}"
        );
        assert_eq!(help, "split it into several registries");
    }
}
