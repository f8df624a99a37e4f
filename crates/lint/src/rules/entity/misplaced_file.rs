use crate::Rule;

pub(crate) static RULE: Rule = Rule::file("entity/misplaced-file", include_str!("misplaced_file.md"));
