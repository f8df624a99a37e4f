//! What the columns of a third party's table fill, and what its words mean.

mod check;
mod command;
mod profile;

use std::collections::{BTreeMap, BTreeSet};

use diagnostics::{Finding, Place, Severity, closest, one_of, quoted};
use model::{DateOrder, Entity, FieldPath, Optional, Profile, Required, Step, Subject, Targets};

use crate::findings::Findings;
use crate::map::header::{bare, name_of};
use crate::map::target::Target;
use crate::map::words::{Words, known};
use crate::rules::WRONG_MAPPING;
pub use command::{COMMAND_LINE, InvalidMap, Map};

/// What the columns of a third party's table fill, and what its words mean.
#[derive(Debug, Clone, Default)]
pub struct Mapping {
    profile: Profile,
    /// The path to show of the file of the profile.
    path: String,
    /// The columns that the command line maps, in the place of the profile's.
    maps: Vec<Map>,
    /// By folded header.
    columns: BTreeMap<String, Vec<Target>>,
    skipped: BTreeSet<String>,
    /// Columns that a table may lack.
    optional: BTreeSet<String>,
    words: Words,
    pass_over: BTreeMap<String, PassOver>,
    constants: Vec<(String, String)>,
}

/// What a row says in a column that is not read.
#[derive(Debug, Clone, Default)]
pub(crate) struct PassOver {
    /// Words, folded.
    pub(crate) words: BTreeSet<String>,
    /// Whether it is nothing.
    pub(crate) blank: bool,
    /// Whether it is any word without a meaning.
    pub(crate) others: bool,
}

impl Mapping {
    /// What a header names: what a mapping says, else the column with the same name; the column `#`, which is not read,
    /// where it is skipped.
    pub(crate) fn targets(&self, header: &str) -> Vec<Target> {
        let (name, bare) = (name_of(header), name_of(bare(header)));
        if self.skipped.contains(&name) || self.skipped.contains(&bare) {
            return vec![Target::of("#")];
        }
        let mapped = self.columns.get(&name).or_else(|| self.columns.get(&bare));
        mapped.cloned().unwrap_or_else(|| vec![Target::of(&bare)])
    }

    /// Returns whether a header is spoken of.
    pub(crate) fn knows(&self, header: &str) -> bool {
        let is_known = |name: &String| self.skipped.contains(name) || self.columns.contains_key(name);
        is_known(&name_of(header)) || is_known(&name_of(bare(header)))
    }

    /// Returns whether a mapping says no more than which column fills which.
    pub(crate) fn is_plain(&self) -> bool {
        self.words.is_empty() && self.constants.is_empty() && self.pass_over.is_empty()
    }

    /// The meanings of the words of a table.
    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    /// What every row says in a column.
    pub(crate) fn constant(&self, column: &str) -> Option<&str> {
        self.constants.iter().find(|(known, _)| known == column).map(|(_, text)| text.as_str())
    }

    /// What rows that are not read say, by column.
    pub(crate) fn pass_over(&self) -> &BTreeMap<String, PassOver> {
        &self.pass_over
    }

    /// The columns that words and constants fill beside those of the table.
    pub(crate) fn added(&self) -> impl Iterator<Item = &str> {
        self.words.columns().chain(self.constants.iter().map(|(column, _)| column.as_str()))
    }

    /// How the table writes days.
    pub(crate) fn dates(&self) -> Option<DateOrder> {
        self.profile.dates.known().copied()
    }

    /// Reports the columns that are mapped and that no table has. These are the headers of all.
    pub(crate) fn unused(&self, headers: &BTreeSet<String>, findings: &mut Findings) {
        let names: BTreeSet<String> =
            headers.iter().flat_map(|one| [name_of(one), name_of(bare(one))]).collect();
        let is_missing = |header: &str| !names.contains(&name_of(header));
        let lacking = |header: &str, place| {
            let message = format!("no table has the column {}", quoted(header));
            let found = || headers.iter().map(String::as_str).filter(|header| !header.is_empty());
            let help = match closest(header, found()) {
                Some(meant) => format!("did you mean {}?", quoted(meant)),
                None => format!("the tables have {}", one_of(found())),
            };
            told(place, message, &help)
        };
        let overridden = |header: &str| self.maps.iter().any(|map| name_of(&map.header) == name_of(header));
        for (header, _) in self.profile.columns.known().into_iter().flat_map(known) {
            let is_optional = self.optional.contains(&name_of(header));
            if is_missing(header) && !is_optional && !overridden(header) {
                let finding = lacking(header, Place::key(self.at(&["columns", header])));
                let help = finding.help.clone().unwrap_or_default();
                let end = if help.ends_with('?') { "" } else { "." };
                let help = format!("{help}{end} A column that may be missing belongs in `optional`");
                findings.push(finding.with_help(help));
            }
        }
        for Map { header, column } in self.maps.iter().filter(|map| is_missing(&map.header)) {
            let place = Subject::entity(Entity::File(COMMAND_LINE.to_owned())).into();
            let mut finding = lacking(header, place);
            finding.message = format!("--map {}: {}", quoted(&format!("{header}={column}")), finding.message);
            findings.push(finding);
        }
    }

    /// The same as a profile, to be saved.
    pub fn profile(&self) -> Profile {
        let mut profile = self.profile.clone();
        if self.maps.is_empty() {
            return profile;
        }
        let is_mapped = |header: &str| self.maps.iter().any(|map| name_of(&map.header) == name_of(header));
        let (mut columns, mut skip) = (BTreeMap::new(), Vec::new());
        if let Optional::Known(known) = profile.columns {
            columns.extend(known.into_iter().filter(|(header, _)| !is_mapped(header)));
        }
        skip.extend(profile.skip.items().iter().filter(|header| !is_mapped(header)).cloned());
        for Map { header, column } in &self.maps {
            if column == "#" {
                skip.push(header.clone());
            } else {
                columns.insert(header.clone(), Required::Known(Targets::One(column.clone())));
            }
        }
        profile.skip = if skip.is_empty() { Optional::Absent } else { Optional::Known(skip) };
        Profile { columns: Optional::Known(columns), ..profile }
    }

    /// A place in the profile.
    fn at(&self, keys: &[&str]) -> Subject {
        let path = keys.iter().map(|key| Step::Key((*key).to_owned())).collect::<FieldPath>();
        Subject::field(Entity::File(self.path.clone()), path)
    }
}

fn told(place: Place, message: String, help: &str) -> Finding {
    Finding::new(WRONG_MAPPING, Severity::Error, place, message).with_help(help)
}
