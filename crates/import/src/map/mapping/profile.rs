//! From a profile to a mapping, with what is wrong with it beyond its structure.

use diagnostics::{Finding, Place, quoted};
use model::{Meaning, Profile};

use super::command::meant;
use super::{Map, Mapping, PassOver, told};
use crate::map::header::name_of;
use crate::map::target::Target;
use crate::map::words::{folded, known};

impl Mapping {
    /// The mapping of a profile, whose file has this path to show, and of the command line, which wins. With what is
    /// wrong with the profile beyond its structure.
    pub fn new(path: &str, profile: Profile, maps: Vec<Map>) -> (Self, Vec<Finding>) {
        let mut mapping = Self { path: path.to_owned(), ..Self::default() };
        let mut findings = Vec::new();
        mapping.skipped.extend(profile.skip.items().iter().map(|header| name_of(header)));
        mapping.optional.extend(profile.optional.items().iter().map(|header| name_of(header)));
        mapping.read_columns(&profile, &mut findings);
        mapping.read_words(&profile, &mut findings);
        mapping.read_rows(&profile, &mut findings);
        for Map { header, column } in &maps {
            let header = name_of(header);
            if column == "#" {
                mapping.columns.remove(&header);
                mapping.skipped.insert(header);
            } else {
                mapping.skipped.remove(&header);
                mapping.columns.insert(header, vec![Target::parse(column)]);
            }
        }
        (Self { profile, maps, ..mapping }, findings)
    }

    fn read_columns(&mut self, profile: &Profile, findings: &mut Vec<Finding>) {
        for (header, targets) in profile.columns.known().into_iter().flat_map(known) {
            let place = || Place::from(self.at(&["columns", header]));
            if self.skipped.contains(&name_of(header)) {
                let message = format!("the column {} is also skipped", quoted(header));
                findings.push(told(place(), message, "map it, or skip it"));
                continue;
            }
            if targets.all().is_empty() {
                let message = format!("the column {} fills nothing", quoted(header));
                findings.push(told(place(), message, "name a column of the registry, or put it into `skip`"));
            }
            let targets: Vec<_> = targets.all().iter().map(|text| target(text, place(), findings)).collect();
            if let Some(first) = self.columns.insert(name_of(header), targets.clone())
                && first != targets
            {
                let message = format!("the column {} is mapped twice", quoted(header));
                let place = Place::from(self.at(&["columns", header]));
                findings.push(told(place, message, "case, spaces and hyphens make no difference: keep one"));
            }
        }
    }

    fn read_words(&mut self, profile: &Profile, findings: &mut Vec<Finding>) {
        for (column, words) in profile.values.known().into_iter().flat_map(known) {
            let place = Place::key(self.at(&["values", column]));
            let of = target(column, place, findings);
            let holds_words = |(_, meaning): (&String, &Meaning)| matches!(meaning, Meaning::Values(_));
            if !of.is_known() && known(words).next().is_some() && known(words).all(holds_words) {
                let help = format!("words of one question belong in `[values.\"{column}.status\"]`");
                let unknown = findings.pop().map(|finding| finding.with_help(help));
                findings.extend(unknown);
                continue;
            }
            for (word, meaning) in known(words) {
                let place = Place::from(self.at(&["values", column, word]));
                if let Meaning::Values(values) = meaning {
                    for (name, _) in known(values) {
                        let at = Place::key(self.at(&["values", column, word, name]));
                        if target(name, at, findings).question.is_some() {
                            let message =
                                format!("a word fills only columns of its question, not {}", quoted(name));
                            findings.push(told(place.clone(), message, "leave out the question"));
                        }
                    }
                }
                if !self.words.add(&of, word, meaning) {
                    let message = format!("the word {} is here twice", quoted(word));
                    findings.push(told(place, message, "case and spaces make no difference: keep one"));
                }
            }
        }
    }

    fn read_rows(&mut self, profile: &Profile, findings: &mut Vec<Finding>) {
        for (column, words) in profile.pass_over.known().into_iter().flat_map(known) {
            let name = target(column, Place::key(self.at(&["pass_over", column])), findings).column;
            let pass_over: &mut PassOver = self.pass_over.entry(name).or_default();
            for word in words {
                match folded(word).as_str() {
                    "" => pass_over.blank = true,
                    "*" => pass_over.others = true,
                    word => drop(pass_over.words.insert(word.to_owned())),
                }
            }
        }
        for (column, text) in profile.constants.known().into_iter().flat_map(known) {
            let of = target(column, Place::key(self.at(&["constants", column])), findings);
            if of.question.is_some() {
                let message = format!("a constant applies to every question, not to {}", quoted(column));
                let place = Place::key(self.at(&["constants", column]));
                findings.push(told(place, message, "leave out the question"));
            }
            self.constants.push((of.column, text.clone()));
        }
    }
}

/// A column that a profile names, and whether there is one.
fn target(text: &str, place: Place, findings: &mut Vec<Finding>) -> Target {
    let target = Target::parse(text);
    if !target.is_known() {
        let message = format!("{} is not a column of the registry", quoted(text));
        findings.push(told(place, message, &meant(&target)));
    }
    target
}
