//! Workbooks of OpenDocument (ISO/IEC 26300): `.ods`.
//!
//! A row or cell that repeats millions of times is counted, not laid out, until it has a value.

mod cell;
mod paragraph;
mod styles;

use std::sync::Arc;

use crate::read::grid::{CellKind, Kept};
use crate::read::package::Package;
use crate::read::refused::Refused;
use crate::read::room::Room;
use crate::read::sheet::{Region, Sheet, too_many_sheets};
use crate::read::xml::{Element, Event, Xml};
use cell::Cell;
use styles::Styles;

const CONTENT: &str = "content.xml";
const MANIFEST: &str = "META-INF/manifest.xml";
/// The columns that a sheet can have.
const COLUMNS: u64 = 16_384;

/// Returns whether the archive is a document of this family.
pub(crate) fn is_document(package: &Package<'_>) -> bool {
    package.has(CONTENT) || package.has("encrypted-package")
}

/// Reads the sheets of a workbook. One that is not wanted keeps its place, without cells.
pub(crate) fn read(
    package: &mut Package<'_>,
    wanted: &dyn Fn(&str) -> bool,
    room: &mut Room,
) -> Result<Vec<Sheet>, Refused> {
    let encrypted = || Refused::new("the workbook is encrypted", "save it without a password");
    if let Some(manifest) = package.text(MANIFEST)? {
        let mut xml = Xml::new(MANIFEST, &manifest);
        loop {
            match xml.next()? {
                Event::Start(element) if element.local_name().as_ref() == "encryption-data" => {
                    return Err(encrypted());
                }
                Event::Eof => break,
                _ => {}
            }
        }
    }
    let text = package.text(CONTENT)?.ok_or_else(encrypted)?;
    let mut xml = Xml::new(CONTENT, &text);
    let (mut sheets, mut styles) = (Vec::new(), Styles::default());
    let mut is_spreadsheet = false;
    loop {
        let element = match xml.next()? {
            Event::Start(element) => element,
            Event::Eof => break,
            _ => continue,
        };
        match element.local_name().as_ref() {
            "spreadsheet" => is_spreadsheet = true,
            // What was deleted, and what pivot tables and scripts remember.
            "tracked-changes" | "data-pilot-tables" | "dde-links" | "scripts" => xml.skip()?,
            "table" => {
                let name = xml.attribute(&element, "name")?.unwrap_or_default().into_owned();
                let style = xml.attribute(&element, "style-name")?.unwrap_or_default();
                let mut sheet = Sheet::new(name, styles.is_hidden(&style), *room)?;
                if wanted(&sheet.name) {
                    let mut reader = Reader::new(&mut xml, &styles, &mut sheet);
                    let read = reader.rows();
                    let made = reader.made;
                    read.map_err(|error| error.within(&sheet.name))?;
                    *room = sheet.grid.left();
                    room.texts = room.texts.saturating_sub(made as usize);
                } else {
                    xml.skip()?;
                }
                sheets.push(sheet);
                too_many_sheets(sheets.len())?;
            }
            _ => styles.element(&xml, &element)?,
        }
    }
    if is_spreadsheet {
        return Ok(sheets);
    }
    Err(Refused::new("this is an OpenDocument file, but not a spreadsheet", "save the table as .ods or CSV"))
}

struct Reader<'r, 'x> {
    xml: &'r mut Xml<'x>,
    styles: &'r Styles,
    sheet: &'r mut Sheet,
    /// The style that the cells of columns have, unless they say so themselves, with the column after the last.
    columns: Vec<(u64, String)>,
    /// The next row, from 1.
    row: u64,
    /// How many cells of the sheet are laid out, faulty ones too.
    laid: u64,
    /// How many bytes of texts were made of what the file writes shorter, and not kept: blanks, notes.
    made: u64,
}

/// A cell of a row that may repeat, as the grid holds it.
struct Laid {
    cell: Cell,
    text: Kept,
    detail: Option<Arc<str>>,
    columns: std::ops::Range<u64>,
}

