//! Workbooks made by hand, so that each part of one can be made wrong.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The parts of a workbook by their names.
#[derive(Clone)]
pub(crate) struct Book(Vec<(String, Vec<u8>)>);

const WORKSHEET: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

impl Book {
    /// A workbook of Office Open XML: each sheet by its name, the attributes of its entry in the
    /// workbook, and what its `worksheet` holds.
    pub(crate) fn xlsx(sheets: &[(&str, &str, &str)]) -> Self {
        let (mut listed, mut related) = (String::new(), String::new());
        let mut book = Self(Vec::new());
        for (at, (name, attributes, content)) in sheets.iter().enumerate() {
            let id = at + 1;
            listed +=
                &format!(r#"<sheet name="{}" sheetId="{id}" {attributes} r:id="rId{id}"/>"#, escape(name));
            related += &relation(&format!("rId{id}"), "worksheet", &format!("worksheets/sheet{id}.xml"));
            let sheet =
                format!(r#"<worksheet xmlns="{WORKSHEET}" xmlns:r="{RELATIONSHIPS}">{content}</worksheet>"#);
            book = book.with(&format!("xl/worksheets/sheet{id}.xml"), sheet);
        }
        related += &relation("rIdStrings", "sharedStrings", "sharedStrings.xml");
        related += &relation("rIdStyles", "styles", "styles.xml");
        book.with("_rels/.rels", relations(&relation("rId1", "officeDocument", "xl/workbook.xml")))
            .with("xl/_rels/workbook.xml.rels", relations(&related))
            .with(
                "xl/workbook.xml",
                format!(
                    r#"<workbook xmlns="{WORKSHEET}" xmlns:r="{RELATIONSHIPS}"><sheets>{listed}</sheets></workbook>"#
                ),
            )
    }

    /// A workbook with one sheet, by what its `sheetData` holds.
    pub(crate) fn sheet(data: &str) -> Self {
        Self::xlsx(&[("cells", "", &format!("<sheetData>{data}</sheetData>"))])
    }

    /// A workbook of OpenDocument, by what its `office:spreadsheet` holds.
    pub(crate) fn ods(tables: &str) -> Self {
        Self::ods_styled("", tables)
    }

    /// As [`Self::ods`], with automatic styles.
    pub(crate) fn ods_styled(styles: &str, tables: &str) -> Self {
        const NAMES: [&str; 8] = ["office", "table", "text", "style", "number", "dc", "calcext", "xlink"];
        let names: String = NAMES.iter().map(|name| format!(r#" xmlns:{name}="urn:{name}""#)).collect();
        let content = format!(
            "<office:document-content{names}><office:automatic-styles>{styles}</office:automatic-styles>\
             <office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
        );
        Self(Vec::new())
            .with("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            .with("content.xml", content)
    }

    /// Adds a part, or gives one another content.
    pub(crate) fn with(mut self, name: &str, content: impl Into<Vec<u8>>) -> Self {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), content.into()));
        self
    }

    /// Takes a part out.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self
    }

    /// Changes the text of a part.
    pub(crate) fn replace(self, name: &str, from: &str, to: &str) -> Self {
        let (_, content) = self.0.iter().find(|(known, _)| known == name).unwrap();
        let text = String::from_utf8(content.clone()).unwrap();
        assert!(text.contains(from), "{from} in {text}");
        let text = text.replace(from, to);
        self.with(name, text)
    }

    /// The archive.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for (name, content) in &self.0 {
            archive.start_file(name.as_str(), options).unwrap();
            archive.write_all(content).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }
}

/// A relation of a part.
pub(crate) fn relation(id: &str, kind: &str, target: &str) -> String {
    let mode = if kind == "hyperlink" { r#" TargetMode="External""# } else { "" };
    format!(r#"<Relationship Id="{id}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"{mode}/>"#)
}

/// The relations of a part.
pub(crate) fn relations(relations: &str) -> String {
    format!(r#"<Relationships xmlns="{PACKAGE}">{relations}</Relationships>"#)
}

/// Rows of texts for `sheetData`, from a row on; an empty text is no cell.
pub(crate) fn rows_from(first: usize, rows: &[Vec<String>]) -> String {
    let mut xml = String::new();
    for (at, row) in rows.iter().enumerate() {
        let number = first + at;
        xml += &format!(r#"<row r="{number}">"#);
        for (column, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let letter = letter(column);
            xml += &format!(
                r#"<c r="{letter}{number}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>"#,
                excel_escape(text)
            );
        }
        xml += "</row>";
    }
    xml
}

/// A table of OpenDocument with rows of texts.
pub(crate) fn ods_table(name: &str, rows: &[Vec<String>]) -> String {
    let mut xml = format!(r#"<table:table table:name="{}">"#, escape(name));
    for row in rows {
        xml += "<table:table-row>";
        for text in row {
            xml += &ods_text(text);
        }
        xml += "</table:table-row>";
    }
    xml + "</table:table>"
}

/// A cell of OpenDocument with a text.
pub(crate) fn ods_text(text: &str) -> String {
    if text.is_empty() {
        return "<table:table-cell/>".to_owned();
    }
    let mut paragraphs = String::new();
    for line in text.split('\n') {
        let mut shown = String::new();
        for character in line.chars() {
            match character {
                ' ' => shown += "<text:s/>",
                '\t' => shown += "<text:tab/>",
                other => shown += &escape(&other.to_string()),
            }
        }
        paragraphs += &format!("<text:p>{shown}</text:p>");
    }
    format!(r#"<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>"#)
}

/// The letters of a column, from 0.
pub(crate) fn letter(column: usize) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    if column < 26 { last.to_string() } else { letter(column / 26 - 1) + &last.to_string() }
}

/// A text in XML.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace('\r', "&#13;")
}

/// A text in a cell of Office Open XML, which escapes what XML cannot hold.
fn excel_escape(text: &str) -> String {
    let mut escaped = String::new();
    for character in escape(&text.replace("_x", "_x005F_x")).replace("&#13;", "\r").chars() {
        match character {
            '\t' | '\n' => escaped.push(character),
            c if u32::from(c) < 0x20 || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                escaped += &format!("_x{:04X}_", u32::from(c));
            }
            c => escaped.push(c),
        }
    }
    escaped
}
