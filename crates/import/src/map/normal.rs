//! Brings the texts of a table into the form of the registry: labels become words, names become ids, days become
//! days. What names nothing, or several things, is refused at its cell; nothing is guessed.

use std::collections::{BTreeMap, HashMap};

use diagnostics::{Severity, count, quoted};
use model::tabular::read_facts;
use model::{DateOrder, Fact, FactType};
use rayon::prelude::*;

use crate::fault::{Fault, excerpt, fault};
use crate::findings::Findings;
use crate::map::days::{self, Looks, Unread};
use crate::map::forms::{Form, Unfit};
use crate::map::header::Column;
use crate::map::mapped::Mapped;
use crate::map::mapping::Mapping;
use crate::map::name_index::{NameIndex, Naming};
use crate::map::typed::{Wanted, mistyped};
use crate::options::Reading;
use crate::read::grid::{Cell, CellKind, Kept, Row};
use crate::read::invalid_cell::InvalidCell;
use crate::read::room::Room;
use crate::rules::{DOUBTFUL_VALUE, UNREADABLE};

/// What becomes of a cell.
enum Change {
    /// It has another text.
    Becomes(String),
    /// It has the address behind its text.
    Follows(String),
    /// It does not fit its column.
    Refused(InvalidCell),
    /// It is a day whose order is not known.
    Unordered { text: String, day_first: bool, month_first: bool },
    /// It is taken, and may not be what was meant.
    Doubted(InvalidCell),
}

/// A cell that changes, by its index and that of its row.
struct Changed {
    row: usize,
    cell: usize,
    column: usize,
    change: Change,
}

/// The rows that are looked at at a time, those of each thread, and how many times as many there are. What becomes of
/// them is done before the next are looked at, so that it needs no more room than these.
const SHARE: usize = 512;
const SHARES: usize = 8;

/// Brings the texts of a table into the form of the registry; nothing where they take too much, or too much is wrong.
pub(crate) fn normalise(
    mapped: &mut Mapped,
    reading: &Reading,
    names: &NameIndex<'_>,
    room: &mut Room,
    findings: &mut Findings,
) -> Option<()> {
    let columns = mapped.header.columns.iter().zip(&mapped.header.names);
    let forms: Vec<_> = columns.map(|(column, name)| Form::of(column, name)).collect();
    if findings.refusals.is_full() {
        let first = mapped.shares(1).first().map_or(0, |share| share.start);
        mapped.grid_mut().truncate(first);
    }
    let mut applied = Applied::default();
    let before = mapped.grid().left();
    for wave in mapped.shares(SHARE * SHARES) {
        let end = wave.end;
        let look = Look {
            mapped,
            mapping: &reading.mapping,
            names,
            order: reading.dates.or(reading.mapping.dates()),
            takes_links: reading.take_links,
            forms: &forms,
            dimension: mapped.header.position(&Column::Dimension),
        };
        let rows: Vec<Row<'_>> = mapped.grid().rows(wave).collect();
        let shares = rows.par_chunks(SHARE);
        let shares = shares.map(|rows| rows.iter().flat_map(|row| look.row(*row)).collect::<Vec<_>>());
        let changes: Vec<Changed> = shares.flatten_iter().collect();
        drop(rows);
        for change in changes {
            applied.apply(mapped, change, findings);
        }
        if let Some(what) = mapped.grid().excess() {
            let message = format!("with its texts the import has {what}");
            findings.push(fault(UNREADABLE, mapped.table.whole(), message, "split the table"));
            return None;
        }
        if findings.refusals.is_full() {
            // What is below was not looked at, and is not judged.
            mapped.grid_mut().truncate(end);
            break;
        }
    }
    room.texts -= room.texts.min(before.texts.saturating_sub(mapped.grid().left().texts));
    applied.end(mapped, findings);
    Some(())
}

/// What became of the cells of a table.
#[derive(Default)]
struct Applied {
    /// The texts that cells have now, where the grid holds them.
    texts: HashMap<String, Kept>,
    /// The texts of a column that are taken for others, by column and whether they are links.
    taken: BTreeMap<(usize, bool), Taken>,
    /// The days whose order is not known, of each column.
    looks: BTreeMap<usize, Looks>,
    /// Their cells and columns.
    unordered: Vec<(usize, usize)>,
}

