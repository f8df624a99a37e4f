//! Whom the rows of tables are about.

use std::collections::BTreeMap;

use diagnostics::{Finding, RuleId, TableCell, closest, quoted};
use model::{DimensionId, Document, Entity, OfferingId};

use crate::map::header::{Column, Kind};
use crate::map::mapped::Mapped;
use crate::map::typed::{Misfit, Wanted, misfit};
use crate::read::grid::{Cell, Row};
use crate::read::table::fault;
use crate::rules::{MISSING_VALUE, UNKNOWN_OWNER, WRONG_VALUE};

/// A row of a table, each by its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Origin {
    table: u32,
    row: u32,
}

impl Origin {
    /// The table and its row.
    pub(crate) fn of(self, tables: &[Mapped]) -> (&Mapped, Row<'_>) {
        let mapped = &tables[self.table as usize];
        (mapped, mapped.table.grid.row(self.row as usize))
    }
}

/// The rows that are about one entity.
#[derive(Debug, Default)]
pub(crate) struct Group {
    /// Those about the entity itself, in the order of the tables.
    pub(crate) own: Vec<Origin>,
    /// Those about its cells, each with the index of its dimension, by dimension and then in the order
    /// of the tables.
    pub(crate) cells: Vec<(u32, Origin)>,
}

/// The rows of tables by what they are about.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    /// Those about one entity each.
    pub(crate) entities: BTreeMap<Entity, Group>,
    /// The dimensions that they name, in order.
    pub(crate) dimensions: Vec<DimensionId>,
}

impl Groups {
    /// The first row about a cell of an entity, or about the entity itself where no cell is named.
    pub(crate) fn first(&self, entity: &Entity, dimension: Option<&str>) -> Option<Origin> {
        let group = self.entities.get(entity)?;
        let Some(dimension) = dimension else { return group.own.first().copied() };
        let wanted = self.dimensions.binary_search_by(|id| id.as_str().cmp(dimension)).ok()? as u32;
        let at = group.cells.partition_point(|(id, _)| *id < wanted);
        let (id, origin) = group.cells.get(at)?;
        (*id == wanted).then_some(*origin)
    }
}

/// The rows by what they are about. A row that does not tell is a fault.
pub(crate) fn group(tables: &[Mapped], findings: &mut Vec<Finding>) -> Groups {
    let mut entities: BTreeMap<Entity, Group> = BTreeMap::new();
    // Until all are known, a dimension has the index at which it was first seen.
    let mut seen: BTreeMap<DimensionId, u32> = BTreeMap::new();
    for (nth, mapped) in tables.iter().enumerate() {
        let owner = Owners::new(mapped);
        // Rows of one entity mostly follow one another.
        let mut last: Option<(&str, Entity, Group)> = None;
        for row in mapped.table.rows().filter(|row| !row.is_blank()) {
            let origin = Origin { table: nth as u32, row: row.index() as u32 };
            let text = owner.text(row);
            if last.as_ref().is_none_or(|(known, ..)| *known != text) {
                file(&mut entities, last.take());
                last = owner.entity(row, findings).map(|entity| (text, entity, Group::default()));
            }
            if mapped.header.kind != Kind::Cells {
                last.iter_mut().for_each(|(.., group)| group.own.push(origin));
            } else if let Some(dimension) = owner.dimension(row, &mut seen, findings) {
                last.iter_mut().for_each(|(.., group)| group.cells.push((dimension, origin)));
            }
        }
        file(&mut entities, last);
    }
    let mut ranks = vec![0; seen.len()];
    for (rank, index) in seen.values().enumerate() {
        ranks[*index as usize] = rank as u32;
    }
    for group in entities.values_mut() {
        group.cells.iter_mut().for_each(|(dimension, _)| *dimension = ranks[*dimension as usize]);
        group.cells.sort_by_key(|(dimension, _)| *dimension);
    }
    Groups { entities, dimensions: seen.into_keys().collect() }
}

fn file(groups: &mut BTreeMap<Entity, Group>, run: Option<(&str, Entity, Group)>) {
    let Some((_, entity, Group { own, cells })) = run else { return };
    let group = groups.entry(entity).or_default();
    group.own.extend(own);
    group.cells.extend(cells);
}

/// Why an id can name no file, if it cannot.
fn unusable(id: &str) -> Option<String> {
    /// File names have 255 bytes at most.
    const MOST: usize = 200;
    let is_device = |id: &str| {
        let numbered = |id: &str| {
            let number = id.strip_prefix("com").or_else(|| id.strip_prefix("lpt"));
            number.is_some_and(|number| number.len() == 1 && number.bytes().all(|b| b.is_ascii_digit()))
        };
        matches!(id, "con" | "prn" | "aux" | "nul") || numbered(id)
    };
    if id.len() > MOST {
        return Some(format!("{} has more than {MOST} characters", quoted(id)));
    }
    is_device(&id.to_ascii_lowercase()).then(|| format!("{} is the name of a device in Windows", quoted(id)))
}

