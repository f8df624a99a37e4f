//! `correct`: an answer was wrong; change it, and record who corrected it and why.

mod assignment;

use diagnostics::{closest, one_of, quoted};
use model::{Cell, Date, Optional, Record, Registry, Verdict};

use self::assignment::assign;
use super::verify::{day, record};
use crate::arguments::CorrectArguments;
use crate::global::Global;
use crate::maintenance::flags::Decision;
use crate::maintenance::subjects::cells;
use crate::maintenance::{Plan, carry_out, table};
use crate::{Failure, Outcome};

pub(crate) fn run(global: &Global, arguments: &CorrectArguments) -> Result<Outcome, Failure> {
    carry_out(global, arguments.making, |registry, today| plan(registry, today, arguments))
}

fn plan(registry: &Registry, today: Date, arguments: &CorrectArguments) -> Result<Plan, Failure> {
    let on = day(arguments.on, today)?;
    let decision = Decision {
        verdict: Verdict::Corrected,
        on,
        by: &arguments.by,
        reason: Some(&arguments.reason),
        flag: arguments.flag.as_deref(),
        page: arguments.read.as_ref(),
    };
    let mut found = cells(registry, std::slice::from_ref(&arguments.subject))?.into_iter();
    let (Some(one), None) = (found.next(), found.next()) else {
        let message =
            format!("{} is more than one answer: name one, KIND:ID/QUESTION", quoted(&arguments.subject));
        return Err(Failure::Usage(message));
    };
    let mut plan = Plan::default();
    let dimension = one.subject.dimension.as_deref().and_then(|id| registry.dimensions.get(id));
    let mut cell = one.cell.clone();
    for text in &arguments.set {
        assign(&mut cell, dimension, text)?;
    }
    for key in &arguments.unset {
        clear(&mut cell, key)?;
    }
    if let Some(url) = &arguments.read {
        record(&one, &mut cell, url, on)?;
        if let Some(later) = cell.verified_on.get().filter(|known| *known > on) {
            let message = format!("{} was verified on {later} already, which is later than {on}", one.name());
            return Err(Failure::Usage(message));
        }
        cell.verified_on = Optional::Known(on);
    }
    arguments.sureness.sureness().settle(&one, &mut cell)?;
    if table(&cell) == table(one.cell) {
        return Err(Failure::Usage(format!("{} says this already: there is nothing to correct", one.name())));
    }
    let flag = decision.add(&one, &mut cell)?;
    let closed = flag.map(|id| format!(", flag `{id}` closed")).unwrap_or_default();
    plan.change_cell(&one.subject, one.cell, &cell, &format!("corrected{closed}"));
    plan.way_out = Some(
        "a correction that changes a grade needs a page that supports it: name the one that you opened with --read URL"
            .to_owned(),
    );
    Ok(plan)
}

/// Takes a field or a fact out.
fn clear(cell: &mut Cell, key: &str) -> Result<(), Failure> {
    if let Some(fact) = key.strip_prefix("facts.") {
        let is_gone = match &mut cell.facts {
            Optional::Known(facts) => facts.remove(fact).is_some(),
            _ => false,
        };
        if matches!(&cell.facts, Optional::Known(facts) if facts.is_empty()) {
            cell.facts = Optional::Absent;
        }
        return if is_gone {
            Ok(())
        } else {
            Err(Failure::Usage(format!("no fact {} is stated", quoted(fact))))
        };
    }
    let fields: Vec<_> = cell.fields().into_iter().map(|(key, _)| key).collect();
    let optional = |key: &&str| Cell::FIELDS.iter().any(|field| field.key == *key && !field.is_required);
    let stated = || fields.iter().copied().filter(optional);
    match stated().find(|known| *known == key).and_then(|key| cell.slot_mut(key)) {
        Some(slot) => {
            slot.clear();
            Ok(())
        }
        None => {
            let help = closest(key, stated()).map_or_else(
                || format!("it has {}", one_of(stated())),
                |meant| format!("did you mean `{meant}`?"),
            );
            Err(Failure::Usage(format!("the answer has no {} that can be removed: {help}", quoted(key))))
        }
    }
}
