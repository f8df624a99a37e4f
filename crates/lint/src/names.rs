//! The names of rules: those of the catalogue, and those of rules that were renamed or removed.

use diagnostics::{RuleId, closest};

use crate::rules::{REMOVED, RENAMED, catalogue};
use crate::{Check, Rule};

/// A name that is no rule's, or no longer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnknownRule {
    /// There never was such a rule, nor such a group.
    #[error("there is no rule or group `{name}`{}", .suggestion.as_ref().map(|one| format!(": did you mean `{one}`?")).unwrap_or_default())]
    Unknown {
        /// What was asked for.
        name: String,
        /// What may have been meant.
        suggestion: Option<String>,
    },
    /// The rule was removed.
    #[error("rule `{name}` was removed: {reason}")]
    Removed {
        /// What was asked for.
        name: String,
        /// Why it went.
        reason: &'static str,
    },
}

/// A name under which no finding can be accepted, by an allowance or a baseline.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unacceptable {
    /// No rule has the name.
    #[error(transparent)]
    Unknown(#[from] UnknownRule),
    /// The findings of the rule must be fixed.
    #[error("findings of `{0}` cannot be accepted")]
    MustBeMended(RuleId),
}

/// The names of all rules. One that is renamed or removed stays known.
static NAMES: RuleNames = RuleNames { rules: catalogue(), renamed: RENAMED, removed: REMOVED };

/// The rules there are, and the ids that there were.
struct RuleNames {
    /// The catalogue.
    rules: &'static [&'static Rule],
    /// Rules that were renamed: the id before, and the id now.
    renamed: &'static [(&'static str, &'static str)],
    /// Removed rules: the id, and the reason.
    removed: &'static [(&'static str, &'static str)],
}

impl RuleNames {
    /// The rule with this id, now or before.
    fn exact(&self, id: &str) -> Result<&'static Rule, UnknownRule> {
        let of = |list: &[(&'static str, &'static str)]| {
            list.iter().find(|(known, _)| *known == id).map(|(_, other)| *other)
        };
        let current = of(self.renamed).unwrap_or(id);
        if let Some(rule) = self.rules.iter().find(|rule| rule.id.as_str() == current) {
            return Ok(rule);
        }
        let name = id.to_owned();
        if let Some(reason) = of(self.removed) {
            return Err(UnknownRule::Removed { name, reason });
        }
        let ids = || self.rules.iter().map(|rule| rule.id.as_str());
        let by_name = || {
            let meant = closest(id, ids().map(bare))?;
            ids().find(|id| bare(id) == meant)
        };
        let suggestion = closest(id, ids()).or_else(by_name).map(ToOwned::to_owned);
        Err(UnknownRule::Unknown { name, suggestion })
    }

    /// The rule with this id, now or before, or with this name where only one group has it.
    fn find(&self, name: &str) -> Result<&'static Rule, UnknownRule> {
        self.exact(name).or_else(|unknown| {
            let mut named = self.rules.iter().filter(|rule| bare(rule.id.as_str()) == name);
            named.next().filter(|_| named.next().is_none()).copied().ok_or(unknown)
        })
    }
}

/// The part of an id behind the slash.
fn bare(id: &str) -> &str {
    id.split_once('/').map_or("", |(_, name)| name)
}

/// The rule with this id, now or before, or with this name where only one group has it.
///
/// # Errors
///
/// When there is none; with the nearest id, or the reason why it was removed.
pub fn find(name: &str) -> Result<&'static Rule, UnknownRule> {
    NAMES.find(name)
}

/// The rule with this id, now or before, whose findings an allowance or a baseline may hold back.
///
/// # Errors
///
/// If there is none, or if its findings must be fixed: those on the structure of files and tables,
/// for what cannot be read is not judged at all, and those on allowances themselves.
pub(crate) fn acceptable(id: &str) -> Result<&'static Rule, Unacceptable> {
    let rule = NAMES.exact(id)?;
    if is_acceptable(rule.id) { Ok(rule) } else { Err(Unacceptable::MustBeMended(rule.id)) }
}

/// Returns whether findings of the rule may be accepted.
pub(crate) fn is_acceptable(id: RuleId) -> bool {
    let is_on_allowances = |rule: &&Rule| rule.id == id && matches!(rule.check, Check::Allowance(_));
    !matches!(id.group(), "schema" | "table") && !NAMES.rules.iter().any(is_on_allowances)
}

#[cfg(test)]
mod tests {
    use diagnostics::Severity;

    use super::*;

    static STALE: Rule = Rule::cell("cell/stale", Severity::Warning, "", |_, _| {});
    static SAMPLE: RuleNames = RuleNames {
        rules: &[&STALE],
        renamed: &[("cell/outdated", "cell/stale")],
        removed: &[("cell/too-new", "nothing can be too new")],
    };

    #[test]
    fn renamed_rules_stay_known_and_removed_ones_say_why() {
        let found = |name: &str| SAMPLE.find(name).map(|rule| rule.id.as_str());
        assert_eq!(found("cell/stale"), Ok("cell/stale"));
        assert_eq!(found("stale"), Ok("cell/stale"));
        assert_eq!(found("cell/outdated"), Ok("cell/stale"));
        let removed = found("cell/too-new").unwrap_err();
        assert_eq!(removed.to_string(), "rule `cell/too-new` was removed: nothing can be too new");
        assert!(SAMPLE.exact("stale").is_err(), "only people may leave the group out");
        let unknown = found("cell/stal").unwrap_err();
        assert_eq!(unknown.to_string(), "there is no rule or group `cell/stal`: did you mean `cell/stale`?");
    }

    #[test]
    fn former_ids_are_nobodys_now() {
        let known = |id: &str| NAMES.rules.iter().any(|rule| rule.id.as_str() == id);
        for (former, now) in NAMES.renamed {
            assert!(!known(former) && known(now), "{former} became {now}");
        }
        for (gone, _) in NAMES.removed {
            assert!(!known(gone), "{gone}");
        }
    }

    #[test]
    fn structure_and_allowances_cannot_be_accepted() {
        assert!(acceptable("cell/stale").is_ok());
        for id in ["schema/syntax", "table/wrong-value", "registry/unused-allow", "registry/expired-allow"] {
            assert_eq!(acceptable(id).err(), Some(Unacceptable::MustBeMended(find(id).unwrap().id)));
        }
        assert!(matches!(acceptable("cell/*"), Err(Unacceptable::Unknown(_))));
    }
}
