//! Tables that fit the terminal: columns are wrapped, and where even that does not fit, there is no
//! table.

use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter};

use crate::terminal::paint;

/// The blanks between columns.
const GAP: usize = 2;
/// The columns that a cell is not made narrower than, where its text is wider.
const NARROWEST: usize = 12;

/// A cell of a table: plain text, its colour (SGR parameters of ECMA-48) or none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    /// The text, without control characters. Each line break is kept.
    pub(crate) text: String,
    /// Its colour.
    pub(crate) sgr: &'static str,
}

impl Cell {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), sgr: "" }
    }

    pub(crate) fn colored(text: impl Into<String>, sgr: &'static str) -> Self {
        Self { text: text.into(), sgr }
    }

    fn width(&self) -> usize {
        self.text.lines().map(display_width).max().unwrap_or(0)
    }

    /// The columns of the longest word, which is not broken.
    fn narrowest(&self) -> usize {
        let longest = self.text.split([' ', '\n']).map(display_width).max().unwrap_or(0);
        longest.max(NARROWEST.min(self.width()))
    }
}

/// Rows of cells in columns, of at most `width` columns in all. Nothing where they do not fit.
pub(crate) fn table(color: bool, width: usize, rows: &[Vec<Cell>]) -> Option<String> {
    let widths = widths(width, rows)?;
    let mut out = String::new();
    for row in rows {
        let wrapped: Vec<_> = row.iter().zip(&widths).map(|(cell, width)| wrapped(cell, *width)).collect();
        let lines = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..lines {
            let start = out.len();
            for ((cell, lines), width) in row.iter().zip(&wrapped).zip(&widths) {
                let text = lines.get(line).map_or("", String::as_str);
                let blanks = width.saturating_sub(display_width(text)) + GAP;
                let shown = if cell.sgr.is_empty() || text.is_empty() {
                    text.to_owned()
                } else {
                    paint(color, cell.sgr, text)
                };
                out.push_str(&shown);
                out.push_str(&" ".repeat(blanks));
            }
            let end = out[start..].trim_end().len();
            out.truncate(start + end);
            out.push('\n');
        }
    }
    Some(out)
}

/// The widths of the columns: as wide as their texts where there is room, else the widest give way
/// first.
fn widths(width: usize, rows: &[Vec<Cell>]) -> Option<Vec<usize>> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize, of: fn(&Cell) -> usize| {
        rows.iter().filter_map(|row| row.get(column)).map(of).max().unwrap_or(0)
    };
    let mut widths: Vec<_> = (0..columns).map(|column| widest(column, Cell::width)).collect();
    let narrowest: Vec<_> = (0..columns).map(|column| widest(column, Cell::narrowest)).collect();
    let room = width.checked_sub(GAP * columns.saturating_sub(1))?;
    if narrowest.iter().sum::<usize>() > room {
        return None;
    }
    while widths.iter().sum::<usize>() > room {
        let able = (0..columns).filter(|column| widths[*column] > narrowest[*column]);
        let widest = able.max_by_key(|column| (widths[*column], *column))?;
        widths[widest] -= 1;
    }
    Some(widths)
}

fn wrapped(cell: &Cell, width: usize) -> Vec<String> {
    let options = Options::new(width.max(1))
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false);
    cell.text.lines().flat_map(|line| textwrap::wrap(line, &options)).map(|line| line.into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Vec<Cell>> {
        let row = |texts: [&str; 3]| texts.map(Cell::new).to_vec();
        vec![
            row(["id", "name", "answer"]),
            row(["azure-openai", "Azure OpenAI Service", "🔒 Sales-gated"]),
            row(["x", "A longer name that has to be wrapped", "✅ Yes"]),
        ]
    }

    #[test]
    fn columns_are_as_wide_as_their_texts_where_there_is_room() {
        let shown = table(false, 100, &rows()).unwrap();
        assert_eq!(
            shown,
            "id            name                                  answer\n\
             azure-openai  Azure OpenAI Service                  🔒 Sales-gated\n\
             x             A longer name that has to be wrapped  ✅ Yes\n"
        );
    }

    #[test]
    fn the_widest_column_is_wrapped_first() {
        let shown = table(false, 48, &rows()).unwrap();
        assert_eq!(
            shown,
            "id            name                answer\n\
             azure-openai  Azure OpenAI        🔒 Sales-gated\n              Service\n\
             x             A longer name that  ✅ Yes\n              has to be wrapped\n"
        );
        assert!(shown.lines().all(|line| display_width(line) <= 48));
    }

    #[test]
    fn what_does_not_fit_is_no_table() {
        assert_eq!(table(false, 30, &rows()), None);
        assert_eq!(table(false, 30, &[]).as_deref(), Some(""));
    }

    #[test]
    fn colours_do_not_count_as_columns() {
        let cells = vec![vec![Cell::colored("yes", "32"), Cell::new("x")]];
        assert_eq!(table(true, 40, &cells).unwrap(), "\u{1b}[32myes\u{1b}[0m  x\n");
    }
}
