//! A cell: its value and what it shows (OpenDocument 1.3 part 3, sections 9.1.4 and 19.385).

use diagnostics::quoted;
use model::Date;

use super::paragraph;
use crate::limits::MAX_TEXT_BYTES;
use crate::read::grid::CellKind;
use crate::read::refused::Refused;
use crate::read::xml::{Element, Event, Xml};

/// A cell as it was read.
#[derive(Debug, Default)]
pub(super) struct Cell {
    pub(super) kind: CellKind,
    pub(super) text: String,
    pub(super) is_formula: bool,
    /// As in [`crate::read::grid::Cell::detail`].
    pub(super) detail: Option<String>,
    /// The note on it.
    pub(super) note: Option<String>,
    /// The rows and columns that it covers beside its own.
    pub(super) span: (u32, u16),
    /// What is wrong with it, and what to do.
    pub(super) fault: Option<(String, &'static str)>,
}

/// What the attributes of a cell say.
#[derive(Default)]
struct Stated {
    kind: String,
    value: String,
    is_error: bool,
    formula: Option<String>,
}

impl Cell {
    /// Reads the cell that has just begun, up to its end.
    pub(super) fn read(xml: &mut Xml<'_>, element: &Element<'_>) -> Result<Self, Refused> {
        let mut stated = Stated::default();
        let mut cell = Self::default();
        for attribute in element.attributes().with_checks(false) {
            let broken = |error: &dyn std::fmt::Display| xml.broken(&error.to_string());
            let attribute = attribute.map_err(|error| broken(&error))?;
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
            let value = value.map_err(|error| broken(&error))?;
            match attribute.key.as_ref() {
                "office:value-type" => stated.kind = value.into_owned(),
                "calcext:value-type" => stated.is_error = value == "error",
                "office:value"
                | "office:date-value"
                | "office:time-value"
                | "office:boolean-value"
                | "office:string-value" => stated.value = value.into_owned(),
                "table:formula" => stated.formula = Some(value.into_owned()),
                "table:number-rows-spanned" => {
                    cell.span.0 = value.parse::<u32>().unwrap_or(1).saturating_sub(1)
                }
                "table:number-columns-spanned" => {
                    cell.span.1 = value.parse::<u16>().unwrap_or(1).saturating_sub(1);
                }
                _ => {}
            }
        }
        let mut shown = None;
        loop {
            match xml.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "p" | "h" => paragraph::read(xml, &mut shown, &mut cell.detail)?,
                    "annotation" => cell.note = Some(note(xml)?),
                    // Drawings and what else is not the text of the cell.
                    _ => xml.skip()?,
                },
                Event::End(_) => break,
                _ => {}
            }
        }
        cell.value(stated, shown);
        if cell.text.len() > MAX_TEXT_BYTES {
            cell.fault = Some(("the text has more than 128 KiB".to_owned(), "shorten it"));
        }
        Ok(cell)
    }

    /// What the value means, and what it shows.
    fn value(&mut self, stated: Stated, shown: Option<String>) {
        let link = self.detail.take();
        self.is_formula = stated.formula.is_some();
        let is_blank = shown.as_ref().is_none_or(|shown| shown.trim().is_empty());
        (self.kind, self.text) = match stated.kind.as_str() {
            _ if stated.is_error => (CellKind::Error, shown.unwrap_or_else(|| "an error".to_owned())),
            "" if is_blank && let Some(formula) = stated.formula => (CellKind::Uncalculated, formula),
            "" => (CellKind::Text, shown.unwrap_or_default()),
            "string" => {
                let text = shown.unwrap_or(stated.value);
                let same =
                    |link: &String| link.trim().trim_end_matches('/') == text.trim().trim_end_matches('/');
                self.detail = link.filter(|link| !same(link));
                (CellKind::Text, text)
            }
            "boolean" => {
                (CellKind::Boolean, if stated.value == "true" { "TRUE" } else { "FALSE" }.to_owned())
            }
            "date" => {
                let (date, time) = stated.value.split_once('T').unwrap_or((&stated.value, ""));
                let is_midnight = time.chars().all(|c| matches!(c, '0' | ':' | '.' | ','));
                match date.parse::<Date>() {
                    Ok(date) if is_midnight => (CellKind::Date, date.to_string()),
                    _ => (CellKind::Time, stated.value.replace('T', " ")),
                }
            }
            "time" => (CellKind::Time, shown.unwrap_or(stated.value)),
            "float" | "percentage" | "currency" => match stated.value.trim().parse::<f64>() {
                Ok(value) if value.is_finite() => {
                    let (kind, text) = CellKind::of_number(value);
                    let shown = shown.unwrap_or_else(|| text.clone());
                    let is_plain = stated.kind == "float" && shown == text;
                    self.detail = (!is_plain).then_some(shown);
                    (if is_plain { kind } else { CellKind::Number }, text)
                }
                _ => self.refuse(format!("{} is not a number", quoted(&stated.value))),
            },
            kind => {
                let message = format!("the cell has the type {}, which no standard defines", quoted(kind));
                self.refuse(message)
            }
        };
    }

    fn refuse(&mut self, message: String) -> (CellKind, String) {
        self.fault = Some((message, "open the workbook in a spreadsheet program and save it again"));
        (CellKind::Text, "?".to_owned())
    }
}

/// The text of the note that has just begun, up to its end.
fn note(xml: &mut Xml<'_>) -> Result<String, Refused> {
    let mut shown = None;
    loop {
        match xml.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "p" | "h" => paragraph::read(xml, &mut shown, &mut None)?,
                // Who wrote it, and when.
                _ => xml.skip()?,
            },
            Event::End(_) => return Ok(shown.unwrap_or_default()),
            _ => {}
        }
    }
}
