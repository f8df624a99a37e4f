//! Organizations, platforms and offerings: the owners of cells.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use crate::cell::Fields;
use crate::limits::MAX_CELLS;
use crate::{
    Allow, Category, Cell, DimensionId, OfferingId, Optional, OrganizationId, PlatformId, Required, Url,
    Value,
};

/// The cells of an entity by dimension.
pub(crate) type Cells = Optional<BTreeMap<DimensionId, Cell>>;

/// A company that develops models, runs a platform, or both. Its cells are the developer-level ones.
#[derive(Debug, Clone, PartialEq, Eq, Default, JsonSchema)]
#[schemars(deny_unknown_fields, title = "Organization")]
pub struct Organization {
    /// Its id, equal to the file name.
    pub id: Required<OrganizationId>,
    /// Its name.
    pub name: Required<String>,
    /// Ids that it had before.
    pub former_ids: Optional<Vec<OrganizationId>>,
    /// Its home page.
    pub homepage: Optional<Url>,
    /// The domains on which it publishes.
    pub domains: Optional<Vec<String>>,
    /// Findings accepted on purpose.
    pub allow: Optional<Vec<Allow>>,
    /// Its answers to developer-level questions.
    #[schemars(extend("maxProperties" = MAX_CELLS))]
    pub cells: Cells,
}

/// A service that serves models. Its cells are the platform-level ones that hold for every offering
/// on it.
#[derive(Debug, Clone, PartialEq, Eq, Default, JsonSchema)]
#[schemars(deny_unknown_fields, title = "Platform")]
pub struct Platform {
    /// Its id, equal to the file name.
    pub id: Required<PlatformId>,
    /// Its name.
    pub name: Required<String>,
    /// Ids that it had before.
    pub former_ids: Optional<Vec<PlatformId>>,
    /// The organization that runs it.
    pub operator: Required<OrganizationId>,
    /// Findings accepted on purpose.
    pub allow: Optional<Vec<Allow>>,
    /// Its answers to platform-level questions.
    #[schemars(extend("maxProperties" = MAX_CELLS))]
    pub cells: Cells,
}

/// A model family as sold on one platform.
#[derive(Debug, Clone, PartialEq, Eq, Default, JsonSchema)]
#[schemars(deny_unknown_fields, title = "Offering")]
pub struct Offering {
    /// Its id, equal to the file name.
    pub id: Required<OfferingId>,
    /// Its name.
    pub name: Required<String>,
    /// Ids that it had before.
    pub former_ids: Optional<Vec<OfferingId>>,
    /// The organization that develops the models; absent for a host of many developers.
    pub developer: Optional<OrganizationId>,
    /// The platform that serves the models.
    pub platform: Required<PlatformId>,
    /// How it reaches its customers.
    pub category: Required<Category>,
    /// The family of models.
    pub model_family: Optional<String>,
    /// What it is, in a few sentences.
    pub summary: Optional<String>,
    /// Findings accepted on purpose.
    pub allow: Optional<Vec<Allow>>,
    /// Its own answers; what is not here is inherited from its platform and its developer.
    #[schemars(extend("maxProperties" = MAX_CELLS))]
    pub cells: Cells,
}

macro_rules! entity {
    ($name:ident { $($field:ident: $kind:ident),+ $(,)? }) => {
        impl $name {
            /// Whether nothing of its file could be read.
            pub fn is_unread(&self) -> bool {
                self.id == Required::Unread && self.name == Required::Unread && self.cells.is_unread()
            }

            /// The stored cell of a dimension.
            pub fn cell(&self, dimension: &str) -> Option<&Cell> {
                self.cells.known()?.get(dimension)
            }

            /// All known fields but the cells, in canonical order.
            pub fn fields(&self) -> Vec<(&'static str, Value)> {
                let mut fields = Fields::default();
                $(entity!(@$kind fields, self, $field);)+
                fields.tables("allow", &self.allow, Allow::fields);
                fields.0
            }
        }
    };
    (@list $fields:ident, $self:ident, $field:ident) => {
        $fields.texts(stringify!($field), &$self.$field)
    };
    (@text $fields:ident, $self:ident, $field:ident) => {
        $fields.text(stringify!($field), $self.$field.known())
    };
}

entity!(Organization { id: text, name: text, former_ids: list, homepage: text, domains: list });
entity!(Platform { id: text, name: text, former_ids: list, operator: text });
entity!(Offering {
    id: text,
    name: text,
    former_ids: list,
    developer: text,
    platform: text,
    category: text,
    model_family: text,
    summary: text,
});

impl Organization {
    /// Whether `host` is one of its domains or lies under one.
    pub fn owns_host(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        self.domains.items().iter().any(|domain| {
            let domain = domain.to_ascii_lowercase();
            host == domain || host.strip_suffix(&domain).is_some_and(|rest| rest.ends_with('.'))
        })
    }
}
