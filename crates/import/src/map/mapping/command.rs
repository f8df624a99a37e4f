//! Mappings on the command line: `--map 'Vendor answer=note'`.

use std::str::FromStr;

use diagnostics::{closest, one_of, quoted};

use crate::map::header::targets;
use crate::map::target::Target;

/// The name under which findings speak of what the command line maps.
pub const COMMAND_LINE: &str = "--map";

/// A column of a table and the one of the registry that it fills: `Vendor answer=note`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map {
    /// The header in the table.
    pub header: String,
    /// The column of the registry, as profiles name it; `#` for a column that is not read.
    pub column: String,
}

/// A text that maps no column.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidMap(String);

impl FromStr for Map {
    type Err = InvalidMap;

    /// Reads `HEADER=COLUMN`; a header may hold `=` itself.
    fn from_str(text: &str) -> Result<Self, InvalidMap> {
        let Some((header, column)) = text.rsplit_once('=') else {
            return Err(InvalidMap("write `HEADER=COLUMN`, such as `Vendor answer=note`".to_owned()));
        };
        let header = header.trim().to_owned();
        if column.trim() == "#" {
            return Ok(Self { header, column: "#".to_owned() });
        }
        if header.is_empty() {
            return Err(InvalidMap("there is no header before the `=`".to_owned()));
        }
        let target = Target::parse(column);
        if !target.is_known() {
            let column = quoted(column.trim());
            return Err(InvalidMap(format!("{column} is not a column of the registry: {}", meant(&target))));
        }
        Ok(Self { header, column: target.to_string() })
    }
}

/// Which column may be meant.
pub(super) fn meant(target: &Target) -> String {
    let is_possible = |column: &String| Target { column: column.clone(), ..target.clone() }.is_known();
    let columns: Vec<String> = targets().into_iter().filter(is_possible).collect();
    match closest(&target.column, columns.iter().map(String::as_str)) {
        Some(column) => format!("did you mean `{}`?", Target { column: column.to_owned(), ..target.clone() }),
        None => format!("write {}", one_of(columns.iter().map(String::as_str))),
    }
}
