//! The registry as GitHub-flavoured Markdown: a matrix of all answers, a page for each offering and for
//! each question, and one of all watch-outs.

mod answer;
mod dimension;
mod escape;
mod offering;
mod points;
mod readme;
mod watch_outs;

use model::{Entity, OfferingId, Subject};

use crate::edition::Edition;
use crate::left_out::{unasked, unread, unread_dimensions, unread_info};
use crate::names::slug;
use crate::{Export, OutputFile};

/// What no page shows.
const UNPUBLISHED: [&str; 4] = ["id", "former_ids", "allow", "domains"];

/// `README.md` with the matrix, `offerings/ID.md` with every answer about an offering,
/// `dimensions/SLUG.md` with the answers to a question, and `watch-outs.md`.
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
    let mut files = vec![
        file("README.md".to_owned(), readme::page(edition, &offerings)),
        file("watch-outs.md".to_owned(), watch_outs::page(edition, &offerings)),
    ];
    for one in &offerings {
        files.push(file(format!("offerings/{}.md", one.id), offering::page(edition, one)));
    }
    for question in registry.dimensions.iter() {
        let path = format!("dimensions/{}.md", slug(question));
        files.push(file(path, dimension::page(edition, question, &offerings)));
    }
    Export::of(edition, files, left_out)
}

fn file(path: String, text: String) -> OutputFile {
    OutputFile { path, bytes: text.into_bytes() }
}

#[cfg(test)]
pub(crate) use escape::tests::{github, shown};

#[cfg(test)]
mod tests;