/// Reads whom the rows of a table are about.
struct Owners<'m> {
    mapped: &'m Mapped,
    owner: Option<usize>,
    dimension: Option<usize>,
}

impl<'m> Owners<'m> {
    fn new(mapped: &'m Mapped) -> Self {
        let header = &mapped.header;
        let owner = match header.kind {
            Kind::Cells => Column::Owner,
            Kind::Entities(_) => Column::Field("id".into()),
        };
        Self { mapped, owner: header.position(&owner), dimension: header.position(&Column::Dimension) }
    }

    /// The text that names the owner, empty where there is none.
    fn text(&self, row: Row<'m>) -> &'m str {
        self.mapped.text(row, self.owner).map_or("", |cell| cell.text.trim())
    }

    fn entity(&self, row: Row<'m>, findings: &mut Vec<Finding>) -> Option<Entity> {
        let text = self.text(row);
        let document = match self.mapped.header.kind {
            Kind::Cells => return self.owner(row, text, findings),
            Kind::Entities(document) => document,
        };
        if text.is_empty() {
            let place = self.mapped.table.row(row);
            let help = format!("write it in {}", OfferingId::FORM);
            findings.push(fault(MISSING_VALUE, place, "the row has no `id`".to_owned(), &help));
            return None;
        }
        if let Some(what) = unusable(text) {
            findings.push(self.fault(
                WRONG_VALUE,
                row,
                self.owner,
                what,
                "choose another id: it names the file",
            ));
            return None;
        }
        let id = text.to_owned();
        Some(match document {
            Document::Organization => Entity::Organization(id),
            Document::Platform => Entity::Platform(id),
            _ => Entity::Offering(id),
        })
    }

    /// The owner of a cell: `offering:ID`, `platform:ID`, `organization:ID`, or the bare id of an
    /// offering.
    fn owner(&self, row: Row<'m>, text: &str, findings: &mut Vec<Finding>) -> Option<Entity> {
        let cell = self.mapped.text(row, self.owner);
        if let Some(finding) = self.unfit(row, cell.as_ref(), self.owner, "owner") {
            findings.push(finding);
            return None;
        }
        let (kind, id) = text.split_once(':').unwrap_or(("offering", text));
        let owned = id.to_owned();
        let entity = match kind {
            _ if id.parse::<OfferingId>().is_err() => None,
            "offering" => Some(Entity::Offering(owned)),
            "platform" => Some(Entity::Platform(owned)),
            "organization" => Some(Entity::Organization(owned)),
            _ => None,
        };
        if entity.is_none() {
            let help = match closest(kind, ["offering", "platform", "organization"]) {
                Some(meant) if meant != kind => {
                    format!("write `{meant}:ID`, with the id in {}", OfferingId::FORM)
                }
                _ => format!(
                    "write `offering:ID`, `platform:ID` or `organization:ID`, with the id in {}",
                    OfferingId::FORM
                ),
            };
            let message = format!("{} names no owner", quoted(text));
            findings.push(self.fault(UNKNOWN_OWNER, row, self.owner, message, &help));
        }
        entity
    }

    /// The index of the dimension that the row is about; nothing where it is no id.
    fn dimension(
        &self,
        row: Row<'m>,
        seen: &mut BTreeMap<DimensionId, u32>,
        findings: &mut Vec<Finding>,
    ) -> Option<u32> {
        let cell = self.mapped.text(row, self.dimension);
        if let Some(finding) = self.unfit(row, cell.as_ref(), self.dimension, "dimension") {
            findings.push(finding);
            return None;
        }
        let text = cell.map_or("", |cell| cell.text.trim());
        if let Some(index) = seen.get(text) {
            return Some(*index);
        }
        if let Ok(id) = text.parse() {
            let index = seen.len() as u32;
            seen.insert(id, index);
            return Some(index);
        }
        let message = format!("{} is no id of a dimension", quoted(text));
        let help = format!("write it in {}", DimensionId::FORM);
        findings.push(self.fault(WRONG_VALUE, row, self.dimension, message, &help));
        None
    }

    /// What is wrong with a cell that has to say something: that it is blank, or its kind.
    fn unfit(
        &self,
        row: Row<'m>,
        cell: Option<&Cell<'m>>,
        column: Option<usize>,
        name: &str,
    ) -> Option<Finding> {
        match cell {
            None => {
                let message = format!("the row has no `{name}`");
                Some(fault(
                    MISSING_VALUE,
                    self.place(row, column),
                    message,
                    "write it, or clear the whole row",
                ))
            }
            Some(cell) => {
                let Misfit { message, help } = misfit(cell, Wanted::Text)?;
                Some(fault(WRONG_VALUE, self.place(row, column), message, help))
            }
        }
    }

    fn fault(
        &self,
        rule: RuleId,
        row: Row<'m>,
        column: Option<usize>,
        message: String,
        help: &str,
    ) -> Finding {
        fault(rule, self.place(row, column), message, help)
    }

    fn place(&self, row: Row<'m>, column: Option<usize>) -> TableCell {
        column.map_or_else(|| self.mapped.table.row(row), |column| self.mapped.at(row, column))
    }
}