impl Applied {
    fn apply(&mut self, mapped: &mut Mapped, changed: Changed, findings: &mut Findings) {
        let Changed { row, cell, column, change } = changed;
        let is_link = matches!(change, Change::Follows(_));
        match change {
            Change::Becomes(text) | Change::Follows(text) => {
                let first = || Taken {
                    row,
                    shown: excerpt(mapped.grid().at(cell).text),
                    text: text.clone(),
                    count: 0,
                };
                self.taken.entry((column, is_link)).or_insert_with(first).count += 1;
                let grid = mapped.grid_mut();
                let text = *self.texts.entry(text).or_insert_with_key(|text| grid.keep(text));
                grid.replace(cell, text);
            }
            Change::Refused(invalid) => {
                findings.refusals.add(column, &invalid.message);
                mapped.grid_mut().refuse(cell, invalid);
            }
            Change::Unordered { text, day_first, month_first } => {
                self.looks.entry(column).or_default().add(&text, day_first, month_first);
                self.unordered.push((cell, column));
                findings.refusals.add(column, "");
            }
            Change::Doubted(InvalidCell { message, help }) => {
                let place = mapped.at(mapped.grid().row(row), column);
                let doubt = Fault::at(DOUBTFUL_VALUE, place, message, &help);
                findings.push(doubt.of_severity(Severity::Warning));
            }
        }
    }

    /// What is known when all rows were looked at.
    fn end(self, mapped: &mut Mapped, findings: &mut Findings) {
        let invalid: BTreeMap<_, _> =
            self.looks.iter().map(|(column, looks)| (*column, looks.invalid())).collect();
        for (cell, column) in self.unordered {
            mapped.grid_mut().refuse(cell, invalid[&column].clone());
        }
        let taken = self.taken.into_iter();
        findings.extend(taken.filter_map(|((column, is_link), taken)| taken.fault(mapped, column, is_link)));
    }
}

/// The texts of a column that are taken for others: the first, and how many there are.
struct Taken {
    row: usize,
    shown: String,
    text: String,
    count: usize,
}

impl Taken {
    /// What a person may want to know of it; nothing of what a profile says.
    fn fault(&self, mapped: &Mapped, column: usize, is_link: bool) -> Option<Fault> {
        let place = mapped.at(mapped.grid().row(self.row), column);
        if place.text.as_ref() != Some(&self.shown) {
            return None;
        }
        let (shown, text) = (quoted(&self.shown), quoted(&self.text));
        let rest = match self.count {
            1 => String::new(),
            more => format!(", and {} of this column in the same way", count(more - 1, "other text")),
        };
        let (message, help) = if is_link {
            (
                format!("the link of {shown} is used as the address{rest}"),
                "check in the plan that these are the right pages",
            )
        } else {
            (format!("{shown} is read as {text}{rest}"), "check in the plan that this is right")
        };
        Some(Fault::at(DOUBTFUL_VALUE, place, message, help).of_severity(Severity::Info))
    }
}

/// Looks for texts in other forms.
struct Look<'a> {
    mapped: &'a Mapped,
    mapping: &'a Mapping,
    names: &'a NameIndex<'a>,
    order: Option<DateOrder>,
    takes_links: bool,
    forms: &'a [Form],
    /// The column of questions.
    dimension: Option<usize>,
}

