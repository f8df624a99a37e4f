//! Files in, tables of typed cells out.

mod advice;
pub(crate) mod csv;
pub(crate) mod encoding;
pub(crate) mod file;
pub(crate) mod grid;
pub(crate) mod invalid_cell;
pub(crate) mod ods;
pub(crate) mod package;
pub(crate) mod refused;
pub(crate) mod room;
pub(crate) mod sheet;
pub(crate) mod table;
pub(crate) mod workbook;
pub(crate) mod xlsx;
pub(crate) mod xml;
