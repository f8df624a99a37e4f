//! A draft of a profile for tables whose headers and words are not ours. What is sure, or named by a question's own
//! words, is written; all else is a comment, for a person to decide. So the draft takes nothing that was not meant.

use std::collections::BTreeSet;

use diagnostics::printable;
use model::tabular::{evidence_column, evidence_of_column};
use model::{DateOrder, Dimensions, Registry, Value, Vocabulary, folded_name};
use store::canonical;

use crate::Input;
use crate::map::days::{self, Looks, Unread};
use crate::map::forms::Form;
use crate::map::guess;
use crate::map::header::{Kind, column, is_known, name_of};
use crate::map::header::{OWNERS, SERVICE};
use crate::map::name_index::NameIndex;
use crate::map::seek::seek;
use crate::map::target::Target;
use crate::options::Reading;
use crate::read::file::grids;
use crate::read::grid::Grid;

/// The most words of a column that are listed: a column of more holds no vocabulary.
const LISTED: usize = 200;

/// Drafts a profile for tables; nothing where all their headers are known.
pub fn draft(inputs: &[Input], registry: &Registry, reading: &Reading) -> Option<String> {
    let names = NameIndex::new(registry);
    let mut draft = Draft::new(&names);
    for input in inputs {
        for (sheet, grid) in grids(input, reading) {
            draft.table(&input.name, sheet.as_deref(), &grid, reading);
        }
    }
    (!draft.is_ours && !draft.columns.is_empty()).then(|| draft.text())
}

struct Draft<'a> {
    names: &'a NameIndex<'a>,
    /// Where the tables are.
    places: Vec<String>,
    /// The headers, and what each may mean.
    columns: Vec<Drafted>,
    /// The words of each column that holds some, in their order.
    words: Vec<(String, Vec<String>)>,
    days: Looks,
    /// Whether every header is known.
    is_ours: bool,
}

/// A header, and what it may mean.
struct Drafted {
    header: String,
    target: Option<Target>,
    /// Whether a person must confirm it.
    is_guess: bool,
}

impl<'a> Draft<'a> {
    fn new(names: &'a NameIndex<'a>) -> Self {
        let (places, columns, words) = (Vec::new(), Vec::new(), Vec::new());
        Self { names, places, columns, words, days: Looks::default(), is_ours: true }
    }

    fn table(&mut self, file: &str, sheet: Option<&str>, grid: &Grid, reading: &Reading) {
        let known = seek(grid, &reading.mapping).filter(|(_, known)| *known > 1);
        let Some((header, _)) = known.or_else(|| guess::likeliest(grid)) else { return };
        let row = grid.row(header);
        let sheet = sheet.map(|sheet| format!(", sheet {sheet}")).unwrap_or_default();
        self.places.push(format!("{file}{sheet}, headers in row {}", row.number()));
        let dimensions = &self.names.registry().dimensions;
        let of_question = |text: &str| guess::of_question(text, dimensions);
        let is_wide = row.cells().any(|cell| of_question(cell.text).is_some_and(|(_, rest)| rest.is_empty()));
        // In a table of one column a question, the columns beside such a column may belong to it.
        let mut beside = None;
        for cell in row.cells() {
            let header_text = cell.text;
            if header_text.starts_with('#') || self.columns.iter().any(|known| known.header == header_text) {
                continue;
            }
            let name = name_of(header_text);
            let mapped = || reading.mapping.knows(header_text).then(|| reading.mapping.targets(header_text));
            let mapped = mapped().and_then(|targets| targets.into_iter().next());
            self.is_ours &= mapped.is_some() || is_known(&name);
            let own = || column(Kind::Cells, &name).map(|_| Target::of(&name));
            let sure = mapped.or_else(own).map(|target| (target, false));
            let (target, is_guess) =
                match sure.or_else(|| guessed(header_text, dimensions, is_wide, &mut beside)) {
                    Some((target, is_guess)) => self.free(target, is_guess),
                    None => (None, false),
                };
            if let Some(target) = target.as_ref().filter(|_| !is_guess) {
                let texts = grid.rows(header + 1..grid.len()).map(|row| row.text(cell.column));
                self.texts(&target.column, texts.filter(|text| !text.is_empty()));
            }
            self.columns.push(Drafted { header: header_text.to_owned(), target, is_guess });
        }
    }

