//! Merges the rows about one record.

use model::tabular::EvidenceField;
use model::{Cell, FieldPath, Optional, Step, Subject};
use store::judge_record;

use crate::fault::Fault;
use crate::findings::Findings;
use crate::map::mapped::Mapped;
use crate::plan::evidence::{self, Addresses, Joined};
use crate::plan::faults::structural;
use crate::plan::known::settle;
use crate::plan::overlay::RowRecord;
use crate::plan::rows::Origin;
use crate::plan::stated::{self, Stated};
use crate::read::grid::Row;

/// What rows about one record state.
pub(crate) struct Statement<'m, T> {
    /// The record that they make.
    pub(crate) record: T,
    /// The first row.
    pub(crate) first: Origin,
    /// The others.
    pub(crate) others: Vec<Origin>,
    /// The number of the columns that state each source of the first row.
    sources: Vec<usize>,
    /// The rows and columns of the sources that the others add.
    more_sources: Vec<(Origin, usize)>,
    /// Where its sources are, once other rows add some.
    addresses: Option<Addresses>,
    /// The digests of the cell as it was exported.
    pub(crate) digests: Vec<&'m str>,
    /// The rows of which something was refused, or lacks a field that the structure demands.
    pub(crate) doubtful: Vec<Origin>,
    /// Whether all of it could be read.
    pub(crate) is_sound: bool,
}

/// Why two rows about one record cannot be one.
pub(crate) enum Clash {
    /// They differ in nothing that both state, and name the same sources.
    Same,
    /// They differ in these fields.
    Differ(Vec<&'static str>),
    /// With the row, there is more of this than a cell may have.
    TooMuch(&'static str),
}

impl<'m, T: RowRecord> Statement<'m, T> {
    /// What one row states of a record, which the registry may hold already.
    pub(crate) fn of(
        tables: &'m [Mapped],
        origin: Origin,
        standing: Option<&T>,
        faults: &mut Findings,
    ) -> Self {
        let (mapped, row) = origin.of(tables);
        let Stated { record, sources, whole, faults: found, unread } = stated::read(mapped, row);
        let mut judged = judge_record::<T>(record);
        if let Some(standing) = standing {
            settle(&mut judged.value, &sources, standing, mapped, row);
        }
        let is_doubtful = judged.is_refused || judged.is_missing;
        let mut statement = Self {
            record: judged.value,
            first: origin,
            others: Vec::new(),
            sources,
            more_sources: Vec::new(),
            addresses: None,
            digests: whole.into_iter().collect(),
            doubtful: if is_doubtful { vec![origin] } else { Vec::new() },
            is_sound: found.is_empty() && !judged.is_refused,
        };
        unread.iter().for_each(|path| statement.lose(path));
        faults.extend(found);
        statement
    }

    /// The rows.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Origin> {
        [self.first].into_iter().chain(self.others.iter().copied())
    }

    /// For each source of the record, the row and the number of the columns that state it.
    pub(crate) fn sources(&self) -> Vec<(Origin, usize)> {
        let own = self.sources.iter().map(|nth| (self.first, *nth));
        own.chain(self.more_sources.iter().copied()).collect()
    }

    /// Notes that a field is stated and could not be read.
    fn lose(&mut self, path: &FieldPath) {
        match path.steps() {
            [Step::Key(name)] => {
                if let Some(slot) = self.record.slot_mut(name) {
                    slot.lose();
                }
            }
            [_, Step::Index(nth), ..] => {
                let Some(cell) = self.record.as_cell() else { return };
                let at = self.sources.iter().position(|known| known == nth);
                let field = EvidenceField::ALL.into_iter().find(|field| field.path(nth + 1) == *path);
                if let (Some(at), Some(field), Optional::Known(list)) = (at, field, &mut cell.evidence)
                    && let Some(source) = list.get_mut(at)
                    && let Some(slot) = evidence::slot(source, field)
                {
                    slot.lose();
                }
            }
            _ => {}
        }
    }

    /// Joins what another row states, unless the two clash.
    pub(crate) fn join(&mut self, mut other: Self) -> Result<(), Clash> {
        let sources = other.sources();
        let (mut has_sources, mut differing, mut of_sources) = (false, Vec::new(), Vec::new());
        let mut too_much = None;
        if let (Some(cell), Some(other_cell)) = (self.record.as_cell(), other.record.as_cell()) {
            has_sources = cell.evidence != other_cell.evidence;
            differing = join_maps(cell, other_cell);
            let others = std::mem::take(&mut other_cell.evidence);
            match (&mut cell.evidence, others) {
                (Optional::Known(list), Optional::Known(others)) => {
                    let addresses = self.addresses.get_or_insert_with(|| Addresses::of(list));
                    for (item, source) in others.into_iter().zip(sources) {
                        match evidence::join(list, addresses, item) {
                            Joined::New => self.more_sources.push(source),
                            Joined::Differing(more) => of_sources.extend(more),
                            Joined::TooMuch(what) => too_much = Some(what),
                        }
                    }
                }
                (evidence, others) if !others.is_absent() => {
                    *evidence = others;
                    self.addresses = None;
                    self.more_sources = sources;
                }
                _ => {}
            }
        }
        differing.extend(self.record.join(other.record));
        differing.append(&mut of_sources);
        self.is_sound &= other.is_sound;
        self.others.push(other.first);
        self.digests.append(&mut other.digests);
        self.doubtful.append(&mut other.doubtful);
        if let Some(what) = too_much {
            return Err(Clash::TooMuch(what));
        }
        if !differing.is_empty() {
            return Err(Clash::Differ(differing));
        }
        if has_sources { Ok(()) } else { Err(Clash::Same) }
    }
}

/// Facts and parts are one field each: two rows that state them state the same.
fn join_maps(cell: &mut Cell, other: &mut Cell) -> Vec<&'static str> {
    fn join<V: PartialEq>(map: &mut Optional<V>, other: Optional<V>) -> bool {
        if map.is_absent() {
            *map = other;
            return true;
        }
        other.is_absent() || other == *map
    }
    let facts = join(&mut cell.facts, std::mem::take(&mut other.facts));
    let parts = join(&mut cell.parts, std::mem::take(&mut other.parts));
    let differing = [("facts", facts), ("parts", parts)].into_iter();
    differing.filter(|(_, is_same)| !is_same).map(|(name, _)| name).collect()
}

