//! `lint`: check the registry and say where, what and how to mend.

mod baseline;
mod human;

use std::collections::BTreeMap;
use std::time::Instant;

use diagnostics::{Report, concise, count, json};
use lint::{By, Held, Linter, Selection};
use model::Date;
use store::FileLocator;

use crate::cli::{Deny, Global, LintArguments, LintFormat};
use crate::folder::Folder;
use crate::judge::{Judgement, judge};
use crate::terminal::{note, print};
use crate::{Failure, Outcome};

pub(crate) fn run(global: &Global, arguments: &LintArguments) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let selection = Selection::new(&arguments.select, &arguments.ignore)
        .map_err(|error| Failure::Usage(error.to_string()))?;
    let folder = Folder::open(global)?;
    let only = folder.shown(&arguments.paths)?;
    let today = global.today.unwrap_or_else(Date::today);
    let linter = Linter::new(selection);
    let Judgement { findings, mut held, counts, .. } = judge(&folder.tree, &linter, today)?;
    let locator = FileLocator::new(&folder.tree, folder.prefix.clone());
    let mut report = Report::new(findings, counts, &locator);
    if arguments.baseline.is_some() || arguments.write_baseline {
        held.extend(baseline::apply(global, arguments, &folder, &linter, &mut report)?);
    }
    if !only.is_empty() {
        let is_wanted = |file: &str| {
            only.iter().any(|path| {
                if path.is_empty() || path.ends_with('/') { file.starts_with(path) } else { file == path }
            })
        };
        report.keep(|finding| is_wanted(finding.location.as_ref().map_or("", |location| location.file())));
        held.retain(|one| is_wanted(&format!("{}{}", folder.prefix, one.entity.file())));
    }
    report.summary.suppressed = held.len();
    let mut out = Vec::new();
    match arguments.format {
        LintFormat::Human => {
            let all = arguments.all || !only.is_empty();
            out = human::render(global, &report, &locator, all, started).into_bytes();
        }
        LintFormat::Concise => {
            out.extend(report.findings.iter().flat_map(|finding| concise::line(finding).into_bytes()))
        }
        LintFormat::Json => json::write(&mut out, &report)?,
    }
    print(&out)?;
    if global.verbose && !held.is_empty() {
        note(global, &told(&held));
    }
    let denied =
        report.summary.errors > 0 || arguments.deny == Some(Deny::Warnings) && report.summary.warnings > 0;
    Ok(if denied { Outcome::Findings } else { Outcome::Success })
}

/// "3 findings are held back: 2 by Jane Roe, 1 by the baseline".
fn told(held: &[Held]) -> String {
    let mut by_whom: BTreeMap<&By, usize> = BTreeMap::new();
    for one in held {
        *by_whom.entry(&one.by).or_default() += 1;
    }
    let shares = by_whom.into_iter().map(|(by, number)| match by {
        By::Owner(owner) => format!("{number} by {}", diagnostics::cut(owner, 80)),
        By::Baseline => format!("{number} by the baseline"),
    });
    let verb = if held.len() == 1 { "is" } else { "are" };
    format!("{} {verb} held back: {}", count(held.len(), "finding"), shares.collect::<Vec<_>>().join(", "))
}
