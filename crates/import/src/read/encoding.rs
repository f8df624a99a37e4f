//! From bytes to text: UTF-8, or the encoding of a mark or of an option. Nothing is guessed.

use std::borrow::Cow;
use std::str::FromStr;

use diagnostics::{closest, quoted};
use encoding_rs::{DecoderResult, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memchr;

use crate::limits::MAX_ENCODED_BYTES;
use crate::read::advice::advice;
use crate::read::csv::{last_field, position};
use crate::read::refused::Refused;

/// A character encoding of the WHATWG Encoding Standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

/// A label that names no encoding.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no encoding is called {}{}", quoted(label), help(label))]
pub struct UnknownEncoding {
    /// The label.
    pub label: String,
}

fn help(label: &str) -> String {
    const COMMON: [&str; 8] = [
        "utf-8",
        "utf-16le",
        "utf-16be",
        "windows-1252",
        "windows-1250",
        "iso-8859-1",
        "shift_jis",
        "gb18030",
    ];
    match closest(label, COMMON) {
        Some(meant) => format!(": did you mean `{meant}`?"),
        None => ": write a label such as `windows-1252`, `utf-16le` or `shift_jis`".to_owned(),
    }
}

impl FromStr for Encoding {
    type Err = UnknownEncoding;

    fn from_str(label: &str) -> Result<Self, UnknownEncoding> {
        // What a browser calls "replacement" decodes to nothing.
        let known = encoding_rs::Encoding::for_label_no_replacement(label.as_bytes());
        known.map(Self).ok_or_else(|| UnknownEncoding { label: label.to_owned() })
    }
}

/// The text of a file: by its mark if it has one, else by the option, else UTF-8.
pub(crate) fn decode(bytes: Vec<u8>, told: Option<Encoding>) -> Result<String, Refused> {
    decode_within(MAX_ENCODED_BYTES, bytes, told)
}

/// The same where a file in another encoding may have so many bytes.
fn decode_within(most: usize, mut bytes: Vec<u8>, told: Option<Encoding>) -> Result<String, Refused> {
    if let [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] = *bytes {
        return Err(Refused::new("the file is UTF-32", "save it as CSV UTF-8"));
    }
    let (encoding, mark) = match encoding_rs::Encoding::for_bom(&bytes) {
        Some(found) => found,
        None => (told.map_or(UTF_8, |told| told.0), 0),
    };
    if encoding != UTF_8 {
        if bytes.len() > most {
            let mib = most / 1024 / 1024;
            let message = format!("the file is not UTF-8 and has more than {mib} MiB");
            return Err(Refused::new(message, "save it as CSV UTF-8, or split the table"));
        }
        return strictly(&bytes[mark..], encoding);
    }
    bytes.drain(..mark);
    if let Some(help) = looks_like_utf16(&bytes) {
        let message = "every second byte is NUL, so this looks like UTF-16 without its mark";
        return Err(Refused { row: Some(1), ..Refused::new(message, help) });
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let (at, bytes) = (error.utf8_error().valid_up_to(), error.as_bytes());
        let before = String::from_utf8_lossy(&bytes[..at]);
        let what = format!("the byte {:#04X}, which is not UTF-8,", bytes[at]);
        misplaced(&before, &what, advice(bytes, at))
    })?;
    if let Some(at) = memchr(0, text.as_bytes()) {
        return Err(misplaced(&text[..at], "a NUL character (U+0000)", "take it out"));
    }
    Ok(text)
}

/// Decodes, and refuses bytes that are not characters.
fn strictly(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> Result<String, Refused> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let most = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(usize::MAX);
    let mut text = String::with_capacity(most.min(bytes.len().saturating_mul(3) + 16));
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::InputEmpty, _) => Ok(text),
        (_, _) => {
            let what = format!("what is not {}", encoding.name());
            let help = if encoding == UTF_16LE || encoding == UTF_16BE {
                "save the file as CSV UTF-8"
            } else {
                "save the file as CSV UTF-8, or name its encoding with `--encoding`"
            };
            Err(misplaced(&text, &what, help))
        }
    }
}

