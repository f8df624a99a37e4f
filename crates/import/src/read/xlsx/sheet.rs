//! The cells of a sheet (ECMA-376 part 1, section 18.3).

use std::sync::Arc;

use diagnostics::quoted;

use super::relations::Relations;
use super::styles::Format;
use super::{WorkbookParts, number, plain, strings};
use crate::fault::letter;
use crate::limits::{MAX_FAULTY, MAX_TEXT_BYTES};
use crate::read::grid::CellKind;
use crate::read::refused::Refused;
use crate::read::refused::few_marks;
use crate::read::sheet::{Region, Sheet};
use crate::read::xml::{Element, Event, Xml};

const AGAIN: &str = "open the workbook in a spreadsheet program and save it again";

/// The rows and columns that a sheet can have.
const ROWS: u32 = 1_048_576;
const COLUMNS: u16 = 16_384;

/// Reads the cells of a sheet.
pub(super) fn read(
    part: &str,
    text: &str,
    shared: &WorkbookParts,
    links: &Relations,
    sheet: &mut Sheet,
) -> Result<(), Refused> {
    let mut reader = Reader::new(part, text, shared, sheet);
    loop {
        let element = match reader.xml.next().map_err(|error| reader.after(*error))? {
            Event::Start(element) => element,
            Event::Eof => return reader.excess(),
            _ => continue,
        };
        match element.local_name().as_ref() {
            "row" => {
                reader.row(&element)?;
                reader.plain_cells();
            }
            "c" => {
                reader.cell(&element)?;
                reader.plain_cells();
            }
            "mergeCell" => {
                let region = reader.region(&element)?;
                reader.sheet.merge(region)?;
            }
            "hyperlink" => {
                reader.link(&element, links)?;
                reader.links += 1;
                let what = "the sheet has more than {} links";
                few_marks(reader.links, what, "remove those that are not sources")?;
            }
            _ => {}
        }
    }
}

struct Reader<'x, 's> {
    xml: Xml<'x>,
    shared: &'x WorkbookParts,
    sheet: &'s mut Sheet,
    /// The row, from 1.
    row: u32,
    /// The next column.
    next: u16,
    /// How many links there are.
    links: usize,
}

impl<'x, 's> Reader<'x, 's> {
    fn new(part: &'x str, text: &'x str, shared: &'x WorkbookParts, sheet: &'s mut Sheet) -> Self {
        let room = sheet.grid.left();
        sheet.grid = shared.strings.grid().within(room);
        Self { xml: Xml::new(part, text), shared, sheet, row: 0, next: 0, links: 0 }
    }

    fn row(&mut self, element: &Element<'_>) -> Result<(), Refused> {
        let number = match self.xml.attribute(element, "r")? {
            None => Some(self.row + 1),
            Some(text) => text.parse().ok(),
        };
        match number {
            Some(number) if (self.row + 1..=ROWS).contains(&number) => self.row = number,
            _ => return Err(Refused { row: Some(self.row), ..self.misplaced("a row") }),
        }
        self.next = 0;
        self.excess()?;
        if self.sheet.more_faults > MAX_FAULTY {
            let message = format!("the sheet has more than {MAX_FAULTY} faulty cells");
            return Err(Refused { row: Some(self.row), ..Refused::new(message, AGAIN) });
        }
        self.sheet.grid.next_row(self.row);
        Ok(())
    }

    fn excess(&self) -> Result<(), Refused> {
        match self.sheet.grid.excess() {
            Some(what) => {
                let refused = Refused::new(format!("the import has {what}"), "split the table");
                Err(Refused { row: Some(self.row), ..refused })
            }
            None => Ok(()),
        }
    }

    /// The cells from here on, up to one that is written or placed in an unusual way.
    fn plain_cells(&mut self) {
        while let Some((cell, length)) = plain::cell(self.xml.rest()) {
            let place = reference(cell.reference).filter(|(row, at)| *row == self.row && *at >= self.next);
            let (Some((_, column)), Some(style)) = (place, cell.style.parse().ok()) else { return };
            self.xml.pass(length);
            self.next = column + 1;
            self.value(column, style, CellType::of(cell.kind), cell.value);
        }
    }

