//! The values of a row, in a form that the reader of data files reads.

use std::borrow::Cow;
use std::collections::HashMap;

use diagnostics::cut;
use model::limits::MAX_EVIDENCE;
use model::tabular::{read_facts, read_list};
use model::{Evidence, Fetch, FieldPath, Plain, PlainRecord, Record as _, Url};

use crate::fault::Fault;
use crate::limits::SHOWN_OF_CELL;
use crate::map::destination::Destination;
use crate::map::header::Column;
use crate::map::mapped::Mapped;
use crate::map::typed::{Wanted, mistyped};
use crate::read::grid::{Cell, Row};
use crate::read::invalid_cell::InvalidCell;
use crate::rules::{EVIDENCE_WITHOUT_URL, REPEATED_URL, WRONG_VALUE};

/// What a row states.
pub(crate) struct Stated<'m> {
    /// Its record.
    pub(crate) record: PlainRecord<'m>,
    /// For each item of its evidence, which columns hold it: those of the n-th source, from 0.
    pub(crate) sources: Vec<usize>,
    /// The digest of the cell as it was exported.
    pub(crate) whole: Option<&'m str>,
    /// What cannot be read at all.
    pub(crate) faults: Vec<Fault>,
    /// The fields of which that is.
    pub(crate) unread: Vec<FieldPath>,
}

/// The columns of one source, as they are read from left to right.
struct Source<'m> {
    nth: usize,
    /// The first of its columns that states something.
    column: usize,
    is_unread: bool,
    record: PlainRecord<'m>,
    fetch: PlainRecord<'m>,
}

/// Reads what a row states.
pub(crate) fn read<'m>(mapped: &'m Mapped, row: Row<'m>) -> Stated<'m> {
    let mut stated = Stated {
        record: PlainRecord::new(mapped.keys()),
        sources: Vec::new(),
        whole: None,
        faults: Vec::new(),
        unread: Vec::new(),
    };
    let mut sources: Vec<Source<'m>> = Vec::new();
    for cell in mapped.stated(row) {
        let target = mapped.target(cell.column);
        if matches!(target, Destination::Nowhere) {
            continue;
        }
        let wanted = mapped.wanted(cell.column);
        if let Some(invalid) = mistyped(&cell, wanted) {
            stated.refuse(mapped, row, &cell, invalid);
            if let Destination::Source(nth, _) | Destination::Fetch(nth, _) = target {
                source(&mut sources, nth, cell.column).is_unread = true;
            }
            continue;
        }
        match target {
            Destination::Nowhere => {}
            Destination::Whole => stated.whole = Some(cell.text.trim()),
            Destination::Own(at) => stated.record.put(at, scalar(wanted, cell.text)),
            Destination::List(at) | Destination::Map(at) => stated.compound(mapped, row, &cell, at),
            Destination::Source(nth, at) => {
                source(&mut sources, nth, cell.column).record.put(at, scalar(wanted, cell.text));
            }
            Destination::Fetch(nth, at) => {
                source(&mut sources, nth, cell.column).fetch.put(at, scalar(wanted, cell.text));
            }
        }
    }
    if !sources.is_empty() {
        stated.evidence(mapped, row, sources);
    }
    stated
}

fn source<'s, 'm>(sources: &'s mut Vec<Source<'m>>, nth: usize, column: usize) -> &'s mut Source<'m> {
    let at = sources.iter().position(|source| source.nth == nth).unwrap_or_else(|| {
        let (record, fetch) = (PlainRecord::new(Evidence::KEYS), PlainRecord::new(Fetch::KEYS));
        sources.push(Source { nth, column, is_unread: false, record, fetch });
        sources.len() - 1
    });
    &mut sources[at]
}

/// A text, or the number that an HTTP status is.
fn scalar(wanted: Wanted, text: &str) -> Plain<'_> {
    match wanted {
        Wanted::Integer => text.trim().parse().map_or_else(|_| text.into(), Plain::Integer),
        _ => text.into(),
    }
}

impl<'m> Stated<'m> {
    /// The address of a source, by its index in the evidence.
    pub(crate) fn url(&self, at: usize) -> Option<Url> {
        let Some(Plain::List(items)) = self.record.get("evidence") else { return None };
        let Some(Plain::Record(source)) = items.get(at) else { return None };
        address(source)?.parse().ok()
    }

