//! The text of a cell (OpenDocument 1.3 part 3, section 6.1): blanks in a row are one, and what is to
//! stay more stands as an element.

use crate::limits::MAX_TEXT_BYTES;
use crate::refused::Refused;
use crate::xml::{Event, Xml};

/// Appends the paragraph that has just begun, up to its end, after a line end if it is not the first.
/// A link that it holds is remembered.
pub(super) fn read(
    xml: &mut Xml<'_>,
    shown: &mut Option<String>,
    link: &mut Option<String>,
) -> Result<(), Refused> {
    let is_first = shown.is_none();
    let shown = shown.get_or_insert_default();
    if !is_first {
        shown.push('\n');
    }
    let (mut depth, mut after_blank, mut piece) = (0, true, String::new());
    loop {
        let event = xml.next()?;
        match &event {
            Event::Start(element) => {
                let name = element.local_name();
                after_blank &= !matches!(name.as_ref(), "s" | "tab" | "line-break");
                match name.as_ref() {
                    "s" => {
                        let count =
                            xml.attribute(element, "c")?.map_or(Ok(1), |count| count.parse::<usize>());
                        let room = MAX_TEXT_BYTES.saturating_sub(shown.len()) + 1;
                        shown.extend(std::iter::repeat_n(' ', count.unwrap_or(1).min(room)));
                        xml.skip()?;
                    }
                    "tab" => {
                        shown.push('\t');
                        xml.skip()?;
                    }
                    "line-break" => {
                        shown.push('\n');
                        xml.skip()?;
                    }
                    // Notes and drawings that hang on the text, and how to pronounce it.
                    "annotation" | "note" | "frame" | "ruby-text" => xml.skip()?,
                    name => {
                        if name == "a" && link.is_none() {
                            *link = xml.attribute(element, "href")?.map(|target| target.into_owned());
                        }
                        depth += 1;
                    }
                }
            }
            Event::End(_) if depth == 0 => return Ok(()),
            Event::End(_) => depth -= 1,
            Event::GeneralRef(_) => {
                xml.append(&event, shown)?;
                after_blank = false;
            }
            _ => {
                piece.clear();
                xml.append(&event, &mut piece)?;
                for character in piece.chars() {
                    let is_blank = matches!(character, ' ' | '\t' | '\r' | '\n');
                    if !is_blank {
                        shown.push(character);
                    } else if !after_blank {
                        shown.push(' ');
                    }
                    after_blank = is_blank;
                }
            }
        }
    }
}
