//! States the rows on the registry, entity by entity, and tells what that changes.

use std::collections::BTreeMap;

use diagnostics::{Finding, Location, Severity, closest, printable, quoted};
use model::{
    Cell, DimensionId, Entity, Offering, Optional, Organization, Platform, Registry, Review, Subject, Verdict,
};
use rayon::prelude::*;

use crate::map::mapped::{Mapped, Tabled};
use crate::map::typed::misfit;
use crate::options::Merging;
use crate::plan::compare::differences;
use crate::plan::rows::{Group, Groups, Origin};
use crate::plan::structure::faults;
use crate::plan::{Conflict, EntityPlan, FieldChange, Plan};
use crate::read::table::fault;
use crate::rules::{DUPLICATE_ROW, REVIEWED_CELL, UNKNOWN_OWNER, WRONG_VALUE};
use crate::told;

/// States the rows on the registry. What a row does not state stays as it is.
pub(crate) fn merge(
    tables: &[Mapped],
    groups: &Groups,
    registry: &mut Registry,
    options: &Merging,
    findings: &mut Vec<Finding>,
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
    merger.all(&mut registry.organizations, organizations, &mut plan, findings);
    merger.all(&mut registry.platforms, platforms, &mut plan, findings);
    merger.all(&mut registry.offerings, offerings, &mut plan, findings);
    plan
}

/// An organization, platform or offering.
trait Holder: Tabled {
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

/// How many owners that are not there are told with a guess at what was meant: each costs a look at all.
const GUESSES: usize = 50;

struct Merger<'a> {
    tables: &'a [Mapped],
    options: &'a Merging,
    /// The dimensions that rows name by their index.
    dimensions: &'a [DimensionId],
}

/// What rows are about.
#[derive(Clone, Copy)]
struct About<'a> {
    entity: &'a Entity,
    dimension: Option<&'a DimensionId>,
}

impl About<'_> {
    fn subject(self) -> Subject {
        match self.dimension {
            Some(id) => Subject::cell(self.entity.clone(), id.as_str()),
            None => Subject::entity(self.entity.clone()),
        }
    }

    /// "cell `soc2_type2` of offering acme-chat", for messages.
    fn title(self) -> String {
        let entity = printable(&self.entity.to_string()).into_owned();
        match self.dimension {
            Some(id) => format!("cell {} of {entity}", quoted(id.as_str())),
            None => entity,
        }
    }
}

/// An entity as it would be.
struct Merged<T> {
    value: T,
    plan: EntityPlan,
    findings: Vec<Finding>,
}

