use crate::Rule;

pub(crate) static RULE: Rule = Rule::file("schema/missing-key", include_str!("missing_key.md"));
