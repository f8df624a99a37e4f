//! Which format goes where: one to standard output, any number to files.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::ValueEnum;
use diagnostics::{Report, Severity, concise, count, github, gitlab, json, junit, sarif};
use model::RegistryInfo;
use store::{FileLocator, StoreError};

use super::human;
use crate::cli::{Global, LintArguments, LintFormat, When};
use crate::findings::capped;
use crate::terminal::{links_out, note, print};
use crate::{Failure, pages};

/// What a run has to tell.
pub(super) struct Run<'a> {
    pub(super) global: &'a Global,
    pub(super) arguments: &'a LintArguments,
    pub(super) report: &'a Report,
    pub(super) locator: &'a FileLocator<'a>,
    /// Whether people are shown every warning.
    pub(super) all: bool,
    /// The least severity that fails the run.
    pub(super) fails: Severity,
    /// What is told of fixes; nothing where there are none.
    pub(super) fixes: &'a str,
    /// What the registry is.
    pub(super) info: &'a RegistryInfo,
    pub(super) started: Instant,
}

/// Where the formats go.
pub(super) struct Outputs {
    printed: LintFormat,
    files: Vec<(LintFormat, PathBuf)>,
}

impl Outputs {
    /// What `--format` and `--output` ask for. `FORMAT=FILE` stands for itself; the n-th plain `FILE`
    /// takes the n-th `--format`. What is printed is the human form, or the only `--format` when no
    /// plain file takes it.
    pub(super) fn new(formats: &[LintFormat], outputs: &[PathBuf]) -> Result<Self, Failure> {
        let (mut files, mut plain) = (Vec::new(), Vec::new());
        for output in outputs {
            match named(output) {
                Some((format, file)) => files.push((format, file)),
                None => plain.push(output.clone()),
            }
        }
        let printed = match (formats, plain.len()) {
            ([], 0) => LintFormat::Human,
            ([format], 0) => *format,
            (_, outputs) if outputs == formats.len() => LintFormat::Human,
            (_, outputs) => return Err(mismatch(formats.len(), outputs)),
        };
        files.extend(formats.iter().copied().zip(plain));
        for (at, (_, file)) in files.iter().enumerate() {
            if files[..at].iter().any(|(_, earlier)| earlier == file) {
                let message =
                    format!("--output names {} twice: give each format its own file", file.display());
                return Err(Failure::Usage(message));
            }
        }
        Ok(Self { printed, files })
    }

    /// Whether what is printed is the human form.
    pub(super) fn are_for_people(&self) -> bool {
        self.printed == LintFormat::Human
    }

    /// Writes the files, then prints. What is printed is printed even where a file cannot be written.
    pub(super) fn write(&self, run: &Run<'_>) -> Result<(), Failure> {
        let written = self.files.iter().try_for_each(|(format, file)| {
            let plain = Global { color: When::Never, ..run.global.clone() };
            replace(file, &run.render(*format, &plain)?).map_err(Failure::from)
        });
        print(&run.render(self.printed, run.global)?)?;
        written
    }
}

/// `FORMAT=FILE` taken apart.
fn named(output: &Path) -> Option<(LintFormat, PathBuf)> {
    let (name, file) = output.to_str()?.split_once('=')?;
    Some((LintFormat::from_str(name, false).ok()?, file.into()))
}

fn mismatch(formats: usize, outputs: usize) -> Failure {
    let message = match (formats, outputs) {
        (0, _) => "--output FILE needs a --format; or write --output FORMAT=FILE".to_owned(),
        (_, 0) => {
            "only one --format can be printed; write the others to files: --output FORMAT=FILE".to_owned()
        }
        _ => format!(
            "{formats} --format and {outputs} --output FILE do not pair: write --output FORMAT=FILE for each file"
        ),
    };
    Failure::Usage(message)
}

impl Run<'_> {
    fn render(&self, format: LintFormat, global: &Global) -> Result<Vec<u8>, Failure> {
        let mut out = Vec::new();
        match format {
            LintFormat::Human => {
                let pages = links_out(global).then(|| pages::address(self.info)).flatten();
                let wishes = human::Wishes {
                    arguments: self.arguments,
                    all: self.all,
                    fixes: self.fixes,
                    pages: pages.as_deref(),
                };
                out = human::render(global, self.report, self.locator, &wishes, self.started).into_bytes();
            }
            LintFormat::Concise => {
                let (shown, left_out) = capped(self.report.findings.iter(), self.arguments.max_findings);
                out.extend(shown.into_iter().flat_map(|finding| concise::line(finding).into_bytes()));
                if left_out > 0 {
                    note(global, &format!("--max-findings leaves out {}", count(left_out, "finding")));
                }
            }
            LintFormat::Json => json::write(&mut out, self.report)?,
            LintFormat::Sarif => {
                let tool = sarif::Tool {
                    name: "Trust Registry lint",
                    version: env!("CARGO_PKG_VERSION"),
                    information_uri: self.info.repository_url.known().map(|url| url.as_str()),
                };
                let rules: Vec<_> = lint::catalogue().iter().map(|rule| rule.info()).collect();
                sarif::write(&mut out, self.report, tool, &rules, self.locator)?;
            }
            LintFormat::Github => github::write(&mut out, self.report)?,
            LintFormat::Gitlab => gitlab::write(&mut out, self.report)?,
            LintFormat::Junit => junit::write(&mut out, self.report, self.fails)?,
        }
        Ok(out)
    }
}

/// Writes a file whole or not at all. A link is followed, and what is no file, such as a pipe, is
/// written to: only a file may be replaced.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let written = if target.exists() && !target.is_file() {
        fs::write(&target, bytes)
    } else {
        let mut name = target.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.tmp", std::process::id()));
        let temporary = target.with_file_name(name);
        File::create_new(&temporary)
            .and_then(|mut file| file.write_all(bytes))
            .and_then(|()| fs::rename(&temporary, &target))
            .inspect_err(|_| drop(fs::remove_file(&temporary)))
    };
    written.map_err(StoreError::io("write", path))
}