    /// A column that no other header fills: a further source, where another has the first. Any other column of a
    /// question that is filled already is for a person to decide.
    fn free(&self, target: Target, is_guess: bool) -> (Option<Target>, bool) {
        let taken = |target: &Target| self.columns.iter().any(|known| known.target.as_ref() == Some(target));
        if !taken(&target) {
            return (Some(target), is_guess);
        }
        match evidence_of_column(&target.column) {
            Some((first, field)) => {
                let nth = |n| Target { column: evidence_column(n, field), ..target.clone() };
                let next = (first + 1..).map(nth).find(|target| !taken(target));
                (next, is_guess || target.question.is_none())
            }
            None if target.question.is_some() => (Some(target), true),
            None => (None, false),
        }
    }

    /// Takes in what a column says.
    fn texts<'t>(&mut self, name: &str, texts: impl Iterator<Item = &'t str>) {
        match column(Kind::Cells, name).map(|column| Form::of(&column, name)) {
            Some(Form::Day) => {
                for text in texts {
                    if let Err(Unread::Order { day_first, month_first }) = days::read(text, None) {
                        self.days.add(text, day_first, month_first);
                    }
                }
            }
            Some(Form::Word(_) | Form::Owner(_) | Form::Dimension) => {
                let at = self.words.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
                    self.words.push((name.to_owned(), Vec::new()));
                    self.words.len() - 1
                });
                let words = &mut self.words[at].1;
                let mut known: BTreeSet<String> = words.iter().map(|word| folded_name(word)).collect();
                for text in texts {
                    if words.len() < LISTED && known.insert(folded_name(text)) {
                        words.push(text.to_owned());
                    }
                }
            }
            _ => {}
        }
    }

    fn text(&self) -> String {
        let mut text = String::from(
            "# A draft of a profile. Lines that begin with # are for you to decide: write what is\n",
        );
        text.push_str(
            "# missing, and take the # away. The page docs/importing.md of the toolkit explains each part.\n# It was drafted from\n",
        );
        for place in &self.places {
            text.push_str(&format!("#   {}\n", printable(place)));
        }
        let is_day = |target: &Target| target.column == "verified_on";
        let is_open = |one: &&Drafted| one.is_guess || one.target.as_ref().is_none_or(is_day);
        let unknown: Vec<&str> = self.columns.iter().filter(is_open).map(|one| one.header.as_str()).collect();
        if !unknown.is_empty() {
            text.push_str("\n# Columns that are not read:\n");
            text.push_str(&format!("# skip = {}\n", canonical::inline(&Value::texts(unknown))));
        }
        text.push_str(&self.dates());
        text.push_str("\n[columns]\n");
        for Drafted { header, target, is_guess } in &self.columns {
            let header = canonical::key(header);
            let line = match target {
                Some(target) if is_day(target) => {
                    let both = ["verified_on", "fetched_on"];
                    let both = both.map(|column| Target { column: column.to_owned(), ..target.clone() });
                    let both = canonical::inline(&Value::texts(both));
                    format!("# {header} = {both}  # only days on which you read the sources\n")
                }
                Some(target) if *is_guess => {
                    format!("# {header} = {}  # check\n", quoted(&target.to_string()))
                }
                Some(target) => format!("{header} = {}\n", quoted(&target.to_string())),
                None => format!("# {header} = \"\"\n"),
            };
            text.push_str(&line);
        }
        for (name, words) in &self.words {
            text.push_str(&format!("\n[values.{name}]\n"));
            for word in words {
                text.push_str(&(self.word(name, word) + "\n"));
            }
        }
        text.push_str("\n# Rows that are not read. \"*\" is every word that has no entry above, \"\" a blank cell.\n[pass_over]\n");
        for (name, _) in self.words.iter().filter(|(name, _)| name == "dimension" || name == "status") {
            let example = if name == "dimension" { r#"["*"]"# } else { r#"["", "N/A"]"# };
            text.push_str(&format!("# {name} = {example}\n"));
        }
        text.push_str("\n# What every row says that answers something.\n[constants]\n# source_title = \"\"\n# confidence = \"medium\"\n# confidence_reasons = \"\"\n");
        text
    }

    fn dates(&self) -> String {
        let orders = self.days.orders();
        match orders.as_slice() {
            [] => String::new(),
            [order] => format!("\ndates = \"{order}\"\n"),
            _ => {
                let example = printable(self.days.example()).into_owned();
                let or = DateOrder::Mdy.id();
                format!(
                    "\n# Which number of {example} is the month?\n# dates = \"{}\"  # or \"{or}\"\n",
                    DateOrder::Dmy
                )
            }
        }
    }

    /// The line of a word: what it means, or what it may mean.
    fn word(&self, name: &str, word: &str) -> String {
        let key = canonical::key(word);
        let form = column(Kind::Cells, name).map(|column| Form::of(&column, name));
        let is_dimension = matches!(form, Some(Form::Dimension));
        let is_there = |id: &str| !is_dimension || self.names.registry().dimensions.get(id).is_some();
        match form.map(|form| form.read(word, self.names, None)) {
            Some(Ok(Some(id))) => return format!("{key} = {}", quoted(&id)),
            Some(Ok(None)) if is_there(word) => return format!("{key} = {}", quoted(word)),
            _ => {}
        }
        if is_dimension {
            return match self.names.asked_in(word) {
                Some(id) => format!("{key} = {}  # check", quoted(id)),
                None => format!("# {key} = \"\""),
            };
        }
        if OWNERS.contains(&name) {
            let form = if name == SERVICE {
                "the id of an offering"
            } else {
                "offering:ID, platform:ID or organization:ID"
            };
            return format!("# {key} = \"\"  # {form}");
        }
        match name {
            "status" => format!("# {key} = {}", status(word)),
            _ => format!("# {key} = \"\""),
        }
    }
}

