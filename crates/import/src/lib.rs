//! Tables in, a plan of changes out.
//!
//! A reader turns a file into tables of typed cells and does nothing else. The header, with a mapping,
//! says what a table is about; the rows are stated on what stands in the registry, entity by entity, by
//! the same forms as data files. Nothing is written here: the plan holds the edits.

mod limits;
mod map;
mod options;
mod plan;
mod read;
mod rules;
mod together;

use std::collections::BTreeSet;

use diagnostics::{Finding, TableCell};
use model::Registry;

use crate::map::mapped::Mapped;
use crate::map::names::Names;
use crate::read::table::{fault, warning};
use crate::rules::{PASSED_OVER, UNKNOWN_OWNER};

pub use limits::{
    MAX_CELLS, MAX_COLUMNS, MAX_FILE_BYTES, MAX_PARTS, MAX_ROWS, MAX_TABLE_BYTES, MAX_TEXT_BYTES,
    MAX_UNPACKED_BYTES,
};
pub use map::draft::draft;
pub use map::mapping::{COMMAND_LINE, InvalidMap, Map, Mapping};
pub use options::{Merging, Options, Reading};
pub use plan::places::TablePlaces;
pub use plan::{Conflict, EntityPlan, FieldChange, Left, Plan};
pub use read::encoding::{Encoding, UnknownEncoding};

/// A file to import.
#[derive(Debug, Clone)]
pub struct Input {
    /// Its path to show.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What came of reading tables: a plan, and the registry as it would be.
pub struct Import {
    /// What would change.
    pub plan: Plan,
    /// The registry as it would be.
    pub registry: Registry,
    /// What is wrong with the tables, in their order.
    pub findings: Vec<Finding>,
    /// Where in the tables what stands.
    pub places: TablePlaces,
    /// The rows that were read, headers aside.
    pub rows: usize,
}

/// Reads tables and compares them with the registry. Nothing is written.
pub fn import(inputs: Vec<Input>, current: Registry, options: &Options) -> Import {
    let mut findings = Vec::new();
    let names = Names::new(&current);
    let (mut faults, mut tables) = (Vec::new(), Vec::new());
    let mut rows = 0;
    let mut headers = BTreeSet::new();
    // A file that could not be read may have the columns that are missing in the others.
    let mut all_read = true;
    for input in inputs {
        let found = read::file::read(input, &options.reading, &mut findings);
        all_read &= !found.is_empty();
        for table in found {
            rows += table.count();
            headers.extend(table.headers.iter().cloned());
            tables.extend(map::map(table, &options.reading, &names, &mut findings, &mut faults));
        }
    }
    if rows == 0 && findings.is_empty() {
        let message = "the table has headers and no rows".to_owned();
        let told = |mapped: &Mapped| {
            fault(PASSED_OVER, mapped.table.whole(), message.clone(), "nothing is imported")
        };
        findings.extend(tables.iter().map(|mapped| warning(told(mapped))));
    }
    if all_read {
        options.reading.mapping.unused(&headers, &mut findings);
    }
    let groups = plan::rows::group(&tables, &current, &mut faults);
    let elsewhere = names.elsewhere(groups.entities.keys());
    let mut registry = current;
    let plan = plan::merge::merge(&tables, &groups, &mut registry, &options.merging, &mut faults);
    findings.extend(plan::faults::gather(faults));
    for finding in findings.iter_mut().filter(|finding| finding.rule == UNKNOWN_OWNER) {
        if let Some(owner) = elsewhere.get(&finding.place.subject.entity) {
            finding.help = Some(format!("did you mean `{owner}`?"));
        }
    }
    let findings = together::together(findings);
    Import { plan, registry, findings, places: TablePlaces::new(tables, groups), rows }
}

/// A finding of a table, with its place.
fn told(finding: Finding, cell: TableCell) -> Finding {
    Finding { location: Some(diagnostics::Location::Table(cell)), ..finding }
}
