//! XML as workbooks hold it: no document type, a bounded depth, and an end to everything that begins.

use std::borrow::Cow;

use diagnostics::quoted;
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
pub(crate) use quick_xml::events::{BytesStart as Element, Event};

use crate::read::refused::Refused;

const MAX_DEPTH: usize = 200;
/// The depth of elements that the fast path reads.
const GLANCE: usize = 4;

/// Reads the XML of one part.
pub(crate) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    part: &'x str,
    text: &'x str,
    depth: usize,
    /// Whether what is left begins outside of all tags: not within text, nor an element without content.
    is_between: bool,
}

impl<'x> Xml<'x> {
    /// Begins with the text of a part.
    pub(crate) fn new(part: &'x str, text: &'x str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, part, text, depth: 0, is_between: false }
    }

    /// The next event; every start has its end, and the end of the part comes with none open. The
    /// refusal is boxed, since there are millions of events and at most one of it.
    #[inline]
    pub(crate) fn next(&mut self) -> Result<Event<'x>, Box<Refused>> {
        let event = self.reader.read_event().map_err(|error| self.broken(&error.to_string()))?;
        self.is_between = false;
        match &event {
            Event::Start(_) if self.depth < MAX_DEPTH => {
                self.depth += 1;
                self.is_between = !self.text[..self.at()].ends_with("/>");
            }
            Event::End(_) => {
                self.depth -= 1;
                self.is_between = true;
            }
            Event::Start(_) => return Err(self.broken("its elements are nested too deep").into()),
            Event::DocType(_) => return Err(self.doctype().into()),
            Event::Eof if self.depth > 0 => return Err(self.broken("it ends too early").into()),
            _ => {}
        }
        Ok(event)
    }

    /// What follows the tag that was read last, to look for elements that the fast path can read: see
    /// [`Self::pass`]. Nothing, where they could not be passed over.
    #[inline]
    pub(crate) fn rest(&self) -> &'x str {
        let has_room = self.is_between && self.depth < MAX_DEPTH - GLANCE;
        if has_room { &self.text[self.at()..] } else { "" }
    }

    /// Passes over the first bytes of [`Self::rest`], which are a whole element, at most [`GLANCE`] deep.
    #[inline]
    pub(crate) fn pass(&mut self, bytes: usize) {
        *self.reader.get_mut() = &self.reader.get_ref()[bytes..];
    }

    fn at(&self) -> usize {
        self.text.len() - self.reader.get_ref().len()
    }

    fn doctype(&self) -> Refused {
        Refused::new(
            format!("the part {} of the workbook declares a document type", quoted(self.part)),
            "no spreadsheet program writes one: save the file again with one",
        )
    }

    /// Appends the text within the element that has just begun, up to its end, without that of
    /// elements in it.
    pub(crate) fn text(&mut self, into: &mut String) -> Result<(), Refused> {
        loop {
            match self.next()? {
                Event::Start(_) => self.skip()?,
                Event::End(_) => return Ok(()),
                event => self.append(&event, into)?,
            }
        }
    }

    /// Appends what an event says, if it is text.
    pub(crate) fn append(&self, event: &Event<'_>, into: &mut String) -> Result<(), Refused> {
        match event {
            Event::Text(text) => into.push_str(&text.xml10_content()),
            Event::CData(text) => into.push_str(&text.xml10_content()),
            Event::GeneralRef(name) => match resolve_xml_entity(name) {
                Some(text) => into.push_str(text),
                None => match name.resolve_char_ref() {
                    Ok(Some(character)) => into.push(character),
                    _ => {
                        return Err(self.broken(&format!("it refers to &{};, which is not defined", &**name)));
                    }
                },
            },
            _ => {}
        }
        Ok(())
    }

    /// Passes over the element that has just begun, up to its end.
    pub(crate) fn skip(&mut self) -> Result<(), Refused> {
        let outside = self.depth - 1;
        while self.depth > outside {
            self.next()?;
        }
        Ok(())
    }

    /// The value of an attribute by its local name.
    pub(crate) fn attribute<'e>(
        &self,
        element: &'e Element<'_>,
        name: &str,
    ) -> Result<Option<Cow<'e, str>>, Refused> {
        for attribute in element.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.broken(&error.to_string()))?;
            if attribute.key.local_name().as_ref() == name {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                return value.map(Some).map_err(|error| self.broken(&error.to_string()));
            }
        }
        Ok(None)
    }

    /// The part is no XML that could be read.
    pub(crate) fn broken(&self, what: &str) -> Refused {
        Refused::new(
            format!("the part {} of the workbook is broken ({what})", quoted(self.part)),
            "save or download the file again: it may have been cut off or changed on its way",
        )
    }
}
