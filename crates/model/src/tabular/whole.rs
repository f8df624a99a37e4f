//! Checks whether a cell is unchanged since a table was exported.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::{Cell, Record};

/// The column of exported tables that holds the digest of each cell. A row that has it states its cell whole.
pub const WHOLE_MARK: &str = "#whole";

/// The fields of a cell that no table holds.
const UNTABLED: [&str; 3] = ["exceptions", "reviews", "flags"];

/// A digest of what tables hold of a cell: 16 hexadecimal digits after a letter, so that no spreadsheet takes
/// it for a number.
pub fn whole_digest(cell: &Cell) -> String {
    let mut hash = Sha256::new();
    for (name, value) in cell.fields().into_iter().filter(|(name, _)| !UNTABLED.contains(name)) {
        hash.update(format!("{name}={}\n", serde_json::Value::from(&value)));
    }
    let mut digest = "w".to_owned();
    for byte in hash.finalize().iter().take(8) {
        let _ = write!(digest, "{byte:02x}");
    }
    digest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Flag, Optional};

    #[test]
    fn it_changes_with_what_tables_hold_and_with_nothing_else() {
        let cell = Cell { headline: Optional::Known("x".to_owned()), ..Cell::default() };
        let flagged = Cell { flags: Optional::Known(vec![Flag::default()]), ..cell.clone() };
        let other = Cell { note: Optional::Known("x".to_owned()), ..Cell::default() };
        let digest = whole_digest(&cell);
        assert_eq!(digest.len(), 17);
        assert_eq!(digest, whole_digest(&flagged));
        assert_ne!(digest, whole_digest(&other));
    }
}
