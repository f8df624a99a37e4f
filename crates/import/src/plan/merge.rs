//! States the rows on the registry, entity by entity, and says what that changes.

use std::collections::BTreeMap;

use diagnostics::{Severity, closest, command, quoted};
use model::tabular::whole_digest;
use model::{
    Cell, DimensionId, Entity, FieldPath, Offering, Optional, Organization, Platform, Record as _, Registry,
    Review, Subject, Value, Verdict, is_entity_id,
};
use rayon::prelude::*;

use crate::fault::Fault;
use crate::findings::Findings;
use crate::map::mapped::Mapped;
use crate::options::Merging;
use crate::plan::about::About;
use crate::plan::compare::differences;
use crate::plan::faults::{attempt_in_part, nameless};
use crate::plan::overlay::RowRecord;
use crate::plan::put::{Put, put};
use crate::plan::rows::{Group, Groups, Origin};
use crate::plan::stated;
use crate::plan::statement::{self, Clash, Demand, Statement, faults};
use crate::plan::{Conflict, EntityPlan, FieldChange, Plan};
use crate::read::grid::Row;
use crate::rules::{UNKNOWN_OWNER, UNREADABLE};

/// States the rows on the registry. What a row does not state stays as it is.
pub(crate) fn merge(
    tables: &[Mapped],
    groups: &Groups,
    registry: &mut Registry,
    options: &Merging,
    found: &mut Findings,
) -> Plan {
    let merger = Merger { tables, options, dimensions: &groups.dimensions };
    let (mut organizations, mut platforms, mut offerings) = (Vec::new(), Vec::new(), Vec::new());
    for (entity, group) in &groups.entities {
        match entity {
            Entity::Organization(_) => organizations.push((entity, group)),
            Entity::Platform(_) => platforms.push((entity, group)),
            _ => offerings.push((entity, group)),
        }
    }
    let mut plan = Plan::default();
    merger.all(&mut registry.organizations, organizations, &mut plan, found);
    merger.all(&mut registry.platforms, platforms, &mut plan, found);
    merger.all(&mut registry.offerings, offerings, &mut plan, found);
    for origin in &groups.nameless {
        let (mapped, row) = origin.of(tables);
        values(mapped, row, &nameless(mapped), found);
    }
    plan
}

/// Reports what is wrong with the values of a row of which the owner is unknown.
fn values(mapped: &Mapped, row: Row<'_>, about: &Subject, found: &mut Findings) {
    if found.is_full() {
        return;
    }
    found.extend(stated::read(mapped, row).faults);
    if found.may_examine(0) {
        let faults = statement::faults::<Cell>(mapped, row, about, &mut Demand::Nothing);
        found.examined(faults.len().max(row.width()));
        found.extend(faults);
    }
}

/// An organization, platform or offering.
trait Holder: RowRecord {
    fn cells_mut(&mut self) -> &mut Optional<BTreeMap<DimensionId, Cell>>;
    fn had_id(&self, id: &str) -> bool;
}

macro_rules! holder {
    ($($record:ident),+) => {
        $(impl Holder for $record {
            fn cells_mut(&mut self) -> &mut Optional<BTreeMap<DimensionId, Cell>> {
                &mut self.cells
            }

            fn had_id(&self, id: &str) -> bool {
                self.former_ids.items().iter().any(|former| former.as_str() == id)
            }
        })+
    };
}

holder!(Organization, Platform, Offering);

/// How many of some entities are merged at a time: those of so many rows. What is wrong with them is known before the
/// next, so that no more is looked for than is listed.
fn share(groups: &[(&Entity, &Group)]) -> usize {
    const ROWS: usize = 4096;
    let mut rows = 0;
    let is_within = |(_, group): &&(&Entity, &Group)| {
        let is_within = rows < ROWS;
        rows += group.own.len() + group.cells.len();
        is_within
    };
    groups.iter().take_while(is_within).count()
}

/// How many owners that do not exist are reported with a guess at what was meant: each costs a look at all.
const GUESSES: usize = 50;

struct Merger<'a> {
    tables: &'a [Mapped],
    options: &'a Merging,
    /// The dimensions that rows name by their index.
    dimensions: &'a [DimensionId],
}

/// What came of the rows about one entity.
struct Outcome {
    plan: EntityPlan,
    faults: Findings,
    /// How many faults of others were looked for at length.
    spent: usize,
}

