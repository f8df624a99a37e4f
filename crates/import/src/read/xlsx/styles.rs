//! The number formats of cells (ECMA-376 part 1, section 18.8.30).

use std::collections::BTreeMap;
use std::sync::Arc;

use diagnostics::cut;

use crate::read::refused::Refused;
use crate::read::refused::few_marks;

/// The most characters of a code that are kept, to name it by.
const SHOWN_OF_CODE: usize = 80;

use crate::read::xml::{Event, Xml};

/// What a format makes of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Format {
    /// It shows as it is.
    Plain,
    /// It is the number of a day.
    Day,
    /// It is the number of a day, and shows as a month or a year.
    Month,
    /// It is a time of day or a duration.
    Time,
    /// It shows in another way, as this code says.
    Other(Arc<str>),
}

/// The formats of cells by their index.
#[derive(Debug, Default)]
pub(super) struct Styles(Vec<Format>);

impl Styles {
    /// Reads the formats.
    pub(super) fn read(part: &str, text: &str) -> Result<Self, Refused> {
        let mut xml = Xml::new(part, text);
        let mut codes = BTreeMap::new();
        let mut ids = Vec::new();
        let mut is_of_cells = false;
        loop {
            match xml.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "numFmt" => {
                        let id = xml.attribute(&element, "numFmtId")?;
                        let code = xml.attribute(&element, "formatCode")?;
                        if let (Some(Ok(id)), Some(code)) = (id.map(|id| id.parse::<u32>()), code) {
                            codes.insert(id, format(&code));
                            few_enough(codes.len())?;
                        }
                    }
                    "cellXfs" => is_of_cells = true,
                    "xf" if is_of_cells => {
                        let id = xml.attribute(&element, "numFmtId")?;
                        ids.push(id.and_then(|id| id.parse::<u32>().ok()).unwrap_or_default());
                        few_enough(ids.len())?;
                    }
                    _ => {}
                },
                Event::End(element) if element.local_name().as_ref() == "cellXfs" => is_of_cells = false,
                Event::Eof => break,
                _ => {}
            }
        }
        let format = |id: &u32| codes.get(id).cloned().unwrap_or_else(|| built_in(*id));
        Ok(Self(ids.iter().map(format).collect()))
    }

    /// The format of a style.
    pub(super) fn get(&self, index: usize) -> &Format {
        self.0.get(index).unwrap_or(&Format::Plain)
    }
}

/// Refuses a workbook of so many formats, if these are too many.
fn few_enough(formats: usize) -> Result<(), Refused> {
    let what = "the workbook has more than {} formats of cells";
    few_marks(formats, what, "save the table in a separate workbook")
}

/// The formats that have no code in the file. Numbers 27 to 36 and 50 to 58 are dates of East Asian
/// calendars, except for four that are times.
fn built_in(id: u32) -> Format {
    let other = |code: &str| Format::Other(code.into());
    match id {
        0 | 1 | 49 => Format::Plain,
        14..=16 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Format::Day,
        17 => Format::Month,
        18..=21 | 32..=35 | 45..=47 | 55 | 56 => Format::Time,
        2 | 4 => other("0.00"),
        3 => other("#,##0"),
        9 | 10 => other("0%"),
        11 | 48 => other("0.00E+00"),
        12 | 13 => other("# ?/?"),
        5..=8 | 37..=44 => other("currency"),
        _ => Format::Plain,
    }
}

/// What a code makes of a number: the letters of its first section that have a meaning, neither
/// quoted nor escaped, decide. `m` alone is a month; brackets hold colours and languages, but `[h]`,
/// `[m]` and `[s]` durations.
fn format(code: &str) -> Format {
    let mut letters = String::new();
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => {
                characters.find(|c| *c == '"');
            }
            '\\' | '_' | '*' => {
                characters.next();
            }
            '[' => {
                let within: String = characters.by_ref().take_while(|c| *c != ']').collect();
                let first = within.chars().next().unwrap_or_default().to_ascii_lowercase();
                if matches!(first, 'h' | 'm' | 's') && within.chars().all(|c| c.eq_ignore_ascii_case(&first))
                {
                    return Format::Time;
                }
            }
            ';' => break,
            character => letters.push(character.to_ascii_lowercase()),
        }
    }
    if code.trim().eq_ignore_ascii_case("general") || matches!(code.trim(), "0" | "@" | "#" | "") {
        return Format::Plain;
    }
    let letters = letters.replace("general", "").replace("am/pm", "h").replace("a/p", "h");
    let has = |letter: &[char]| letters.contains(letter);
    match (has(&['d']), has(&['y']), has(&['h', 's']), has(&['m'])) {
        (true, ..) => Format::Day,
        (_, true, ..) => Format::Month,
        (.., true, _) => Format::Time,
        (.., true) => Format::Month,
        _ => Format::Other(cut(code, SHOWN_OF_CODE).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_tell_days_from_times_and_numbers() {
        for code in ["General", "0", "@", "GENERAL"] {
            assert_eq!(format(code), Format::Plain, "{code}");
        }
        for code in ["yyyy-mm-dd", "d.m.yy", "[$-409]d-mmm-yy;@", "m/d/yy h:mm", "[Red]dd\\ mmmm"] {
            assert_eq!(format(code), Format::Day, "{code}");
        }
        for code in ["mmm-yy", "mmm", "yyyy", "[$-409]mmmm\\ yyyy;@", "\"day\" mm/yyyy"] {
            assert_eq!(format(code), Format::Month, "{code}");
        }
        for code in ["h:mm", "[h]:mm", "[mm]:ss", "mm:ss.0", "h:mm AM/PM"] {
            assert_eq!(format(code), Format::Time, "{code}");
        }
        for code in ["0.00", "0%", "00000", "#,##0 \"days\"", "[Red]0.0", "\"my\" 0", "0\\d", "0;yyyy"] {
            assert_eq!(format(code), Format::Other(code.into()), "{code}");
        }
        let built_in = [14, 17, 20, 1].map(built_in);
        assert_eq!(built_in, [Format::Day, Format::Month, Format::Time, Format::Plain]);
    }
}