    fn refuse(&mut self, mapped: &Mapped, row: Row<'_>, cell: &Cell<'_>, invalid: InvalidCell) {
        let InvalidCell { message, help } = invalid;
        let place = mapped.at(row, cell.column);
        self.faults.push(Fault::at(WRONG_VALUE, place, message, &help));
        match &mapped.header.columns[cell.column] {
            Column::Field(path) => self.unread.push(path.clone()),
            Column::List(name) | Column::Map(name) => self.unread.push(FieldPath::of(*name)),
            _ => {}
        }
    }

    /// A list, facts or parts.
    fn compound(&mut self, mapped: &'m Mapped, row: Row<'_>, cell: &Cell<'m>, at: usize) {
        let read = match mapped.target(cell.column) {
            Destination::List(_) => read_list(cell.text).map(|items| {
                let text = |(_, item)| Plain::Text(Cow::Owned(item));
                Plain::List(items.into_iter().map(text).collect())
            }),
            _ => read_facts(cell.text)
                .map(|facts| Plain::Facts(facts.into_iter().map(|(_, key, fact)| (key, fact)).collect())),
        };
        match read {
            Ok(value) => self.record.put(at, value),
            Err(error) => {
                let character = cell.text[..error.at.start].chars().count() + 1;
                let message = format!("{} (at character {character})", cut(&error.what, SHOWN_OF_CELL));
                let help = "write facts and parts as `key=value; key=value`, and lists with commas between their items";
                self.refuse(mapped, row, cell, InvalidCell::new(message, help));
            }
        }
    }

    /// The items of the evidence: the sources that have an address.
    fn evidence(&mut self, mapped: &Mapped, row: Row<'_>, sources: Vec<Source<'m>>) {
        let Some(position) = mapped.keys().iter().position(|key| *key == "evidence") else { return };
        let fetch_at = Evidence::KEYS.iter().position(|key| *key == "fetch").unwrap_or_default();
        let mut items: Vec<Plain<'m>> = Vec::with_capacity(sources.len());
        let mut urls: HashMap<String, usize> = HashMap::new();
        let is_alone = sources.len() == 1;
        for Source { nth, column, is_unread, mut record, fetch } in sources {
            let Some(url) = address(&record) else {
                if !is_unread {
                    self.faults.push(without_url(mapped, row, nth, column));
                }
                continue;
            };
            if !is_alone && let Ok(url) = url.parse::<Url>() {
                let first = *urls.entry(url.identity().into_owned()).or_insert(column);
                if first != column {
                    self.faults.push(repeated_url(mapped, row, first, column));
                    continue;
                }
            }
            if items.len() >= MAX_EVIDENCE {
                let message = format!("the row has more than {MAX_EVIDENCE} sources");
                let help = "keep those that answer the question";
                self.faults.push(Fault::at(WRONG_VALUE, mapped.at(row, column), message, help));
                break;
            }
            if !fetch.is_empty() {
                record.put(fetch_at, Plain::Record(fetch));
            }
            self.sources.push(nth);
            items.push(Plain::Record(record));
        }
        if !items.is_empty() {
            self.record.put(position, Plain::List(items));
        }
    }
}

/// The text of the address of a source.
fn address<'s>(source: &'s PlainRecord<'_>) -> Option<&'s str> {
    match source.get("url") {
        Some(Plain::Text(text)) => Some(text),
        _ => None,
    }
}

/// The name of the column of the address of the n-th source, from 0.
fn url_column(nth: usize) -> String {
    model::tabular::evidence_column(nth + 1, model::tabular::EvidenceField::Url)
}

/// A row says something about a page and not which page.
fn without_url(mapped: &Mapped, row: Row<'_>, nth: usize, column: usize) -> Fault {
    let name = url_column(nth);
    let url = FieldPath::of("evidence").index(nth).key("url");
    let has_column = mapped.header.position(&Column::Field(url)).is_some();
    let message = format!("the row describes a source but does not give its address in `{name}`");
    let help = if has_column {
        format!("write the address in `{name}`, or clear the other columns of that source")
    } else {
        format!("add the column `{name}`: a source is identified by its address")
    };
    if has_column || column >= mapped.width() {
        return Fault::at(EVIDENCE_WITHOUT_URL, mapped.at(row, column), message, &help);
    }
    Fault::of_table(
        EVIDENCE_WITHOUT_URL,
        mapped.table.header_cell(mapped.source(column).unwrap_or(column)),
        row,
        message,
        &help,
    )
}

fn repeated_url(mapped: &Mapped, row: Row<'_>, first: usize, column: usize) -> Fault {
    let message = "the row has this address twice".to_owned();
    let fault =
        Fault::at(REPEATED_URL, mapped.at(row, column), message, "keep one, with all values of the page");
    fault.related(mapped.at(row, first), "first here")
}
