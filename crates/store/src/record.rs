//! Reads records that are in no file.

use model::read::{Faults, read_record};
use model::{Plain, PlainRecord, Record};

/// A record that was read from outside the data folder.
#[derive(Debug)]
pub struct RecordVerdict<T> {
    /// What it says, as far as it could be read.
    pub value: T,
    /// Whether the structure refuses something that is there.
    pub is_refused: bool,
    /// Whether something is missing that the structure demands.
    pub is_missing: bool,
}

/// Reads a record that is in no file as if it were in one, so that tables and files are checked
/// alike.
pub fn judge_record<T: Record>(record: PlainRecord<'_>) -> RecordVerdict<T> {
    let mut faults = Faults::default();
    let value = read_record(Plain::Record(record), &mut faults);
    RecordVerdict { value, is_refused: faults.refused, is_missing: faults.missing }
}
