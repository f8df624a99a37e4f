//! SARIF 2.1.0 (OASIS), within the limits of GitHub code scanning.

mod place;
mod result;
mod rule;

use std::collections::HashMap;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use crate::{Diagnostic, Locator, Report, RuleInfo, Severity, count, visible};
use place::Places;
use result::Outcome;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The most results of a run in SARIF: code scanning refuses a file with more.
const MAX_RESULTS: usize = 25_000;

/// Who made the findings.
#[derive(Debug, Clone, Copy)]
pub struct Tool<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its version (semver.org).
    pub version: &'a str,
    /// Where one can read about it.
    pub information_uri: Option<&'a str>,
    /// The address of the folder of the pages of its rules, with a final `/`.
    pub rules_uri: Option<&'a str>,
}

/// A run of the tool.
#[derive(Debug, Clone)]
pub struct Analysis<'a> {
    /// The tool.
    pub tool: Tool<'a>,
    /// Which kind of run this is.
    pub automation: Automation,
    /// The commit that was judged, where that is known.
    pub commit: Option<Commit>,
}

/// What distinguishes a run from others on the same commit.
#[derive(Debug, Clone, Default)]
pub struct Automation {
    /// Its category, with a final `/`, and what may follow: `registry-lint/data/`.
    pub id: String,
    /// What its server wants to know of it.
    pub properties: Vec<(String, String)>,
}

/// A commit of a repository.
#[derive(Debug, Clone)]
pub struct Commit {
    /// The address of the repository.
    pub repository: String,
    /// The id of the commit.
    pub id: String,
    /// The branch that is checked out.
    pub branch: Option<String>,
}

#[derive(Serialize)]
struct Log<'a> {
    version: &'static str,
    #[serde(rename = "$schema")]
    schema: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Value,
    automation_details: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_control_provenance: Option<[Value; 1]>,
    column_kind: &'static str,
    invocations: Value,
    results: Vec<Outcome<'a>>,
    properties: Value,
}

/// Writes the report as one document. `rules` is the whole catalogue; the locator gives the text of
/// the files that fixes change.
pub fn write(
    out: &mut dyn Write,
    report: &Report,
    analysis: &Analysis<'_>,
    rules: &[RuleInfo],
    locator: &dyn Locator,
) -> io::Result<()> {
    let indexes: HashMap<&str, usize> =
        rules.iter().enumerate().map(|(at, rule)| (rule.id.as_str(), at)).collect();
    let mut places = Places::new(locator);
    let results: Vec<_> = kept(&report.findings)
        .map(|finding| Outcome::new(finding, indexes.get(finding.rule.as_str()).copied(), &mut places))
        .collect();
    let left_out = report.findings.len() - results.len();
    let notifications = notifications(left_out, report.summary.left_out);
    let left_out = left_out + report.summary.left_out;
    let run = Run {
        tool: json!({ "driver": driver(analysis.tool, rules) }),
        automation_details: automation(&analysis.automation),
        version_control_provenance: analysis.commit.as_ref().map(|commit| [provenance(commit)]),
        column_kind: "unicodeCodePoints",
        invocations: json!([{
            "executionSuccessful": true,
            "toolExecutionNotifications": notifications,
        }]),
        results,
        properties: json!({ "summary": report.summary, "resultsLeftOut": left_out }),
    };
    visible::to_writer(out, &Log { version: "2.1.0", schema: SCHEMA, runs: [run] })?;
    out.write_all(b"\n")
}

/// A `runAutomationDetails`.
fn automation(automation: &Automation) -> Value {
    let mut details = json!({ "id": automation.id });
    if !automation.properties.is_empty() {
        details["properties"] =
            automation.properties.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    }
    details
}

/// A `versionControlDetails`.
fn provenance(commit: &Commit) -> Value {
    let mut details = json!({
        "repositoryUri": place::encoded(&commit.repository),
        "revisionId": commit.id,
        "mappedTo": { "uriBaseId": "%SRCROOT%" },
    });
    if let Some(branch) = &commit.branch {
        details["branch"] = json!(branch);
    }
    details
}

fn driver(tool: Tool<'_>, rules: &[RuleInfo]) -> Value {
    let rules: Vec<_> = rules.iter().map(|rule| rule::descriptor(rule, tool.rules_uri)).collect();
    let mut driver = json!({
        "name": tool.name,
        "fullName": format!("{} {}", tool.name, tool.version),
        "semanticVersion": tool.version,
        "rules": rules,
    });
    if let Some(uri) = tool.information_uri {
        driver["informationUri"] = json!(place::encoded(uri));
    }
    driver
}

/// The findings that fit, in their order: where there are too many, errors go before warnings, and
/// warnings before infos.
fn kept(findings: &[Diagnostic]) -> impl Iterator<Item = &Diagnostic> {
    let mut room = MAX_RESULTS;
    let mut quotas = [Severity::Error, Severity::Warning, Severity::Info].map(|severity| {
        let all = findings.iter().filter(|finding| finding.severity == severity).count();
        let quota = all.min(room);
        room -= quota;
        quota
    });
    findings.iter().filter(move |finding| {
        let quota = &mut quotas[finding.severity as usize];
        let fits = *quota > 0;
        *quota -= usize::from(fits);
        fits
    })
}

/// What is said of findings that are no results: of those for which there is no room, and those that the
/// caller did not ask for.
fn notifications(left_out: usize, unasked: usize) -> Vec<Value> {
    let notification = |(level, number, why): (&str, usize, String)| {
        let text = format!("{} left out, the least severe first: {why}", count(number, "finding"));
        (number > 0).then(|| json!({ "level": level, "message": { "text": text } }))
    };
    let notifications = [
        ("warning", left_out, format!("a run may have {MAX_RESULTS} results")),
        ("note", unasked, "only so many were asked for".to_owned()),
    ];
    notifications.into_iter().filter_map(notification).collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}
