use diagnostics::Applicability;

use crate::Rule;

pub(crate) static RULE: Rule =
    Rule::file("schema/bad-format", include_str!("bad_format.md")).fixable(Applicability::Safe);
