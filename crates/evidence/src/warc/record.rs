//! One record of a WARC file.

use std::io::{self, BufRead, Read};

use model::Date;

use crate::limits::{MAX_HEADER_BYTES, MAX_HEADERS};

/// A record. Its block is left out where it is longer than was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Record {
    pub(super) kind: String,
    pub(super) target: Option<String>,
    /// The time as it is written, which sorts by itself.
    pub(super) date: String,
    pub(super) payload_digest: Option<String>,
    pub(super) refers_to_target: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) truncated: bool,
    pub(super) block: Option<Vec<u8>>,
}

impl Record {
    /// The day of the record, in UTC.
    pub(super) fn day(&self) -> Option<Date> {
        self.date.get(..10)?.parse().ok()
    }
}

/// Reads the next record, whose block is kept up to a limit; nothing at the end of the file.
///
/// # Errors
///
/// When what follows is no whole record.
pub(super) fn next(reader: &mut impl BufRead, keep: usize) -> io::Result<Option<Record>> {
    let mut room = MAX_HEADER_BYTES;
    let mut line = Vec::new();
    // Two line ends follow each record; some writers leave them out, or write more.
    loop {
        if !read_line(reader, &mut line, &mut room)? {
            return Ok(None);
        }
        if !line.is_empty() {
            break;
        }
        room = MAX_HEADER_BYTES;
    }
    if !line.starts_with(b"WARC/") {
        return Err(invalid("a record begins with its version, such as `WARC/1.1`"));
    }
    let mut record = Record::default();
    let mut length = None;
    for count in 0.. {
        if count > MAX_HEADERS {
            return Err(invalid("a record has too many headers"));
        }
        if !read_line(reader, &mut line, &mut room)? {
            return Err(invalid("the file ends within the headers of a record"));
        }
        if line.is_empty() {
            break;
        }
        let text = String::from_utf8_lossy(&line);
        let Some((name, value)) = text.split_once(':') else { continue };
        let value = value.trim();
        let owned = || Some(value.to_owned());
        match name.trim().to_ascii_lowercase().as_str() {
            "warc-type" => record.kind = value.to_ascii_lowercase(),
            "warc-target-uri" => record.target = owned(),
            "warc-date" => record.date = value.to_owned(),
            "warc-payload-digest" => record.payload_digest = owned(),
            "warc-refers-to-target-uri" => record.refers_to_target = owned(),
            "warc-truncated" => record.truncated = true,
            "content-type" => record.content_type = owned(),
            "content-length" => length = value.parse::<u64>().ok(),
            _ => {}
        }
    }
    let length = length.ok_or_else(|| invalid("a record does not say how long it is"))?;
    let mut block = reader.take(length);
    if length <= keep as u64 {
        let mut kept = Vec::new();
        block.read_to_end(&mut kept)?;
        record.block = Some(kept);
    } else {
        io::copy(&mut block, &mut io::sink())?;
    }
    if block.limit() > 0 {
        return Err(invalid("the file ends within a record"));
    }
    Ok(Some(record))
}

fn invalid(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// Reads a line without its end. Returns whether there was one.
fn read_line(reader: &mut impl BufRead, line: &mut Vec<u8>, room: &mut usize) -> io::Result<bool> {
    line.clear();
    let read = reader.take(*room as u64).read_until(b'\n', line)?;
    *room -= read;
    if read > 0 && *room == 0 {
        return Err(invalid("the headers of a record are too long"));
    }
    while line.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
        line.pop();
    }
    Ok(read > 0)
}
