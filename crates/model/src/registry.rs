//! The registry as a whole.

use std::collections::BTreeMap;

use crate::limits::MAX_RETIRED;
use crate::record::record;
use crate::{
    Allow, BaseUrl, Cell, Date, Dimension, DimensionId, Dimensions, Entity, Misnamed, Offering, Optional,
    Organization, Platform, Required, SharedRecords, Visits,
};

record! {
    /// The file `registry.toml`: what the registry is.
    #[schemars(title = "Registry")]
    pub struct RegistryInfo {
        /// The name of the registry.
        name: Required<String> as Name,
        /// The licence of the data, as an SPDX expression.
        licence: Optional<String> as Code,
        /// What readers may conclude from the data, and what not.
        disclaimer: Optional<String> as Guide,
        /// How to report a correction.
        corrections: Optional<String> as Contact,
        /// The address of the published site.
        site_url: Optional<BaseUrl> as Address,
        /// The address of the repository.
        repository_url: Optional<BaseUrl> as Address,
        /// Findings accepted on purpose.
        allow: Optional<Vec<Allow>>,
        /// Entities and cells that were removed on purpose.
        #[schemars(extend("maxItems" = MAX_RETIRED))]
        retired: Optional<Vec<Retired>>,
    }
}

record! {
    /// An entity or cell that was removed on purpose.
    pub struct Retired (at most MAX_RETIRED) {
        /// The entity, as `offering:ID`, `platform:ID`, `organization:ID` or `dimension:ID`.
        entity: Required<String> as Code,
        /// The dimension of the cell; leave it out for the whole entity.
        dimension: Optional<DimensionId>,
        /// The day on which it was removed.
        on: Required<Date>,
        /// The reason.
        reason: Required<String> as Remark,
    }
}

impl Retired {
    /// What names an entry, since its place in the list may change: `offering:acme-chat soc2_type2`.
    pub fn key(&self) -> String {
        let cell = self.dimension.known().map(|id| format!(" {id}")).unwrap_or_default();
        format!("{}{cell}", self.entity.text())
    }
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
    /// The visits of pages by host.
    pub visits: BTreeMap<String, Visits>,
}

impl Registry {
    /// The misnamed files of the registry.
    pub fn misnamed(&self) -> Misnamed {
        Misnamed::new(&self.organizations, &self.platforms)
    }

    /// Every stored cell of a known question, with who stores it: those of organizations, of platforms, of offerings.
    pub fn stored_cells(&self) -> impl Iterator<Item = (Entity, &Dimension, &Cell)> {
        let organizations = self.organizations.iter();
        let organizations = organizations.map(|(id, one)| (Entity::Organization(id.clone()), &one.cells));
        let platforms = self.platforms.iter().map(|(id, one)| (Entity::Platform(id.clone()), &one.cells));
        let offerings = self.offerings.iter().map(|(id, one)| (Entity::Offering(id.clone()), &one.cells));
        organizations.chain(platforms).chain(offerings).flat_map(move |(entity, cells)| {
            let stored = cells.known().into_iter().flatten();
            stored
                .filter_map(move |(id, cell)| Some((entity.clone(), self.dimensions.get(id.as_str())?, cell)))
        })
    }

    /// Where the offerings of the registry inherit from.
    pub fn shared<'a>(&'a self, misnamed: &'a Misnamed) -> SharedRecords<'a> {
        SharedRecords {
            dimensions: &self.dimensions,
            organizations: &self.organizations,
            platforms: &self.platforms,
            misnamed,
        }
    }
}
