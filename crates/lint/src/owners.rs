//! Whose page an evidence is, and whom a cell grades.

use std::collections::{BTreeMap, HashMap, HashSet};

use model::{Entity, Level, Organization, Platform};

use crate::hosts::{is_public_suffix, lies_under};
use crate::{CellContext, EntityRecord, Environment};

/// Domains on which anyone can publish.
const SHARED_HOSTS: &[&str] = &[
    "amazonaws.com",
    "azureedge.net",
    "blob.core.windows.net",
    "cloudfront.net",
    "docs.google.com",
    "drive.google.com",
    "github.com",
    "github.io",
    "githubusercontent.com",
    "gitlab.com",
    "gitlab.io",
    "huggingface.co",
    "linkedin.com",
    "medium.com",
    "notion.site",
    "sites.google.com",
    "storage.googleapis.com",
    "substack.com",
    "youtube.com",
    "zendesk.com",
];

/// An organization that cells grade.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Party<'a> {
    /// Its file name.
    pub(crate) name: &'a str,
    /// What is known of it.
    pub(crate) organization: &'a Organization,
    domains: Option<&'a Domains<'a>>,
}

impl<'a> Party<'a> {
    fn new((name, organization): (&'a str, &'a Organization), owners: &'a DomainOwners<'a>) -> Self {
        Self { name, organization, domains: owners.by_name.get(name) }
    }

    /// Returns whether `host` is one of its domains or lies under one, as far as these can be made out.
    pub(crate) fn owns(self, host: &str) -> bool {
        self.domains.is_some_and(|domains| domains.hold(host))
    }
}

/// Whom the cells of an entity grade, looked up once for all of them; nothing where that is not known.
#[derive(Debug, Default)]
pub(crate) struct Parties<'a> {
    platform: Option<Party<'a>>,
    developer: Option<Party<'a>>,
}

impl<'a> Parties<'a> {
    /// Whom the cells of an entity grade.
    pub(crate) fn by(entity: &Entity, record: EntityRecord<'a>, env: Environment<'a>) -> Self {
        let shared = env.shared;
        let organization = |id: &str| Some(Party::new(shared.organization(id)?, env.owners));
        let operator = |platform: &Platform| organization(platform.operator.known()?.as_str());
        match record {
            EntityRecord::Organization(_) => Self { platform: None, developer: organization(entity.id()) },
            EntityRecord::Platform(platform) => Self { platform: operator(platform), developer: None },
            EntityRecord::Offering(offering) => Self {
                platform: offering.platform.known().and_then(|id| operator(shared.platform(id.as_str())?.1)),
                developer: offering.developer.known().and_then(|id| organization(id.as_str())),
            },
        }
    }
}

/// The organization that a cell grades; nothing where that is not known.
pub(crate) fn graded<'a>(cell: &CellContext<'a>) -> Option<Party<'a>> {
    match cell.level()? {
        Level::Platform => cell.owner.graded.platform,
        Level::Developer => cell.owner.graded.developer,
    }
}

/// The domain that an entry of `domains` means: without a scheme, a wildcard, a port, a path, and dots and
/// blanks at its ends.
pub(crate) fn meant(domain: &str) -> &str {
    let rest = domain.trim();
    let rest = rest.split_once("://").map_or(rest, |(_, rest)| rest);
    let rest = rest.strip_prefix("*").unwrap_or(rest);
    rest.split(['/', '?', '#', ':']).next().unwrap_or("").trim_matches('.')
}

/// Up to this many domains, looking at each is cheaper than a table of them.
const FEW: usize = 16;

/// A host, and every domain above it.
fn covering(host: &str) -> impl Iterator<Item = &str> {
    let above = host.match_indices('.').map(|(dot, _)| dot + 1);
    std::iter::once(0).chain(above).map(|start| &host[start..]).filter(|domain| !domain.is_empty())
}

/// The domains of an organization, as they are meant.
#[derive(Debug)]
enum Domains<'a> {
    Few(Vec<&'a str>),
    Many(HashSet<String>),
}

impl<'a> Domains<'a> {
    fn of(organization: &'a Organization) -> Self {
        let domains = organization.domains.items();
        let meant = domains.iter().map(|domain| meant(domain));
        if domains.len() > FEW {
            Self::Many(meant.map(str::to_ascii_lowercase).collect())
        } else {
            Self::Few(meant.collect())
        }
    }

