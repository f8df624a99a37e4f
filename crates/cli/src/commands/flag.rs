//! `flag`: raise an open question about answers.

use model::{Date, Registry};

use super::verify::day;
use crate::arguments::FlagArguments;
use crate::global::Global;
use crate::maintenance::flags::raise;
use crate::maintenance::subjects::cells;
use crate::maintenance::{Plan, carry_out};
use crate::{Failure, Outcome};

pub(crate) fn run(global: &Global, arguments: &FlagArguments) -> Result<Outcome, Failure> {
    carry_out(global, arguments.making, |registry, today| plan(registry, today, arguments))
}

fn plan(registry: &Registry, today: Date, arguments: &FlagArguments) -> Result<Plan, Failure> {
    let on = day(arguments.on, today)?;
    let what = arguments.what.trim();
    if what.is_empty() {
        return Err(Failure::Usage("--what is empty: write the question".to_owned()));
    }
    let mut plan = Plan::default();
    plan.means = Some("review/open-flag");
    for one in cells(registry, &arguments.subjects)? {
        if let Some(flag) = one.cell.open_flags().find(|flag| flag.what.text().trim() == what) {
            plan.note(format!("{} asks this already, in its flag `{}`", one.name(), flag.id.text()));
            continue;
        }
        let mut cell = one.cell.clone();
        let id = raise(&one, &mut cell, arguments.id.as_ref(), on, what)?;
        plan.change_cell(&one.subject, one.cell, &cell, &format!("flag `{id}` raised"));
    }
    Ok(plan)
}
