use diagnostics::Severity;

use crate::Rule;

pub(crate) static RULE: Rule = Rule::table("table/old-text", Severity::Warning, include_str!("old_text.md"));
