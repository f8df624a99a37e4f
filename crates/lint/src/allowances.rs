//! Findings accepted on purpose: what each `[[allow]]` holds back, and what is wrong with it.
//!
//! An allowance of an entity holds back the findings of its rule on that entity, or on one cell of it.
//! One in `registry.toml` does so for what has no separate file: the registry, its dimensions, and files that
//! describe no entity.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diagnostics::{
    Applicability, Edit, Finding, Related, RuleId, Scope, Severity, command, printable, quoted,
};
use model::{Allow, Date, Entity, FieldPath, Required, Subject};

use crate::names::acceptable;
use crate::rule::Tally;
use crate::rules::catalogue;
use crate::{Check, Digest, Linter, Raise, Rule, Unacceptable, UnknownRule};

/// What a list of findings comes to under the allowances.
#[derive(Debug, Clone, PartialEq)]
pub struct AllowanceOutcome {
    /// The findings that remain.
    pub findings: Vec<Finding>,
    /// The findings that are suppressed.
    pub held: Vec<Suppression>,
}

/// A finding that is suppressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// What it is about.
    pub entity: Entity,
    /// By whom.
    pub by: Suppressor,
}

/// Who holds a finding back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Suppressor {
    /// An allowance of this owner.
    Owner(String),
    /// The baseline.
    Baseline,
}

/// What of a state of the registry could not be read, or is not judged, so that it may hold findings.
#[derive(Debug, Clone, Default)]
pub struct Gaps {
    /// Whether that is something on which all entities rest: the questions, an organization or a platform.
    pub shared: bool,
    /// The offerings of which it is something.
    pub offerings: BTreeSet<Entity>,
}

impl Gaps {
    /// Returns whether findings about an entity may be missing: those of a rule that looks at one entity where its
    /// own file is unread, those of others where any is.
    fn hides(&self, entity: &Entity, scope: Scope) -> bool {
        match scope {
            Scope::Cell | Scope::Entity => self.shared || self.offerings.contains(entity),
            _ => self.shared || !self.offerings.is_empty(),
        }
    }
}

/// One allowance, with what came of it.
pub struct AllowanceContext<'a> {
    /// Who states it.
    pub entity: &'a Entity,
    /// Its place in the list, from 0.
    pub index: usize,
    /// What it says.
    pub allow: &'a Allow,
    /// The rule that it names, where findings of that may be accepted.
    pub rule: Result<&'static Rule, Unacceptable>,
    /// Whether its last day has passed.
    pub is_expired: bool,
    /// Whether its rule ran over all that it looks at, so that `findings` counts all there are.
    pub is_judged: bool,
    /// The findings that it holds back, or would if it had not expired.
    pub findings: usize,
}

impl AllowanceContext<'_> {
    /// A field of it.
    pub fn at(&self, field: &str) -> Subject {
        Subject::field(self.entity.clone(), self.path().key(field))
    }

    /// It as a whole.
    pub fn subject(&self) -> Subject {
        Subject::field(self.entity.clone(), self.path())
    }

    /// The edit that takes it out.
    pub fn removal(&self) -> Edit {
        Edit::Remove(self.subject())
    }

    fn path(&self) -> FieldPath {
        FieldPath::of("allow").index(self.index)
    }

    /// "the allowance of `cell/stale` for cell `soc2_type2` of offering acme-chat", for messages.
    pub fn name(&self) -> String {
        let rule = quoted(self.allow.rule.text());
        let dimension = self.allow.dimension.known();
        let cell = dimension.map(|id| format!("cell {} of ", quoted(id.as_str()))).unwrap_or_default();
        format!("the allowance of {rule} for {cell}{}", printable(&self.entity.to_string()))
    }

    /// Returns whether it could be read in full, names a rule that may be allowed, and says why and who.
    pub fn is_whole(&self) -> bool {
        let says = |text: &Required<String>| !text.text().trim().is_empty();
        let Allow { rule: _, reason, owner, dimension, until } = self.allow;
        self.rule.is_ok() && says(reason) && says(owner) && !dimension.is_unread() && !until.is_unread()
    }

    /// Returns whether a finding of its rule is one that it names.
    fn names(&self, finding: &Finding) -> bool {
        let subject = &finding.place.subject;
        let is_cell = |id: &str| {
            subject.dimension.as_deref() == Some(id)
                || matches!(&subject.entity, Entity::Dimension(dimension) if dimension == id)
        };
        self.allow.dimension.known().is_none_or(|id| is_cell(id.as_str()))
    }

    /// The path in a finding with the allowance named by what it says, since its index may change.
    fn identity(&self, path: &FieldPath) -> String {
        let field = path.to_string();
        let field = field.strip_prefix(&self.path().to_string()).unwrap_or_default();
        let cell = self.allow.dimension.known().map(|id| format!(" {}", id.as_str())).unwrap_or_default();
        format!("allow[{}{cell}]{field}", self.allow.rule.text())
    }
}

/// The allowances of a state of the registry.
pub struct Allowances<'a>(BTreeMap<&'a Entity, FileAllowances<'a>>);

/// The allowances of one file.
struct FileAllowances<'a> {
    list: Vec<AllowanceContext<'a>>,
    /// The places in the list of those that can hold back findings of a rule, in order.
    by_rule: HashMap<RuleId, Vec<usize>>,
}

