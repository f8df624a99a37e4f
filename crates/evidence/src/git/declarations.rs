//! Which documents of an archive are made from which addresses, as Open Terms Archive declares it: a file a service,
//! with the addresses of each of its documents, and one beside it with those of former days.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use model::Url;
use serde_json::Value;

use super::tree::Files;
use super::{GitArchiveError, Repository};
use crate::limits::MAX_DECLARATION_BYTES;

/// What follows the name of a service in the file that says what was declared before.
const HISTORY: &str = ".history";

/// The documents of an archive, by the pages that they are made from.
#[derive(Debug, Clone, Default)]
pub struct Declarations(HashMap<String, Vec<String>>);

impl Declarations {
    /// Reads the declarations of an archive from their repository, at the commit that its `HEAD` names.
    ///
    /// # Errors
    ///
    /// When the folder is no repository, or git fails. A file that is no declaration is passed over.
    pub fn open(folder: &Path, git: fn() -> Command) -> Result<Self, GitArchiveError> {
        let repository = Repository::new(folder, git);
        let files = Files::at_head(&repository)?;
        let mut declarations = Self::default();
        let mut paths: Vec<&str> = files.paths().filter(|path| service(path).is_some()).collect();
        // What is declared today comes before what was.
        paths.sort_by_key(|path| (path.contains(HISTORY), *path));
        for path in paths {
            let Some(file) = files.get(path).filter(|file| file.size <= MAX_DECLARATION_BYTES) else {
                continue;
            };
            let text = repository.blob(&file.id, MAX_DECLARATION_BYTES)?;
            if let (Some(service), Ok(value)) = (service(path), serde_json::from_slice(&text)) {
                declarations.add(service, &value);
            }
        }
        Ok(declarations)
    }

    /// Adds what a file declares of a service.
    fn add(&mut self, service: &str, value: &Value) {
        let terms = value.get("terms").or_else(|| value.get("documents")).unwrap_or(value);
        let Some(terms) = terms.as_object() else { return };
        for (kind, declared) in terms {
            // What was declared before is a list.
            let versions = declared.as_array().map_or(std::slice::from_ref(declared), Vec::as_slice);
            for version in versions {
                let parts =
                    version.get("combine").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
                for part in parts.iter().chain([version]) {
                    let address =
                        part.get("fetch").and_then(Value::as_str).and_then(|url| url.parse::<Url>().ok());
                    let Some(address) = address else { continue };
                    let documents = self.0.entry(address.page_key()).or_default();
                    let document = format!("{service}/{kind}.md");
                    if !documents.contains(&document) {
                        documents.push(document);
                    }
                }
            }
        }
    }

    /// How many addresses are declared.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The paths of the documents that are made from an address.
    pub(super) fn documents(&self, address: &Url) -> impl Iterator<Item = String> + use<> {
        self.0.get(&address.page_key()).cloned().unwrap_or_default().into_iter()
    }
}

/// The service that a file declares.
fn service(path: &str) -> Option<&str> {
    let name = path.strip_prefix("declarations/").or_else(|| path.strip_prefix("services/"))?;
    let name = name.strip_suffix(".json").filter(|name| !name.contains('/'))?;
    Some(name.strip_suffix(HISTORY).unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn documents_are_found_by_every_address_they_were_made_from() {
        let mut declarations = Declarations::default();
        declarations.add(
            "Chat",
            &json!({"name": "Chat", "terms": {
                "Terms of Service": {"select": "main", "combine": [{"fetch": "https://a.example/1"}, {"fetch": "https://a.example/2"}]},
                "Privacy Policy": {"fetch": "https://A.example/p#"},
                "Broken": 3,
            }}),
        );
        declarations.add(
            "Chat",
            &json!({"Privacy Policy": [{"fetch": "https://a.example/old", "validUntil": "2025"}]}),
        );
        for (address, document) in [
            ("https://a.example/2", Some("Chat/Terms of Service.md")),
            ("http://www.a.example/2/#part", Some("Chat/Terms of Service.md")),
            ("https://a.example/p", Some("Chat/Privacy Policy.md")),
            ("https://a.example/old", Some("Chat/Privacy Policy.md")),
            ("https://a.example/3", None),
        ] {
            let url = address.parse().unwrap();
            assert_eq!(declarations.documents(&url).next().as_deref(), document, "{address}");
        }
        assert_eq!(service("declarations/Le Chat.history.json"), Some("Le Chat"));
        assert_eq!(service("declarations/Le Chat.filters.js"), None);
    }
}
