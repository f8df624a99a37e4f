//! Which rules run.

use diagnostics::{RuleId, closest};

use crate::UnknownRule;
use crate::rules::catalogue;

/// The rules that run: all of them, or those asked for, without those taken away.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    select: Option<Vec<Pattern>>,
    ignore: Vec<Pattern>,
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
    pub fn new(select: &[String], ignore: &[String]) -> Result<Self, UnknownRule> {
        let parse = |names: &[String]| -> Result<Vec<Pattern>, UnknownRule> {
            let names =
                names.iter().flat_map(|list| list.split(',')).map(str::trim).filter(|name| !name.is_empty());
            let patterns: Result<Vec<_>, _> = names.map(Pattern::parse).collect();
            Ok(patterns?.concat())
        };
        let select = if select.is_empty() { None } else { Some(parse(select)?) };
        Ok(Self { select, ignore: parse(ignore)? })
    }

    /// Whether the rule runs.
    pub fn takes(&self, rule: RuleId) -> bool {
        let within = |patterns: &[Pattern]| patterns.iter().any(|pattern| pattern.takes(rule));
        self.select.as_deref().is_none_or(within) && !within(&self.ignore)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selection(select: &[&str], ignore: &[&str]) -> Result<Selection, UnknownRule> {
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
        let told = |error: UnknownRule| error.to_string();
        assert!(told(selection(&["cell/stal"], &[]).unwrap_err()).ends_with("did you mean `cell/stale`?"));
        assert!(told(selection(&[], &["cel/*"]).unwrap_err()).ends_with("did you mean `cell/*`?"));
        assert!(selection(&["banana"], &[]).unwrap_err().to_string().ends_with("called `banana`"));
    }
}
