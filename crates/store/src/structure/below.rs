//! Keys that are below a header to which they do not belong: a block was put in the middle of others.

use diagnostics::{Finding, Place, one_of};
use model::{DimensionId, Document, Step};

use super::{Judge, UNKNOWN_KEY};

/// A table of the document, by its steps, and a key that it has elsewhere.
type Moved = (Vec<Step>, String);

impl Judge<'_> {
    /// The finding about the unknown keys of a table that belong to what comes before its header, with where they
    /// belong, and the other unknown keys.
    pub(super) fn strays<'k>(
        &self,
        path: &[Step],
        unexpected: &'k [String],
    ) -> (Option<(Finding, Vec<Moved>)>, Vec<&'k String>) {
        let all = || unexpected.iter().collect();
        let Some(Step::Key(block)) = path.first() else { return (None, all()) };
        let is_cell = block == "cells" && path.len() == 2;
        // A misspelt key of the block itself is that.
        let is_own = |key: &String| self.meant_by(path, key).is_some_and(|guess| guess.is_sure);
        let of = |keys: Vec<&str>| {
            unexpected.iter().filter(|key| keys.contains(&key.as_str()) && !is_own(key)).collect::<Vec<_>>()
        };
        let root = of(self.schema.keys([]));
        let has_cells = self.schema.keys([]).contains(&"cells");
        let cell_keys = self.schema.keys([Some("cells"), Some("_")]);
        let of_cell =
            if has_cells && block != "cells" && root.is_empty() { of(cell_keys) } else { Vec::new() };
        let (strays, whose) = match (root.is_empty(), of_cell.is_empty()) {
            (false, _) => (root, self.whose()),
            (true, false) => (of_cell, "a cell"),
            (true, true) => return (None, all()),
        };
        let header = header(path);
        let names = one_of(strays.iter().map(|key| key.as_str())).replace(" or ", " and ");
        let (belong, them) = if strays.len() == 1 { ("belongs", "it") } else { ("belong", "them") };
        let message =
            format!("{names} {belong} to {whose}, and {} below `{header}`", is_or_are(strays.len()));
        let is_allowance = is_cell && strays.iter().all(|key| *key == "allow");
        let help = match is_allowance {
            true => format!(
                "an allowance is above the cells: write `[[allow]]`, with `dimension = \"{}\"` in it",
                dimension(path).unwrap_or_default()
            ),
            false => format!(
                "what follows a header belongs to it, up to the next header: move {them} above `{header}`, or that block to the end of what it is in"
            ),
        };
        let finding = self.finding(UNKNOWN_KEY, Place::from(self.subject(path)), message).with_help(help);
        let moved =
            strays.iter().flat_map(|key| self.tables(whose).map(|table| (table, (*key).clone()))).collect();
        let rest = unexpected.iter().filter(|key| !strays.contains(key)).collect();
        (Some((finding, moved)), rest)
    }

    fn whose(&self) -> &'static str {
        match self.schema.document() {
            Document::Offering => "the offering",
            Document::Platform => "the platform",
            Document::Organization => "the organization",
            _ => "the file",
        }
    }

    /// The tables that may lack what is elsewhere.
    fn tables(&self, whose: &str) -> impl Iterator<Item = Vec<Step>> {
        let cells = self.json["cells"].as_object().filter(|_| whose == "a cell");
        let cells = cells.into_iter().flat_map(|cells| cells.keys());
        let of_cell = |id: &String| vec![Step::Key("cells".to_owned()), Step::Key(id.clone())];
        std::iter::once(Vec::new()).chain(cells.map(of_cell).collect::<Vec<_>>())
    }
}

fn is_or_are(number: usize) -> &'static str {
    if number == 1 { "is" } else { "are" }
}

fn dimension(path: &[Step]) -> Option<&str> {
    match path {
        [_, Step::Key(id), ..] if id.parse::<DimensionId>().is_ok() => Some(id),
        _ => None,
    }
}

/// The header of a table as it is written.
fn header(path: &[Step]) -> String {
    let keys: Vec<_> = path
        .iter()
        .filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        })
        .collect();
    let name = keys.join(".");
    if matches!(path.last(), Some(Step::Index(_))) { format!("[[{name}]]") } else { format!("[{name}]") }
}
