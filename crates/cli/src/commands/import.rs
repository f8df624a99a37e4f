//! `import`: plan a bulk import of tables and show it, or do it.

mod files;
mod human;
mod json;
mod profile;
mod words;
mod write;

use std::collections::HashSet;
use std::io::{self, Write};
use std::path::Path;

use diagnostics::human::{Renderer, Style};
use diagnostics::{
    Counts, Finding, Locator, Report, Severity, command, count, fingerprints, github, printable,
    printable_lines,
};
use import::{Import, MAX_FINDINGS_OF_CELL, Mapping, Merging, Options, Plan, Reading, draft, import};
use lint::{Base, Digest, Linter, Selection};
use model::{Date, Registry, RegistryInfo};
use registry::{InMemory, Judgement, judge};
use store::{FileLocator, Store};

use self::profile::{ProfileFile, WithProfile};
use self::write::Writes;
use crate::arguments::{ImportArguments, ImportFormat};
use crate::code_scanning::{self, Judged};
use crate::folder::Folder;
use crate::global::Global;
use crate::progress::Progress;
use crate::shell::word;
use crate::terminal::{color_out, links_out, print, print_document, width};
use crate::{Failure, Outcome, pages};

pub(crate) fn run(global: &Global, arguments: &ImportArguments) -> Result<Outcome, Failure> {
    let (folder, writer) = Folder::open_for(global, arguments.write)?;
    let today = global.today.unwrap_or_else(Date::today);
    let progress = Progress::new(global);
    progress.stage("reading the files");
    let (inputs, passed) = files::read(&arguments.files)?;
    files::tell_passed(global, &passed);
    let (current, structural) = Store::open(&folder.tree)?.registry()?;
    let (profile_file, mapping, faults) = profile::mapping(arguments, &current)?;
    if profile::is_broken(&faults) {
        return refuse_profile(global, arguments, &folder, &profile_file, faults);
    }
    let profile = mapping.profile();
    let options = options(arguments, mapping);
    if arguments.profile.is_none()
        && let Some(path) = &arguments.save_profile
        && let Some(text) = draft(&inputs, &current, &options.reading)
    {
        drop(progress);
        profile::save_text(path, &text)?;
        return told_of_draft(global, arguments, path);
    }
    let linter = Linter::new(Selection::default());
    let (standing, before) = standing(&current, &linter, today);
    progress.stage("comparing the tables with the registry");
    let Import { mut plan, registry, findings, places, rows, is_partial } = import(inputs, current, &options);

    progress.stage("checking the resulting registry");
    let mut all = findings;
    let of_tables = all.iter().any(|finding| finding.severity == Severity::Error);
    if is_partial {
        plan = Plan::default();
    } else {
        let bases = [Base { digest: &before, done: HashSet::new() }];
        let Ok(Judgement { findings, digest, .. }) =
            judge(InMemory::new(&registry), Some(&bases), &linter, today);
        all.extend(findings);
        // Not handed back, as at the end.
        std::mem::forget(digest);
        write::explain(&mut all, &structural);
    }
    let stood = keep_new(&mut all, &standing);
    let mut writes = None;
    if all.iter().all(|finding| finding.severity != Severity::Error) {
        let (made, refused) = Writes::of(&folder, &plan, &registry)?;
        all.extend(refused);
        writes = Some(made);
    }
    let files = FileLocator::new(&folder.tree, folder.prefix.clone());
    let tables = places.before(&registry, &files);
    let locator = WithProfile { file: &profile_file, rest: &tables };
    let report = Report::new(all, Counts::default(), &locator).capped_by_cell(MAX_FINDINGS_OF_CELL);
    drop(progress);
    let refused = report.summary.errors > 0;
    let blame = if of_tables { Blame::Tables } else { Blame::Registry };
    let shown = ImportReport { plan: &plan, registry: &registry, report: &report, rows, blame, stood };
    print_document(|out| shown.write(out, global, arguments, &folder, &locator, &registry.info))?;
    if refused {
        return Ok(Outcome::Findings);
    }
    if let Some(path) = &arguments.save_profile {
        profile::save(path, &profile)?;
    }
    if let (Some(writer), Some(writes)) = (writer, writes) {
        let (progress, files) = (Progress::new(global), writes.len());
        progress.count("writing the files", "files", writer.written(), files);
        writer.write(writes.each())?;
        drop(progress);
        if !global.quiet && arguments.format == ImportFormat::Human {
            print(&format!("wrote {}\n", count(files, "file")))?;
        }
    }
    // The process ends, and the system takes the memory back faster than it could be handed back, which would cost an
    // import of 11,000 rows 4 % more instructions.
    drop(tables);
    std::mem::forget(places);
    std::mem::forget(registry);
    std::mem::forget(plan);
    Ok(Outcome::Success)
}

