//! Text of HTML pages.
//!
//! The page is read as a stream of tags and texts, not as a tree: a tree of a hostile page costs far more than the page.
//! So whatever is nested in whatever way takes time that grows with its length alone.

mod elements;

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use self::elements::{Place, frame_of, is_block, is_cell, is_heading, is_optional, is_void, left_out};
use super::frame::{is_of_other_pages, is_relative_day};
use super::lines::Lines;

pub(super) const NAME: &str = "html-1";

/// How many nested elements are tracked that say where their text belongs.
const MAX_REGIONS: usize = 100;

/// What a page holds.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) text: Lines,
    pub(super) aside: Lines,
    pub(super) has_scripts: bool,
    pub(super) asks_for_password: bool,
}

/// An element that says where its text belongs.
#[derive(Debug)]
struct Region {
    name: Box<[u8]>,
    place: Place,
    /// How many elements of its name are open within it.
    inner: usize,
}

/// The start tag that is being read.
#[derive(Debug, Default)]
struct Tag {
    name: Vec<u8>,
    attribute: Vec<u8>,
    place: Option<Place>,
    is_password: bool,
}

#[derive(Debug, Default)]
struct Reader {
    page: Page,
    regions: Vec<Region>,
    tag: Tag,
    /// How long the text was before the heading that is open.
    heading: Option<usize>,
    /// Whether what follows are links to other pages, until the next heading or the end of the section.
    is_elsewhere: bool,
}

/// Reads a page.
pub(super) fn read(html: &str) -> Page {
    let mut reader = Reader::default();
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        reader.event(event);
        None
    });
    emitter.naively_switch_states(true);
    // A text in memory has no errors.
    let _ = Tokenizer::new_with_emitter(html, emitter).finish();
    let mut page = reader.page;
    for line in page.text.take_lines(is_relative_day) {
        page.aside.end();
        page.aside.push(&line);
        page.aside.end();
    }
    page
}

/// Whether a tag of its own ends the line: `<br>` and tags of blocks.
pub(super) fn breaks_line(tag: &str) -> bool {
    let name = tag.trim_start_matches('<').trim_start_matches('/');
    let name = name.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or_default();
    is_block(name.to_ascii_lowercase().as_bytes())
}

impl Reader {
    fn event(&mut self, event: CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag.name.clear();
                self.tag.name.extend_from_slice(name);
                self.tag.attribute.clear();
                self.tag.place = None;
                self.tag.is_password = false;
            }
            CallbackEvent::AttributeName { name } => {
                self.tag.attribute.clear();
                self.tag.attribute.extend_from_slice(name);
                self.attribute(b"");
            }
            CallbackEvent::AttributeValue { value } => self.attribute(value),
            CallbackEvent::CloseStartTag { self_closing } => self.open(self_closing),
            CallbackEvent::EndTag { name } => self.close(name),
            CallbackEvent::String { value } => {
                let text = String::from_utf8_lossy(value);
                if let Some(lines) = self.lines() {
                    lines.push(&text);
                }
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
    }

    /// Notes what an attribute says of the place of the text. A value comes after its name.
    fn attribute(&mut self, value: &[u8]) {
        let place = elements::place_of_attribute(&self.tag.name, &self.tag.attribute, value);
        self.tag.place = self.tag.place.max(place);
        self.tag.is_password |= self.tag.attribute == b"type" && value.eq_ignore_ascii_case(b"password");
    }

    fn open(&mut self, self_closing: bool) {
        let name = std::mem::take(&mut self.tag.name);
        self.page.has_scripts |= name == b"script";
        self.page.asks_for_password |= name == b"input" && self.tag.is_password;
        self.part(&name);
        if is_heading(&name) {
            self.is_elsewhere = false;
            self.heading = Some(self.page.text.len());
        }
        // A block ends a paragraph, and an item the item before it, without an end tag.
        if let Some(region) = self.regions.last() {
            let ends = is_optional(&region.name)
                && (*region.name == *name || (*region.name == *b"p" && is_block(&name) && name != b"br"));
            if ends {
                self.regions.pop();
            }
        }
        let is_closed = self_closing && (name == b"svg" || name == b"math");
        if !is_void(&name) && !is_closed {
            if let Some(region) = self.regions.last_mut().filter(|region| *region.name == *name) {
                region.inner += 1;
            } else {
                let place =
                    self.tag.place.max(left_out(&name)).max(frame_of(&name, self.is_within_article()));
                if let Some(place) = place.filter(|_| self.regions.len() < MAX_REGIONS) {
                    self.regions.push(Region { name: name.clone().into(), place, inner: 0 });
                }
            }
        }
        self.tag.name = name;
    }

    fn close(&mut self, name: &[u8]) {
        self.part(name);
        if let Some(start) = self.heading.take_if(|_| is_heading(name)) {
            let heading = self.page.text.take_after(start);
            self.is_elsewhere = is_of_other_pages(&heading);
            let lines = if self.is_elsewhere { &mut self.page.aside } else { &mut self.page.text };
            lines.push(&heading);
            lines.end();
        } else if matches!(name, b"section" | b"article" | b"main") {
            self.is_elsewhere = false;
        }
        let Some(at) = self.regions.iter().rposition(|region| *region.name == *name) else { return };
        let region = &mut self.regions[at];
        if region.inner > 0 {
            region.inner -= 1;
            return;
        }
        self.regions.truncate(at);
    }

    /// Parts the text before a tag from the text behind it, where the tag does.
    fn part(&mut self, name: &[u8]) {
        if is_block(name) {
            self.page.text.end();
            self.page.aside.end();
        } else if is_cell(name) {
            self.page.text.space();
            self.page.aside.space();
        }
    }

    /// Whether a header or footer is that of an article, not that of the page.
    fn is_within_article(&self) -> bool {
        self.regions.iter().any(|region| region.place == Place::Article)
    }

    /// Where text belongs now; nowhere within scripts and the like.
    fn lines(&mut self) -> Option<&mut Lines> {
        match self.regions.iter().map(|region| region.place).max() {
            None | Some(Place::Article) if self.is_elsewhere => Some(&mut self.page.aside),
            None | Some(Place::Article) => Some(&mut self.page.text),
            Some(Place::Aside) => Some(&mut self.page.aside),
            Some(Place::Nowhere) => None,
        }
    }
}