/// An entity as it would be.
struct Merged<T> {
    value: T,
    outcome: Outcome,
}

impl<'a> Merger<'a> {
    /// States the rows about all entities of a kind.
    fn all<T: Holder>(
        &self,
        entities: &mut BTreeMap<String, T>,
        groups: Vec<(&Entity, &Group)>,
        plan: &mut Plan,
        found: &mut Findings,
    ) {
        let (there, missing): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|(entity, group)| !group.own.is_empty() || entities.contains_key(entity.id()));
        let mut rest = there.as_slice();
        while !rest.is_empty() && !found.is_full() {
            let (share, others) = rest.split_at(share(rest));
            rest = others;
            let work: Vec<_> =
                share.iter().map(|(entity, group)| (entity, group, entities.remove(entity.id()))).collect();
            let spent = found.spent();
            let merged: Vec<_> = work
                .into_par_iter()
                .map(|(entity, group, current)| self.entity::<T>(entity, group, current, spent))
                .collect();
            for Merged { value, outcome } in merged {
                entities.insert(outcome.plan.entity.id().to_owned(), value);
                plan.entities.push(outcome.plan);
                found.join(outcome.faults);
            }
        }
        for (nth, (entity, group)) in missing.into_iter().enumerate() {
            let help = if nth < GUESSES { guess(entity, entities) } else { None };
            let help = help.unwrap_or_else(|| {
                format!("import the {} too, or write the id of one that exists", entity.kind())
            });
            let message = format!("there is no {} {}", entity.kind(), quoted(entity.id()));
            for (dimension, origin) in &group.cells {
                if found.is_full() {
                    return;
                }
                let about = About { entity, dimension: Some(&self.dimensions[*dimension as usize]) };
                let finding = about.error(UNKNOWN_OWNER, message.clone(), &help);
                let (mapped, row) = origin.of(self.tables);
                found.push(Fault::of(finding, mapped.place(row, None)));
                // What else is wrong with the row is reported as well.
                values(mapped, row, &about.subject(), found);
            }
        }
    }

    fn entity<T: Holder>(
        &self,
        entity: &Entity,
        group: &Group,
        current: Option<T>,
        spent: usize,
    ) -> Merged<T> {
        let plan = EntityPlan::new(entity.clone());
        let mut outcome = Outcome { plan, faults: Findings::default(), spent };
        let is_new = current.is_none();
        let stated = group.own.split_first();
        let stated = stated.map(|(first, others)| {
            let about = About { entity, dimension: None };
            (about, self.statement(about, current.as_ref(), *first, others, &mut outcome))
        });
        let mut value = current.unwrap_or_default();
        if let Some((about, statement)) = stated {
            match statement {
                Ok(statement) if is_new => {
                    (value, outcome.plan.is_new) = self.fresh(about, statement, &mut outcome);
                }
                Ok(statement) => {
                    let (next, is_sound) = self.changed(about, &value, statement, &mut outcome);
                    if is_sound {
                        outcome.plan.note(None, value.fields(), next.fields());
                    }
                    value = next;
                }
                Err(partial) if is_new => value = partial,
                Err(_) => {}
            }
        }
        if value.cells_mut().is_unread() && !group.cells.is_empty() {
            self.unread(entity, group, &mut outcome);
            return Merged { value, outcome };
        }
        for rows in group.cells.chunk_by(|(one, _), (other, _)| one == other) {
            if outcome.faults.is_full() {
                break;
            }
            let origins: Vec<_> = rows.iter().map(|(_, origin)| *origin).collect();
            let ([(dimension, _), ..], Some((first, others))) = (rows, origins.split_first()) else {
                continue;
            };
            let id = &self.dimensions[*dimension as usize];
            let about = About { entity, dimension: Some(id) };
            let cells = value.cells_mut();
            if cells.known().is_none() {
                *cells = Optional::Known(BTreeMap::new());
            }
            let Optional::Known(cells) = cells else { continue };
            let statement = self.statement(about, cells.get(id), *first, others, &mut outcome);
            match (cells.get_mut(id), statement) {
                (None, Ok(statement)) => {
                    let (cell, is_sound) = self.fresh(about, statement, &mut outcome);
                    if is_sound {
                        outcome.plan.added.push(id.to_string());
                    }
                    cells.insert(id.clone(), cell);
                }
                (None, Err(partial)) => drop(cells.insert(id.clone(), partial)),
                (Some(cell), Ok(statement)) => self.cell(about, cell, statement, &mut outcome),
                (Some(_), Err(_)) => {}
            }
        }
        Merged { value, outcome }
    }

    /// Refuses the rows about cells of an entity whose file could not be read: nothing is known of what it holds.
    fn unread(&self, entity: &Entity, group: &Group, outcome: &mut Outcome) {
        let message = format!("the cells of {} cannot be read", quoted(&entity.file()));
        let help = format!("fix the file first; `{} lint` shows where it is wrong", command());
        for (dimension, origin) in &group.cells {
            let about = About { entity, dimension: Some(&self.dimensions[*dimension as usize]) };
            let (mapped, row) = origin.of(self.tables);
            let finding = about.error(UNREADABLE, message.clone(), &help);
            outcome.faults.push(Fault::of(finding, mapped.place(row, None)));
            values(mapped, row, &about.subject(), &mut outcome.faults);
        }
    }

    /// States rows on a cell that exists.
    fn cell(&self, about: About<'_>, cell: &mut Cell, statement: Statement<'_, Cell>, outcome: &mut Outcome) {
        let (first, digests) = (statement.first, statement.digests.clone());
        let (next, is_sound) = self.changed(about, cell, statement, outcome);
        if !is_sound {
            *cell = next;
            return;
        }
        if next == *cell {
            outcome.plan.unchanged += 1;
            return;
        }
        let is_stale = !digests.is_empty() && {
            let digest = whole_digest(cell);
            digests.iter().any(|known| *known != digest)
        };
        let conflict = if is_stale {
            Some(about.changed_since_export())
        } else {
            self.pinned(cell).map(|review| about.reviewed(review))
        };
        if let Some(finding) = conflict {
            let (mapped, row) = first.of(self.tables);
            let place = mapped.place(row, None);
            outcome.faults.push(Fault::of(finding, place.clone()));
            let dimension = about.dimension.map(ToString::to_string);
            outcome.plan.conflicts.push(Conflict { dimension, places: vec![place] });
            return;
        }
        outcome.plan.note(about.dimension.map(DimensionId::as_str), cell.fields(), next.fields());
        *cell = next;
    }

    /// What all rows about one record state, or the record of the first where others clash with it.
    fn statement<T: RowRecord>(
        &self,
        about: About<'_>,
        standing: Option<&T>,
        first: Origin,
        others: &[Origin],
        outcome: &mut Outcome,
    ) -> Result<Statement<'a, T>, T> {
        let mut clashes = Vec::new();
        let file = |origin: Origin| &origin.of(self.tables).0.table.file;
        let mut statement = Statement::of(self.tables, first, standing, &mut outcome.faults);
        let mut before = first;
        for origin in others {
            let other = Statement::of(self.tables, *origin, standing, &mut outcome.faults);
            // Another file may say the same again.
            let is_again = file(*origin) != file(before) && other.record == statement.record;
            before = *origin;
            match statement.join(other) {
                Ok(()) => {}
                Err(Clash::Same) if is_again => {}
                Err(clash) => {
                    let is_end = matches!(clash, Clash::TooMuch(_));
                    clashes.push((*origin, clash));
                    if is_end {
                        break;
                    }
                }
            }
        }
        if clashes.is_empty() {
            return Ok(statement);
        }
        self.clash(about, first, clashes, outcome);
        self.doubts::<T>(about, &statement.doubtful, &mut Demand::Nothing, outcome);
        Err(statement.record)
    }

    /// A record that rows state and that did not exist; whether it is sound.
    fn fresh<T: RowRecord>(
        &self,
        about: About<'_>,
        statement: Statement<'_, T>,
        outcome: &mut Outcome,
    ) -> (T, bool) {
        let Statement { mut record, doubtful, is_sound, .. } = statement;
        let lacks = self.doubts(about, &doubtful, &mut Demand::Whole(&mut record), outcome);
        (record, is_sound && !lacks)
    }

    /// A record as rows change it; whether they are sound.
    fn changed<T: RowRecord>(
        &self,
        about: About<'_>,
        current: &T,
        statement: Statement<'_, T>,
        outcome: &mut Outcome,
    ) -> (T, bool) {
        let (doubtful, is_sound) = (statement.doubtful.clone(), statement.is_sound);
        let Put { mut record, mut left, kept, lacks: of_attempts } =
            put(current, statement, self.tables, self.options);
        left.empty_named.iter_mut().for_each(|field| *field = about.field(field));
        outcome.plan.left += left;
        // Most rows leave out what the structure demands, and the registry has it.
        let is_doubtful = !is_sound || !record.is_complete();
        let demand = &mut Demand::Change { standing: current, result: &mut record };
        let lacks = is_doubtful && self.doubts(about, &doubtful, demand, outcome);
        for (origin, nth, lack) in &of_attempts {
            let (mapped, row) = origin.of(self.tables);
            outcome.faults.push(attempt_in_part(mapped, row, *nth, *lack));
        }
        if let (Some(old), Some(new)) = (current.cell(), record.cell())
            && let (Some(before), Some(after)) = (old.status.get(), new.status.get())
            && before != after
        {
            for (origin, field) in kept.iter().filter(|(_, field)| ["headline", "note"].contains(field)) {
                let (mapped, row) = origin.of(self.tables);
                let place = mapped.place(row, Some(&FieldPath::of(*field)));
                outcome.faults.push(Fault::of(about.text_of_old_status(field, before, after), place));
            }
        }
        (record, is_sound && !lacks && of_attempts.is_empty())
    }

    /// What the structure refuses in rows, or misses in the record that they come to; whether there is
    /// anything.
    fn doubts<T: RowRecord>(
        &self,
        about: About<'_>,
        doubtful: &[Origin],
        demand: &mut Demand<'_, T>,
        outcome: &mut Outcome,
    ) -> bool {
        let mut has_any = false;
        for (nth, origin) in doubtful.iter().enumerate() {
            let (mapped, row) = origin.of(self.tables);
            if !outcome.faults.may_examine(outcome.spent) {
                outcome.faults.leave_out(doubtful.len() - nth, Severity::Error, &mapped.table.file);
                return true;
            }
            let found = faults(mapped, row, &about.subject(), demand);
            has_any |= !found.is_empty();
            outcome.faults.examined(found.len().max(row.width()));
            outcome.faults.extend(found);
        }
        has_any
    }

    /// Several rows are about the same and cannot be one.
    fn clash(&self, about: About<'_>, first: Origin, clashes: Vec<(Origin, Clash)>, outcome: &mut Outcome) {
        let place = |origin: Origin, field: Option<&FieldPath>| {
            let (mapped, row) = origin.of(self.tables);
            mapped.place(row, field)
        };
        let mut places = vec![place(first, None)];
        for (origin, clash) in clashes {
            let (finding, field) = about.in_two_rows(&clash);
            let fault = Fault::of(finding, place(origin, field.as_ref()));
            outcome.faults.push(fault.related(places[0].clone(), "first here"));
            places.push(place(origin, None));
        }
        outcome.plan.conflicts.push(Conflict { dimension: about.dimension.map(ToString::to_string), places });
    }

    /// The review that keeps a cell as it is: the last one, where it confirmed or corrected the cell.
    fn pinned<'c>(&self, cell: &'c Cell) -> Option<&'c Review> {
        let last = cell.reviews.items().iter().max_by_key(|review| review.on.get())?;
        let holds = matches!(last.verdict.get(), Some(Verdict::Confirmed | Verdict::Corrected));
        (holds && !self.options.override_reviewed).then_some(last)
    }
}

impl EntityPlan {
    /// Notes what a row changes of what is there.
    fn note(
        &mut self,
        dimension: Option<&str>,
        old: Vec<(&'static str, Value)>,
        new: Vec<(&'static str, Value)>,
    ) {
        let changes = differences(old, new);
        if changes.is_empty() {
            self.unchanged += 1;
        }
        let change =
            |(field, old, new)| FieldChange { dimension: dimension.map(str::to_owned), field, old, new };
        self.changed.extend(changes.into_iter().map(change));
    }
}

/// What was meant by an owner that does not exist: the id that it has now, or one that looks alike.
fn guess<T: Holder>(entity: &Entity, there: &BTreeMap<String, T>) -> Option<String> {
    let kind = entity.kind();
    let there = || there.iter().filter(|(id, _)| is_entity_id(id));
    let now = there().find(|(_, one)| one.had_id(entity.id())).map(|(id, _)| id);
    if let Some(now) = now {
        return Some(format!("it has another id now: write `{kind}:{now}`"));
    }
    let meant = closest(entity.id(), there().map(|(id, _)| id.as_str()))?;
    Some(format!("did you mean `{kind}:{meant}`?"))
}
