//! The catalogue: one line for each rule. Each names a file in this folder; its page is next to it.

use crate::Rule;

macro_rules! catalogue {
    ($($group:ident { $($rule:ident)* })*) => {
        $(pub(crate) mod $group { $(pub(crate) mod $rule;)* })*
        const CATALOGUE: &[&Rule] = &[$($(&$group::$rule::RULE,)*)*];
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
        beyond_limit
    }
    table {
        unreadable
        unknown_column
        repeated_column
        missing_column
        missing_value
        unknown_owner
        wrong_value
        two_owners
        evidence_without_url
        repeated_url
        stray_row
        duplicate_row
        changed_since_export
        reviewed_cell
        wrong_mapping
        passed_over
        doubtful_value
        old_text
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
        high_on_old_copy
        high_on_secondary
        public_on_secondary
        self_serve_behind_sales
        conflict_needs_two
        secondary_uncited
        undated_unsaid
        unread_unsaid
        not_read_but_read
        missing_evidence
        absence_unexplained
        partial_unexplained
        developer_cell_with_tier
        missing_geography
        parts_missing
        parts_incomplete
        parts_contradict_status
        listed_twice
        idle_exception
        exception_clash
        unverified
        verified_but_unread
        due_soon
        stale
        long_stale
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
        archive_unnamed
        reported_by_nobody
        via_unsaid
        moving_address
        contradictory_fetch
        document_date
        partly_read
        not_public
    }
    fact {
        synonym
        wrong_type
        list_in_text
        missing_unit
        contradicts_status
        strains_status
        unsupported_number
        reader_fact
        after_verification
        ends_soon
        expired
        long_expired
        out_of_range
        misspelt_key
    }
    review {
        dismissal_without_reason
        by_nobody
        in_future
        unknown_flag
        open_flag
        flag_twice
    }
    text {
        control_character
        bidirectional
        zero_width
        conflict_marker
        mojibake
        tool_residue
        impossible_date
        untrimmed
        placeholder
        email_address
        bare_url
        too_long
    }
    entity {
        id_mismatch
        id_case_clash
        device_name
        misplaced_file
        former_id_reused
        duplicate_name
        duplicate_question
        unknown_organization
        unknown_platform
        unknown_dimension
        missing_dimension
        wrong_level
        category_mismatch
        domain_clash
        domain_form
        redundant_domain
        unused
    }
    registry {
        unexplained_override
        reason_without_override
        redundant_override
        platform_drift
        repeated_on_platform
        duplicate_note
        shared_prose
        source_disagreement
        unused_allow
        expired_allow
        unexplained_allow
        retired_but_there
        faulty_retirement
        declared_twice
        dead_contradiction
        end_without_day
        negative_limit
    }
    visit {
        host_form
        wrong_host
        out_of_order
        redundant
        hash_form
        archive_mismatch
        archive_unnamed
        credentials_in_url
        contradictory_outcome
        in_future
        uncited
    }
    change {
        vanished
        upgrade_without_reading
        status_without_verification
        terms_without_verification
        borrowed_reading
        review_removed
        flag_removed
    }
}

/// All rules, in the order of the catalogue.
pub const fn catalogue() -> &'static [&'static Rule] {
    CATALOGUE
}

/// Renamed rules, which are still recognized: the old id, and the new one.
pub(crate) const RENAMED: &[(&str, &str)] = &[];

/// Removed rules: the id, and the reason.
pub(crate) const REMOVED: &[(&str, &str)] = &[];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Page, SnippetKind};

    #[test]
    fn rules_know_no_other_rule() {
        let root = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules"));
        let folders = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
        let files =
            folders.filter(|path| path.is_dir()).flat_map(|folder| std::fs::read_dir(folder).unwrap());
        let mut count = 0;
        for path in files.map(|entry| entry.unwrap().path()) {
            if path.extension().is_none_or(|extension| extension != "rs") {
                continue;
            }
            count += 1;
            let text = std::fs::read_to_string(&path).unwrap();
            // Tests of a rule may look at the rule itself.
            let code = text.split("#[cfg(test)]").next().unwrap();
            assert!(
                !code.contains("super::") && !text.contains("rules::"),
                "{} uses another rule: what both need belongs in a separate module, and a rule that is silent \
                 where another reports the same `yields_to` it",
                path.display()
            );
        }
        assert_eq!(count, CATALOGUE.len());
    }

    #[test]
    fn ids_are_unique_and_pages_are_whole() {
        for (at, rule) in CATALOGUE.iter().enumerate() {
            let id = rule.id.as_str();
            assert!(CATALOGUE[..at].iter().all(|other| other.id != rule.id), "{id} is listed twice");
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
