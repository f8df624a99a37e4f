//! The limits of an import: of all its files and tables together, unless a limit says otherwise. What exceeds it is
//! refused before it is kept, with the limit and the place. They bring every import within them to half a gibibyte of
//! memory, and its plan to a few seconds. What a row may state of a cell, `model::limits` says, as for data files.

/// The most bytes of the files: 100 MiB, with which an import needs less than 512 MiB of memory. Counted while reading,
/// since a file may grow, or be no plain file.
pub const MAX_FILE_BYTES: usize = 100 * 1024 * 1024;
/// The most bytes of a text file in another encoding than UTF-8, which may become three times as long: 40 MiB.
pub const MAX_ENCODED_BYTES: usize = 40 * 1024 * 1024;
/// The most that workbooks may hold unpacked, in bytes: 256 MiB. Counted while unpacking, since the sizes that a zip
/// archive states about itself are claims. A part that several sheets name counts once a sheet.
pub const MAX_UNPACKED_BYTES: usize = 256 * 1024 * 1024;
/// The most parts of a workbook: files in its zip archive.
pub const MAX_PARTS: usize = 10_000;
/// The most sheets of a workbook.
pub const MAX_SHEETS: usize = 1_000;
/// The longest name of a sheet, in bytes. Spreadsheet programs allow 31 characters.
pub const MAX_SHEET_NAME_BYTES: usize = 255;
/// The most rows that hold something, headers aside. One that repeats counts as often as it repeats.
pub const MAX_ROWS: usize = 122_000;
/// The most fields of a record of a CSV file, blank ones too: as many as a row of a spreadsheet has cells.
pub const MAX_FIELDS: usize = 16_384;
/// The most columns of a table: those of a cell with the most sources, and some 180 others.
pub const MAX_COLUMNS: usize = 1_200;
/// The most cells that hold something.
pub const MAX_CELLS: usize = 5_000_000;
/// The longest text of a cell, in bytes: 128 KiB, as much as a cell of a spreadsheet holds.
pub const MAX_TEXT_BYTES: usize = 128 * 1024;
/// The longest header, in bytes.
pub const MAX_HEADER_BYTES: usize = 2_000;
/// The most that the texts may have together, in bytes: 100 MiB. A text that a workbook holds once and shows in many
/// cells counts once a cell, and blanks count before they are taken off.
pub const MAX_TEXTS_BYTES: usize = 100 * 1024 * 1024;
/// The most sources, facts, parts and items of lists that all rows state together: a few bytes of a table make each of
/// them, and it takes a hundred times as many.
pub const MAX_ENTRIES: usize = 1_000_000;
/// The most merged ranges, links and notes of a sheet, formats of a workbook and relations of a part, each.
pub const MAX_MARKS: usize = 100_000;
/// The most faults that are listed. Equal faults of one column are one. With more than these the tables are not
/// checked any further, so that what is listed may not be all.
pub const MAX_FAULTS: usize = 10_000;
/// The most cells and rows at fault, those of equal faults one by one, until the tables are not checked any further.
pub const MAX_FAULTY: usize = 100_000;
/// The most cells of rows at fault that are looked at at length, with all that the structure says of them.
pub const MAX_EXAMINED: usize = 100_000;
/// The most findings of one table cell that are listed. The last of them says how many more there are.
pub const MAX_FINDINGS_OF_CELL: usize = 20;
/// The most characters of a table cell that a finding repeats.
pub const SHOWN_OF_CELL: usize = 200;
