//! Notes on cells (ECMA-376 part 1, section 18.7), and the conversations that newer programs keep in their place
//! ([MS-XLSX] 2.1.19). They are not imported, and must not be lost in silence.

use super::relations::Relations;
use super::sheet::reference;
use crate::read::package::Package;
use crate::read::refused::Refused;
use crate::read::sheet::Sheet;
use crate::read::xml::{Event, Xml};

/// The kinds of parts that hold notes. A conversation is in a note too, as a text that explains itself, so it
/// comes first.
const KINDS: [&str; 2] = ["threadedComment", "comments"];

/// How much of a note is read, in bytes: it is named by its beginning.
const ENOUGH: usize = 4096;

/// Reads the notes of a sheet, by the parts to which it is related.
pub(super) fn read(package: &mut Package<'_>, related: &Relations, sheet: &mut Sheet) -> Result<(), Refused> {
    for kind in KINDS {
        if let Some(part) = related.first(kind)
            && let Some(text) = package.text(part)?
        {
            part_of(part, &text, sheet)?;
        }
    }
    Ok(())
}

fn part_of(part: &str, text: &str, sheet: &mut Sheet) -> Result<(), Refused> {
    let mut xml = Xml::new(part, text);
    let (mut place, mut said) = (None, String::new());
    loop {
        match xml.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "comment" | "threadedComment" => {
                    let text = xml.attribute(&element, "ref")?.unwrap_or_default();
                    place = reference(&text);
                    said.clear();
                }
                "rPh" => xml.skip()?,
                _ => {}
            },
            Event::End(element) => {
                let is_note = matches!(element.local_name().as_ref(), "comment" | "threadedComment");
                if let Some((row, column)) = place.filter(|_| is_note) {
                    sheet.note(row, column, &said)?;
                }
            }
            Event::Eof => return Ok(()),
            event if said.len() < ENOUGH => xml.append(&event, &mut said)?,
            _ => {}
        }
    }
}
