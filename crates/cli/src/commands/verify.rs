//! `verify`: a person confirms cells on a day, which a reading must support.

use std::collections::HashSet;

use model::{Cell, Date, Optional, Registry, Url, Verdict};

use crate::arguments::VerifyArguments;
use crate::global::Global;
use crate::maintenance::attempt::{Attempt, unsupported};
use crate::maintenance::flags::Decision;
use crate::maintenance::subjects::{StoredCell, cells, citing, place_of};
use crate::maintenance::{Plan, carry_out};
use crate::{Failure, Outcome};

pub(crate) fn run(global: &Global, arguments: &VerifyArguments) -> Result<Outcome, Failure> {
    carry_out(global, arguments.making, |registry, today| plan(registry, today, arguments))
}

fn plan(registry: &Registry, today: Date, arguments: &VerifyArguments) -> Result<Plan, Failure> {
    let on = day(arguments.on, today)?;
    let mut plan = Plan::default();
    for one in named(registry, arguments)? {
        let mut cell = one.cell.clone();
        let mut what = format!("verified on {on}");
        if let Some(url) = &arguments.read {
            record(&one, &mut cell, url, on)?;
            what = format!("read and verified on {on}");
        }
        arguments.sureness.sureness().settle(&one, &mut cell)?;
        if let Some(later) = cell.verified_on.get().filter(|known| *known > on) {
            let message = format!("{} was verified on {later} already, which is later than {on}", one.name());
            return Err(Failure::Usage(message));
        }
        if cell.bearing_of(on).is_none() {
            return Err(unsupported(&one, on));
        }
        if arguments.read.is_none() && cell.newest_reading() != Some(on) {
            let day = cell.newest_reading().map(|day| format!(" of {day}")).unwrap_or_default();
            plan.note(format!(
                "{} is based on its reading{day}: if you opened a page, add --read URL",
                one.name()
            ));
        }
        cell.verified_on = Optional::Known(on);
        if let Some(by) = &arguments.by {
            let decision = Decision {
                verdict: Verdict::Confirmed,
                on,
                by,
                reason: arguments.reason.as_deref(),
                flag: arguments.flag.as_deref(),
                page: arguments.read.as_ref(),
            };
            if let Some(id) = decision.add(&one, &mut cell)? {
                what = format!("{what}, flag `{id}` closed");
            }
        }
        plan.change_cell(&one.subject, one.cell, &cell, &what);
    }
    Ok(plan)
}

/// The cells that are named: of those of a whole entity, and where none is named, those that cite the page.
fn named<'r>(registry: &'r Registry, arguments: &VerifyArguments) -> Result<Vec<StoredCell<'r>>, Failure> {
    let Some(url) = &arguments.read else { return cells(registry, &arguments.subjects) };
    let all = citing(registry, url)?;
    if arguments.subjects.is_empty() {
        return Ok(all);
    }
    let (mut named, mut seen) = (Vec::new(), HashSet::new());
    for subject in &arguments.subjects {
        let mut found = cells(registry, std::slice::from_ref(subject))?;
        if found.len() > 1 {
            found.retain(|one| place_of(one.cell, url).is_some());
        }
        named.extend(found.into_iter().filter(|one| seen.insert(one.subject.clone())));
    }
    Ok(named)
}

/// Records that a page was opened.
pub(crate) fn record(one: &StoredCell<'_>, cell: &mut Cell, url: &Url, on: Date) -> Result<(), Failure> {
    let at = place_of(cell, url);
    let evidence = match &mut cell.evidence {
        Optional::Known(items) => at.and_then(|at| items.get_mut(at)),
        _ => None,
    };
    let Some(evidence) = evidence else {
        let command = diagnostics::command();
        let message =
            format!("{} does not cite {url}: add it with `{command} cite {} {url}`", one.name(), one.name());
        return Err(Failure::Usage(message));
    };
    Attempt::opened(on).record_newest(one, evidence)
}

/// The day that was asked for, or today; none that is still to come.
pub(crate) fn day(asked: Option<Date>, today: Date) -> Result<Date, Failure> {
    match asked.filter(|day| *day > today) {
        Some(day) => Err(Failure::Usage(format!("{day} is still to come: today is {today}"))),
        None => Ok(asked.unwrap_or(today)),
    }
}
