//! The command line of the registry: its commands, what they print, and how the process ends.
//!
//! Only this crate talks to the terminal. Two binaries are made of it: `trustreg`, and in a clone
//! `cargo xtask`, which has further commands.

// The further commands use it.
#![cfg_attr(not(feature = "full"), allow(dead_code, unused_imports))]

mod arguments;
mod azure_pipelines;
mod code_scanning;
mod commands;
mod diff;
#[cfg(feature = "full")]
mod filter;
mod findings;
mod folder;
mod global;
mod maintenance;
mod output_folder;
mod pages;
mod progress;
mod query;
mod schemas;
mod shell;
mod table;
pub mod terminal;
mod version;

use std::process::ExitCode;

pub use self::arguments::{Cli, Product};
#[cfg(feature = "full")]
pub use self::commands::recheck::RecheckError;
pub use self::commands::rules::index as rule_index;
pub use self::global::Global;
pub use self::progress::Progress;

/// What the command line is called outside of a clone.
pub const PRODUCT: &str = "trustreg";

/// What the command line is called in a clone.
pub const IN_A_CLONE: &str = "cargo xtask";

/// The system's own makes threads wait for each other, and asks the kernel for memory page by page.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a command ends.
pub enum Outcome {
    /// The command succeeded: exit status 0.
    Success,
    /// There are findings, a refused import, or files out of step: exit status 1.
    Findings,
}

/// Why a command could not do its work: exit status 2.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The command was asked for something that cannot be.
    #[error("{0}")]
    Usage(String),
    /// The command is not in this build.
    #[error("this build lacks the command: build `cli` with its default features")]
    NotBuilt,
    /// Pages could not be looked at.
    #[cfg(feature = "full")]
    #[error(transparent)]
    Recheck(#[from] RecheckError),
    /// A filter expression is faulty.
    #[error("{message}")]
    Expression {
        /// What is wrong with it.
        message: String,
        /// The line of the expression with the place marked below it.
        excerpt: Option<String>,
    },
    /// A folder or file could not be opened or written.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// The baseline cannot be read.
    #[error(transparent)]
    Baseline(#[from] registry::BaselineFileError),
    /// Files could not be written.
    #[error(transparent)]
    Write(#[from] store::WriteError),
    /// The registry does not fit into a workbook.
    #[cfg(feature = "full")]
    #[error("{error}: {}", workbook_help(error))]
    Workbook {
        /// What does not fit.
        #[from]
        error: export::WorkbookError,
    },
    /// The output could not be written.
    #[error("cannot write the output: {0}")]
    Output(#[from] std::io::Error),
}

/// What to do about a registry that does not fit into a workbook.
#[cfg(feature = "full")]
fn workbook_help(error: &export::WorkbookError) -> &'static str {
    match error {
        export::WorkbookError::TooLong { .. } => "shorten it, or export csv",
        export::WorkbookError::TooLarge(_) | export::WorkbookError::Xlsx(_) => "export csv",
    }
}

/// The commands of a binary.
pub trait Commands: clap::Subcommand {
    /// Runs the command that the command line names.
    ///
    /// # Errors
    ///
    /// When the command cannot do its work.
    fn run(&self, global: &Global) -> Result<Outcome, Failure>;
}

/// Reads the command line of a binary that was called by this name, runs its command, and returns how the process
/// ends.
pub fn main<C: Commands>(name: &'static str) -> ExitCode {
    diagnostics::called_as(name);
    let Cli { global, command } = arguments::parse::<C>();
    match command.run(&global) {
        Ok(Outcome::Success) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        // The reader closed the pipe (such as `head`); not an error.
        Err(Failure::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            terminal::complain(&global, &failure.to_string());
            if let Failure::Expression { excerpt: Some(excerpt), .. } = &failure {
                terminal::excerpt(excerpt);
            }
            ExitCode::from(2)
        }
    }
}
