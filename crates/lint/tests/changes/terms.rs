//! Terms and facts that change.

use std::collections::BTreeMap;

use super::registry::*;

#[test]
fn each_term_is_looked_at() {
    let cell = || partial(&[page("a", "2026-06-01")]);
    let part = |answer: PartAnswer| Known(BTreeMap::from([(key("dpa"), answer.into())]));
    let places =
        |codes: &[&str]| Known(codes.iter().map(|code| code.parse::<Geography>().expect("a code")).collect());
    let exception = |status: Status| {
        Known(vec![Exception {
            models: vec!["x".to_owned()].into(),
            status: status.into(),
            ..Exception::default()
        }])
    };
    for (field, before, after) in [
        (
            "tier",
            Cell { tier: Known(Tier::SelfServe), ..cell() },
            Cell { tier: Known(Tier::PaidPlans), ..cell() },
        ),
        ("tier", cell(), Cell { tier: Known(Tier::PaidPlans), ..cell() }),
        ("route", Cell { route: Known(model::Route::Public), ..cell() }, cell()),
        ("default", cell(), Cell { default: Known(DefaultState::Enabled), ..cell() }),
        (
            "geography",
            Cell { geography: places(&["EU"]), ..cell() },
            Cell { geography: places(&["EU", "US"]), ..cell() },
        ),
        (
            "parts.dpa",
            Cell { parts: part(PartAnswer::Yes), ..cell() },
            Cell { parts: part(PartAnswer::No), ..cell() },
        ),
        (
            "facts.kept_days",
            stating(cell(), &[("kept_days", Fact::Integer(30))]),
            stating(cell(), &[("kept_days", Fact::Integer(90))]),
        ),
        (
            "exceptions",
            Cell { exceptions: exception(Status::No), ..cell() },
            Cell { exceptions: exception(Status::Partial), ..cell() },
        ),
    ] {
        assert_eq!(changed(before.clone(), after.clone()), [format!("{TERMS} {field}")]);
        let dated = Cell { verified_on: Known(day("2026-07-01")), ..after.clone() };
        assert_eq!(changed(before.clone(), dated), NOTHING, "{field}");
        let read = Cell { evidence: Known(vec![page("a", "2026-07-01")]), ..after };
        assert_eq!(changed(before, read), NOTHING, "{field}");
    }
    let noted = Cell { note: words("Other words."), headline: words("Others"), ..cell() };
    assert_eq!(changed(cell(), noted), NOTHING, "prose is no term");
}

#[test]
fn what_safe_fixes_write_is_no_change_of_terms() {
    let cell = |facts: &[(&str, Fact)]| stating(partial(&[page("a", "2026-06-01")]), facts);
    let list = |items: &[&str]| Fact::List(items.iter().map(|item| (*item).to_owned()).collect());
    for (before, after) in [
        (("days_kept", Fact::Integer(30)), ("kept_days", Fact::Integer(30))),
        (("never_trains", Fact::Bool(true)), ("trains", Fact::Bool(false))),
        (("kept_days", text("30")), ("kept_days", Fact::Integer(30))),
        (("scope", text("API; Batch")), ("scope", list(&["API", "Batch"]))),
        (("services", text("API")), ("scope", list(&["API"]))),
        (("free", text(" as it is ")), ("free", text("as it is"))),
        (("scope", list(&["a", "b"])), ("scope", list(&["b", "a"]))),
        (("free", list(&["a", " b"])), ("free", list(&["b", "a"]))),
        (("free", text("as\u{200b} it is")), ("free", text("as it is"))),
    ] {
        let (before, after) = (std::slice::from_ref(&before), std::slice::from_ref(&after));
        assert_eq!(changed(cell(before), cell(after)), NOTHING, "{before:?}");
    }
    for (before, after, field) in [
        (("never_trains", Fact::Bool(true)), ("trains", Fact::Bool(true)), "trains"),
        (("scope", text("Acme, Inc.")), ("scope", list(&["Acme", "Inc."])), "scope"),
        (("free", Fact::Integer(1)), ("freed", Fact::Integer(1)), "freed"),
    ] {
        assert_eq!(changed(cell(&[before]), cell(&[after])), [format!("{TERMS} facts.{field}")]);
    }
    let except = |model: &str, status: Status| {
        let exception = Exception {
            models: vec![model.to_owned()].into(),
            status: status.into(),
            ..Exception::default()
        };
        Cell { exceptions: Known(vec![exception]), ..cell(&[]) }
    };
    assert_eq!(changed(except(" m\u{200b} ", Status::No), except("m", Status::No)), NOTHING);
    assert_eq!(changed(except("m", Status::No), except("n", Status::No)), [format!("{TERMS} exceptions")]);
    let codes = |codes: &[&str]| {
        let geography = Known(codes.iter().map(|code| code.parse::<Geography>().expect("a code")).collect());
        Cell { geography, ..cell(&[]) }
    };
    assert_eq!(changed(codes(&["US", "EU", "US"]), codes(&["EU", "US"])), NOTHING, "the same places");
}
