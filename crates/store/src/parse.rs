//! Reads one data file into the model, with its findings.

use std::ops::Range;

use diagnostics::Finding;
use model::limits::MAX_FINDINGS;
use model::read::{Faults, read_record};
use model::{Document, Profile, Record, conflicts};
use toml_splice::{NewerForm, Toml, Values, newer_forms};

use crate::json::json_of;
use crate::paths::{document_of, entity_of};
use crate::read::FileValue;
use crate::structure::cap;
use crate::{comments, structural_findings, syntax, unmerged};

/// What was read of a file.
#[derive(Debug, Clone)]
pub struct Parse<T> {
    /// What it holds, as far as it could be read.
    pub value: T,
    /// What its structure refuses.
    pub findings: Vec<Finding>,
    /// What its comments hold that readers cannot see.
    pub comments: Vec<Finding>,
}

impl<T> Parse<T> {
    /// Returns whether something could not be read.
    pub fn is_partial(&self) -> bool {
        !self.findings.is_empty()
    }
}

/// A file of which nothing could be read.
pub(crate) fn unread<T: Record>(path: &str, bytes: Range<usize>, message: String) -> Parse<T> {
    Parse { value: T::unread(), findings: vec![syntax::finding(path, bytes, message)], comments: Vec::new() }
}

/// Reads a profile for tables to import, by the path that names it in findings.
pub fn read_profile(path: &str, bytes: Vec<u8>) -> Parse<Profile> {
    match text_of(path, bytes) {
        Ok(text) => parse_as(Some(Document::Profile), path, &text, Values::parse(&text).as_ref()),
        Err(refused) => refused,
    }
}

/// Reads the text of a data file and its values, which a text that is no TOML has not; if anything is refused, the schema
/// reports what.
pub(crate) fn parse<T: Record>(path: &str, text: &str, values: Option<&Values<'_>>) -> Parse<T> {
    parse_as(document_of(path), path, text, values)
}

/// The text of a file; where its bytes are none, what is reported of it.
pub(crate) fn text_of<T: Record>(path: &str, bytes: Vec<u8>) -> Result<String, Parse<T>> {
    String::from_utf8(bytes).map_err(|error| {
        let fault = error.utf8_error();
        let at = fault.valid_up_to();
        let bytes = error.as_bytes();
        let end = fault.error_len().map_or(bytes.len(), |length| at + length);
        let found = match bytes {
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "this is UTF-16 text".to_owned(),
            _ => format!("byte {:#04X} is not UTF-8", bytes.get(at).copied().unwrap_or_default()),
        };
        unread(path, at..end, format!("{found}: save the file as UTF-8 text"))
    })
}

fn parse_as<T: Record>(
    document: Option<Document>,
    path: &str,
    text: &str,
    values: Option<&Values<'_>>,
) -> Parse<T> {
    let mut comments = comments::judge(path, text);
    cap(&mut comments);
    let Some(values) = values else {
        let conflicts = conflicts(text);
        let findings = match conflicts.is_empty() {
            true => syntax::judge(path, text),
            false => unmerged::judge(path, text, &conflicts),
        };
        return Parse { value: T::unread(), findings, comments };
    };
    let mut faults = Faults::default();
    let value = read_record(FileValue(values.root()), &mut faults);
    let mut findings = match document {
        Some(document) if faults.any() => {
            let (mut findings, meant) = syntax::slips(path, text);
            let json = match meant {
                Some(meant) => json_of(Toml::parse(&meant).root().item()),
                None => json_of(values.root()),
            };
            findings.extend(structural_findings(document, &entity_of(path), &json));
            findings
        }
        _ => Vec::new(),
    };
    if faults.any() && findings.is_empty() {
        // Tests hold reader and schema equal; should they differ, what was not read is still reported.
        findings.push(syntax::finding(path, 0..0, "something in this file could not be read".to_owned()));
    }
    let refused = |NewerForm { span, message, help }| syntax::finding(path, span, message).with_help(help);
    findings.extend(newer_forms(text, MAX_FINDINGS).into_iter().map(refused));
    cap(&mut findings);
    Parse { value, findings, comments }
}
