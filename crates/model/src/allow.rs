//! Findings accepted on purpose.

use crate::record::record;
use crate::{Date, DimensionId, Optional, Required};

record! {
    /// A finding accepted on purpose: which, why, by whom and until when.
    pub struct Allow {
        /// The id of the rule.
        rule: Required<String> as Code,
        /// Why the finding is accepted.
        reason: Required<String> as Remark,
        /// Who answers for it.
        owner: Required<String> as Person,
        /// The cell it is about; without it, the whole entity.
        dimension: Optional<DimensionId>,
        /// The last day on which it holds.
        until: Optional<Date>,
    }
}
