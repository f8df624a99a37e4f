//! The formats of the cells of a workbook.

use model::Status;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::Grade;

const INK: u32 = 0x1F3A5F;
const LINE: u32 = 0xD0D7DE;

/// The formats of a workbook.
pub(super) struct Styles {
    /// The first line of a sheet for readers.
    pub(super) title: Format,
    /// What is below it.
    pub(super) lead: Format,
    /// The name of a column.
    pub(super) header: Format,
    /// The name of a column that every row must fill in.
    pub(super) required: Format,
    /// The name above a group of columns.
    pub(super) group: Format,
    /// A cell of a table that is imported: text, whatever is typed into it.
    pub(super) input: Format,
    /// A text for readers.
    pub(super) body: Format,
    /// A text for readers that names its row.
    pub(super) name: Format,
    /// An address that can be followed.
    pub(super) link: Format,
    grades: Vec<(Grade, Format)>,
}

impl Styles {
    pub(super) fn new() -> Self {
        let top = Format::new().set_align(FormatAlign::Top);
        let header =
            top.clone().set_bold().set_text_wrap().set_font_color(Color::White).set_border_color(LINE);
        let boxed = top.clone().set_text_wrap().set_border(FormatBorder::Thin).set_border_color(LINE);
        Self {
            title: Format::new().set_bold().set_font_size(16).set_font_color(INK),
            lead: Format::new().set_font_color(0x57606A),
            header: header.clone().set_background_color(0x4B6A8F),
            required: header.clone().set_background_color(INK),
            group: header.set_background_color(INK).set_align(FormatAlign::Center),
            input: top.clone().set_text_wrap().set_num_format("@"),
            body: boxed.clone(),
            name: boxed.clone().set_bold(),
            link: boxed.set_font_color(0x0550AE),
            grades: Grade::all().map(|grade| (grade, self::grade(grade))).collect(),
        }
    }

    /// The colour of a grade. It is always shown with a sign and a word.
    pub(super) fn grade(&self, grade: Grade) -> &Format {
        let found = self.grades.iter().find(|(one, _)| *one == grade);
        found.map_or(&self.body, |(_, format)| format)
    }
}

/// The mark of an answer that holds only after something is set or approved.
pub(super) const SETTING: &str = "†";

/// The mark of a public yes that is to be checked first.
pub(super) const CHECK: &str = "!";

/// A mark for a grade, none that a program draws as a picture: the fonts of spreadsheets have it.
pub(super) fn mark(grade: Grade) -> &'static str {
    match grade {
        Grade::Status(Status::YesPublic) => "✓",
        Grade::Status(Status::YesSalesGated) => "◆",
        Grade::Status(Status::Partial) => "◐",
        Grade::Status(Status::Unclear) => "?",
        Grade::Status(Status::NoPublicEvidence) => "○",
        Grade::Status(Status::No) => "✗",
        Grade::NotApplicable => "–",
        Grade::Missing | Grade::Unreadable => "∅",
    }
}

fn grade(grade: Grade) -> Format {
    let (ground, ink) = match grade {
        Grade::Status(Status::YesPublic) => (0xDAF2DC, 0x0B5A1E),
        Grade::Status(Status::YesSalesGated) => (0xDCE9F9, 0x0B3D78),
        Grade::Status(Status::Partial) => (0xFFF1C2, 0x6B4A00),
        Grade::Status(Status::Unclear) => (0xFBE3D0, 0x7A3300),
        Grade::Status(Status::NoPublicEvidence) => (0xECEEF0, 0x3D444D),
        Grade::Status(Status::No) => (0xFBD9DB, 0x8B0A14),
        Grade::NotApplicable | Grade::Missing | Grade::Unreadable => (0xFFFFFF, 0x57606A),
    };
    Format::new()
        .set_background_color(ground)
        .set_font_color(ink)
        .set_border(FormatBorder::Thin)
        .set_border_color(LINE)
        .set_align(FormatAlign::Top)
        .set_text_wrap()
}
