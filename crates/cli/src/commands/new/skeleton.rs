//! The text of a new data file: what is known, and in comments what a person must still say.

use std::fmt::Write;

use diagnostics::{count, printable};
use model::{
    Confidence, ConfidenceReason, Date, DefaultState, Dimension, Document, FactSpec, FactType, FetchOutcome,
    Level, Role, Route, Status, Tier, Value, Via, Vocabulary,
};
use store::canonical;

use super::one_of;
use crate::terminal::wrapped;

/// What a cell begins with that is offered and not filled in.
const CELL_MARK: &str = "# [cells.";

/// Whether a file offers a question that it does not answer.
pub(super) fn offers_question(text: &str, dimension: &str) -> bool {
    text.lines().any(|line| line.strip_prefix(CELL_MARK) == Some(&format!("{dimension}]")))
}

/// The columns of a comment.
const WIDTH: usize = 100;

/// A file that grows.
pub(super) struct Skeleton {
    text: String,
    /// The day of the run, which shows how a day is written.
    today: Date,
    open: Vec<String>,
}

impl Skeleton {
    pub(super) fn new(document: Document, id: &str, today: Date) -> Self {
        let text = canonical::file(document, &[("id".to_owned(), Value::from(id))]);
        Self { text, today, open: Vec::new() }
    }

    /// The text, and what is left to do: "fill in `name` and 3 cells, then ".
    pub(super) fn finish(self) -> (String, String) {
        let open = match self.open.as_slice() {
            [] => String::new(),
            [only] => format!("fill in {only}, then "),
            [rest @ .., last] => format!("fill in {} and {last}, then ", rest.join(", ")),
        };
        (self.text, open)
    }

    /// A field that must be there.
    pub(super) fn required(&mut self, name: &str, value: Option<&str>, about: &str) {
        if value.is_none() {
            self.open.push(format!("`{name}`"));
        }
        self.optional(name, value.map(Value::from), about);
    }

    /// A field that may be left out. A line in a comment is TOML without the mark before it: what is to be filled in is an
    /// empty text, which no rule takes for an answer.
    pub(super) fn optional(&mut self, name: &str, value: Option<Value>, about: &str) {
        match value {
            Some(value) => self.text.push_str(&canonical::entry(name, &value)),
            None => {
                self.comment(about);
                let _ = writeln!(self.text, "# {name} = {}", if name == "domains" { "[]" } else { "\"\"" });
            }
        }
    }

