//! The subject of a finding, without its position.

use std::fmt;

use crate::{DimensionId, OfferingId};

/// The owner of what a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// `registry.toml`.
    Registry,
    /// A dimension, by its id.
    Dimension(String),
    /// An organization, by its file name.
    Organization(String),
    /// A platform, by its file name.
    Platform(String),
    /// An offering, by its file name.
    Offering(String),
    /// The visits of the pages of a host, by the host.
    Visits(String),
    /// A file of which no entity is known, by its path in the data folder with `/`.
    File(String),
}

impl Entity {
    /// `offering:ID` and the like; nothing for a file of which no entity is known.
    pub fn reference(&self) -> Option<String> {
        match self {
            Self::Registry => Some("registry".to_owned()),
            Self::File(_) => None,
            Self::Dimension(id)
            | Self::Organization(id)
            | Self::Platform(id)
            | Self::Offering(id)
            | Self::Visits(id) => Some(format!("{}:{id}", self.kind())),
        }
    }

    /// The organization, platform, offering or dimension that a reference such as `offering:ID` names;
    /// nothing for a text that is no reference.
    pub fn of_reference(reference: &str) -> Option<Self> {
        let (kind, id) = reference.split_once(':')?;
        let is_id = || id.parse::<OfferingId>().is_ok();
        match kind {
            "dimension" => id.parse::<DimensionId>().ok().map(|_| Self::Dimension(id.to_owned())),
            "organization" if is_id() => Some(Self::Organization(id.to_owned())),
            "platform" if is_id() => Some(Self::Platform(id.to_owned())),
            "offering" if is_id() => Some(Self::Offering(id.to_owned())),
            _ => None,
        }
    }

    /// What it is, in one word.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Registry => "registry",
            Self::Dimension(_) => "dimension",
            Self::Organization(_) => "organization",
            Self::Platform(_) => "platform",
            Self::Offering(_) => "offering",
            Self::Visits(_) => "visits",
            Self::File(_) => "file",
        }
    }

    /// Its id; empty for the registry.
    pub fn id(&self) -> &str {
        match self {
            Self::Registry => "",
            Self::Dimension(id)
            | Self::Organization(id)
            | Self::Platform(id)
            | Self::Offering(id)
            | Self::Visits(id)
            | Self::File(id) => id,
        }
    }

    /// The file that holds it, as a path in the data folder with `/`.
    pub fn file(&self) -> String {
        match self {
            Self::Registry => "registry.toml".to_owned(),
            Self::Dimension(_) => "dimensions.toml".to_owned(),
            Self::Organization(id) => format!("organizations/{id}.toml"),
            Self::Platform(id) => format!("platforms/{id}.toml"),
            Self::Offering(id) => format!("offerings/{id}.toml"),
            Self::Visits(host) => format!("visits/{host}.toml"),
            Self::File(path) => path.clone(),
        }
    }
}

impl fmt::Display for Entity {
    /// For messages: `offering azure-openai`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Registry => formatter.write_str("the registry"),
            Self::Visits(host) => write!(formatter, "visits of {host}"),
            other => write!(formatter, "{} {}", other.kind(), other.id()),
        }
    }
}

/// One step of a path into an entity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The value under a key.
    Key(String),
    /// The item at an index, from 0.
    Index(usize),
}

/// A path into a cell or an entity: `evidence[0].fetch.outcome`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FieldPath(Vec<Step>);

impl FieldPath {
    /// The path of a key at the top.
    pub fn of(key: impl Into<String>) -> Self {
        Self(vec![Step::Key(key.into())])
    }

    /// This path and a key below it.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.0.push(Step::Key(key.into()));
        self
    }

    /// This path and the item of a list below it.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.0.push(Step::Index(index));
        self
    }

    /// The steps from the top.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }
}

impl From<&str> for FieldPath {
    fn from(key: &str) -> Self {
        Self::of(key)
    }
}

impl FromIterator<Step> for FieldPath {
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Self {
        Self(steps.into_iter().collect())
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Index(index) => write!(formatter, "[{index}]")?,
                Step::Key(key) => {
                    let bare = !key.is_empty()
                        && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
                    let dot = if at == 0 { "" } else { "." };
                    if bare { write!(formatter, "{dot}{key}")? } else { write!(formatter, "{dot}{key:?}")? }
                }
            }
        }
        Ok(())
    }
}

/// What a finding is about: an entity, a cell of it, and a field within.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// The owner.
    pub entity: Entity,
    /// The cell, by the id of its dimension; none when the entity itself is meant.
    pub dimension: Option<String>,
    /// The field within the cell, or within the entity; none when the whole is meant.
    pub field: Option<FieldPath>,
}

impl Subject {
    /// The whole entity.
    pub fn entity(entity: Entity) -> Self {
        Self { entity, dimension: None, field: None }
    }

    /// A field of the entity.
    pub fn field(entity: Entity, field: impl Into<FieldPath>) -> Self {
        Self { entity, dimension: None, field: Some(field.into()) }
    }

    /// A whole cell.
    pub fn cell(entity: Entity, dimension: impl Into<String>) -> Self {
        Self { entity, dimension: Some(dimension.into()), field: None }
    }

    /// The same owner and cell, with a field of it.
    #[must_use]
    pub fn with(mut self, field: impl Into<FieldPath>) -> Self {
        self.field = Some(field.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_read_back() {
        for text in ["offering:a-b", "platform:a", "organization:a", "dimension:soc2_type2"] {
            assert_eq!(Entity::of_reference(text).and_then(|one| one.reference()).as_deref(), Some(text));
        }
        for text in ["offering/a", "offering:", "offering:A", "cell:a", "registry", "dimension:a-b", ""] {
            assert_eq!(Entity::of_reference(text), None, "{text}");
        }
    }

    #[test]
    fn paths_print_as_they_are_written() {
        let path = FieldPath::of("evidence").index(0).key("fetch").key("outcome");
        assert_eq!(path.to_string(), "evidence[0].fetch.outcome");
        assert_eq!(FieldPath::of("a b").to_string(), "\"a b\"");
    }
}
