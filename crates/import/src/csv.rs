//! CSV (RFC 4180), read strictly: broken quoting is an error where it breaks, and a record knows the
//! line on which it begins, whatever the line ends are.

use diagnostics::{Finding, count, quoted};

use crate::header::{is_known, name_of};
use crate::table::{MAX_COLUMNS, MAX_ROWS, MAX_TEXT_BYTES, Row, SYNTAX, Table, at_row, fault};

/// A record: the line on which it begins, its fields, and whether any of them was quoted.
struct Record {
    line: u64,
    fields: Vec<String>,
    quoted: bool,
}

/// A place at which the quoting breaks.
struct Broken {
    line: u64,
    column: usize,
    what: &'static str,
    help: &'static str,
}

/// The line and column, both from 1, of a byte; CR, LF and CR LF end a line.
pub(crate) fn position(text: &str, at: usize) -> (u64, usize) {
    let before = &text[..at];
    let line = line_ends(before);
    let start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    (line + 1, before[start..].chars().count() + 1)
}

fn line_ends(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let ends = |at: &usize| bytes[*at] == b'\n' || bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    (0..bytes.len()).filter(ends).count() as u64
}

/// Reads the table of a CSV text.
pub(crate) fn read(file: &str, text: &str, findings: &mut Vec<Finding>) -> Option<Table> {
    let Some(delimiter) = delimiter(text) else {
        let message = "no known column is in the first line, whether split at `,`, `;` or tabs".to_owned();
        findings.push(fault(
            SYNTAX,
            at_row(file, Some(1)),
            message,
            "the first line holds the headers, such as `owner,dimension,status`",
        ));
        return None;
    };
    let mut scanner = Scanner { text, at: 0, line: 1, delimiter };
    let mut records = Vec::new();
    loop {
        match scanner.record() {
            Ok(Some(record)) => records.push(record),
            Ok(None) => break,
            Err(broken) => {
                let message = format!("{} at column {}", broken.what, broken.column);
                findings.push(fault(SYNTAX, at_row(file, Some(broken.line)), message, broken.help));
                return None;
            }
        }
        if records.len() > MAX_ROWS {
            findings.push(fault(
                SYNTAX,
                at_row(file, None),
                format!("the table has more than {MAX_ROWS} rows"),
                "split the table",
            ));
            return None;
        }
    }
    while records.last().is_some_and(Record::is_empty) {
        records.pop();
    }
    let mut records = records.into_iter();
    let header = records.next()?;
    let mut headers = header.fields;
    while headers.last().is_some_and(|header| header.trim().is_empty()) && headers.len() > 1 {
        headers.pop();
    }
    if headers.len() > MAX_COLUMNS {
        findings.push(fault(
            SYNTAX,
            at_row(file, Some(header.line)),
            format!("the table has more than {MAX_COLUMNS} columns"),
            "split the table",
        ));
        return None;
    }
    let mut rows = Vec::new();
    for (nth, record) in records.enumerate() {
        if let Some(row) = row(file, &headers, record, nth + 2, findings) {
            rows.push(row);
        }
    }
    Some(Table { file: file.to_owned(), headers, header_row: header.line, rows })
}

/// A record as a row, or what is wrong with its shape. `number` counts records, the header first.
fn row(
    file: &str,
    headers: &[String],
    mut record: Record,
    number: usize,
    findings: &mut Vec<Finding>,
) -> Option<Row> {
    let mut refuse = |message: String, help: &str| {
        findings.push(fault(
            SYNTAX,
            at_row(file, Some(record.line)),
            format!("record {number} {message}"),
            help,
        ));
    };
    if record.is_empty() {
        refuse("is empty, with records after it".to_owned(), "take the line out");
        return None;
    }
    while record.fields.len() > headers.len()
        && record.fields.last().is_some_and(|field| field.trim().is_empty())
    {
        record.fields.pop();
    }
    let (found, wanted) = (record.fields.len(), headers.len());
    if found < wanted {
        let missing = quoted(&headers[found]);
        refuse(
            format!("has {} for {wanted} columns: it ends before {missing}", count(found, "field")),
            "add the missing fields, empty where nothing is known",
        );
        return None;
    }
    if found > wanted {
        refuse(
            format!("has {} for {wanted} columns", count(found, "field")),
            "a text that holds the delimiter stands between double quotes",
        );
        return None;
    }
    if record.fields.iter().any(|field| field.len() > MAX_TEXT_BYTES) {
        refuse("holds a text of more than 1 MiB".to_owned(), "shorten it");
        return None;
    }
    Some(Row { number: record.line, texts: record.fields })
}

/// The delimiter at which the first line splits into the most known columns.
fn delimiter(text: &str) -> Option<u8> {
    let known = |delimiter: u8| {
        let header = Scanner { text, at: 0, line: 1, delimiter }.record();
        let fields = header.ok().flatten().map(|record| record.fields).unwrap_or_default();
        fields.iter().filter(|field| is_known(&name_of(field))).count()
    };
    let best = [b',', b';', b'\t'].into_iter().rev().max_by_key(|delimiter| known(*delimiter))?;
    (known(best) > 0).then_some(best)
}

