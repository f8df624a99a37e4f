use diagnostics::{Edit, Applicability, Severity, quoted};
use model::limits::MAX_HOST_CHARACTERS;
use model::FieldPath;

use crate::facts::is_host;
use crate::hosts::{is_number, is_public_suffix};
use crate::owners::meant;
use crate::{EntityContext, Raise, EntityRecord, Rule};

pub(crate) static RULE: Rule =
    Rule::entity("entity/domain-form", Severity::Error, include_str!("domain_form.md"), check)
        .fixable(Applicability::Safe);

fn check(entity: &EntityContext<'_>, raise: &mut Raise<'_>) {
    let EntityRecord::Organization(organization) = entity.record else { return };
    for (at, domain) in organization.domains.items().iter().enumerate() {
        // The rule text/untrimmed reports spaces around it.
        let Some(what) = fault(domain.trim()) else { continue };
        let field = entity.field(FieldPath::of("domains").index(at));
        let host = meant(domain);
        let draft = raise.at(
            field.clone(),
            format!("{} declares {} as a domain, but it {what}", entity.title(), quoted(domain)),
        );
        if fault(host).is_some() {
            draft.help("write a registered domain, such as `acme.com`: it covers all hosts below it");
            continue;
        }
        let is_path = domain.split_once("://").map_or(domain.as_str(), |(_, rest)| rest).trim_end_matches('/').contains('/');
        draft.help(format!("write {}: a domain covers all hosts below it", quoted(host))).fix(
            format!("write {}", quoted(host)),
            // The whole domain may have another owner than the path.
Applicability::safe_if(!is_path),
            vec![Edit::Set(field, host.into())],
        );
    }
}

/// Returns why a text is not a domain that someone can own.
fn fault(domain: &str) -> Option<&'static str> {
    if domain.is_empty() {
        Some("is empty")
    } else if domain.len() > MAX_HOST_CHARACTERS {
        Some("is longer than any domain")
    } else if domain.contains("://") {
        Some("has a scheme")
    } else if domain.contains(['/', '?', '#']) {
        Some("has a path")
    } else if domain.contains('*') {
        Some("has a wildcard")
    } else if is_number(domain) {
        Some("is an address by number")
    } else if domain.contains(':') {
        Some("has a port")
    } else if is_public_suffix(domain) {
        Some("is a public suffix, under which anyone can register a domain")
    } else if !is_host(domain) {
        Some("is no name of a domain")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_domain_is_longer_than_the_dns_takes() {
        let of = |characters: usize| format!("{}.example", "a".repeat(characters - ".example".len()));
        assert_eq!(fault(&of(MAX_HOST_CHARACTERS)), None);
        assert_eq!(fault(&of(MAX_HOST_CHARACTERS + 1)), Some("is longer than any domain"));
    }
}
