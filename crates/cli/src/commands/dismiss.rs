//! `dismiss`: close a flag whose doubt was unfounded.

use model::{Date, Registry, Url, Verdict};

use super::verify::day;
use crate::arguments::DismissArguments;
use crate::global::Global;
use crate::maintenance::flags::Decision;
use crate::maintenance::subjects::cells;
use crate::maintenance::{Plan, carry_out};
use crate::{Failure, Outcome};

pub(crate) fn run(global: &Global, arguments: &DismissArguments) -> Result<Outcome, Failure> {
    carry_out(global, arguments.making, |registry, today| plan(registry, today, arguments))
}

fn plan(registry: &Registry, today: Date, arguments: &DismissArguments) -> Result<Plan, Failure> {
    // Named by the address of a page, it is about that page.
    let page = match arguments.subjects.as_slice() {
        [only] if only.contains("://") => only.parse::<Url>().ok(),
        _ => None,
    };
    let decision = Decision {
        verdict: Verdict::Dismissed,
        on: day(arguments.on, today)?,
        by: &arguments.by,
        reason: Some(&arguments.reason),
        flag: arguments.flag.as_deref(),
        page: page.as_ref(),
    };
    let mut found = cells(registry, &arguments.subjects)?;
    // Of a whole entity, or of all that cite a page, those that are asked about.
    if found.len() > arguments.subjects.len() {
        found.retain(|one| one.cell.open_flags().next().is_some());
    }
    let mut plan = Plan::default();
    for one in &found {
        let mut cell = one.cell.clone();
        let Some(id) = decision.add(one, &mut cell)? else {
            return Err(Failure::Usage(format!("{} has no open flag to dismiss", one.name())));
        };
        plan.change_cell(&one.subject, one.cell, &cell, &format!("flag `{id}` dismissed"));
    }
    match found.is_empty() {
        true => Err(Failure::Usage("nothing that was named has an open flag".to_owned())),
        false => Ok(plan),
    }
}
