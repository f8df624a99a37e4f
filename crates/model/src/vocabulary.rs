//! The closed vocabularies: each value's id, label and meaning, in one place.

use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, json};

use crate::VALUE_TEXTS;

/// A closed list of values, each with the id that files use, a label for readers and a meaning.
pub trait Vocabulary: Sized + Copy + 'static {
    /// What one value is called in a sentence: "status".
    const NOUN: &'static str;
    /// All values, in the order in which readers see them.
    const ALL: &'static [Self];

    /// The id that data files use.
    fn id(self) -> &'static str;
    /// The label that readers see.
    fn label(self) -> &'static str;
    /// What the value says, in a sentence.
    fn meaning(self) -> &'static str;

    /// The value with this id.
    fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.id() == id)
    }
}

/// A text that is no id of a vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no {noun}")]
pub struct Unknown {
    /// The refused text.
    pub text: String,
    /// What was wanted.
    pub noun: &'static str,
}

/// The schema of a vocabulary. A plain `enum`, since a `oneOf` of documented constants would report
/// a wrong value as "valid under none"; the texts are under [`VALUE_TEXTS`].
fn vocabulary_schema<V: Vocabulary>(description: &str) -> Schema {
    let ids: Vec<_> = V::ALL.iter().map(|value| value.id()).collect();
    let texts: Map<_, _> = V::ALL
        .iter()
        .map(|value| (value.id().to_owned(), json!(format!("{}: {}", value.label(), value.meaning()))))
        .collect();
    let mut schema = Schema::default();
    schema.insert("type".to_owned(), json!("string"));
    schema.insert("enum".to_owned(), json!(ids));
    schema.insert("description".to_owned(), json!(description));
    schema.insert(VALUE_TEXTS.to_owned(), json!(texts));
    schema
}

macro_rules! vocabulary {
    (
        #[doc = $about:literal]
        pub enum $name:ident $(as $published:ident)?: $noun:literal {
            $(#[doc = $meaning:literal] $variant:ident = $id:literal, $label:literal;)+
        }
    ) => {
        #[doc = $about]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = $meaning] $variant,)+
        }

        impl Vocabulary for $name {
            const NOUN: &'static str = $noun;
            const ALL: &'static [Self] = &[$(Self::$variant,)+];

            fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }

            fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }

            fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning.trim_ascii(),)+ }
            }
        }

        impl FromStr for $name {
            type Err = Unknown;

            fn from_str(text: &str) -> Result<Self, Unknown> {
                Self::from_id(text).ok_or_else(|| Unknown { text: text.to_owned(), noun: $noun })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(self.id())
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                // The name that schemas give it, where that is another.
                [$(stringify!($published),)? stringify!($name)][0].into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                vocabulary_schema::<Self>($about.trim_ascii())
            }
        }
    };
}

vocabulary! {
    /// The grade that follows from the guidance of the dimension. `yes_*` is always the good answer.
    pub enum Status: "status" {
        /// The commitment holds, and anyone can read it.
        YesPublic = "yes_public", "Yes, public";
        /// The commitment holds, but reading or getting it needs an account, a form, an agreement or a sale.
        YesSalesGated = "yes_sales_gated", "Yes, sales-gated";
        /// The commitment holds for some plans, regions, models or parts of the question only.
        Partial = "partial", "Partial";
        /// The sources disagree or do not answer the question.
        Unclear = "unclear", "Unclear";
        /// Nothing public was found that answers the question; this is not a "no".
        NoPublicEvidence = "no_public_evidence", "No public evidence";
        /// A source states that the commitment does not hold.
        No = "no", "No";
    }
}

vocabulary! {
    /// How certain a grade is.
    pub enum Confidence: "confidence" {
        /// A page of the graded company, or of an authority, states it clearly.
        High = "high", "High";
        /// Likely right, with a stated reason for doubt.
        Medium = "medium", "Medium";
        /// A best guess, with a stated reason for doubt.
        Low = "low", "Low";
    }
}

vocabulary! {
    /// Why the confidence of a cell is not high.
    pub enum ConfidenceReason: "confidence reason" {
        /// The source was not opened.
        NotRead = "not_read", "Not read";
        /// The grade is based on what a third party wrote about the graded company.
        SecondarySource = "secondary_source", "Secondary source";
        /// A source could not be fetched.
        FetchFailed = "fetch_failed", "Fetch failed";
        /// The document that answers the question needs a login or an agreement.
        GatedDocument = "gated_document", "Gated document";
        /// No source that was read shows whether the service itself is in scope.
        ScopeUnverified = "scope_unverified", "Scope unverified";
        /// Sources contradict each other.
        ConflictingSources = "conflicting_sources", "Conflicting sources";
        /// A search found no source.
        SourceNotFound = "source_not_found", "Source not found";
        /// The source has no date.
        UndatedSource = "undated_source", "Undated source";
        /// The grade is inferred from sources about something else.
        Inferred = "inferred", "Inferred";
    }
}

