//! Findings that existed when a baseline was written, and are suppressed until they are fixed.
//!
//! A baseline is JSON: a version, and for each finding its fingerprint with what a reader wants to know
//! of it. The fingerprint has no line and no wording in it, so that a baseline outlives edits of the
//! files around a finding. It follows rules and entities to their new names, and evidence to its
//! corrected address.

mod item;

use std::collections::{HashMap, HashSet};
use std::fmt;

use diagnostics::{Diagnostic, Report, fingerprint};
use model::Entity;
use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serialize};

use crate::names::{acceptable, is_acceptable};
use crate::{Digest, Fate, Linter, Rule, Suppression, Suppressor, Unacceptable, UnknownRule, find};

/// The form in which baselines are written.
const VERSION: u32 = 1;

/// The findings that are suppressed, ordered by what they are about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    #[serde(deserialize_with = "version")]
    version: u32,
    findings: Vec<BaselineEntry>,
}

/// One finding of a baseline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineEntry {
    /// What the finding is.
    pub fingerprint: String,
    /// The id of its rule.
    #[serde(deserialize_with = "rule")]
    pub rule: String,
    /// Its entity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// Its file, where no entity is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Its cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dimension: Option<String>,
    /// Its field, with list items named by their key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Of a finding about an evidence: a hash of all that names it but its address, by which it is found
    /// again under a corrected one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
}

/// A text that is no baseline.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {message}")]
pub struct BaselineError {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in bytes.
    pub column: usize,
    /// What is wrong there.
    pub message: String,
}

/// What came of a baseline in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaselineOutcome {
    /// The findings that it holds back.
    pub held: Vec<Suppression>,
    /// The baseline with the entries that fire.
    pub rest: Baseline,
    /// The entries that fire no longer.
    pub gone: Vec<BaselineEntry>,
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    ///
    /// When it has another form, or names a rule that there is not or whose findings cannot be accepted.
    pub fn read(text: &str) -> Result<Self, BaselineError> {
        let mut baseline: Self = serde_json::from_str(text).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            let told = error.to_string();
            let message = told.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&told);
            BaselineError { line, column, message: message.to_owned() }
        })?;
        for entry in &mut baseline.findings {
            if let Ok(rule) = acceptable(&entry.rule) {
                entry.follow(rule);
            }
        }
        baseline.sort();
        Ok(baseline)
    }

    /// The baseline that holds back all findings of a report that may be accepted.
    pub fn of(report: &Report, digest: &Digest) -> Self {
        let findings = report.findings.iter().filter(|one| is_acceptable(one.rule));
        let findings = findings.map(|finding| BaselineEntry::of(finding, digest));
        let mut baseline = Self { version: VERSION, findings: findings.collect() };
        baseline.sort();
        baseline
    }

    /// How many findings of a report may be accepted.
    pub fn countable(report: &Report) -> usize {
        report.findings.iter().filter(|one| is_acceptable(one.rule)).count()
    }

    fn sort(&mut self) {
        self.findings.sort_by(|a, b| a.order().cmp(&b.order()));
        self.findings.dedup();
    }

    /// How many findings it lists.
    pub fn count(&self) -> usize {
        self.findings.len()
    }

    /// Its text, with a final line end.
    pub fn text(&self) -> String {
        // Numbers and texts are never refused.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Takes what it lists out of a report about a state of the registry. An entry fires no longer when its
    /// rule has run over a registry that could be read in full, and has not found it.
    pub fn apply(mut self, report: &mut Report, linter: &Linter, digest: &Digest) -> BaselineOutcome {
        for entry in &mut self.findings {
            entry.follow_entity(digest);
        }
        self.follow_addresses(report, digest);
        let listed: HashSet<&str> = self.findings.iter().map(|entry| entry.fingerprint.as_str()).collect();
        let is_listed =
            |finding: &Diagnostic| listed.contains(&*finding.fingerprint) && is_acceptable(finding.rule);
        let found = report.findings.iter().filter(|finding| is_listed(finding));
        let (fired, held): (HashSet<String>, Vec<Suppression>) = found
            .map(|finding| {
                let entity = finding.subject.entity.clone();
                (finding.fingerprint.clone(), Suppression { entity, by: Suppressor::Baseline })
            })
            .unzip();
        report.keep(|finding| !is_listed(finding));
        let is_complete = report.summary.partial == 0;
        let has_run = |entry: &BaselineEntry| find(&entry.rule).map_or(true, |rule| linter.judges(rule));
        let (gone, rest) = self
            .findings
            .into_iter()
            .partition(|entry| !fired.contains(&entry.fingerprint) && is_complete && has_run(entry));
        let mut rest = Self { version: VERSION, findings: rest };
        rest.sort();
        BaselineOutcome { held, rest, gone }
    }

    /// Entries about an evidence that is not there under its address become what is found under the address
    /// that it has now.
    fn follow_addresses(&mut self, report: &Report, digest: &Digest) {
        let listed: HashSet<String> = self.findings.iter().map(|entry| entry.fingerprint.clone()).collect();
        let is_new = |finding: &&Diagnostic| {
            !listed.contains(&finding.fingerprint) && item::is_about_evidence(finding)
        };
        let found = report.findings.iter().filter(is_new).map(|finding| BaselineEntry::of(finding, digest));
        let mut found: HashMap<_, _> = found.map(|now| (now.but_for_address(), now)).collect();
        let reported: HashSet<&str> = report.findings.iter().map(|one| one.fingerprint.as_str()).collect();
        for entry in &mut self.findings {
            let is_lost = entry.item.is_some()
                && !reported.contains(entry.fingerprint.as_str())
                && entry.lacks_address(digest);
            if let Some(now) = is_lost.then(|| found.remove(&entry.but_for_address())).flatten() {
                *entry = now;
            }
        }
    }
}

