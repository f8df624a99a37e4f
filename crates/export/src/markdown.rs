//! The registry as GitHub-flavoured Markdown: a matrix of all answers, a page for each offering and for
//! each question, and one of all watch-outs.

mod answer;
mod dimension;
mod escape;
mod offering;
mod points;
mod readme;
mod watch_outs;

use std::sync::Arc;

use model::{Entity, OfferingId, Subject};

use crate::edition::{Edition, ResolvedOffering};
use crate::left_out::{unasked, unread, unread_dimensions, unread_info};
use crate::names::slug;
use crate::{Export, OutputFile};

/// What no page shows.
const UNPUBLISHED: [&str; 4] = ["id", "former_ids", "allow", "domains"];

/// `README.md` with the matrix, `offerings/ID.md` with every answer about an offering,
/// `dimensions/SLUG.md` with the answers to a question, and `watch-outs.md`.
pub fn markdown(edition: &Edition) -> Export<'_> {
    let registry = edition.registry();
    let mut left_out = unread_info(&registry.info);
    left_out.extend(unread_dimensions(registry));
    left_out.extend(unread(registry, &UNPUBLISHED));
    left_out.extend(unasked(registry));

    // An id becomes the name of a file, so it must be one.
    let (offerings, others): (Vec<_>, Vec<_>) =
        edition.offerings().partition(|one| one.id.parse::<OfferingId>().is_ok());
    left_out.extend(others.iter().map(|one| Subject::entity(Entity::Offering(one.id.to_owned()))));
    let offerings = Arc::new(offerings);
    let all = |path: &str, page: fn(&Edition, &[ResolvedOffering<'_>]) -> String| {
        let offerings = Arc::clone(&offerings);
        file(path.to_owned(), move || page(edition, &offerings))
    };
    let mut files = vec![all("README.md", readme::page), all("watch-outs.md", watch_outs::page)];
    for (at, one) in offerings.iter().enumerate() {
        let path = format!("offerings/{}.md", one.id);
        let offerings = Arc::clone(&offerings);
        files.push(file(path, move || offering::page(edition, &offerings[at])));
    }
    for question in registry.dimensions.iter() {
        let path = format!("dimensions/{}.md", slug(question));
        let offerings = Arc::clone(&offerings);
        files.push(file(path, move || dimension::page(edition, question, &offerings)));
    }
    Export::of(edition, files, left_out)
}

fn file<'a>(path: String, page: impl Fn() -> String + Send + Sync + 'a) -> OutputFile<'a> {
    OutputFile::later(path, move |out| out.write_all(page().as_bytes()))
}

#[cfg(test)]
pub(crate) use escape::tests::{github, shown};

#[cfg(test)]
mod tests;
