//! The command lines of the commands that record decisions: `flag`, `dismiss`, `correct`, `accept`.

use clap::Args;
use model::{Date, Slug, Url};

use super::reading::SurenessArguments;
use crate::maintenance::Making;

/// Raise a question about answers.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trustreg flag acme-chat/soc2_type2 --what 'The page names another auditor now.'
  trustreg flag https://acme.example/dpa --what 'The page is not there any more.'    all answers that cite it")]
pub(crate) struct FlagArguments {
    /// The answers: KIND:ID/QUESTION, KIND:ID for all of it, or the address of a page
    #[arg(value_name = "SUBJECT", required = true)]
    pub(crate) subjects: Vec<String>,
    /// The question
    #[arg(long, value_name = "TEXT")]
    pub(crate) what: String,
    /// The name by which a review closes it; made of its first words if this is left out
    #[arg(long, value_name = "ID")]
    pub(crate) id: Option<Slug>,
    /// The day, if not today
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) on: Option<Date>,
    #[command(flatten)]
    pub(crate) making: Making,
}

/// Close a flag that was unfounded. If the answer was confirmed or corrected, use `verify --by` or `correct`,
/// which close the flag too.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trustreg dismiss acme-chat/soc2_type2 --by 'Jane Roe' --reason 'The report names both auditors.'
  trustreg dismiss acme-chat/soc2_type2 --flag auditor --by 'Jane Roe' --reason '…'")]
pub(crate) struct DismissArguments {
    /// The answers: KIND:ID/QUESTION, KIND:ID for all of it, or the address of a page
    #[arg(value_name = "SUBJECT", required = true)]
    pub(crate) subjects: Vec<String>,
    /// The flag, where several are open
    #[arg(long, value_name = "ID")]
    pub(crate) flag: Option<String>,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    pub(crate) by: String,
    /// Why the flag was unfounded, and what was read to check it
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// The day, if not today
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) on: Option<Date>,
    #[command(flatten)]
    pub(crate) making: Making,
}

/// Correct an answer, and record who corrected it and why. A change of a grade needs a page that supports it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trustreg correct acme-chat/soc2_type2 --set status=partial --set 'headline=Type I only so far' \\
      --read https://acme.example/soc2 --by 'Jane Roe' --reason 'The page says Type I.'
  trustreg correct acme-chat/retention_zdr --set facts.retention_days=14 --by 'Jane Roe' --reason '…'
  trustreg correct acme-chat/soc2_type2 --unset headline --by 'Jane Roe' --reason '…'")]
pub(crate) struct CorrectArguments {
    /// The answer: KIND:ID/QUESTION
    pub(crate) subject: String,
    /// The new value of a field or a fact; repeats
    #[arg(long, value_name = "KEY=VALUE", required_unless_present = "unset")]
    pub(crate) set: Vec<String>,
    /// A field or a fact to remove; repeats
    #[arg(long, value_name = "KEY")]
    pub(crate) unset: Vec<String>,
    /// The page that you opened that day, which supports the answer as corrected; the answer counts as verified
    #[arg(long, value_name = "URL")]
    pub(crate) read: Option<Url>,
    /// The flag that this closes, where several are open
    #[arg(long, value_name = "ID")]
    pub(crate) flag: Option<String>,
    /// Who corrects it
    #[arg(long, value_name = "NAME")]
    pub(crate) by: String,
    /// What was wrong
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// The day, if not today
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) on: Option<Date>,
    #[command(flatten)]
    pub(crate) sureness: SurenessArguments,
    #[command(flatten)]
    pub(crate) making: Making,
}

/// Accept a finding: write the `[[allow]]` block for it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trustreg accept cell/stale acme-chat/soc2_type2 --owner 'Jane Roe' --reason 'The portal is down.'
  trustreg accept 1f2e3d4c --owner 'Jane Roe' --reason '…' --until 2026-12-31")]
pub(crate) struct AcceptArguments {
    /// The finding: its rule, or the start of its fingerprint, which `lint --format json` shows
    #[arg(index = 1)]
    pub(crate) finding: String,
    /// Its subject: KIND:ID, or KIND:ID/QUESTION
    #[arg(index = 2)]
    pub(crate) subject: Option<String>,
    /// Why it is accepted
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// Who is responsible for it
    #[arg(long, value_name = "NAME")]
    pub(crate) owner: String,
    /// The last day on which it is accepted
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) until: Option<Date>,
    #[command(flatten)]
    pub(crate) making: Making,
}
