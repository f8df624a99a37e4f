//! The selection of rules to run.

use diagnostics::{RuleId, closest};

use crate::UnknownRule;
use crate::rules::catalogue;

/// The rules that run: all of them, or those asked for, without those taken away.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    select: Option<Vec<Pattern>>,
    ignore: Vec<Pattern>,
}

/// Why rules cannot be selected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SelectionError {
    /// A name is no rule's.
    #[error(transparent)]
    Unknown(#[from] UnknownRule),
    /// No rule is named where some are to be selected.
    #[error(
        "no rule is selected: name a rule such as `cell/stale`, a group such as `cell/*`, or `*` for all"
    )]
    NothingSelected,
    /// All rules that are selected are ignored, too.
    #[error("no rule is left to run: every selected rule is ignored")]
    NothingLeft,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Pattern {
    Rule(RuleId),
    Group(&'static str),
}

impl Pattern {
    fn takes(&self, rule: RuleId) -> bool {
        match self {
            Self::Rule(id) => *id == rule,
            Self::Group(group) => *group == rule.group(),
        }
    }

    /// Reads `group/name`, `group/*`, or `*` for everything.
    fn parse(name: &str) -> Result<Vec<Self>, UnknownRule> {
        let groups = || catalogue().iter().map(|rule| rule.id.group());
        if name == "*" {
            return Ok(groups().map(Self::Group).collect());
        }
        if let Some(group) = name.strip_suffix("/*") {
            let known = groups().find(|known| *known == group);
            let suggestion = || closest(group, groups()).map(|group| format!("{group}/*"));
            return known
                .map(|group| vec![Self::Group(group)])
                .ok_or_else(|| UnknownRule::Unknown { name: name.to_owned(), suggestion: suggestion() });
        }
        crate::find(name).map(|rule| vec![Self::Rule(rule.id)])
    }
}

impl Selection {
    /// All rules, or those of `select` where it names any, without those of `ignore`. Each name is
    /// a rule or `group/*`; comma lists are allowed.
    ///
    /// # Errors
    ///
    /// When a name is no rule's, or no rule is left.
    pub fn new(select: &[String], ignore: &[String]) -> Result<Self, SelectionError> {
        let parse = |names: &[String]| -> Result<Vec<Pattern>, UnknownRule> {
            let names =
                names.iter().flat_map(|list| list.split(',')).map(str::trim).filter(|name| !name.is_empty());
            let patterns: Result<Vec<_>, _> = names.map(Pattern::parse).collect();
            Ok(patterns?.concat())
        };
        let select = if select.is_empty() { None } else { Some(parse(select)?) };
        if select.as_ref().is_some_and(Vec::is_empty) {
            return Err(SelectionError::NothingSelected);
        }
        let selection = Self { select, ignore: parse(ignore)? };
        let is_left = catalogue().iter().any(|rule| selection.takes(rule.id));
        if is_left { Ok(selection) } else { Err(SelectionError::NothingLeft) }
    }

    /// Returns whether the rule runs.
    pub fn takes(&self, rule: RuleId) -> bool {
        let within = |patterns: &[Pattern]| patterns.iter().any(|pattern| pattern.takes(rule));
        self.select.as_deref().is_none_or(within) && !within(&self.ignore)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selection(select: &[&str], ignore: &[&str]) -> Result<Selection, SelectionError> {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        Selection::new(&owned(select), &owned(ignore))
    }

    #[test]
    fn select_replaces_and_ignore_takes_away() {
        let stale = RuleId("cell/stale");
        let syntax = RuleId("schema/syntax");
        assert!(selection(&[], &[]).unwrap().takes(stale));
        assert!(!selection(&["schema/*"], &[]).unwrap().takes(stale));
        assert!(selection(&["schema/*,cell/stale"], &[]).unwrap().takes(stale));
        assert!(!selection(&["*"], &["cell/*"]).unwrap().takes(stale));
        assert!(selection(&[], &["cell/*"]).unwrap().takes(syntax));
    }

    #[test]
    fn unknown_names_come_with_a_suggestion() {
        let told = |error: SelectionError| error.to_string();
        assert!(told(selection(&["cell/stal"], &[]).unwrap_err()).ends_with("did you mean `cell/stale`?"));
        assert!(told(selection(&[], &["cel/*"]).unwrap_err()).ends_with("did you mean `cell/*`?"));
        assert!(selection(&["banana"], &[]).unwrap_err().to_string().ends_with("or group `banana`"));
    }

    #[test]
    fn a_selection_without_rules_is_refused() {
        for nothing in ["", ",", " , "] {
            assert_eq!(selection(&[nothing], &[]).unwrap_err(), SelectionError::NothingSelected);
        }
        for (select, ignore) in
            [(&["fact/*"][..], "fact/*"), (&["cell/stale"], "cell/stale,fact/*"), (&[], "*")]
        {
            assert_eq!(selection(select, &[ignore]).unwrap_err(), SelectionError::NothingLeft);
        }
        // Nothing to ignore takes nothing away.
        assert!(selection(&[], &[""]).unwrap().takes(RuleId("cell/stale")));
    }
}
