//! The registry as GitHub-flavoured Markdown: a matrix of all answers, and a page an offering.

mod answer;
mod escape;
mod offering;
mod readme;

use model::{Entity, OfferingId, Registry, RegistryInfo, Subject};

use crate::edition::Edition;
use crate::left_out::unread;
use crate::stored::stored_cells;
use crate::{Export, OutputFile};

/// What no page shows.
const UNPUBLISHED: [&str; 4] = ["id", "former_ids", "allow", "domains"];

/// `README.md` with the matrix, and `offerings/ID.md` with every answer about an offering.
pub fn markdown(edition: &Edition) -> Export {
    let registry = edition.registry();
    let mut left_out = unread_info(&registry.info);
    left_out.extend(unread_dimensions(registry));
    left_out.extend(unread(registry, &UNPUBLISHED));
    left_out.extend(unasked(registry));

    // An id becomes the name of a file, so it must be one.
    let (offerings, others): (Vec<_>, Vec<_>) =
        edition.offerings().partition(|one| one.id.parse::<OfferingId>().is_ok());
    left_out.extend(others.iter().map(|one| Subject::entity(Entity::Offering(one.id.to_owned()))));
    let mut files = vec![file("README.md".to_owned(), readme::page(edition, &offerings))];
    for one in &offerings {
        files.push(file(format!("offerings/{}.md", one.id), offering::page(edition, one)));
    }
    Export::of(edition, files, left_out)
}

fn file(path: String, text: String) -> OutputFile {
    OutputFile { path, bytes: text.into_bytes() }
}

fn unread_info(info: &RegistryInfo) -> Vec<Subject> {
    let fields = [
        ("name", info.name.known().is_none()),
        ("licence", info.licence.is_unread()),
        ("disclaimer", info.disclaimer.is_unread()),
        ("corrections", info.corrections.is_unread()),
        ("site_url", info.site_url.is_unread()),
        ("repository_url", info.repository_url.is_unread()),
    ];
    let unread = fields.into_iter().filter(|(_, unread)| *unread);
    unread.map(|(key, _)| Subject::field(Entity::Registry, key)).collect()
}

fn unread_dimensions(registry: &Registry) -> Vec<Subject> {
    let mut found = Vec::new();
    if !registry.dimensions.is_complete() {
        found.push(Subject::entity(Entity::File("dimensions.toml".to_owned())));
    }
    for dimension in registry.dimensions.iter() {
        let entity = Entity::Dimension(dimension.id.text().to_owned());
        for (key, unread) in [
            ("label", dimension.label.known().is_none()),
            ("question", dimension.question.known().is_none()),
            ("group", dimension.group.known().is_none()),
            ("level", dimension.level.known().is_none()),
        ] {
            if unread {
                found.push(Subject::field(entity.clone(), key));
            }
        }
    }
    found
}

/// The cells of dimensions that the registry does not have: no page has a place for them.
fn unasked(registry: &Registry) -> impl Iterator<Item = Subject> {
    let cells = stored_cells(registry).into_iter();
    let unasked = cells.filter(|stored| registry.dimensions.get(stored.dimension.as_str()).is_none());
    unasked.map(|stored| Subject::cell(stored.owner, stored.dimension.as_str()))
}

#[cfg(test)]
mod tests;
