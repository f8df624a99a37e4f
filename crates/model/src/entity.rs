//! Organizations, platforms and offerings: the owners of cells.

use std::collections::BTreeMap;

use crate::limits::MAX_CELLS;
use crate::record::record;
use crate::{
    Allow, Category, Cell, DimensionId, OfferingId, Optional, OrganizationId, PlatformId, Required, Url,
};

record! {
    /// A company that develops models, operates a platform, or both. Its cells answer developer-level questions.
    #[schemars(title = "Organization")]
    pub struct Organization {
        /// The id; it must be equal to the file name.
        id: Required<OrganizationId>,
        /// The name.
        name: Required<String> as Name,
        /// Former ids.
        former_ids: Optional<Vec<OrganizationId>>,
        /// The home page.
        homepage: Optional<Url> as Address,
        /// The domains on which it publishes pages.
        domains: Optional<Vec<String>> as Code,
        /// Findings accepted on purpose.
        allow: Optional<Vec<Allow>>,
        /// The answers to developer-level questions.
        #[schemars(extend("maxProperties" = MAX_CELLS))]
        cells: Optional<BTreeMap<DimensionId, Cell>>,
    }
}

record! {
    /// A service that serves models. Its cells answer platform-level questions for every offering
    /// on it.
    #[schemars(title = "Platform")]
    pub struct Platform {
        /// The id; it must be equal to the file name.
        id: Required<PlatformId>,
        /// The name.
        name: Required<String> as Name,
        /// Former ids.
        former_ids: Optional<Vec<PlatformId>>,
        /// The organization that operates it.
        operator: Required<OrganizationId>,
        /// Findings accepted on purpose.
        allow: Optional<Vec<Allow>>,
        /// The answers to platform-level questions.
        #[schemars(extend("maxProperties" = MAX_CELLS))]
        cells: Optional<BTreeMap<DimensionId, Cell>>,
    }
}

record! {
    /// A model family as sold on one platform.
    #[schemars(title = "Offering")]
    pub struct Offering {
        /// The id; it must be equal to the file name.
        id: Required<OfferingId>,
        /// The name.
        name: Required<String> as Name,
        /// Former ids.
        former_ids: Optional<Vec<OfferingId>>,
        /// The organization that develops the models; leave it out for a host of models from many developers.
        developer: Optional<OrganizationId>,
        /// The platform that serves the models.
        platform: Required<PlatformId>,
        /// How it is sold to customers.
        category: Required<Category>,
        /// The model family.
        model_family: Optional<String> as Name,
        /// A description in a few sentences.
        summary: Optional<String> as Prose,
        /// Findings accepted on purpose.
        allow: Optional<Vec<Allow>>,
        /// The answers for this offering. All others are inherited from its platform and its developer.
        #[schemars(extend("maxProperties" = MAX_CELLS))]
        cells: Optional<BTreeMap<DimensionId, Cell>>,
    }
}

macro_rules! entity {
    ($($name:ident),+) => {
        $(impl $name {
            /// Returns whether nothing of its file could be read.
            pub fn is_unread(&self) -> bool {
                self.id == Required::Unread && self.name == Required::Unread && self.cells.is_unread()
            }

            /// The stored cell of a dimension.
            pub fn cell(&self, dimension: &str) -> Option<&Cell> {
                self.cells.known()?.get(dimension)
            }
        })+
    };
}

entity!(Organization, Platform, Offering);

impl Organization {
    /// Returns whether `host` is one of its domains or lies under one.
    pub fn owns_host(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        self.domains.items().iter().any(|domain| {
            let domain = domain.to_ascii_lowercase();
            host == domain || host.strip_suffix(&domain).is_some_and(|rest| rest.ends_with('.'))
        })
    }
}
