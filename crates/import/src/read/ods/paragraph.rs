//! The text of a cell (OpenDocument 1.3 part 3, section 6.1). Blanks in a row are one by the standard,
//! and further spaces are written as elements; but programs write spaces as they are, and read them
//! so. Only blanks that hold a line end or a tab are the layout of the XML, and come to one.

use crate::limits::MAX_TEXT_BYTES;
use crate::read::refused::Refused;
use crate::read::xml::{Event, Xml};

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
    let (mut depth, mut is_start, mut piece) = (0, true, String::new());
    loop {
        let event = xml.next()?;
        match &event {
            Event::Start(element) => {
                let name = element.local_name();
                is_start &= !matches!(name.as_ref(), "s" | "tab" | "line-break");
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
                is_start = false;
            }
            _ => {
                piece.clear();
                xml.append(&event, &mut piece)?;
                append(&piece, &mut is_start, shown);
            }
        }
    }
}

/// Appends a text of the XML. `is_start` says whether only spaces came before it.
fn append(text: &str, is_start: &mut bool, shown: &mut String) {
    const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];
    let mut rest = text;
    while !rest.is_empty() {
        let (blanks, after) = rest.split_at(rest.len() - rest.trim_start_matches(BLANKS).len());
        let is_layout = blanks.contains(&BLANKS[1..]);
        match is_layout {
            true if *is_start => {}
            true => shown.push(' '),
            false => shown.push_str(blanks),
        }
        let (word, next) = after.split_at(after.find(BLANKS).unwrap_or(after.len()));
        shown.push_str(word);
        *is_start &= word.is_empty();
        rest = next;
    }
}
