//! A sheet on which only texts are written: never a formula, never a link that was not meant.

use std::borrow::Cow;
use std::collections::BTreeMap;

use model::Url;
use rust_xlsxwriter::{Format, Note, Workbook, Worksheet};

use super::WorkbookError;
use super::style::Styles;

/// The most UTF-16 units of a cell.
pub(super) const MAX_UNITS: usize = 32_767;
/// The most links of a sheet.
const MAX_LINKS: usize = 65_530;
/// The most UTF-16 units of an address that can be followed.
const MAX_ADDRESS_UNITS: usize = 2_079;
/// The most UTF-16 units of a note, which is a text of a cell with its author.
const MAX_NOTE_UNITS: usize = MAX_UNITS - 54;

/// What a note ends with that was cut.
const CUT: &str = " … The sheet Questions has the whole text.";

/// The width of a column for which none is set, in letters.
const DEFAULT_WIDTH: u32 = 8;
/// The height of a line, in points.
const LINE_HEIGHT: f64 = 15.0;
/// The most lines of a row, which has at most 409 points.
const MAX_LINES: u32 = 27;
/// The paper, as the format numbers it.
const A4: u8 = 9;

/// A workbook in the making.
pub(super) struct Book {
    workbook: Workbook,
    styles: Styles,
}

/// One of its sheets. Rows and columns count from 0.
pub(super) struct Sheet<'b> {
    /// The sheet as its library knows it.
    pub(super) inner: &'b mut Worksheet,
    /// The formats of the workbook.
    pub(super) styles: &'b Styles,
    name: &'static str,
    links: usize,
    /// The width of each column.
    widths: Vec<u32>,
    /// The lines that the longest text of a row takes, where these are several.
    lines: BTreeMap<u32, u32>,
}

impl Book {
    pub(super) fn new() -> Self {
        Self { workbook: Workbook::new(), styles: Styles::new() }
    }

    /// A new sheet behind the others.
    pub(super) fn sheet(&mut self, name: &'static str) -> Result<Sheet<'_>, WorkbookError> {
        let inner = self.workbook.add_worksheet();
        inner.set_name(name)?.set_landscape().set_paper_size(A4);
        let (widths, lines) = (Vec::new(), BTreeMap::new());
        Ok(Sheet { inner, styles: &self.styles, name, links: 0, widths, lines })
    }

    pub(super) fn finish(self) -> Workbook {
        self.workbook
    }
}

impl Sheet<'_> {
    /// The head of a sheet for readers: the sign by which the import passes over it, a title, and
    /// lines below it. Gives the row that follows.
    pub(super) fn head(&mut self, title: &str, lead: &[String]) -> Result<usize, WorkbookError> {
        let styles = self.styles;
        self.inner.set_print_fit_to_pages(1, 0);
        self.line(0, 0, &format!("# {title}"), &styles.title)?;
        for (at, line) in lead.iter().enumerate() {
            self.line(at + 1, 0, line, &styles.lead)?;
        }
        Ok(lead.len() + 1)
    }

    /// Writes a text on one line, which may reach over the empty cells behind it.
    pub(super) fn line(
        &mut self,
        row: usize,
        column: usize,
        text: &str,
        format: &Format,
    ) -> Result<(), WorkbookError> {
        self.put(row, column, text, Some(format))
    }

    /// Writes a text into as many lines as the width of its column makes of it, in the format of its
    /// column where none is given. An empty one without a format leaves the cell as it is.
    pub(super) fn text(
        &mut self,
        row: usize,
        column: usize,
        text: &str,
        format: Option<&Format>,
    ) -> Result<(), WorkbookError> {
        self.put(row, column, text, format)?;
        let width = self.widths.get(column).copied().unwrap_or(DEFAULT_WIDTH);
        let lines: u32 =
            text.lines().map(|line| 1 + letters(line).saturating_sub(1) * 19 / (width * 20)).sum();
        if lines > 1 {
            let (row, _) = self.place(row, column)?;
            let most = self.lines.entry(row).or_default();
            *most = lines.max(*most);
        }
        Ok(())
    }

    fn put(
        &mut self,
        row: usize,
        column: usize,
        text: &str,
        format: Option<&Format>,
    ) -> Result<(), WorkbookError> {
        let (row, column) = self.place(row, column)?;
        if let Some(units) = too_long(text, MAX_UNITS) {
            let place =
                format!("a text in column {} of row {} of the sheet {}", column + 1, row + 1, self.name);
            return Err(WorkbookError::TooLong { place, units });
        }
        match format {
            Some(format) => self.inner.write_string_with_format(row, column, text, format)?,
            None => self.inner.write_string(row, column, text)?,
        };
        Ok(())
    }

