//! The badge of an offering: how many answers it has, how many of them were read and verified, and as of
//! when. Never a score.

use askama::Template;
use model::{Cell, Resolved, resolve};

use super::Site;
use crate::coverage::Coverage;
use crate::reading;

#[derive(Template)]
#[template(path = "badge.svg")]
struct Badge<'a> {
    name: &'a str,
    left: String,
    right: String,
    left_width: usize,
    right_width: usize,
}

/// The badge of the offering at a place of the index.
pub(super) fn badge<'a>(site: &Site<'a>, at: usize) -> impl Template + use<'a> {
    let (id, offering) = site.index.offerings[at];
    let answers = resolve(id, offering, site.edition.shared());
    let newest = answers.iter().filter_map(Resolved::cell).filter_map(Cell::as_of).max();
    let left = reading::coverage(&Coverage::of(&answers));
    let right = newest.map_or_else(|| "undated".to_owned(), |day| format!("as of {day}"));
    let width = |text: &str| text.len() * CHARACTER + 2 * PADDING;
    Badge {
        name: site.names().offering(id, offering),
        left_width: width(&left),
        right_width: width(&right),
        left,
        right,
    }
}

/// The width of a character, in pixels: the text is stretched or pressed to it.
const CHARACTER: usize = 6;
/// The room on either side of a text, in pixels.
const PADDING: usize = 8;

impl Badge<'_> {
    fn width(&self) -> usize {
        self.left_width + self.right_width
    }

    fn text_length(&self, width: &usize) -> usize {
        width - 2 * PADDING
    }

    fn padding(&self) -> usize {
        PADDING
    }
}
