//! Findings accepted on purpose.

use schemars::JsonSchema;

use crate::cell::Fields;
use crate::{Date, DimensionId, Optional, Required, Value};

/// A finding accepted on purpose: which, why, by whom and until when.
#[derive(Debug, Clone, PartialEq, Eq, Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Allow {
    /// The id of the rule.
    pub rule: Required<String>,
    /// Why the finding is accepted.
    pub reason: Required<String>,
    /// Who answers for it.
    pub owner: Required<String>,
    /// The cell it is about; without it, the whole entity.
    pub dimension: Optional<DimensionId>,
    /// The last day on which it holds.
    pub until: Optional<Date>,
}

impl Allow {
    pub(crate) fn fields(&self) -> Vec<(&'static str, Value)> {
        let mut fields = Fields::default();
        fields.text("rule", self.rule.known());
        fields.text("reason", self.reason.known());
        fields.text("owner", self.owner.known());
        fields.text("dimension", self.dimension.known());
        fields.date("until", self.until.get());
        fields.0
    }
}
