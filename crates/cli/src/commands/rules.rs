//! `rules`: the catalogue, for people, for programs, and as the index in `docs/rules`.

use std::fmt::Write;

use diagnostics::{Applicability, RuleInfo, Severity, count};

use crate::arguments::{ListFormat, RulesArguments};
use crate::global::Global;
use crate::terminal::{color_out, paint, print_json, print_styled, width, wrapped};
use crate::{Failure, Outcome, pages};

pub(crate) fn run(global: &Global, arguments: &RulesArguments) -> Result<Outcome, Failure> {
    list(global, arguments.format)
}

/// Lists the catalogue.
pub(crate) fn list(global: &Global, format: ListFormat) -> Result<Outcome, Failure> {
    let rules: Vec<RuleInfo> = catalogue().collect();
    match format {
        ListFormat::Json => {
            let json = serde_json::to_string(&rules).map_err(std::io::Error::from)?;
            print_json(|out| writeln!(out, "{json}"))?;
        }
        ListFormat::Human => {
            let color = color_out(global);
            print_styled(color, &table(color, width(), &rules))?;
        }
    }
    Ok(Outcome::Success)
}

/// What is known of each rule.
pub(crate) fn catalogue() -> impl Iterator<Item = RuleInfo> {
    lint::catalogue().iter().map(|rule| rule.info())
}

/// The colour of a severity.
pub(crate) fn sgr(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "31",
        Severity::Warning => "33",
        Severity::Info => "36",
    }
}

/// How to fix the findings of a rule.
pub(crate) fn mends(fix: Option<Applicability>) -> &'static str {
    match fix {
        None => "fixed by hand",
        Some(Applicability::Safe) => "fixed by --fix",
        Some(Applicability::Unsafe) => "fixed by --unsafe-fixes",
    }
}

/// The columns of the ids; a longer one is on its own line.
const ID: usize = 30;

/// The columns of a summary below which it goes under the id.
const SUMMARY: usize = 30;

/// The rules in columns, with a blank line between groups.
pub(crate) fn table(color: bool, width: usize, rules: &[RuleInfo]) -> String {
    let mut out = String::new();
    let mut group = rules.first().map_or("", |rule| rule.id.group());
    for rule in rules {
        if group != rule.id.group() {
            group = rule.id.group();
            out.push('\n');
        }
        let id = rule.id.as_str();
        let severity = paint(color, sgr(rule.severity), &format!("{:7}", rule.severity.name()));
        let indent = ID + 2 + 7 + 2;
        let line = if width < indent + SUMMARY {
            let _ = writeln!(out, "{id}  {}", severity.trim_end());
            wrapped(&rule.summary, width, "    ", "    ")
        } else if id.len() > ID {
            let _ = writeln!(out, "{id}");
            let first = format!("{:ID$}  {severity}  ", "");
            wrapped(&rule.summary, width, &first, &" ".repeat(indent))
        } else {
            let first = format!("{id:ID$}  {severity}  ");
            wrapped(&rule.summary, width, &first, &" ".repeat(indent))
        };
        out.push_str(&line);
        out.push('\n');
    }
    out
}

/// How the index says that it is generated; by this line the export knows it again.
pub(crate) const MADE_BY: &str = "This page is made by `cargo xtask export rules`.";

/// The index of the rules, Markdown, for `docs/rules/README.md`.
pub(crate) fn index() -> String {
    let rules: Vec<_> = catalogue().collect();
    let mut out = format!(
        "# Rules\n\nWhat `cargo xtask lint` checks: {}. `cargo xtask explain RULE` shows a page in the \
         terminal.\n\n{MADE_BY}\n",
        count(rules.len(), "rule")
    );
    let mut group = "";
    for rule in &rules {
        if group != rule.id.group() {
            group = rule.id.group();
            let _ = write!(out, "\n## {group}\n\n| rule | severity | scope | fixed by | summary |\n");
            out.push_str("|---|---|---|---|---|\n");
        }
        let fix = match rule.fix {
            None => "hand",
            Some(Applicability::Safe) => "`--fix`",
            Some(Applicability::Unsafe) => "`--unsafe-fixes`",
        };
        let _ = writeln!(
            out,
            "| [{}](../../{}/{}) | {} | {} | {fix} | {} |",
            rule.id,
            pages::FOLDER,
            rule.id.page(),
            rule.severity.name(),
            rule.scope.name(),
            rule.summary.replace('|', "\\|"),
        );
    }
    out
}