vocabulary! {
    /// Which customers can get what the cell grades.
    pub enum Tier: "tier" {
        /// Every customer, without talking to anyone.
        SelfServe = "self_serve", "Self-serve";
        /// Customers of paid plans.
        PaidPlans = "paid_plans", "Paid plans";
        /// Customers with an enterprise contract.
        EnterpriseOnly = "enterprise_only", "Enterprise only";
    }
}

vocabulary! {
    /// How a customer obtains what the cell grades.
    pub enum Route: "route" {
        /// Anyone can read or download it without an account.
        Public = "public", "Public";
        /// Through a trust center, after a login or a non-disclosure agreement.
        TrustCenterNda = "trust_center_nda", "Trust center (NDA)";
        /// By filling in a form that someone answers.
        RequestForm = "request_form", "Request form";
        /// As part of a contract with the sales team.
        SalesContract = "sales_contract", "Sales contract";
    }
}

vocabulary! {
    /// Whether the commitment holds without an action by the customer.
    pub enum DefaultState as Default: "default" {
        /// It holds without any action.
        Enabled = "enabled", "On by default";
        /// The customer must change a setting.
        RequiresConfig = "requires_config", "Requires configuration";
        /// The provider must approve it first.
        RequiresApproval = "requires_approval", "Requires approval";
    }
}

vocabulary! {
    /// Who publishes the page.
    pub enum Role: "role" {
        /// A page of the graded company.
        Primary = "primary", "Primary";
        /// A page of a regulator or certifier.
        Authority = "authority", "Authority";
        /// A page of a third party about the graded company.
        Secondary = "secondary", "Secondary";
    }
}

impl Role {
    /// The role in the words that readers see.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Primary => "primary source",
            Self::Authority => "regulator or certifier",
            Self::Secondary => "secondary source",
        }
    }
}

vocabulary! {
    /// The outcome of an attempt to read a source.
    pub enum FetchOutcome: "fetch outcome" {
        /// The page was read.
        Ok = "ok", "Read";
        /// The site refused access, for example with HTTP status 403.
        Blocked = "blocked", "Blocked";
        /// The page needs a login, a form or an agreement.
        Gated = "gated", "Gated";
        /// The page does not exist.
        NotFound = "not_found", "Not found";
        /// The attempt failed for a technical reason.
        Failed = "failed", "Failed";
        /// The page loaded, but could not be read.
        Unreadable = "unreadable", "Unreadable";
        /// There was no attempt to read it.
        NotAttempted = "not_attempted", "Not attempted";
    }
}

vocabulary! {
    /// How a source was read.
    pub enum Via: "way of reading" {
        /// The page itself was opened on the day of the attempt.
        Direct = "direct", "Opened";
        /// The archived copy was read: a copy of a web archive, or a dated version in a public git archive.
        Archive = "archive", "Archived copy";
        /// A copy without a public address was read, or a mirror that is neither of the company nor of a document archive.
        StoredCopy = "stored_copy", "Stored copy";
        /// Only an excerpt was seen, for example in a search engine.
        Snippet = "snippet", "Excerpt";
        /// The secondary source in `reported_by` states that its author read the page on that day.
        Reported = "reported", "Reported";
    }
}

vocabulary! {
    /// How a machine looked at a page.
    pub enum VisitVia: "way of visiting" {
        /// The page itself was opened on the day of the visit.
        Direct = "direct", "Opened";
        /// An archived copy was opened: a copy of a web archive, or a dated version in a public git archive.
        Archive = "archive", "Archived copy";
    }
}

vocabulary! {
    /// What visits of machines say of a page since it was read.
    pub enum Sighting: "sighting" {
        /// The page has the same text as when it was read.
        Unchanged = "unchanged", "Unchanged";
        /// The page is still there; its text is not known to be the same.
        StillThere = "still_there", "Still there";
        /// The page was not found.
        NotFound = "not_found", "Not found";
    }
}

vocabulary! {
    /// Why a reader should check a public yes before relying on it.
    pub enum Doubt: "doubt" {
        /// The confidence is below high, or not stated.
        Confidence = "confidence", "Confidence below high";
        /// No source was opened, and no copy of one was read.
        NotRead = "not_read", "No source read";
        /// A part of the question is unverified.
        PartUnverified = "part_unverified", "Part unverified";
        /// A flag about it is open.
        OpenFlag = "open_flag", "Open question";
        /// It is past the date on which it was due for a recheck, or it has no date.
        PastLimit = "past_limit", "Past its date";
    }
}

