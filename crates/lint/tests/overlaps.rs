//! One cause, one finding: cells in which several rules could speak of the same fault.

use std::collections::BTreeMap;

use Optional::{Known, Unread};
use lint::{EntityContext, Linter, Selection, Shared};
use model::{
    Cell, Confidence, ConfidenceReason, Date, Default, Dimension, DimensionFile, Dimensions, Evidence, Fetch,
    FetchOutcome, Level, Optional, Platform, Role, Route, Settings, Status, Tier,
};

/// A platform-level and a developer-level dimension.
fn dimensions() -> Dimensions {
    let dimension = |id: &str, group: &str, level| Dimension {
        id: id.parse::<model::DimensionId>().expect("a dimension id").into(),
        group: group.to_owned().into(),
        level: Level::into(level),
        ..Dimension::default()
    };
    Dimensions::new(DimensionFile {
        dimensions: vec![
            dimension("soc2_type2", "Vendor trust", Level::Platform),
            dimension("data_residency", "Data handling", Level::Platform),
            dimension("gpai_cop", "EU AI Act", Level::Developer),
        ]
        .into(),
    })
}

/// The names of the rules on cells that a cell raises, but for those on its verification.
fn raised(dimension: &str, cell: Cell) -> Vec<&'static str> {
    let (dimensions, organizations) = (dimensions(), BTreeMap::new());
    let platforms = BTreeMap::new();
    let settings = Settings { dimensions: &dimensions, organizations: &organizations, platforms: &platforms };
    let shared = Shared { settings, today: Date::new(2026, 7, 15).expect("a day") };
    let cells = Known(BTreeMap::from([(dimension.parse().expect("a dimension id"), cell)]));
    let platform = Platform { cells, ..Platform::default() };
    let rules = Selection::new(&["cell/*".to_owned()], &["cell/unverified".to_owned()]).expect("known rules");
    let findings = Linter::new(rules).entity(&EntityContext::platform("acme", &platform, shared));
    findings.iter().map(|finding| finding.rule.as_str().trim_start_matches("cell/")).collect()
}

fn evidence(role: Role, outcome: FetchOutcome) -> Optional<Vec<Evidence>> {
    let fetch = Fetch { outcome: outcome.into(), ..Fetch::default() };
    Known(vec![Evidence { role: Known(role), fetch: Known(fetch), ..Evidence::default() }])
}

/// A clean gated yes.
fn gated() -> Cell {
    Cell {
        status: Status::YesSalesGated.into(),
        confidence: Known(Confidence::High),
        headline: Known("The report is handed out on request".to_owned()),
        route: Known(Route::RequestForm),
        evidence: evidence(Role::Primary, FetchOutcome::Ok),
        ..Cell::default()
    }
}

/// A clean public yes.
fn public() -> Cell {
    Cell {
        status: Status::YesPublic.into(),
        headline: Optional::Absent,
        route: Known(Route::Public),
        ..gated()
    }
}

#[test]
fn clean_cells_raise_nothing() {
    assert!(raised("soc2_type2", gated()).is_empty());
    assert!(raised("soc2_type2", public()).is_empty());
}

#[test]
fn failed_fetches_are_one_fault() {
    let failed = |role, confidence, reasons: Optional<Vec<_>>| Cell {
        confidence,
        confidence_reasons: reasons,
        evidence: evidence(role, FetchOutcome::Blocked),
        ..gated()
    };
    let judge = |role, confidence, reasons| raised("soc2_type2", failed(role, confidence, reasons));
    let absent = Optional::Absent;
    assert_eq!(judge(Role::Primary, absent, Optional::Absent), ["missing-confidence-after-failed-fetch"]);
    for confidence in [Confidence::High, Confidence::Medium, Confidence::Low] {
        let found = judge(Role::Primary, Known(confidence), Optional::Absent);
        assert_eq!(found, ["failed-fetch-unexplained"], "{confidence}");
    }
    let reasons = || Known(vec![ConfidenceReason::FetchFailed]);
    assert!(judge(Role::Primary, Known(Confidence::Medium), reasons()).is_empty());
    assert_eq!(judge(Role::Primary, Known(Confidence::High), reasons()), ["reason-on-high-confidence"]);
}

