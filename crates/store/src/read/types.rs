//! The types that are read in one way: texts of a form, words of a vocabulary, and tables with known keys.

use model::limits::{MAX_DIMENSIONS, MAX_EVIDENCE, MAX_FACTS, MAX_RETIRED};
use model::{
    BaseUrl, Category, Condition, Confidence, ConfidenceReason, Date, DateOrder, Default, DimensionId,
    FactFormat, FactType, FetchOutcome, Geography, Key, Level, Mend, OfferingId, OrganizationId, PartAnswer,
    PlatformId, Role, Route, Slug, Status, Strength, Tier, Url, Verdict, Via,
};

use super::{Entry, Faults, Input, Read};

/// Texts of a form, and words of a vocabulary; those of which a list may have another number than most, with that.
macro_rules! read_text {
    ($($name:path $(: $most:expr)?),+ $(,)?) => {
        $(impl Read for $name {
            $(const MOST: usize = $most;)?

            #[inline]
            fn read(value: Input<'_>, faults: &mut Faults<'_>) -> Option<Self> {
                value.text().and_then(|text| text.parse().ok()).or_else(|| faults.refuse())
            }
        })+
    };
}

read_text!(
    BaseUrl,
    Category,
    Condition,
    Confidence,
    ConfidenceReason,
    Date,
    DateOrder,
    Default,
    DimensionId,
    FactFormat,
    FactType,
    FetchOutcome,
    Geography,
    Key: MAX_FACTS,
    Level,
    Mend,
    OfferingId,
    OrganizationId,
    PartAnswer,
    PlatformId,
    Role,
    Route,
    Slug,
    Status,
    Strength,
    Tier,
    Url,
    Verdict,
    Via,
);

/// Tables with known keys; those of which a list may have another number than most, with that.
macro_rules! read_record {
    ($($name:path $(: $most:expr)?),+ $(,)?) => {
        $(impl Read for $name {
            $(const MOST: usize = $most;)?

            #[inline]
            fn read(value: Input<'_>, faults: &mut Faults<'_>) -> Option<Self> {
                Some(value.record(faults))
            }
        })+
    };
}

read_record!(
    model::Allow,
    model::Contradiction,
    model::Dimension: MAX_DIMENSIONS,
    model::Evidence: MAX_EVIDENCE,
    model::Exception,
    model::FactSpec: MAX_FACTS,
    model::Fetch,
    model::Flag,
    model::Retired: MAX_RETIRED,
    model::Review,
    model::Synonym,
);

impl Entry for model::Cell {
    fn read_entry(value: Input<'_>, faults: &mut Faults<'_>) -> Self {
        value.record(faults)
    }
}