impl Allowances<'_> {
    /// Holds back what is allowed. A finding whose allowance has expired shows it.
    pub fn sift(&mut self, mut findings: Vec<Finding>) -> AllowanceOutcome {
        let mut held = Vec::new();
        findings.retain_mut(|finding| {
            let Some(by) = self.holder(finding) else { return true };
            held.push(Suppression { entity: finding.place.subject.entity.clone(), by });
            false
        });
        AllowanceOutcome { findings, held }
    }

    /// Who holds the finding back: the first allowance that names it and has not expired.
    fn holder(&mut self, finding: &mut Finding) -> Option<Suppressor> {
        let stated_by = match &finding.place.subject.entity {
            Entity::Dimension(_) | Entity::Visits(_) | Entity::File(_) => &Entity::Registry,
            other => other,
        };
        let FileAllowances { list, by_rule } = self.0.get_mut(stated_by)?;
        let candidates = by_rule.get(&finding.rule)?.iter().filter(|at| list[**at].names(finding));
        let holder = candidates.min_by_key(|at| list[**at].is_expired)?;
        let holder = &mut list[*holder];
        holder.findings += 1;
        let owner = holder.allow.owner.text();
        if !holder.is_expired {
            return Some(Suppressor::Owner(owner.to_owned()));
        }
        let message = format!("{} allowed it until this day", quoted(owner));
        finding.related.push(Related { message, place: holder.at("until").into() });
        None
    }
}

impl Linter {
    /// The allowances of a state of the registry, of which something may not have been read.
    pub fn allowances<'a>(&self, digest: &'a Digest, today: Date, unread: &Gaps) -> Allowances<'a> {
        let of_entities = digest.entities.iter().map(|(entity, one)| (entity, &one.allow));
        let lists = of_entities.chain([(&Entity::Registry, &digest.allow)]);
        let stated = lists.filter(|(_, list)| !list.is_empty()).map(|(entity, list)| {
            let contexts = list.iter().enumerate().map(|(index, allow)| {
                let rule = acceptable(allow.rule.text());
                let is_known = |rule: &Rule| self.judges(rule) && !unread.hides(entity, rule.scope());
                let is_judged = rule.as_ref().is_ok_and(|rule| is_known(rule));
                let is_expired = allow.until.get().is_some_and(|until| until < today);
                AllowanceContext { entity, index, allow, rule, is_expired, is_judged, findings: 0 }
            });
            let list: Vec<_> = contexts.collect();
            let mut by_rule: HashMap<_, Vec<_>> = HashMap::new();
            for (at, allowance) in list.iter().enumerate().filter(|(_, one)| one.is_whole()) {
                if let Ok(rule) = &allowance.rule {
                    by_rule.entry(rule.id).or_default().push(at);
                }
            }
            (entity, FileAllowances { list, by_rule })
        });
        Allowances(stated.collect())
    }

    /// Judges the allowances themselves, once they have suppressed what they hold.
    pub fn judge_allowances(&self, allowances: &Allowances<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        let rules = catalogue().iter().filter(|rule| self.takes(rule.id));
        let checks: Vec<_> = rules
            .filter_map(|rule| match rule.check {
                Check::Allowance(check) => Some((*rule, check)),
                _ => None,
            })
            .collect();
        for allowance in allowances.0.values().flat_map(|stated| &stated.list) {
            let mut raised = Vec::new();
            for (rule, check) in &checks {
                check(allowance, &mut Raise::new(rule, &mut Tally::default(), &mut raised));
            }
            raised.extend(unknown_rule(allowance).filter(|finding| self.takes(finding.rule)));
            for finding in &mut raised {
                finding.identity = finding.place.subject.field.as_ref().map(|path| allowance.identity(path));
            }
            findings.append(&mut raised);
        }
        findings
    }
}

/// What is wrong with the rule that an allowance names: the vocabulary of that field is the catalogue.
fn unknown_rule(allowance: &AllowanceContext<'_>) -> Option<Finding> {
    let (unacceptable, name) = (allowance.rule.as_ref().err()?, allowance.allow.rule.known()?);
    let what = match unacceptable {
        Unacceptable::Unknown(UnknownRule::Unknown { .. }) => "which is not a rule".to_owned(),
        Unacceptable::Unknown(UnknownRule::Removed { reason, .. }) => {
            format!("a rule that was removed: {reason}")
        }
        Unacceptable::MustBeMended(_) => "a rule whose findings cannot be accepted".to_owned(),
    };
    let message = format!("{} allows {}, {what}", printable(&allowance.entity.to_string()), quoted(name));
    let finding = Finding::new(UNKNOWN_VALUE, Severity::Error, allowance.at("rule"), message);
    Some(match unacceptable {
        Unacceptable::Unknown(UnknownRule::Unknown { suggestion: Some(meant), .. })
            if acceptable(meant).is_ok() =>
        {
            let edit = Edit::Set(allowance.at("rule"), meant.as_str().into());
            finding.with_help(format!("did you mean `{meant}`?")).with_fix(
                format!("write `{meant}`"),
                Applicability::Safe,
                vec![edit],
            )
        }
        Unacceptable::Unknown(UnknownRule::Unknown { .. }) => {
            finding.with_help(format!("write the id of one rule: `{} rules` lists them", command()))
        }
        Unacceptable::Unknown(UnknownRule::Removed { .. }) => finding
            .with_help("remove the allowance")
            .with_fix("remove the allowance", Applicability::Safe, vec![allowance.removal()]),
        Unacceptable::MustBeMended(_) => finding.with_help("fix the finding, and remove the allowance"),
    })
}

const UNKNOWN_VALUE: RuleId = RuleId("schema/unknown-value");

#[cfg(test)]
mod tests;
