use std::collections::HashMap;

use diagnostics::{Edit, Applicability, Severity, quoted};
use model::limits::MAX_HOST_CHARACTERS;
use model::FieldPath;

use crate::{EntityContext, Raise, EntityRecord, Rule};

pub(crate) static RULE: Rule =
    Rule::entity("entity/redundant-domain", Severity::Warning, include_str!("redundant_domain.md"), check)
        .fixable(Applicability::Safe);

fn check(entity: &EntityContext<'_>, raise: &mut Raise<'_>) {
    let EntityRecord::Organization(organization) = entity.record else { return };
    let domains: Vec<_> =
        organization.domains.items().iter().map(|domain| domain.to_ascii_lowercase()).collect();
    let mut declared = HashMap::new();
    for (at, domain) in domains.iter().enumerate() {
        declared.entry(domain.as_str()).or_insert(at);
    }
    for (at, domain) in domains.iter().enumerate() {
        let twice = declared.get(domain.as_str()).filter(|first| **first != at);
        // The rule domain-form reports one that is longer than a domain can be.
        let dotted = if domain.len() > MAX_HOST_CHARACTERS { "" } else { domain };
        let parents = dotted.match_indices('.').map(|(dot, _)| &domain[dot + 1..]);
        let Some(covered_by) = twice.or_else(|| parents.filter_map(|parent| declared.get(parent)).next())
        else {
            continue;
        };
        let path = |at: usize| entity.field(FieldPath::of("domains").index(at));
        let covered = quoted(domain);
        let message = match twice {
            Some(_) => format!("{} declares {covered} twice", entity.title()),
            None => {
                let by = quoted(&domains[*covered_by]);
                format!("{} declares {covered} although {by} covers it", entity.title())
            }
        };
        raise
            .at(path(at), message)
            .help("remove it: a domain covers all hosts below it")
            .related(path(*covered_by), "this one covers it")
            .fix(format!("remove {covered}"), Applicability::Safe, vec![Edit::Remove(path(at))]);
    }
}
