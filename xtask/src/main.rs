//! The one driver of the registry: `cargo xtask <command>`.
//!
//! Only this crate talks to the terminal and ends the process.

mod cli;
mod commands;
mod diff;
mod filter;
mod findings;
mod folder;
mod judge;
mod output;
mod pages;
mod progress;
mod reading;
mod shell;
mod table;
mod terminal;

use std::process::ExitCode;

use crate::cli::Command;

/// The system's own makes threads wait for each other, and asks the kernel for memory page by page.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a command ends.
pub(crate) enum Outcome {
    /// As wished: exit status 0.
    Success,
    /// There are findings, a refused import, or files out of step: exit status 1.
    Findings,
}

/// Why a command could not do its work: exit status 2.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The command was asked for something that cannot be.
    #[error("{0}")]
    Usage(String),
    /// A filter expression is faulty.
    #[error("{fault}")]
    Expression {
        /// What is wrong with it.
        fault: filter::Fault,
        /// The line of the expression with the place marked below it.
        excerpt: Option<String>,
    },
    /// A folder or file could not be opened or written.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// Files could not be written.
    #[error(transparent)]
    Write(#[from] store::WriteError),
    /// The registry does not fit into a workbook.
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
fn workbook_help(error: &export::WorkbookError) -> &'static str {
    match error {
        export::WorkbookError::TooLong { .. } => "shorten it, or export csv",
        export::WorkbookError::TooLarge(_) | export::WorkbookError::Xlsx(_) => "export csv",
    }
}

fn main() -> ExitCode {
    let cli = cli::parse();
    let global = &cli.global;
    let ended = match &cli.command {
        Command::Lint(arguments) => commands::lint::run(global, arguments),
        Command::Explain(arguments) => commands::explain::run(global, arguments),
        Command::Rules(arguments) => commands::rules::run(global, arguments),
        Command::Fmt(arguments) => commands::fmt::run(global, arguments),
        Command::Import(arguments) => commands::import::run(global, arguments),
        Command::Export(arguments) => commands::export::run(global, arguments),
        Command::Serve(arguments) => commands::serve::run(global, arguments),
        Command::Show(arguments) => commands::show::run(global, arguments),
        Command::Compare(arguments) => commands::compare::run(global, arguments),
        Command::Find(arguments) => commands::find::run(global, arguments),
        Command::Ci => commands::ci::run(global),
        Command::Fuzz(arguments) => commands::fuzz::run(global, arguments),
        Command::New(arguments) => commands::new::run(global, arguments),
        Command::Completions(arguments) => commands::completions::run(global, arguments),
        Command::Man(arguments) => commands::man::run(arguments),
        Command::Hook(arguments) => commands::hook::run(global, arguments),
    };
    match ended {
        Ok(Outcome::Success) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        // Whoever reads has seen enough.
        Err(Failure::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            terminal::complain(global, &failure.to_string());
            if let Failure::Expression { excerpt: Some(excerpt), .. } = &failure {
                terminal::excerpt(excerpt);
            }
            ExitCode::from(2)
        }
    }
}