impl Merger<'_> {
    /// States the rows about all entities of a kind.
    fn all<T: Holder>(
        &self,
        entities: &mut BTreeMap<String, T>,
        groups: Vec<(&Entity, &Group)>,
        plan: &mut Plan,
        findings: &mut Vec<Finding>,
    ) {
        let (there, missing): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|(entity, group)| !group.own.is_empty() || entities.contains_key(entity.id()));
        let work: Vec<_> =
            there.into_iter().map(|(entity, group)| (entity, group, entities.remove(entity.id()))).collect();
        let merged: Vec<_> = work
            .into_par_iter()
            .map(|(entity, group, current)| self.entity::<T>(entity, group, current))
            .collect();
        for Merged { value, plan: one, findings: more } in merged {
            entities.insert(one.entity.id().to_owned(), value);
            plan.entities.push(one);
            findings.extend(more);
        }
        for (nth, (entity, group)) in missing.into_iter().enumerate() {
            let help = if nth < GUESSES { guess(entity, entities) } else { None };
            let help = help.unwrap_or_else(|| {
                format!("import the {} too, or write the id of one that is there", entity.kind())
            });
            let message = format!("there is no {} {}", entity.kind(), quoted(entity.id()));
            for (dimension, origin) in &group.cells {
                let about = About { entity, dimension: Some(&self.dimensions[*dimension as usize]) };
                let finding = Finding::new(UNKNOWN_OWNER, Severity::Error, about.subject(), message.clone())
                    .help(help.as_str());
                let (mapped, row) = origin.of(self.tables);
                findings.push(told(finding, mapped.place(row, None)));
                // Whatever else is wrong with the row is told as well.
                let (mut cell, mut plan) = (Cell::default(), EntityPlan::new(entity.clone()));
                self.state(&mut cell, about, [*origin].iter(), &mut plan, findings);
            }
        }
    }

    fn entity<T: Holder>(&self, entity: &Entity, group: &Group, current: Option<T>) -> Merged<T> {
        let mut plan = EntityPlan::new(entity.clone());
        let mut findings = Vec::new();
        let is_new = current.is_none();
        let mut value = current.unwrap_or_default();
        if !group.own.is_empty() {
            let about = About { entity, dimension: None };
            let old = if is_new { Vec::new() } else { value.known() };
            let is_sound = self.state(&mut value, about, group.own.iter(), &mut plan, &mut findings);
            match is_sound {
                true if is_new => plan.is_new = true,
                true => plan.note(None, old, value.known()),
                false => {}
            }
        }
        for rows in group.cells.chunk_by(|(one, _), (other, _)| one == other) {
            let [(dimension, first), ..] = rows else { continue };
            let id = &self.dimensions[*dimension as usize];
            let origins = rows.iter().map(|(_, origin)| origin);
            let about = About { entity, dimension: Some(id) };
            let cells = value.cells_mut();
            if cells.known().is_none() {
                *cells = Optional::Known(BTreeMap::new());
            }
            let Optional::Known(cells) = cells else { continue };
            match cells.get_mut(id) {
                None => {
                    let mut cell = Cell::default();
                    if self.state(&mut cell, about, origins, &mut plan, &mut findings) {
                        plan.added.push(id.to_string());
                    }
                    cells.insert(id.clone(), cell);
                }
                Some(cell) => {
                    let mut next = cell.clone();
                    if !self.state(&mut next, about, origins, &mut plan, &mut findings) {
                        *cell = next;
                    } else if next == *cell {
                        plan.unchanged += 1;
                    } else if let Some(review) = self.pinned(cell) {
                        let (mapped, row) = first.of(self.tables);
                        let place = mapped.place(row, None);
                        findings.push(told(reviewed(about, review), place.clone()));
                        let dimension = Some(id.to_string());
                        plan.conflicts.push(Conflict { dimension, places: vec![place] });
                    } else {
                        plan.note(Some(id.as_str()), cell.fields(), next.fields());
                        *cell = next;
                    }
                }
            }
        }
        Merged { value, plan, findings }
    }

    /// States the first of the rows that are about the same; false where it is at fault or not alone.
    fn state<'o, T: Tabled>(
        &self,
        record: &mut T,
        about: About<'_>,
        mut origins: impl ExactSizeIterator<Item = &'o Origin>,
        plan: &mut EntityPlan,
        findings: &mut Vec<Finding>,
    ) -> bool {
        let Some(first) = origins.next() else { return true };
        let before = (origins.len() > 0).then(|| record.clone());
        let mut is_sound = self.put(record, *first);
        if !is_sound || !record.is_whole() {
            let (mapped, row) = first.of(self.tables);
            let mut faults = faults(mapped, row, &about.subject(), record);
            if faults.is_empty() && !is_sound {
                // Tests hold both readings equal; should they differ, what was left unread is still told.
                let message = format!("something about {} could not be read", about.title());
                faults.push(fault(WRONG_VALUE, mapped.place(row, None), message, "write it anew"));
            }
            is_sound = faults.is_empty();
            findings.extend(faults);
        }
        let says_the_same = |other: Origin| {
            let (table, again) = (first.of(self.tables).0, other.of(self.tables).0);
            let mut next = before.clone().unwrap_or_default();
            table.table.file != again.table.file && self.put(&mut next, other) && next == *record
        };
        let others: Vec<_> = origins.copied().filter(|other| !says_the_same(*other)).collect();
        if others.is_empty() {
            return is_sound;
        }
        self.twice(about, *first, &others, plan, findings);
        false
    }

    /// Puts what a row states into a record; false where something of it cannot be read.
    fn put<T: Tabled>(&self, record: &mut T, origin: Origin) -> bool {
        let (mapped, row) = origin.of(self.tables);
        let fields = T::fields(mapped);
        if self.options.clear_empty {
            for (column, field) in fields.iter().enumerate().take(mapped.width()) {
                if let Some(field) = field.as_ref().filter(|_| row.cell(column).is_none()) {
                    field.clear(record);
                }
            }
        }
        let mut is_sound = true;
        for cell in mapped.stated(row) {
            if let Some(Some(field)) = fields.get(cell.column) {
                let fits = misfit(&cell, mapped.wanted(cell.column)).is_none();
                is_sound &= field.put(record, fits.then_some(cell.text));
            }
        }
        record.tidy();
        is_sound
    }

    /// Several rows are about the same, and not just two files that say the same.
    fn twice(
        &self,
        about: About<'_>,
        first: Origin,
        others: &[Origin],
        plan: &mut EntityPlan,
        findings: &mut Vec<Finding>,
    ) {
        let place = |origin: Origin| {
            let (mapped, row) = origin.of(self.tables);
            mapped.place(row, None)
        };
        let first = place(first);
        let mut places = vec![first.clone()];
        for other in others {
            let message = format!("{} stands in two rows", about.title());
            let mut finding = Finding::new(DUPLICATE_ROW, Severity::Error, about.subject(), message)
                .help("keep one of the rows")
                .related(about.subject(), "first here");
            finding.related[0].location = Some(Location::Table(first.clone()));
            let place = place(*other);
            findings.push(told(finding, place.clone()));
            places.push(place);
        }
        plan.conflicts.push(Conflict { dimension: about.dimension.map(ToString::to_string), places });
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
        old: Vec<(&'static str, model::Value)>,
        new: Vec<(&'static str, model::Value)>,
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

/// A row would change a cell that a person has reviewed.
fn reviewed(about: About<'_>, review: &Review) -> Finding {
    let verdict = review.verdict.get().map_or("reviewed", |verdict| model::Vocabulary::id(verdict));
    let by = review.by.known().map(|by| format!(" by {}", quoted(by))).unwrap_or_default();
    let on = review.on.get().map(|on| format!(" on {on}")).unwrap_or_default();
    let message = format!("{} was {verdict}{by}{on}, and the row says something else", about.title());
    Finding::new(REVIEWED_CELL, Severity::Error, about.subject(), message)
        .help("take the row out, or overwrite the reviewed cell with --override-reviewed")
}

/// What was meant by an owner that is not there: the id that it has now, or one that looks alike.
fn guess<T: Holder>(entity: &Entity, there: &BTreeMap<String, T>) -> Option<String> {
    let kind = entity.kind();
    let now = there.iter().find(|(_, one)| one.had_id(entity.id())).map(|(id, _)| id);
    if let Some(now) = now {
        return Some(format!("it has another id now: write `{kind}:{now}`"));
    }
    let meant = closest(entity.id(), there.keys().map(String::as_str))?;
    Some(format!("did you mean `{kind}:{meant}`?"))
}
