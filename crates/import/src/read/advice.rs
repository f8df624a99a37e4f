//! Suggests encodings for a file that is not UTF-8. Nothing is guessed: each candidate is shown with what it makes
//! of the text, and the person who knows the text chooses.

use diagnostics::{cut, quoted};
use encoding_rs::{DecoderResult, Encoding, MACINTOSH, SHIFT_JIS, WINDOWS_1252};

/// The encodings in which spreadsheet programs save a CSV file, where they do not save it as UTF-8.
const CANDIDATES: [&Encoding; 3] = [WINDOWS_1252, MACINTOSH, SHIFT_JIS];

/// How much of a file is looked at.
const SEEN: usize = 1024 * 1024;

/// What to do about a file that is not UTF-8 from a byte on.
pub(crate) fn advice(bytes: &[u8], at: usize) -> String {
    let line = line(bytes, at);
    let readings = CANDIDATES.into_iter().filter(|encoding| gives_letters(bytes, encoding));
    let shown = readings.filter_map(|encoding| {
        let text = decoded(line, encoding)?;
        let label = encoding.name().to_ascii_lowercase();
        Some(format!("`--encoding {label}` reads it as {}", quoted(&around(&text))))
    });
    let shown: Vec<_> = shown.collect();
    if shown.is_empty() {
        return "save the file as CSV UTF-8, or name its encoding with `--encoding`".to_owned();
    }
    format!("save the file as CSV UTF-8, or name its encoding: {}", shown.join(", "))
}

/// The line that holds a byte.
fn line(bytes: &[u8], at: usize) -> &[u8] {
    // Of a long line, what is around the byte.
    const AROUND: usize = 4096;
    let from = at.saturating_sub(AROUND);
    let (bytes, at) = (&bytes[from..bytes.len().min(at + AROUND)], at - from);
    let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let start = bytes[..at].iter().rposition(is_end).map_or(0, |end| end + 1);
    let end = bytes[at..].iter().position(is_end).map_or(bytes.len(), |end| at + end);
    &bytes[start..end]
}

/// The text of some bytes, if all of them are characters.
fn decoded(bytes: &[u8], encoding: &'static Encoding) -> Option<String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

/// Returns whether everything beyond ASCII is a letter in an encoding, or a mark that occurs among letters.
fn gives_letters(bytes: &[u8], encoding: &'static Encoding) -> bool {
    let bytes = &bytes[..bytes.len().min(SEEN)];
    let mut text = String::with_capacity(bytes.len() * 3);
    let mut decoder = encoding.new_decoder_without_bom_handling();
    // The last character may be cut in two.
    let (result, _) = decoder.decode_to_string_without_replacement(bytes, &mut text, false);
    result == DecoderResult::InputEmpty && text.chars().all(is_plausible)
}

fn is_plausible(c: char) -> bool {
    const MARKS: &str = "‘’‚“”„–—…•·«»‹›€£¥§©®™°²³½¼¾×±¿¡\u{a0}";
    let is_half_width = matches!(c, '\u{ff61}'..='\u{ff9f}');
    let is_east_asian = matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff60}');
    let is_plain = c.is_ascii() && (!c.is_control() || matches!(c, '\t' | '\r' | '\n'));
    is_plain || c.is_alphanumeric() && !is_half_width || is_east_asian || MARKS.contains(c)
}

/// The part of a text around its first character beyond ASCII.
fn around(text: &str) -> String {
    const BEFORE: usize = 12;
    const SHOWN: usize = 40;
    let first = text.chars().position(|c| !c.is_ascii()).unwrap_or_default();
    let from = first.saturating_sub(BEFORE);
    let part: String = text.chars().skip(from).collect();
    let before = if from > 0 { "…" } else { "" };
    format!("{before}{}", cut(&part, SHOWN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_encodings_that_give_letters_are_named() {
        let help = |bytes: &[u8]| advice(bytes, bytes.iter().position(|byte| *byte > 0x7F).unwrap());
        let save = "save the file as CSV UTF-8, or name its encoding";
        assert_eq!(
            help(b"a,b\r\n1,caf\xE9 cr\xE8me\r\n"),
            format!(
                "{save}: `--encoding windows-1252` reads it as `1,café crème`, `--encoding macintosh` reads it as `1,cafÈ crËme`"
            )
        );
        assert_eq!(
            help(b"Caf\x8E \xD0 \xD2na\x95ve\xD3"),
            format!(
                "{save}: `--encoding windows-1252` reads it as `CafŽ Ð Òna•veÓ`, `--encoding macintosh` reads it as `Café – “naïve”`"
            )
        );
        let (japanese, ..) = SHIFT_JIS.encode("監査報告書はポータルで入手できる。");
        assert_eq!(
            help(&japanese),
            format!("{save}: `--encoding shift_jis` reads it as `監査報告書はポータルで入手できる。`")
        );
        assert_eq!(help(b"\x81\x00\x81\xFF"), format!("{save} with `--encoding`"));
    }
}