impl Record {
    fn is_empty(&self) -> bool {
        !self.quoted && self.fields.iter().all(|field| field.trim().is_empty())
    }
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    line: u64,
    delimiter: u8,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next record, or nothing at the end of the text.
    fn record(&mut self) -> Result<Option<Record>, Broken> {
        if self.peek().is_none() {
            return Ok(None);
        }
        let mut record = Record { line: self.line, fields: Vec::new(), quoted: false };
        loop {
            let field = if self.peek() == Some(b'"') {
                record.quoted = true;
                self.quoted_field()?
            } else {
                self.bare_field()?
            };
            record.fields.push(field);
            match self.peek() {
                Some(byte) if byte == self.delimiter => self.at += 1,
                end => {
                    self.line += u64::from(end.is_some());
                    self.at += match end {
                        Some(b'\r') if self.text[self.at..].starts_with("\r\n") => 2,
                        Some(_) => 1,
                        None => 0,
                    };
                    return Ok(Some(record));
                }
            }
        }
    }

    fn bare_field(&mut self) -> Result<String, Broken> {
        let start = self.at;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    return Err(self.broken(
                        self.at,
                        "a double quote stands within a field that does not begin with one",
                        "put the whole field between double quotes and double those within",
                    ));
                }
                b'\n' | b'\r' => break,
                byte if byte == self.delimiter => break,
                _ => self.at += 1,
            }
        }
        Ok(self.text[start..self.at].to_owned())
    }

    fn quoted_field(&mut self) -> Result<String, Broken> {
        let open = self.at;
        self.at += 1;
        let mut field = String::new();
        let mut from = self.at;
        loop {
            let Some(next) = self.text[self.at..].find('"') else {
                return Err(self.broken(
                    open,
                    "a double quote opens here and is never closed",
                    "close it, and double every double quote within the field",
                ));
            };
            self.at += next + 1;
            if self.peek() == Some(b'"') {
                field.push_str(&self.text[from..self.at]);
                self.at += 1;
                from = self.at;
                continue;
            }
            field.push_str(&self.text[from..self.at - 1]);
            break;
        }
        match self.peek() {
            None | Some(b'\n' | b'\r') => {}
            Some(byte) if byte == self.delimiter => {}
            Some(_) => {
                return Err(self.broken(
                    self.at,
                    "text stands after a closing double quote",
                    "double every double quote within the field",
                ));
            }
        }
        self.line += line_ends(&self.text[open..self.at]);
        Ok(field)
    }

    fn broken(&self, at: usize, what: &'static str, help: &'static str) -> Broken {
        let (line, column) = position(self.text, at);
        Broken { line, column, what, help }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Result<Table, String> {
        let mut findings = Vec::new();
        let table = read("t.csv", text, &mut findings);
        match findings.first() {
            Some(finding) => Err(diagnostics::concise::line(finding)),
            None => table.ok_or_else(|| "nothing".to_owned()),
        }
    }

    fn lines(text: &str) -> Vec<u64> {
        table(text).unwrap().rows.iter().map(|row| row.number).collect()
    }

    #[test]
    fn records_know_their_line_whatever_ends_it() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["id,name,homepage", "a,\"x,\"\"y\"\"", "z\",h", "b,c,d"].join(end);
            assert_eq!(lines(&text), [2, 4], "{end:?}");
            let table = table(&text).unwrap();
            assert_eq!(table.rows[0].texts[1], format!("x,\"y\"{end}z"));
        }
        assert_eq!(lines("id,homepage\na,b\r\nc,d\re,f"), [2, 3, 4]);
        assert_eq!(lines("id;homepage\n1;2\n\n\n"), [2]);
        assert_eq!(lines("id\thomepage\n1\t2\n"), [2]);
    }

    #[test]
    fn broken_quoting_is_told_where_it_breaks() {
        let cases = [
            (
                "id,homepage\na,\"b\nc,d\n",
                "t.csv row 2: error[schema/syntax] a double quote opens here and is never closed at column 3\n",
            ),
            (
                "id,homepage\n\"a\" b,c\n",
                "t.csv row 2: error[schema/syntax] text stands after a closing double quote at column 4\n",
            ),
            (
                "id,homepage\na \"b\",c\n",
                "t.csv row 2: error[schema/syntax] a double quote stands within a field that does not begin with one at column 3\n",
            ),
            (
                "id,homepage\na\n",
                "t.csv row 2: error[schema/syntax] record 2 has 1 field for 2 columns: it ends before `homepage`\n",
            ),
            (
                "id,homepage\na,b,c\n",
                "t.csv row 2: error[schema/syntax] record 2 has 3 fields for 2 columns\n",
            ),
            (
                "id,homepage\n\na,b\n",
                "t.csv row 2: error[schema/syntax] record 2 is empty, with records after it\n",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(table(text).unwrap_err(), expected, "{text:?}");
        }
    }
}
