use diagnostics::Applicability;

use crate::Rule;

pub(crate) static RULE: Rule =
    Rule::file("schema/wrong-type", include_str!("wrong_type.md")).fixable(Applicability::Safe);
