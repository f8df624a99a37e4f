//! The outputs of a lint: one format to standard output, any number to files.

use std::borrow::Cow;
use std::env;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::ValueEnum;
use diagnostics::{Report, Severity, concise, count, github, gitlab, json, junit, printable_lines};
use model::RegistryInfo;
use store::{FileLocator, Source, StoreError};

use super::human;
use crate::arguments::{LintArguments, LintFormat};
use crate::code_scanning::{self, Judged};
use crate::folder::Folder;
use crate::global::{Global, When};
use crate::terminal::{color_out, links_out, note, print_document};
use crate::{Failure, pages};

/// What a run reports.
pub(super) struct Run<'a> {
    pub(super) global: &'a Global,
    pub(super) arguments: &'a LintArguments,
    pub(super) report: &'a Report,
    pub(super) locator: &'a FileLocator<'a>,
    /// The state that is judged.
    pub(super) source: &'a dyn Source,
    pub(super) folder: &'a Folder,
    /// Whether people are shown every warning.
    pub(super) all: bool,
    /// The least severity that fails the run.
    pub(super) fails: Severity,
    /// The message about fixes; empty if there are none.
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
    /// What `--format` and `--output` ask for. `FORMAT=FILE` is complete; the n-th plain `FILE`
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

    /// Returns whether what is printed is the human form.
    pub(super) fn are_for_people(&self) -> bool {
        self.printed == LintFormat::Human
    }

    /// Writes the files, then prints. What is printed is printed even where a file cannot be written.
    pub(super) fn write(&self, run: &Run<'_>) -> Result<(), Failure> {
        let written: Result<(), Failure> = self.files.iter().try_for_each(|(format, file)| {
            let plain = Global { color: When::Never, ..run.global.clone() };
            let mut bytes = Vec::new();
            run.write(&mut bytes, *format, &plain)?;
            replace(file, &bytes).map_err(Failure::from)
        });
        print_document(|out| run.write(out, self.printed, run.global))?;
        written?;
        let formats = self.files.iter().map(|(format, _)| *format);
        if formats.chain([self.printed]).any(|format| format == LintFormat::Github) {
            summarise(&run.shown(run.global, LintFormat::Github))?;
        }
        Ok(())
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
            "{formats} --format and {outputs} --output FILE do not match: write --output FORMAT=FILE for each file"
        ),
    };
    Failure::Usage(message)
}

impl Run<'_> {
    /// Writes the report in a format, as far as that can be done piece by piece.
    fn write(&self, out: &mut dyn Write, format: LintFormat, global: &Global) -> io::Result<()> {
        match format {
            LintFormat::Human => {
                let pages =
                    links_out(global).then(|| pages::address(self.info, self.folder.repository())).flatten();
                let wishes = human::Wishes {
                    arguments: self.arguments,
                    all: self.all,
                    fixes: self.fixes,
                    fails: self.fails,
                    pages: pages.as_deref(),
                };
                let lines = human::render(global, self.report, self.locator, &wishes, self.started);
                out.write_all(printable_lines(&lines, color_out(global)).as_bytes())
            }
            LintFormat::Concise => {
                let report = self.shown(global, format);
                let lines: String = report.findings.iter().map(concise::line).collect();
                out.write_all(printable_lines(&lines, false).as_bytes())
            }
            LintFormat::Json => json::write(out, &self.shown(global, format)),
            LintFormat::Sarif => {
                let judged = Judged {
                    source: self.source,
                    info: self.info,
                    is_checked_out: !self.arguments.staged && self.arguments.stdin_path.is_none(),
                };
                code_scanning::write(out, "lint", &self.shown(global, format), judged, self.folder)
            }
            LintFormat::Github => github::write(out, &self.shown(global, format)),
            LintFormat::Gitlab => gitlab::write(out, &self.shown(global, format)),
            LintFormat::Junit => {
                let mut document = Vec::new();
                junit::write(&mut document, &self.shown(global, format), self.fails)?;
                // Its texts are on their own lines.
                out.write_all(printable_lines(&String::from_utf8_lossy(&document), false).as_bytes())
            }
        }
    }

    /// The report as a format shows it: not more findings than were asked for, which formats that have no
    /// place for it leave to standard error to say; and, for programs on a server, paths from the top of
    /// the repository.
    fn shown(&self, global: &Global, format: LintFormat) -> Cow<'_, Report> {
        let mut report = Cow::Borrowed(self.report);
        if let Some(max) = self.arguments.max_findings.filter(|max| *max < self.report.findings.len()) {
            let capped = report.into_owned().capped(max);
            if !states_left_out(format) {
                let left_out = count(capped.summary.left_out, "finding");
                note(global, &format!("--max-findings leaves out {left_out}"));
            }
            report = Cow::Owned(capped);
        }
        let (here, servers) = (&self.folder.prefix, self.folder.for_servers());
        if is_for_servers(format) && *here != servers {
            report = Cow::Owned(report.into_owned().moved(here, &servers));
        }
        report
    }
}

/// Returns whether a report in this format says how many findings it leaves out.
fn states_left_out(format: LintFormat) -> bool {
    match format {
        LintFormat::Human | LintFormat::Json | LintFormat::Sarif | LintFormat::Github => true,
        LintFormat::Concise | LintFormat::Gitlab | LintFormat::Junit => false,
    }
}

/// Returns whether a program on a server reads this format, which knows paths from the top of the repository.
fn is_for_servers(format: LintFormat) -> bool {
    match format {
        LintFormat::Sarif | LintFormat::Github | LintFormat::Gitlab | LintFormat::Junit => true,
        LintFormat::Human | LintFormat::Concise | LintFormat::Json => false,
    }
}

/// Adds the findings to the summary of a job on GitHub, where the command runs in one.
fn summarise(report: &Report) -> Result<(), StoreError> {
    let Some(path) = env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else {
        return Ok(());
    };
    let path = PathBuf::from(path);
    let file = OpenOptions::new().create(true).append(true).open(&path);
    file.and_then(|mut file| file.write_all(github::job_summary(report).as_bytes()))
        .map_err(StoreError::io("write", &path))
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
