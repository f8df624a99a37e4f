//! Reads a state of the registry and judges it.

use std::collections::BTreeMap;

use diagnostics::{Counts, Finding, RuleId, Severity, count};
use lint::{
    AllowanceOutcome, Base, ChangeContext, Digest, DomainOwners, EntityContext, EntityDigest, EntityNames,
    Environment, Gaps, Linter, RegistryContext, Suppression,
};
use model::limits::{MAX_FINDINGS, MAX_FINDINGS_OF_REGISTRY};
use model::{Date, Document, Entity, Misnamed, Registry, RegistryInfo, SharedRecords, Subject};
use rayon::prelude::*;
use store::{Source, Store, StoreError};

/// What came of judging a state of the registry.
pub(crate) struct Judgement {
    /// Everything that is wrong and not allowed.
    pub(crate) findings: Vec<Finding>,
    /// What is allowed.
    pub(crate) held: Vec<Suppression>,
    /// What was looked at.
    pub(crate) counts: Counts,
    /// All entities, without their prose.
    pub(crate) digest: Digest,
    /// What the registry is.
    pub(crate) info: RegistryInfo,
}

/// Judges a state of the registry. Offerings are read, judged and dropped one by one, so that memory
/// does not grow with the registry. With bases, what became of them is judged too; without any in the
/// list, the digest is one with which another state can be compared.
pub(crate) fn judge(
    source: &dyn Source,
    bases: Option<&[Base<'_>]>,
    linter: &Linter,
    today: Date,
) -> Result<Judgement, StoreError> {
    let digest_of = if bases.is_some() { EntityDigest::detailed } else { EntityDigest::of };
    let store = Store::open(source)?;
    let mut shared = store.shared()?;
    let mut findings = store.strays()?;
    findings.append(&mut shared.findings);
    findings.append(&mut shared.comments);
    findings.retain(|finding| linter.takes(finding.rule));
    let owners = DomainOwners::new(&shared.organizations);
    let names = EntityNames::new(&shared.organizations, &shared.platforms);
    let context = Environment { shared: shared.records(), owners: &owners, names: &names, today };
    let mut counts = Counts {
        files: shared.files.read,
        entities: shared.organizations.len() + shared.platforms.len(),
        cells: 0,
        partial: shared.files.partial,
    };
    findings.extend(linter.info(&shared.info));
    findings.extend(shared.dimensions.iter().flat_map(|dimension| linter.dimension(dimension)));
    let mut digest = Digest::new(&shared.info, context.shared.dimensions);
    let organizations =
        shared.organizations.iter().map(|(name, one)| EntityContext::organization(name, one, context));
    let platforms = shared.platforms.iter().map(|(name, one)| EntityContext::platform(name, one, context));
    for entity in organizations.chain(platforms) {
        counts.cells += entity.cells().count();
        findings.extend(linter.entity(&entity));
        digest.add(entity.entity.clone(), digest_of(&entity));
    }
    let files: Vec<_> = store.files(Document::Offering).collect();
    let judged: Result<Vec<_>, StoreError> = files
        .into_par_iter()
        .map(|file| {
            let loaded = store.offering(file)?;
            let partial = usize::from(loaded.is_partial());
            let mut findings = loaded.findings;
            findings.extend(loaded.comments);
            findings.retain(|finding| linter.takes(finding.rule));
            let offering = EntityContext::offering(&file.name, &loaded.value, context);
            findings.extend(linter.entity(&offering));
            Ok((offering.entity.clone(), digest_of(&offering), findings, partial))
        })
        .collect();
    let mut unread = Gaps { shared: counts.partial > 0, ..Gaps::default() };
    for (entity, offering, more, partial) in judged? {
        findings.extend(more);
        if partial > 0 {
            unread.offerings.insert(entity.clone());
        }
        counts.files += 1;
        counts.entities += 1;
        counts.cells += offering.cells.len();
        counts.partial += partial;
        digest.add(entity, offering);
    }
    findings.extend(linter.registry(&RegistryContext::new(&digest, context, &store)));
    linter.changes(bases.unwrap_or_default(), &digest, &mut findings);
    let AllowanceOutcome { findings, held } = sift(findings, &digest, linter, today, &unread);
    Ok(Judgement { findings, held, counts, digest, info: shared.info })
}

/// Everything that the rules find in a registry that stands in no files yet, but for what is allowed. With a
/// base, what became of that is judged too. Of entities that the base does not have, what is found beyond a limit is
/// counted: a table makes so many at once that the findings would take more room than the registry.
pub(crate) fn judge_registry(
    registry: &Registry,
    base: Option<&Digest>,
    linter: &Linter,
    today: Date,
) -> (Vec<Finding>, Digest) {
    let Registry { info, dimensions, organizations, platforms, offerings } = registry;
    let owners = DomainOwners::new(organizations);
    let misnamed = Misnamed::new(organizations, platforms);
    let shared = SharedRecords { dimensions, organizations, platforms, misnamed: Some(&misnamed) };
    let names = EntityNames::new(organizations, platforms);
    let context = Environment { shared, owners: &owners, names: &names, today };
    let organizations =
        organizations.iter().map(|(name, one)| EntityContext::organization(name, one, context));
    let platforms = platforms.iter().map(|(name, one)| EntityContext::platform(name, one, context));
    // What a base does not have is compared with nothing.
    let is_compared = |entity: &Entity| base.is_none_or(|base| base.entities.contains_key(entity));
    let both = |context: &EntityContext<'_>| {
        let entity = context.entity.clone();
        let digest_of = if is_compared(&entity) { EntityDigest::detailed } else { EntityDigest::of };
        (entity, digest_of(context), linter.entity(context))
    };
    let mut findings = linter.info(info);
    findings.extend(dimensions.iter().flat_map(|dimension| linter.dimension(dimension)));
    let mut digest = Digest::new(info, dimensions);
    let mut rest = Rest::default();
    let mut take = |judged: Vec<(Entity, EntityDigest, Vec<Finding>)>| {
        for (entity, one, more) in judged {
            if findings.len() < MAX_FINDINGS_OF_REGISTRY
                || base.is_none_or(|base| base.entities.contains_key(&entity))
            {
                findings.extend(more);
            } else {
                more.iter().for_each(|finding| rest.count(finding));
            }
            digest.add(entity, one);
        }
    };
    let shared: Vec<_> = organizations.chain(platforms).collect();
    for share in shared.chunks(SHARE) {
        take(share.par_iter().map(both).collect());
    }
    let offerings: Vec<_> = offerings.iter().collect();
    for share in offerings.chunks(SHARE) {
        let contexts = share.par_iter().map(|(name, one)| EntityContext::offering(name, one, context));
        take(contexts.map(|context| both(&context)).collect());
    }
    findings.extend(rest.findings());
    findings.extend(linter.registry_within(&RegistryContext::new(&digest, context, registry), MAX_FINDINGS));
    if let Some(before) = base {
        linter.change(&ChangeContext { before, after: &digest }, &mut findings);
    }
    // What tables hold may be read in part, so no allowance can be called unused.
    let unread = Gaps { shared: true, ..Gaps::default() };
    let findings = sift(findings, &digest, linter, today, &unread).findings;
    (findings, digest)
}

