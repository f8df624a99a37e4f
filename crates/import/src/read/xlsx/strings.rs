//! Texts: the list that the cells of a workbook share, and those within a cell.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::plain;
use crate::limits::{MAX_CELLS, MAX_TEXT_BYTES, MAX_TEXTS_BYTES};
use crate::read::grid::Grid;
use crate::read::refused::Refused;
use crate::read::xml::{Event, Xml};

/// The texts that cells share. Nearly all of them are in the part as they are, and stay there.
#[derive(Debug, Default)]
pub(super) struct Strings {
    /// The part; after it, texts that it writes in another way.
    source: Arc<String>,
    /// The position of each text.
    places: Vec<(u32, u32)>,
}

impl Strings {
    /// Reads the list. The count that it claims is not believed.
    pub(super) fn read(part: &str, mut text: String) -> Result<Self, Refused> {
        let mut xml = Xml::new(part, &text);
        let (mut places, mut others) = (Vec::new(), String::new());
        loop {
            while let Some((place, length)) = plain::shared(xml.rest()) {
                let start = text.len() - xml.rest().len();
                places.push(kept(start + place.start..start + place.end));
                xml.pass(length);
                few_enough(places.len())?;
            }
            match xml.next()? {
                Event::Start(element) if element.local_name().as_ref() == "si" => {
                    let start = text.len() + others.len();
                    rich(&mut xml, &mut others)?;
                    places.push(kept(start..text.len() + others.len()));
                    few_enough(places.len())?;
                    if others.len() > MAX_TEXTS_BYTES {
                        let mib = MAX_TEXTS_BYTES / 1024 / 1024;
                        let message = format!("the texts of the workbook take more than {mib} MiB");
                        return Err(Refused::new(message, "split it, or save its tables as CSV"));
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        text.push_str(&others);
        Ok(Self { source: Arc::new(text), places })
    }

    /// A grid for cells that show these texts.
    pub(super) fn grid(&self) -> Grid {
        Grid::of(&self.source, 0)
    }

    /// The position of a text in the source of the grid.
    pub(super) fn get(&self, index: usize) -> Option<Range<usize>> {
        self.places.get(index).map(|(start, end)| *start as usize..*end as usize)
    }
}

/// A place as it is kept: a part and the texts beside it have less than 4 GiB.
fn kept(place: Range<usize>) -> (u32, u32) {
    (place.start as u32, place.end as u32)
}

fn few_enough(texts: usize) -> Result<(), Refused> {
    if texts > MAX_CELLS {
        let message = format!("the list of texts of the workbook has more than {MAX_CELLS}");
        return Err(Refused::new(message, "split it, or save its tables as CSV"));
    }
    Ok(())
}

/// Appends the text of the element that has just begun, up to its end: plain, or runs of formatted
/// text one after the other, without their pronunciation.
pub(super) fn rich(xml: &mut Xml<'_>, into: &mut String) -> Result<(), Refused> {
    let (mut depth, before) = (0, into.len());
    let mut run = String::new();
    loop {
        match xml.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "t" => {
                    let space = xml.attribute(&element, "space")?;
                    let keeps_blanks = space.as_deref() == Some("preserve");
                    run.clear();
                    xml.text(&mut run)?;
                    // What is too long is refused as a whole.
                    if into.len() - before <= MAX_TEXT_BYTES {
                        into.push_str(&unescape(if keeps_blanks {
                            &run
                        } else {
                            run.trim_matches(super::BLANKS)
                        }));
                    }
                }
                "rPh" => xml.skip()?,
                _ => depth += 1,
            },
            Event::End(_) if depth == 0 => return Ok(()),
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
}

/// Takes back the escapes of characters that XML cannot hold, `_x000D_` (`ST_Xstring`, ECMA-376 part
/// 1, section 22.9.2.19), and writes line ends as LF.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") && !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    let mut units: Vec<u16> = Vec::new();
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Escapes in a row may be the halves of one character.
    let flush = |units: &mut Vec<u16>, out: &mut String| {
        out.extend(
            char::decode_utf16(units.drain(..)).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)),
        );
    };
    while let Some(character) = rest.chars().next() {
        if let Some(unit) = escape(rest) {
            units.push(unit);
            rest = &rest[7..];
            continue;
        }
        flush(&mut units, &mut out);
        out.push(character);
        rest = &rest[character.len_utf8()..];
    }
    flush(&mut units, &mut out);
    Cow::Owned(out.replace("\r\n", "\n").replace('\r', "\n"))
}

fn escape(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("_x")?.get(..5)?.strip_suffix('_')?;
    let is_hexadecimal = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_hexadecimal.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_taken_back_once() {
        for (text, expected) in [
            ("a_x000D_\nb", "a\nb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDCF7_", "📷"),
            ("_xD83D_", "\u{fffd}"),
            ("_x00G0_ _x_ _xé", "_x00G0_ _x_ _xé"),
            ("a\r\nb\rc", "a\nb\nc"),
        ] {
            assert_eq!(unescape(text), expected);
        }
    }

    #[test]
    fn runs_are_joined_and_pronunciation_is_left_out() {
        let text = r#"<sst count="9" uniqueCount="99999999999999999"><si><r><t>a </t></r><r><rPr><b/></rPr>
            <t xml:space="preserve"> b&amp;<![CDATA[<c>]]></t></r><rPh><t>x</t></rPh></si><si/><si><t>d</t></si></sst>"#;
        let strings = Strings::read("s", text.to_owned()).unwrap();
        let texts: Vec<&str> = (0..3).map(|at| &strings.source[strings.get(at).unwrap()]).collect();
        assert_eq!(texts, ["a b&<c>", "", "d"]);
        assert_eq!(strings.get(3), None);
    }
}
