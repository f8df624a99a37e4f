//! The registry as JSON: everything in one document, and a small document for each thing in it.

mod cell;
mod document;
mod part;
mod schema;
mod value;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use model::{Answer, Dimension, Entity, OfferingId, OrganizationId, PlatformId, Resolved};
use serde::Serialize;

use self::cell::{Cell, FullCell, ModelException};
use self::document::{
    Coverage, Data, DimensionDocument, Entry, Header, Index, Offering, OfferingDocument, Organization,
    OrganizationDocument, Platform, PlatformDocument, Question, Visit, VisitsDocument,
};
pub use self::part::{json_data, json_document};
use self::value::{Each, Map, Shown, Version};
use crate::edition::{Edition, ResolvedOffering};
use crate::left_out::{is_id, misnamed, unasked, unread, unread_dimensions, unread_info};
use crate::names::label;
use crate::{Export, OutputFile, reading};

/// The version of the published formats: `schema_version` in each document.
pub const SCHEMA_VERSION: u32 = Version::NUMBER;

/// What no document shows.
const UNPUBLISHED: [&str; 3] = ["id", "former_ids", "allow"];

/// `data.json` with every offering and its answers, a document for each offering, dimension,
/// organization and platform, an index of them, and the JSON Schemas of all.
pub fn json(edition: &Edition) -> Export<'_> {
    let registry = edition.registry();
    let mut left_out = unread_info(&registry.info);
    left_out.extend(unread_dimensions(registry));
    left_out.extend(unread(registry, &UNPUBLISHED));
    left_out.extend(unasked(registry));

    left_out.extend(misnamed(registry));

    let schemas = schema::schemas();
    let writer = Arc::new(Writer::new(edition));
    let index = bytes(&writer.index(schemas.iter().map(|(name, _)| *name)));
    let mut files = vec![
        file(&writer, "data.json".to_owned(), |writer, out| write(out, &writer.data())),
        OutputFile::new("index.json".to_owned(), index),
        file(&writer, "visits.json".to_owned(), |writer, out| write(out, &writer.visits())),
    ];
    for (at, one) in writer.offerings.iter().enumerate() {
        files.push(file(&writer, format!("offerings/{}.json", one.id), move |writer, out| {
            write(out, &writer.offering_document(at, &writer.offerings[at]))
        }));
    }
    for dimension in registry.dimensions.iter() {
        let path = format!("dimensions/{}.json", dimension.id.text());
        files.push(file(&writer, path, move |writer, out| write(out, &writer.dimension_document(dimension))));
    }
    for (id, one) in writer.organizations.iter().copied() {
        let path = format!("organizations/{id}.json");
        files.push(file(&writer, path, move |writer, out| write(out, &writer.organization(id, one))));
    }
    for (id, one) in writer.platforms.iter().copied() {
        let path = format!("platforms/{id}.json");
        files.push(file(&writer, path, move |writer, out| write(out, &writer.platform(id, one))));
    }
    files.extend(schemas.iter().map(|(name, schema)| OutputFile::new(schema::path(name), bytes(schema))));
    Export { unread: reading::unread(&edition.coverage()), ..Export::of(edition, files, left_out) }
}

/// A file whose document is made as it is written, thing by thing: one file may answer for every offering of a platform
/// what the platform says once.
fn file<'a>(
    writer: &Arc<Writer<'a>>,
    path: String,
    write: impl Fn(&Writer<'a>, &mut dyn Write) -> io::Result<()> + Send + Sync + 'a,
) -> OutputFile<'a> {
    let writer = Arc::clone(writer);
    OutputFile::later(path, move |out| write(&writer, out))
}

/// Writes a document.
fn write(out: &mut dyn Write, document: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, document)?;
    out.write_all(b"\n")
}

fn bytes(document: &impl Serialize) -> Vec<u8> {
    let mut bytes = Vec::new();
    match write(&mut bytes, document) {
        Ok(()) => bytes,
        Err(_) => unreachable!("keys are texts, and memory takes every byte"),
    }
}

