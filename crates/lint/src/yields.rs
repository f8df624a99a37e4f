//! Rules that yield to others: of several rules that could report one fault, one does. Each rule states which
//! those are (`yields_to`); this module applies it.

use std::collections::{HashMap, HashSet};

use diagnostics::{Finding, RuleId};
use model::Entity;

use crate::rules::catalogue;
use crate::{CellContext, Check, Raise, Rule, Selection};

/// A rule about cells as one of the steps that judge a cell.
pub(crate) struct CellStep {
    pub(crate) rule: &'static Rule,
    pub(crate) check: fn(&CellContext<'_>, &mut Raise<'_>),
    /// Whether its findings are wanted. If not, it runs for those that yield to it.
    pub(crate) is_selected: bool,
    /// The earlier steps that it yields to.
    pub(crate) yields_to: Vec<usize>,
}

/// The selected rules about cells and those that they yield to, each after those that it yields to.
pub(crate) fn steps(selection: &Selection) -> Vec<CellStep> {
    let mut steps = Vec::new();
    let chosen = |rule: &&'static Rule| selection.takes(rule.id) && matches!(rule.check, Check::Cell(_));
    let rules = || catalogue().iter().copied();
    if rules().any(|rule| chosen(&rule)) {
        for rule in rules().filter(|rule| rule.is_exclusive).chain(rules().filter(chosen)) {
            step(rule, selection, &mut steps);
        }
    }
    steps
}

/// Adds a rule, after those that it yields to; returns where it is.
fn step(rule: &'static Rule, selection: &Selection, steps: &mut Vec<CellStep>) -> Option<usize> {
    let Check::Cell(check) = rule.check else { return None };
    if let Some(at) = steps.iter().position(|step| step.rule.id == rule.id) {
        return Some(at);
    }
    let others = catalogue().iter().filter(|other| rule.yields_to.contains(&other.id.as_str()));
    let yields_to = others.filter_map(|other| step(other, selection, steps)).collect();
    steps.push(CellStep { rule, check, is_selected: selection.takes(rule.id), yields_to });
    Some(steps.len() - 1)
}

/// Takes out the findings of rules that yield to what rules about changes have found.
pub(crate) fn withdraw(findings: &mut Vec<Finding>, changes: &[Finding]) {
    if changes.is_empty() {
        return;
    }
    // What was found missing, by the rule that says so: the thing itself, and the entities that it concerns.
    let mut things: HashSet<(&str, &Entity, Option<&str>, &str)> = HashSet::new();
    let mut entities: HashSet<(&str, &Entity)> = HashSet::new();
    for change in changes {
        let (rule, subject) = (change.rule.as_str(), &change.place.subject);
        let related = change.related.iter().map(|related| &related.place.subject.entity);
        entities.extend(related.chain([&subject.entity]).map(|entity| (rule, entity)));
        if let Some(identity) = &change.identity {
            things.insert((rule, &subject.entity, subject.dimension.as_deref(), identity));
        }
    }
    let yielding = catalogue().iter().filter(|rule| !rule.yields_to.is_empty());
    let yielding: HashMap<RuleId, &Rule> = yielding.map(|rule| (rule.id, *rule)).collect();
    findings.retain(|finding| {
        let Some(rule) = yielding.get(&finding.rule) else { return true };
        let subject = &finding.place.subject;
        let is_reported = |other: &&str| match &finding.refers_to {
            Some(thing) => {
                things.contains(&(*other, &subject.entity, subject.dimension.as_deref(), thing.as_str()))
            }
            None => entities.contains(&(*other, &subject.entity)),
        };
        !rule.yields_to.iter().any(is_reported)
    });
}

#[cfg(test)]
mod tests {
    use diagnostics::{Scope, Severity};
    use model::Subject;

    use super::*;
    use crate::find;

    fn names(select: &[&str]) -> Vec<(&'static str, bool)> {
        let select: Vec<_> = select.iter().map(|name| (*name).to_owned()).collect();
        let steps = steps(&Selection::new(&select, &[]).unwrap());
        steps.iter().map(|step| (step.rule.id.as_str(), step.is_selected)).collect()
    }

    fn is_no_circle(rule: &Rule, steps: usize) {
        assert!(steps > 0, "{} yields to itself in the end", rule.id);
        rule.yields_to.iter().for_each(|other| is_no_circle(find(other).unwrap(), steps - 1));
    }

    #[test]
    fn rules_yield_to_rules_that_there_are_and_that_the_engine_compares() {
        for rule in catalogue() {
            is_no_circle(rule, catalogue().len());
            for other in rule.yields_to {
                let scopes = (rule.scope(), find(other).unwrap().scope());
                let is_compared = matches!(
                    scopes,
                    (Scope::Cell, Scope::Cell) | (Scope::Cell | Scope::Entity, Scope::Change)
                );
                assert!(is_compared, "{} yields to {other}", rule.id);
            }
        }
    }

    #[test]
    fn each_step_comes_after_those_that_it_yields_to() {
        let steps = steps(&Selection::default());
        assert!(steps[0].rule.is_exclusive);
        let mut ids = HashSet::new();
        for (at, step) in steps.iter().enumerate() {
            assert!(step.yields_to.iter().all(|other| *other < at), "{}", step.rule.id);
            assert!(step.is_selected && ids.insert(step.rule.id), "{} is there twice", step.rule.id);
        }
    }

    #[test]
    fn rules_that_others_yield_to_run_unselected() {
        assert_eq!(
            names(&["cell/high-on-old-copy"]),
            [
                ("entity/unknown-dimension", false),
                ("cell/stale", false),
                ("cell/long-stale", false),
                ("cell/high-on-old-copy", true)
            ]
        );
        assert_eq!(names(&["change/*"]), []);
    }

    #[test]
    fn what_a_change_explains_is_withdrawn() {
        let offering = |id: &str| Entity::Offering(id.to_owned());
        let cell = |id: &str| Subject::cell(offering(id), "soc2_type2");
        let found = |rule, subject| Finding::new(RuleId(rule), Severity::Error, subject, "x");
        let mut lost = found("change/vanished", cell("a"));
        lost.related(cell("b"), "has no answer without it");
        let mut removed = found("change/flag-removed", cell("a"));
        removed.identity("flags[x]");
        let gap = |id: &str| found("entity/missing-dimension", Subject::entity(offering(id)));
        let closes = |id: &str, flag: &str| {
            let mut finding = found("review/unknown-flag", cell(id));
            finding.refers_to(format!("flags[{flag}]"));
            finding
        };
        let stale = found("cell/stale", cell("a"));
        let left = [gap("c"), closes("a", "y"), closes("b", "x"), stale];
        let mut findings = [&[gap("a"), gap("b"), closes("a", "x")], &left[..]].concat();
        withdraw(&mut findings, &[lost, removed]);
        assert_eq!(findings, left);
    }
}
