//! One cause, one finding: cells in which several rules could speak of the same fault.

use std::collections::BTreeMap;

use Optional::{Known, Unread};
use lint::{DomainOwners, EntityContext, EntityNames, Environment, Linter, Selection};
use model::{
    Cell, Condition, Confidence, ConfidenceReason, Contradiction, Date, DefaultState, Dimension,
    DimensionFile, Dimensions, Evidence, Fact, FactSpec, FactType, Fetch, FetchOutcome, Flag, Level, Literal,
    Misnamed, Optional, PartAnswer, Platform, Review, Role, Route, SharedRecords, Status, Strength, Synonym,
    Tier, Verdict, Via,
};

/// A platform-level and a developer-level dimension.
fn dimensions() -> Dimensions {
    let dimension = |id: &str, group: &str, level| Dimension {
        id: id.parse::<model::DimensionId>().expect("a dimension id").into(),
        group: group.to_owned().into(),
        level: Level::into(level),
        facts: Known(dictionary()),
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

/// A fact of each kind that rules treat differently.
fn dictionary() -> Vec<FactSpec> {
    let spec = |name: &str, kind: FactType| FactSpec {
        key: key(name).into(),
        kind: kind.into(),
        meaning: "a meaning".to_owned().into(),
        synonyms: Known(vec![Synonym { key: key(&format!("old_{name}")).into(), ..Synonym::default() }]),
        ..FactSpec::default()
    };
    let clash = |level: Strength| Contradiction {
        level: level.into(),
        value: Known(Literal::Bool(false)),
        status: Known(vec![Status::YesPublic, Status::YesSalesGated]),
        ..Contradiction::default()
    };
    let past =
        Contradiction { value: Optional::Absent, is: Known(Condition::Past), ..clash(Strength::Error) };
    vec![
        FactSpec { unit: Known("days".to_owned()), ..spec("kept_days", FactType::Integer) },
        FactSpec {
            one_of: Known(vec!["full".to_owned(), "unspecified".to_owned()]),
            ..spec("grade", FactType::Text)
        },
        spec("scope", FactType::List),
        FactSpec {
            contradicts: Known(vec![past]),
            may_lie_ahead: Known(true),
            ..spec("valid_until", FactType::Date)
        },
        FactSpec {
            contradicts: Known(vec![clash(Strength::Warning), clash(Strength::Error)]),
            ..spec("offered", FactType::Bool)
        },
        FactSpec { contradicts: Known(vec![clash(Strength::Warning)]), ..spec("public", FactType::Bool) },
    ]
}

fn key(name: &str) -> model::Key {
    name.parse().expect("a key")
}

/// The names of the rules on cells that a cell raises, but for those on its verification.
fn raised(dimension: &str, cell: Cell) -> Vec<&'static str> {
    let found = raised_of(&["cell/*"], dimension, cell);
    found.into_iter().map(|rule| rule.trim_start_matches("cell/")).collect()
}

/// The rules, of some groups, that a cell raises, but for those on its verification.
fn raised_of(groups: &[&str], dimension: &str, cell: Cell) -> Vec<&'static str> {
    let (dimensions, organizations) = (dimensions(), BTreeMap::new());
    let platforms = BTreeMap::new();
    let shared = SharedRecords {
        dimensions: &dimensions,
        organizations: &organizations,
        platforms: &platforms,
        misnamed: &Misnamed::default(),
    };
    let owners = DomainOwners::new(&organizations);
    let env = Environment {
        shared,
        owners: &owners,
        names: &EntityNames::default(),
        today: Date::new(2026, 7, 15).expect("a day"),
    };
    let cells = Known(BTreeMap::from([(dimension.parse().expect("a dimension id"), cell)]));
    let platform = Platform { cells, ..Platform::default() };
    let groups: Vec<_> = groups.iter().map(|group| (*group).to_owned()).collect();
    let rules = Selection::new(&groups, &["cell/unverified".to_owned()]).expect("known rules");
    let findings = Linter::new(rules).entity(&EntityContext::platform("acme", &platform, env));
    findings.iter().map(|finding| finding.rule.as_str()).collect()
}

const ALL_BUT_REFERENCES: &[&str] = &["cell/*", "fact/*", "review/*", "text/*"];

/// What a clean gated yes raises with one fact more.
fn raised_by_fact(name: &str, fact: Fact) -> Vec<&'static str> {
    raised_of(ALL_BUT_REFERENCES, "soc2_type2", with_fact(gated(), name, fact))
}

