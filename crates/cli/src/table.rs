//! Tables that fit the terminal: columns are wrapped, and where even that does not fit, the table turns
//! on its side.

use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter};

use crate::terminal::{paint, wrapped};

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

    fn shown(&self, color: bool, text: &str) -> String {
        if self.sgr.is_empty() || text.is_empty() { text.to_owned() } else { paint(color, self.sgr, text) }
    }

    fn width(&self) -> usize {
        self.text.lines().map(display_width).max().unwrap_or(0)
    }

    /// The blanks before the text. All its lines begin with them.
    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// The columns of the longest word, which is not broken.
    fn narrowest(&self) -> usize {
        let longest = self.text.split([' ', '\n']).map(display_width).max().unwrap_or(0);
        (self.indent() + longest).max(NARROWEST.min(self.width()))
    }
}

/// Rows of cells below the headings of the first row: in columns where they fit `width`, else each row
/// as a block of lines.
pub(crate) fn table(color: bool, width: usize, rows: &[Vec<Cell>]) -> String {
    columns(color, width, rows).unwrap_or_else(|| blocks(color, width, rows))
}

/// Each row but the first as a block of lines that begin with the headings of the first.
fn blocks(color: bool, width: usize, rows: &[Vec<Cell>]) -> String {
    let Some((headings, rows)) = rows.split_first() else { return String::new() };
    let line = |(heading, cell): (&Cell, &Cell)| {
        let text = cell.text.replace('\n', " ");
        // Word by word, so that no colour goes on over the end of a line.
        let text: Vec<_> = text.split(' ').map(|word| cell.shown(color, word)).collect();
        wrapped(&format!("{}: {}\n", heading.text, text.join(" ")), width, "", "  ")
    };
    let filled = |(_, cell): &(&Cell, &Cell)| !cell.text.is_empty();
    let block = |row: &Vec<Cell>| headings.iter().zip(row).filter(filled).map(line).collect::<String>();
    rows.iter().map(block).collect::<Vec<_>>().join("\n")
}

/// Rows of cells in columns, of at most `width` columns in all; an empty row is an empty line. Nothing where they do not fit.
pub(crate) fn columns(color: bool, width: usize, rows: &[Vec<Cell>]) -> Option<String> {
    let widths = widths(width, rows)?;
    let mut out = String::new();
    for row in rows {
        if row.is_empty() {
            out.push('\n');
        }
        let cells: Vec<_> = row.iter().zip(&widths).map(|(cell, width)| lines(cell, *width)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..height {
            let start = out.len();
            for ((cell, lines), width) in row.iter().zip(&cells).zip(&widths) {
                let text = lines.get(line).map_or("", String::as_str);
                let blanks = width.saturating_sub(display_width(text)) + GAP;
                out.push_str(&cell.shown(color, text));
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

fn lines(cell: &Cell, width: usize) -> Vec<String> {
    let indent = " ".repeat(cell.indent());
    let options = Options::new(width.max(1))
        .initial_indent(&indent)
        .subsequent_indent(&indent)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false);
    let text = cell.text.trim_start_matches(' ');
    text.lines().flat_map(|line| textwrap::wrap(line, &options)).map(|line| line.into_owned()).collect()
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
        let shown = table(false, 100, &rows());
        assert_eq!(
            shown,
            "id            name                                  answer\n\
             azure-openai  Azure OpenAI Service                  🔒 Sales-gated\n\
             x             A longer name that has to be wrapped  ✅ Yes\n"
        );
    }

    #[test]
    fn the_widest_column_is_wrapped_first() {
        let shown = table(false, 48, &rows());
        assert_eq!(
            shown,
            "id            name                answer\n\
             azure-openai  Azure OpenAI        🔒 Sales-gated\n              Service\n\
             x             A longer name that  ✅ Yes\n              has to be wrapped\n"
        );
        assert!(shown.lines().all(|line| display_width(line) <= 48));
    }

    #[test]
    fn what_does_not_fit_turns_on_its_side() {
        assert_eq!(
            table(false, 30, &rows()),
            "id: azure-openai\nname: Azure OpenAI Service\nanswer: 🔒 Sales-gated\n\n\
             id: x\nname: A longer name that has\n  to be wrapped\nanswer: ✅ Yes\n"
        );
        assert_eq!(table(false, 30, &[]), "");
    }

    #[test]
    fn all_lines_of_a_cell_have_its_indent() {
        let cells = vec![vec![Cell::new("    a label of more words"), Cell::new("x".repeat(20))]];
        assert_eq!(
            table(false, 40, &cells),
            format!("    a label of      {}\n    more words\n", "x".repeat(20))
        );
    }

    #[test]
    fn colours_do_not_count_as_columns() {
        let cells = vec![vec![Cell::colored("yes", "32"), Cell::new("x")]];
        assert_eq!(table(true, 40, &cells), "\u{1b}[32myes\u{1b}[0m  x\n");
    }
}
