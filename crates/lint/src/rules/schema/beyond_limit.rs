use crate::Rule;

pub(crate) static RULE: Rule = Rule::file("schema/beyond-limit", include_str!("beyond_limit.md"));
