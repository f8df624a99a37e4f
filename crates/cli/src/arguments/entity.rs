//! The command lines of the commands that change what entities there are: `rename`, `retire`, `move-up`.

use clap::Args;
use model::Date;

use crate::maintenance::Making;

/// Give an offering, a platform or an organization another id. Its file is renamed, all that names it follows, and
/// its old id stays in `former_ids`, so that `show` and the site still find it.
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

/// Take an offering, a platform, an organization or one answer out on purpose. `registry.toml` keeps when and why.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trustreg retire ai21-studio --reason 'The service ended.'
  trustreg retire platform:acme-cloud/hipaa_baa --reason 'The answer belongs to the offerings.'")]
pub(crate) struct RetireArguments {
    /// What is taken out: KIND:ID, or KIND:ID/QUESTION
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

/// Store an answer that is equal on all offerings of a platform, or of a developer, once: with that. The offerings
/// inherit it from then on.
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
