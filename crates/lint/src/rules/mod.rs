//! The catalogue: one line a rule. Each names a file here, which lies beside its page.

use diagnostics::closest;

use crate::{Rule, UnknownRule};

macro_rules! catalogue {
    ($($group:ident { $($rule:ident)* })*) => {
        $(mod $group { $(pub(super) mod $rule;)* })*
        static CATALOGUE: &[&Rule] = &[$($(&$group::$rule::RULE,)*)*];
    };
}

catalogue! {
    schema {
        syntax
        unknown_key
        missing_key
        wrong_type
        unknown_value
        bad_format
    }
    cell {
        missing_confidence_after_failed_fetch
        failed_fetch_unexplained
        missing_confidence
        enterprise_tier_public_route
        gated_without_gate
        public_behind_gate
        approval_without_gate
        missing_route
        missing_default
        terms_on_absence
        training_needs_setting
        missing_headline
        headline_on_clean_cell
        headline_style
        confidence_needs_reason
        reason_on_high_confidence
        unclear_but_high
        public_but_low
        high_but_unread
        high_on_secondary
        missing_evidence
        absence_unexplained
        partial_unexplained
        developer_cell_with_tier
        missing_geography
        parts_incomplete
        parts_contradict_status
        unverified
        stale
        verified_in_future
        verified_before_fetch
        verified_on_old_copy
    }
    evidence {
        not_https
        credentials_in_url
        tracking_parameters
        duplicate
        wrong_owner
        undeclared_domain
        secondary_only
        read_without_date
        borrowed
        archive_missing
        archive_mismatch
        fetched_in_future
    }
    entity {
        id_mismatch
        id_case_clash
        former_id_reused
        duplicate_name
        unknown_organization
        unknown_platform
        unknown_dimension
        missing_dimension
        wrong_level
        category_mismatch
        domain_clash
        redundant_domain
        unused
    }
    registry {
        unexplained_override
        redundant_override
        platform_drift
        repeated_on_platform
        duplicate_note
        shared_prose
        source_disagreement
    }
}

/// All rules, in the order of the catalogue.
pub fn catalogue() -> &'static [&'static Rule] {
    CATALOGUE
}

/// The rule with this id, or with this name where only one group has it.
///
/// # Errors
///
/// When there is none; with the nearest id.
pub fn find(id: &str) -> Result<&'static Rule, UnknownRule> {
    let found = CATALOGUE.iter().copied().find(|rule| rule.id.as_str() == id);
    let has_name = |rule: &&Rule| rule.id.as_str().split_once('/').is_some_and(|(_, name)| name == id);
    let mut named = CATALOGUE.iter().copied().filter(has_name);
    let only = named.next().filter(|_| named.next().is_none());
    found.or(only).ok_or_else(|| {
        let name = |rule: &&'static Rule| rule.id.as_str();
        let whole = closest(id, CATALOGUE.iter().map(name));
        let bare = || {
            let names =
                CATALOGUE.iter().map(|rule| rule.id.as_str().split_once('/').map_or("", |(_, name)| name));
            let meant = closest(id, names)?;
            CATALOGUE.iter().map(name).find(|id| id.ends_with(meant))
        };
        UnknownRule { name: id.to_owned(), suggestion: whole.or_else(bare).map(ToOwned::to_owned) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Page, SnippetKind};

    #[test]
    fn ids_are_unique_and_pages_are_whole() {
        for (at, rule) in CATALOGUE.iter().enumerate() {
            let id = rule.id.as_str();
            assert!(CATALOGUE[..at].iter().all(|other| other.id != rule.id), "{id} stands twice");
            let page = Page::new(rule.page);
            assert_eq!(page.title(), id, "the page of {id} has another title");
            assert!(
                page.summary().ends_with('.') && page.summary().lines().count() == 1,
                "{id}: summary is one sentence on one line"
            );
            for section in ["\n## What it does\n", "\n## Why it matters\n", "\n## Examples\n"] {
                assert!(rule.page.contains(section), "the page of {id} lacks {section:?}");
            }
            for kind in [SnippetKind::Bad, SnippetKind::Good] {
                assert!(
                    page.snippets().iter().any(|snippet| snippet.kind == kind),
                    "the page of {id} lacks a {kind:?} snippet"
                );
            }
        }
    }
}