impl BaselineEntry {
    fn of(finding: &Diagnostic, digest: &Digest) -> Self {
        let subject = &finding.subject;
        let entity = subject.entity.reference();
        let field = finding.named_field();
        Self {
            fingerprint: finding.fingerprint.clone(),
            rule: finding.rule.as_str().to_owned(),
            file: entity.is_none().then(|| subject.entity.file()),
            entity,
            dimension: subject.dimension.clone(),
            field: (!field.is_empty()).then_some(field),
            item: item::print(finding, digest),
        }
    }

    /// What it is about but for the address of an evidence.
    fn but_for_address(&self) -> (String, String, Option<String>, Option<String>) {
        (self.rule.clone(), self.owner().to_owned(), self.dimension.clone(), self.item.clone())
    }

    /// Returns whether its cell cites the address no longer.
    fn lacks_address(&self, digest: &Digest) -> bool {
        let cell = self
            .entity()
            .and_then(|entity| digest.entities.get(&entity)?.cells.get(self.dimension.as_deref()?));
        let field = self.field.as_deref().unwrap_or("");
        cell.is_some_and(|cell| !item::cites(cell, field))
    }

    /// The entity, if it has its own file.
    fn entity(&self) -> Option<Entity> {
        let (kind, id) = self.entity.as_deref()?.split_once(':')?;
        Some(match kind {
            "offering" => Entity::Offering(id.to_owned()),
            "platform" => Entity::Platform(id.to_owned()),
            "organization" => Entity::Organization(id.to_owned()),
            _ => return None,
        })
    }

    /// What the finding is about: its entity or file.
    fn owner(&self) -> &str {
        self.entity.as_deref().or(self.file.as_deref()).unwrap_or("")
    }

    fn order(&self) -> impl Ord + '_ {
        (self.owner(), &self.dimension, &self.field, &self.rule, &self.fingerprint)
    }

    /// Takes over the id that its rule has now, which is a part of the fingerprint.
    fn follow(&mut self, rule: &Rule) {
        if self.rule != rule.id.as_str() {
            self.rule = rule.id.as_str().to_owned();
            self.print_again(rule);
        }
    }

    /// Takes over the id that its entity has now.
    fn follow_entity(&mut self, digest: &Digest) {
        let Some(entity) = self.entity() else { return };
        if let (Fate::Lives(now, _), Ok(rule)) = (digest.fate(&entity), find(&self.rule))
            && *now != entity
        {
            self.entity = now.reference();
            self.print_again(rule);
        }
    }

    /// The fingerprint of what it is about now, with the ordinal that it had.
    fn print_again(&mut self, rule: &Rule) {
        let dimension = self.dimension.as_deref().unwrap_or("");
        let now = fingerprint(rule.id, self.owner(), dimension, self.field.as_deref().unwrap_or(""));
        self.fingerprint = match self.fingerprint.split_once('-') {
            Some((_, ordinal)) => format!("{now}-{ordinal}"),
            None => now,
        };
    }
}

impl fmt::Display for BaselineEntry {
    /// `cell/stale offering:acme-chat soc2_type2 verified_on`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.rule, self.owner())?;
        let within = [&self.dimension, &self.field];
        within.into_iter().flatten().try_for_each(|part| write!(formatter, " {part}"))
    }
}