vocabulary! {
    /// How an offering is sold to customers.
    pub enum Category: "category" {
        /// The developer of the models operates the platform.
        FirstParty = "first_party", "First-party";
        /// A cloud sells another company's models on its own platform.
        CloudDistribution = "cloud_distribution", "Cloud distribution";
        /// A host runs open-weight models of many developers.
        InferenceHost = "inference_host", "Inference host";
        /// A gateway forwards requests to other hosts.
        Aggregator = "aggregator", "Aggregator";
    }
}

vocabulary! {
    /// The result of a person's review of a cell.
    pub enum Verdict: "verdict" {
        /// The cell was right.
        Confirmed = "confirmed", "Confirmed";
        /// The cell was wrong and has been corrected.
        Corrected = "corrected", "Corrected";
        /// The doubt about the cell was unfounded.
        Dismissed = "dismissed", "Dismissed";
    }
}

vocabulary! {
    /// The answer to one part of a compound question.
    pub enum PartAnswer: "part answer" {
        /// This part holds.
        Yes = "yes", "Yes";
        /// This part does not hold.
        No = "no", "No";
        /// This part has not been checked.
        Unverified = "unverified", "Unverified";
    }
}

vocabulary! {
    /// Which company a dimension grades.
    pub enum Level: "level" {
        /// The platform that serves the models.
        Platform = "platform", "Serving platform";
        /// The developer of the models.
        Developer = "developer", "Model developer";
    }
}

vocabulary! {
    /// The type of a declared fact.
    pub enum FactType: "fact type" {
        /// `true` or `false`.
        Bool = "bool", "Yes or no";
        /// A whole number.
        Integer = "integer", "Whole number";
        /// A number with a fraction.
        Decimal = "decimal", "Decimal number";
        /// A calendar day.
        Date = "date", "Date";
        /// A text.
        Text = "text", "Text";
        /// A list of texts.
        List = "list", "List of texts";
    }
}

vocabulary! {
    /// The format of a declared fact's text.
    pub enum FactFormat: "fact format" {
        /// An https address.
        Url = "url", "URL";
        /// The name of a host.
        Host = "host", "Host name";
        /// A day of the year, MM-DD.
        MonthDay = "month_day", "Month and day";
    }
}

vocabulary! {
    /// How to convert a synonym to the declared fact.
    pub enum Mend: "mend" {
        /// The key changes, the value stays.
        Rename = "rename", "Rename";
        /// The key changes, and `true` becomes `false` and the reverse.
        Invert = "invert", "Invert";
        /// A person must write a new value.
        Rewrite = "rewrite", "Rewrite";
    }
}

vocabulary! {
    /// The condition under which a declared fact contradicts something, whatever its value.
    pub enum Condition: "condition" {
        /// The cell states it.
        Present = "present", "Present";
        /// The cell does not state it.
        Absent = "absent", "Absent";
        /// The cell does not state it, or states an empty list.
        EmptyOrAbsent = "empty_or_absent", "Empty or absent";
        /// It is a date before today.
        Past = "past", "Past";
        /// It is a number above zero.
        AboveZero = "above_zero", "Above zero";
    }
}

vocabulary! {
    /// How strongly a fact contradicts the rest of its cell.
    pub enum Strength: "strength" {
        /// Both cannot be true.
        Error = "error", "Contradicts";
        /// Both can be true, but a reader will doubt it.
        Warning = "warning", "Strains";
    }
}

vocabulary! {
    /// How a table writes dates.
    pub enum DateOrder: "order of dates" {
        /// The year comes first: 2026-11-20 or 2026/11/20.
        Ymd = "ymd", "year, month, day";
        /// The day comes first: 20.11.2026 or 20/11/2026.
        Dmy = "dmy", "day, month, year";
        /// The month comes first: 11/20/2026.
        Mdy = "mdy", "month, day, year";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_back_and_texts_are_sentences() {
        fn check<V: Vocabulary + PartialEq + fmt::Debug>() -> &'static str {
            for value in V::ALL {
                assert_eq!(V::from_id(value.id()), Some(*value));
                assert!(!value.label().is_empty());
                assert!(value.meaning().ends_with('.'), "{}", value.meaning());
            }
            V::NOUN
        }
        let checked = [
            check::<Status>(),
            check::<Confidence>(),
            check::<ConfidenceReason>(),
            check::<Tier>(),
            check::<Route>(),
            check::<DefaultState>(),
            check::<Role>(),
            check::<FetchOutcome>(),
            check::<Via>(),
            check::<VisitVia>(),
            check::<Sighting>(),
            check::<Doubt>(),
            check::<Category>(),
            check::<Verdict>(),
            check::<PartAnswer>(),
            check::<Level>(),
            check::<FactType>(),
            check::<FactFormat>(),
            check::<Mend>(),
            check::<Condition>(),
            check::<Strength>(),
            check::<DateOrder>(),
        ];
        let source = include_str!("vocabulary.rs");
        assert_eq!(checked.len(), source.matches("\nvocabulary! {").count(), "each vocabulary is checked");
    }
}
