use std::collections::BTreeMap;

use diagnostics::{Severity, printable};
use model::{Entity, Status, Subject};

use crate::side_by_side::side_by_side;
use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("registry/platform-drift", Severity::Warning, include_str!("platform_drift.md"), check);

/// Platform-level questions whose answer depends on the model, too.
const MODEL_DECIDES: &[&str] = &["retention_zdr", "data_residency"];

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    for question in side_by_side(registry) {
        if MODEL_DECIDES.contains(&question.dimension) {
            continue;
        }
        let unexplained = question.cells.iter().filter(|(_, cell)| !cell.explained);
        let answers = unexplained.filter_map(|(entity, cell)| Some((*entity, cell.status?)));
        let Some(first) = answers.clone().next() else { continue };
        if answers.clone().all(|(_, status)| status == first.1) {
            continue;
        }
        let answers: Vec<_> = answers.collect();
        let Some((common, agreed)) = most_common(&answers) else { continue };
        let at = |entity: &Entity| Subject::cell(entity.clone(), question.dimension).with("status");
        for (entity, status) in answers.iter().filter(|(_, status)| *status != agreed) {
            raise
                .at(
                    at(entity),
                    format!(
                        "{} is graded `{status}`, but on the same platform {} is graded `{agreed}`",
                        registry.cell_name(entity, question.dimension),
                        registry.name(common)
                    ),
                )
                .help(format!(
                    "grade both the same and store the answer once, in `platforms/{}.toml`; or explain in `override_reason` what is different for this offering",
                    printable(question.platform)
                ))
                .related(at(common), format!("the same platform is graded `{agreed}` here"));
        }
    }
}

/// Returns the most common status, with the first answer that has it; of equally common ones the first.
fn most_common<'a>(answers: &[(&'a Entity, Status)]) -> Option<(&'a Entity, Status)> {
    let mut counts = BTreeMap::new();
    for (_, status) in answers {
        *counts.entry(status).or_insert(0) += 1;
    }
    let most = counts.values().max().copied()?;
    answers.iter().find(|(_, status)| counts[status] == most).copied()
}
