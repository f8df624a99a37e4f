//! The position of a subject, in a file or in a table.

use std::ops::Range;
use std::sync::Arc;

use model::Subject;
use serde::Serialize;

use crate::{Edit, SourceText};

/// Which part of a subject is meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// Its value; for a table, its header.
    Value,
    /// Its key.
    Key,
    /// The place where it is missing: the header after which it belongs.
    Missing,
    /// A range, in bytes, of its text as read (not as escaped in the file).
    Within(Range<usize>),
    /// A range, in bytes, of the file that holds it, where no tree could be built.
    Bytes(Range<usize>),
    /// The cell of a table that states it, as its reader has found it: no locator is asked.
    Cell(Box<TableCell>),
}

/// A subject and which part of it is meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// What is meant.
    pub subject: Subject,
    /// Which part of it.
    pub anchor: Anchor,
}

impl Place {
    /// The key of a subject.
    pub fn key(subject: Subject) -> Self {
        Self { subject, anchor: Anchor::Key }
    }

    /// The place where a subject is missing.
    pub fn missing(subject: Subject) -> Self {
        Self { subject, anchor: Anchor::Missing }
    }

    /// The cell of a table that states a subject.
    pub fn cell(subject: Subject, cell: TableCell) -> Self {
        Self { subject, anchor: Anchor::Cell(Box::new(cell)) }
    }

    /// A range of a subject's text as read.
    pub fn within(subject: Subject, range: Range<usize>) -> Self {
        Self { subject, anchor: Anchor::Within(range) }
    }
}

impl From<Subject> for Place {
    fn from(subject: Subject) -> Self {
        Self { subject, anchor: Anchor::Value }
    }
}

/// A position in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Position {
    /// Bytes from the start of the file.
    pub byte: usize,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in Unicode scalar values; a byte-order mark has none.
    pub column: usize,
}

/// A range of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileRange {
    /// The path to show: relative to the current directory with `/`, else absolute.
    pub file: String,
    /// Its first character.
    pub start: Position,
    /// The position after its last character.
    pub end: Position,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct TableCell {
    /// The file, as in [`FileRange::file`].
    #[serde(skip)]
    pub file: String,
    /// The sheet, where the file has sheets.
    pub sheet: Option<String>,
    /// The row, from 1, as the program that made the table counts. In a CSV file, the line on which
    /// the record begins.
    pub row: Option<u64>,
    /// The column as a letter: `F`.
    pub column: Option<String>,
    /// The header of the column.
    pub header: Option<String>,
    /// The text of the cell.
    pub text: Option<String>,
}

/// The place of something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    /// In a file.
    File(FileRange),
    /// In a table.
    Table(TableCell),
}

impl Location {
    /// The path to show.
    pub fn file(&self) -> &str {
        match self {
            Self::File(range) => &range.file,
            Self::Table(cell) => &cell.file,
        }
    }

    pub(crate) fn file_mut(&mut self) -> &mut String {
        match self {
            Self::File(range) => &mut range.file,
            Self::Table(cell) => &mut cell.file,
        }
    }
}

/// A change of a file's bytes: what is between `start` and `end` gives way to `insert`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Splice {
    /// The first byte that goes.
    pub start: usize,
    /// The byte after the last that goes.
    pub end: usize,
    /// What comes instead.
    pub insert: String,
}

/// Where places are, and what fixes change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The location of each place; none for one that is in no text.
    pub locations: Vec<Option<Location>>,
    /// The splices that make each fix, each with the path to show of its file; none where a fix cannot be made in a
    /// file.
    pub splices: Vec<Vec<(String, Splice)>>,
}

/// Finds the places of subjects. Implemented by the crates that hold the text: the store for files, the
/// importer for tables.
pub trait Locator: Sync {
    /// Returns the location of each place, in the same order; `None` for a place that is in no text.
    fn locate(&self, places: &[&Place]) -> Vec<Option<Location>>;

    /// Returns the location of each place, and what each fix changes in the files, in the order asked: the files of both
    /// are read once.
    fn find(&self, places: &[&Place], fixes: &[&[Edit]]) -> Found {
        Found { locations: self.locate(places), splices: vec![Vec::new(); fixes.len()] }
    }

    /// The text of a file by the path to show, for excerpts.
    fn source(&self, file: &str) -> Option<Arc<SourceText>>;
}
