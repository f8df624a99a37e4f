use diagnostics::Applicability;

use crate::Rule;

pub(crate) static RULE: Rule =
    Rule::file("schema/syntax", include_str!("syntax.md")).fixable(Applicability::Safe);
