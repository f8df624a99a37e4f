//! `find`: the offerings for which an expression holds.

use diagnostics::{count, printable};
use export::names::label;
use export::{Edition, ResolvedOffering};
use model::{Date, Dimension, is_entity_id};

use crate::arguments::{FindArguments, FindFormat};
use crate::filter::{self, Matches};
use crate::global::Global;
use crate::query::lookup;
use crate::query::page::STRONG;
use crate::table::{Cell, table};
use crate::terminal::{color_out, note, print, print_json, print_styled, width};
use crate::{Failure, Outcome, query};

pub(crate) fn run(global: &Global, arguments: &FindArguments) -> Result<Outcome, Failure> {
    let edition = query::open(global)?;
    let shown = if arguments.show.is_empty() {
        Vec::new()
    } else {
        query::dimensions(edition.registry(), &arguments.show)?
    };
    let expression = arguments.expression.as_str();
    let matches = filter::matches(expression, &edition).map_err(|fault| {
        let excerpt = fault.excerpt(expression, width());
        Failure::Expression { message: fault.message, excerpt }
    })?;
    let ids = || matches.holds.iter().map(|one| one.id);
    match arguments.format {
        FindFormat::Human => {
            print_styled(color_out(global), &human(global, &edition, &matches.holds, &shown))
        }
        // They go on to other commands: what is no id stays out.
        FindFormat::Ids => {
            print(&ids().filter(|id| is_entity_id(id)).map(|id| format!("{id}\n")).collect::<String>())
        }
        FindFormat::Json => {
            let dimensions = query::dimensions(edition.registry(), &arguments.show)?;
            let ids: Vec<_> = ids().collect();
            print_json(|out| export::json_data(out, &edition, &ids, &dimensions))
        }
    }?;
    tell(global, &matches);
    lookup::tell_old_ids(global, edition.registry(), expression.split(['"', '\'']).skip(1).step_by(2));
    if arguments.format == FindFormat::Ids {
        tell_unnamed(global, &matches.holds);
    }
    Ok(Outcome::Success)
}

fn human(global: &Global, edition: &Edition, found: &[ResolvedOffering<'_>], shown: &[&Dimension]) -> String {
    if found.is_empty() {
        return String::new();
    }
    let mut header = vec![Cell::colored("offering", STRONG), Cell::colored("name", STRONG)];
    header.extend(shown.iter().map(|dimension| Cell::colored(printable(label(dimension)), STRONG)));
    let mut rows = vec![header];
    for one in found {
        let name = edition.names().offering(one.id, one.offering);
        let mut row = vec![Cell::new(printable(one.id)), Cell::new(printable(name))];
        row.extend(shown.iter().map(|dimension| grade(one, dimension, edition.day())));
        rows.push(row);
    }
    table(color_out(global), width(), &rows)
}

fn grade(one: &ResolvedOffering<'_>, dimension: &Dimension, day: Date) -> Cell {
    let resolved = one.answers.iter().find(|resolved| resolved.dimension.id == dimension.id);
    resolved.map(|resolved| query::grade(resolved, day)).unwrap_or_default()
}

/// Says on standard error how many cannot be listed by their ids.
fn tell_unnamed(global: &Global, found: &[ResolvedOffering<'_>]) {
    let unnamed = found.iter().filter(|one| !is_entity_id(one.id)).count();
    if unnamed > 0 {
        let number = count(unnamed, "offering");
        note(global, &format!("{number} skipped, since the name of the file is not an id"));
    }
}

/// Says on standard error how many match, and which could not be decided.
fn tell(global: &Global, matches: &Matches<'_>) {
    match matches.holds.len() {
        0 => note(global, &format!("no offering of {} matches", matches.of)),
        number => note(global, &format!("{number} of {} match", count(matches.of, "offering"))),
    }
    if !matches.undecided.is_empty() {
        let number = count(matches.undecided.len(), "offering");
        let ids = if global.verbose {
            format!(": {}", matches.undecided.join(", "))
        } else {
            " (-v names them)".into()
        };
        note(
            global,
            &format!("{number} left out, since a value that the expression needs is not stated{ids}"),
        );
    }
}
