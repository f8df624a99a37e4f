//! Runs the selected rules over entities.

use std::collections::{BTreeMap, HashSet};

use diagnostics::{Finding, RuleId, Scope, Severity, count, identity};
use model::limits::{MAX_FINDINGS, MAX_FINDINGS_OF_REGISTRY};
use model::{Dimension, Entity, Record as _, RegistryInfo, Step, Subject, Value, Visits};
use rayon::prelude::*;

use crate::context::shown_name;
use crate::rule::Tally;
use crate::rules::catalogue;
use crate::visits::cited;
use crate::yields::{CellStep, steps, withdraw};
use crate::{
    Base, CellContext, ChangeContext, Check, Digest, EntityContext, EntityRecord, Environment, Holder, Raise,
    RegistryContext, Rule, Selection, VisitsContext,
};

/// How much each rule reported about one holder, in the order of the rules of its kind.
struct Tallies {
    cell: Vec<Tally>,
    entity: Vec<Tally>,
    text: Vec<Tally>,
    date: Vec<Tally>,
    visits: Vec<Tally>,
}

/// The selected rules, ready to run.
pub struct Linter {
    cell: Vec<CellStep>,
    entity: Vec<&'static Rule>,
    text: Vec<&'static Rule>,
    date: Vec<&'static Rule>,
    visits: Vec<&'static Rule>,
    registry: Vec<&'static Rule>,
    change: Vec<&'static Rule>,
    selection: Selection,
}

impl Linter {
    /// A linter that runs the selected rules.
    pub fn new(selection: Selection) -> Self {
        let chosen = || catalogue().iter().copied().filter(|rule| selection.takes(rule.id));
        let cell = steps(&selection);
        let entity = chosen().filter(|rule| matches!(rule.check, Check::Entity(_))).collect();
        let text = chosen().filter(|rule| matches!(rule.check, Check::Text(_))).collect();
        let date = chosen().filter(|rule| matches!(rule.check, Check::Date(_))).collect();
        let visits = chosen().filter(|rule| matches!(rule.check, Check::Visits(_))).collect();
        let registry = chosen().filter(|rule| matches!(rule.check, Check::Registry(_))).collect();
        let change = chosen().filter(|rule| matches!(rule.check, Check::Change(_))).collect();
        Self { cell, entity, text, date, visits, registry, change, selection }
    }

    /// Returns whether findings of this rule are wanted, for those who judge elsewhere.
    pub fn takes(&self, rule: RuleId) -> bool {
        self.selection.takes(rule)
    }

    /// Returns whether the rule runs whenever a state of the registry is judged: it is wanted, and needs no
    /// other state to compare with.
    pub fn judges(&self, rule: &Rule) -> bool {
        self.takes(rule.id) && rule.scope() != Scope::Change
    }

    /// Judges one entity and its stored cells.
    pub fn entity(&self, context: &EntityContext<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut tallies = self.tallies();
        for (rule, tally) in self.entity.iter().zip(&mut tallies.entity) {
            if let Check::Entity(check) = rule.check {
                check(context, &mut Raise::capped(rule, tally, &mut findings));
            }
        }
        self.texts(Holder::Entity(context), &mut tallies, &mut findings);
        name_items(&mut findings, || entity_fields(context));
        for (id, cell) in context.cells() {
            let cell = CellContext::new(context, id, cell);
            let mut raised = Vec::new();
            self.cell(&cell, &mut tallies.cell, &mut raised);
            self.texts(Holder::Cell(&cell), &mut tallies, &mut raised);
            name_items(&mut raised, || cell.cell.fields());
            findings.append(&mut raised);
        }
        self.count_the_rest(&tallies, &context.entity, || context.title(), &mut findings);
        findings
    }

    /// Judges a cell. A rule is silent where one that it yields to has found something.
    fn cell(&self, cell: &CellContext<'_>, tallies: &mut [Tally], findings: &mut Vec<Finding>) {
        let mut raised = Vec::new();
        for ((at, step), tally) in self.cell.iter().enumerate().zip(tallies) {
            if !raised.is_empty() && step.yields_to.iter().any(|other| raised.contains(other)) {
                continue;
            }
            let before = tally.raised;
            let most = if step.is_selected { MAX_FINDINGS } else { 0 };
            (step.check)(cell, &mut Raise::within(most, step.rule, tally, findings));
            if tally.raised > before {
                if step.rule.is_exclusive {
                    return;
                }
                raised.push(at);
            }
        }
    }

