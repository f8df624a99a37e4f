//! The rules about tables that an import judges itself. Their pages are with the other rules'.

use diagnostics::RuleId;

/// A file, or a record of it, cannot be read as a table; or a row is about a data file that cannot be read or changed.
pub const UNREADABLE: RuleId = RuleId("table/unreadable");
/// A column has no header, or one that names no column of the registry.
pub(crate) const UNKNOWN_COLUMN: RuleId = RuleId("table/unknown-column");
/// Two columns of a table are the same column of the registry.
pub(crate) const REPEATED_COLUMN: RuleId = RuleId("table/repeated-column");
/// A table lacks a column that its kind needs.
pub(crate) const MISSING_COLUMN: RuleId = RuleId("table/missing-column");
/// A row lacks a value that it needs.
pub(crate) const MISSING_VALUE: RuleId = RuleId("table/missing-value");
/// A row names an owner that does not exist.
pub(crate) const UNKNOWN_OWNER: RuleId = RuleId("table/unknown-owner");
/// A value does not fit its column.
pub(crate) const WRONG_VALUE: RuleId = RuleId("table/wrong-value");
/// Several rows are about the same.
pub(crate) const DUPLICATE_ROW: RuleId = RuleId("table/duplicate-row");
/// A row would change a cell that a person has confirmed or corrected.
pub(crate) const REVIEWED_CELL: RuleId = RuleId("table/reviewed-cell");
/// A profile, or `--map`, does not fit the registry or the tables.
pub(crate) const WRONG_MAPPING: RuleId = RuleId("table/wrong-mapping");
/// Something in a file is not imported.
pub(crate) const PASSED_OVER: RuleId = RuleId("table/passed-over");
/// A value may not be what its author meant.
pub(crate) const DOUBTFUL_VALUE: RuleId = RuleId("table/doubtful-value");
/// A row says something of a source without its address.
pub(crate) const EVIDENCE_WITHOUT_URL: RuleId = RuleId("table/evidence-without-url");
/// A row has one address twice.
pub(crate) const REPEATED_URL: RuleId = RuleId("table/repeated-url");
/// Two columns of a row name different owners.
pub(crate) const TWO_OWNERS: RuleId = RuleId("table/two-owners");
/// A row repeats headers or holds a total.
pub(crate) const STRAY_ROW: RuleId = RuleId("table/stray-row");
/// An exported cell has changed since its export.
pub(crate) const CHANGED_SINCE_EXPORT: RuleId = RuleId("table/changed-since-export");
/// A text stays that was written for another status.
pub(crate) const OLD_TEXT: RuleId = RuleId("table/old-text");
