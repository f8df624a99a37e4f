use std::collections::HashMap;

use diagnostics::{Severity, quoted};
use model::{Entity, FieldPath, Subject};

use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("entity/domain-clash", Severity::Error, include_str!("domain_clash.md"), check);

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    let mut declared: HashMap<String, (&Entity, usize)> = HashMap::new();
    for (entity, digest) in &registry.digest.entities {
        for (at, domain) in digest.domains.iter().enumerate() {
            let (first, first_at) = *declared.entry(domain.to_ascii_lowercase()).or_insert((entity, at));
            if first != entity {
                raise
                    .at(
                        place(entity, at),
                        format!(
                            "{} declares the domain {}, as {} does",
                            registry.title(entity),
                            quoted(domain),
                            registry.title(first)
                        ),
                    )
                    .help("keep it with the organization that publishes there")
                    .related(place(first, first_at), "it is declared here first");
            }
        }
    }
}

fn place(entity: &Entity, at: usize) -> Subject {
    Subject::field(entity.clone(), FieldPath::of("domains").index(at))
}
