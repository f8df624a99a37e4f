//! `reread`: record what came of looking at a page, in all cells that cite it.

use std::collections::HashSet;

use diagnostics::{command, quoted};
use model::{Cell, Date, FetchOutcome, Optional, PageVisits, Registry, Via, VisitVia};

use super::verify::day;
use crate::arguments::RereadArguments;
use crate::global::Global;
use crate::maintenance::attempt::Attempt;
use crate::maintenance::subjects::{StoredCell, cells, citing, place_of};
use crate::maintenance::{Plan, carry_out};
use crate::shell::word;
use crate::{Failure, Outcome};

pub(crate) fn run(global: &Global, arguments: &RereadArguments) -> Result<Outcome, Failure> {
    carry_out(global, arguments.making, |registry, today| plan(registry, today, arguments))
}

fn plan(registry: &Registry, today: Date, arguments: &RereadArguments) -> Result<Plan, Failure> {
    let mut cited = citing(registry, &arguments.url)?;
    if !arguments.subjects.is_empty() {
        let named: HashSet<_> =
            cells(registry, &arguments.subjects)?.into_iter().map(|one| one.subject).collect();
        cited.retain(|one| named.contains(&one.subject));
        if cited.is_empty() {
            return Err(Failure::Usage("none of these answers cites the page".to_owned()));
        }
    }
    let has_copy = cited.iter().all(|one| {
        let at = place_of(one.cell, &arguments.url);
        let evidence = at.and_then(|at| one.cell.evidence.items().get(at));
        evidence.is_some_and(|evidence| !evidence.archived_url.is_absent())
    });
    let attempt = match arguments.outcome {
        Some(outcome) => attempt(arguments, outcome, has_copy, today)?,
        None => of_visit(registry, arguments)?,
    };
    let mut plan = Plan::default();
    for one in cited {
        let mut cell = one.cell.clone();
        let Some(at) = place_of(&cell, &arguments.url) else { continue };
        let Optional::Known(items) = &mut cell.evidence else { continue };
        let Some(evidence) = items.get_mut(at) else { continue };
        if let Some(later) = attempt.older_than(evidence) {
            plan.note(format!("{} has an attempt of {later}, which is newer, and keeps it", one.name()));
            continue;
        }
        attempt.record(evidence);
        release(&one, &mut cell, attempt.outcome, arguments)?;
        arguments.sureness.sureness().settle(&one, &mut cell)?;
        plan.change_cell(&one.subject, one.cell, &cell, &format!("page {}", attempt.summary()));
    }
    // A copy of another day than the one that is stated is no reading of that day.
    plan.refused = Some("evidence/archive-mismatch");
    if attempt.outcome != FetchOutcome::Ok && arguments.sureness.confidence.is_none() {
        let why = "state how sure the answers are now: --confidence low --because fetch_failed";
        plan.way_out = Some(why.to_owned());
    }
    Ok(plan)
}

/// A confirmation that rests on what the new attempt takes the place of is taken out where that is wanted.
fn release(
    one: &StoredCell<'_>,
    cell: &mut Cell,
    outcome: FetchOutcome,
    arguments: &RereadArguments,
) -> Result<(), Failure> {
    let Some(day) = cell.verified_on.get().filter(|day| cell.bearing_of(*day).is_none()) else {
        return Ok(());
    };
    if one.cell.bearing_of(day).is_none() {
        return Ok(());
    }
    if arguments.unverify {
        cell.verified_on = Optional::Absent;
        return Ok(());
    }
    let url = word(arguments.url.as_str());
    let way = match outcome {
        FetchOutcome::Ok => {
            format!("if the answer still holds, `{} verify --read {url}` says both", command())
        }
        _ => format!("to keep it and say what you saw, `{} flag {url} --what TEXT`", command()),
    };
    Err(Failure::Usage(format!(
        "{} was verified on {day}, based on the earlier reading of this page: {way}; to remove the confirmation, add --unverify",
        one.name()
    )))
}

/// What the last visit of the page says of the attempt: the person has read what it saw.
fn of_visit(registry: &Registry, arguments: &RereadArguments) -> Result<Attempt, Failure> {
    let visits = PageVisits::new(&registry.visits);
    let visit = visits.of(&arguments.url).last();
    let Some((visit, outcome)) = visit.and_then(|visit| Some((visit, visit.outcome.get()?))) else {
        let message = format!(
            "no visit of {} is recorded: say what came of it, such as --outcome ok",
            quoted(arguments.url.as_str())
        );
        return Err(Failure::Usage(message));
    };
    if let Some(to) = visit.elsewhere() {
        let message = format!(
            "the last visit was led to {to}, which is another page: open the page, and say what came of it with --outcome"
        );
        return Err(Failure::Usage(message));
    }
    let is_read = outcome == FetchOutcome::Ok;
    if !is_read && arguments.quote.is_some() {
        return Err(Failure::Usage(
            "the last visit did not read the page, so that it has no quote".to_owned(),
        ));
    }
    let via = visit.via.get().filter(|_| is_read).map(|via| match via {
        VisitVia::Direct => Via::Direct,
        VisitVia::Archive => Via::Archive,
    });
    Ok(Attempt {
        outcome,
        on: visit.on.get(),
        via,
        http_status: visit.http_status.get(),
        archived: arguments.archived.clone().or_else(|| visit.archived_url.known().cloned()),
        quote: arguments.quote.clone(),
    })
}

/// What the arguments say of the attempt.
fn attempt(
    arguments: &RereadArguments,
    outcome: FetchOutcome,
    has_copy: bool,
    today: Date,
) -> Result<Attempt, Failure> {
    let refuse = |message: &str| Err(Failure::Usage(message.to_owned()));
    let RereadArguments { via, on, .. } = arguments;
    let is_read = outcome == FetchOutcome::Ok;
    let via = via.or(is_read.then_some(Via::Direct));
    if !is_read && (via.is_some() || arguments.quote.is_some()) {
        return refuse("--via and --quote are of a page that was read: --outcome ok");
    }
    let needs_day = matches!(via, Some(Via::Archive | Via::StoredCopy | Via::Snippet));
    match via {
        Some(Via::Reported) => {
            return refuse("a reported reading needs `reported_by`: write it in the file");
        }
        Some(Via::Archive) if on.is_none() => {
            return refuse("--via archive needs --on: the day of the copy");
        }
        Some(Via::Archive) if arguments.archived.is_none() && !has_copy => {
            return refuse("--via archive needs --archived: the address of the copy");
        }
        _ => {}
    }
    if outcome == FetchOutcome::NotAttempted {
        return refuse(
            "--outcome not_attempted would lose what was read: remove `fetch` in the file instead",
        );
    }
    let on = if needs_day && on.is_none() { None } else { Some(day(*on, today)?) };
    if arguments.quote.as_ref().is_some_and(|quote| quote.trim().is_empty()) {
        return Err(Failure::Usage(format!("{} is no quote", quoted(""))));
    }
    Ok(Attempt {
        outcome,
        on,
        via,
        http_status: arguments.http_status,
        archived: arguments.archived.clone(),
        quote: arguments.quote.clone(),
    })
}