    /// Writes a web address that can be followed; as a text where it is too long for that, is none of
    /// the web, or is one too many.
    pub(super) fn address(&mut self, row: usize, column: usize, url: &Url) -> Result<(), WorkbookError> {
        let styles = self.styles;
        let text = url.as_str();
        if !url.is_web() || too_long(text, MAX_ADDRESS_UNITS).is_some() {
            return self.text(row, column, text, Some(&styles.body));
        }
        self.link(row, column, text, text, &styles.link)
    }

    /// Writes a text that leads to a row of another sheet of the workbook.
    pub(super) fn reference(
        &mut self,
        at: (usize, usize),
        text: &str,
        to: (&str, usize),
        format: &Format,
    ) -> Result<(), WorkbookError> {
        let (sheet, row) = to;
        self.link(at.0, at.1, text, &format!("internal:{sheet}!A{}", row + 1), format)
    }

    fn link(
        &mut self,
        row: usize,
        column: usize,
        text: &str,
        to: &str,
        format: &Format,
    ) -> Result<(), WorkbookError> {
        self.links += 1;
        if self.links > MAX_LINKS || text.is_empty() {
            return self.text(row, column, text, Some(format));
        }
        let (row, column) = self.place(row, column)?;
        self.inner.write_url_with_options(row, column, to, text, "", Some(format))?;
        Ok(())
    }

    /// Attaches a note to a cell. It repeats what the sheet Questions says, and is cut where it is too long.
    pub(super) fn note(&mut self, row: usize, column: usize, text: &str) -> Result<(), WorkbookError> {
        let (at, to) = self.place(row, column)?;
        let text = &*cut(text);
        let lines: u32 = text.lines().map(|line| 1 + letters(line) / 58).sum();
        let height = (14 * lines + 10).min(600);
        let note = Note::new(text).add_author_prefix(false).set_width(360).set_height(height);
        self.inner.insert_note(at, to, &note)?;
        Ok(())
    }

    /// The widths of the first columns, in letters.
    pub(super) fn widths(&mut self, widths: &[u32]) -> Result<(), WorkbookError> {
        widths.iter().enumerate().try_for_each(|(column, width)| self.width(column, *width))
    }

    /// The width of a column, in letters. It comes before the content of the column.
    pub(super) fn width(&mut self, column: usize, width: u32) -> Result<(), WorkbookError> {
        let (_, at) = self.place(0, column)?;
        self.inner.set_column_width(at, width)?;
        self.widths.resize(self.widths.len().max(column + 1), DEFAULT_WIDTH);
        self.widths[column] = width;
        Ok(())
    }

    /// Makes the rows as high as their texts: not every program does that by itself.
    pub(super) fn finish(self) -> Result<(), WorkbookError> {
        for (row, lines) in self.lines {
            self.inner.set_row_height(row, f64::from(lines.min(MAX_LINES)) * LINE_HEIGHT)?;
        }
        Ok(())
    }

    /// Keeps the rows above, and the columns before, in sight; the rows are printed on each page.
    pub(super) fn freeze(&mut self, rows: usize, columns: usize) -> Result<(), WorkbookError> {
        let (row, column) = self.place(rows, columns)?;
        self.inner.set_freeze_panes(row, column)?;
        self.inner.set_repeat_rows(row.saturating_sub(1), row.saturating_sub(1))?;
        Ok(())
    }

    /// Lets the rows from a header to the last be filtered by the first columns.
    pub(super) fn filter(&mut self, header: usize, last: usize, columns: usize) -> Result<(), WorkbookError> {
        let (first, column) = self.place(header, columns.saturating_sub(1))?;
        let (last, _) = self.place(last.max(header), 0)?;
        self.inner.autofilter(first, 0, last, column)?;
        Ok(())
    }

    /// A place as the library counts it.
    pub(super) fn place(&self, row: usize, column: usize) -> Result<(u32, u16), WorkbookError> {
        let row = u32::try_from(row).ok().filter(|row| *row < 1_048_576);
        let column = u16::try_from(column).ok().filter(|column| *column < 16_384);
        row.zip(column).ok_or(WorkbookError::TooLarge(self.name))
    }
}

/// How many letters a line has.
pub(super) fn letters(line: &str) -> u32 {
    u32::try_from(line.chars().count()).unwrap_or(u32::MAX / 20)
}

/// A text as it fits into a note.
fn cut(text: &str) -> Cow<'_, str> {
    if too_long(text, MAX_NOTE_UNITS).is_none() {
        return Cow::Borrowed(text);
    }
    let mut left = MAX_NOTE_UNITS - CUT.encode_utf16().count();
    let fits = |c: &char| {
        let units = c.len_utf16();
        let fits = units <= left;
        left = left.saturating_sub(units);
        fits
    };
    let kept: String = text.chars().take_while(fits).collect();
    Cow::Owned(kept + CUT)
}

/// The UTF-16 units of a text that has more than it may.
pub(super) fn too_long(text: &str, limit: usize) -> Option<usize> {
    // No character has more units than bytes.
    let units = if text.len() > limit { text.encode_utf16().count() } else { 0 };
    (units > limit).then_some(units)
}
