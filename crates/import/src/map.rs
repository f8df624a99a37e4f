//! What the columns and words of a table mean.

mod days;
pub(crate) mod draft;
mod forms;
pub(crate) mod guess;
pub(crate) mod header;
pub(crate) mod layout;
mod made;
pub(crate) mod mapped;
pub(crate) mod mapping;
pub(crate) mod names;
mod normal;
mod owners;
mod target;
pub(crate) mod typed;
mod vocabulary;
mod words;

use diagnostics::Finding;

use crate::map::mapped::Mapped;
use crate::map::names::Names;
use crate::options::Reading;
use crate::plan::faults::Fault;
use crate::read::table::Table;

/// A table with its columns and words in the form of the registry; nothing where its rows could not be read.
pub(crate) fn map(
    table: Table,
    reading: &Reading,
    names: &Names<'_>,
    findings: &mut Vec<Finding>,
    faults: &mut Vec<Fault>,
) -> Option<Mapped> {
    let layout = layout::read(&table, &reading.mapping, &names.registry().dimensions, findings)?;
    let made = match layout.is_plain {
        true => None,
        false => Some(made::make(&table, &layout, &reading.mapping, names, findings)?),
    };
    let mut mapped = Mapped::new(table, layout, made);
    normal::normalise(&mut mapped, reading, names, faults);
    Some(mapped)
}
