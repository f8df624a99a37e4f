//! The command lines of the commands that record what was read: `verify`, `reread`, `cite`.

use clap::Args;
use model::{Confidence, ConfidenceReason, Date, FetchOutcome, Role, Url, Via};

use super::new::one_of;
use crate::maintenance::Making;
use crate::maintenance::attempt::Sureness;

/// How sure the answers are, now that a page was read.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct SurenessArguments {
    /// How sure the answers are now
    #[arg(long, value_name = "LEVEL", value_parser = one_of::<Confidence>())]
    pub(crate) confidence: Option<Confidence>,
    /// Why the confidence is not high; repeats
    #[arg(long, value_name = "REASON", value_parser = one_of::<ConfidenceReason>())]
    pub(crate) because: Vec<ConfidenceReason>,
}

impl SurenessArguments {
    pub(crate) fn sureness(&self) -> Sureness {
        Sureness { confidence: self.confidence, because: self.because.clone() }
    }
}

/// Confirm answers on a day. A page that the cell cites must have been opened, or read in an archived copy, by that
/// day: --read says that you opened one now.
#[derive(Debug, Args)]
#[command(after_help = "\
SUBJECT is KIND:ID/QUESTION, such as platform:acme-cloud/gdpr_dpa. KIND may be left out where
the id is that of an offering or of one thing only; without QUESTION it is every answer of ID.
An address of a page is every answer that cites it.

Examples:
  trustreg verify acme-chat/soc2_type2              a reading is recorded already: confirm
  trustreg verify acme-chat/soc2_type2 --read https://acme.example/soc2
  trustreg verify --read https://acme.example/dpa --write    all answers that cite the page
  trustreg verify platform:acme-cloud --read https://acme.example/dpa --by 'Jane Roe'")]
pub(crate) struct VerifyArguments {
    /// The answers
    #[arg(value_name = "SUBJECT", required_unless_present = "read")]
    pub(crate) subjects: Vec<String>,
    /// The page that you opened that day; alone, all answers that cite it are confirmed
    #[arg(long, value_name = "URL")]
    pub(crate) read: Option<Url>,
    /// The day, if not today
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) on: Option<Date>,
    /// Record a review as well: who confirms; it closes an open flag
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,
    /// What the review says
    #[arg(long, value_name = "TEXT", requires = "by")]
    pub(crate) reason: Option<String>,
    /// The flag that the review closes, where several are open
    #[arg(long, value_name = "ID", requires = "by")]
    pub(crate) flag: Option<String>,
    #[command(flatten)]
    pub(crate) sureness: SurenessArguments,
    #[command(flatten)]
    pub(crate) making: Making,
}

/// Record an attempt to read a page, in every answer that cites it. This does not confirm the answers: `verify` does.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trustreg reread https://acme.example/dpa                what the last visit of `recheck` saw
  trustreg reread https://acme.example/dpa --outcome ok
  trustreg reread https://acme.example/dpa --outcome ok --quote 'Customer may …'
  trustreg reread https://acme.example/dpa --outcome ok --via archive --on 2026-06-01 \\
      --archived https://web.archive.org/web/20260601000000/https://acme.example/dpa
  trustreg reread https://acme.example/dpa --outcome not_found --http-status 404")]
pub(crate) struct RereadArguments {
    /// The page
    pub(crate) url: Url,
    /// Only in these answers: KIND:ID/QUESTION, or KIND:ID
    #[arg(value_name = "SUBJECT")]
    pub(crate) subjects: Vec<String>,
    /// The outcome; without it, day, way and archived copy are those of the last visit of the page, whose text you read
    #[arg(long, value_name = "OUTCOME", value_parser = one_of::<FetchOutcome>())]
    pub(crate) outcome: Option<FetchOutcome>,
    /// How it was read; `direct` if this is left out
    #[arg(long, value_name = "WAY", requires = "outcome", value_parser = one_of::<Via>())]
    pub(crate) via: Option<Via>,
    /// The day of the attempt, if not today; for a copy, the day of the copy
    #[arg(long, value_name = "YYYY-MM-DD", requires = "outcome")]
    pub(crate) on: Option<Date>,
    /// The address of an archived copy
    #[arg(long, value_name = "URL")]
    pub(crate) archived: Option<Url>,
    /// The HTTP status of the answer
    #[arg(long, value_name = "STATUS", requires = "outcome")]
    pub(crate) http_status: Option<i64>,
    /// The words of the page that settle the question
    #[arg(long, value_name = "TEXT")]
    pub(crate) quote: Option<String>,
    /// Remove the confirmations that are based on the earlier attempt; without this option they refuse the change
    #[arg(long)]
    pub(crate) unverify: bool,
    #[command(flatten)]
    pub(crate) sureness: SurenessArguments,
    #[command(flatten)]
    pub(crate) making: Making,
}

/// Add a page to the evidence of an answer, or a quote to a page that it cites.
#[derive(Debug, Args)]
#[command(after_help = "\
With --quote the page counts as opened today, since its words were read; without, as not read yet.

Examples:
  trustreg cite acme-chat/soc2_type2 https://acme.example/trust --title 'Trust page'
  trustreg cite acme-chat/soc2_type2 https://acme.example/soc2 --quote 'A SOC 2 Type II report …'")]
pub(crate) struct CiteArguments {
    /// The answer: KIND:ID/QUESTION
    #[arg(index = 1)]
    pub(crate) subject: String,
    /// The page
    #[arg(index = 2)]
    pub(crate) url: Url,
    /// The words of the page that settle the question
    #[arg(long, value_name = "TEXT")]
    pub(crate) quote: Option<String>,
    /// The title of the page
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,
    /// Whose page it is; `primary` for a page that is new
    #[arg(long, value_name = "ROLE", value_parser = one_of::<Role>())]
    pub(crate) role: Option<Role>,
    /// The day on which it was opened, if not today; with it the page counts as opened
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) on: Option<Date>,
    /// The address of an archived copy
    #[arg(long, value_name = "URL")]
    pub(crate) archived: Option<Url>,
    #[command(flatten)]
    pub(crate) sureness: SurenessArguments,
    #[command(flatten)]
    pub(crate) making: Making,
}
