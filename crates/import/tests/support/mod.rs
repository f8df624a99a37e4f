//! Shared by the tests of the readers: a small registry, and findings as people read them.

#![allow(dead_code, reason = "each test uses its part of this module")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "../../../../tests/support/workbook.rs"]
pub(crate) mod workbook;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use diagnostics::{
    Anchor, Finding, Location, Locator, Place, Severity, SourceText, concise, cut, in_order, printable,
};
use import::{EntityPlan, Import, Input, Options, import};
use model::{Category, Cell, Dimension, DimensionFile, Dimensions, Offering, Platform, Registry, Required};

/// A registry with one platform, one offering and two dimensions, without cells.
pub(crate) fn registry() -> Registry {
    let dimension = |id: &str, order: i64| Dimension {
        id: id.parse::<model::DimensionId>().unwrap().into(),
        order: order.into(),
        ..Dimension::default()
    };
    let offering = Offering {
        id: "a".parse::<model::OfferingId>().unwrap().into(),
        name: "A".to_owned().into(),
        platform: "p".parse::<model::PlatformId>().unwrap().into(),
        category: Category::InferenceHost.into(),
        ..Offering::default()
    };
    let platform = Platform {
        id: "p".parse::<model::PlatformId>().unwrap().into(),
        name: "P".to_owned().into(),
        operator: "o".parse::<model::OrganizationId>().unwrap().into(),
        ..Platform::default()
    };
    let dimensions = vec![dimension("soc2_type2", 1), dimension("hipaa_baa", 2)];
    Registry {
        dimensions: Dimensions::new(DimensionFile { dimensions: Required::Known(dimensions) }),
        platforms: BTreeMap::from([("p".to_owned(), platform)]),
        offerings: BTreeMap::from([("a".to_owned(), offering)]),
        ..Registry::default()
    }
}

/// Imports one file.
pub(crate) fn read(name: &str, bytes: impl Into<Vec<u8>>, options: &Options) -> Import {
    import(vec![Input { name: name.to_owned(), bytes: bytes.into() }], registry(), options)
}

/// The findings of one file, a line each.
pub(crate) fn told(name: &str, bytes: impl Into<Vec<u8>>, options: &Options) -> String {
    let import = read(name, bytes, options);
    let mut lines: String = ordered(&import).iter().map(line).collect();
    if import.findings.is_empty() {
        let added = |plan: &EntityPlan| plan.added.len() + usize::from(plan.is_new);
        let (rows, added) = (import.rows, import.plan.entities.iter().map(added).sum::<usize>());
        let _ = writeln!(lines, "no finding; {rows} rows, {added} added");
    }
    lines
}

/// The findings in the order in which they are reported.
pub(crate) fn ordered(import: &Import) -> Vec<Finding> {
    struct Nowhere;
    impl Locator for Nowhere {
        fn locate(&self, places: &[&Place]) -> Vec<Option<Location>> {
            vec![None; places.len()]
        }

        fn source(&self, _: &str) -> Option<Arc<SourceText>> {
            None
        }
    }
    in_order(import.findings.clone(), &import.places.before(&import.registry, &Nowhere))
}

/// A finding as it is reported: `file [sheet] F7 (note): text "…": what is wrong: what to write`.
pub(crate) fn line(finding: &Finding) -> String {
    let place = match &finding.place.anchor {
        Anchor::Cell(cell) => {
            let text = cell.text.as_deref().map(|text| format!(": text {:?}", printable(&cut(text, 80))));
            concise::table(cell) + &text.unwrap_or_default()
        }
        _ => "nowhere".to_owned(),
    };
    let help = finding.help.as_deref().unwrap_or_default();
    format!(
        "{}[{}] {place}: {}: {help}\n",
        finding.severity.name(),
        finding.rule,
        printable(&finding.message)
    )
}

/// The cell that an import gives offering `a` in a dimension.
pub(crate) fn cell<'i>(import: &'i Import, dimension: &str) -> &'i Cell {
    let told = import.findings.iter().filter(|finding| finding.severity != Severity::Info);
    assert_eq!(told.map(line).collect::<Vec<_>>(), [""; 0]);
    let id = dimension.parse::<model::DimensionId>().unwrap();
    import.registry.offerings["a"].cells.known().unwrap().get(&id).unwrap()
}

/// The note that an import gives offering `a` in `soc2_type2`.
pub(crate) fn note(import: &Import) -> String {
    cell(import, "soc2_type2").note.known().unwrap().clone()
}

/// Rows of texts.
pub(crate) fn grid(rows: &[&[&str]]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.iter().map(|text| (*text).to_owned()).collect()).collect()
}
