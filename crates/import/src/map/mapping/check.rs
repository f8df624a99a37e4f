//! Checks that a profile fits the registry: that its questions exist, and that the meanings of its words and constants
//! is what their columns hold. So a fault of the profile is reported there, and not at every cell of the table.

use diagnostics::{Finding, Place, quoted};
use model::{Meaning, Registry, Subject};

use super::{Mapping, told};
use crate::map::days;
use crate::map::forms::{Form, Unfit};
use crate::map::header::{Kind, column};
use crate::map::name_index::NameIndex;
use crate::map::target::Target;
use crate::map::words::known;

impl Mapping {
    /// What of the profile does not fit the registry.
    pub fn check(&self, registry: &Registry) -> Vec<Finding> {
        let (names, mut found) = (NameIndex::new(registry), Vec::new());
        let (checker, findings) = (Checker { mapping: self, names: &names }, &mut found);
        for (header, targets) in self.profile.columns.known().into_iter().flat_map(known) {
            for target in targets.all().iter().map(|text| Target::parse(text)) {
                checker.question(&target, self.at(&["columns", header]).into(), findings);
            }
        }
        for (name, words) in self.profile.values.known().into_iter().flat_map(known) {
            let target = Target::parse(name);
            checker.question(&target, Place::key(self.at(&["values", name])), findings);
            for (word, meaning) in known(words) {
                match meaning {
                    Meaning::Value(value) => {
                        checker.value(&target.column, value, self.at(&["values", name, word]), findings);
                    }
                    Meaning::Values(values) => {
                        for (column, value) in known(values) {
                            let place = self.at(&["values", name, word, column]);
                            checker.value(&Target::parse(column).column, value, place, findings);
                        }
                    }
                }
            }
        }
        for (name, text) in self.profile.constants.known().into_iter().flat_map(known) {
            checker.value(&Target::parse(name).column, text, self.at(&["constants", name]), findings);
        }
        found
    }
}

struct Checker<'a> {
    mapping: &'a Mapping,
    names: &'a NameIndex<'a>,
}

impl Checker<'_> {
    fn question(&self, target: &Target, place: Place, findings: &mut Vec<Finding>) {
        let Some(question) = &target.question else { return };
        if self.names.registry().dimensions.get(question).is_none() {
            let message = format!("{} is not a question of the registry", quoted(question));
            findings.push(told(place, message, &self.names.nearest_dimension(question)));
        }
    }

    /// A text for a column of cells; columns of entities have no separate words.
    fn value(&self, name: &str, text: &str, place: Subject, findings: &mut Vec<Finding>) {
        let Some(column) = column(Kind::Cells, name).filter(|_| !text.trim().is_empty()) else { return };
        let order = self.mapping.dates();
        let invalid = match Form::of(&column, name).read(text.trim(), self.names, order) {
            Ok(_) => return,
            Err(Unfit::Invalid(invalid)) => invalid,
            Err(Unfit::Order { .. }) => days::no_day(text, order),
        };
        findings.push(told(place.into(), invalid.message, &invalid.help));
    }
}
