//! The schema of each kind of data file.

use std::sync::OnceLock;

use jsonschema::Validator;
use model::{Document, Step, schema};
use serde_json::Value;

/// The schema of one kind of file.
pub struct Schema {
    document: Document,
    schema: Value,
    /// The schema compiled, which takes its time and which only judging needs.
    validator: OnceLock<Validator>,
}

impl Schema {
    /// The schema of a kind of file; made at the first use.
    pub fn of(document: Document) -> &'static Self {
        const KINDS: usize = Document::ALL.len() + 1;
        static MADE: [OnceLock<Schema>; KINDS] = [const { OnceLock::new() }; KINDS];
        MADE[document as usize].get_or_init(|| Self {
            document,
            schema: schema(document),
            validator: OnceLock::new(),
        })
    }

    pub(crate) fn document(&self) -> Document {
        self.document
    }

    pub(crate) fn validator(&self) -> &Validator {
        self.validator.get_or_init(|| {
            let options = jsonschema::options().should_validate_formats(true);
            match options.build(&self.schema) {
                Ok(validator) => validator,
                Err(error) => unreachable!("the schema of {} is valid: {error}", self.document.name()),
            }
        })
    }

    /// Returns whether a document in its JSON form fits.
    pub fn takes(&self, json: &Value) -> bool {
        self.validator().is_valid(json)
    }

    /// The part of the schema for a path.
    pub(crate) fn node(&self, path: &[Step]) -> &Value {
        self.at(path.iter().map(key_of))
    }

    /// The part of the schema that judges what some steps lead to: keys, or none for an item of a list.
    fn at<'p>(&self, path: impl IntoIterator<Item = Option<&'p str>>) -> &Value {
        path.into_iter().fold(self.deref(&self.schema), |node, key| match key {
            None => self.item(node),
            Some(key) => self.entry(node, key),
        })
    }

    /// The part of the schema that judges the items of a list.
    pub(crate) fn item<'s>(&'s self, node: &'s Value) -> &'s Value {
        self.deref(&node["items"])
    }

    /// The part of the schema that judges the value of a key of a table.
    pub(crate) fn entry<'s>(&'s self, node: &'s Value, key: &str) -> &'s Value {
        self.deref(match &node["properties"][key] {
            Value::Null => match &node["patternProperties"] {
                Value::Object(patterns) => patterns.values().next().unwrap_or(&Value::Null),
                _ => &node["additionalProperties"],
            },
            property => property,
        })
    }

    /// The keys of the table that some steps lead to, in canonical order; none where its keys are free. A step is a
    /// key, or none for an item of a list.
    pub(crate) fn keys<'p>(&self, path: impl IntoIterator<Item = Option<&'p str>>) -> Vec<&str> {
        self.at(path)["properties"]
            .as_object()
            .into_iter()
            .flat_map(|keys| keys.keys().map(String::as_str))
            .collect()
    }

    /// Returns whether some steps lead to a date.
    pub(crate) fn is_date<'p>(&self, path: impl IntoIterator<Item = Option<&'p str>>) -> bool {
        self.at(path)["format"] == "date"
    }

    pub(crate) fn deref<'a>(&'a self, node: &'a Value) -> &'a Value {
        match node["$ref"].as_str().and_then(|reference| reference.strip_prefix("#/$defs/")) {
            Some(name) => &self.schema["$defs"][name],
            None => node,
        }
    }
}

/// The key of a step; none for an index.
pub(crate) fn key_of(step: &Step) -> Option<&str> {
    match step {
        Step::Key(key) => Some(key),
        Step::Index(_) => None,
    }
}
