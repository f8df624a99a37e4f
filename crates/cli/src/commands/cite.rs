//! `cite`: add a page to the evidence of an answer, or a quote to a page that it cites.

use diagnostics::quoted;
use model::{Date, Evidence, Fetch, FetchOutcome, Optional, Registry, Role};

use super::verify::day;
use crate::arguments::CiteArguments;
use crate::global::Global;
use crate::maintenance::attempt::Attempt;
use crate::maintenance::flags::push;
use crate::maintenance::subjects::{cells, place_of};
use crate::maintenance::{Plan, carry_out};
use crate::{Failure, Outcome};

pub(crate) fn run(global: &Global, arguments: &CiteArguments) -> Result<Outcome, Failure> {
    carry_out(global, arguments.making, |registry, today| plan(registry, today, arguments))
}

fn plan(registry: &Registry, today: Date, arguments: &CiteArguments) -> Result<Plan, Failure> {
    let mut found = cells(registry, std::slice::from_ref(&arguments.subject))?.into_iter();
    let (Some(one), None) = (found.next(), found.next()) else {
        let message =
            format!("{} is more than one answer: name one, KIND:ID/QUESTION", quoted(&arguments.subject));
        return Err(Failure::Usage(message));
    };
    if arguments.quote.as_ref().is_some_and(|quote| quote.trim().is_empty()) {
        return Err(Failure::Usage("--quote is empty: write the words of the page".to_owned()));
    }
    let mut cell = one.cell.clone();
    let known = place_of(&cell, &arguments.url);
    if known.is_none() {
        let evidence = Evidence {
            url: arguments.url.clone().into(),
            role: Optional::Known(Role::Primary),
            fetch: Optional::Known(Fetch { outcome: FetchOutcome::NotAttempted.into(), ..Fetch::default() }),
            ..Evidence::default()
        };
        push(&mut cell.evidence, evidence, &one, "evidence")?;
    }
    let at = place_of(&cell, &arguments.url);
    let evidence = match &mut cell.evidence {
        Optional::Known(items) => at.and_then(|at| items.get_mut(at)),
        _ => None,
    };
    let Some(evidence) = evidence else { return Ok(Plan::default()) };
    if let Some(title) = &arguments.title {
        evidence.title = Optional::Known(title.clone());
    }
    if let Some(role) = arguments.role {
        evidence.role = Optional::Known(role);
    }
    if let Some(url) = &arguments.archived {
        evidence.archived_url = Optional::Known(url.clone());
    }
    if arguments.quote.is_some() || arguments.on.is_some() {
        let on = day(arguments.on, today)?;
        Attempt { quote: arguments.quote.clone(), ..Attempt::opened(on) }.record_newest(&one, evidence)?;
        arguments.sureness.sureness().settle(&one, &mut cell)?;
    }
    let mut plan = Plan::default();
    let what = if known.is_none() { "page cited" } else { "citation changed" };
    plan.change_cell(&one.subject, one.cell, &cell, what);
    Ok(plan)
}
