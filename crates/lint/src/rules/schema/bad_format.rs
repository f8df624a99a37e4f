use crate::Rule;

pub(crate) static RULE: Rule = Rule::file("schema/bad-format", include_str!("bad_format.md"));
