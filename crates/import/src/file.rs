//! Files: what they are by their first bytes, and the tables that they hold.

use diagnostics::Finding;

use crate::limits::MAX_FILE_BYTES;
use crate::options::Reading;
use crate::table::{SYNTAX, Table, at_row, fault};
use crate::{Input, csv};

/// Reads the tables of a file.
pub(crate) fn read(input: &Input, _options: &Reading, findings: &mut Vec<Finding>) -> Vec<Table> {
    let mut refuse = |row, message: &str, help: &str| {
        findings.push(fault(SYNTAX, at_row(&input.name, row), message.to_owned(), help));
        Vec::new()
    };
    let bytes = input.bytes.as_slice();
    if bytes.len() > MAX_FILE_BYTES {
        return refuse(None, "the file has more than 256 MiB", "split the table");
    }
    match bytes {
        [] => return refuse(None, "the file is empty", "a table begins with a row of headers"),
        [b'P', b'K', 3, 4, ..] => {
            return refuse(
                None,
                "this is a workbook or another zip file, not CSV",
                "save the sheet as CSV (UTF-8)",
            );
        }
        [0xD0, 0xCF, 0x11, 0xE0, ..] => {
            return refuse(
                None,
                "this is an old or encrypted Office file, not CSV",
                "save the sheet as CSV (UTF-8)",
            );
        }
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => {
            return refuse(None, "the file is UTF-16", "save it as CSV UTF-8");
        }
        _ => {}
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            let before = String::from_utf8_lossy(&bytes[..at]);
            let (line, column) = csv::position(&before, before.len());
            let message = format!("byte {:#04X} at column {column} is not UTF-8", bytes[at]);
            return refuse(Some(line.into()), &message, "save the file as CSV UTF-8");
        }
    };
    if let Some(at) = text.find('\0') {
        let (line, column) = csv::position(text, at);
        let pairs = text.bytes().skip(1).step_by(2).take(32).filter(|byte| *byte == 0).count() > 8;
        let hint = if pairs {
            "every second byte is NUL, so this looks like UTF-16: save it as CSV UTF-8"
        } else {
            "take it out"
        };
        return refuse(
            Some(line.into()),
            &format!("a NUL character (U+0000) stands at column {column}"),
            hint,
        );
    }
    csv::read(&input.name, text, findings).into_iter().collect()
}
