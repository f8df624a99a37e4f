//! Files: what they are by their first bytes, and the tables that they hold.

use crate::Input;
use crate::findings::Findings;
use crate::limits::MAX_FILE_BYTES;
use crate::options::Reading;
use crate::read::grid::Grid;
use crate::read::refused::Refused;
use crate::read::room::Room;
use crate::read::table::Table;
use crate::read::{csv, encoding, workbook};

/// The first bytes of files that are no tables of ours, what they are, and what to do.
const OTHERS: &[(&[u8], &str, &str)] = &[
    (b"%PDF", "a PDF document", "ask for the original table"),
    (b"PAR1", "a Parquet file", "save it as CSV"),
    (b"SQLite format 3", "a database", "save the table as CSV"),
    (b"\x1F\x8B", "compressed with gzip", "unpack it"),
    (b"7z\xBC\xAF", "a 7-Zip archive", "unpack it"),
    (b"Rar!", "a RAR archive", "unpack it"),
    (b"\x28\xB5\x2F\xFD", "compressed with Zstandard", "unpack it"),
    (b"{\\rtf", "a text document", "save its table as .xlsx, .ods or CSV"),
];

/// The first bytes of an OLE compound file: an old workbook, or an encrypted new one.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
const ZIP: &[u8] = b"PK\x03\x04";
/// The first bytes of a zip archive without parts.
const EMPTY_ZIP: &[u8] = b"PK\x05\x06";

/// Reads the tables of a file.
pub(crate) fn read(input: Input, options: &Reading, room: &mut Room, findings: &mut Findings) -> Vec<Table> {
    let Input { name, bytes } = input;
    let read = if bytes.len() > room.files {
        let mib = MAX_FILE_BYTES / 1024 / 1024;
        Err(Refused::new(format!("the files have more than {mib} MiB"), "split the table"))
    } else {
        room.files -= bytes.len();
        kind(&name, &bytes).and_then(|is_workbook| {
            if is_workbook {
                return Ok(workbook::read(&name, &bytes, options, room, findings));
            }
            let text = encoding::decode(bytes, options.encoding)?;
            Ok(csv::read(&name, text, &options.mapping, room, findings).into_iter().collect())
        })
    };
    read.unwrap_or_else(|refused| {
        findings.push(refused.finding(&name));
        Vec::new()
    })
}

/// The cells of a file, as far as they can be read, whatever its headers are: those of each sheet that shows.
pub(crate) fn grids(input: &Input, options: &Reading) -> Vec<(Option<String>, Grid)> {
    let Input { name, bytes } = input;
    match kind(name, bytes) {
        Ok(true) => workbook::grids(bytes, options),
        Ok(false) => match encoding::decode(bytes.clone(), options.encoding) {
            Ok(text) => vec![(None, csv::grid(text, &options.mapping))],
            Err(_) => Vec::new(),
        },
        Err(_) => Vec::new(),
    }
}

/// Returns whether the file is a workbook, else text; or why it is neither. Its name and its bytes have to
/// agree.
fn kind(name: &str, bytes: &[u8]) -> Result<bool, Refused> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refused::new("the file is empty", "a table begins with a row of headers"));
    }
    if bytes.starts_with(COMPOUND) {
        return Err(compound(bytes));
    }
    for (magic, what, help) in OTHERS {
        if bytes.starts_with(magic) {
            return Err(Refused::new(format!("the file is {what}"), *help));
        }
    }
    let is_workbook = bytes.starts_with(ZIP) || bytes.starts_with(EMPTY_ZIP);
    let extension = name.rsplit(['/', '\\']).next().and_then(|file| file.rsplit_once('.'));
    let extension = extension.map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    let is_said = match extension.as_str() {
        "csv" | "tsv" | "tab" | "txt" => Some(false),
        "xlsx" | "xlsm" | "xltx" | "ods" | "ots" | "xls" | "xlsb" | "numbers" => Some(true),
        _ => None,
    };
    match is_said {
        Some(true) if !is_workbook => Err(Refused::new(
            format!("the file is {}, though its name ends in .{extension}", text_kind(bytes)),
            "give it the right ending, or save it again as a workbook",
        )),
        Some(false) if is_workbook => Err(Refused::new(
            format!("the file is a zip archive, as workbooks are, though its name ends in .{extension}"),
            "give it the right ending, or save it again as CSV UTF-8",
        )),
        _ if is_workbook => Ok(true),
        _ => match text_kind(bytes) {
            "text" => Ok(false),
            other => {
                Err(Refused::new(format!("the file is {other}, not CSV"), "save the table as CSV UTF-8"))
            }
        },
    }
}

/// What a text is by how it begins.
fn text_kind(bytes: &[u8]) -> &'static str {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let begins =
        |with: &str| bytes.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with.as_bytes()));
    if begins("<!doctype html") || begins("<html") || begins("<table") {
        "HTML"
    } else if begins("<?xml") || begins("<office:") || begins("<workbook") {
        "XML"
    } else if begins("{") || begins("[{") || begins("[\n") {
        "JSON"
    } else {
        "text"
    }
}

/// An OLE compound file. Its directory names its streams in UTF-16.
fn compound(bytes: &[u8]) -> Refused {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if has("EncryptedPackage") {
        return Refused::new("the workbook is encrypted", "save it without a password");
    }
    if has("Workbook") || has("Book") {
        return Refused::new("this is an old workbook (.xls)", "save it as .xlsx");
    }
    Refused::new("this is an old Office document", "save its table as .xlsx or CSV")
}
