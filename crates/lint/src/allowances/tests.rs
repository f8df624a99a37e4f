//! What allowances suppress, and what is reported about them.

use model::{DimensionId, Optional};

use super::*;
use crate::{EntityDigest, Selection};

const TODAY: &str = "2026-07-15";

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn allow(rule: &str) -> Allow {
    Allow {
        rule: rule.to_owned().into(),
        reason: "We asked.".to_owned().into(),
        owner: "Jane Roe".to_owned().into(),
        ..Allow::default()
    }
}

fn only_on(dimension: &str, rule: &str) -> Allow {
    Allow { dimension: Optional::Known(dimension.parse::<DimensionId>().unwrap()), ..allow(rule) }
}

fn until(day: &str, rule: &str) -> Allow {
    Allow { until: Optional::Known(date(day)), ..allow(rule) }
}

fn offering() -> Entity {
    Entity::Offering("a".into())
}

fn stale(subject: Subject) -> Finding {
    Finding::new(RuleId("cell/stale"), Severity::Warning, subject, "x")
}

/// The rules of the findings that remain, with the reports about the allowances, for findings in two
/// cells of an offering.
fn told(list: &[Allow], selection: Selection, unread: &Gaps) -> Vec<&'static str> {
    let mut digest = Digest::default();
    let allow = list.to_vec();
    digest.add(offering(), EntityDigest { allow, ..EntityDigest::default() });
    let linter = Linter::new(selection);
    let mut allowances = linter.allowances(&digest, date(TODAY), unread);
    let findings = ["soc2_type2", "iso_27001"].map(|id| stale(Subject::cell(offering(), id)));
    let mut sifted = allowances.sift(findings.into());
    assert_eq!(sifted.findings.len() + sifted.held.len(), 2);
    sifted.findings.extend(linter.judge_allowances(&allowances));
    sifted.findings.iter().map(|finding| finding.rule.as_str()).collect()
}

fn all_told(list: &[Allow]) -> Vec<&'static str> {
    told(list, Selection::default(), &Gaps::default())
}

#[test]
fn holds_back_its_rule_until_its_last_day() {
    assert_eq!(all_told(&[]), ["cell/stale", "cell/stale"]);
    assert!(all_told(&[allow("cell/stale")]).is_empty());
    assert_eq!(all_told(&[only_on("soc2_type2", "cell/stale")]), ["cell/stale"]);
    assert!(all_told(&[until(TODAY, "cell/stale")]).is_empty());
    let expired = all_told(&[until("2026-07-14", "cell/stale")]);
    assert_eq!(expired, ["cell/stale", "cell/stale", "registry/expired-allow"]);
    // One that holds is enough, and the expired one is still reported.
    let both = [until("2026-07-14", "cell/stale"), allow("cell/stale")];
    assert_eq!(all_told(&both), ["registry/expired-allow"]);
}

#[test]
fn the_second_of_two_that_name_the_same_is_unused() {
    let both = [allow("cell/stale"), only_on("soc2_type2", "cell/stale")];
    assert_eq!(all_told(&both), ["registry/unused-allow"]);
}

#[test]
fn unused_is_said_only_where_it_can_be_known() {
    let unused = [allow("cell/stale"), allow("cell/missing-route")];
    assert_eq!(all_told(&unused), ["registry/unused-allow"]);
    let of = |shared: bool, id: &str| Gaps { shared, offerings: [Entity::Offering(id.into())].into() };
    assert!(told(&unused, Selection::default(), &of(true, "other")).is_empty());
    assert!(told(&unused, Selection::default(), &of(false, offering().id())).is_empty());
    assert_eq!(told(&unused, Selection::default(), &of(false, "other")), ["registry/unused-allow"]);
    let everywhere = [allow("entity/unused")];
    assert!(!told(&everywhere, Selection::default(), &of(false, "other")).contains(&"registry/unused-allow"));
    let ignore = |rule: &str| Selection::new(&[], &[rule.to_owned()]).unwrap();
    assert!(told(&unused, ignore("cell/missing-route"), &Gaps::default()).is_empty());
    assert!(told(&unused, ignore("registry/unused-allow"), &Gaps::default()).is_empty());
}

#[test]
fn registry_toml_speaks_for_dimensions() {
    let dimension = |id: &str| Subject::entity(Entity::Dimension(id.into()));
    let digest = Digest { allow: vec![only_on("soc2_type2", "cell/stale")], ..Digest::default() };
    let linter = Linter::new(Selection::default());
    let mut allowances = linter.allowances(&digest, date(TODAY), &Gaps::default());
    let subjects = [dimension("soc2_type2"), dimension("iso_27001"), Subject::cell(offering(), "soc2_type2")];
    let sifted = allowances.sift(subjects.map(stale).into());
    let held = Suppression {
        entity: Entity::Dimension("soc2_type2".into()),
        by: Suppressor::Owner("Jane Roe".into()),
    };
    assert_eq!((sifted.findings.len(), sifted.held), (2, vec![held]));
}

#[test]
fn a_removed_rule_is_told_with_its_reason() {
    let removed = UnknownRule::Removed { name: "cell/x".into(), reason: "it found nothing" };
    let (allow, entity) = (allow("cell/x"), offering());
    let allowance = AllowanceContext {
        entity: &entity,
        index: 1,
        allow: &allow,
        rule: Err(removed.into()),
        is_expired: false,
        is_judged: true,
        findings: 0,
    };
    let finding = unknown_rule(&allowance).unwrap();
    assert_eq!(finding.message, "offering a allows `cell/x`, a rule that was removed: it found nothing");
    let at = FieldPath::of("allow").index(1);
    assert_eq!(finding.fix.unwrap().edits, [Edit::Remove(Subject::field(entity.clone(), at))]);
}

#[test]
fn an_allowance_is_known_again_when_its_index_changes() {
    let mut digest = Digest::default();
    let list = vec![until(TODAY, "cell/stale"), only_on("soc2_type2", "cell/missing-route")];
    digest.add(offering(), EntityDigest { allow: list, ..EntityDigest::default() });
    let linter = Linter::new(Selection::default());
    let findings = linter.judge_allowances(&linter.allowances(&digest, date(TODAY), &Gaps::default()));
    let named: Vec<_> = findings.iter().map(Finding::named_field).collect();
    assert_eq!(named, ["allow[cell/stale]", "allow[cell/missing-route soc2_type2]"]);
}
