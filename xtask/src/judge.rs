//! Reads a state of the registry and judges it.

use std::collections::BTreeMap;

use diagnostics::{Counts, Finding};
use lint::{EntityContext, Linter, Shared as Context};
use model::{Cell, Date, DimensionId, Document, Optional, Registry, Settings};
use rayon::prelude::*;
use store::{Source, Store, StoreError};

/// Everything that is wrong with a state of the registry, and what was looked at. Offerings are read,
/// judged and dropped one by one, so that memory does not grow with the registry.
pub(crate) fn judge(
    source: &dyn Source,
    linter: &Linter,
    today: Date,
) -> Result<(Vec<Finding>, Counts), StoreError> {
    let store = Store::open(source)?;
    let mut shared = store.shared()?;
    let mut findings: Vec<_> =
        shared.findings.drain(..).filter(|finding| linter.takes(finding.rule)).collect();
    let context = Context { settings: shared.settings(), today };
    let mut counts = Counts {
        files: shared.files.0,
        entities: shared.organizations.len() + shared.platforms.len(),
        cells: 0,
        partial: shared.files.1,
    };
    for (name, organization) in &shared.organizations {
        counts.cells += count(&organization.cells);
        findings.extend(linter.entity(&EntityContext::organization(name, organization, context)));
    }
    for (name, platform) in &shared.platforms {
        counts.cells += count(&platform.cells);
        findings.extend(linter.entity(&EntityContext::platform(name, platform, context)));
    }
    let files: Vec<_> = store.files(Document::Offering).collect();
    let judged: Result<Vec<_>, StoreError> = files
        .into_par_iter()
        .map(|file| {
            let loaded = store.offering(file)?;
            let partial = usize::from(loaded.is_partial());
            let mut findings = loaded.findings;
            findings.retain(|finding| linter.takes(finding.rule));
            findings.extend(linter.entity(&EntityContext::offering(&file.name, &loaded.value, context)));
            Ok((findings, count(&loaded.value.cells), partial))
        })
        .collect();
    for (more, cells, partial) in judged? {
        findings.extend(more);
        counts.files += 1;
        counts.entities += 1;
        counts.cells += cells;
        counts.partial += partial;
    }
    Ok((findings, counts))
}

/// Everything that the rules find in a registry that stands in no files yet.
pub(crate) fn judge_registry(registry: &Registry, linter: &Linter, today: Date) -> Vec<Finding> {
    let Registry { dimensions, organizations, platforms, offerings, .. } = registry;
    let context = Context { settings: Settings { dimensions, organizations, platforms }, today };
    let organizations =
        organizations.iter().map(|(name, one)| EntityContext::organization(name, one, context));
    let platforms = platforms.iter().map(|(name, one)| EntityContext::platform(name, one, context));
    let mut findings: Vec<_> =
        organizations.chain(platforms).flat_map(|entity| linter.entity(&entity)).collect();
    let judged: Vec<_> = offerings
        .par_iter()
        .flat_map_iter(|(name, one)| linter.entity(&EntityContext::offering(name, one, context)))
        .collect();
    findings.extend(judged);
    findings
}

fn count(cells: &Optional<BTreeMap<DimensionId, Cell>>) -> usize {
    cells.known().map_or(0, BTreeMap::len)
}