/// The entities that are judged at a time.
const SHARE: usize = 1024;

/// Findings that are counted and not listed: of each rule, the first entity and how many there are.
#[derive(Default)]
struct Rest(BTreeMap<(RuleId, Severity), (Entity, usize)>);

impl Rest {
    fn count(&mut self, finding: &Finding) {
        let first = || (finding.place.subject.entity.clone(), 0);
        self.0.entry((finding.rule, finding.severity)).or_insert_with(first).1 += 1;
    }

    /// One finding of each rule, with the number of those that are not listed.
    fn findings(self) -> impl Iterator<Item = Finding> {
        self.0.into_iter().map(|((rule, severity), (entity, number))| {
            let message =
                format!("the import causes {} of this rule than are listed", count(number, "more finding"));
            Finding::new(rule, severity, Subject::entity(entity), message)
                .with_help("correct those that are listed, then import again")
        })
    }
}

/// Holds back what is allowed, and judges the allowances.
fn sift(
    findings: Vec<Finding>,
    digest: &Digest,
    linter: &Linter,
    today: Date,
    unread: &Gaps,
) -> AllowanceOutcome {
    let mut allowances = linter.allowances(digest, today, unread);
    let mut sifted = allowances.sift(findings);
    sifted.findings.extend(linter.judge_allowances(&allowances));
    sifted
}
