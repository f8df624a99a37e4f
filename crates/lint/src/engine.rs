//! Runs the selected rules over entities.

use diagnostics::{Finding, RuleId, identity};
use model::{Step, Value};

use crate::rules::catalogue;
use crate::{
    CellContext, ChangeContext, Check, EntityContext, Raise, Record, RegistryContext, Rule, Selection,
};

/// The selected rules, ready to run.
pub struct Linter {
    cell: Vec<&'static Rule>,
    entity: Vec<&'static Rule>,
    registry: Vec<&'static Rule>,
    change: Vec<&'static Rule>,
    selection: Selection,
}

impl Linter {
    /// A linter that runs the selected rules.
    pub fn new(selection: Selection) -> Self {
        let chosen = || catalogue().iter().copied().filter(|rule| selection.takes(rule.id));
        let cell = chosen().filter(|rule| matches!(rule.check, Check::Cell(_))).collect();
        let entity = chosen().filter(|rule| matches!(rule.check, Check::Entity(_))).collect();
        let registry = chosen().filter(|rule| matches!(rule.check, Check::Registry(_))).collect();
        let change = chosen().filter(|rule| matches!(rule.check, Check::Change(_))).collect();
        Self { cell, entity, registry, change, selection }
    }

    /// Whether findings of this rule are wanted, for those who judge elsewhere.
    pub fn takes(&self, rule: RuleId) -> bool {
        self.selection.takes(rule)
    }

    /// Judges one entity and its stored cells.
    pub fn entity(&self, context: &EntityContext<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for rule in &self.entity {
            if let Check::Entity(check) = rule.check {
                check(context, &mut Raise::new(rule, &mut findings));
            }
        }
        name_items(&mut findings, || entity_fields(context));
        for (id, cell) in context.cells() {
            let dimension = context.shared.settings.dimensions.get(id);
            let cell = CellContext { owner: context, id, dimension, cell, today: context.shared.today };
            let mut raised = Vec::new();
            for rule in &self.cell {
                if let Check::Cell(check) = rule.check {
                    check(&cell, &mut Raise::new(rule, &mut raised));
                }
            }
            name_items(&mut raised, || cell.cell.fields());
            findings.append(&mut raised);
        }
        findings
    }
}

impl Linter {
    /// Judges all entities together.
    pub fn registry(&self, context: &RegistryContext<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for rule in &self.registry {
            if let Check::Registry(check) = rule.check {
                check(context, &mut Raise::new(rule, &mut findings));
            }
        }
        for finding in findings.iter_mut().filter(is_about_item) {
            let subject = &finding.place.subject;
            let digest = context.digest.entities.get(&subject.entity);
            let lists = digest.map(|digest| digest.lists(subject.dimension.as_deref())).unwrap_or_default();
            finding.identity = subject.field.as_ref().map(|path| identity(path, &lists));
        }
        findings
    }

    /// Judges what became of the registry.
    pub fn change(&self, context: &ChangeContext<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for rule in &self.change {
            if let Check::Change(check) = rule.check {
                check(context, &mut Raise::new(rule, &mut findings));
            }
        }
        findings
    }
}

fn entity_fields(context: &EntityContext<'_>) -> Vec<(&'static str, Value)> {
    match context.record {
        Record::Organization(organization) => organization.fields(),
        Record::Platform(platform) => platform.fields(),
        Record::Offering(offering) => offering.fields(),
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
