//! The state of the registry that files hold.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use diagnostics::Finding;
use model::{CellSource, Document, Entity, RegistryInfo, SharedRecords, Visits};
use store::{File, SharedFiles, Source, Store, StoreError, document_of};

use crate::judgement::Judgement;
use crate::state::{ReadOffering, State};

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
