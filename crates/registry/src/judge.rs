//! Judges a state of the registry.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use diagnostics::{Counts, Finding, RuleId, Severity, count};
use lint::{
    AllowanceOutcome, Base, Digest, DomainOwners, EntityContext, EntityDigest, EntityNames, Environment,
    Gaps, Linter, RegistryContext,
};
use model::{Date, Entity, Subject};
use rayon::prelude::*;

use crate::judgement::{Judgement, One};
use crate::state::{Listed, State};

/// The entities that are judged at a time.
const SHARE: usize = 1024;

/// Judges a state of the registry. Offerings are read, judged and dropped one by one, so that memory
/// does not grow with the registry; what another state has as well need not be judged again. With bases,
/// what became of them is judged too; without any in the list, the digest is one with which another state
/// can be compared. Where not all findings are listed, those beyond the limit about entities that no base has are counted: a table makes so many at once that the
/// findings would take more room than the registry.
///
/// # Errors
///
/// When an offering cannot be read.
pub fn judge<S: State>(
    mut state: S,
    bases: Option<&[Base<'_>]>,
    linter: &Linter,
    today: Date,
) -> Result<Judgement, S::Error> {
    let mut findings = state.take_findings();
    findings.retain(|finding| linter.takes(finding.rule));
    let shared = state.shared();
    let owners = DomainOwners::new(shared.organizations);
    let names = EntityNames::new(shared.organizations, shared.platforms);
    let context = Environment { shared, owners: &owners, names: &names, today };
    let (files, partial) = state.files();
    let unread = Gaps { shared: partial > 0, ..Gaps::default() };
    findings.extend(linter.info(state.info()));
    findings.extend(shared.dimensions.iter().flat_map(|dimension| linter.dimension(dimension)));
    let mut judging = Judging {
        linter,
        bases,
        listed: S::LISTED,
        findings,
        rest: Rest::default(),
        counts: Counts { files, entities: 0, cells: 0, partial },
        digest: Digest::new(state.info(), shared.dimensions),
        unread,
        alone: HashMap::new(),
    };
    let organizations =
        shared.organizations.iter().map(|(name, one)| EntityContext::organization(name, one, context));
    let platforms = shared.platforms.iter().map(|(name, one)| EntityContext::platform(name, one, context));
    let entities: Vec<_> = organizations.chain(platforms).collect();
    for share in entities.chunks(SHARE) {
        let judge = |context: &EntityContext<'_>| {
            let judged = state.sharing().and_then(|earlier| earlier.of(&context.entity));
            judged.unwrap_or_else(|| judging.entity(context, Vec::new(), false, true))
        };
        let judged: Vec<_> = share.par_iter().map(judge).collect();
        judging.take(judged);
    }
    drop(entities);
    let offerings = state.offerings();
    judging.counts.files += offerings.len();
    for share in offerings.chunks(SHARE) {
        let judge = |offering| {
            if let Some((earlier, offering)) = state.judged(offering)
                && let Some(one) = earlier.of(&offering)
            {
                return Ok(one);
            }
            let mut read = state.read(offering)?;
            read.findings.retain(|finding| linter.takes(finding.rule));
            let entity = EntityContext::offering(read.name, &read.offering, context);
            // One that had other ids may be compared with an offering that was removed.
            let may_differ = !state.stays(offering) || !read.offering.former_ids.is_absent();
            Ok(judging.entity(&entity, read.findings, read.is_partial, may_differ))
        };
        let judged: Result<Vec<_>, S::Error> = share.par_iter().map(judge).collect();
        judging.take(judged?);
    }
    let Judging { mut findings, rest, counts, digest, unread, alone, .. } = judging;
    findings.extend(rest.findings());
    let is_whole = !unread.shared && unread.offerings.is_empty();
    findings.extend(linter.visits(state.visits(), &digest, context, is_whole));
    let registry = RegistryContext::new(&digest, context, state.cells());
    findings.extend(match S::LISTED {
        Some(listed) => linter.registry_within(&registry, listed.of_rule),
        None => linter.registry(&registry),
    });
    linter.changes(bases.unwrap_or_default(), &digest, &mut findings);
    let AllowanceOutcome { findings, held } = sift(findings, &digest, linter, today, &unread);
    Ok(Judgement {
        findings,
        held,
        counts,
        info: state.info().clone(),
        digest,
        alone,
        partial: unread.offerings,
    })
}

/// What is judged so far.
struct Judging<'a> {
    linter: &'a Linter,
    bases: Option<&'a [Base<'a>]>,
    listed: Option<Listed>,
    findings: Vec<Finding>,
    rest: Rest,
    counts: Counts,
    digest: Digest,
    unread: Gaps,
    alone: HashMap<Entity, Vec<Finding>>,
}

impl Judging<'_> {
    /// Judges an entity, of which something is known from reading it.
    fn entity(
        &self,
        context: &EntityContext<'_>,
        mut findings: Vec<Finding>,
        is_partial: bool,
        may_differ: bool,
    ) -> One {
        let entity = context.entity.clone();
        findings.extend(self.linter.entity(context));
        // What no base has is compared with nothing.
        let is_compared =
            may_differ && self.bases.is_some() && (self.listed.is_none() || !self.is_new(&entity));
        let digest_of = if is_compared { EntityDigest::detailed } else { EntityDigest::of };
        One { entity, digest: Arc::new(digest_of(context)), findings, is_partial }
    }

    /// Returns whether there are bases, and none of them has the entity.
    fn is_new(&self, entity: &Entity) -> bool {
        let bases = self.bases.unwrap_or_default();
        !bases.is_empty() && bases.iter().all(|base| !base.digest.entities.contains_key(entity))
    }

    /// Takes what came of judging some entities.
    fn take(&mut self, judged: Vec<One>) {
        // Only a state with which another is compared is judged without bases.
        let is_base = self.bases.is_some_and(<[_]>::is_empty) && self.listed.is_none();
        for One { entity, digest, findings, is_partial } in judged {
            if is_base && !findings.is_empty() {
                self.alone.insert(entity.clone(), findings.clone());
            }
            let is_full = self.listed.is_some_and(|listed| self.findings.len() >= listed.of_new);
            if is_full && self.is_new(&entity) {
                findings.iter().for_each(|finding| self.rest.count(finding));
            } else {
                self.findings.extend(findings);
            }
            self.counts.entities += 1;
            self.counts.cells += digest.cells.count();
            if is_partial {
                self.counts.partial += 1;
                self.unread.offerings.insert(entity.clone());
            }
            self.digest.add(entity, digest);
        }
    }
}

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
                .with_help("fix the listed ones, then import again")
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