fn version<'de, D: Deserializer<'de>>(reader: D) -> Result<u32, D::Error> {
    match u32::deserialize(reader)? {
        VERSION => Ok(VERSION),
        other => Err(D::Error::custom(format!("version {other} is not known: it must be {VERSION}"))),
    }
}

/// The id of a rule whose findings may be accepted, or of one that was removed: its entries fire no
/// longer.
fn rule<'de, D: Deserializer<'de>>(reader: D) -> Result<String, D::Error> {
    let id = String::deserialize(reader)?;
    match acceptable(&id) {
        Ok(_) | Err(Unacceptable::Unknown(UnknownRule::Removed { .. })) => Ok(id),
        Err(error) => Err(D::Error::custom(error)),
    }
}

#[cfg(test)]
mod tests {
    use diagnostics::{Counts, Finding, Location, Locator, Place, RuleId, Severity, SourceText};
    use model::{Entity, Subject};

    use super::*;
    use crate::Selection;

    /// Knows no place.
    struct Nowhere;

    impl Locator for Nowhere {
        fn locate(&self, places: &[&Place]) -> Vec<Option<Location>> {
            vec![None; places.len()]
        }

        fn source(&self, _: &str) -> Option<std::sync::Arc<SourceText>> {
            None
        }
    }

    fn report(rules: &[&'static str], counts: Counts) -> Report {
        let subject = Subject::cell(Entity::Offering("a".into()), "soc2_type2").with("verified_on");
        let finding = |rule| Finding::new(RuleId(rule), Severity::Error, subject.clone(), "x");
        Report::new(rules.iter().map(|rule| finding(rule)).collect(), counts, &Nowhere)
    }

    #[test]
    fn holds_back_what_it_lists_and_knows_what_fires_no_longer() {
        let both = ["cell/stale", "cell/stale", "schema/syntax", "cell/missing-route"];
        let baseline = Baseline::of(&report(&both, Counts::default()), &Digest::default());
        assert_eq!(baseline.count(), 3);
        assert_eq!(Baseline::read(&baseline.text()), Ok(baseline.clone()));

        let linter = Linter::new(Selection::default());
        let digest = Digest::default();
        let fewer = ["cell/stale", "schema/syntax", "cell/unverified"];
        let mut later = report(&fewer, Counts::default());
        let applied = baseline.clone().apply(&mut later, &linter, &digest);
        assert_eq!((applied.held.len(), applied.rest.count(), applied.gone.len()), (1, 1, 2));
        let left: Vec<_> = later.findings.iter().map(|finding| finding.rule.as_str()).collect();
        assert_eq!(left, ["cell/unverified", "schema/syntax"]);

        let partial = Counts { partial: 1, ..Counts::default() };
        assert!(baseline.clone().apply(&mut report(&fewer, partial), &linter, &digest).gone.is_empty());
        let other = Selection::new(&["evidence/*".to_owned()], &[]).unwrap();
        let other = Linter::new(other);
        assert!(baseline.apply(&mut report(&[], Counts::default()), &other, &digest).gone.is_empty());
    }

    #[test]
    fn an_entry_follows_the_new_name_of_its_rule() {
        let found = report(&["cell/stale", "cell/stale"], Counts::default());
        let now = Baseline::of(&found, &Digest::default());
        let mut before = report(&["cell/outdated", "cell/outdated"], Counts::default());
        let mut entries: Vec<_> = before
            .findings
            .drain(..)
            .map(|finding| BaselineEntry::of(&finding, &Digest::default()))
            .collect();
        entries.iter_mut().for_each(|entry| entry.follow(find("cell/stale").unwrap()));
        assert_eq!(entries, now.findings);
    }

    #[test]
    fn faults_are_told_where_they_stand() {
        let told = |text: &str| Baseline::read(text).unwrap_err().to_string();
        let with = |rule: &str| {
            format!("{{\"version\": 1, \"findings\": [\n{{\"fingerprint\": \"0\", \"rule\": \"{rule}\"}}]}}")
        };
        assert!(Baseline::read(&with("cell/stale")).is_ok());
        assert_eq!(
            told(&with("cell/stal")),
            "2:41: there is no rule or group `cell/stal`: did you mean `cell/stale`?"
        );
        assert_eq!(told(&with("schema/syntax")), "2:45: findings of `schema/syntax` cannot be accepted");
        assert_eq!(told("{\"version\": 2, \"findings\": []}"), "1:13: version 2 is not known: it must be 1");
        assert!(told("{\"version\": 1,").starts_with("1:14: "));
    }
}