    /// Judges what `registry.toml` says.
    pub fn info(&self, info: &RegistryInfo) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut tallies = self.tallies();
        self.texts(Holder::Registry(info), &mut tallies, &mut findings);
        self.count_the_rest(&tallies, &Entity::Registry, || "the registry".to_owned(), &mut findings);
        findings
    }

    /// Judges a question.
    pub fn dimension(&self, dimension: &Dimension) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut tallies = self.tallies();
        self.texts(Holder::Dimension(dimension), &mut tallies, &mut findings);
        let entity = Entity::Dimension(dimension.id.text().to_owned());
        let title = || format!("dimension {}", shown_name(dimension.label.text(), &entity));
        self.count_the_rest(&tallies, &entity, title, &mut findings);
        findings
    }

    /// Judges the visits of each host by the state of the registry with them. `is_whole` says whether all of the
    /// registry could be read, so that a page that no cell cites is cited by none.
    pub fn visits(
        &self,
        hosts: &BTreeMap<String, Visits>,
        digest: &Digest,
        env: Environment<'_>,
        is_whole: bool,
    ) -> Vec<Finding> {
        let cited = (is_whole && !hosts.is_empty()).then(|| cited(digest));
        let hosts: Vec<_> = hosts.iter().collect();
        let judge = |(host, visits): (&String, &Visits)| {
            let context = VisitsContext::new(host, visits, env, cited.as_ref());
            self.visits_of(&context)
        };
        let judged: Vec<_> = hosts.into_par_iter().map(judge).collect();
        judged.into_iter().flatten().collect()
    }

    fn visits_of(&self, context: &VisitsContext<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut tallies = self.tallies();
        for (rule, tally) in self.visits.iter().zip(&mut tallies.visits) {
            if let Check::Visits(check) = rule.check {
                check(context, &mut Raise::capped(rule, tally, &mut findings));
            }
        }
        self.texts(Holder::Visits(context), &mut tallies, &mut findings);
        name_items(&mut findings, || context.visits.fields());
        self.count_the_rest(&tallies, &context.entity, || context.entity.to_string(), &mut findings);
        findings
    }

    fn tallies(&self) -> Tallies {
        let of = |rules: usize| vec![Tally::default(); rules];
        Tallies {
            cell: of(self.cell.len()),
            entity: of(self.entity.len()),
            text: of(self.text.len()),
            date: of(self.date.len()),
            visits: of(self.visits.len()),
        }
    }

    /// Says of each rule that raised more findings than are listed how many more there are.
    fn count_the_rest(
        &self,
        tallies: &Tallies,
        entity: &Entity,
        title: impl Fn() -> String,
        findings: &mut Vec<Finding>,
    ) {
        let Tallies { cell, entity: of_entity, text, date, visits } = tallies;
        let steps = self.cell.iter().zip(cell).filter(|(step, _)| step.is_selected);
        let others = [&self.entity, &self.text, &self.date, &self.visits].into_iter().flatten();
        let others = others.zip([of_entity, text, date, visits].into_iter().flatten());
        let counted = steps.map(|(step, tally)| (&step.rule, tally)).chain(others);
        findings.extend(counted.filter(|(_, tally)| tally.raised > MAX_FINDINGS).map(|(rule, tally)| {
            more_of(rule.id, rule.severity, tally.raised - MAX_FINDINGS, entity, &title())
        }));
    }

    /// Judges the texts and days of a holder.
    fn texts(&self, holder: Holder<'_>, tallies: &mut Tallies, findings: &mut Vec<Finding>) {
        if !self.date.is_empty() {
            holder.each_date(&mut |date| {
                for (rule, tally) in self.date.iter().zip(&mut tallies.date) {
                    if let Check::Date(check) = rule.check {
                        check(date, &mut Raise::capped(rule, tally, findings));
                    }
                }
            });
        }
        if self.text.is_empty() {
            return;
        }
        holder.each_text(&mut |text| {
            for (rule, tally) in self.text.iter().zip(&mut tallies.text) {
                if let Check::Text(check) = rule.check {
                    check(text, &mut Raise::capped(rule, tally, findings));
                }
            }
        });
    }
}

