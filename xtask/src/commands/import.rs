//! `import`: plan a bulk import of tables and show it, or do it.

mod files;
mod human;
mod json;
mod write;

use std::collections::HashSet;

use diagnostics::human::{Renderer, Style};
use diagnostics::{Counts, Finding, Locator, Report, Severity, count, github, number_equals, sarif};
use import::{Import, Merging, Options, Plan, Reading, import};
use lint::{Linter, Selection};
use model::{Date, Registry};
use store::{FileLocator, Store};

use crate::cli::{Global, ImportArguments, ImportFormat};
use crate::folder::Folder;
use crate::judge::judge_registry;
use crate::terminal::{color_out, links_out, print, width};
use crate::{Failure, Outcome, pages};

pub(crate) fn run(global: &Global, arguments: &ImportArguments) -> Result<Outcome, Failure> {
    let (folder, writer) = Folder::open_for(global, arguments.write)?;
    let today = global.today.unwrap_or_else(Date::today);
    let inputs = files::read(&arguments.files)?;
    let (current, _) = Store::open(&folder.tree)?.registry()?;
    let linter = Linter::new(Selection::default());
    let standing = standing(&current, &linter, today);
    let Import { plan, registry, findings, places, rows } = import(inputs, current, &options(arguments));

    let mut all = findings;
    let of_tables = all.iter().any(|finding| finding.severity == Severity::Error);
    all.extend(judge_registry(&registry, &linter, today));
    let stood = keep_new(&mut all, &standing);
    let files = FileLocator::new(&folder.tree, folder.prefix.clone());
    let locator = places.before(&files);
    let report = Report::new(all, Counts::default(), &locator);
    let refused = report.summary.errors > 0;
    let told = Told { plan: &plan, report: &report, rows, of_tables, stood };
    print(&told.render(global, arguments, &locator, &registry)?)?;
    if refused {
        return Ok(Outcome::Findings);
    }
    if let Some(writer) = writer {
        let writes = write::writes(&folder, &plan, &registry)?;
        writer.write(&writes)?;
        if !global.quiet && arguments.format == ImportFormat::Human {
            print(format!("wrote {}\n", count(writes.len(), "file")).as_bytes())?;
        }
    }
    // The process ends, and the system takes the memory back faster than it could be handed back.
    std::mem::forget(registry);
    std::mem::forget(plan);
    Ok(Outcome::Success)
}

fn options(arguments: &ImportArguments) -> Options {
    let reading = Reading {
        sheets: arguments.sheet.clone(),
        encoding: arguments.encoding,
        fill_merged: arguments.fill_merged,
    };
    let merging =
        Merging { clear_empty: arguments.clear_empty, override_reviewed: arguments.override_reviewed };
    Options { reading, merging }
}

/// The fingerprints of what is wrong with the registry before the import.
fn standing(registry: &Registry, linter: &Linter, today: Date) -> HashSet<String> {
    let mut findings = judge_registry(registry, linter, today);
    number_equals(&mut findings);
    findings.into_iter().map(|finding| finding.fingerprint).collect()
}

/// Leaves out what stood before the import and is no fault of it; how many errors these are.
fn keep_new(findings: &mut Vec<Finding>, standing: &HashSet<String>) -> usize {
    if standing.is_empty() {
        return 0;
    }
    number_equals(findings);
    let mut errors = 0;
    findings.retain(|finding| {
        let stood = standing.contains(&finding.fingerprint);
        errors += usize::from(stood && finding.severity == Severity::Error);
        !stood
    });
    errors
}

/// What there is to tell of an import.
struct Told<'a> {
    plan: &'a Plan,
    report: &'a Report,
    /// The rows that were read.
    rows: usize,
    /// Whether the tables themselves are at fault.
    of_tables: bool,
    /// How many errors stood before the import.
    stood: usize,
}

impl Told<'_> {
    fn render(
        &self,
        global: &Global,
        arguments: &ImportArguments,
        locator: &dyn Locator,
        registry: &Registry,
    ) -> Result<Vec<u8>, Failure> {
        let mut out = Vec::new();
        match arguments.format {
            ImportFormat::Json => json::write(&mut out, self.plan, self.report)?,
            ImportFormat::Github => github::write(&mut out, self.report)?,
            ImportFormat::Sarif => {
                let tool = sarif::Tool {
                    name: "Trust Registry import",
                    version: env!("CARGO_PKG_VERSION"),
                    information_uri: registry.info.repository_url.known().map(|url| url.as_str()),
                };
                let rules: Vec<_> = lint::catalogue().iter().map(|rule| rule.info()).collect();
                sarif::write(&mut out, self.report, tool, &rules, locator)?;
            }
            ImportFormat::Human => {
                let pages = links_out(global).then(|| pages::address(&registry.info)).flatten();
                let style = Style { color: color_out(global), width: width(), rule_pages: pages.as_deref() };
                let renderer = Renderer::new(locator, style);
                out = human::render(global, arguments, self, renderer).into_bytes();
            }
        }
        Ok(out)
    }
}
