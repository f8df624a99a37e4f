//! Reads which owner and which dimension a row names.

use std::collections::BTreeMap;

use diagnostics::{TableCell, closest, quoted};
use model::{DimensionId, Document, Entity, FieldPath, OfferingId};

use crate::fault::Fault;
use crate::findings::Findings;
use crate::map::header::{Column, Kind};
use crate::map::mapped::Mapped;
use crate::map::typed::{Wanted, mistyped};
use crate::read::grid::{Cell, CellKind, Row};
use crate::read::invalid_cell::InvalidCell;
use crate::rules::{MISSING_VALUE, TWO_OWNERS, UNKNOWN_OWNER, WRONG_VALUE};

/// The texts that name the owner of a row, of each column that may.
pub(crate) type Owned<'m> = [&'m str; 2];

/// The columns of a table that name owners and dimensions.
pub(crate) struct Owners<'m> {
    mapped: &'m Mapped,
    /// `owner`, `offering` or both; of a table of entities, `id`.
    owners: Vec<usize>,
    dimension: Option<usize>,
}

impl<'m> Owners<'m> {
    pub(crate) fn new(mapped: &'m Mapped) -> Self {
        let header = &mapped.header;
        let owner = match header.kind {
            Kind::Cells => Column::Owner,
            Kind::Entities(_) => Column::Field(FieldPath::of("id")),
        };
        let owners = header.columns.iter().enumerate().filter(|(_, column)| **column == owner);
        Self {
            mapped,
            owners: owners.map(|(at, _)| at).collect(),
            dimension: header.position(&Column::Dimension),
        }
    }

    /// The texts that name the owner, empty where there is none.
    pub(crate) fn texts(&self, row: Row<'m>) -> Owned<'m> {
        let text = |at: usize| {
            self.mapped.text(row, self.owners.get(at).copied()).map_or("", |cell| cell.text.trim())
        };
        [text(0), text(1)]
    }

    /// The owner of a row; nothing where it names none, or two.
    pub(crate) fn entity(&self, row: Row<'m>, faults: &mut Findings) -> Option<Entity> {
        let mut found: Option<(usize, Entity)> = None;
        let (mut is_sound, mut is_stated) = (true, false);
        for column in &self.owners {
            let Some(cell) = self.mapped.text(row, Some(*column)) else { continue };
            is_stated = true;
            let Some(entity) = self.named(row, &cell, *column, faults) else {
                is_sound = false;
                continue;
            };
            match &found {
                Some((first, other)) if *other != entity => {
                    let name = |at: usize| quoted(self.mapped.header_of(at));
                    let message = format!("{} and {} name different owners", name(*first), name(*column));
                    let fault = Fault::at(
                        TWO_OWNERS,
                        self.place(row, Some(*column)),
                        message,
                        "keep one of the two columns, or write the same owner in both",
                    );
                    faults.push(fault.related(self.place(row, Some(*first)), "the other owner"));
                    is_sound = false;
                }
                Some(_) => {}
                None => found = Some((*column, entity)),
            }
        }
        if !is_stated {
            faults.push(self.missing(row, self.owners.first().copied(), self.owner_name()));
        }
        found.filter(|_| is_sound).map(|(_, entity)| entity)
    }

    fn owner_name(&self) -> &'static str {
        if self.mapped.header.kind == Kind::Cells { "owner" } else { "id" }
    }

    /// The owner that a cell names.
    fn named(&self, row: Row<'m>, cell: &Cell<'m>, column: usize, faults: &mut Findings) -> Option<Entity> {
        let place = self.place(row, Some(column));
        if let Some(InvalidCell { message, help }) = mistyped(cell, Wanted::Text) {
            let rule = if cell.kind == CellKind::Refused { UNKNOWN_OWNER } else { WRONG_VALUE };
            faults.push(Fault::at(rule, place, message, &help));
            return None;
        }
        let text = cell.text.trim();
        if let Kind::Entities(document) = self.mapped.header.kind {
            return self.new_id(document, text, place, faults);
        }
        let owner = written(text);
        if owner.is_none() {
            let kind = text.split_once(':').map_or("", |(kind, _)| kind);
            let form = OfferingId::FORM;
            let help = match closest(kind, ["offering", "platform", "organization"]) {
                Some(meant) if meant != kind => format!("write `{meant}:ID`, with the id in {form}"),
                _ => {
                    format!("write `offering:ID`, `platform:ID` or `organization:ID`, with the id in {form}")
                }
            };
            faults.push(Fault::at(UNKNOWN_OWNER, place, format!("{} names no owner", quoted(text)), &help));
        }
        owner
    }

