//! The text of a new data file: what is known, and in comments what a person must still say.

use std::fmt::Write;

use diagnostics::{count, printable};
use model::{
    Confidence, DefaultState, Dimension, Document, FetchOutcome, Level, Role, Route, Status, Tier, Value,
};
use store::canonical;

use super::one_of;
use crate::terminal::wrapped;

/// The columns of a comment.
const WIDTH: usize = 100;

/// A file that grows.
pub(super) struct Skeleton {
    text: String,
    open: Vec<String>,
}

impl Skeleton {
    pub(super) fn new(document: Document, id: &str) -> Self {
        let text = canonical::file(document, &[("id".to_owned(), Value::from(id))]);
        Self { text, open: Vec::new() }
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

    /// A field that may be left out.
    pub(super) fn optional(&mut self, name: &str, value: Option<Value>, about: &str) {
        match value {
            Some(value) => self.text.push_str(&canonical::entry(name, &value)),
            None => {
                self.comment(about);
                let _ = writeln!(self.text, "# {name} =");
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
            "{about} To answer one, fill in its lines, take the marks before them away and leave out what cannot be \
             said. How each question is graded stands in `dimensions.toml` under `guidance`."
        ));
        self.text.push_str("#\n");
        let of_offer = dimensions.iter().any(|dimension| has_terms(dimension));
        let terms = [one_of::<Tier>("tier"), one_of::<Route>("route"), one_of::<DefaultState>("default")];
        let lines = [
            one_of::<Status>("status"),
            one_of::<Confidence>("confidence"),
            "confidence_reasons: why it is not high.".to_owned(),
            "headline: the watch-out in a sentence, unless the status is `yes_public`.".to_owned(),
            "verified_on: the day on which you read the evidence, YYYY-MM-DD.".to_owned(),
            one_of::<Role>("role"),
            one_of::<FetchOutcome>("outcome"),
        ];
        for line in lines.into_iter().chain(terms.into_iter().filter(|_| of_offer)) {
            self.text.push_str(&wrapped(&line, WIDTH, "# - ", "#   "));
            self.text.push('\n');
        }
        dimensions.iter().for_each(|dimension| self.cell(dimension));
        dimensions.len()
    }

    fn cell(&mut self, dimension: &Dimension) {
        let id = dimension.id.text();
        self.text.push('\n');
        self.comment(&format!("{}: {}", dimension.label.text(), dimension.question.text()));
        let terms = if has_terms(dimension) { "# tier =\n# route =\n# default =\n" } else { "" };
        let _ = write!(
            self.text,
            "# [cells.{id}]\n# status =\n# confidence =\n# headline =\n# note =\n{terms}# verified_on =\n#\n\
             # [[cells.{id}.evidence]]\n# url =\n# title =\n# role =\n# fetch = {{ outcome = , on = }}\n"
        );
    }

    /// A comment; the text may come from data files.
    fn comment(&mut self, text: &str) {
        self.text.push_str(&wrapped(&printable(text), WIDTH, "# ", "# "));
        self.text.push('\n');
    }
}

/// Whether an answer can say who may have it and how: one about the developer cannot.
fn has_terms(dimension: &Dimension) -> bool {
    dimension.level.get() != Some(Level::Developer)
}
