//! How much a table may hold. What goes beyond is refused before it is kept.

/// The largest file that is read, in bytes: 256 MiB.
pub const MAX_FILE_BYTES: usize = 256 * 1024 * 1024;
/// The most rows of a table, its header aside.
pub const MAX_ROWS: usize = 2_000_000;
/// The most columns of a table.
pub const MAX_COLUMNS: usize = 500;
/// The most cells of a table that hold something.
pub const MAX_CELLS: usize = 50_000_000;
/// The longest text of a cell, in bytes: 1 MiB.
pub const MAX_TEXT_BYTES: usize = 1024 * 1024;
