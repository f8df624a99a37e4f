//! A state of the registry to check: one that is read from files, or one that is in no files yet.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

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

/// Returns whether a file is the same in two states.
pub type IsSame<'s> = &'s (dyn Fn(&str) -> bool + Sync);

/// The state that a source holds.
pub struct Files<'s> {
    store: Store<'s>,
    /// The states that were judged before in which offerings share the same as now.
    earlier: Vec<(&'s Judgement, IsSame<'s>)>,
    /// What the state with which this one will be compared has as well, if offerings share the same there.
    later: Option<IsSame<'s>>,
    shared: Arc<SharedFiles>,
    strays: Vec<Finding>,
}

impl<'s> Files<'s> {
    /// Lists the files of a source, and reads all but the offerings.
    ///
    /// # Errors
    ///
    /// When the folder or a file cannot be read.
    pub fn open(source: &'s dyn Source) -> Result<Self, StoreError> {
        let store = Store::open(source)?;
        let shared = Arc::new(store.shared()?);
        Self::new(store, shared)
    }

    /// The same, beside a state that was opened before: if all but the offerings is the same there, it is not read again.
    ///
    /// # Errors
    ///
    /// When the folder or a file cannot be read.
    pub fn open_beside(
        source: &'s dyn Source,
        other: &Files<'_>,
        is_same: IsSame<'_>,
    ) -> Result<Self, StoreError> {
        let store = Store::open(source)?;
        let is_read = |document: Option<Document>| document != Some(Document::Offering);
        let same = store.beyond() == other.store.beyond() && are_same(&store, &other.store, is_read, is_same);
        let shared = if same { other.shared.clone() } else { Arc::new(store.shared()?) };
        Self::new(store, shared)
    }

    fn new(store: Store<'s>, shared: Arc<SharedFiles>) -> Result<Self, StoreError> {
        let strays = store.strays()?;
        Ok(Self { store, earlier: Vec::new(), later: None, shared, strays })
    }

    /// The same state, beside one that was judged before by the same rules on the same day and in which offerings share
    /// the same: an entity that is the same there is not judged again. Without that, `lint --since` takes 2.4 times the
    /// processor time.
    #[must_use]
    pub fn beside(mut self, earlier: &'s Judgement, is_same: IsSame<'s>) -> Self {
        self.earlier.push((earlier, is_same));
        self
    }

    /// The same state, to be compared with one in which offerings share the same: no more is kept of an offering
    /// that is the same there than to judge this state.
    #[must_use]
    pub fn compared(mut self, is_same: IsSame<'s>) -> Self {
        self.later = Some(is_same);
        self
    }

    /// Returns whether all that offerings share is the same in another state.
    pub fn shares_with(&self, other: &Files<'_>, is_same: IsSame<'_>) -> bool {
        // Nothing that is found in an offering depends on visits.
        let is_shared =
            |document: Option<Document>| !matches!(document, Some(Document::Offering | Document::Visits));
        are_same(&self.store, &other.store, is_shared, is_same)
    }
}

/// Returns whether two states have the same files among those that are wanted.
fn are_same(
    one: &Store<'_>,
    other: &Store<'_>,
    is_wanted: fn(Option<Document>) -> bool,
    is_same: IsSame<'_>,
) -> bool {
    let wanted = |path: &&String| is_wanted(document_of(path));
    one.paths().filter(wanted).eq(other.paths().filter(wanted))
        && one.paths().filter(wanted).all(|path| is_same(path))
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

    fn sharing(&self) -> Option<&Judgement> {
        Some(self.earlier.first()?.0)
    }

    fn judged(&self, file: &&File) -> Option<(&Judgement, Entity)> {
        let (earlier, _) = self.earlier.iter().find(|(_, is_same)| is_same(&file.path))?;
        Some((*earlier, Entity::Offering(file.name.clone())))
    }

    fn stays(&self, file: &&File) -> bool {
        self.later.is_some_and(|is_same| is_same(&file.path))
    }

    fn cells(&self) -> &dyn CellSource {
        &self.store
    }

    fn take_findings(&mut self) -> Vec<Finding> {
        let SharedFiles { findings, comments, .. } = &*self.shared;
        let mut all = std::mem::take(&mut self.strays);
        all.extend(findings.iter().chain(comments).cloned());
        all
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
