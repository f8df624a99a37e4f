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
pub(crate) mod order;
mod owners;
mod target;
pub(crate) mod typed;
mod vocabulary;
mod words;

use crate::findings::Findings;
use crate::limits::{MAX_ENTRIES, Room};
use crate::map::mapped::Mapped;
use crate::map::names::Names;
use crate::options::Reading;
use crate::read::table::{Table, fault};
use crate::rules::UNREADABLE;

/// A table with its columns and words in the form of the registry; nothing where its rows could not be read.
pub(crate) fn map(
    table: Table,
    reading: &Reading,
    names: &Names<'_>,
    room: &mut Room,
    findings: &mut Findings,
) -> Option<Mapped> {
    let layout = layout::read(&table, &reading.mapping, &names.registry().dimensions, findings)?;
    let made = match layout.is_plain {
        true => None,
        false => Some(made::make(&table, &layout, &reading.mapping, names, room, findings)?),
    };
    let mut mapped = Mapped::new(table, layout, made);
    room.entries = room.entries.checked_sub(mapped.entries()).or_else(|| {
        let message = format!(
            "the import states more than {MAX_ENTRIES} sources, facts, parts and items of lists together"
        );
        findings.push(fault(UNREADABLE, mapped.table.whole(), message, "split the table"));
        None
    })?;
    normal::normalise(&mut mapped, reading, names, room, findings)?;
    Some(mapped)
}