/// What a header may mean, and whether that is a guess: what names a question and a column in its own words is none.
fn guessed(
    header: &str,
    dimensions: &Dimensions,
    is_wide: bool,
    beside: &mut Option<String>,
) -> Option<(Target, bool)> {
    if let Some((question, rest)) = guess::of_question(header, dimensions) {
        let (column, is_sure) = guess::of_answer(&rest)?;
        *beside = Some(question.clone());
        let target = Target { question: Some(question), column: column.to_owned() };
        return Some((target, !is_sure || !is_wide));
    }
    let target = guess::meant(header, dimensions)?;
    if !is_wide || OWNERS.contains(&target.column.as_str()) {
        return Some((target, false));
    }
    Some((Target { question: beside.clone(), ..target }, true)).filter(|(target, _)| target.is_known())
}

fn quoted(text: &str) -> String {
    canonical::inline(&Value::from(text))
}

/// What a word may say of a status.
fn status(word: &str) -> &'static str {
    let word = word.to_lowercase();
    let holds = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    let is_no = word == "n" || word.starts_with("no");
    if !is_no && holds(&["nda", "agreement", "portal"]) {
        return r#"{ status = "yes_sales_gated", route = "trust_center_nda", headline = "" }"#;
    }
    if !is_no && holds(&["request", "contact", "sales"]) {
        return r#"{ status = "yes_sales_gated", route = "request_form", headline = "" }"#;
    }
    if holds(&["n/a", "not applicable"]) {
        return r#"""  # or list it under [pass_over]"#;
    }
    if holds(&["partial", "some", "in part"]) {
        return r#"{ status = "partial", headline = "" }"#;
    }
    if word.starts_with('y') {
        return r#""yes_public"  # or yes_sales_gated, with a route"#;
    }
    if is_no {
        return r#"{ status = "no", headline = "" }"#;
    }
    r#""""#
}
