//! The style of the documents that tests edit and format.

use crate::parse::Toml;
use crate::path::{Path, Step};
use crate::style::Style;
use crate::{Edit, EditError, apply};

/// Documents with answers to questions, `[cells.QUESTION]`.
pub(crate) struct Sample;

impl Style for Sample {
    fn rank(&self, table: &[Step], key: &str) -> usize {
        let keys: Vec<&str> =
            table.iter().map(|step| if let Step::Key(key) = step { key } else { "0" }).collect();
        let order: &[&str] = match keys.as_slice() {
            [] => &["id", "name", "former_ids", "allow", "cells"],
            ["allow", _] => &["rule", "reason", "owner"],
            ["cells"] => &["soc2_type2", "iso_27001", "gdpr_dpa", "retention_zdr"],
            ["cells", _] => &[
                "status",
                "headline",
                "note",
                "tier",
                "geography",
                "verified_on",
                "parts",
                "facts",
                "evidence",
                "reviews",
            ],
            ["cells", _, "evidence", _] => &["url", "title", "fetch"],
            ["cells", _, "evidence", _, "fetch"] => &["outcome", "on", "http_status", "via", "reported_by"],
            _ => &[],
        };
        order.iter().position(|known| *known == key).unwrap_or(usize::MAX)
    }

    fn table_has_header(&self, key: &str) -> bool {
        key != "fetch"
    }

    fn is_date(&self, path: &[Step]) -> bool {
        let is = |step: &Step, name: &str| matches!(step, Step::Key(key) if key == name);
        path.last().is_some_and(|last| is(last, "on") || is(last, "verified_on"))
    }
}

/// Returns the path that a text writes.
pub(crate) fn path(text: &str) -> Path {
    text.parse().unwrap()
}

/// Returns a text with edits made.
pub(crate) fn made(text: &str, edits: &[Edit]) -> Result<String, EditError> {
    apply(&Toml::parse(text), edits, &Sample)
}
