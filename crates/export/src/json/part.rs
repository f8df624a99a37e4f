//! Published JSON of a part of the registry, as commands print it.

use std::io::{self, Write};

use model::{Dimension, Entity};

use super::{Writer, bytes, write};
use crate::edition::Edition;

/// Writes `data.json` with these offerings, in this order, and these dimensions alone.
///
/// # Errors
///
/// When writing fails.
pub fn json_data(
    out: &mut dyn Write,
    edition: &Edition,
    offerings: &[&str],
    dimensions: &[&Dimension],
) -> io::Result<()> {
    let writer = narrowed(edition, dimensions);
    let found = |id: &&str| writer.offerings.iter().enumerate().find(|(_, one)| one.id == *id);
    let offerings = offerings.iter().filter_map(found);
    write(out, &writer.data_of(dimensions.iter().copied(), offerings))
}

/// The document of an offering, a platform or an organization with these dimensions alone; nothing where
/// none is published.
pub fn json_document(edition: &Edition, entity: &Entity, dimensions: &[&Dimension]) -> Option<Vec<u8>> {
    let writer = narrowed(edition, dimensions);
    let is_asked = |id: &str| dimensions.iter().any(|one| one.id.text() == id);
    match entity {
        Entity::Offering(id) => {
            let (at, one) = writer.offerings.iter().enumerate().find(|(_, one)| one.id == id)?;
            Some(bytes(&writer.offering_document(at, one)))
        }
        Entity::Platform(id) => {
            let (id, one) = writer.platforms.iter().find(|(other, _)| other == id)?;
            let mut document = writer.platform(id, one);
            document.dimensions.0.retain(|(id, _)| is_asked(id));
            Some(bytes(&document))
        }
        Entity::Organization(id) => {
            let (id, one) = writer.organizations.iter().find(|(other, _)| other == id)?;
            let mut document = writer.organization(id, one);
            document.dimensions.0.retain(|(id, _)| is_asked(id));
            Some(bytes(&document))
        }
        _ => None,
    }
}

/// A writer that knows no other answers of the offerings.
fn narrowed<'a>(edition: &'a Edition, dimensions: &[&Dimension]) -> Writer<'a> {
    let mut writer = Writer::new(edition);
    for one in &mut writer.offerings {
        one.answers.retain(|answer| dimensions.iter().any(|dimension| dimension.id == answer.dimension.id));
    }
    writer
}
