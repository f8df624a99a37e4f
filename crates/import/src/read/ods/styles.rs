//! Finds cells that show a date without its day, such as `May-26` (OpenDocument 1.3 part 3, sections 16.2 and 16.29).

use std::collections::{BTreeMap, BTreeSet};

use crate::read::refused::Refused;
use crate::read::refused::few_marks;
use crate::read::xml::{Element, Xml};

/// The styles of a document, as far as they say how a day shows.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// The style that is being read, and the format of days.
    style: String,
    format: String,
    /// The format that each style of cells has.
    formats: BTreeMap<String, String>,
    /// The formats of days that show no day.
    without_day: BTreeSet<String>,
    /// The styles of tables that do not show.
    hidden: BTreeSet<String>,
}

impl Styles {
    /// Takes in an element among the styles; others mean nothing here.
    pub(super) fn element(&mut self, xml: &Xml<'_>, element: &Element<'_>) -> Result<(), Refused> {
        let attribute =
            |name| xml.attribute(element, name).map(|value| value.unwrap_or_default().into_owned());
        match element.local_name().as_ref() {
            "style" => {
                self.style = attribute("name")?;
                let format = attribute("data-style-name")?;
                if !format.is_empty() {
                    self.formats.insert(self.style.clone(), format);
                }
            }
            "table-properties" if attribute("display")? == "false" => {
                self.hidden.insert(self.style.clone());
            }
            "date-style" => {
                self.format = attribute("name")?;
                self.without_day.insert(self.format.clone());
            }
            "day" => {
                self.without_day.remove(&self.format);
            }
            _ => {}
        }
        let styles = self.formats.len() + self.without_day.len() + self.hidden.len();
        few_marks(styles, "the workbook has more than {} styles", "save the table in a separate workbook")
    }

    /// Returns whether a table of this style does not show.
    pub(super) fn is_hidden(&self, style: &str) -> bool {
        self.hidden.contains(style)
    }

    /// Returns whether a cell of this style shows a day without its day.
    pub(super) fn is_month(&self, style: &str) -> bool {
        self.formats.get(style).is_some_and(|format| self.without_day.contains(format))
    }
}
