//! How much a table may hold. What goes beyond is refused before it is kept.

/// The largest file that is read, in bytes: 256 MiB.
pub const MAX_FILE_BYTES: usize = 256 * 1024 * 1024;
/// The most that a workbook may hold unpacked, in bytes: 512 MiB. Counted while unpacking, since the
/// sizes that a zip archive tells of itself are claims.
pub const MAX_UNPACKED_BYTES: usize = 512 * 1024 * 1024;
/// The most parts of a workbook: files in its zip archive.
pub const MAX_PARTS: usize = 10_000;
/// The most rows of a table, its header aside.
pub const MAX_ROWS: usize = 2_000_000;
/// The most columns of a table.
pub const MAX_COLUMNS: usize = 500;
/// The most cells of a table that hold something.
pub const MAX_CELLS: usize = 20_000_000;
/// The longest text of a cell, in bytes: 1 MiB.
pub const MAX_TEXT_BYTES: usize = 1024 * 1024;
/// The most that the texts of a table may have together, in bytes: 512 MiB. A text that a workbook
/// holds once and shows in many cells counts once a cell.
pub const MAX_TABLE_BYTES: usize = 512 * 1024 * 1024;