    /// Cells that must be there.
    pub(super) fn cells<'a>(&mut self, about: &str, dimensions: impl Iterator<Item = &'a Dimension>) {
        let number = self.offers(about, dimensions);
        if number > 0 {
            self.open.push(count(number, "cell"));
        }
    }

    /// Says where questions are answered or offered, so that none is offered twice.
    pub(super) fn elsewhere<'a>(
        &mut self,
        about: &str,
        file: &str,
        dimensions: impl Iterator<Item = &'a Dimension>,
    ) -> usize {
        let labels: Vec<_> = dimensions.map(|dimension| dimension.label.text()).collect();
        if !labels.is_empty() {
            self.text.push('\n');
            self.comment(&format!("{about} `{file}`: {}.", labels.join(", ")));
        }
        labels.len()
    }

    /// Notes that cells are to be filled in in another file.
    pub(super) fn open_in(&mut self, number: usize, file: &str) {
        if number > 0 {
            self.open.push(format!("{} in `{file}`", count(number, "cell")));
        }
    }

    /// Cells that may be there; their number.
    pub(super) fn offers<'a>(
        &mut self,
        about: &str,
        dimensions: impl Iterator<Item = &'a Dimension>,
    ) -> usize {
        let dimensions: Vec<_> = dimensions.collect();
        if dimensions.is_empty() {
            return 0;
        }
        self.text.push('\n');
        self.comment(&format!(
            "{about} To answer one, delete the `# ` before its lines, write each value between its quotes or brackets, check \
             each value that is there already, which only shows the form, and delete the lines of what cannot be said."
        ));
        self.text.push_str("##\n");
        let of_offer = dimensions.iter().any(|dimension| has_terms(dimension));
        let terms = [one_of::<Tier>("tier"), one_of::<Route>("route"), one_of::<DefaultState>("default")];
        let lines = [
            one_of::<Status>("status"),
            one_of::<Confidence>("confidence"),
            one_of::<ConfidenceReason>("confidence_reasons, why it is not high"),
            "headline: the watch-out in a sentence, unless the status is `yes_public`.".to_owned(),
            "verified_on: the day on which you read the evidence, without quotes.".to_owned(),
            "geography: `EU`, `EEA`, `GLOBAL` or country codes of two letters.".to_owned(),
            one_of::<Role>("role"),
            one_of::<FetchOutcome>("outcome"),
            "on: the day on which you tried to read the page; for a copy, the day of the copy; without quotes.".to_owned(),
            one_of::<Via>("via, how the page was read"),
        ];
        for line in lines.into_iter().chain(terms.into_iter().filter(|_| of_offer)) {
            self.text.push_str(&wrapped(&line, WIDTH, "## - ", "##   "));
            self.text.push('\n');
        }
        dimensions.iter().for_each(|dimension| self.cell(dimension));
        dimensions.len()
    }

    fn cell(&mut self, dimension: &Dimension) {
        let id = dimension.id.text();
        self.text.push('\n');
        self.comment(&format!("{}: {}", dimension.label.text(), dimension.question.text()));
        if let Some(guidance) = dimension.guidance.known() {
            self.comment(&guidance.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        let terms = match has_terms(dimension) {
            true => "# tier = \"\"\n# route = \"\"\n# default = \"\"\n# geography = []\n",
            false => "",
        };
        let _ = write!(
            self.text,
            "{CELL_MARK}{id}]\n# status = \"\"\n# confidence = \"\"\n# confidence_reasons = []\n# headline = \"\"\n# note = \"\"\n\
             {terms}# verified_on = {}\n",
            self.today
        );
        let parts = dimension.parts.items();
        if !parts.is_empty() {
            self.text.push('\n');
            self.comment("The parts of the question, each `yes`, `no` or `unverified`.");
            let _ = writeln!(self.text, "{CELL_MARK}{id}.parts]");
            for part in parts {
                let _ = writeln!(self.text, "# {part} = \"\"");
            }
        }
        let facts = dimension.facts.items();
        if !facts.is_empty() {
            let _ = writeln!(self.text, "\n{CELL_MARK}{id}.facts]");
            for fact in facts {
                let kind = fact.kind.get().map_or("", |kind| kind.label()).to_lowercase();
                self.comment(&format!("{} ({kind})", fact.meaning.text().trim_end_matches('.')));
                let _ = writeln!(self.text, "# {} = {}", fact.key.text(), self.example(fact));
            }
        }
        let _ = write!(
            self.text,
            "\n# [[cells.{id}.evidence]]\n# url = \"\"\n# title = \"\"\n# role = \"\"\n# quote = \"\"\n\
             # fetch = {{ outcome = \"\", on = {}, via = \"direct\" }}\n",
            self.today
        );
    }

    /// A value of a fact's type, in its form. A number is one that no page states, so that the rules report it where it
    /// stays; a comment that stays behind `true` shows that it was not chosen.
    fn example(&self, fact: &FactSpec) -> String {
        let least = fact.minimum.get().map_or(0, |minimum| minimum.min(0));
        match fact.kind.get() {
            Some(FactType::Bool) => "true # or false".to_owned(),
            Some(FactType::Integer) => least.saturating_sub(1).to_string(),
            Some(FactType::Decimal) => format!("{}.5", least.saturating_sub(1)),
            Some(FactType::Date) => self.today.to_string(),
            Some(FactType::List) => "[]".to_owned(),
            Some(FactType::Text) | None => "\"\"".to_owned(),
        }
    }

    /// A comment, which stays one when a mark before it is deleted; the text may come from data files.
    fn comment(&mut self, text: &str) {
        self.text.push_str(&wrapped(&printable(text), WIDTH, "## ", "## "));
        self.text.push('\n');
    }
}

/// Whether an answer can say who may have it and how: one about the developer cannot.
fn has_terms(dimension: &Dimension) -> bool {
    dimension.level.get() != Some(Level::Developer)
}