impl Linter {
    /// Judges all entities together.
    pub fn registry(&self, context: &RegistryContext<'_>) -> Vec<Finding> {
        self.registry_within(context, MAX_FINDINGS_OF_REGISTRY)
    }

    /// The same with so many findings of a rule at most, and one that says how many more there are.
    pub fn registry_within(&self, context: &RegistryContext<'_>, most: usize) -> Vec<Finding> {
        let judge = |rule: &&'static Rule| {
            let (mut raised, mut tally) = (Vec::new(), Tally::default());
            if let Check::Registry(check) = rule.check {
                check(context, &mut Raise::within(most, rule, &mut tally, &mut raised));
            }
            if tally.raised > most {
                raised.push(more_of_registry(rule.id, rule.severity, tally.raised - most));
            }
            raised
        };
        // Each rule looks at all entities, so each has a thread.
        let raised: Vec<_> = self.registry.par_iter().with_max_len(1).map(judge).collect();
        let mut findings: Vec<_> = raised.into_iter().flatten().collect();
        // Findings of a rule about one holder mostly follow each other, so its lists are made once.
        let mut holder = None;
        let mut lists = Vec::new();
        for finding in findings.iter_mut().filter(|one| one.identity.is_none()).filter(is_about_item) {
            let subject = &finding.place.subject;
            let here = Some((subject.entity.clone(), subject.dimension.clone()));
            if holder != here {
                let digest = context.digest.entities.get(&subject.entity);
                lists = digest.map(|digest| digest.lists(subject.dimension.as_deref())).unwrap_or_default();
                holder = here;
            }
            finding.identity = subject.field.as_ref().map(|path| identity(path, &lists));
        }
        findings
    }

    /// Judges what became of the registry since some states before it, and adds that to the findings of its new state.
    /// If a removed cell leaves a question open, that is not a second fault. Of several states, as a merge has, what is found
    /// against more than one is reported once, and what one of them had done already is not reported again. Errors that
    /// come by time alone are warnings beside any state: an old copy that a change records is better than none.
    pub fn changes(&self, bases: &[Base<'_>], after: &Digest, findings: &mut Vec<Finding>) {
        if !bases.is_empty() {
            let by_time: HashSet<_> =
                catalogue().iter().filter(|rule| rule.is_by_time).map(|rule| rule.id).collect();
            let aged = findings.iter_mut().filter(|finding| by_time.contains(&finding.rule));
            aged.for_each(|finding| finding.severity = finding.severity.max(Severity::Warning));
        }
        let mut seen = HashSet::new();
        let mut raised = Vec::new();
        for Base { digest, done } in bases {
            let found = self.raised(&ChangeContext { before: digest, after });
            raised.extend(found.into_iter().filter(|finding| {
                let print = finding.print();
                !done.contains(&print) && seen.insert(print)
            }));
        }
        withdraw(findings, &raised);
        findings.extend(listed(raised, MAX_FINDINGS_OF_REGISTRY));
    }

    /// The fingerprints of what was done to the registry between two states.
    pub fn done(&self, context: &ChangeContext<'_>) -> HashSet<String> {
        self.raised(context).iter().map(Finding::print).collect()
    }

    fn raised(&self, context: &ChangeContext<'_>) -> Vec<Finding> {
        let mut raised = Vec::new();
        for rule in &self.change {
            if let Check::Change(check) = rule.check {
                check(context, &mut Raise::new(rule, &mut Tally::default(), &mut raised));
            }
        }
        raised
    }
}

/// So many findings of each rule at most, with one that says how many more there are. What they are compared with is
/// compared before, with all of them.
fn listed(raised: Vec<Finding>, most: usize) -> Vec<Finding> {
    let mut numbers: BTreeMap<(RuleId, Severity), usize> = BTreeMap::new();
    let mut listed = raised;
    listed.retain(|finding| {
        let number = numbers.entry((finding.rule, finding.severity)).or_default();
        *number += 1;
        *number <= most
    });
    let beyond = numbers.into_iter().filter(|(_, number)| *number > most);
    listed.extend(beyond.map(|((rule, severity), number)| more_of_registry(rule, severity, number - most)));
    listed
}

fn more_of_registry(rule: RuleId, severity: Severity, more: usize) -> Finding {
    more_of(rule, severity, more, &Entity::Registry, "the registry")
}