impl<'r, 'x> Reader<'r, 'x> {
    fn new(xml: &'r mut Xml<'x>, styles: &'r Styles, sheet: &'r mut Sheet) -> Self {
        Self { xml, styles, sheet, columns: Vec::new(), row: 1, laid: 0, made: 0 }
    }

    /// The rows of a sheet, in groups or not.
    fn rows(&mut self) -> Result<(), Refused> {
        let mut depth = 0;
        loop {
            match self.xml.next().map_err(|error| self.placed(*error))? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "table-row" => self.row(&element)?,
                    "table-column" => self.column(&element)?,
                    "table-rows"
                    | "table-row-group"
                    | "table-header-rows"
                    | "table-columns"
                    | "table-column-group"
                    | "table-header-columns" => depth += 1,
                    _ => self.xml.skip()?,
                },
                Event::End(_) if depth == 0 => return Ok(()),
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
    }

    fn column(&mut self, element: &Element<'_>) -> Result<(), Refused> {
        let first = self.columns.last().map_or(0, |(end, _)| *end);
        let end = first.saturating_add(self.repeated(element, "number-columns-repeated")?);
        let style = self.xml.attribute(element, "default-cell-style-name")?.unwrap_or_default().into_owned();
        self.columns.push((end, style));
        if self.columns.len() as u64 > COLUMNS {
            let message = format!("the sheet has more than {COLUMNS} columns");
            return Err(self.placed(Refused::new(message, "clear them")));
        }
        self.xml.skip()
    }

    /// Returns whether a cell shows a day without its day, by its own style or that of its row or column.
    fn is_month(&self, cell: &Element<'_>, row: Option<&str>, column: u64) -> Result<bool, Refused> {
        let own = self.xml.attribute(cell, "style-name")?;
        let at = self.columns.partition_point(|(end, _)| *end <= column);
        let column = || self.columns.get(at).map(|(_, style)| style.as_str());
        Ok(own.as_deref().or(row).or_else(column).is_some_and(|style| self.styles.is_month(style)))
    }

    fn row(&mut self, element: &Element<'_>) -> Result<(), Refused> {
        let repeated = self.repeated(element, "number-rows-repeated")?;
        let style = self.xml.attribute(element, "default-cell-style-name")?.map(|style| style.into_owned());
        let mut row = Vec::new();
        let mut column = 0;
        loop {
            match self.xml.next().map_err(|error| self.placed(*error))? {
                Event::Start(element)
                    if matches!(element.local_name().as_ref(), "table-cell" | "covered-table-cell") =>
                {
                    let end = column + self.repeated(&element, "number-columns-repeated")?;
                    let is_month = self.is_month(&element, style.as_deref(), column)?;
                    let mut cell = Cell::read(self.xml, &element).map_err(|error| self.placed(error))?;
                    if is_month && cell.kind == CellKind::Date {
                        cell.kind = CellKind::Month;
                        cell.text.truncate("2026-07".len());
                    }
                    self.unkept(&cell)?;
                    if let (Some(note), Ok(row), Ok(column)) =
                        (cell.note.take(), u32::try_from(self.row), u16::try_from(column))
                    {
                        self.sheet.note(row, column, &note)?;
                    }
                    self.merge(column, &cell)?;
                    if !cell.text.trim().is_empty() {
                        if end > COLUMNS {
                            let message = format!("there are cells beyond the last column, {COLUMNS}");
                            return Err(self.placed(Refused::new(message, "clear them")));
                        }
                        let text = self.sheet.grid.keep(if cell.fault.is_some() { "" } else { &cell.text });
                        let detail = cell.detail.as_deref().map(Arc::from);
                        row.push(Laid { cell, text, detail, columns: column..end });
                    }
                    column = end;
                }
                Event::Start(_) => self.xml.skip()?,
                Event::End(_) => break,
                _ => {}
            }
        }
        if !row.is_empty() {
            self.excess(&row, repeated)?;
            for number in self.row..self.row.saturating_add(repeated) {
                let number = u32::try_from(number)
                    .map_err(|_| Refused::new("there are cells beyond the last row", "clear them"))?;
                self.lay(number, &row);
            }
        }
        self.row = self.row.saturating_add(repeated);
        Ok(())
    }

