//! The names of the things that ids name, in plain text. Each format escapes it.

use model::{
    Dimension, Entity, Level, Misnamed, Offering, Optional, Organization, Platform, Registry, Required,
    Resolved, SharedRecords,
};

use crate::words::UNREAD;

/// What the developer of an offering with models of many is called.
pub const MULTIPLE_DEVELOPERS: &str = "Multiple developers";

/// The names of the things that ids name. None is ever empty.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    registry: &'a Registry,
    shared: SharedRecords<'a>,
}

impl<'a> Names<'a> {
    /// The names in a registry.
    pub fn new(registry: &'a Registry, misnamed: &'a Misnamed) -> Self {
        Self { registry, shared: registry.shared(misnamed) }
    }

    /// The registry.
    pub fn registry(self) -> &'a Registry {
        self.registry
    }

    /// Where its offerings inherit from.
    pub(crate) fn shared(self) -> SharedRecords<'a> {
        self.shared
    }

    /// The name of the registry.
    pub fn title(self) -> &'a str {
        stated(&self.registry.info.name, "Registry")
    }

    /// The name of an organization, or its id where it has none.
    pub fn organization(self, id: &'a str) -> &'a str {
        self.shared.organization(id).map_or(id, |(_, one)| stated(&one.name, id))
    }

    /// The name of a platform, or its id where it has none.
    pub fn platform(self, id: &'a str) -> &'a str {
        self.shared.platform(id).map_or(id, |(_, one)| stated(&one.name, id))
    }

    /// The name of an offering, or its id where it has none.
    pub fn offering(self, id: &'a str, offering: &'a Offering) -> &'a str {
        stated(&offering.name, id)
    }

    /// The name of the developer of an offering.
    pub fn developer(self, offering: &'a Offering) -> &'a str {
        match &offering.developer {
            Optional::Known(id) => self.organization(id.as_str()),
            Optional::Absent => MULTIPLE_DEVELOPERS,
            Optional::Unread => UNREAD,
        }
    }

    /// The developer's organization by its file name, where there is one.
    pub fn developer_of(self, offering: &'a Offering) -> Option<(&'a str, &'a Organization)> {
        self.shared.organization(offering.developer.known()?.as_str())
    }

    /// The name of the platform of an offering.
    pub fn platform_of_offering(self, offering: &'a Offering) -> &'a str {
        offering.platform.known().map_or(UNREAD, |id| self.platform(id.as_str()))
    }

    /// The platform of an offering by its file name, where there is one.
    pub fn platform_of(self, offering: &'a Offering) -> Option<(&'a str, &'a Platform)> {
        self.shared.platform(offering.platform.known()?.as_str())
    }

    /// The name of the organization that operates the platform of an offering.
    pub fn operator(self, offering: &'a Offering) -> Option<&'a str> {
        let (_, platform) = self.platform_of(offering)?;
        platform.operator.known().map(|id| self.organization(id.as_str()))
    }

    /// The name of the owner of a cell.
    pub fn owner(self, owner: &'a Entity) -> &'a str {
        match owner {
            Entity::Organization(id) => self.organization(id),
            Entity::Platform(id) => self.platform(id),
            Entity::Offering(id) => self.registry.offerings.get(id).map_or(id, |one| self.offering(id, one)),
            other => other.id(),
        }
    }

    /// Whom an answer is about, and for whom it holds: "Microsoft Azure, the serving platform; shared by
    /// every offering on it", or "Microsoft Azure, the serving platform; an answer for this offering
    /// alone". The grade of an inherited answer that it replaces is left to the format.
    pub fn about(self, resolved: &'a Resolved<'a>, owner: &'a Entity) -> String {
        let name = self.owner(owner);
        match owner {
            Entity::Platform(_) => format!("{name}, the serving platform; shared by every offering on it"),
            Entity::Organization(_) => {
                format!("{name}, the developer; shared by every offering of its models")
            }
            _ => {
                let subject = self.subject(resolved.dimension, owner);
                let subject = subject.map(|(name, role)| format!("{name}, {role}; ")).unwrap_or_default();
                let instead = match &resolved.overridden {
                    Some((inherited, _)) => format!(", in place of that of {}", self.owner(inherited)),
                    None => String::new(),
                };
                format!("{subject}an answer for this offering alone{instead}")
            }
        }
    }

    /// Whom a question about an offering is about, and what they are to it: its platform or the developer
    /// of its models. Nothing where that is not known, or the models are of many.
    pub fn subject(self, dimension: &Dimension, offering: &Entity) -> Option<(&'a str, &'static str)> {
        let offering = self.registry.offerings.get(offering.id())?;
        match dimension.level.get()? {
            Level::Platform => {
                Some((self.platform(offering.platform.known()?.as_str()), "the serving platform"))
            }
            Level::Developer => {
                Some((self.organization(offering.developer.known()?.as_str()), "the developer"))
            }
        }
    }
}

/// A name, or a replacement if it is blank or could not be read.
pub fn stated<'a>(name: &'a Required<String>, otherwise: &'a str) -> &'a str {
    name.known().map(|name| name.trim()).filter(|name| !name.is_empty()).unwrap_or(otherwise)
}

/// The label of a dimension, or its id where it has none.
pub fn label(dimension: &Dimension) -> &str {
    stated(&dimension.label, dimension.id.text())
}

/// The name of a dimension's page, and of the anchor of its answers. It stays when the label changes.
pub fn slug(dimension: &Dimension) -> String {
    match dimension.slug.known() {
        Some(slug) => slug.to_string(),
        None => dimension.id.text().replace('_', "-"),
    }
}

/// The heading of a group of dimensions.
pub fn heading(group: &str) -> &str {
    if group.trim().is_empty() { "Other questions" } else { group }
}
