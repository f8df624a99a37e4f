//! CSV (RFC 4180), read strictly: broken quoting is an error where it breaks, and a record knows the
//! line on which it begins, whatever the line ends are.

mod pieces;
mod scanner;

use std::sync::Arc;

use diagnostics::{Finding, count, quoted};

use crate::limits::MAX_COLUMNS;
use crate::map::guess;
use crate::map::header::{SOUGHT, known};
use crate::map::mapping::Mapping;
use crate::read::grid::Grid;
use crate::read::table::{Table, at_row, fault, letter};
use crate::rules::UNREADABLE;
pub(crate) use scanner::position;
use scanner::{Broken, Scanner, Shape};

const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// Reads the table of a CSV text.
pub(crate) fn read(
    file: &str,
    text: String,
    mapping: &Mapping,
    findings: &mut Vec<Finding>,
) -> Option<Table> {
    let text = Arc::new(text);
    let (delimiter, header) = match dialect(&text, mapping) {
        Ok(dialect) => dialect,
        Err(error) => {
            findings.push(error.map_or_else(
                || {
                    let message = format!(
                        "none of the first {SOUGHT} records holds a known column, whether split at `,`, `;` or tabs"
                    );
                    let advice = guess::advice(&unknown(&text).1, file);
                    let help = "a table begins with its headers, such as `owner,dimension,status`";
                    fault(UNREADABLE, at_row(file, Some(1)), message, advice.as_deref().unwrap_or(help))
                },
                |broken| told(file, broken),
            ));
            return None;
        }
    };
    let mut scanner = Scanner::new(&text, delimiter);
    let mut grid = Grid::of(&text, 0);
    let (mut headers, mut blank, mut width) = (Vec::new(), Vec::new(), 0);
    for index in 0.. {
        if index == header + 1
            && let Some(more) = pieces::rest(&mut grid, &text, &scanner, headers.len()..=width, pieces::SIZE)
        {
            blank = more;
            break;
        }
        let shape = match scanner.record(&mut grid) {
            Ok(Some(shape)) => shape,
            Ok(None) => break,
            Err(broken) => {
                findings.push(told(file, broken));
                return None;
            }
        };
        if index == header {
            headers = (0..shape.filled).map(|column| grid.row(index).text(column).to_owned()).collect();
            width = shape.fields;
            if shape.filled > MAX_COLUMNS {
                let message = format!("the table has more than {MAX_COLUMNS} columns");
                findings.push(fault(UNREADABLE, at_row(file, Some(shape.line)), message, "split the table"));
                return None;
            }
        } else if shape.filled == 0 && index > header {
            blank.push(shape.line);
        } else if index > header
            && let Some(finding) = misshapen(file, &headers, width, &grid, &shape)
        {
            findings.push(finding);
            grid.blank_row();
        }
        if let Some(what) = grid.excess() {
            let message = format!("the table has {what}");
            findings.push(fault(UNREADABLE, at_row(file, Some(shape.line)), message, "split the table"));
            return None;
        }
    }
    grid.trim();
    let table = Table { file: file.to_owned(), sheet: None, headers, grid, header }.unguarded();
    let above = |line: &u64| table.rows().next_back().is_some_and(|last| *line < last.number());
    blank.retain(above);
    if let Some(first) = blank.first() {
        findings.push(table.blank_rows(*first, blank.len() as u64));
    }
    Some(table)
}

/// The delimiter, and the index of the record of headers: those with the most known columns, unless a
/// first line such as `sep=;` tells the delimiter. Where no column is known, the place at which the
/// quoting breaks, if it does.
fn dialect(text: &Arc<String>, mapping: &Mapping) -> Result<(u8, usize), Option<Broken>> {
    let mut best = (0, b',', 0);
    let mut broken = None;
    let told = told_delimiter(text);
    let delimiters = told.as_ref().map_or(DELIMITERS.as_slice(), std::slice::from_ref);
    for &delimiter in delimiters {
        let mut scanner = Scanner::new(text, delimiter);
        for index in 0..SOUGHT {
            let mut grid = Grid::of(text, 0);
            match scanner.record(&mut grid) {
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(error) => {
                    broken.get_or_insert(error);
                    break;
                }
            }
            let known = known(grid.row(0), mapping);
            if known > best.0 {
                best = (known, delimiter, index);
            }
        }
    }
    if best.0 == 0 { Err(broken) } else { Ok((best.1, best.2)) }
}