/// What follows a valid text.
fn misplaced(before: &str, what: &str, help: impl Into<Cow<'static, str>>) -> Refused {
    /// To find the field, everything before it is read as a table.
    const LOOKED_AT: usize = 8 * 1024 * 1024;
    let (line, column) = position(before, before.len());
    let message = format!("{what} is at character {column} of the line");
    let column = if before.len() > LOOKED_AT { None } else { last_field(before) };
    Refused { row: Some(line), column, ..Refused::new(message, help) }
}

/// What to do about a text of which every second byte is NUL.
fn looks_like_utf16(bytes: &[u8]) -> Option<&'static str> {
    let nuls = |odd: usize| bytes.iter().skip(odd).step_by(2).take(32).filter(|byte| **byte == 0).count();
    match (nuls(0), nuls(1)) {
        (..=8, ..=8) => None,
        (big, little) if little > big => Some("save it as CSV UTF-8, or give `--encoding utf-16le`"),
        _ => Some("save it as CSV UTF-8, or give `--encoding utf-16be`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(bytes: &[u8], told: Option<&str>) -> (Option<u32>, String) {
        let refused = decode(bytes.to_vec(), told.map(|label| label.parse().unwrap())).unwrap_err();
        (refused.row, refused.message)
    }

    #[test]
    fn marks_and_labels_tell_the_encoding() {
        let text = |bytes: &[u8], told: Option<&str>| {
            decode(bytes.to_vec(), told.map(|label| label.parse().unwrap())).unwrap()
        };
        assert_eq!(text(b"\xEF\xBB\xBFa", None), "a");
        assert_eq!(text(b"\xFF\xFEa\0\xE9\0", None), "aé");
        assert_eq!(text(b"\xFE\xFF\0a\0\xE9", Some("windows-1252")), "aé");
        assert_eq!(text(b"caf\xE9", Some("Windows-1252")), "café");
        assert_eq!(text(b"a\0\xE9\0", Some("utf-16le")), "aé");
        assert_eq!(text("é".as_bytes(), None), "é");
    }

    #[test]
    fn bytes_that_are_no_text_are_refused_where_they_stand() {
        let not = |what: &str| what.to_owned();
        assert_eq!(
            refusal(b"a,b\r\n1,caf\xE9\r\n", None),
            (Some(2), not("the byte 0xE9, which is not UTF-8, is at character 6 of the line"))
        );
        assert_eq!(
            refusal(b"a,b\n1,\0\n", None),
            (Some(2), not("a NUL character (U+0000) is at character 3 of the line"))
        );
        assert_eq!(
            refusal(b"\xFF\xFEa\0\n\0\x00\xD8b\0", None),
            (Some(2), not("what is not UTF-16LE is at character 1 of the line"))
        );
        assert_eq!(refusal(b"\xFF\xFE\0\0a\0\0\0", None), (None, not("the file is UTF-32")));
    }

    #[test]
    fn a_file_in_another_encoding_has_so_many_bytes() {
        let (most, latin) = (1024 * 1024, "windows-1252".parse().ok());
        assert_eq!(decode_within(most, vec![0xE9; most], latin), Ok("é".repeat(most)));
        let refused = decode_within(most, vec![0xE9; most + 1], latin).unwrap_err();
        assert_eq!(
            (refused.message.as_str(), refused.help.as_ref()),
            ("the file is not UTF-8 and has more than 1 MiB", "save it as CSV UTF-8, or split the table")
        );
        let is_refused = |bytes: usize| {
            decode([b"\xFF\xFE".as_slice(), &vec![b'a'; bytes - 2]].concat(), None)
                .is_err_and(|refused| refused.message == "the file is not UTF-8 and has more than 40 MiB")
        };
        assert!(is_refused(MAX_ENCODED_BYTES + 1));
        assert!(decode_within(most, vec![b'a'; most + 1], None).is_ok(), "UTF-8 is not decoded");
    }

    #[test]
    fn unknown_labels_are_told() {
        let told = |label: &str| label.parse::<Encoding>().unwrap_err().to_string();
        assert_eq!(told("window-1252"), "no encoding is called `window-1252`: did you mean `windows-1252`?");
        assert_eq!(
            told("replacement"),
            "no encoding is called `replacement`: write a label such as `windows-1252`, `utf-16le` or `shift_jis`"
        );
    }
}