    /// Refuses a row that holds too much as often as it is repeated, before any of it is laid out.
    fn excess(&mut self, row: &[Laid], repeated: u64) -> Result<(), Refused> {
        let width = |one: &Laid| one.columns.end - one.columns.start;
        let cells = row.iter().map(width).sum::<u64>().saturating_mul(repeated);
        let bytes = row.iter().map(|one| width(one).saturating_mul(one.cell.text.len() as u64)).sum::<u64>();
        self.laid = self.laid.saturating_add(cells);
        let unlaid = self.laid - self.sheet.grid.cells() as u64;
        let bytes = bytes.saturating_mul(repeated).saturating_add(self.made);
        match self.sheet.grid.excess_of(repeated, unlaid, bytes) {
            Some(what) => Err(self.placed(Refused::new(format!("the import has {what}"), "split the table"))),
            None => Ok(()),
        }
    }

    /// Counts what was made of a cell and is not kept. A few bytes can mean a million blanks.
    fn unkept(&mut self, cell: &Cell) -> Result<(), Refused> {
        let kept = if cell.fault.is_some() { 0 } else { cell.text.trim().len() };
        let note = cell.note.as_ref().map_or(0, String::len);
        self.made = self.made.saturating_add((cell.text.len() - kept + note) as u64);
        match self.sheet.grid.excess_of(0, 0, self.made) {
            Some(what) => Err(self.placed(Refused::new(format!("the import has {what}"), "split the table"))),
            None => Ok(()),
        }
    }

    /// Puts a row into the grid.
    fn lay(&mut self, number: u32, row: &[Laid]) {
        self.sheet.grid.next_row(number);
        for Laid { cell, text, columns, detail } in row {
            for column in columns.clone() {
                if let Some((message, help)) = &cell.fault {
                    self.sheet.fault(Refused::new(message.clone(), *help).at(number, column as u16));
                    continue;
                }
                let grid = &mut self.sheet.grid;
                grid.push_kept(column as u16, cell.kind, *text);
                if cell.is_formula {
                    grid.mark_formula();
                }
                if let Some(detail) = detail {
                    grid.detail(grid.cells() - 1, Arc::clone(detail));
                }
            }
        }
    }

    fn merge(&mut self, column: u64, cell: &Cell) -> Result<(), Refused> {
        let (rows, columns) = cell.span;
        let (Ok(row), Ok(column)) = (u32::try_from(self.row), u16::try_from(column)) else { return Ok(()) };
        let region =
            Region { rows: row..=row.saturating_add(rows), columns: column..=column.saturating_add(columns) };
        if region.is_single() { Ok(()) } else { self.sheet.merge(region) }
    }

    fn repeated(&self, element: &Element<'_>, name: &str) -> Result<u64, Refused> {
        let Some(text) = self.xml.attribute(element, name)? else { return Ok(1) };
        match text.parse::<u32>() {
            Ok(number) if number > 0 => Ok(number.into()),
            _ => Err(self.placed(self.xml.broken(&format!("`{name}` is not a possible number")))),
        }
    }

    fn placed(&self, error: Refused) -> Refused {
        Refused { row: u32::try_from(self.row).ok(), ..error }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    #[test]
    fn blanks_that_a_few_bytes_stand_for_are_counted() {
        let read = |cells: usize, texts: usize| {
            let cell = "<table-cell><p><s c=\"100\"/></p></table-cell>";
            let rows = format!("<table-row>{}</table-row>", cell.repeat(cells));
            let content = format!("<spreadsheet><table name=\"t\">{rows}</table></spreadsheet>");
            let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
            archive.start_file(CONTENT, SimpleFileOptions::default()).unwrap();
            archive.write_all(content.as_bytes()).unwrap();
            let bytes = archive.finish().unwrap().into_inner();
            let mut package = Package::open(&bytes, 1 << 20).unwrap();
            let mut room = Room { texts, ..Room::default() };
            super::read(&mut package, &|_| true, &mut room).map(|_| room.texts).map_err(|error| error.message)
        };
        assert_eq!(read(3, 300), Ok(0));
        assert_eq!(read(3, 299), Err("the import has texts of more than 100 MiB".to_owned()));
    }
}
