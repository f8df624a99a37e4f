//! Puts what rows state on a record, and counts what they leave as it is.

use model::tabular::{EvidenceField, evidence_column};
use model::{Cell, Evidence, Fetch, Optional, Record as _};

use crate::map::destination::Destination;
use crate::map::header::Column;
use crate::map::mapped::Mapped;
use crate::options::Merging;
use crate::plan::Left;
use crate::plan::evidence::{self, Addresses, Lack};
use crate::plan::overlay::{RowRecord, left_out, take_map};
use crate::plan::rows::Origin;
use crate::plan::statement::Statement;

/// A record as rows make it.
pub(crate) struct Put<T> {
    pub(crate) record: T,
    /// What the rows leave as it is.
    pub(crate) left: Left,
    /// The fields of the record itself that stay because a row leaves them blank.
    pub(crate) kept: Vec<(Origin, &'static str)>,
    /// The sources of which something of another attempt to read them is not stated: their rows and columns.
    pub(crate) lacks: Vec<(Origin, usize, Lack)>,
}

/// Puts what rows state on what is there.
pub(crate) fn put<T: RowRecord>(
    current: &T,
    mut statement: Statement<'_, T>,
    tables: &[Mapped],
    options: &Merging,
) -> Put<T> {
    let mut putting = Putting {
        blank: statement.rows().flat_map(|origin| blank(origin, tables)).collect(),
        is_whole: options.replace || !statement.digests.is_empty(),
        room: if options.replace {
            usize::MAX
        } else {
            statement.rows().map(|origin| room(origin, tables)).sum()
        },
        clear_empty: options.clear_empty,
        left: Left::default(),
        lacks: Vec::new(),
    };
    let sources = statement.sources();
    let mut record = current.clone();
    let mut own: Vec<_> = putting.own().collect();
    own.sort_by_key(|(at, _)| *at);
    own.dedup_by_key(|(at, _)| *at);
    let mut kept = Vec::new();
    for (at, origin) in own {
        let Some(name) = T::KEYS.get(at) else { continue };
        let is_stated = statement.record.slot(name).is_some_and(|slot| slot.is_stated());
        if let Some(slot) = record.slot_mut(name).filter(|slot| !is_stated && slot.is_clearable()) {
            if options.clear_empty {
                slot.clear();
            } else {
                putting.left.keep(name);
                kept.push((origin, *name));
            }
        }
    }
    if let (Some(cell), Some(stated)) = (record.as_cell(), statement.record.as_cell()) {
        putting.maps(cell, stated);
        putting.evidence(cell, std::mem::take(&mut stated.evidence), &sources);
    }
    record.take_over(statement.record);
    Put { record, left: putting.left, kept, lacks: putting.lacks }
}

/// Where the texts of the columns would go that a row leaves blank.
fn blank(origin: Origin, tables: &[Mapped]) -> impl Iterator<Item = (Origin, Destination)> {
    let (mapped, row) = origin.of(tables);
    mapped.blank(row).map(move |column| (origin, mapped.target(column)))
}

/// How many sources a row may hold: the columns of addresses.
fn room(origin: Origin, tables: &[Mapped]) -> usize {
    let columns = &origin.of(tables).0.header.columns;
    let is_address = |nth: usize| Column::Field(EvidenceField::Url.path(nth));
    (1..=columns.len()).filter(|nth| columns.contains(&is_address(*nth))).count()
}

/// What is going on while rows are put on a record.
struct Putting {
    /// The columns that the rows leave blank.
    blank: Vec<(Origin, Destination)>,
    /// Whether maps and evidence are stated whole.
    is_whole: bool,
    /// How many sources the rows may hold. Where a cell has more, columns of the export were taken out, and say
    /// nothing.
    room: usize,
    clear_empty: bool,
    left: Left,
    lacks: Vec<(Origin, usize, Lack)>,
}

impl Putting {
    /// The positions of the fields of the record itself that are blank.
    fn own(&self) -> impl Iterator<Item = (usize, Origin)> {
        self.blank.iter().filter_map(|(origin, target)| match target {
            Destination::Own(at) | Destination::List(at) => Some((*at, *origin)),
            _ => None,
        })
    }

