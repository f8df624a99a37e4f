//! `review`: what there is to read again, grouped by the pages that settle it.

mod interactive;

use diagnostics::{command, count, cut, printable};
use export::{Grade, reading::reason};
use model::{Date, PageVisits, Registry};
use registry::{PageToRead, ToRead, Wanted, Worklist};
use serde_json::{Value, json};

use crate::arguments::{ListFormat, ReviewArguments};
use crate::global::Global;
use crate::maintenance::subjects::name;
use crate::shell::word;
use crate::terminal::{color_out, note, paint, print, print_json, print_styled};
use crate::{Failure, Outcome, query};

pub(crate) fn run(global: &Global, arguments: &ReviewArguments) -> Result<Outcome, Failure> {
    let edition = query::open(global)?;
    let today = edition.day();
    let until = today.plus_days(i64::from(arguments.within));
    let wanted = Wanted { until, flagged: true, undated: arguments.undated };
    let list = Worklist::of(edition.registry(), wanted);
    let shown = &list.pages[..arguments.max.unwrap_or(usize::MAX).min(list.pages.len())];
    if arguments.interactive {
        let visits = PageVisits::new(&edition.registry().visits);
        print(&format!("{}\n", summary(&list, wanted)))?;
        return interactive::run(global, shown, &visits, today);
    }
    match arguments.format {
        ListFormat::Json => {
            let document = document(&list, shown, today, until);
            print_json(|out| writeln!(out, "{document:#}"))?;
        }
        ListFormat::Human => {
            let color = color_out(global);
            let mut out = format!("{}\n", summary(&list, wanted));
            shown.iter().for_each(|page| out.push_str(&one_page(page, today, color)));
            if !list.without_page.is_empty() {
                out.push_str("\nThese cite no page:\n");
                out.push_str(&cells(&list.without_page, today, color).concat());
            }
            print_styled(color, &out)?;
            let more = list.pages.len() - shown.len();
            if more > 0 {
                note(global, &format!("{} not listed: leave --max out", count(more, "more page")));
            }
            if !arguments.undated {
                tell_undated(global, edition.registry());
            }
        }
    }
    Ok(Outcome::Success)
}

/// "118 answers are due by 2027-01-15 or flagged: 41 pages settle them".
fn summary(list: &Worklist<'_>, wanted: Wanted) -> String {
    let number = list.cells().count();
    let what = match (number, wanted.undated) {
        (1, true) => "has no as-of date, or is flagged".to_owned(),
        (_, true) => "have no as-of date, or are flagged".to_owned(),
        (1, false) => format!("is due by {}, or flagged", wanted.until),
        (_, false) => format!("are due by {}, or flagged", wanted.until),
    };
    let settled = number - list.without_page.len();
    let pages = match list.pages.len() {
        0 => String::new(),
        1 if settled == 1 => ": 1 page settles it".to_owned(),
        1 => format!(": 1 page settles {settled} of them"),
        pages => format!(": {pages} pages settle {settled} of them"),
    };
    let pages = pages.replace(&format!(" {number} of them"), " them");
    format!("{} {what}{pages}", count(number, "answer"))
}

/// Notes how many answers have no as-of date, so that they are never due.
fn tell_undated(global: &Global, registry: &Registry) {
    let undated = registry.stored_cells().filter(|(_, _, cell)| cell.as_of().is_none()).count();
    if undated > 0 {
        let verb = if undated == 1 { "has" } else { "have" };
        let answers = count(undated, "answer");
        note(global, &format!("{answers} {verb} no as-of date: {} review --undated lists them", command()));
    }
}

fn one_page(page: &PageToRead<'_>, today: Date, color: bool) -> String {
    let next = format!("{} verify --read {}", command(), word(page.url.as_str()));
    format!(
        "\n{}{}  {}\n",
        heading(page, color),
        cells(&page.cells, today, color).concat(),
        paint(color, "2", &printable(&next))
    )
}

/// The page: its address, its title, and when it was read.
fn heading(page: &PageToRead<'_>, color: bool) -> String {
    let title = page.title.map(|title| format!("{}, ", printable(&cut(title, 80)))).unwrap_or_default();
    let read = page.read_on.map_or("not read yet".to_owned(), |day| format!("read on {day}"));
    let url = printable(page.url.as_str()).into_owned();
    format!("{}\n  {title}{read}\n", paint(color, "1", &url))
}

/// What is due of each cell, with its open flags.
fn cells(list: &[ToRead<'_>], today: Date, color: bool) -> Vec<String> {
    let names: Vec<_> = list.iter().map(|one| printable(&name(&one.subject)).into_owned()).collect();
    let width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let line = |(one, name): (&ToRead<'_>, &String)| {
        let grade = Grade::of_status(one.cell.status.get());
        let due = due_in(one, today).unwrap_or_else(|| "undated".to_owned());
        let offerings = match one.offerings {
            0 | 1 => String::new(),
            more => format!(", answers for {more} offerings"),
        };
        let mut text = format!("  {name:width$}  {}, {due}{offerings}\n", grade.short());
        for flag in one.cell.open_flags() {
            let what = printable(&cut(flag.what.text(), 120)).into_owned();
            let line = format!("flag `{}`: {what}", flag.id.text());
            text.push_str(&format!("    {}\n", paint(color, "33", &line)));
        }
        text
    };
    list.iter().zip(&names).map(line).collect()
}

/// "due 2026-11-28, 2 days ago", "due 2026-12-31, in 31 days (fact: valid until)".
pub(crate) fn due_in(one: &ToRead<'_>, today: Date) -> Option<String> {
    let due = one.due?;
    let reason = one.due_by.map(reason).unwrap_or_default();
    let away = match due.days_since(today) {
        0 => "today".to_owned(),
        days @ 1.. => format!("in {}", count(days as usize, "day")),
        days => format!("{} ago", count(days.unsigned_abs() as usize, "day")),
    };
    Some(format!("due {due}, {away}{reason}"))
}

fn document(list: &Worklist<'_>, shown: &[PageToRead<'_>], today: Date, until: Date) -> Value {
    let pages = shown.iter().map(|page| {
        json!({
            "url": page.url.as_str(),
            "title": page.title,
            "read_on": page.read_on.map(|day| day.to_string()),
            "cells": page.cells.iter().map(|one| cell(one, today)).collect::<Vec<_>>(),
        })
    });
    json!({
        "today": today.to_string(),
        "until": until.to_string(),
        "cells": list.cells().count(),
        "pages": pages.collect::<Vec<_>>(),
        "without_page": list.without_page.iter().map(|one| cell(one, today)).collect::<Vec<_>>(),
    })
}

/// A cell that is to be read again, for programs.
pub(crate) fn cell(one: &ToRead<'_>, today: Date) -> Value {
    let flags = one.cell.open_flags().map(|flag| {
        let raised = flag.raised_on.known().map(ToString::to_string);
        json!({ "id": flag.id.text(), "raised_on": raised, "what": flag.what.text() })
    });
    json!({
        "subject": name(&one.subject),
        "status": one.cell.status.known().map(ToString::to_string),
        "as_of": one.cell.as_of().map(|day| day.to_string()),
        "due": one.due.map(|day| day.to_string()),
        "due_by": one.due_by.map(|ground| ground.id()),
        "days_left": one.due.map(|day| day.days_since(today)),
        "offerings": one.offerings,
        "flags": flags.collect::<Vec<_>>(),
    })
}
