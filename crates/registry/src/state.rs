//! A state of the registry to check: one that is read from files, or one that is in no files yet.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::convert::Infallible;

use diagnostics::Finding;
use model::limits::{MAX_FINDINGS, MAX_FINDINGS_OF_REGISTRY};
use model::{
    CellSource, Document, Entity, Misnamed, Offering, Registry, RegistryInfo, SharedRecords, Visits,
};
use store::{File, SharedFiles, Source, Store, StoreError, document_of};

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

    /// A state that was judged before and has the same offering, beside the same of what offerings share; and the
    /// offering.
    ///
    /// # Errors
    ///
    /// When its file cannot be read.
    fn judged(&self, _offering: &Self::Offering<'_>) -> Result<Option<(&Judgement, Entity)>, Self::Error> {
        Ok(None)
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

/// A state that was judged before.
#[derive(Clone, Copy)]
pub struct Earlier<'e> {
    /// The files that it holds.
    pub source: &'e dyn Source,
    /// What came of it.
    pub judgement: &'e Judgement,
    /// Whether a file has the same content there as now.
    pub is_same: &'e (dyn Fn(&str) -> Result<bool, StoreError> + Sync),
}

/// The state that a source holds.
pub struct Files<'s> {
    store: Store<'s>,
    /// Those states before in which offerings share the same as now.
    earlier: Vec<Earlier<'s>>,
    shared: SharedFiles,
    findings: Vec<Finding>,
}

impl<'s> Files<'s> {
    /// Lists the files of a source, and reads all but the offerings.
    ///
    /// # Errors
    ///
    /// When the folder or a file cannot be read.
    pub fn open(source: &'s dyn Source) -> Result<Self, StoreError> {
        let store = Store::open(source)?;
        let mut shared = store.shared()?;
        let mut findings = store.strays()?;
        findings.append(&mut shared.findings);
        findings.append(&mut shared.comments);
        Ok(Self { store, earlier: Vec::new(), shared, findings })
    }

    /// The same state beside others that were judged before with the same rules on the same day: an offering that is
    /// the same there is not judged again.
    ///
    /// # Errors
    ///
    /// When a folder or a file cannot be read.
    pub fn beside(mut self, earlier: &[Earlier<'s>]) -> Result<Self, StoreError> {
        // Nothing that is found in an offering depends on visits.
        let is_shared =
            |path: &String| !matches!(document_of(path), Some(Document::Offering | Document::Visits));
        let shared: Vec<String> = self.store.paths().filter(|path| is_shared(path)).cloned().collect();
        for one in earlier {
            let mut there = one.source.list()?;
            there.retain(is_shared);
            let is_same = |path: &String| (one.is_same)(path);
            if there == shared
                && shared.iter().map(is_same).collect::<Result<Vec<_>, _>>()?.iter().all(|same| *same)
            {
                self.earlier.push(*one);
            }
        }
        Ok(self)
    }
}

impl State for Files<'_> {
    type Error = StoreError;
    type Offering<'a>
        = &'a File
    where
        Self: 'a;

    fn info(&self) -> &RegistryInfo {
        &self.shared.info
    }

    fn shared(&self) -> SharedRecords<'_> {
        self.shared.records()
    }

    fn visits(&self) -> &BTreeMap<String, Visits> {
        &self.shared.visits
    }

    fn offerings(&self) -> Vec<&File> {
        self.store.files(Document::Offering).collect()
    }

    fn read<'a>(&'a self, file: &&'a File) -> Result<ReadOffering<'a>, StoreError> {
        let loaded = self.store.offering(file)?;
        let is_partial = loaded.is_partial();
        let mut findings = loaded.findings;
        findings.extend(loaded.comments);
        Ok(ReadOffering { name: &file.name, offering: Cow::Owned(loaded.value), findings, is_partial })
    }

    fn judged(&self, file: &&File) -> Result<Option<(&Judgement, Entity)>, StoreError> {
        for earlier in &self.earlier {
            if (earlier.is_same)(&file.path)? {
                return Ok(Some((earlier.judgement, Entity::Offering(file.name.clone()))));
            }
        }
        Ok(None)
    }

    fn cells(&self) -> &dyn CellSource {
        &self.store
    }

    fn take_findings(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.findings)
    }

    fn files(&self) -> (usize, usize) {
        (self.shared.files.read, self.shared.files.partial)
    }
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
