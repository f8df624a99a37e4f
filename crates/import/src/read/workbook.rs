//! Selects the sheets of a workbook that are tables, and reports the others.

use std::collections::{BTreeMap, BTreeSet};

use diagnostics::{Finding, closest, count, one_of, quoted};

use crate::fault::{at_row, fault, notice, warning};
use crate::findings::Findings;
use crate::limits::MAX_COLUMNS;
use crate::map::guess;
use crate::map::seek::SOUGHT;
use crate::map::{header, seek};
use crate::options::Reading;
use crate::read::grid::{CellKind, Grid};
use crate::read::package::Package;
use crate::read::refused::Refused;
use crate::read::room::Room;
use crate::read::sheet::Sheet;
use crate::read::table::Table;
use crate::read::{ods, xlsx};
use crate::rules::{DOUBTFUL_VALUE, PASSED_OVER, UNREADABLE};

/// Returns whether a sheet is to be read: those that are named, else all.
fn is_wanted(name: &str, options: &Reading) -> bool {
    options.sheets.is_empty() || options.sheets.iter().any(|wanted| is_name(wanted, name))
}

fn is_name(wanted: &str, name: &str) -> bool {
    wanted.trim().to_lowercase() == name.trim().to_lowercase()
}

/// What to do about a sheet without headers.
const BEGINS: &str = "a table begins with its headers, such as `owner`, `dimension` and `status`";

/// Reads the tables of a workbook.
pub(crate) fn read(
    file: &str,
    bytes: &[u8],
    options: &Reading,
    room: &mut Room,
    findings: &mut Findings,
) -> Vec<Table> {
    match sheets(bytes, options, room) {
        Ok(sheets) => tables(file, sheets, options, findings),
        Err(refused) => {
            findings.push(refused.finding(file));
            Vec::new()
        }
    }
}

/// The cells of the sheets that show, or that are named.
pub(crate) fn grids(bytes: &[u8], options: &Reading) -> Vec<(Option<String>, Grid)> {
    let is_shown = |sheet: &Sheet| !options.sheets.is_empty() || !sheet.is_hidden;
    let sheets =
        sheets(bytes, options, &mut Room::default()).unwrap_or_default().into_iter().filter(is_shown);
    sheets.map(|sheet| (Some(sheet.name), sheet.grid)).collect()
}

fn sheets(bytes: &[u8], options: &Reading, room: &mut Room) -> Result<Vec<Sheet>, Refused> {
    let mut package = Package::open(bytes, room.unpacked)?;
    let wanted = |name: &str| is_wanted(name, options);
    let sheets = if let Some(part) = xlsx::workbook(&mut package)? {
        xlsx::read(&mut package, &part, &wanted, room)?
    } else if ods::is_document(&package) {
        ods::read(&mut package, &wanted, room)?
    } else {
        let (what, help) = [
            ("xl/workbook.bin", "a binary workbook (.xlsb)", "save it as .xlsx"),
            ("word/document.xml", "a text document (.docx)", "save its table as .xlsx, .ods or CSV"),
            ("ppt/presentation.xml", "a presentation (.pptx)", "save its table as .xlsx, .ods or CSV"),
            ("Index/Document.iwa", "a workbook of Apple Numbers", "export it as .xlsx or CSV"),
            ("Index.zip", "a workbook of Apple Numbers", "export it as .xlsx or CSV"),
        ]
        .iter()
        .find(|(part, ..)| package.has(part))
        .map_or(
            ("a zip archive that is not a workbook", "unpack it, and import the tables within"),
            |found| (found.1, found.2),
        );
        return Err(Refused::new(format!("this is {what}"), help));
    };
    room.unpacked = package.finish()?;
    Ok(sheets)
}

/// The tables among the sheets.
fn tables(file: &str, sheets: Vec<Sheet>, options: &Reading, findings: &mut Findings) -> Vec<Table> {
    let before = findings.errors();
    unknown_sheets(file, &sheets, options, findings);
    let names: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
    let mut passed = Vec::new();
    let mut tables = Vec::new();
    for sheet in sheets {
        let place = diagnostics::TableCell { sheet: Some(sheet.name.clone()), ..at_row(file, None) };
        let tell = |message: &str, help: &str| fault(PASSED_OVER, place.clone(), message.to_owned(), help);
        let is_named = !options.sheets.is_empty();
        let Some(first) = sheet.grid.rows(0..sheet.grid.len()).find(|row| !row.is_blank()) else {
            if is_named || !sheet.is_hidden {
                faults_of(sheet.faults, sheet.more_faults, &sheet.name, file, findings);
            }
            continue;
        };
        if !is_named && first.number() == 1 && first.text(0).trim_start().starts_with('#') {
            let help = "its cell A1 begins with `#`, which makes it a sheet of remarks";
            findings.push(notice(tell("the sheet was skipped", help)));
            continue;
        }
        if !is_named && sheet.is_hidden {
            let finding = tell(
                "the sheet is hidden and was skipped",
                "to import it, unhide it or name it with `--sheet`",
            );
            let is_table = seek::seek(&sheet.grid, &options.mapping).is_some_and(|(_, known)| known > 1);
            findings.push(if is_table { warning(finding) } else { notice(finding) });
            continue;
        }
        match seek::seek(&sheet.grid, &options.mapping) {
            // A single known column is no table: any list of names has one.
            Some((row, known)) if known > 1 || is_named => tables.push((sheet, row)),
            _ => {
                passed.push((sheet.name.clone(), guess::advice(&sheet.grid, file)));
                faults_of(sheet.faults, sheet.more_faults, &sheet.name, file, findings);
            }
        }
    }
    let tables = headed(file, tables, options, findings);
    let is_refused = tables.is_empty() && findings.errors() == before;
    for (name, advice) in &passed {
        let place = diagnostics::TableCell { sheet: Some(name.clone()), ..at_row(file, None) };
        let message = format!("none of the first {SOUGHT} rows has the headers of a table");
        findings.push(if is_refused {
            fault(UNREADABLE, place, message, advice.as_deref().unwrap_or(BEGINS))
        } else {
            warning(fault(PASSED_OVER, place, message, "the sheet was skipped"))
        });
    }
    if is_refused && passed.is_empty() {
        let message =
            format!("the workbook has no table; its sheets are {}", one_of(names.iter().map(String::as_str)));
        findings.push(fault(UNREADABLE, at_row(file, None), message, BEGINS));
    }
    tables
}

