//! The texts of an entity, a cell, the registry and a question, each visited once and none cloned.

mod dates;
mod glance;
mod walk;

use std::ops::Range;

use diagnostics::{Place, quoted};
use model::{At, Dimension, Entity, RegistryInfo, Step, Subject, TextKind};

pub use self::dates::DateContext;
use self::glance::Glance;
pub(crate) use self::glance::Sign;
use crate::{CellContext, EntityContext, VisitsContext};

/// Who holds a text.
#[derive(Clone, Copy)]
pub enum Holder<'a> {
    /// A stored cell.
    Cell(&'a CellContext<'a>),
    /// An organization, platform or offering; its cells hold their own.
    Entity(&'a EntityContext<'a>),
    /// `registry.toml`.
    Registry(&'a RegistryInfo),
    /// A question.
    Dimension(&'a Dimension),
    /// The visits of a host.
    Visits(&'a VisitsContext<'a>),
}

/// One text, its place and its kind.
pub struct TextContext<'a> {
    /// Who holds it.
    pub holder: Holder<'a>,
    /// What it is.
    pub kind: TextKind,
    /// The text as read.
    pub text: &'a str,
    glance: Glance,
    at: At<'a>,
}

/// A field of a holder as a subject.
fn subject(holder: Holder<'_>, at: &At<'_>) -> Subject {
    let path = at.path();
    match holder {
        Holder::Cell(cell) => cell.at(path),
        Holder::Entity(entity) => entity.field(path),
        Holder::Registry(_) => Subject::field(Entity::Registry, path),
        Holder::Dimension(dimension) => {
            Subject::field(Entity::Dimension(dimension.id.text().to_owned()), path)
        }
        Holder::Visits(visits) => Subject::field(visits.entity.clone(), path),
    }
}

/// A field of a holder, for messages.
fn name(holder: Holder<'_>, at: &At<'_>) -> String {
    let path = quoted(&at.path().to_string());
    match holder {
        Holder::Cell(cell) => format!("{path} of {}", cell.name()),
        Holder::Entity(entity) => format!("{path} of {}", entity.title()),
        Holder::Registry(_) => format!("{path} of the registry"),
        Holder::Dimension(dimension) => format!("{path} of dimension {}", quoted(dimension.id.text())),
        Holder::Visits(visits) => format!("{path} of the visits of {}", quoted(visits.host)),
    }
}

impl TextContext<'_> {
    /// The text as a subject.
    pub fn subject(&self) -> Subject {
        subject(self.holder, &self.at)
    }

    /// Returns whether it is below this key.
    pub(crate) fn is_below(&self, key: &str) -> bool {
        self.at.path().steps().first() == Some(&Step::Key(key.to_owned()))
    }

    /// A range of the text.
    pub fn within(&self, range: Range<usize>) -> Place {
        Place::within(self.subject(), range)
    }

    /// Returns whether it shows this sign. Most texts show none, so check this before looking for its meaning.
    pub(crate) fn shows(&self, sign: Sign) -> bool {
        self.glance.shows(sign)
    }

    /// "`headline` of cell `soc2_type2` of Acme Chat", for messages.
    pub fn name(&self) -> String {
        name(self.holder, &self.at)
    }

    /// The cell and the key of the fact, where the text is one or an item of one.
    pub fn fact(&self) -> Option<(&CellContext<'_>, &str)> {
        let Holder::Cell(cell) = self.holder else { return None };
        let above = match &self.at {
            At::Index(above, _) if self.kind == TextKind::Fact => above,
            at => at,
        };
        match above {
            At::Key(_, key) if self.kind == TextKind::Fact => Some((cell, key)),
            _ => None,
        }
    }
}
