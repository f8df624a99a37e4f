//! `due`: the answers that are due to be read again, by day.

mod calendar;

use diagnostics::{count, printable};
use model::Url;
use registry::{ToRead, Wanted, Worklist};
use serde_json::json;

use super::review::{cell, due_in};
use crate::arguments::{DueArguments, DueFormat};
use crate::global::Global;
use crate::maintenance::subjects::name;
use crate::terminal::{note, print, print_exact, print_json};
use crate::{Failure, Outcome, query};

pub(crate) fn run(global: &Global, arguments: &DueArguments) -> Result<Outcome, Failure> {
    let edition = query::open(global)?;
    let today = edition.day();
    let until = today.plus_days(i64::from(arguments.within));
    let list = Worklist::of(edition.registry(), Wanted { until, flagged: false, undated: false });
    if arguments.format == DueFormat::Ics {
        print_exact(calendar::calendar(&list, edition.registry().info.name.text(), today).as_bytes())?;
        return Ok(Outcome::Success);
    }
    let pages = list.pages.iter().flat_map(|page| page.cells.iter().map(|one| (one, Some(page.url))));
    let mut cells: Vec<(&ToRead<'_>, Option<&Url>)> =
        pages.chain(list.without_page.iter().map(|one| (one, None))).collect();
    cells.sort_by_key(|(one, _)| (one.due, &one.subject));
    if arguments.format == DueFormat::Json {
        let cells = cells.iter().map(|(one, url)| {
            let mut cell = cell(one, today);
            cell["url"] = json!(url.map(Url::as_str));
            cell
        });
        let document = json!({ "until": until.to_string(), "cells": cells.collect::<Vec<_>>() });
        print_json(|out| writeln!(out, "{document:#}"))?;
        return Ok(Outcome::Success);
    }
    let width = cells.iter().map(|(one, _)| name(&one.subject).chars().count()).max().unwrap_or(0);
    let line = |(one, url): &(&ToRead<'_>, Option<&Url>)| {
        let due = due_in(one, today).unwrap_or_default();
        let url = url.map_or("no page", Url::as_str);
        format!("{:width$}  {due}  {}\n", printable(&name(&one.subject)), printable(url))
    };
    print(&cells.iter().map(line).collect::<String>())?;
    let pages = count(list.pages.len(), "page");
    note(global, &format!("{} due by {until}: {pages} to read", count(cells.len(), "answer")));
    Ok(Outcome::Success)
}
