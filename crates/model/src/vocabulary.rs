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
    /// The grade of what a provider offers, as the dimension's guidance says. `yes_*` is always the good answer.
    pub enum Status: "status" {
        /// The commitment holds, and anyone can read it.
        YesPublic = "yes_public", "Yes, public";
        /// The commitment holds, but reading or getting it needs an account, a form, an agreement or a sale.
        YesSalesGated = "yes_sales_gated", "Yes, sales-gated";
        /// The commitment holds for some plans, regions, models or parts of the question only.
        Partial = "partial", "Partial";
        /// The sources disagree or do not settle the question.
        Unclear = "unclear", "Unclear";
        /// Nothing public was found that answers the question; this is not a "no".
        NoPublicEvidence = "no_public_evidence", "No public evidence";
        /// A source says that the commitment does not hold.
        No = "no", "No";
    }
}

vocabulary! {
    /// How sure the reading behind a grade is.
    pub enum Confidence: "confidence" {
        /// The graded party's own page, or an authority's, says so plainly.
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
        /// The grade rests on what somebody else wrote about the graded party.
        SecondarySource = "secondary_source", "Secondary source";
        /// A source could not be fetched.
        FetchFailed = "fetch_failed", "Fetch failed";
        /// The document that would settle it lies behind a login or an agreement.
        GatedDocument = "gated_document", "Gated document";
        /// Whether the service itself is in scope could not be read.
        ScopeUnverified = "scope_unverified", "Scope unverified";
        /// Sources contradict each other.
        ConflictingSources = "conflicting_sources", "Conflicting sources";
        /// No source was found where one was looked for.
        SourceNotFound = "source_not_found", "Source not found";
        /// The source carries no date.
        UndatedSource = "undated_source", "Undated source";
        /// The grade is inferred from what the sources say of something else.
        Inferred = "inferred", "Inferred";
    }
}

vocabulary! {
    /// Who may have what the cell grades.
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
    /// How one gets at what the cell grades.
    pub enum Route: "route" {
        /// Anyone can read or take it without an account.
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
    /// Whether the commitment holds without doing anything.
    pub enum DefaultState as Default: "default" {
        /// It holds as delivered.
        Enabled = "enabled", "On by default";
        /// The customer must set something.
        RequiresConfig = "requires_config", "Requires configuration";
        /// The provider must approve it first.
        RequiresApproval = "requires_approval", "Requires approval";
    }
}

vocabulary! {
    /// Whose page an evidence is.
    pub enum Role: "role" {
        /// The graded party's own page.
        Primary = "primary", "Primary";
        /// A regulator's or certifier's page.
        Authority = "authority", "Authority";
        /// Somebody else's page about the graded party.
        Secondary = "secondary", "Secondary";
    }
}

impl Role {
    /// The role as readers are told it.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Primary => "primary source",
            Self::Authority => "regulator or certifier",
            Self::Secondary => "secondary source",
        }
    }
}

vocabulary! {
    /// What came of an attempt to read an evidence.
    pub enum FetchOutcome: "fetch outcome" {
        /// It was read.
        Ok = "ok", "Read";
        /// The site refused the reader, for instance with a 403.
        Blocked = "blocked", "Blocked";
        /// It lies behind a login, a form or an agreement.
        Gated = "gated", "Gated";
        /// It is not there.
        NotFound = "not_found", "Not found";
        /// The attempt broke off for a technical reason.
        Failed = "failed", "Failed";
        /// It came, but could not be read.
        Unreadable = "unreadable", "Unreadable";
        /// Nobody tried.
        NotAttempted = "not_attempted", "Not attempted";
    }
}

vocabulary! {
    /// How an evidence was read.
    pub enum Via: "way of reading" {
        /// The page itself was opened on the day of the attempt.
        Direct = "direct", "Opened";
        /// The archived copy was read: a copy of a web archive, or a dated version in a public git archive.
        Archive = "archive", "Archived copy";
        /// A copy without a public address was read, or a mirror that neither the party nor an archive of documents keeps.
        StoredCopy = "stored_copy", "Stored copy";
        /// Only an excerpt was seen, such as a search engine's.
        Snippet = "snippet", "Excerpt";
        /// The secondary source named in `reported_by` says that it looked at the page that day.
        Reported = "reported", "Reported";
    }
}

vocabulary! {
    /// Why a public yes is to be checked before anyone relies on it.
    pub enum Doubt: "doubt" {
        /// The confidence is below high, or not stated.
        Confidence = "confidence", "Confidence below high";
        /// No source of it was opened, and no copy of one was read.
        NotRead = "not_read", "No source read";
        /// A part of the question is unverified.
        PartUnverified = "part_unverified", "Part unverified";
        /// A question about it is open.
        OpenFlag = "open_flag", "Open question";
        /// The day on which it was due again is past, or no day is known as of which it speaks.
        PastLimit = "past_limit", "Past its date";
    }
}

vocabulary! {
    /// How an offering reaches its customers.
    pub enum Category: "category" {
        /// The developer of the models runs the platform.
        FirstParty = "first_party", "First-party";
        /// A cloud sells another company's models on its own platform.
        CloudDistribution = "cloud_distribution", "Cloud distribution";
        /// A host runs open-weight models of many developers.
        InferenceHost = "inference_host", "Inference host";
        /// A gateway passes requests on to other hosts.
        Aggregator = "aggregator", "Aggregator";
    }
}

vocabulary! {
    /// What came of a review of a cell by a person.
    pub enum Verdict: "verdict" {
        /// The cell was right.
        Confirmed = "confirmed", "Confirmed";
        /// The cell was wrong and has been corrected.
        Corrected = "corrected", "Corrected";
        /// The doubt raised against the cell was unfounded.
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
        /// Nobody has checked this part.
        Unverified = "unverified", "Unverified";
    }
}

vocabulary! {
    /// Whom a dimension grades.
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
    /// The form of a declared fact's text.
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
    /// How a synonym becomes the declared fact.
    pub enum Mend: "mend" {
        /// The key changes, the value stays.
        Rename = "rename", "Rename";
        /// The key changes and the truth value turns round.
        Invert = "invert", "Invert";
        /// A person must write the value anew.
        Rewrite = "rewrite", "Rewrite";
    }
}

vocabulary! {
    /// When a declared fact meets a contradiction, besides by its value.
    pub enum Condition: "condition" {
        /// The cell states it.
        Present = "present", "Present";
        /// The cell does not state it.
        Absent = "absent", "Absent";
        /// The cell does not state it, or states an empty list.
        EmptyOrAbsent = "empty_or_absent", "Empty or absent";
        /// It is a day before today.
        Past = "past", "Past";
        /// It is a number above zero.
        AboveZero = "above_zero", "Above zero";
    }
}

vocabulary! {
    /// How badly a fact sits with the rest of its cell.
    pub enum Strength: "strength" {
        /// Both cannot be true.
        Error = "error", "Contradicts";
        /// Both can be true, but a reader will ask.
        Warning = "warning", "Strains";
    }
}

vocabulary! {
    /// How a table writes days.
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
