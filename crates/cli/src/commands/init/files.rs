//! The files of a new registry.

use model::{Document, Value};
use store::{FileContent, NewFile, Source, Store, StoreError};

use super::place::Place;
use super::texts;
use crate::Failure;
use crate::arguments::InitArguments;

/// What the files of a new registry are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    Registry,
    Questions,
    Schemas,
    Editors,
    Git,
    Workflow,
}

impl Group {
    pub(super) const ALL: [Self; 6] =
        [Self::Registry, Self::Questions, Self::Schemas, Self::Editors, Self::Git, Self::Workflow];

    /// What its files are.
    pub(super) fn about(self) -> &'static str {
        match self {
            Self::Registry => "its name; fill in its licence and how to report a correction",
            Self::Questions => "the questions: how to grade each one, and its facts",
            Self::Schemas => "the schemas of the data files, for editors and validators",
            Self::Editors => "settings for editors",
            Self::Git => "settings for git",
            Self::Workflow => "lints each pull request on GitHub",
        }
    }

    /// Returns whether a file is one of these.
    pub(super) fn holds(self, place: &Place, file: &NewFile) -> bool {
        let data = |name: &str| file.path == format!("{}/{name}", place.data());
        match self {
            Self::Registry => data("registry.toml"),
            Self::Questions => data("dimensions.toml"),
            Self::Schemas => file.path.starts_with(&place.beside("schema/")),
            Self::Editors => texts::EDITORS.iter().any(|(name, _)| file.path == place.beside(name)),
            Self::Git => texts::git().iter().any(|(name, _)| file.path == place.beside(name)),
            Self::Workflow => file.path.starts_with(&place.at_top(texts::WORKFLOWS)),
        }
    }
}

/// The files that are new, or there is no registry: the schemas, the questions and, last, the registry itself.
pub(super) fn of_registry(place: &Place, arguments: &InitArguments) -> Result<Vec<NewFile>, Failure> {
    let dimensions = if arguments.empty { texts::no_questions() } else { texts::QUESTIONS.to_owned() };
    let questions = Questions(&dimensions);
    let schemas = export::json_schema(&Store::open(&questions)?.dimensions()?);
    let mut files = Vec::new();
    for schema in &schemas.files {
        let mut bytes = Vec::new();
        schema.write(&mut bytes)?;
        files.push(NewFile { path: place.beside(&format!("schema/{}", schema.path)), bytes });
    }
    let registry = texts::registry(&[("name".to_owned(), Value::from(arguments.name.as_str()))]);
    for (document, text) in [(Document::Dimensions, dimensions), (Document::Registry, registry)] {
        let path = format!("{}/{}.toml", place.data(), document.name());
        files.push(NewFile { path, bytes: text.into_bytes() });
    }
    Ok(files)
}

/// The files that may be there already: settings of other programs.
pub(super) fn settings(place: &Place, arguments: &InitArguments) -> Vec<NewFile> {
    let beside = texts::EDITORS.into_iter().chain(texts::git()).map(|(name, text)| NewFile {
        path: place.beside(name),
        bytes: texts::for_folder(text, &place.name).into_bytes(),
    });
    let workflow = (!arguments.no_workflow).then(|| texts::workflow(place));
    beside.chain(workflow).collect()
}

/// How many questions a new registry has unless it is to have none.
pub(super) fn questions() -> Result<usize, StoreError> {
    Ok(Store::open(&Questions(texts::QUESTIONS))?.dimensions()?.iter().count())
}

/// A registry of questions alone.
struct Questions<'t>(&'t str);

impl Source for Questions<'_> {
    fn list(&self) -> Result<Vec<String>, StoreError> {
        Ok(vec![format!("{}.toml", Document::Dimensions.name())])
    }

    fn read(&self, _: &str) -> Result<FileContent, StoreError> {
        Ok(Ok(self.0.as_bytes().to_vec()))
    }
}
