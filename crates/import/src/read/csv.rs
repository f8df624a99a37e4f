//! CSV (RFC 4180), read strictly: broken quoting is an error where it breaks, and a record knows the
//! line on which it begins, whatever the line ends are.

mod blank;
mod pieces;
mod scanner;

use std::sync::Arc;

use blank::Blank;
use diagnostics::{Finding, count, quoted};

use crate::fault::{at_row, excerpt, fault, letter};
use crate::findings::Findings;
use crate::limits::MAX_COLUMNS;
use crate::map::guess;
use crate::map::mapping::Mapping;
use crate::map::seek::{SOUGHT, known};
use crate::read::grid::Grid;
use crate::read::room::Room;
use crate::read::table::Table;
use crate::rules::UNREADABLE;
pub(crate) use scanner::position;
use scanner::{Broken, Scanner, Shape};

const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// Reads the table of a CSV text.
pub(crate) fn read(
    file: &str,
    text: String,
    mapping: &Mapping,
    room: &mut Room,
    findings: &mut Findings,
) -> Option<Table> {
    let text = Arc::new(text);
    let (delimiter, header) = match dialect(&text, mapping) {
        Ok(dialect) => dialect,
        Err(error) => {
            findings.push(error.map_or_else(
                || {
                    let message = format!(
                        "none of the first {SOUGHT} records has a known column, with `,`, `;` or tabs as separators"
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
    let mut grid = Grid::of(&text, 0).within(*room);
    let records = Records { file, delimiter, header };
    let (headers, blank) = records.read(&text, &mut grid, findings)?;
    drop(text);
    grid.trim();
    grid.unescape();
    *room = grid.left();
    let table = Table { file: file.to_owned(), sheet: None, headers, grid, header }.unguarded();
    findings.extend(blank.between().map(|(first, count)| table.blank_rows(first, count)));
    Some(table)
}

/// The records of a table, and how they are written.
struct Records<'f> {
    file: &'f str,
    delimiter: u8,
    /// The index of the headers.
    header: usize,
}

impl Records<'_> {
    /// Puts all records into a grid; the headers, and the blank lines below them. Nothing where they are no table.
    fn read(
        &self,
        text: &Arc<String>,
        grid: &mut Grid,
        findings: &mut Findings,
    ) -> Option<(Vec<String>, Blank)> {
        let mut scanner = Scanner::new(text, self.delimiter);
        let (mut headers, mut width, mut blank) = (Vec::new(), 0, Blank::default());
        let mut nth = 0_u64;
        loop {
            let is_below = nth > self.header as u64;
            if nth == self.header as u64 + 1
                && let Some(more) = pieces::rest(grid, text, &scanner, headers.len()..=width, pieces::SIZE)
            {
                return Some((headers, more));
            }
            if let Some((first, count)) = is_below.then(|| scanner.blank_lines()).flatten() {
                blank.lines(first, count);
                nth += count;
            }
            let shape = match scanner.record(grid) {
                Ok(Some(shape)) => shape,
                Ok(None) => return Some((headers, blank)),
                Err(broken) => {
                    findings.push(told(self.file, broken));
                    return None;
                }
            };
            let refuse = |message: String| {
                fault(UNREADABLE, at_row(self.file, Some(shape.line)), message, "split the table")
            };
            nth += 1;
            if !is_below {
                grid.copy_escaped();
            }
            if nth == self.header as u64 + 1 {
                let row = grid.row(self.header);
                headers = (0..shape.filled).map(|column| row.text(column).to_owned()).collect();
                width = shape.fields;
                if shape.filled > MAX_COLUMNS {
                    findings.push(refuse(format!("the table has more than {MAX_COLUMNS} columns")));
                    return None;
                }
            } else if is_below && shape.filled == 0 {
                grid.trim();
                blank.lines(shape.line, 1);
            } else if is_below {
                blank.record();
                if let Some(finding) = self.misshapen(&headers, width, grid, &shape, nth) {
                    findings.push(finding);
                    grid.blank_row();
                    if findings.is_full() {
                        return None;
                    }
                }
            }
            if let Some(what) = grid.excess() {
                findings.push(refuse(format!("the import has {what}")));
                return None;
            }
        }
    }

    /// What is wrong with the number of fields of a record.
    fn misshapen(
        &self,
        headers: &[String],
        width: usize,
        grid: &Grid,
        shape: &Shape,
        nth: u64,
    ) -> Option<Finding> {
        let refuse = |column: usize, message: String, help: &str| {
            let mut place = at_row(self.file, Some(shape.line));
            place.column = Some(letter(column));
            place.header = headers.get(column).map(|header| excerpt(header));
            Some(fault(UNREADABLE, place, format!("record {nth} {message}"), help))
        };
        let (found, wanted) = (shape.fields, headers.len());
        if grid.row(grid.len() - 1).text(0) == "\u{1a}" && found == 1 {
            let message = "is Ctrl-Z (U+001A), which DOS wrote at the end of files".to_owned();
            return refuse(0, message, "remove it");
        }
        if shape.filled > width {
            return refuse(
                width,
                format!("has {} for {wanted} columns", count(found, "field")),
                "put a text that contains the delimiter between double quotes",
            );
        }
        if found < wanted {
            let missing = quoted(&headers[found]);
            return refuse(
                found,
                format!("has {} for {wanted} columns: it ends before {missing}", count(found, "field")),
                "add the missing fields; leave them empty if nothing is known",
            );
        }
        None
    }
}

/// The delimiter, and the index of the record of headers: those with the most known columns, unless a
/// first line such as `sep=;` states the delimiter. Where no column is known, the place at which the
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
            grid.copy_escaped();
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
    drop(text);
    grid.unescape();
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
        grid.copy_escaped();
        (*delimiter, grid)
    });
    let looks = |(_, grid): &(u8, Grid)| guess::likeliest(grid).map_or(0, |(_, headers)| headers);
    let best = grids.reduce(|best, next| if looks(&next) > looks(&best) { next } else { best });
    best.unwrap_or_else(|| (DELIMITERS[0], Grid::default()))
}

/// The delimiter that the first line states, as some spreadsheet programs write and read it.
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
        let mut findings = Findings::default();
        let table = read("t.csv", text.to_owned(), &Mapping::default(), &mut Room::default(), &mut findings);
        match findings.into_vec().first() {
            Some(finding) => Err(crate::findings::line(finding)),
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
                "t.csv A2: error[table/unreadable] there is text after a closing double quote at character 4 of the line\n",
            ),
            (
                "id,homepage\na \"b\",c\n",
                "t.csv A2: error[table/unreadable] a double quote is in a field that does not begin with one at character 3 of the line\n",
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
