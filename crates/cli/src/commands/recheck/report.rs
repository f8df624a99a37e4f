//! Says what was seen: a table at the end of a run, and what a person should look at.

use std::fmt::Write as _;
use std::io;

use diagnostics::{command, count, printable};
use evidence::Change;
use model::{Date, FetchOutcome, Vocabulary};
use serde_json::{Value, json};

use super::looking::{Counted, Judged, Looked};
use super::pages::CitedPage;
use crate::global::Global;
use crate::maintenance::subjects::name;
use crate::shell::word;
use crate::table::{Cell, table};
use crate::terminal::{color_out, paint, print_styled, width};

/// What came of a look, in the order of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Unchanged,
    First,
    Changed,
    NotComparable,
    Older,
    NotRead(FetchOutcome),
    NoCopy,
}

impl Kind {
    fn of(looked: &Looked) -> Self {
        match looked.judgement.as_ref().map(|judged| (judged.change, judged.visit.outcome)) {
            None => Self::NoCopy,
            Some((Change::Unchanged { .. }, _)) => Self::Unchanged,
            Some((Change::First, _)) => Self::First,
            Some((Change::Changed, _)) => Self::Changed,
            Some((Change::NotComparable, _)) => Self::NotComparable,
            Some((Change::Older, _)) => Self::Older,
            Some((Change::NotRead, outcome)) => Self::NotRead(outcome),
        }
    }

    fn label(self) -> String {
        match self {
            Self::Unchanged => "unchanged".to_owned(),
            Self::First => "read for the first time".to_owned(),
            Self::Changed => "changed".to_owned(),
            Self::NotComparable => "not comparable with the last visit".to_owned(),
            Self::Older => "older than what is known".to_owned(),
            Self::NotRead(outcome) => outcome.label().to_lowercase(),
            Self::NoCopy => "not in the archives".to_owned(),
        }
    }
}

/// How many pages are listed that changed, or that could not be read. Flags are all listed.
const LISTED: usize = 20;

/// Shows what was seen: what a person should look at, and how many pages were how.
pub(super) fn show(global: &Global, seen: &[Looked], pages: &[CitedPage<'_>]) -> io::Result<()> {
    let color = color_out(global);
    let (mut flags, mut changed, mut unread) = (Vec::new(), Vec::new(), Vec::new());
    for one in seen {
        let Some(judged) = &one.judgement else { continue };
        let answers = count(pages[one.page].cells.len(), "answer");
        flags.extend(judged.flags.iter().map(|(flag, _)| {
            format!("{}: {} ({answers})\n", paint(color, "33", flag.kind.id()), printable(&flag.what))
        }));
        if judged.change == Change::Changed && judged.flags.is_empty() {
            changed.push(change(one, judged, &answers, color));
        }
        if let Some(reason) = judged.reason.as_ref().filter(|_| judged.change == Change::NotRead) {
            let label = judged.visit.outcome.label().to_lowercase();
            unread.push(format!("{label}: {}: {}\n", printable(one.url.as_str()), printable(reason)));
        }
    }
    let mut out = flags.concat();
    for list in [changed, unread] {
        list.iter().take(LISTED).for_each(|line| out.push_str(line));
        if list.len() > LISTED {
            let _ = writeln!(out, "… and {} more (--format json lists them)", list.len() - LISTED);
        }
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(&totals(seen, color));
    print_styled(color, &out)
}

/// A page whose text changed while its quotes are still there.
fn change(one: &Looked, judged: &Judged, answers: &str, color: bool) -> String {
    let missing = judged.quotes.near + judged.quotes.missing;
    let quotes = match (judged.quotes.all(), missing) {
        (0, _) => "no answer quotes it".to_owned(),
        (_, 0) => "its quotes are still there".to_owned(),
        (all, _) => format!("{missing} of the {all} passages that answers quote are missing, as is known"),
    };
    let url = one.url.as_str();
    let next = format!("{} recheck --diff {}", command(), word(url));
    format!(
        "changed: {} has another text than before; {quotes} ({answers})\n  {}\n",
        printable(url),
        paint(color, "2", &printable(&next))
    )
}

fn totals(seen: &[Looked], color: bool) -> String {
    let mut kinds: Vec<(Kind, usize)> = Vec::new();
    let (mut quotes, mut flags) = (Counted::default(), 0);
    for one in seen {
        let kind = Kind::of(one);
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, number)) => *number += 1,
            None => kinds.push((kind, 1)),
        }
        if let Some(judged) = &one.judgement {
            quotes.add(judged.quotes);
            flags += judged.flags.len();
        }
    }
    kinds.sort_unstable();
    let mut rows = vec![vec![Cell::new("pages"), Cell::new(seen.len().to_string())]];
    let row =
        |label: &str, number: usize| vec![Cell::new(format!("  {label}")), Cell::new(number.to_string())];
    rows.extend(kinds.iter().map(|(kind, number)| row(&kind.label(), *number)));
    if quotes.all() > 0 {
        rows.push(vec![Cell::new("passages of quotes"), Cell::new(quotes.all().to_string())]);
        let found = [
            ("found as they are", quotes.exact),
            ("found in another form", quotes.folded),
            ("only alike", quotes.near),
            ("not found", quotes.missing),
        ];
        rows.extend(
            found.iter().filter(|(_, number)| *number > 0).map(|(label, number)| row(label, *number)),
        );
    }
    rows.push(vec![Cell::new("flags"), Cell::new(flags.to_string())]);
    table(color, width(), &rows)
}

/// What was seen, for programs.
pub(super) fn document(seen: &[Looked], pages: &[CitedPage<'_>], today: Date) -> Value {
    let pages = seen.iter().map(|one| {
        let cells: Vec<_> = pages[one.page].cells.iter().map(|(subject, _)| name(subject)).collect();
        let Some(judged) = &one.judgement else {
            return json!({ "url": one.url.as_str(), "seen": false, "cells": cells });
        };
        let visit = &judged.visit;
        let flags = judged.flags.iter().map(|(flag, quotes)| {
            json!({ "id": flag.id, "kind": flag.kind.id(), "what": flag.what, "quotes": quotes })
        });
        let change = match judged.change {
            Change::NotRead => "not_read",
            Change::First => "first",
            Change::Unchanged { .. } => "unchanged",
            Change::Changed => "changed",
            Change::NotComparable => "not_comparable",
            Change::Older => "older",
        };
        json!({
            "url": one.url.as_str(),
            "seen": true,
            "outcome": visit.outcome.id(),
            "on": visit.on.to_string(),
            "via": visit.via.id(),
            "http_status": visit.http_status,
            "final_url": visit.final_url.as_ref().map(model::Url::as_str),
            "archived_url": visit.archived_url.as_ref().map(model::Url::as_str),
            "change": change,
            "reason": judged.reason,
            "quotes": {
                "exact": judged.quotes.exact,
                "folded": judged.quotes.folded,
                "near": judged.quotes.near,
                "missing": judged.quotes.missing,
            },
            "flags": flags.collect::<Vec<_>>(),
            "cells": cells,
        })
    });
    json!({ "today": today.to_string(), "pages": pages.collect::<Vec<_>>() })
}
