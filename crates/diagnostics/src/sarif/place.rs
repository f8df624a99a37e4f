//! Where things are, in the terms of SARIF.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use model::Subject;
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::{Location, Locator, Position, SourceText, TableCell, concise, printable};

/// All but the unreserved characters of RFC 3986 and the slash.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// An address of the web with its non-ASCII characters encoded (RFC 3987, section 3.1).
pub(super) fn encoded(address: &str) -> String {
    utf8_percent_encode(address, CONTROLS).to_string()
}

/// A plain text message.
#[derive(Serialize)]
pub(super) struct Message {
    text: String,
}

impl Message {
    /// A message. What looks like a link is one (SARIF 3.11.6), also in words taken from the data, so a
    /// blank parts its text from its address.
    pub(super) fn new(printable: &str) -> Self {
        Self { text: printable.replace("](", "] (") }
    }
}

/// A `location`: lines of a file, or a table and, where that is text, a line of it; and its text,
/// in a table after the cell.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    physical_location: Option<Physical>,
    logical_locations: Vec<Logical>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

impl Place {
    pub(super) fn new(location: Option<&Location>, subject: &Subject) -> Self {
        let physical_location = location.map(|location| Physical {
            artifact_location: Artifact::new(location.file()),
            region: match location {
                Location::File(range) => Some(Region::of(range.start, range.end)),
                // Rows of a sheet are no lines of its file.
                Location::Table(cell) => cell.row.filter(|_| cell.sheet.is_none()).map(Region::line),
            },
        });
        let cell = match location {
            Some(Location::Table(cell)) => Logical::cell(cell),
            _ => None,
        };
        let logical_locations = cell.into_iter().chain([Logical::new(subject)]).collect();
        Self { id: None, message: None, physical_location, logical_locations }
    }

    /// The same as a place that is related to a result.
    pub(super) fn related(self, id: usize, message: &str) -> Self {
        Self { id: Some(id), message: Some(Message::new(&printable(message))), ..self }
    }
}

/// The address of a file: relative to the root of the sources, which the reader knows, or absolute.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

impl Artifact {
    pub(super) fn new(file: &str) -> Self {
        let path = utf8_percent_encode(file, IN_PATH);
        if file.starts_with('/') {
            Self { uri: format!("file://{path}"), uri_base_id: None }
        } else {
            Self { uri: path.to_string(), uri_base_id: Some("%SRCROOT%") }
        }
    }
}

/// A `region`; its end is exclusive, as in [`crate::FileRange`].
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Region {
    Text {
        #[serde(flatten)]
        lines: Lines,
        #[serde(flatten)]
        bytes: Bytes,
    },
    Bytes(Bytes),
    Line(Line),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Lines {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Bytes {
    byte_offset: usize,
    byte_length: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Line {
    start_line: u64,
}

impl Region {
    fn of(start: Position, end: Position) -> Self {
        let lines = Lines {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        };
        Self::Text { lines, bytes: Bytes::of(start.byte..end.byte) }
    }

    fn line(start_line: u64) -> Self {
        Self::Line(Line { start_line })
    }
}

impl Bytes {
    fn of(range: Range<usize>) -> Self {
        Self { byte_offset: range.start, byte_length: range.len() }
    }
}

/// Finds the lines of byte ranges, and keeps the texts that it asked for.
pub(super) struct Places<'a> {
    locator: &'a dyn Locator,
    sources: HashMap<String, Option<Arc<SourceText>>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(locator: &'a dyn Locator) -> Self {
        Self { locator, sources: HashMap::new() }
    }

    /// The region of a range of a file, in lines too where its text can be had.
    pub(super) fn region(&mut self, file: &str, range: Range<usize>) -> Region {
        if !self.sources.contains_key(file) {
            self.sources.insert(file.to_owned(), self.locator.source(file));
        }
        match self.sources.get(file).and_then(Option::as_ref) {
            Some(source) => Region::of(source.position(range.start), source.position(range.end)),
            None => Region::Bytes(Bytes::of(range)),
        }
    }
}

/// A `logicalLocation`: `offering:azure-openai/soc2_type2/route`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical {
    name: String,
    fully_qualified_name: String,
    kind: &'static str,
}

impl Logical {
    /// The cell of a table, or its row: `F7`, in full `vendor.xlsx [cells] F7 (note)`.
    fn cell(cell: &TableCell) -> Option<Self> {
        let row = cell.row.map(|row| row.to_string());
        let name = format!("{}{}", cell.column.as_deref().unwrap_or_default(), row.unwrap_or_default());
        let kind = if cell.column.is_some() { "cell" } else { "row" };
        (!name.is_empty()).then(|| Self { name, fully_qualified_name: concise::table(cell), kind })
    }

    fn new(subject: &Subject) -> Self {
        let entity = &subject.entity;
        let mut name = entity.reference().unwrap_or_else(|| entity.file());
        let (mut full, mut kind) = (name.clone(), entity.kind());
        let field = subject.field.as_ref().map(ToString::to_string);
        for (part, text) in [("dimension", subject.dimension.clone()), ("field", field)] {
            let Some(text) = text else { continue };
            full.push('/');
            full.push_str(&text);
            (name, kind) = (text, part);
        }
        let shown = |text: String| printable(&text).into_owned();
        Self { name: shown(name), fully_qualified_name: shown(full), kind }
    }
}