fn with_fact(cell: Cell, name: &str, fact: Fact) -> Cell {
    Cell { facts: Known(BTreeMap::from([(key(name), fact.into())])), ..cell }
}

fn text(text: &str) -> Fact {
    Fact::Text(text.to_owned())
}

fn evidence(role: Role, outcome: FetchOutcome) -> Optional<Vec<Evidence>> {
    let on = Known(Date::new(2026, 7, 1).expect("a day"));
    let fetch = Fetch { outcome: outcome.into(), on, via: Known(Via::Direct), ..Fetch::default() };
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
    let reasons = || Known(vec![ConfidenceReason::FetchFailed, ConfidenceReason::NotRead]);
    assert!(judge(Role::Primary, Known(Confidence::Medium), reasons()).is_empty());
    assert_eq!(judge(Role::Primary, Known(Confidence::High), reasons()), ["high-but-unread"]);
}

#[test]
fn too_much_confidence_is_one_fault() {
    let secondary = Cell { evidence: evidence(Role::Secondary, FetchOutcome::Ok), ..gated() };
    assert_eq!(raised("soc2_type2", secondary.clone()), ["high-on-secondary"]);
    let reasons = Known(vec![ConfidenceReason::SecondarySource]);
    let admitted = Cell { confidence_reasons: reasons.clone(), ..secondary.clone() };
    assert_eq!(raised("soc2_type2", admitted.clone()), ["high-on-secondary"]);
    let unclear = Cell { status: Status::Unclear.into(), ..admitted };
    assert_eq!(raised("soc2_type2", unclear), ["unclear-but-high"]);
    let unread = Cell { evidence: evidence(Role::Authority, FetchOutcome::NotAttempted), ..gated() };
    assert_eq!(raised("soc2_type2", unread), ["high-but-unread"]);
    let bare = Cell { evidence: Optional::Absent, ..gated() };
    assert_eq!(raised("soc2_type2", bare), ["missing-evidence"]);
}

#[test]
fn terms_that_contradict_each_other_are_one_fault() {
    let approval = Cell { default: Known(DefaultState::RequiresApproval), ..public() };
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
        exceptions: Unread,
        reviews: Unread,
        flags: Unread,
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
            assert!(raised_of(ALL_BUT_REFERENCES, dimension, cell).is_empty(), "{status} {dimension}");
        }
    }
    let item = Evidence { role: Unread, fetch: Unread, ..Evidence::default() };
    assert!(raised("soc2_type2", Cell { evidence: Known(vec![item]), ..gated() }).is_empty());
}

#[test]
fn a_fact_is_one_fault() {
    let cases: &[(&str, Fact, &[&str])] = &[
        ("kept_days", Fact::Integer(30), &[]),
        ("kept_days", text("unknown"), &["fact/wrong-type"]),
        ("kept_days", text("30 days "), &["fact/wrong-type"]),
        ("kept", text("30 days"), &["fact/missing-unit"]),
        ("ofered", Fact::Bool(false), &["fact/misspelt-key"]),
        ("old_kept_days", Fact::Integer(30), &["fact/synonym"]),
        ("old_kept_days", text("30 days"), &["fact/synonym"]),
        ("old_kept_days", text("unknown"), &["text/placeholder"]),
        ("grade", text("unspecified"), &[]),
        ("grade", text("full "), &["text/untrimmed"]),
        ("grade", text("half"), &["fact/wrong-type"]),
        ("scope", text(" a, b"), &["fact/list-in-text"]),
        ("scope", text("unknown"), &["text/placeholder"]),
        ("scope", Fact::List(vec!["not stated".to_owned()]), &["text/placeholder"]),
        ("old_scope", text("a, b"), &["fact/synonym"]),
        ("page_seen", text("unknown"), &["fact/reader-fact"]),
        ("old_scope_seen", Fact::Bool(false), &["fact/reader-fact"]),
        ("anything", text(" N/A "), &["text/placeholder"]),
        ("anything", text(" \t "), &["text/placeholder"]),
        ("anything", text("see\t"), &["text/untrimmed"]),
        ("anything", text("se\te"), &["text/control-character"]),
        ("anything", text("\u{202e}"), &["text/bidirectional"]),
        ("anything", text("a\u{202e}b"), &["text/bidirectional"]),
        ("offered", Fact::Bool(false), &["fact/contradicts-status"]),
        ("offered", text("no"), &["fact/wrong-type"]),
        ("public", Fact::Bool(false), &["fact/strains-status"]),
        ("old_public", Fact::Bool(false), &["fact/synonym"]),
    ];
    for (name, fact, expected) in cases {
        assert_eq!(raised_by_fact(name, fact.clone()), *expected, "{name} = {fact:?}");
    }
    let day = |year| Fact::Date(Date::new(year, 7, 14).expect("a day"));
    assert_eq!(raised_by_fact("valid_until", day(2026)), ["fact/contradicts-status"]);
    assert!(raised_by_fact("valid_until", day(2027)).is_empty());
}