/// Reports what is wrong with single cells of a sheet.
fn faults_of(faults: Vec<Refused>, more: usize, sheet: &str, file: &str, findings: &mut Findings) {
    findings.extend(faults.into_iter().map(|refused| refused.within(sheet).finding(file)));
    if more > 0 {
        findings.leave_out(more, diagnostics::Severity::Error, file);
    }
}

/// The sheets as tables, without those that an export makes for readers.
fn headed(file: &str, sheets: Vec<(Sheet, usize)>, options: &Reading, findings: &mut Findings) -> Vec<Table> {
    let mut tables = Vec::new();
    for (mut sheet, header) in sheets {
        if options.fill_merged
            && let Err(refused) = sheet.fill_merged()
        {
            findings.push(refused.within(&sheet.name).finding(file));
            continue;
        }
        let row = sheet.grid.row(header);
        let width = row.cells().next_back().map_or(0, |cell| cell.column + 1);
        let headers = (0..width.min(MAX_COLUMNS)).map(|column| row.text(column).to_owned()).collect();
        let Sheet { name, grid, merged, faults, more_faults, notes, .. } = sheet;
        let table = Table { file: file.to_owned(), sheet: Some(name), headers, grid, header }.unguarded();
        if width > MAX_COLUMNS {
            let message = format!("the table has more than {MAX_COLUMNS} columns");
            findings.push(fault(UNREADABLE, table.whole(), message, "split the table"));
            continue;
        }
        if header::is_evidence_view(&table) && options.sheets.is_empty() {
            let help = "the `source_…` columns of the cells have the evidence";
            let message = "the sheet shows the evidence to readers and was skipped".to_owned();
            findings.push(notice(fault(PASSED_OVER, table.whole(), message, help)));
            continue;
        }
        let sheet = table.sheet.clone().unwrap_or_default();
        faults_of(faults, more_faults, &sheet, file, findings);
        if !options.fill_merged {
            findings.extend(merged.iter().filter_map(|region| table.merged(region)));
        }
        findings.extend(table.gap());
        findings.extend(noted(&table, &notes));
        formulas(&table, findings);
        tables.push(table);
    }
    tables
}

/// Reports the notes on cells below the headers, at the first of them. What explains a header is no answer.
fn noted(table: &Table, notes: &BTreeMap<(u32, u16), String>) -> Option<Finding> {
    let header = table.whole().row.unwrap_or_default();
    let is_read = |column: u16| {
        table.headers.get(usize::from(column)).is_none_or(|header| !header.trim_start().starts_with('#'))
    };
    let mut below = notes.iter().filter(|((row, column), _)| u64::from(*row) > header && is_read(*column));
    let ((row, column), text) = below.next()?;
    let others = match below.count() {
        0 => String::new(),
        others => format!(", and {others} more cells have one"),
    };
    let place = table.place(*row, usize::from(*column));
    let message = format!("the cell has a note, {}{others}: notes are not imported", quoted(text));
    Some(warning(fault(PASSED_OVER, place, message, "write important texts into the table")))
}

/// Reports the columns that have formulas, once each.
fn formulas(table: &Table, findings: &mut Findings) {
    let mut columns = vec![(None, 0_usize); table.headers.len()];
    for row in table.rows() {
        let is_told = |kind| matches!(kind, CellKind::Error | CellKind::Uncalculated);
        for cell in row.cells().filter(|cell| cell.is_formula && !is_told(cell.kind)) {
            if let Some((first, number)) = columns.get_mut(cell.column) {
                first.get_or_insert(row);
                *number += 1;
            }
        }
    }
    for (column, (first, number)) in columns.into_iter().enumerate() {
        let Some(row) = first.filter(|_| !table.headers[column].trim_start().starts_with('#')) else {
            continue;
        };
        let message = match number {
            1 => "the value comes from a formula".to_owned(),
            _ => format!("the value comes from a formula, like {} of this column", count(number, "value")),
        };
        let help = "the stored result of the formula is imported: check that it was up to date";
        findings.push(warning(fault(DOUBTFUL_VALUE, table.cell(row, column), message, help)));
    }
}

/// Reports requested sheets that do not exist.
fn unknown_sheets(file: &str, sheets: &[Sheet], options: &Reading, findings: &mut Findings) {
    let names: BTreeSet<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    for wanted in &options.sheets {
        if names.iter().any(|name| is_name(wanted, name)) {
            continue;
        }
        let help = match closest(wanted, names.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("there is {}", one_of(names.iter().copied())),
        };
        let message = format!("there is no sheet {}", quoted(wanted));
        findings.push(fault(UNREADABLE, at_row(file, None), message, &help));
    }
}