impl Look<'_> {
    fn row(&self, row: Row<'_>) -> impl Iterator<Item = Changed> {
        let grid = self.mapped.grid();
        let changed = move |cell: usize| {
            let found = grid.at(cell);
            let (row, column) = (row.index(), found.column);
            self.cell(row, &found).map(|change| Changed { row, cell, column, change })
        };
        grid.indexes(row.index()).filter_map(changed)
    }

    fn cell(&self, row: usize, cell: &Cell<'_>) -> Option<Change> {
        let form = *self.forms.get(cell.column)?;
        let text = cell.text;
        if cell.kind != CellKind::Text
            || matches!(form, Form::Remark)
            || mistyped(cell, Wanted::Text).is_some()
        {
            return None;
        }
        match form {
            Form::Text => leftover(text).map(Change::Doubted),
            Form::Facts => self.days(row, text).or_else(|| self.untyped(row, text).map(Change::Doubted)),
            Form::Address => {
                let target = cell.detail.filter(|_| self.takes_links && !text.contains("://"))?;
                target.contains("://").then(|| Change::Follows(target.to_owned()))
            }
            Form::Owner(Naming::Service) => self.service(row, text),
            form => match form.read(text, self.names, self.order) {
                Ok(read) => read.map(Change::Becomes),
                Err(Unfit::Order { day_first, month_first }) => {
                    Some(Change::Unordered { text: text.to_owned(), day_first, month_first })
                }
                Err(Unfit::Invalid(invalid)) => Some(Change::Refused(self.beside_words(row, cell, invalid))),
            },
        }
    }

    /// The id of the question that a row answers.
    fn question(&self, row: usize) -> Option<&str> {
        let text = self.mapped.grid().row(row).cell(self.dimension?)?.text;
        self.names.dimension(text).ok().map(|id| id.unwrap_or(text))
    }

    /// Whose answer it is that a row gives about a service.
    fn service(&self, row: usize, text: &str) -> Option<Change> {
        let named = match self.names.owner(text, Naming::Service) {
            Ok(named) => named,
            Err(invalid) => return Some(Change::Refused(invalid)),
        };
        let service = named.as_deref().unwrap_or(text);
        let answerer = self.question(row).map(|question| self.names.answerer(service, question));
        match answerer.unwrap_or(Ok(None)) {
            Ok(answerer) => answerer.or(named).map(Change::Becomes),
            Err(invalid) => Some(Change::Refused(invalid)),
        }
    }

    /// What is wrong with a cell in a column of which the profile has words, with the nearest of them.
    fn beside_words(&self, row: usize, cell: &Cell<'_>, invalid: InvalidCell) -> InvalidCell {
        let (name, words) = (&self.mapped.header.names[cell.column], self.mapping.words());
        let question = self.question(row);
        if !words.has(question, name) {
            return invalid;
        }
        let help = match words.nearest(question, name, cell.text) {
            Some(word) => format!(
                "the profile has {} under `[values.{name}]`: add {} there if it means something else",
                quoted(word),
                quoted(cell.text)
            ),
            None => format!("add it to the profile under `[values.{name}]`; {}", invalid.help),
        };
        InvalidCell::new(invalid.message, help)
    }

    /// Facts that are declared as days and written in another form than the registry's.
    fn days(&self, row: usize, text: &str) -> Option<Change> {
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let dimension = self.names.registry().dimensions.get(self.question(row)?)?;
        let days = dimension.facts.items().iter().filter(|spec| spec.kind.is(FactType::Date));
        let days: Vec<_> = days.map(|spec| spec.key.text()).filter(|key| text.contains(key)).collect();
        if days.is_empty() {
            return None;
        }
        let (mut out, mut at) = (String::new(), 0);
        for (range, key, fact) in read_facts(text).ok()? {
            let Fact::Text(written) = fact else { continue };
            if !days.contains(&key) || text[range.clone()].ends_with('"') {
                continue;
            }
            match days::read(&written, self.order) {
                Ok(day) => {
                    out.push_str(&text[at..range.start]);
                    out.push_str(&format!("{key}={day}"));
                    at = range.end;
                }
                Err(Unread::Order { day_first, month_first }) => {
                    return Some(Change::Unordered { text: written, day_first, month_first });
                }
                // A rule says what is wrong with it.
                Err(Unread::NoDay) => {}
            }
        }
        (at > 0).then(|| Change::Becomes(out + &text[at..]))
    }

    /// Facts that hold a truth value as a spreadsheet or a program writes it, for a key of which nothing is declared.
    fn untyped(&self, row: usize, text: &str) -> Option<InvalidCell> {
        let may_hold = memchr::memchr2_iter(b'T', b'F', text.as_bytes())
            .any(|at| ["TRUE", "True", "FALSE", "False"].iter().any(|word| text[at..].starts_with(word)));
        if !may_hold {
            return None;
        }
        let dimension = self.question(row).and_then(|id| self.names.registry().dimensions.get(id));
        let is_declared = |key: &str| {
            let declared = dimension.into_iter().flat_map(|one| one.facts.items());
            declared.into_iter().any(|spec| spec.key.text() == key)
        };
        let facts = read_facts(text).ok()?;
        let (key, word) = facts.into_iter().find_map(|(at, key, fact)| match fact {
            Fact::Text(word) if !text[at].ends_with('"') && !is_declared(key) => {
                let is_truth = matches!(word.to_ascii_lowercase().as_str(), "true" | "false");
                is_truth.then_some((key, word))
            }
            _ => None,
        })?;
        let help = format!(
            "write `{key}={}` for a truth value, or `{key}=\"{word}\"` for the text",
            word.to_ascii_lowercase()
        );
        Some(InvalidCell::new(format!("{} of the fact {} is read as text", quoted(&word), quoted(key)), help))
    }
}

/// What programs write where there is nothing. Other fillers a rule knows.
fn leftover(text: &str) -> Option<InvalidCell> {
    const LEFTOVERS: [&str; 9] = ["NaN", "nan", "NAN", "-nan", "NaT", "None", "<NA>", "<nil>", "nil"];
    let is_leftover = text.len() < 6 && LEFTOVERS.contains(&text);
    is_leftover.then(|| {
        let message = format!("programs write {} for a missing value", quoted(text));
        InvalidCell::new(message, "clear the cell, or write the intended value")
    })
}