/// What a row must not lack.
pub(crate) enum Demand<'r, T> {
    /// Nothing: what the row is about is not known.
    Nothing,
    /// What the structure demands of a new record.
    Whole(&'r mut T),
    /// What the structure demands and the record does not lack already: that is no fault of the row.
    Change { standing: &'r T, result: &'r mut T },
}

impl<T: RowRecord> Demand<'_, T> {
    /// Returns whether the row need not state a field.
    fn is_met(&mut self, stated: &Stated<'_>, field: &FieldPath) -> bool {
        let (standing, result) = match self {
            Self::Nothing => return true,
            Self::Whole(result) => (None, result),
            Self::Change { standing, result } => (Some(standing), result),
        };
        match field.steps() {
            [Step::Key(name)] => standing.is_some() || result.slot(name).is_some_and(|slot| slot.is_stated()),
            [Step::Key(_), Step::Index(at), Step::Key(_), Step::Key(_)] => {
                let Some(url) = stated.url(*at) else { return false };
                let attempt = |cell: &Cell| {
                    let source = evidence::find(cell.evidence.items(), &url)?;
                    cell.evidence.items()[source].fetch.known().cloned()
                };
                let is_there =
                    |record: &T| record.clone().as_cell().is_some_and(|cell| attempt(cell).is_some());
                let outcome = result.as_cell().and_then(|cell| attempt(cell)?.outcome.get());
                outcome.is_some() || standing.is_some_and(|standing| is_there(standing))
            }
            _ => false,
        }
    }
}

/// What the structure refuses in a row, and what is missing in it.
pub(crate) fn faults<T: RowRecord>(
    mapped: &Mapped,
    row: Row<'_>,
    about: &Subject,
    demand: &mut Demand<'_, T>,
) -> Vec<Fault> {
    let stated = stated::read(mapped, row);
    structural(mapped, row, about, &stated, &mut |field| demand.is_met(&stated, field))
}
