//! The registry as a whole.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use crate::limits::MAX_RETIRED;
use crate::{
    Allow, BaseUrl, Date, DimensionId, Dimensions, Offering, Optional, Organization, Platform, Required,
};

/// The file `registry.toml`: what the registry is.
#[derive(Debug, Clone, PartialEq, Eq, Default, JsonSchema)]
#[schemars(deny_unknown_fields, title = "Registry")]
pub struct RegistryInfo {
    /// The name of the registry.
    pub name: Required<String>,
    /// The licence of the data, as an SPDX expression.
    pub licence: Optional<String>,
    /// What readers may and may not conclude.
    pub disclaimer: Optional<String>,
    /// Where corrections go.
    pub corrections: Optional<String>,
    /// The address of the published site.
    pub site_url: Optional<BaseUrl>,
    /// The address of the repository.
    pub repository_url: Optional<BaseUrl>,
    /// Findings accepted on purpose.
    pub allow: Optional<Vec<Allow>>,
    /// Entities and cells that were taken out on purpose.
    #[schemars(extend("maxItems" = MAX_RETIRED))]
    pub retired: Optional<Vec<Retired>>,
}

/// An entity or cell that was taken out on purpose.
#[derive(Debug, Clone, PartialEq, Eq, Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Retired {
    /// The entity, as `offering:ID`, `platform:ID`, `organization:ID` or `dimension:ID`.
    pub entity: Required<String>,
    /// The cell; without it, the whole entity.
    pub dimension: Optional<DimensionId>,
    /// The day on which it was taken out.
    pub on: Required<Date>,
    /// Why.
    pub reason: Required<String>,
}

/// The registry: every entity under its file name, which is its id.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    /// What the registry is.
    pub info: RegistryInfo,
    /// The questions.
    pub dimensions: Dimensions,
    /// The organizations by file name.
    pub organizations: BTreeMap<String, Organization>,
    /// The platforms by file name.
    pub platforms: BTreeMap<String, Platform>,
    /// The offerings by file name.
    pub offerings: BTreeMap<String, Offering>,
}