/// What the documents are made of: everything whose id can be the name of a file.
struct Writer<'a> {
    edition: &'a Edition,
    header: Header<'a>,
    offerings: Vec<ResolvedOffering<'a>>,
    organizations: Vec<(&'a str, &'a model::Organization)>,
    platforms: Vec<(&'a str, &'a model::Platform)>,
    /// The offerings by the organization that develops their models.
    developed: BTreeMap<&'a str, Vec<&'a str>>,
    /// The offerings by platform.
    served: BTreeMap<&'a str, Vec<&'a str>>,
    /// The platforms by the organization that operates them.
    operated: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Writer<'a> {
    fn new(edition: &'a Edition) -> Self {
        let registry = edition.registry();
        let names = edition.names();
        let offerings: Vec<_> = edition.offerings().filter(|one| is_id::<OfferingId>(one.id)).collect();
        let organizations = registry.organizations.iter().map(|(id, one)| (id.as_str(), one));
        let platforms = registry.platforms.iter().map(|(id, one)| (id.as_str(), one));
        let platforms: Vec<_> =
            platforms.filter(|(id, one)| !one.is_unread() && is_id::<PlatformId>(id)).collect();
        let developed =
            offerings.iter().filter_map(|one| Some((names.developer_of(one.offering)?.0, one.id)));
        let served = offerings.iter().filter_map(|one| Some((names.platform_of(one.offering)?.0, one.id)));
        let operated = platforms.iter().map(|(id, one)| (one.operator.text(), *id));
        Self {
            edition,
            header: Header::new(edition),
            organizations: organizations
                .filter(|(id, one)| !one.is_unread() && is_id::<OrganizationId>(id))
                .collect(),
            developed: grouped(developed),
            served: grouped(served),
            operated: grouped(operated),
            platforms,
            offerings,
        }
    }

    fn data(&self) -> Data<'_> {
        let dimensions = self.edition.registry().dimensions.iter();
        self.data_of(dimensions, self.offerings.iter().enumerate())
    }

    /// Everything about some offerings, given with their places, in some dimensions.
    fn data_of<'w>(
        &'w self,
        dimensions: impl Iterator<Item = &'w Dimension>,
        offerings: impl Iterator<Item = (usize, &'w ResolvedOffering<'a>)> + Clone,
    ) -> Data<'w> {
        let answers = offerings.clone().flat_map(|(_, one)| &one.answers);
        Data {
            header: self.header,
            coverage: Coverage::of(answers),
            dimensions: Map(dimensions.map(|one| (one.id.text(), one.question.text())).collect()),
            offerings: {
                let offerings: Vec<_> = offerings.collect();
                Each::of(offerings.len(), move |nth| {
                    let (at, one) = offerings[nth];
                    self.offering(at, one, |one| Cell::resolved(one, self.edition))
                })
            },
        }
    }

    fn offering<C>(
        &self,
        sort_order: usize,
        one: &ResolvedOffering<'a>,
        cell: impl Fn(&Resolved<'a>) -> C,
    ) -> Offering<'a, C> {
        let names = self.edition.names();
        let offering = one.offering;
        Offering {
            id: one.id,
            name: names.offering(one.id, offering),
            developer: names.developer(offering),
            platform: names.platform_of_offering(offering),
            category: offering.category.get().map(Shown),
            model_family: cell::text(offering.model_family.known()),
            summary: cell::text(offering.summary.known()),
            sort_order,
            coverage: Coverage::of(&one.answers),
            model_exceptions: exceptions(&one.answers, self.edition),
            dimensions: Map(by_dimension(&one.answers).map(|(id, one)| (id, cell(one))).collect()),
        }
    }

    fn offering_document(&self, at: usize, one: &ResolvedOffering<'a>) -> OfferingDocument<'a> {
        let names = self.edition.names();
        let operators = by_dimension(&one.answers).filter_map(|(id, resolved)| {
            let operator = resolved.operator.as_ref()?;
            let owner = Entity::Organization(operator.organization.to_owned());
            Some((id, FullCell::stored(&owner, resolved.dimension, operator.cell, self.edition)))
        });
        OfferingDocument {
            header: self.header,
            offering: self.offering(at, one, |one| FullCell::resolved(one, self.edition)),
            developer_id: names.developer_of(one.offering).map_or_else(
                || one.offering.developer.known().map(OrganizationId::as_str),
                |(id, _)| Some(id),
            ),
            platform_id: names
                .platform_of(one.offering)
                .map_or_else(|| one.offering.platform.known().map(PlatformId::as_str), |(id, _)| Some(id)),
            operator_answers: Map(operators.collect()),
        }
    }

    fn dimension_document(&self, dimension: &'a Dimension) -> DimensionDocument<'a> {
        let answers = self.offerings.iter().filter_map(|one| {
            let resolved = one.answers.iter().find(|resolved| resolved.dimension.id == dimension.id)?;
            Some((one.id, Cell::resolved(resolved, self.edition)))
        });
        DimensionDocument {
            header: self.header,
            dimension: Question::new(dimension),
            answers: Map(answers.collect()),
        }
    }

    fn organization(&self, id: &'a str, one: &'a model::Organization) -> OrganizationDocument<'a> {
        OrganizationDocument {
            header: self.header,
            organization: Organization {
                id,
                name: self.edition.names().organization(id),
                homepage: one.homepage.known().map(Shown),
                domains: one.domains.items(),
            },
            dimensions: self.stored(&Entity::Organization(id.to_owned()), |id| one.cell(id)),
            offerings: self.developed.get(id).cloned().unwrap_or_default(),
            platforms: self.operated.get(id).cloned().unwrap_or_default(),
        }
    }

    fn platform(&self, id: &'a str, one: &'a model::Platform) -> PlatformDocument<'a> {
        PlatformDocument {
            header: self.header,
            platform: Platform {
                id,
                name: self.edition.names().platform(id),
                operator: one.operator.known().map(Shown),
            },
            dimensions: self.stored(&Entity::Platform(id.to_owned()), |id| one.cell(id)),
            offerings: self.served.get(id).cloned().unwrap_or_default(),
        }
    }

    /// The cells that an entity stores, in the order of the dimensions.
    fn stored(
        &self,
        owner: &Entity,
        cell: impl Fn(&str) -> Option<&'a model::Cell>,
    ) -> Map<'a, FullCell<'a>> {
        let dimensions = self.edition.registry().dimensions.iter();
        let cells = dimensions.filter_map(|dimension| {
            let id = dimension.id.text();
            Some((id, FullCell::stored(owner, dimension, cell(id)?, self.edition)))
        });
        Map(cells.collect())
    }

    fn visits(&self) -> VisitsDocument<'a> {
        let hosts = self.edition.registry().visits.values();
        let visits = hosts.flat_map(|host| host.visits.items());
        VisitsDocument { header: self.header, visits: visits.filter_map(Visit::new).collect() }
    }

    fn index(&self, schemas: impl Iterator<Item = &'static str>) -> Index<'a> {
        let names = self.edition.names();
        let dimensions = self.edition.registry().dimensions.iter();
        let offerings = self.offerings.iter();
        let organizations = self.organizations.iter();
        let platforms = self.platforms.iter();
        Index {
            header: self.header,
            data: "data.json",
            visits: "visits.json",
            dimensions: dimensions.map(|one| Entry::new("dimensions", one.id.text(), label(one))).collect(),
            offerings: offerings
                .map(|one| Entry::new("offerings", one.id, names.offering(one.id, one.offering)))
                .collect(),
            organizations: organizations
                .map(|(id, _)| Entry::new("organizations", id, names.organization(id)))
                .collect(),
            platforms: platforms.map(|(id, _)| Entry::new("platforms", id, names.platform(id))).collect(),
            schemas: Map(schemas.map(|name| (name, schema::path(name))).collect()),
        }
    }
}

