//! What SARIF says of a finding.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::level;
use super::place::{Artifact, Message, Place, Places, Region};
use crate::{Diagnostic, Patch, RuleId, concise, printable};

/// The most places related to a result in SARIF: code scanning shows no more.
const MAX_RELATED: usize = 100;

/// A finding as a `result`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Outcome<'a> {
    rule_id: RuleId,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Message,
    locations: [Place; 1],
    partial_fingerprints: Fingerprints<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixes: Option<[Replacements<'a>; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Value>,
}

#[derive(Serialize)]
struct Fingerprints<'a> {
    #[serde(rename = "finding/v1")]
    finding: &'a str,
}

/// A `fix`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacements<'a> {
    description: Message,
    artifact_changes: Vec<Change<'a>>,
    properties: Value,
}

/// An `artifactChange`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: Artifact,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    #[serde(skip_serializing_if = "Option::is_none")]
    inserted_content: Option<Content<'a>>,
}

/// The exact text: it goes into a file.
#[derive(Serialize)]
struct Content<'a> {
    text: &'a str,
}

impl<'a> Outcome<'a> {
    /// A finding of the rule with this index in the catalogue.
    pub(super) fn new(finding: &'a Diagnostic, rule_index: Option<usize>, places: &mut Places<'_>) -> Self {
        let mut text = concise::message(finding);
        if let Some(help) = &finding.help {
            text.push('\n');
            text.push_str(&printable(help));
        }
        let related = finding.related.iter().take(MAX_RELATED).enumerate().map(|(id, related)| {
            let place = Place::new(related.location.as_ref(), &related.subject);
            place.related(id, &related.message)
        });
        let left_out = finding.related.len().saturating_sub(MAX_RELATED);
        Self {
            rule_id: finding.rule,
            rule_index,
            level: level(finding.severity),
            message: Message::new(&text),
            locations: [Place::new(finding.location.as_ref(), &finding.subject)],
            partial_fingerprints: Fingerprints { finding: &finding.fingerprint },
            related_locations: related.collect(),
            fixes: finding.patch().and_then(|fix| replacements(fix, places)).map(|fix| [fix]),
            properties: (left_out > 0).then(|| json!({ "relatedLocationsLeftOut": left_out })),
        }
    }
}

fn replacements<'a>(fix: &'a Patch, places: &mut Places<'_>) -> Option<Replacements<'a>> {
    let mut by_file: BTreeMap<&str, Vec<Replacement<'a>>> = BTreeMap::new();
    for (file, splice) in &fix.splices {
        let replacement = Replacement {
            deleted_region: places.region(file, splice.start..splice.end),
            inserted_content: Some(&splice.insert)
                .filter(|text| !text.is_empty())
                .map(|text| Content { text }),
        };
        by_file.entry(file).or_default().push(replacement);
    }
    let change = |(file, replacements)| Change { artifact_location: Artifact::new(file), replacements };
    (!by_file.is_empty()).then(|| Replacements {
        description: Message::new(&printable(&fix.title)),
        artifact_changes: by_file.into_iter().map(change).collect(),
        properties: json!({ "safe": fix.applicability.is_safe() }),
    })
}
