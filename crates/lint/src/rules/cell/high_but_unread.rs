use diagnostics::{Place, Severity};
use model::{Confidence, Evidence, FieldPath, Optional, Role};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/high-but-unread", Severity::Error, include_str!("high_but_unread.md"), check)
        .yields_to(&[
            "cell/unclear-but-high",
            "cell/high-on-secondary",
            "cell/failed-fetch-unexplained",
            "cell/missing-evidence",
        ]);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let items = cell.cell.evidence.items();
    let is_unknown = !cell.knows_readings() || items.iter().any(|one| one.role.is_unread());
    if !cell.confidence.is(Confidence::High) || is_unknown || cell.bears_high_confidence() {
        return;
    }
    let draft = raise
        .at(
            cell.at("confidence"),
            format!(
                "{} has `high` confidence, but no primary or authority evidence was opened or read in an archived copy",
                cell.name()
            ),
        )
        .help("open the page and record it, `fetch = { outcome = \"ok\", on = …, via = \"direct\" }`; or lower the confidence and give the reason in `confidence_reasons`");
    let graded = |one: &Evidence| matches!(one.counted_role(), Some(Role::Primary | Role::Authority));
    if let Some(at) = items.iter().position(graded) {
        let path = FieldPath::of("evidence").index(at).key("fetch");
        let (place, what) = match &items[at].fetch {
            Optional::Absent => (Place::missing(cell.at(path)), "this evidence was not read"),
            _ if items[at].is_read() => (cell.at(path).into(), "this reading supports at most `medium`"),
            _ => (cell.at(path.key("outcome")).into(), "this evidence was not read"),
        };
        draft.related(place, what);
    }
}