/// Says how many findings of a rule are not listed.
fn more_of(rule: RuleId, severity: Severity, more: usize, entity: &Entity, title: &str) -> Finding {
    let message = format!("{title} has {} of this rule than are listed", count(more, "more finding"));
    Finding::new(rule, severity, Subject::entity(entity.clone()), message)
        .with_help("fix the listed ones, then lint again")
}

fn entity_fields(context: &EntityContext<'_>) -> Vec<(&'static str, Value)> {
    match context.record {
        EntityRecord::Organization(organization) => organization.fields(),
        EntityRecord::Platform(platform) => platform.fields(),
        EntityRecord::Offering(offering) => offering.fields(),
    }
}

/// Sets the identity of findings about list items, whose index may change with the list.
fn name_items(findings: &mut [Finding], fields: impl Fn() -> Vec<(&'static str, Value)>) {
    let mut known = None;
    for finding in findings.iter_mut().filter(is_about_item) {
        let fields = known.get_or_insert_with(&fields);
        finding.identity = finding.place.subject.field.as_ref().map(|path| identity(path, fields));
    }
}

fn is_about_item(finding: &&mut Finding) -> bool {
    let path = finding.place.subject.field.as_ref();
    path.is_some_and(|path| path.steps().iter().any(|step| matches!(step, Step::Index(_))))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use model::{
        Date, DimensionFile, Dimensions, Misnamed, Optional, Organization, Platform, Registry, Retired,
        SharedRecords,
    };

    use super::*;
    use crate::{DomainOwners, EntityNames};

    #[test]
    fn so_many_findings_of_a_rule_about_the_registry_are_listed_and_the_rest_is_counted() {
        let retired =
            Retired { entity: "x".to_owned().into(), reason: " ".to_owned().into(), ..Retired::default() };
        let retired = Optional::Known(vec![retired; 2]);
        let info = RegistryInfo { retired, ..RegistryInfo::default() };
        let dimensions = Dimensions::new(DimensionFile::default());
        let organizations = BTreeMap::<String, Organization>::new();
        let platforms = BTreeMap::<String, Platform>::new();
        let shared = SharedRecords {
            dimensions: &dimensions,
            organizations: &organizations,
            platforms: &platforms,
            misnamed: &Misnamed::default(),
        };
        let owners = DomainOwners::new(&organizations);
        let today: Date = "2026-07-15".parse().unwrap();
        let env = Environment { shared, owners: &owners, names: &EntityNames::default(), today };
        let digest = Digest::new(&info, &dimensions);
        let context = RegistryContext::new(&digest, env, &Registry::default());
        let linter = Linter::new(Selection::new(&["registry/faulty-retirement".to_owned()], &[]).unwrap());
        // Each entry names no entity and gives no reason.
        let told = |most: usize| -> Vec<String> {
            linter.registry_within(&context, most).into_iter().map(|finding| finding.message).collect()
        };
        let (all, cut) = (told(4), told(3));
        assert_eq!((all.len(), cut.len()), (4, 4));
        assert_eq!(all[..3], cut[..3]);
        let rest = "the registry has 1 more finding of this rule than are listed";
        assert!(cut[3] == rest && !all.concat().contains("than are listed"), "{cut:?}");
        assert_eq!(linter.registry(&context).len(), 4);
    }

    #[test]
    fn so_many_findings_of_a_rule_about_changes_are_listed_and_the_rest_is_counted() {
        let vanished = |at: usize| {
            let subject = Subject::entity(Entity::Offering(format!("o{at}")));
            Finding::new(RuleId("change/vanished"), Severity::Error, subject, "was removed")
        };
        let told = |number: usize| {
            let other = Finding::new(
                RuleId("a/b"),
                Severity::Warning,
                Subject::entity(Entity::Registry),
                "is missing",
            );
            let raised = (0..number).map(vanished).chain([other]).collect();
            listed(raised, 3).into_iter().map(|finding| finding.message).collect::<Vec<_>>()
        };
        assert_eq!(told(3), ["was removed", "was removed", "was removed", "is missing"]);
        let rest = "the registry has 2 more findings of this rule than are listed";
        assert_eq!(told(5), ["was removed", "was removed", "was removed", "is missing", rest]);
    }
}