    /// The entity that a separate row names.
    fn new_id(
        &self,
        document: Document,
        text: &str,
        place: TableCell,
        faults: &mut Findings,
    ) -> Option<Entity> {
        if let Some(what) = unusable(text) {
            faults.push(Fault::at(
                WRONG_VALUE,
                place,
                what,
                "choose another id: it is also the name of the file",
            ));
            return None;
        }
        Some(entity_of(document, text))
    }

    /// The index of the dimension that the row is about, if it is one of these.
    pub(crate) fn known_dimension(&self, row: Row<'m>, seen: &BTreeMap<DimensionId, u32>) -> Option<u32> {
        let cell = self.mapped.text(row, self.dimension)?;
        if mistyped(&cell, Wanted::Text).is_some() {
            return None;
        }
        seen.get(cell.text.trim()).copied()
    }

    /// The index of the dimension that the row is about; nothing where it names none.
    pub(crate) fn dimension(
        &self,
        row: Row<'m>,
        seen: &mut BTreeMap<DimensionId, u32>,
        faults: &mut Findings,
    ) -> Option<u32> {
        let Some(cell) = self.mapped.text(row, self.dimension) else {
            faults.push(self.missing(row, self.dimension, "dimension"));
            return None;
        };
        let place = || self.place(row, self.dimension);
        if let Some(InvalidCell { message, help }) = mistyped(&cell, Wanted::Text) {
            faults.push(Fault::at(WRONG_VALUE, place(), message, &help));
            return None;
        }
        let text = cell.text.trim();
        if let Some(index) = seen.get(text) {
            return Some(*index);
        }
        let Ok(id) = text.parse::<DimensionId>() else {
            let message = format!("{} is not a dimension", quoted(text));
            let help = format!("write its id, in {}", DimensionId::FORM);
            faults.push(Fault::at(WRONG_VALUE, place(), message, &help));
            return None;
        };
        let next = seen.len() as u32;
        Some(*seen.entry(id).or_insert(next))
    }

    fn missing(&self, row: Row<'_>, column: Option<usize>, name: &str) -> Fault {
        let message = format!("the row has no `{name}`");
        Fault::at(MISSING_VALUE, self.place(row, column), message, "write it, or clear the whole row")
    }

    fn place(&self, row: Row<'_>, column: Option<usize>) -> TableCell {
        column.map_or_else(|| self.mapped.table.row(row), |column| self.mapped.at(row, column))
    }
}

/// The owner that a text is: `offering:ID`, `platform:ID`, `organization:ID`, or the bare id of an offering.
pub(crate) fn written(text: &str) -> Option<Entity> {
    let (kind, id) = text.split_once(':').unwrap_or(("offering", text));
    if id.parse::<OfferingId>().is_err() {
        return None;
    }
    match kind {
        "offering" => Some(Entity::Offering(id.to_owned())),
        "platform" => Some(Entity::Platform(id.to_owned())),
        "organization" => Some(Entity::Organization(id.to_owned())),
        _ => None,
    }
}

/// The entity of a kind of file.
pub(crate) fn entity_of(document: Document, id: &str) -> Entity {
    match document {
        Document::Organization => Entity::Organization(id.to_owned()),
        Document::Platform => Entity::Platform(id.to_owned()),
        _ => Entity::Offering(id.to_owned()),
    }
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
    is_device(&id.to_ascii_lowercase()).then(|| format!("{} is a device name of Windows", quoted(id)))
}
