//! Tables in, a plan of changes out.
//!
//! A reader turns a file into tables of typed cells and does nothing else. The header, with a mapping,
//! says what a table is about; the rows are applied to the registry, entity by entity, by
//! the same forms as data files. Nothing is written here: the plan holds the edits.

mod fault;
mod findings;
mod limits;
mod map;
mod options;
mod plan;
mod read;
mod rules;

use std::collections::BTreeSet;

use diagnostics::Finding;
use model::Registry;

use crate::fault::{fault, warning};
use crate::findings::Findings;
use crate::map::mapped::Mapped;
use crate::map::name_index::NameIndex;
use crate::read::room::Room;
use crate::rules::{PASSED_OVER, UNKNOWN_OWNER};

pub use limits::{
    MAX_CELLS, MAX_COLUMNS, MAX_ENCODED_BYTES, MAX_ENTRIES, MAX_EXAMINED, MAX_FAULTS, MAX_FAULTY, MAX_FIELDS,
    MAX_FILE_BYTES, MAX_FINDINGS_OF_CELL, MAX_HEADER_BYTES, MAX_MARKS, MAX_PARTS, MAX_ROWS,
    MAX_SHEET_NAME_BYTES, MAX_SHEETS, MAX_TEXT_BYTES, MAX_TEXTS_BYTES, MAX_UNPACKED_BYTES, SHOWN_OF_CELL,
};
pub use map::draft::draft;
pub use map::mapping::{COMMAND_LINE, InvalidMap, Map, Mapping};
pub use map::order::date_order;
pub use options::{Merging, Options, Reading};
pub use plan::places::TablePlaces;
pub use plan::{Conflict, EntityPlan, FieldChange, Left, Plan};
pub use read::encoding::{Encoding, UnknownEncoding};
pub use rules::UNREADABLE;

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
    /// The places of values in the tables.
    pub places: TablePlaces,
    /// The rows that were read, headers aside.
    pub rows: usize,
    /// Whether so much is wrong that not all was checked: the plan and the registry hold a part of it then.
    pub is_partial: bool,
}

/// Reads tables and compares them with the registry. Nothing is written.
///
/// ```
/// use import::{Input, Options, import};
/// use model::Registry;
///
/// let bytes = b"id,name\nacme,Acme\n".to_vec();
/// let table = Input { name: "organizations.csv".to_owned(), bytes };
/// let import = import(vec![table], Registry::default(), &Options::default());
/// assert!(import.findings.is_empty());
/// assert_eq!(import.registry.organizations["acme"].name.text(), "Acme");
/// ```
pub fn import(inputs: Vec<Input>, current: Registry, options: &Options) -> Import {
    let mut findings = Findings::default();
    let names = NameIndex::new(&current);
    let (mut room, mut rows) = (Room::default(), 0);
    let (mut tables, mut headers) = (Vec::new(), BTreeSet::new());
    // A file that could not be read may have the columns that are missing in the others.
    let mut all_read = true;
    for input in inputs {
        let found = read::file::read(input, &options.reading, &mut room, &mut findings);
        all_read &= !found.is_empty();
        for table in found {
            rows += table.count();
            headers.extend(table.headers.iter().cloned());
            tables.extend(map::map(table, &options.reading, &names, &mut room, &mut findings));
        }
    }
    if rows == 0 && findings.len() == 0 {
        let message = "the table has headers and no rows".to_owned();
        let told = |mapped: &Mapped| {
            fault(PASSED_OVER, mapped.table.whole(), message.clone(), "nothing is imported")
        };
        findings.extend(tables.iter().map(|mapped| warning(told(mapped))));
    }
    if all_read {
        options.reading.mapping.unused(&headers, &mut findings);
    }
    let groups = plan::rows::group(&tables, &current, &mut findings);
    let elsewhere = names.elsewhere(groups.entities.keys());
    let mut registry = current;
    let plan = plan::merge::merge(&tables, &groups, &mut registry, &options.merging, &mut findings);
    findings.amend(|finding| {
        let owner = elsewhere.get(&finding.place.subject.entity);
        if let (UNKNOWN_OWNER, Some(owner)) = (finding.rule, owner) {
            finding.help = Some(format!("did you mean `{owner}`?"));
        }
    });
    let is_partial = findings.is_full();
    let findings = findings.into_vec();
    Import { plan, registry, findings, places: TablePlaces::new(tables, groups), rows, is_partial }
}
