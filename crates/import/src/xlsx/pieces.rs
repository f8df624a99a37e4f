//! A long sheet in pieces, so that several threads can read it. Where anything about a piece is
//! unusual, the sheet is read in one go instead, which also tells what is wrong and where.

use std::ops::Range;

use rayon::prelude::*;

use super::Shared;
use super::relations::Relations;
use super::sheet;
use crate::refused::Refused;
use crate::sheet::Sheet;

/// The least that is worth a thread, in bytes.
const PIECE: usize = 2 << 20;

/// Reads the cells of a sheet.
pub(super) fn read(
    part: &str,
    text: &str,
    shared: &Shared,
    links: &Relations,
    sheet: &mut Sheet,
) -> Result<(), Refused> {
    let number = rayon::current_num_threads().min(text.len() / PIECE);
    read_in(number, part, text, shared, links, sheet)
}

fn read_in(
    number: usize,
    part: &str,
    text: &str,
    shared: &Shared,
    links: &Relations,
    sheet: &mut Sheet,
) -> Result<(), Refused> {
    if let Some(data) = rows(text).filter(|_| number > 1)
        && let Some(rows) = cells(part, &text[data.clone()], number, shared)
    {
        // The links of a sheet come after its cells, and are given to them.
        sheet.grid = rows.grid;
        sheet.faults = rows.faults;
        let rest = [&text[..data.start], &text[data.end..]].concat();
        return sheet::read(part, &rest, shared, links, sheet);
    }
    sheet::read(part, text, shared, links, sheet)
}

/// Where the rows of a sheet stand, if `<row` can be nothing but the beginning of one: no comment or
/// processing instruction could hold it, and texts and attributes cannot.
fn rows(text: &str) -> Option<Range<usize>> {
    let tag = text.find("<sheetData>")?;
    let start = tag + "<sheetData>".len();
    let end = text.rfind("</sheetData>").filter(|end| *end >= start)?;
    let is_plain = !text[1..].contains("<?") && !text.contains("<!");
    is_plain.then_some(start..end)
}

/// Reads the rows in pieces.
fn cells(part: &str, rows: &str, number: usize, shared: &Shared) -> Option<Sheet> {
    let cut = |nth: usize| {
        let at = (rows.len() * nth / number..rows.len()).find(|at| rows.is_char_boundary(*at))?;
        rows[at..].find("<row ").map(|found| at + found)
    };
    let mut starts: Vec<usize> = (1..number).filter_map(cut).collect();
    starts.dedup();
    let starts = std::iter::once(0).chain(starts);
    let starts: Vec<usize> = starts.chain([rows.len()]).collect();
    let read: Result<Vec<Sheet>, Refused> = starts
        .par_windows(2)
        .map(|piece| {
            let mut sheet = Sheet::default();
            sheet::read_rows(part, &rows[piece[0]..piece[1]], shared, &mut sheet).map(|()| sheet)
        })
        .collect();
    let mut pieces = read.ok()?.into_iter();
    let mut whole = pieces.next()?;
    for piece in pieces {
        if !whole.grid.append(piece.grid) {
            return None;
        }
        whole.faults.extend(piece.faults);
    }
    whole.grid.excess().is_none().then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::super::{strings::Strings, styles::Styles};
    use super::*;

    const STRINGS: &str = "<sst><si><t>shared</t></si><si><t>too</t></si></sst>";

    fn sheet(rows: &str) -> String {
        let links = r#"<hyperlinks><hyperlink ref="B1:B9" location="x"/></hyperlinks>"#;
        format!("<worksheet><sheetData>{rows}</sheetData>{links}</worksheet>")
    }

    /// What a reading in pieces gives: cells, links and faults, or the refusal.
    fn read(number: usize, text: &str) -> Result<String, Refused> {
        let strings = Strings::read("s", STRINGS).unwrap();
        let shared = Shared { strings, styles: Styles::default(), is_1904: false };
        let mut sheet = Sheet::default();
        read_in(number, "p", text, &shared, &Relations::default(), &mut sheet)?;
        let grid = &sheet.grid;
        let rows = grid.rows(0..grid.len()).map(|row| (row.number(), row.cells().collect::<Vec<_>>()));
        Ok(format!("{:?} {:?}", rows.collect::<Vec<_>>(), sheet.faults))
    }

    #[test]
    fn pieces_give_the_same_as_the_whole() {
        let row = |n: usize| {
            format!(
                r#"<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}" t="s"><v>{}</v></c><c r="C{n}" t="b"><v>7</v></c></row>"#,
                n % 2
            )
        };
        let rows: String = (1..10).map(row).collect();
        let unnumbered = rows.replace(r#" r=""#, r#" spans=""#);
        let upside_down = row(5) + &row(4) + &row(6) + &row(7);
        for rows in [
            rows.clone(),
            unnumbered,
            upside_down,
            String::new(),
            rows.replace("<row r=\"5\">", "<!-- <row r=\"5\"> --><row r=\"5\">"),
            rows.replace("</row>", ""),
            rows.replace("<row r=\"5\">", "<x><row r=\"5\">"),
            rows.replace("<row r=\"5\">", "<x><row r=\"5\">").replace("<row r=\"6\">", "</x><row r=\"6\">"),
        ] {
            let text = sheet(&rows);
            let whole = read(1, &text);
            for number in 2..6 {
                assert_eq!(read(number, &text), whole, "{number} {text}");
            }
        }
        assert!(read(3, &sheet(&rows)).unwrap().contains("Some(\"#x\")"));
    }
}
