//! The command lines of the commands that change what entities there are: `rename`, `retire`, `move-up`.

use clap::Args;
use model::Date;

use crate::maintenance::Making;

/// Change the id of an offering, a platform or an organization, and every reference to it. The file is renamed. The
/// old id is kept in `former_ids`, so that `show` and the site still find it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trustreg rename groq-cloud groqcloud              what would change
  trustreg rename platform:groq groq-cloud --write")]
pub(crate) struct RenameArguments {
    /// The entity: KIND:ID, or an id alone
    #[arg(value_name = "KIND:OLD")]
    pub(crate) old: String,
    /// Its new id, kebab-case
    #[arg(value_name = "NEW")]
    pub(crate) new: String,
    #[command(flatten)]
    pub(crate) making: Making,
}

/// Remove an offering, a platform, an organization or one answer. `registry.toml` keeps the date and the reason.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trustreg retire ai21-studio --reason 'The service ended.'
  trustreg retire platform:acme-cloud/hipaa_baa --reason 'The answer belongs to the offerings.'")]
pub(crate) struct RetireArguments {
    /// What is removed: KIND:ID, or KIND:ID/QUESTION
    pub(crate) subject: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// The day, if not today
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) on: Option<Date>,
    #[command(flatten)]
    pub(crate) making: Making,
}

/// Move an answer that is the same for all offerings of a platform, or of a developer, to that platform or
/// developer. The offerings inherit it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trustreg move-up platform:aws-bedrock                 every answer that all its offerings give
  trustreg move-up platform:aws-bedrock/soc2_type2      one answer")]
pub(crate) struct MoveUpArguments {
    /// Where it goes: platform:ID or organization:ID, or one answer of it, KIND:ID/QUESTION
    pub(crate) subject: String,
    #[command(flatten)]
    pub(crate) making: Making,
}