/// Says what was drafted in place of an import, and what to do with it.
fn told_of_draft(global: &Global, arguments: &ImportArguments, path: &Path) -> Result<Outcome, Failure> {
    if !global.quiet && arguments.format == ImportFormat::Human {
        let files: Vec<_> = arguments.files.iter().map(|file| word(&file.to_string_lossy())).collect();
        let (files, path) = (files.join(" "), path.to_string_lossy());
        let text = format!(
            "the headers of the tables are not known: {} is a draft of a profile for them, and nothing was planned\n\
             fill in what it leaves open, then: {} import {files} --profile {}\n",
            printable(&path),
            command(),
            word(&path)
        );
        print(&text)?;
    }
    Ok(Outcome::Success)
}

/// Reports what is wrong with the profile. Without it no table can be read.
fn refuse_profile(
    global: &Global,
    arguments: &ImportArguments,
    folder: &Folder,
    file: &ProfileFile,
    faults: Vec<Finding>,
) -> Result<Outcome, Failure> {
    let locator = FileLocator::new(file, "");
    let report = Report::new(faults, Counts::default(), &locator);
    let (plan, registry) = (Plan::default(), Registry::default());
    let blame = Blame::Profile;
    let shown = ImportReport { plan: &plan, registry: &registry, report: &report, rows: 0, blame, stood: 0 };
    print_document(|out| shown.write(out, global, arguments, folder, &locator, &RegistryInfo::default()))?;
    Ok(Outcome::Findings)
}

fn options(arguments: &ImportArguments, mapping: Mapping) -> Options {
    let reading = Reading {
        sheets: arguments.sheet.clone(),
        encoding: arguments.encoding,
        mapping,
        dates: arguments.dates,
        take_links: arguments.take_links,
        fill_merged: arguments.fill_merged,
    };
    let merging = Merging {
        clear_empty: arguments.clear_empty,
        replace: arguments.replace,
        override_reviewed: arguments.override_reviewed,
    };
    Options { reading, merging }
}

/// The fingerprints of what is wrong with the registry before the import, and its digest.
fn standing(registry: &Registry, linter: &Linter, today: Date) -> (HashSet<String>, Digest) {
    let Ok(Judgement { findings, digest, .. }) = judge(InMemory::new(registry), Some(&[]), linter, today);
    (fingerprints(&findings).into_iter().collect(), digest)
}

/// Removes findings that existed before the import, and returns how many of them are errors.
fn keep_new(findings: &mut Vec<Finding>, standing: &HashSet<String>) -> usize {
    if standing.is_empty() {
        return 0;
    }
    let mut prints = fingerprints(findings.iter()).into_iter();
    let mut errors = 0;
    findings.retain(|finding| {
        let stood = prints.next().is_some_and(|print| standing.contains(&print));
        errors += usize::from(stood && finding.severity == Severity::Error);
        !stood
    });
    errors
}

/// What is at fault where an import is refused.
#[derive(Debug, Clone, Copy)]
enum Blame {
    Profile,
    Tables,
    Registry,
}

/// What to report about an import.
struct ImportReport<'a> {
    plan: &'a Plan,
    /// The registry as it would be.
    registry: &'a Registry,
    report: &'a Report,
    /// The rows that were read.
    rows: usize,
    /// What is at fault, if anything.
    blame: Blame,
    /// How many errors existed before the import.
    stood: usize,
}

impl ImportReport<'_> {
    /// The report with paths from the top of the repository, as programs on a server want them.
    fn for_servers(&self, folder: &Folder) -> Report {
        self.report.clone().renamed(|file| folder.below_repository(file))
    }

    fn write(
        &self,
        out: &mut dyn Write,
        global: &Global,
        arguments: &ImportArguments,
        folder: &Folder,
        locator: &dyn Locator,
        info: &RegistryInfo,
    ) -> io::Result<()> {
        match arguments.format {
            ImportFormat::Json => json::write(out, self),
            ImportFormat::Github => github::write(out, &self.for_servers(folder)),
            ImportFormat::Sarif => {
                let judged = Judged { source: &folder.tree, info, is_checked_out: true };
                code_scanning::write(out, "import", &self.for_servers(folder), judged, folder)
            }
            ImportFormat::Human => {
                let pages = links_out(global).then(|| pages::address(info, folder.repository())).flatten();
                let color = color_out(global);
                let style = Style { color, width: width(), rule_pages: pages.as_deref() };
                let renderer = Renderer::new(locator, style);
                let lines = human::render(global, arguments, self, renderer);
                out.write_all(printable_lines(&lines, color).as_bytes())
            }
        }
    }
}