/// The records of a text, up to the first that is broken, whatever its headers are.
pub(crate) fn grid(text: String, mapping: &Mapping) -> Grid {
    let text = Arc::new(text);
    let delimiter = dialect(&text, mapping).map_or_else(|_| unknown(&text).0, |(delimiter, _)| delimiter);
    let (mut scanner, mut grid) = (Scanner::new(&text, delimiter), Grid::of(&text, 0));
    while grid.excess().is_none() && matches!(scanner.record(&mut grid), Ok(Some(_))) {}
    grid
}

/// The delimiter of a text whose headers are not known, and its first records: that which gives the most fields that
/// look like headers.
fn unknown(text: &Arc<String>) -> (u8, Grid) {
    let told = told_delimiter(text);
    let delimiters = told.as_ref().map_or(DELIMITERS.as_slice(), std::slice::from_ref);
    let grids = delimiters.iter().map(|delimiter| {
        let (mut scanner, mut grid) = (Scanner::new(text, *delimiter), Grid::of(text, 0));
        while grid.len() <= SOUGHT && matches!(scanner.record(&mut grid), Ok(Some(_))) {}
        (*delimiter, grid)
    });
    let looks = |(_, grid): &(u8, Grid)| guess::likeliest(grid).map_or(0, |(_, headers)| headers);
    let best = grids.reduce(|best, next| if looks(&next) > looks(&best) { next } else { best });
    best.unwrap_or_else(|| (DELIMITERS[0], Grid::default()))
}

/// The delimiter that the first line tells, as some spreadsheet programs write and read it.
fn told_delimiter(text: &str) -> Option<u8> {
    let line = text.lines().next()?.split('\r').next()?.trim_matches('"').as_bytes();
    match line {
        [s, e, p, b'=', delimiter] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => {
            Some(*delimiter).filter(|delimiter| !matches!(delimiter, b'"' | 0x80..))
        }
        _ => None,
    }
}

/// The field in which a text breaks off, from 0, if it is a table.
pub(crate) fn last_field(text: &str) -> Option<u16> {
    let text = Arc::new(text.to_owned());
    let (delimiter, _) = dialect(&text, &Mapping::default()).ok()?;
    let mut scanner = Scanner::new(&text, delimiter);
    let mut field = 0;
    if text.ends_with(['\n', '\r']) {
        return Some(0);
    }
    loop {
        match scanner.record(&mut Grid::of(&text, 0)) {
            Ok(Some(shape)) => field = shape.fields - 1,
            Ok(None) => return field.try_into().ok(),
            Err(broken) => return broken.field.try_into().ok(),
        }
    }
}

/// What is wrong with the number of fields of a record.
fn misshapen(file: &str, headers: &[String], width: usize, grid: &Grid, shape: &Shape) -> Option<Finding> {
    let refuse = |column: usize, message: String, help: &str| {
        let mut place = at_row(file, Some(shape.line));
        place.column = Some(letter(column));
        place.header = headers.get(column).cloned();
        Some(fault(UNREADABLE, place, format!("record {} {message}", grid.len()), help))
    };
    let (found, wanted) = (shape.fields, headers.len());
    if grid.row(grid.len() - 1).text(0) == "\u{1a}" && found == 1 {
        let message = "is Ctrl-Z (U+001A), which ended files in DOS".to_owned();
        return refuse(0, message, "take it out");
    }
    if shape.filled > width {
        return refuse(
            width,
            format!("has {} for {wanted} columns", count(found, "field")),
            "a text that holds the delimiter stands between double quotes",
        );
    }
    if found < wanted {
        let missing = quoted(&headers[found]);
        return refuse(
            found,
            format!("has {} for {wanted} columns: it ends before {missing}", count(found, "field")),
            "add the missing fields, empty where nothing is known",
        );
    }
    None
}

