//! The rows that a profile makes of those of a table: each word as its meaning, one row for each question
//! that a row answers, and what every row says. Each cell remembers where it comes from.

use std::collections::{BTreeMap, HashMap};

use diagnostics::{Finding, TableCell, count, quoted};
use model::tabular::{EvidenceField, evidence_column, evidence_of_column};

use crate::fault::{fault, notice, warning};
use crate::findings::Findings;
use crate::map::forms::Form;
use crate::map::header::OWNERS;
use crate::map::layout::Layout;
use crate::map::mapping::{Mapping, PassOver};
use crate::map::name_index::NameIndex;
use crate::map::words::folded;
use crate::read::grid::{Cell, CellKind, Grid, Kept, Row};
use crate::read::room::Room;
use crate::read::table::Table;
use crate::rules::{PASSED_OVER, UNREADABLE};

/// A cell that is not in the table.
const NOWHERE: u16 = u16::MAX;

/// Rows made of those of a table.
#[derive(Debug, Default)]
pub(crate) struct Made {
    pub(crate) grid: Grid,
    /// The column of the table from which each cell comes.
    sources: Vec<u16>,
    /// The row of the table from which each row comes, and the question that it answers.
    rows: Vec<(u32, Option<u16>)>,
}

impl Made {
    /// The index of the row of the table from which a row comes.
    pub(crate) fn row(&self, row: Row<'_>) -> usize {
        self.rows[row.index()].0 as usize
    }

    /// The question that a row answers, where the table has columns of single ones.
    pub(crate) fn question(&self, row: Row<'_>) -> Option<usize> {
        self.rows[row.index()].1.map(usize::from)
    }

    /// Returns whether every row says what a row has in a column.
    pub(crate) fn is_constant(&self, row: Row<'_>, column: usize) -> bool {
        row.index_of(column).is_some_and(|cell| self.source(cell).is_none())
    }

    /// The column of the table from which a cell comes; nothing for what every row says.
    pub(crate) fn source(&self, cell: usize) -> Option<usize> {
        Some(self.sources[cell]).filter(|source| *source != NOWHERE).map(usize::from)
    }
}

/// Makes the rows; nothing where there are too many.
pub(crate) fn make(
    table: &Table,
    layout: &Layout,
    mapping: &Mapping,
    names: &NameIndex<'_>,
    room: &mut Room,
    findings: &mut Findings,
) -> Option<Made> {
    let grid = Grid::default().within(*room);
    let builder = Builder {
        layout,
        mapping,
        names,
        made: Made { grid, ..Made::default() },
        urls: layout.names.iter().map(|name| url_of(name, layout, mapping)).collect(),
        said: HashMap::new(),
        texts: HashMap::new(),
        passed: BTreeMap::new(),
    };
    let made = builder.all(table, findings)?;
    *room = made.grid.left();
    Some(made)
}

/// What a made row says in a column.
#[derive(Clone, Copy)]
struct Slot<'m> {
    text: &'m str,
    /// The cell of the table that says it; none for what every row says.
    cell: Option<Cell<'m>>,
    /// Whether the text is that of the cell, and not the meaning of a word.
    is_own: bool,
    /// Whether its column fills others too.
    is_shared: bool,
}

type Slots<'m> = Vec<Option<Slot<'m>>>;

/// Where a row has the address of the source that a column describes.
#[derive(Clone, Copy)]
enum Url {
    /// The column describes no source, or the address is in every row.
    Always,
    /// In this column.
    Column(usize),
    /// Nowhere.
    Never,
}

fn url_of(name: &str, layout: &Layout, mapping: &Mapping) -> Url {
    match evidence_of_column(name) {
        None | Some((_, EvidenceField::Url)) => Url::Always,
        Some((n, _)) => {
            let url = evidence_column(n, EvidenceField::Url);
            match layout.named(&url) {
                _ if mapping.constant(&url).is_some() => Url::Always,
                Some(at) => Url::Column(at),
                None => Url::Never,
            }
        }
    }
}

struct Builder<'m> {
    layout: &'m Layout,
    /// Of each column, where a row has the address of its source.
    urls: Vec<Url>,
    mapping: &'m Mapping,
    names: &'m NameIndex<'m>,
    made: Made,
    /// Texts of the mapping that the grid holds, by where they are.
    said: HashMap<(usize, usize), Kept>,
    /// Those of the row at hand.
    texts: HashMap<(usize, usize), Kept>,
    /// How many rows are passed over for what they say in a column, by whether it is any word without a meaning; and
    /// the first of them.
    passed: BTreeMap<(&'m str, bool), (usize, TableCell)>,
}

