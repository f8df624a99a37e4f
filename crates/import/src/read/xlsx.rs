//! Workbooks of Office Open XML (ECMA-376, ISO/IEC 29500, transitional and strict): `.xlsx`.
//!
//! One pass over each part, in its own order: a cell is known by where the sheet says it is, and
//! nothing is asked of the size that a sheet claims to have.

mod notes;
mod number;
mod plain;
mod relations;
mod sheet;
mod strings;
mod styles;

use diagnostics::quoted;

use crate::read::package::Package;
use crate::read::refused::Refused;
use crate::read::room::Room;
use crate::read::sheet::{Sheet, too_many_sheets};
use crate::read::xml::{Event, Xml};
use relations::Relations;
use strings::Strings;
use styles::Styles;

/// What is taken off the ends of texts that do not ask to keep it, as spreadsheet programs do.
const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

/// What the sheets of a workbook share.
struct WorkbookParts {
    strings: Strings,
    styles: Styles,
    /// Whether day 0 is 1904-01-01.
    is_1904: bool,
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    is_hidden: bool,
    relation: String,
}

/// The name of the part that holds the workbook, if the archive is one of this kind.
pub(crate) fn workbook(package: &mut Package<'_>) -> Result<Option<String>, Refused> {
    let relations = Relations::of(package, "")?;
    let told = relations.first("officeDocument").map(str::to_owned);
    Ok(told.or_else(|| Some("xl/workbook.xml".to_owned())).filter(|part| package.has(part)))
}

/// Reads the sheets of a workbook. One that is not wanted keeps its place, without cells.
pub(crate) fn read(
    package: &mut Package<'_>,
    part: &str,
    wanted: &dyn Fn(&str) -> bool,
    room: &mut Room,
) -> Result<Vec<Sheet>, Refused> {
    let lacking = |part: &str| {
        Refused::new(format!("the workbook has no part {}", quoted(part)), "save the file again")
    };
    let text = package.text(part)?.ok_or_else(|| lacking(part))?;
    let (listed, is_1904) = list(part, &text)?;
    let relations = Relations::of(package, part)?;
    let mut shared = WorkbookParts { strings: Strings::default(), styles: Styles::default(), is_1904 };
    if let Some(part) = relations.first("sharedStrings")
        && let Some(text) = package.text(part)?
    {
        shared.strings = Strings::read(part, text)?;
    }
    if let Some(part) = relations.first("styles")
        && let Some(text) = package.text(part)?
    {
        shared.styles = Styles::read(part, &text)?;
    }
    let mut sheets = Vec::new();
    for Listed { name, is_hidden, relation } in listed {
        let target = relations.get(&relation).filter(|relation| relation.kind == "worksheet");
        let mut sheet = Sheet::new(name, is_hidden, *room)?;
        if let Some(part) = target.map(|relation| &relation.target)
            && wanted(&sheet.name)
        {
            let text = package.text(part)?.ok_or_else(|| lacking(part).within(&sheet.name))?;
            let links = Relations::of(package, part)?;
            sheet::read(part, &text, &shared, &links, &mut sheet)
                .and_then(|()| notes::read(package, &links, &mut sheet))
                .map_err(|error| error.within(&sheet.name))?;
            *room = sheet.grid.left();
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// The sheets that a workbook lists, and its epoch.
fn list(part: &str, text: &str) -> Result<(Vec<Listed>, bool), Refused> {
    let mut xml = Xml::new(part, text);
    let (mut listed, mut is_1904) = (Vec::new(), false);
    loop {
        let element = match xml.next()? {
            Event::Start(element) => element,
            Event::Eof => return Ok((listed, is_1904)),
            _ => continue,
        };
        let attribute =
            |name| xml.attribute(&element, name).map(|value| value.unwrap_or_default().into_owned());
        match element.local_name().as_ref() {
            "sheet" => {
                listed.push(Listed {
                    name: strings::unescape(&attribute("name")?).into_owned(),
                    is_hidden: matches!(attribute("state")?.as_str(), "hidden" | "veryHidden"),
                    relation: attribute("id")?,
                });
                too_many_sheets(listed.len())?;
            }
            // An extension may hold another element of this name, without the attribute.
            "workbookPr" => is_1904 |= matches!(attribute("date1904")?.as_str(), "1" | "true" | "on"),
            _ => {}
        }
    }
}