fn told(file: &str, broken: Broken) -> Finding {
    let mut place = at_row(file, Some(broken.line.into()));
    place.column = Some(letter(broken.field));
    let message = format!("{} at character {} of the line", broken.what, broken.column);
    fault(UNREADABLE, place, message, broken.help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Result<Table, String> {
        let mut findings = Vec::new();
        let table = read("t.csv", text.to_owned(), &Mapping::default(), &mut findings);
        match findings.first() {
            Some(finding) => Err(diagnostics::concise::line(finding)),
            None => table.ok_or_else(|| "nothing".to_owned()),
        }
    }

    fn lines(text: &str) -> Vec<u64> {
        table(text).unwrap().rows().filter(|row| !row.is_blank()).map(|row| row.number()).collect()
    }

    #[test]
    fn records_know_their_line_whatever_ends_it() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["id,name,homepage", "a,\"x,\"\"y\"\"", "z\",h", "b,c,d"].join(end);
            assert_eq!(lines(&text), [2, 4], "{end:?}");
            let table = table(&text).unwrap();
            assert_eq!(table.grid.row(1).text(1), "x,\"y\"\nz");
        }
        assert_eq!(lines("id,homepage\na,b\r\nc,d\re,f"), [2, 3, 4]);
        assert_eq!(lines("id;homepage\n1;2\n\n\n"), [2]);
        assert_eq!(lines("id\thomepage\n1\t2\n"), [2]);
        assert_eq!(lines("Organizations\n\nid,homepage\n1,2\n"), [4]);
    }

    #[test]
    fn a_table_of_several_pieces_is_read_as_one() {
        let row = format!("{},\"x,\"\"y\"\"\nz\",h\n", "a".repeat(1000));
        let rows = 2 * pieces::SIZE / row.len() + 1;
        let text = format!("Organizations\n\nid,name,homepage\n{}", row.repeat(rows));
        let found = table(&text).unwrap();
        assert_eq!((found.grid.row(found.header).number(), found.count()), (3, rows));
        let last = found.rows().next_back().unwrap();
        assert_eq!((last.number(), last.text(1)), (2 * rows as u64 + 2, "x,\"y\"\nz"));
        let broken = format!("{text}a,b\n");
        assert_eq!(
            table(&broken).unwrap_err(),
            format!(
                "t.csv C{} (homepage): error[table/unreadable] record {} has 2 fields for 3 columns: it ends before `homepage`\n",
                2 * rows + 4,
                rows + 4
            )
        );
    }

    #[test]
    fn broken_quoting_is_told_where_it_breaks() {
        let cases = [
            (
                "id,homepage\na,\"b\nc,d\n",
                "t.csv B2: error[table/unreadable] a double quote opens here and is never closed at character 3 of the line\n",
            ),
            (
                "id,homepage\n\"a\" b,c\n",
                "t.csv A2: error[table/unreadable] text stands after a closing double quote at character 4 of the line\n",
            ),
            (
                "id,homepage\na \"b\",c\n",
                "t.csv A2: error[table/unreadable] a double quote stands within a field that does not begin with one at character 3 of the line\n",
            ),
            (
                "id,homepage\na\n",
                "t.csv B2 (homepage): error[table/unreadable] record 2 has 1 field for 2 columns: it ends before `homepage`\n",
            ),
            (
                "id,homepage\na,b,c\n",
                "t.csv C2: error[table/unreadable] record 2 has 3 fields for 2 columns\n",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(table(text).unwrap_err(), expected, "{text:?}");
        }
    }
}