    /// A cell: where it is, then its value, then what that means.
    fn cell(&mut self, element: &Element<'_>) -> Result<(), Refused> {
        let (mut column, mut style, mut kind) = (self.next, 0, CellType::Number);
        for attribute in element.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.after(self.xml.broken(&error.to_string())))?;
            match attribute.key.as_ref() {
                "r" => match reference(&attribute.value) {
                    Some((row, at)) if row == self.row && at >= self.next => column = at,
                    _ => return Err(self.misplaced(&format!("the cell {}", quoted(&attribute.value)))),
                },
                "s" => style = attribute.value.parse().unwrap_or(0),
                "t" => kind = CellType::of(&attribute.value),
                _ => {}
            }
        }
        if column >= COLUMNS {
            return Err(self.misplaced("a cell"));
        }
        self.next = column + 1;
        let (mut value, mut formula) = (String::new(), String::new());
        let (mut has_value, mut has_formula) = (false, false);
        loop {
            match self.xml.next().map_err(|error| error.at(self.row, column))? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "v" if kind != CellType::Inline => {
                        has_value = true;
                        self.xml.text(&mut value)?;
                    }
                    "is" => {
                        has_value = true;
                        strings::rich(&mut self.xml, &mut value)?;
                    }
                    "f" => {
                        has_formula = true;
                        self.xml.text(&mut formula)?;
                    }
                    _ => self.xml.skip()?,
                },
                Event::End(_) => break,
                _ => {}
            }
        }
        if has_formula && (!has_value || value.is_empty() && kind != CellType::Formula) {
            let text = format!("={formula}");
            self.sheet.grid.push(column, CellKind::Uncalculated, &text);
            return Ok(());
        }
        let before = self.sheet.grid.cells();
        self.value(column, style, kind, &value);
        if has_formula && self.sheet.grid.cells() > before {
            let grid = &mut self.sheet.grid;
            grid.mark_formula();
            if let Some(target) = linked(&formula).filter(|target| *target != value)
                && grid.at(before).kind == CellKind::Text
            {
                grid.detail(before, target.into());
            }
        }
        Ok(())
    }

    /// Adds what a value means.
    fn value(&mut self, column: u16, style: usize, kind: CellType, value: &str) {
        if value.is_empty() {
            return;
        }
        if value.len() > MAX_TEXT_BYTES {
            return self.too_long(column);
        }
        let grid = &mut self.sheet.grid;
        match kind {
            CellType::Shared => {
                let index = value.trim().parse::<usize>().ok();
                let Some(place) = index.and_then(|index| self.shared.strings.get(index)) else {
                    let message =
                        format!("the cell shows text {} of a list that has no such text", quoted(value));
                    return self.fault(column, message, AGAIN);
                };
                if place.len() > MAX_TEXT_BYTES {
                    return self.too_long(column);
                }
                grid.push_piece(column, place);
            }
            CellType::Inline => grid.push(column, CellKind::Text, value),
            CellType::Formula => grid.push(column, CellKind::Text, &strings::unescape(value)),
            CellType::Boolean => match value.trim() {
                "1" | "true" => grid.push(column, CellKind::Boolean, "TRUE"),
                "0" | "false" => grid.push(column, CellKind::Boolean, "FALSE"),
                _ => self.fault(column, format!("{} is not a truth value", quoted(value)), AGAIN),
            },
            CellType::Error => grid.push(column, CellKind::Error, value),
            CellType::Day => {
                let text = value.trim();
                let (date, time) = text.split_once('T').unwrap_or((text, ""));
                let is_midnight = time.trim_end_matches('Z').chars().all(|c| matches!(c, '0' | ':' | '.'));
                if date.parse::<model::Date>().is_ok() && is_midnight {
                    grid.push(column, CellKind::Date, date);
                } else {
                    grid.push(column, CellKind::Time, text);
                }
            }
            CellType::Number => match value.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => {
                    let format = self.shared.styles.get(style);
                    let (kind, text) = number::read(number, format, self.shared.is_1904);
                    grid.push(column, kind, &text);
                    if let Format::Other(code) = format {
                        grid.detail(grid.cells() - 1, Arc::clone(code));
                    }
                }
                _ => self.fault(column, format!("{} is not a number", quoted(value)), AGAIN),
            },
            CellType::Unknown => {
                self.fault(column, "the cell has a type that no standard defines".to_owned(), AGAIN);
            }
        }
    }

    fn fault(&mut self, column: u16, message: String, help: &'static str) {
        self.sheet.fault(Refused::new(message, help).at(self.row, column));
    }

    fn too_long(&mut self, column: u16) {
        self.fault(column, "the text has more than 128 KiB".to_owned(), "shorten it");
    }

    fn region(&self, element: &Element<'_>) -> Result<Region, Refused> {
        let text = self.xml.attribute(element, "ref")?.unwrap_or_default();
        let (first, last) = text.split_once(':').unwrap_or((&text, &text));
        match (reference(first), reference(last)) {
            (Some(first), Some(last)) if first.0 <= last.0 && first.1 <= last.1 => {
                Ok(Region { rows: first.0..=last.0, columns: first.1..=last.1 })
            }
            _ => Err(Refused::new(format!("{} is not a range of cells", quoted(&text)), AGAIN)),
        }
    }

    /// Remembers where the texts of a range link to, unless they say so themselves.
    fn link(&mut self, element: &Element<'_>, links: &Relations) -> Result<(), Refused> {
        let region = self.region(element)?;
        let outside = self.xml.attribute(element, "id")?;
        let mut target =
            outside.and_then(|id| links.get(&id)).map(|link| link.target.clone()).unwrap_or_default();
        if let Some(within) = self.xml.attribute(element, "location")?.filter(|within| !within.is_empty()) {
            target = format!("{target}#{within}");
        }
        if target.is_empty() { Ok(()) } else { self.sheet.link(&region, &strings::unescape(&target)) }
    }

    /// Where the XML broke: after the last cell.
    fn after(&self, error: Refused) -> Refused {
        Refused { row: Some(self.row).filter(|row| *row > 0), column: self.next.checked_sub(1), ..error }
    }

    fn misplaced(&self, what: &str) -> Refused {
        let last = match self.next.checked_sub(1) {
            Some(column) => format!("{}{}", letter(column.into()), self.row),
            None => format!("row {}", self.row),
        };
        let message = format!("{what} is out of order, after {last}");
        Refused::new(message, AGAIN).at(self.row, self.next)
    }
}