fn grouped<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> BTreeMap<&'a str, Vec<&'a str>> {
    let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (group, item) in pairs {
        groups.entry(group).or_default().push(item);
    }
    groups
}

fn by_dimension<'a, 'b>(
    answers: &'b [Resolved<'a>],
) -> impl Iterator<Item = (&'a str, &'b Resolved<'a>)> + use<'a, 'b> {
    answers.iter().map(|resolved| (resolved.dimension.id.text(), resolved))
}

/// The models for which some answers differ, by name.
fn exceptions<'a>(answers: &[Resolved<'a>], edition: &Edition) -> Vec<ModelException<'a>> {
    let mut models: BTreeMap<&str, Vec<(&str, Cell<'_>)>> = BTreeMap::new();
    for (id, resolved) in by_dimension(answers) {
        let Answer::Cell(owner, cell) = &resolved.answer else { continue };
        for (model, cell) in Cell::excepted(owner, resolved.dimension, cell, edition) {
            let cells = models.entry(model).or_default();
            // Of two exceptions for one model, the first counts.
            if cells.iter().all(|(other, _)| *other != id) {
                cells.push((id, cell));
            }
        }
    }
    models.into_iter().map(|(model, cells)| ModelException { model, dimensions: Map(cells) }).collect()
}

#[cfg(test)]
mod tests;
