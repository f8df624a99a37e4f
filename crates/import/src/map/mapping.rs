//! What the columns of somebody else's table are, and what its words stand for.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use diagnostics::{Finding, Place, Severity, closest, one_of, quoted};
use model::{Entity, FieldPath, Optional, Profile, Required, Subject, Words};

use crate::map::header::{is_target, name_of, targets};
use crate::rules::WRONG_MAPPING;

/// The name under which findings speak of what the command line maps.
pub const COMMAND_LINE: &str = "--map";

/// What the columns of somebody else's table are, and what its words stand for.
#[derive(Debug, Clone, Default)]
pub struct Mapping {
    profile: Profile,
    /// The path to show of the file of the profile.
    path: String,
    /// The columns that the command line maps, in the place of the profile's.
    maps: Vec<Map>,
    /// By folded header.
    columns: BTreeMap<String, String>,
    skipped: BTreeSet<String>,
    values: BTreeMap<String, BTreeMap<String, String>>,
    constants: Vec<(String, String)>,
}

/// A column of a table and the one of the registry that it is: `Vendor answer=note`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map {
    /// The header in the table.
    pub header: String,
    /// The column of the registry.
    pub column: String,
}

/// A text that maps no column.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidMap(String);

impl FromStr for Map {
    type Err = InvalidMap;

    /// Reads `HEADER=COLUMN`; a header may hold `=` itself.
    fn from_str(text: &str) -> Result<Self, InvalidMap> {
        let Some((header, column)) = text.rsplit_once('=') else {
            return Err(InvalidMap("write `HEADER=COLUMN`, such as `Vendor answer=note`".to_owned()));
        };
        if header.trim().is_empty() {
            return Err(InvalidMap("no header stands before the `=`".to_owned()));
        }
        let column = name_of(column);
        if !is_target(&column) {
            return Err(InvalidMap(format!(
                "{} is no column of the registry: {}",
                quoted(&column),
                meant(&column)
            )));
        }
        Ok(Self { header: header.trim().to_owned(), column })
    }
}

impl Mapping {
    /// The mapping of a profile, whose file has this path to show, and of the command line, which wins.
    /// With what is wrong with the profile beyond its structure.
    pub fn new(path: &str, profile: Profile, maps: Vec<Map>) -> (Self, Vec<Finding>) {
        let mut mapping = Self { path: path.to_owned(), ..Self::default() };
        let mut findings = Vec::new();
        mapping.skipped.extend(profile.skip.items().iter().map(|header| name_of(header)));
        for (header, column) in known(&profile.columns) {
            let place = mapping.at("columns", header).into();
            if mapping.skipped.contains(&name_of(header)) {
                let message = format!("the column {} is skipped too", quoted(header));
                findings.push(told(place, message, "map it, or skip it"));
                continue;
            }
            let column = mapping.target(column, place, &mut findings);
            if let Some(first) = mapping.columns.insert(name_of(header), column.clone())
                && first != column
            {
                let message = format!("the column {} is mapped twice", quoted(header));
                let place = mapping.at("columns", header).into();
                findings.push(told(place, message, "case, blanks and hyphens make no difference: keep one"));
            }
        }
        for (column, words) in profile.values.known().into_iter().flatten() {
            let place = Place::key(mapping.at("values", column));
            let column = mapping.target(column, place, &mut findings);
            let words = words.known().map(stand_for).unwrap_or_default();
            mapping.values.entry(column).or_default().extend(words);
        }
        for (column, text) in known(&profile.constants) {
            let place = Place::key(mapping.at("constants", column));
            let column = mapping.target(column, place, &mut findings);
            mapping.constants.push((column, text.clone()));
        }
        for Map { header, column } in &maps {
            let header = name_of(header);
            mapping.skipped.remove(&header);
            mapping.columns.insert(header, column.clone());
        }
        (Self { profile, maps, ..mapping }, findings)
    }

    /// What stands under a header: the column of the registry that it is mapped to, else its own name;
    /// that of a remark where it is skipped.
    pub(crate) fn name(&self, header: &str) -> String {
        let name = name_of(header);
        if self.skipped.contains(&name) {
            return "#".to_owned();
        }
        self.columns.get(&name).cloned().unwrap_or(name)
    }

    /// Whether a header is spoken of.
    pub(crate) fn knows(&self, header: &str) -> bool {
        let name = name_of(header);
        self.skipped.contains(&name) || self.columns.contains_key(&name)
    }

    /// What the words of a column stand for.
    pub(crate) fn words(&self, column: &str) -> Option<&BTreeMap<String, String>> {
        self.values.get(column).filter(|words| !words.is_empty())
    }

    /// What every row says, by column.
    pub(crate) fn constants(&self) -> &[(String, String)] {
        &self.constants
    }

    /// Which columns are mapped and stand in no table, of which these are all folded headers.
    pub(crate) fn unused(&self, headers: &BTreeSet<String>, findings: &mut Vec<Finding>) {
        let missing = |header: &str| !headers.contains(&name_of(header));
        let wanting = |header: &str, place| {
            let message = format!("no table has the column {}", quoted(header));
            let found = headers.iter().map(String::as_str).filter(|name| !name.is_empty());
            let help = match closest(&name_of(header), found.clone()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("the tables have {}", one_of(found)),
            };
            told(place, message, &help)
        };
        let overridden = |header: &str| self.maps.iter().any(|map| name_of(&map.header) == name_of(header));
        for (header, _) in known(&self.profile.columns) {
            if missing(header) && !overridden(header) {
                findings.push(wanting(header, Place::key(self.at("columns", header))));
            }
        }
        for Map { header, column } in self.maps.iter().filter(|map| missing(&map.header)) {
            let place = Subject::entity(Entity::File(COMMAND_LINE.to_owned())).into();
            let mut finding = wanting(header, place);
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
        let mut columns = match profile.columns {
            Optional::Known(columns) => columns,
            _ => BTreeMap::new(),
        };
        columns.retain(|header, _| !is_mapped(header));
        let mapped = self.maps.iter().map(|map| (map.header.clone(), Required::Known(map.column.clone())));
        columns.extend(mapped);
        if let Optional::Known(skip) = &mut profile.skip {
            skip.retain(|header| !is_mapped(header));
        }
        Profile { columns: Optional::Known(columns), ..profile }
    }

    /// A column that is named, and whether there is one.
    fn target(&self, column: &str, place: Place, findings: &mut Vec<Finding>) -> String {
        let name = name_of(column);
        if !is_target(&name) {
            let message = format!("{} is no column of the registry", quoted(column));
            findings.push(told(place, message, &meant(&name)));
        }
        name
    }

    fn at(&self, table: &str, key: &str) -> Subject {
        Subject::field(Entity::File(self.path.clone()), FieldPath::of(table).key(key))
    }
}

fn known(map: &Optional<Words>) -> impl Iterator<Item = (&String, &String)> {
    map.known().into_iter().flatten().filter_map(|(key, text)| Some((key, text.known()?)))
}

fn stand_for(words: &Words) -> BTreeMap<String, String> {
    let known = words.iter().filter_map(|(word, text)| Some((word.trim().to_owned(), text.known()?.clone())));
    known.collect()
}

fn told(place: Place, message: String, help: &str) -> Finding {
    Finding::new(WRONG_MAPPING, Severity::Error, place, message).help(help)
}

/// Which column may be meant.
fn meant(name: &str) -> String {
    let targets = targets();
    match closest(name, targets.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("write {}", one_of(targets.iter().map(String::as_str))),
    }
}
