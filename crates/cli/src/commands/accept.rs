//! `accept`: accept a finding on purpose, by an `[[allow]]` block beside what it is about.

use diagnostics::{Diagnostic, Edit, closest, command, cut, quoted};
use model::{Allow, Date, Entity, FieldPath, Optional, Registry, Subject};
use registry::{Options, Scope, check};
use store::StoreError;

use crate::arguments::AcceptArguments;
use crate::folder::Folder;
use crate::global::Global;
use crate::maintenance::subjects::{name, subject};
use crate::maintenance::{Plan, carry_out, table};
use crate::{Failure, Outcome};

/// The fewest characters by which a fingerprint is named.
const FEWEST: usize = 6;

pub(crate) fn run(global: &Global, arguments: &AcceptArguments) -> Result<Outcome, Failure> {
    let today = global.today.unwrap_or_else(Date::today);
    let found = found(global, today)?;
    carry_out(global, arguments.making, |registry, today| plan(registry, today, &found, arguments))
}

/// What is wrong with the registry now.
fn found(global: &Global, today: Date) -> Result<Vec<Diagnostic>, Failure> {
    let folder = Folder::open(global)?;
    let scope = Scope::of(folder.tree.clone());
    let checked: Result<_, StoreError> = check(&scope, &Options::on(today));
    Ok(checked?.report.findings)
}

fn plan(
    registry: &Registry,
    today: Date,
    found: &[Diagnostic],
    arguments: &AcceptArguments,
) -> Result<Plan, Failure> {
    if let Some(until) = arguments.until.filter(|until| *until < today) {
        return Err(Failure::Usage(format!("--until {until} is past: today is {today}")));
    }
    for (text, flag) in [(&arguments.reason, "--reason"), (&arguments.owner, "--owner")] {
        if text.trim().is_empty() {
            return Err(Failure::Usage(format!(
                "{flag} is empty: an accepted finding needs a reason and an owner"
            )));
        }
    }
    let finding = chosen(registry, found, arguments)?;
    let at = &finding.subject;
    let owner = match &at.entity {
        Entity::Dimension(_) | Entity::File(_) => Entity::Registry,
        other => other.clone(),
    };
    let dimension = match &at.entity {
        Entity::Dimension(id) => Some(id.clone()),
        _ => at.dimension.clone(),
    };
    let allow = Allow {
        rule: finding.rule.as_str().to_owned().into(),
        reason: arguments.reason.clone().into(),
        owner: arguments.owner.clone().into(),
        dimension: dimension.and_then(|id| id.parse().ok()).into(),
        until: arguments.until.into(),
    };
    let place = FieldPath::of("allow").index(allowances(registry, &owner)?);
    let mut plan = Plan::default();
    let edit = Edit::Set(Subject::field(owner.clone(), place), table(&allow));
    plan.edit(&owner, vec![edit], format!("accepted {} of {}", finding.rule.as_str(), name(at)));
    let others = found.iter().filter(|other| {
        other.rule == finding.rule
            && other.subject.entity == at.entity
            && other.subject.dimension == at.dimension
    });
    let others = others.count() - 1;
    if others > 0 {
        plan.note(format!(
            "this accepts {others} more of the rule there: an allowance is for a rule and a cell"
        ));
    }
    Ok(plan)
}

/// How many allowances a file states.
fn allowances(registry: &Registry, owner: &Entity) -> Result<usize, Failure> {
    let id = owner.id();
    let list = match owner {
        Entity::Organization(_) => registry.organizations.get(id).map(|one| &one.allow),
        Entity::Platform(_) => registry.platforms.get(id).map(|one| &one.allow),
        Entity::Offering(_) => registry.offerings.get(id).map(|one| &one.allow),
        _ => Some(&registry.info.allow),
    };
    match list {
        Some(Optional::Unread) | None => {
            Err(Failure::Usage(format!("the allowances of {owner} could not be read: fix them first")))
        }
        Some(list) => Ok(list.items().len()),
    }
}

/// The finding that the arguments name: by its fingerprint, or by its rule and what it is about.
fn chosen<'d>(
    registry: &Registry,
    found: &'d [Diagnostic],
    arguments: &AcceptArguments,
) -> Result<&'d Diagnostic, Failure> {
    let asked = arguments.finding.as_str();
    let about = arguments.subject.as_deref().map(|text| subject(registry, text)).transpose()?;
    let is_about = |finding: &Diagnostic| {
        about.as_ref().is_none_or(|about| {
            finding.subject.entity == about.entity
                && (about.dimension.is_none() || finding.subject.dimension == about.dimension)
        })
    };
    let by_print = |finding: &Diagnostic| asked.len() >= FEWEST && finding.fingerprint.starts_with(asked);
    let rule = lint::find(asked).ok();
    let by_rule = |finding: &Diagnostic| rule.is_some_and(|rule| rule.id == finding.rule);
    let matching: Vec<_> =
        found.iter().filter(|one| is_about(one) && (by_print(one) || by_rule(one))).collect();
    let first = matching.first().copied();
    let one_cell = |first: &Diagnostic| {
        matching.iter().all(|one| {
            one.subject.entity == first.subject.entity && one.subject.dimension == first.subject.dimension
        })
    };
    match first {
        Some(first) if one_cell(first) => Ok(first),
        Some(first) => Err(Failure::Usage(format!(
            "{} findings match {}: add the subject, such as {}",
            matching.len(),
            quoted(asked),
            quoted(&name(&first.subject))
        ))),
        None => {
            let rules = found.iter().map(|one| one.rule.as_str());
            let help = match closest(asked, rules) {
                Some(meant) if meant != asked => format!("did you mean `{meant}`?"),
                _ => format!("{} lint lists what is found", command()),
            };
            Err(Failure::Usage(format!("there is no finding {}: {help}", quoted(&cut(asked, 80)))))
        }
    }
}
