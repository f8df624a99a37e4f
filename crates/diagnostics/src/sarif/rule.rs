//! What SARIF says of a rule.

use serde_json::{Value, json};

use crate::{RuleInfo, Severity, cut};

/// The most characters of a description that code scanning shows.
const MAX_DESCRIPTION: usize = 1024;

/// A rule as a `reportingDescriptor`, with the address of the folder of its page where there is one.
pub(super) fn descriptor(rule: &RuleInfo, pages: Option<&str>) -> Value {
    let mut tags = vec![rule.id.group()];
    if rule.fix.is_some() {
        tags.push("fixable");
    }
    // An error is certain; a warning or an info may be acceptable.
    let (precision, problem) = match rule.severity {
        Severity::Error => ("very-high", "error"),
        Severity::Warning => ("high", "warning"),
        Severity::Info => ("medium", "recommendation"),
    };
    let mut descriptor = json!({
        "id": rule.id,
        "name": pascal_case(rule.id.as_str()),
        "shortDescription": { "text": cut(&rule.summary, MAX_DESCRIPTION) },
        "fullDescription": { "text": cut(&what_it_does(rule), MAX_DESCRIPTION) },
        "help": { "text": rule.page, "markdown": rule.page },
        "defaultConfiguration": { "level": super::level(rule.severity) },
        "properties": { "tags": tags, "precision": precision, "problem.severity": problem },
    });
    if let Some(pages) = pages {
        descriptor["helpUri"] = json!(super::place::encoded(&format!("{pages}{}", rule.id.page())));
    }
    descriptor
}

/// The section of the page, with line breaks as blanks; the summary where there is none.
fn what_it_does(rule: &RuleInfo) -> String {
    let section = rule.page.split_once("\n## What it does\n").map(|(_, rest)| rest);
    let section = section.and_then(|rest| rest.split("\n## ").next()).unwrap_or(&rule.summary);
    section.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `cell/gated-without-gate` as `GatedWithoutGate`.
fn pascal_case(id: &str) -> String {
    let name = id.split_once('/').map_or(id, |(_, name)| name);
    let word =
        |word: &str| word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect();
    name.split('-').map(word).collect::<Vec<String>>().concat()
}