impl<'m> Builder<'m> {
    fn all(mut self, table: &'m Table, findings: &mut Findings) -> Option<Made> {
        for row in table.rows().filter(|row| !row.is_blank()) {
            self.row(table, row);
            if let Some(what) = self.made.grid.excess() {
                let message = format!("with this profile the import has {what}");
                findings.push(fault(UNREADABLE, table.row(row), message, "split the table"));
                return None;
            }
        }
        for ((column, is_other), (rows, first)) in std::mem::take(&mut self.passed) {
            let are = if rows == 1 { "is" } else { "are" };
            let message = format!("{} {are} skipped because of {}", count(rows, "row"), quoted(column));
            // What the profile does not name may be new.
            let (help, told): (_, fn(Finding) -> Finding) = match is_other {
                true => ("the profile has no entry for these words: check that none of them is new", warning),
                false => ("the profile lists these words under `pass_over`", notice),
            };
            findings.push(told(fault(PASSED_OVER, first, message, help)));
        }
        Some(self.made)
    }

    fn row(&mut self, table: &'m Table, row: Row<'m>) {
        self.texts.clear();
        if self.layout.questions.is_empty() {
            let slots = self.slots(row, None);
            return self.answer(table, row, None, slots);
        }
        for nth in 0..self.layout.questions.len() {
            let is_own = |cell: &Cell<'_>| {
                self.layout
                    .fills
                    .get(cell.column)
                    .is_some_and(|all| all.iter().any(|fill| fill.question == Some(nth)))
            };
            let Some(first) = row.cells().find(is_own) else { continue };
            let mut slots = self.slots(row, Some(nth));
            let text = self.layout.questions[nth].as_str();
            if let Some(at) = self.layout.named("dimension") {
                slots[at] = Some(Slot { text, cell: Some(first), is_own: false, is_shared: false });
            }
            self.answer(table, row, Some(nth), slots);
        }
    }

    /// What the table says in the columns that it fills.
    fn slots(&self, row: Row<'m>, question: Option<usize>) -> Slots<'m> {
        let mut slots = vec![None; self.layout.columns.len()];
        for cell in row.cells() {
            let Some(fills) = self.layout.fills.get(cell.column) else { continue };
            for fill in fills.iter().filter(|fill| fill.question.is_none() || fill.question == question) {
                let is_shared = fills.len() > 1;
                slots[fill.column] =
                    Some(Slot { text: cell.text, cell: Some(cell), is_own: true, is_shared });
            }
        }
        slots
    }

    fn answer(&mut self, table: &Table, row: Row<'m>, question: Option<usize>, mut slots: Slots<'m>) {
        let id = self.question(&slots);
        if let Some((column, is_other)) = self.passed_over(&slots, id) {
            let at = self.layout.named(column).and_then(|at| self.layout.source(at, question));
            let place = || at.map_or_else(|| table.row(row), |at| table.cell(row, at));
            self.passed.entry((column, is_other)).or_insert_with(|| (0, place())).0 += 1;
            return;
        }
        let added = self.translate(&mut slots, id);
        self.drop_unsourced(&mut slots);
        let names = &self.layout.names;
        let is_key = |at: usize| OWNERS.contains(&names[at].as_str()) || names[at] == "dimension";
        let states = !added.is_empty() || (0..slots.len()).any(|at| !is_key(at) && slots[at].is_some());
        for (at, slot) in added {
            if slots[at].is_none() && self.is_sourced(&slots, at) {
                slots[at] = Some(slot);
            }
        }
        for at in self.layout.own..slots.len() {
            let Some(text) = self.mapping.constant(&names[at]).filter(|_| states || is_key(at)) else {
                continue;
            };
            if slots[at].is_none() && self.is_sourced(&slots, at) {
                slots[at] = Some(Slot { text, cell: None, is_own: false, is_shared: false });
            }
        }
        self.push(row, question, &slots);
    }

    /// The id of the question that a row answers.
    fn question(&self, slots: &Slots<'m>) -> Option<&'m str> {
        let at = self.layout.named("dimension")?;
        let text = slots[at].map(|slot| slot.text).or_else(|| self.mapping.constant("dimension"))?;
        let names: &'m NameIndex<'m> = self.names;
        let word = self.mapping.words().get(None, "dimension", text);
        let text = word.and_then(|word| word.values.first()).map_or(text, |(_, value)| value.trim());
        names.dimension(text).ok().map(|id| id.unwrap_or(text))
    }

    /// The column for whose word a row is passed over, and whether that is any word that has no meaning.
    fn passed_over(&self, slots: &Slots<'m>, id: Option<&str>) -> Option<(&'m str, bool)> {
        let passed = |(name, pass_over): (&'m String, &PassOver)| {
            let at = self.layout.named(name)?;
            let (is_listed, is_other) = match &slots[at] {
                None => (pass_over.blank, false),
                Some(slot) => {
                    let is_listed = pass_over.words.contains(&folded(slot.text));
                    (is_listed, pass_over.others && !self.has_meaning(at, slot.text, id))
                }
            };
            (is_listed || is_other).then_some((name.as_str(), !is_listed))
        };
        self.mapping.pass_over().iter().find_map(passed)
    }

    /// Returns whether a text of a column has a meaning for the profile or the registry.
    fn has_meaning(&self, at: usize, text: &str, id: Option<&str>) -> bool {
        let name = &self.layout.names[at];
        if self.mapping.words().get(id, name, text).is_some() {
            return true;
        }
        let form = Form::of(&self.layout.columns[at], name);
        match self.names.without_guesses(|| form.read(text, self.names, self.mapping.dates())) {
            // What could be an id of a question need not be one.
            Ok(None) if matches!(form, Form::Dimension) => {
                self.names.registry().dimensions.get(text).is_some()
            }
            read => read.is_ok(),
        }
    }

    /// Replaces words by their meanings. Returns what they say in other columns.
    fn translate(&self, slots: &mut Slots<'m>, id: Option<&str>) -> Vec<(usize, Slot<'m>)> {
        let mut added = Vec::new();
        for (at, name) in self.layout.names.iter().enumerate() {
            let Some(slot) = slots[at] else { continue };
            let Some(word) = self.mapping.words().get(id, name, slot.text) else { continue };
            slots[at] = None;
            for (column, value) in &word.values {
                let value = Slot { text: value.trim(), is_own: false, is_shared: false, ..slot };
                match self.layout.named(column) {
                    _ if value.text.is_empty() => {}
                    Some(to) if to == at => slots[at] = Some(value),
                    Some(to) => added.push((to, value)),
                    None => {}
                }
            }
        }
        added
    }

    /// Takes out what a column that fills several says of a source without an address.
    fn drop_unsourced(&self, slots: &mut Slots<'m>) {
        for at in 0..slots.len() {
            let is_shared = slots[at].is_some_and(|slot| slot.is_shared);
            if is_shared && !self.is_sourced(slots, at) {
                slots[at] = None;
            }
        }
    }

    /// Returns whether a row has the address of the source that a column describes; true for other columns.
    fn is_sourced(&self, slots: &Slots<'m>, at: usize) -> bool {
        match self.urls[at] {
            Url::Always => true,
            Url::Column(url) => slots[url].is_some(),
            Url::Never => false,
        }
    }

    fn push(&mut self, row: Row<'m>, question: Option<usize>, slots: &Slots<'m>) {
        let made = &mut self.made;
        made.grid.begin_row(row.number() as u32);
        made.rows.push((row.index() as u32, question.map(|at| at as u16)));
        for (column, slot) in slots.iter().enumerate() {
            let Some(slot) = slot else { continue };
            let key = (slot.text.as_ptr() as usize, slot.text.len());
            let own = slot.cell.filter(|_| slot.is_own);
            let texts = if own.is_some() { &mut self.texts } else { &mut self.said };
            let text = *texts.entry(key).or_insert_with(|| made.grid.keep(slot.text));
            made.grid.push_kept(column as u16, own.map_or(CellKind::Text, |cell| cell.kind), text);
            if made.grid.cells() == made.sources.len() {
                continue;
            }
            made.sources.push(slot.cell.map_or(NOWHERE, |cell| cell.column as u16));
            if own.is_some_and(|cell| cell.is_formula) {
                made.grid.mark_formula();
            }
            if let Some(detail) = own.and_then(|own| row.detail_of(own.column)) {
                made.grid.detail(made.grid.cells() - 1, detail);
            }
        }
    }
}
