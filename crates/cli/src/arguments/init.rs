//! The command line of `init`.

use std::path::PathBuf;

use clap::Args;

/// Begin a registry: its data folder, the schemas of its files, settings for editors, the git hooks that lint each
/// commit, and a workflow for GitHub. Nothing is overwritten: a file that is there already is kept.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trustreg init                        in this folder, with the questions of the AI Provider Trust Registry
  trustreg init risk/ai --empty        in a folder of a larger repository, without questions
  trustreg init --data trust           with another name for the data folder")]
pub(crate) struct InitArguments {
    /// The folder to put the data folder into, as `data` [default: the current folder]
    #[arg(value_name = "FOLDER", conflicts_with = "data")]
    pub(crate) folder: Option<PathBuf>,
    /// The name of the registry
    #[arg(long, value_name = "TEXT", default_value = "AI provider trust registry")]
    pub(crate) name: String,
    /// Begin without questions
    #[arg(long)]
    pub(crate) empty: bool,
    /// Install no git hooks
    #[arg(long)]
    pub(crate) no_hook: bool,
    /// Write no workflow for GitHub
    #[arg(long)]
    pub(crate) no_workflow: bool,
}