    fn hold(&self, host: &str) -> bool {
        match self {
            Self::Few(domains) => domains.iter().any(|domain| lies_under(host, domain)),
            Self::Many(domains) => {
                covering(&host.to_ascii_lowercase()).any(|domain| domains.contains(domain))
            }
        }
    }
}

/// Who declares which domain, so that asking for the owner of a host costs the same however many
/// organizations there are.
#[derive(Debug, Default)]
pub struct DomainOwners<'a> {
    by_domain: HashMap<String, &'a str>,
    /// The domains of each organization, by file name.
    by_name: HashMap<&'a str, Domains<'a>>,
    /// Whether some organization may own more than could be read.
    is_partial: bool,
}

impl<'a> DomainOwners<'a> {
    /// The domains of all organizations. The first to declare a domain is its owner.
    pub fn new(organizations: &'a BTreeMap<String, Organization>) -> Self {
        let mut owners = Self::default();
        for (name, organization) in organizations {
            owners.is_partial |= organization.domains.is_unread();
            let meant = || organization.domains.items().iter().map(|domain| meant(domain));
            owners.by_name.insert(name, Domains::of(organization));
            // What is under a public suffix is everyone's.
            for domain in meant().filter(|domain| !domain.is_empty() && !is_public_suffix(domain)) {
                owners.by_domain.entry(domain.to_ascii_lowercase()).or_insert(name);
            }
        }
        owners
    }

    /// The file name of the organization on whose domains `host` lies.
    pub(crate) fn of(&self, host: &str) -> Option<&'a str> {
        let host = host.to_ascii_lowercase();
        covering(&host).find_map(|domain| self.by_domain.get(domain).copied())
    }

    /// Returns whether some organization may own more than could be read.
    pub(crate) fn is_partial(&self) -> bool {
        self.is_partial
    }
}

/// Returns whether anyone can publish on `host`, so that it does not show who wrote the page.
pub(crate) fn is_shared(host: &str) -> bool {
    SHARED_HOSTS.iter().any(|domain| lies_under(host, domain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_have_owners() {
        let organization = Organization {
            domains: model::Optional::Known(vec!["Acme.example".to_owned(), String::new(), "com".to_owned()]),
            ..Organization::default()
        };
        let organizations = BTreeMap::from([("acme".to_owned(), organization)]);
        let owners = DomainOwners::new(&organizations);
        assert_eq!(owners.of("acme.example"), Some("acme"));
        assert_eq!(owners.of("docs.trust.ACME.example"), Some("acme"));
        assert_eq!(owners.of("other.com"), None);
        assert_eq!((owners.of("notacme.example"), owners.of("example"), owners.of("")), (None, None, None));
    }

    #[test]
    fn few_and_many_domains_own_the_same_hosts() {
        let with = |others: usize| {
            let others = (0..others).map(|at| format!("d{at}.example"));
            let domains =
                ["Acme.example".to_owned(), "https://b.example/".to_owned()].into_iter().chain(others);
            let domains = model::Optional::Known(domains.collect());
            BTreeMap::from([("acme".to_owned(), Organization { domains, ..Organization::default() })])
        };
        for organizations in [with(0), with(FEW)] {
            let owners = DomainOwners::new(&organizations);
            let acme = Party::new(("acme", &organizations["acme"]), &owners);
            let owns = |host: &str| acme.owns(host);
            assert!(owns("acme.example") && owns("docs.ACME.example") && owns("x.b.example"));
            assert!(!owns("notacme.example") && !owns("example") && !owns("") && !owns("acme.example."));
        }
    }

    #[test]
    fn malformed_domains_are_understood() {
        for domain in [
            "https://acme.example/",
            "*.acme.example",
            " acme.example.",
            "acme.example:443",
            "acme.example/x",
        ] {
            assert_eq!(meant(domain), "acme.example", "{domain}");
        }
    }

    #[test]
    fn some_hosts_are_shared() {
        assert!(is_shared("acme.github.io") && is_shared("GitHub.com") && !is_shared("acme.example"));
    }
}
