//! Texts that were read in a wrong encoding, or that still hold the escapes of a web page.

use std::ops::Range;

use encoding_rs::WINDOWS_1252;
use html_escape::decode_html_entities;

/// A part of a text that is not what was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Garbled {
    /// Where it is.
    pub(crate) range: Range<usize>,
    /// What was meant, where that is certain.
    pub(crate) meant: Option<String>,
    /// What happened to it.
    pub(crate) by: By,
}

/// How a text was spoiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum By {
    /// UTF-8 was read as Windows-1252.
    Encoding,
    /// A program could not read a character, and wrote U+FFFD.
    Loss,
    /// It was taken from the source of a web page.
    Escape,
}

/// The garbled parts of a text, in order.
pub(crate) fn garbled(text: &str) -> Vec<Garbled> {
    let mut found = misread(text);
    let lost = text.match_indices('\u{fffd}');
    found.extend(lost.map(|(at, lost)| Garbled { range: at..at + lost.len(), meant: None, by: By::Loss }));
    found.extend(escapes(text));
    found.sort_by_key(|one| one.range.start);
    found
}

/// A character that Windows-1252 can write, as it is in a text.
struct Read {
    at: usize,
    length: usize,
    byte: u8,
}

/// Runs of characters that are UTF-8 read as Windows-1252.
fn misread(text: &str) -> Vec<Garbled> {
    let mut found = Vec::new();
    let mut run: Vec<Read> = Vec::new();
    for (at, c) in text.char_indices() {
        match byte(c) {
            Some(byte) => run.push(Read { at, length: c.len_utf8(), byte }),
            None => {
                decode(&run, &mut found);
                run.clear();
            }
        }
    }
    decode(&run, &mut found);
    found
}

/// The byte beyond ASCII that Windows-1252 writes for a character.
fn byte(c: char) -> Option<u8> {
    if c.is_ascii() {
        return None;
    }
    let mut room = [0; 4];
    let (bytes, _, is_lossy) = WINDOWS_1252.encode(c.encode_utf8(&mut room));
    bytes.first().copied().filter(|_| !is_lossy)
}

/// Finds in a run of such characters those whose bytes are UTF-8.
fn decode(run: &[Read], found: &mut Vec<Garbled>) {
    let bytes: Vec<u8> = run.iter().map(|read| read.byte).collect();
    let mut at = 0;
    while at < bytes.len() {
        let mut end = at;
        let mut characters = 0;
        while let Some(length) = sequence(&bytes[end..]) {
            end += length;
            characters += 1;
        }
        if characters == 0 {
            if is_cut(&bytes[at..]) {
                found.push(Garbled { range: span(&run[at..at + 2]), meant: None, by: By::Encoding });
                at += 1;
            }
            at += 1;
            continue;
        }
        let range = span(&run[at..end]);
        let meant = String::from_utf8_lossy(&bytes[at..end]).into_owned();
        if characters > 1 || is_sure(&bytes[at..end]) {
            // It may have been read wrongly more than once.
            let again = misread(&meant);
            let meant = match again.as_slice() {
                [Garbled { range, meant: Some(deeper), .. }] if *range == (0..meant.len()) => deeper.clone(),
                _ => meant,
            };
            let is_whole = !meant.contains('\u{fffd}');
            found.push(Garbled { range, meant: is_whole.then_some(meant), by: By::Encoding });
        }
        at = end;
    }
}

fn span(run: &[Read]) -> Range<usize> {
    let end = run.last().map_or(0, |last| last.at + last.length);
    run.first().map_or(0, |first| first.at)..end
}

/// How many bytes the UTF-8 sequence has with which bytes beyond ASCII begin, if one does.
fn sequence(bytes: &[u8]) -> Option<usize> {
    let length = match bytes.first()? {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let whole = bytes.get(..length)?;
    std::str::from_utf8(whole).is_ok().then_some(length)
}

/// Returns whether one sequence alone is no accident: `é…»` is UTF-8 as well, and French.
fn is_sure(bytes: &[u8]) -> bool {
    match bytes {
        // `Â` and `Ã` before a sign: what Latin letters and signs become.
        [0xc2 | 0xc3, ..] => true,
        // `Ä` and `Å` before what is no quotation mark or dash: letters of Central Europe.
        [0xc4 | 0xc5, next] => !matches!(next, 0x85 | 0x91..=0x97),
        // `â€` and `â„`: dashes, quotation marks, signs. `ðŸ`: emoji. `ï»¿`, `ï¿½`: marks of encodings.
        [0xe2, 0x80 | 0x82 | 0x84 | 0x86 | 0x88, _] | [0xf0, 0x9f, ..] | [0xef, 0xbb | 0xbf, _] => true,
        _ => false,
    }
}

/// `â€` whose third character is lost, as that of a closing quotation mark often is.
fn is_cut(bytes: &[u8]) -> bool {
    matches!(bytes, [0xe2, 0x80, ..])
}

/// Escapes of HTML, such as `&amp;` and `&#39;`.
fn escapes(text: &str) -> Vec<Garbled> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('&').map(|sign| at + sign) {
        at = start + 1;
        let name = |c: char| c.is_ascii_alphanumeric() || c == '#';
        let rest = &text[at..];
        let length = rest.find(|c| !name(c)).unwrap_or(rest.len());
        if length == 0 || !rest[length..].starts_with(';') {
            continue;
        }
        let range = start..at + length + 1;
        let written = &text[range.clone()];
        let meant = decode_html_entities(written);
        if meant != written {
            at = range.end;
            found.push(Garbled { range, meant: Some(meant.into_owned()), by: By::Escape });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, Option<String>)> {
        garbled(text).into_iter().map(|one| (&text[one.range], one.meant)).collect()
    }

    fn corrected(text: &str) -> String {
        let mut corrected = text.to_owned();
        for one in garbled(text).into_iter().rev() {
            corrected.replace_range(one.range, &one.meant.unwrap_or_else(|| "?".to_owned()));
        }
        corrected
    }

    #[test]
    fn what_was_meant_is_found() {
        for (text, meant) in [
            ("30 days â€” the customerâ€™s", "30 days — the customer’s"),
            ("CafÃ© SociÃ©tÃ© gÃ©nÃ©rale", "Café Société générale"),
            ("Â© Acme, 30Â\u{a0}days, Â§ 5", "© Acme, 30\u{a0}days, § 5"),
            ("Åódź â€¦ ÅºÅ¼", "Åódź … źż"),
            ("ÐŸÑ€Ð¸Ð²ÐµÑ‚ æ—¥æœ¬", "Привет 日本"),
            ("ok ðŸ˜€", "ok 😀"),
            ("donÃ¢â‚¬â„¢t", "don’t"),
            (
                "prompts &amp; outputs for&nbsp;30 days; that&#39;s &#x2014; all",
                "prompts & outputs for\u{a0}30 days; that's — all",
            ),
        ] {
            assert_eq!(corrected(text), meant, "{text}");
        }
        assert_eq!(found("â€œyesâ€ and \u{fffd}").iter().filter(|(_, meant)| meant.is_none()).count(), 2);
    }

    #[test]
    fn other_languages_are_left_alone() {
        for text in [
            "«été…»",
            "CAFÉ…",
            "Ärger – „Größe“",
            "naïve “quotes”",
            "NÃO",
            "São Paulo",
            "Łódź",
            "日本語",
            "Tiếng Việt",
            "AT&T; R&D",
            "a & b;",
            "?a=1&b=2;",
            "&nosuch;",
            "Ô",
            "à la carte»",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
