//! The page that compares offerings. Their ids are in its address; a script loads their
//! answers from the offerings' pages.

use askama::Template;

use super::Site;
use super::frame::{Frame, Link};

#[derive(Template)]
#[template(path = "compare.html")]
struct ComparePage<'a> {
    frame: Frame<'a>,
    /// Id, and a link to the page.
    offerings: Vec<(&'a str, Link)>,
}

/// The page.
pub(super) fn page<'a>(site: &Site<'a>, path: &str) -> impl Template + use<'a> {
    let mut frame = Frame::new(site, path, "Compare")
        .described("Compare offerings side by side, with marked differences.")
        .dated()
        .script("compare.js");
    frame.connects();
    let offerings = site.index.offerings.iter().map(|(id, one)| {
        let href = frame.to(&format!("offerings/{id}/index.html"));
        (*id, Link::new(site.names().offering(id, one), Some(href)))
    });
    ComparePage { offerings: offerings.collect(), frame }
}
