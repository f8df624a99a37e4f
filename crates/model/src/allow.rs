//! Findings accepted on purpose.

use crate::record::record;
use crate::{Date, DimensionId, Optional, Required};

record! {
    /// A finding accepted on purpose: the rule, the reason, the owner and the last day.
    pub struct Allow {
        /// The id of the rule.
        rule: Required<String> as Code,
        /// Why the finding is acceptable.
        reason: Required<String> as Remark,
        /// The person who is responsible for this decision.
        owner: Required<String> as Person,
        /// The dimension of the cell; leave it out to accept the finding for the whole entity.
        dimension: Optional<DimensionId>,
        /// The last day on which it applies.
        until: Optional<Date>,
    }
}
