//! What is raised about the last day of an answer as time passes.

use std::collections::BTreeMap;

use Optional::Known;
use diagnostics::Severity;
use lint::{DomainOwners, EntityContext, EntityNames, Environment, Linter, Selection};
use model::{
    Cell, Confidence, Date, Dimension, DimensionFile, DimensionId, Dimensions, Evidence, Fact, FactFormat,
    FactSpec, FactType, Fetch, FetchOutcome, Key, Level, Misnamed, Optional, Platform, Role, SharedRecords,
    Status, Via,
};
use proptest::prelude::*;

/// The limits of a question and the validity of its fact, in days.
type Limits = [Option<i64>; 4];

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn dimensions([stale, soon, far, valid]: Limits) -> Dimensions {
    let spec = |key: &str, kind: FactType, format: Option<FactFormat>, days: Option<i64>| FactSpec {
        key: key.parse::<Key>().expect("a key").into(),
        kind: kind.into(),
        format: format.into(),
        valid_for_days: days.into(),
        ..FactSpec::default()
    };
    let facts = vec![
        spec("valid_until", FactType::Date, None, valid),
        spec("period_ends", FactType::List, Some(FactFormat::MonthDay), Some(60)),
    ];
    let dimension = Dimension {
        id: "iso_27001".parse::<DimensionId>().expect("an id").into(),
        level: Level::Platform.into(),
        stale_after_days: stale.into(),
        due_soon_days: soon.into(),
        far_past_days: far.into(),
        facts: Known(facts),
        ..Dimension::default()
    };
    Dimensions::new(DimensionFile { dimensions: vec![dimension].into() })
}

/// What a yes that was read on 2026-01-01 raises about its last days on a day: one with a certificate until some day, or
/// else with audit periods that end on 31 March, after which 60 days are left.
fn raised(limits: Limits, certificate: Option<&str>, today: Date) -> Vec<(&'static str, Severity)> {
    let (dimensions, organizations, platforms) = (dimensions(limits), BTreeMap::new(), BTreeMap::new());
    let misnamed = Misnamed::default();
    let shared = SharedRecords {
        dimensions: &dimensions,
        organizations: &organizations,
        platforms: &platforms,
        misnamed: &misnamed,
    };
    let owners = DomainOwners::new(&organizations);
    let env = Environment { shared, owners: &owners, names: &EntityNames::default(), today };
    let fetch = Fetch {
        outcome: FetchOutcome::Ok.into(),
        on: Known(day("2026-01-01")),
        via: Known(Via::Direct),
        ..Fetch::default()
    };
    let fact = match certificate {
        Some(last) => ("valid_until", Fact::Date(day(last))),
        None => ("period_ends", Fact::List(vec!["03-31".to_owned()])),
    };
    let evidence = Evidence { role: Known(Role::Primary), fetch: Known(fetch), ..Evidence::default() };
    let cell = Cell {
        status: Status::YesPublic.into(),
        confidence: Known(Confidence::Medium),
        facts: Known([(fact.0.parse().expect("a key"), fact.1.into())].into()),
        evidence: Known(vec![evidence]),
        ..Cell::default()
    };
    let cells = Known([("iso_27001".parse().expect("an id"), cell)].into());
    let platform = Platform { cells, ..Platform::default() };
    let rules = [
        "cell/due-soon",
        "cell/stale",
        "cell/long-stale",
        "fact/ends-soon",
        "fact/expired",
        "fact/long-expired",
    ];
    let rules = Selection::new(&rules.map(str::to_owned), &[]).expect("known rules");
    let findings = Linter::new(rules).entity(&EntityContext::platform("acme", &platform, env));
    findings.iter().map(|finding| (finding.rule.as_str(), finding.severity)).collect()
}

/// How severe what is raised is, of the reading and of the fact.
fn severities(limits: Limits, today: Date) -> [Option<Severity>; 2] {
    let found = raised(limits, Some("2026-06-30"), today);
    ["cell/", "fact/"].map(|group| {
        let mut of_group = found.iter().filter(|(rule, _)| rule.starts_with(group));
        let first = of_group.next().map(|(_, severity)| *severity);
        assert_eq!(of_group.next(), None, "each day has one rule a group: {found:?}");
        first
    })
}

#[test]
fn each_step_has_its_rule() {
    let of = |today: &str, limits| {
        raised(limits, Some("2026-06-30"), day(today)).into_iter().map(|(rule, _)| rule).collect::<Vec<_>>()
    };
    let limits = [Some(180), Some(30), Some(360), Some(0)];
    for (today, rules) in [
        ("2026-05-30", &[][..]),
        ("2026-05-31", &["cell/due-soon", "fact/ends-soon"]),
        ("2026-06-30", &["cell/due-soon", "fact/ends-soon"]),
        ("2026-07-01", &["cell/stale", "fact/expired"]),
        ("2027-06-25", &["cell/stale", "fact/expired"]),
        ("2027-06-26", &["cell/long-stale", "fact/long-expired"]),
    ] {
        assert_eq!(of(today, limits), rules, "{today}");
        assert_eq!(
            of(today, [None, None, None, Some(0)]),
            rules,
            "{today}, by the limits of a question without any"
        );
    }
    let undeclared = [Some(180), Some(30), Some(360), None];
    assert_eq!(of("2026-07-01", undeclared), ["cell/stale"], "a fact without `valid_for_days` ends nothing");
}

#[test]
fn a_reading_settles_periods_that_count_from_it() {
    for (today, rules) in [
        ("2026-04-30", &["fact/ends-soon"][..]),
        ("2026-05-31", &["cell/due-soon", "fact/expired"]),
        ("2026-06-30", &["cell/due-soon", "fact/expired"]),
        ("2026-07-01", &["cell/stale"]),
        ("2027-05-26", &["cell/stale", "fact/long-expired"]),
        ("2027-06-26", &["cell/long-stale"]),
    ] {
        let found = raised([Some(180), Some(30), Some(360), Some(0)], None, day(today));
        assert_eq!(found.into_iter().map(|(rule, _)| rule).collect::<Vec<_>>(), rules, "{today}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn severity_only_grows_with_time(
        limits in proptest::array::uniform4(proptest::option::of(0i64..500)),
        days in proptest::array::uniform2(0i64..2500),
    ) {
        let start = day("2026-01-01");
        let [first, second] = [days[0].min(days[1]), days[0].max(days[1])];
        let [before, after] = [first, second].map(|days| severities(limits, start.plus_days(days)));
        let weight = |one: Option<Severity>| one.map_or(0, |severity| match severity {
            Severity::Info => 1,
            Severity::Warning => 2,
            Severity::Error => 3,
        });
        for (before, after) in before.into_iter().zip(after) {
            prop_assert!(weight(before) <= weight(after), "{before:?} on day {first}, {after:?} on day {second}");
        }
    }
}