#[test]
fn too_much_confidence_is_one_fault() {
    let secondary = Cell { evidence: evidence(Role::Secondary, FetchOutcome::Ok), ..gated() };
    assert_eq!(raised("soc2_type2", secondary.clone()), ["high-on-secondary"]);
    let reasons = Known(vec![ConfidenceReason::SecondarySource]);
    let admitted = Cell { confidence_reasons: reasons.clone(), ..secondary.clone() };
    assert_eq!(raised("soc2_type2", admitted.clone()), ["reason-on-high-confidence"]);
    let unclear = Cell { status: Status::Unclear.into(), ..admitted };
    assert_eq!(raised("soc2_type2", unclear), ["unclear-but-high"]);
    let unread = Cell { evidence: evidence(Role::Authority, FetchOutcome::NotAttempted), ..gated() };
    assert_eq!(raised("soc2_type2", unread), ["high-but-unread"]);
    let bare = Cell { evidence: Optional::Absent, ..gated() };
    assert_eq!(raised("soc2_type2", bare), ["missing-evidence"]);
}

#[test]
fn terms_that_contradict_each_other_are_one_fault() {
    let approval = Cell { default: Known(Default::RequiresApproval), ..public() };
    assert_eq!(raised("soc2_type2", approval.clone()), ["approval-without-gate"]);
    let sold = Cell { route: Known(Route::Public), default: approval.default.clone(), ..gated() };
    assert_eq!(raised("soc2_type2", sold), ["gated-without-gate"]);
    assert_eq!(raised("soc2_type2", Cell { route: Optional::Absent, ..gated() }), ["gated-without-gate"]);
    let enterprise = Cell { tier: Known(Tier::EnterpriseOnly), ..approval };
    let absence = Cell {
        status: Status::NoPublicEvidence.into(),
        headline: Known("Nothing was found".to_owned()),
        ..enterprise.clone()
    };
    assert_eq!(raised("soc2_type2", absence.clone()), ["terms-on-absence"]);
    assert_eq!(raised("gpai_cop", absence), ["developer-cell-with-tier"]);
    assert_eq!(raised("gpai_cop", enterprise), ["developer-cell-with-tier"]);
}

#[test]
fn a_needless_headline_is_one_fault() {
    let long = Cell { headline: Known("All is well. Really.".to_owned()), ..public() };
    assert_eq!(raised("soc2_type2", long), ["headline-on-clean-cell"]);
    let geography = Known(vec![model::Geography::EU]);
    let setting = Cell { headline: Known("Choose the region first".to_owned()), geography, ..public() };
    assert_eq!(raised("data_residency", setting), ["missing-default"]);
}

#[test]
fn what_could_not_be_read_raises_nothing() {
    let unread = Cell {
        status: Status::YesSalesGated.into(),
        confidence: Unread,
        confidence_reasons: Unread,
        headline: Unread,
        note: Unread,
        tier: Unread,
        route: Unread,
        default: Unread,
        geography: Unread,
        verified_on: Unread,
        parts: Unread,
        facts: Unread,
        evidence: Unread,
        ..Cell::default()
    };
    for status in [
        Status::YesPublic,
        Status::YesSalesGated,
        Status::Partial,
        Status::Unclear,
        Status::NoPublicEvidence,
        Status::No,
    ] {
        for dimension in ["soc2_type2", "data_residency", "gpai_cop", "another_question"] {
            let cell = Cell { status: status.into(), ..unread.clone() };
            assert!(raised(dimension, cell).is_empty(), "{status} {dimension}");
        }
    }
    let item = Evidence { role: Unread, fetch: Unread, ..Evidence::default() };
    assert!(raised("soc2_type2", Cell { evidence: Known(vec![item]), ..gated() }).is_empty());
}