#[test]
fn a_wrong_status_is_one_fault() {
    let parts = Known(BTreeMap::from([(key("dpa"), PartAnswer::No.into())]));
    let cell = with_fact(Cell { parts, ..gated() }, "offered", Fact::Bool(false));
    assert_eq!(raised_of(ALL_BUT_REFERENCES, "soc2_type2", cell), ["cell/parts-contradict-status"]);
}

#[test]
fn a_number_from_an_unread_page_is_one_fault() {
    let cell = |confidence, outcome| {
        let reasons = match confidence {
            Confidence::High => Optional::Absent,
            _ => Known(vec![ConfidenceReason::FetchFailed, ConfidenceReason::NotRead]),
        };
        let cell = Cell {
            confidence: Known(confidence),
            confidence_reasons: reasons,
            evidence: evidence(Role::Primary, outcome),
            ..gated()
        };
        raised_of(ALL_BUT_REFERENCES, "soc2_type2", with_fact(cell, "kept_days", Fact::Integer(30)))
    };
    assert_eq!(cell(Confidence::High, FetchOutcome::NotAttempted), ["cell/high-but-unread"]);
    assert_eq!(cell(Confidence::Medium, FetchOutcome::Gated), ["fact/unsupported-number"]);
    assert!(cell(Confidence::High, FetchOutcome::Ok).is_empty());
    let bare = with_fact(Cell { evidence: Optional::Absent, ..gated() }, "kept_days", Fact::Integer(30));
    assert_eq!(raised_of(ALL_BUT_REFERENCES, "soc2_type2", bare), ["cell/missing-evidence"]);
}

#[test]
fn an_empty_text_counts_as_left_out() {
    let empty = |text: &str| Known(text.to_owned());
    let cell = Cell { headline: empty(" "), note: empty(""), ..gated() };
    assert_eq!(raised_of(ALL_BUT_REFERENCES, "soc2_type2", cell), ["cell/missing-headline"]);
    let broken = Cell { headline: empty("Ask\nsales"), ..gated() };
    assert_eq!(raised_of(ALL_BUT_REFERENCES, "soc2_type2", broken), ["cell/headline-style"]);
}

#[test]
fn a_question_and_its_review_are_one_fault() {
    let day = |day| Date::new(2026, 6, day).expect("a day");
    let slug = |text: &str| text.parse::<model::Slug>().expect("a slug");
    let flag = || Flag {
        id: slug("page-gone").into(),
        raised_on: day(5).into(),
        what: "Is the page gone?".to_owned().into(),
    };
    let review = |name: &str, on| Review {
        on: day(on).into(),
        verdict: Verdict::Dismissed.into(),
        by: Known("jane".to_owned()),
        reason: Known("It has moved.".to_owned()),
        flag: Known(slug(name)),
    };
    let judge = |reviews: Vec<Review>| {
        let cell = Cell { flags: Known(vec![flag()]), reviews: Known(reviews), ..gated() };
        raised_of(ALL_BUT_REFERENCES, "soc2_type2", cell)
    };
    assert!(judge(vec![review("page-gone", 5)]).is_empty());
    assert_eq!(judge(vec![]), ["review/open-flag"]);
    assert_eq!(judge(vec![review("page-gone", 4)]), ["review/open-flag"]);
    assert_eq!(judge(vec![review("page-gon", 6)]), ["review/unknown-flag"]);
    assert_eq!(judge(vec![review("another", 6)]), ["review/unknown-flag", "review/open-flag"]);
    let silent = Review { reason: Known(" ".to_owned()), ..review("page-gone", 6) };
    assert_eq!(judge(vec![silent]), ["review/dismissal-without-reason"]);
    assert_eq!(judge(vec![Review { flag: Unread, ..review("page-gone", 6) }]), Vec::<&str>::new());
}