    /// Returns whether rows leave facts or parts blank.
    fn is_blank(&self, map: &str) -> bool {
        let position = Cell::KEYS.iter().position(|key| *key == map);
        self.blank.iter().any(|(_, target)| matches!(target, Destination::Map(at) if Some(*at) == position))
    }

    fn maps(&mut self, cell: &mut Cell, stated: &mut Cell) {
        let is_cleared = self.is_whole || self.clear_empty;
        if !stated.facts.is_absent() || self.is_blank("facts") {
            if stated.facts.is_absent() && is_cleared {
                cell.facts = Optional::Absent;
            } else if !self.is_whole {
                for key in left_out(&cell.facts, &stated.facts) {
                    self.left.facts += 1;
                    self.left.name(key.as_str());
                }
            }
        }
        if !stated.parts.is_absent() || self.is_blank("parts") {
            if stated.parts.is_absent() && is_cleared {
                cell.parts = Optional::Absent;
            } else if !self.is_whole {
                for key in left_out(&cell.parts, &stated.parts) {
                    self.left.parts += 1;
                    self.left.name(key.as_str());
                }
            }
        }
        take_map(&mut cell.facts, std::mem::take(&mut stated.facts), self.is_whole);
        take_map(&mut cell.parts, std::mem::take(&mut stated.parts), self.is_whole);
    }

    fn evidence(&mut self, cell: &mut Cell, stated: Optional<Vec<Evidence>>, origins: &[(Origin, usize)]) {
        let url = Evidence::KEYS.iter().position(|key| *key == "url");
        let is_blank =
            |target: &Destination| matches!(target, Destination::Source(_, at) if Some(*at) == url);
        if stated.is_absent() && !self.blank.iter().any(|(_, target)| is_blank(target)) {
            return;
        }
        if cell.evidence.known().is_none() && !stated.is_absent() {
            cell.evidence = Optional::Known(Vec::new());
        }
        let Optional::Known(list) = &mut cell.evidence else { return };
        // No row can name a source whose address could not be read.
        let mut is_named: Vec<bool> = list.iter().map(|one| one.url.known().is_none()).collect();
        let mut addresses = Addresses::of(list);
        let stated = match stated {
            Optional::Known(stated) => stated,
            _ => Vec::new(),
        };
        for (mut item, (row, nth)) in stated.into_iter().zip(origins) {
            let at = item.url.known().and_then(|url| addresses.find(url));
            let Some(at) = at else {
                addresses.add(&item, list.len());
                list.push(item);
                continue;
            };
            if let Some(named) = is_named.get_mut(at) {
                *named = true;
            }
            self.blanks(&mut list[at], &mut item, *row, *nth);
            if let Some(lack) = evidence::take_over(&mut list[at], item) {
                self.lacks.push((*row, *nth, lack));
            }
        }
        if self.is_whole && is_named.len() <= self.room {
            let mut named = is_named.into_iter().chain(std::iter::repeat(true));
            list.retain(|_| named.next().unwrap_or(true));
            if list.is_empty() {
                cell.evidence = Optional::Absent;
            }
        } else {
            for (source, _) in list.iter().zip(&is_named).filter(|(_, is_named)| !**is_named) {
                self.left.evidence += 1;
                self.left.name(source.url.text());
            }
        }
    }

    /// What the columns of a source leave blank.
    fn blanks(&mut self, source: &mut Evidence, stated: &mut Evidence, row: Origin, nth: usize) {
        for (_, target) in self.blank.iter().filter(|(origin, _)| *origin == row) {
            let field = match target {
                Destination::Source(of, at) if *of == nth => {
                    EvidenceField::of_key(Evidence::KEYS[*at], false)
                }
                Destination::Fetch(of, at) if *of == nth => EvidenceField::of_key(Fetch::KEYS[*at], true),
                _ => None,
            };
            let Some(field) = field.filter(|field| !evidence::states(stated, *field)) else { continue };
            let Some(slot) = evidence::slot(source, field).filter(|slot| slot.is_clearable()) else {
                continue;
            };
            if self.clear_empty { slot.clear() } else { self.left.keep(evidence_column(nth + 1, field)) }
        }
    }
}
