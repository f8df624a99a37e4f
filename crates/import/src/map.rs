//! Interprets the columns and words of a table.

mod days;
pub(crate) mod destination;
pub(crate) mod draft;
mod forms;
pub(crate) mod guess;
pub(crate) mod header;
pub(crate) mod layout;
pub(crate) mod look_alikes;
mod made;
pub(crate) mod mapped;
pub(crate) mod mapping;
pub(crate) mod name_index;
mod normal;
pub(crate) mod order;
mod owners;
pub(crate) mod seek;
mod target;
pub(crate) mod typed;
mod vocabulary;
mod words;

use crate::fault::fault;
use crate::findings::Findings;
use crate::limits::MAX_ENTRIES;
use crate::map::mapped::Mapped;
use crate::map::name_index::NameIndex;
use crate::options::Reading;
use crate::read::room::Room;
use crate::read::table::Table;
use crate::rules::UNREADABLE;

/// A table with its columns and words in the form of the registry; nothing where its rows could not be read.
pub(crate) fn map(
    table: Table,
    reading: &Reading,
    names: &NameIndex<'_>,
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

#[cfg(test)]
mod tests {
    use model::Registry;

    use super::*;
    use crate::map::mapping::Mapping;

    #[test]
    fn all_tables_state_so_many_sources_facts_and_items_together() {
        let registry = Registry::default();
        let names = NameIndex::new(&registry);
        let text = "owner,dimension,facts,source_url\na,soc2_type2,k=1; l=2,https://a.example/\n";
        let read = |entries: usize| {
            let mut findings = Findings::default();
            let mut room = Room { entries, ..Room::default() };
            let mut one = || {
                let text = text.to_owned();
                let table =
                    crate::read::csv::read("t.csv", text, &Mapping::default(), &mut room, &mut findings)?;
                map(table, &Reading::default(), &names, &mut room, &mut findings)
            };
            let is_read = [one().is_some(), one().is_some()];
            (is_read, findings.into_vec().iter().map(crate::findings::line).collect::<Vec<_>>())
        };
        let is_beyond = |line: &&String| line.contains("sources, facts, parts and items of lists together");
        let (is_read, told) = read(6);
        assert_eq!((is_read, told.iter().find(is_beyond)), ([true, true], None));
        let (is_read, told) = read(5);
        assert_eq!(is_read, [true, false]);
        assert!(
            told.iter().find(is_beyond).is_some_and(|line| line.starts_with("t.csv row 1: ")),
            "{told:?}"
        );
    }
}
