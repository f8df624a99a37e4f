//! A state of the registry to check: one that is read from files, or one that is in no files yet.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::convert::Infallible;

use diagnostics::Finding;
use model::limits::{MAX_FINDINGS, MAX_FINDINGS_OF_REGISTRY};
use model::{CellSource, Entity, Misnamed, Offering, Registry, RegistryInfo, SharedRecords, Visits};

use crate::judgement::Judgement;

/// A state of the registry. What all offerings share is there; each offering is read when it is judged.
pub trait State: Sync {
    /// Why an offering cannot be read.
    type Error: Send;
    /// An offering that is not read yet.
    type Offering<'a>: Sync
    where
        Self: 'a;
    /// How many findings are listed; all of them without it.
    const LISTED: Option<Listed> = None;

    /// What the registry is.
    fn info(&self) -> &RegistryInfo;

    /// Where offerings inherit from.
    fn shared(&self) -> SharedRecords<'_>;

    /// The visits of pages by host.
    fn visits(&self) -> &BTreeMap<String, Visits>;

    /// The offerings, in order.
    fn offerings(&self) -> Vec<Self::Offering<'_>>;

    /// Reads an offering.
    ///
    /// # Errors
    ///
    /// When its file cannot be read.
    fn read<'a>(&'a self, offering: &Self::Offering<'a>) -> Result<ReadOffering<'a>, Self::Error>;

    /// A state that was judged before and in which all that offerings share is the same.
    fn sharing(&self) -> Option<&Judgement> {
        None
    }

    /// Such a state that has the same offering, too; and the offering.
    fn judged(&self, _offering: &Self::Offering<'_>) -> Option<(&Judgement, Entity)> {
        None
    }

    /// Returns whether the state with which this one will be compared has the same offering, beside the same of what
    /// offerings share.
    fn stays(&self, _offering: &Self::Offering<'_>) -> bool {
        false
    }

    /// What reads the cells of an entity once more.
    fn cells(&self) -> &dyn CellSource;

    /// Takes what was found in reading what the offerings share.
    fn take_findings(&mut self) -> Vec<Finding> {
        Vec::new()
    }

    /// How many files hold what the offerings share, and of how many of them something could not be read.
    fn files(&self) -> (usize, usize) {
        (0, 0)
    }
}

/// An offering that was read.
pub struct ReadOffering<'a> {
    /// The name of its file.
    pub name: &'a str,
    /// What it holds, as far as it could be read.
    pub offering: Cow<'a, Offering>,
    /// What was found in reading it.
    pub findings: Vec<Finding>,
    /// Whether something of it could not be read.
    pub is_partial: bool,
}

/// How many findings are listed where a table may cause more at once than there is room for.
#[derive(Debug, Clone, Copy)]
pub struct Listed {
    /// The most findings from which on those about entities that are new are counted.
    pub of_new: usize,
    /// The most findings of a rule about the registry as a whole.
    pub of_rule: usize,
}

/// What tables would make of the registry, which is in no files yet. They may be read in part.
pub struct InMemory<'r> {
    registry: &'r Registry,
    misnamed: Misnamed,
}

impl<'r> InMemory<'r> {
    /// The state that a registry is.
    pub fn new(registry: &'r Registry) -> Self {
        let misnamed = registry.misnamed();
        Self { registry, misnamed }
    }
}

impl State for InMemory<'_> {
    type Error = Infallible;
    type Offering<'a>
        = (&'a String, &'a Offering)
    where
        Self: 'a;
    const LISTED: Option<Listed> = Some(Listed { of_new: MAX_FINDINGS_OF_REGISTRY, of_rule: MAX_FINDINGS });

    fn info(&self) -> &RegistryInfo {
        &self.registry.info
    }

    fn shared(&self) -> SharedRecords<'_> {
        self.registry.shared(&self.misnamed)
    }

    fn visits(&self) -> &BTreeMap<String, Visits> {
        &self.registry.visits
    }

    fn offerings(&self) -> Vec<(&String, &Offering)> {
        self.registry.offerings.iter().collect()
    }

    fn read<'a>(
        &'a self,
        (name, offering): &(&'a String, &'a Offering),
    ) -> Result<ReadOffering<'a>, Infallible> {
        let offering = Cow::Borrowed(*offering);
        Ok(ReadOffering { name, offering, findings: Vec::new(), is_partial: false })
    }

    fn cells(&self) -> &dyn CellSource {
        self.registry
    }

    fn files(&self) -> (usize, usize) {
        (0, 1)
    }
}