/// The address to which a formula links, if that is all that it does.
fn linked(formula: &str) -> Option<&str> {
    let (target, _) = formula.strip_prefix("HYPERLINK(\"")?.split_once('"')?;
    Some(target)
}

/// What the value of a cell is (`ST_CellType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CellType {
    Number,
    Shared,
    Inline,
    Formula,
    Boolean,
    Error,
    Day,
    Unknown,
}

impl CellType {
    fn of(text: &str) -> Self {
        match text {
            "n" => Self::Number,
            "s" => Self::Shared,
            "inlineStr" => Self::Inline,
            "str" => Self::Formula,
            "b" => Self::Boolean,
            "e" => Self::Error,
            "d" => Self::Day,
            _ => Self::Unknown,
        }
    }
}

/// The row, from 1, and the column, from 0, of a reference such as `F7`.
pub(super) fn reference(text: &str) -> Option<(u32, u16)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (column, row) = text.split_at(letters);
    if !(1..=3).contains(&letters) || !row.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let digit = |letter: u8| u16::from(letter.to_ascii_uppercase() - b'A') + 1;
    let column = column.bytes().fold(0, |number, letter| number * 26 + digit(letter));
    let row = row.parse().ok()?;
    ((1..=ROWS).contains(&row) && column <= COLUMNS).then_some((row, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_cells_of_a_sheet() {
        assert_eq!(reference("A1"), Some((1, 0)));
        assert_eq!(reference("xfd1048576"), Some((1_048_576, 16_383)));
        for none in
            ["", "A", "1", "A0", "XFE1", "A1048577", "A99999999999", "AAAA1", "A1 ", "A-1", "É1", "A+1"]
        {
            assert_eq!(reference(none), None, "{none}");
        }
    }
}
