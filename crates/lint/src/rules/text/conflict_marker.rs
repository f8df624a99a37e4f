use diagnostics::Severity;
use model::conflicts;

use crate::texts::Sign;
use crate::{Raise, Rule, TextContext};

pub(crate) static RULE: Rule =
    Rule::text("text/conflict-marker", Severity::Error, include_str!("conflict_marker.md"), check);

fn check(text: &TextContext<'_>, raise: &mut Raise<'_>) {
    if !text.shows(Sign::Marker) {
        return;
    }
    for conflict in conflicts(text.text) {
        raise
            .at(text.within(conflict), format!("{} holds a merge conflict", text.name()))
            .help("keep what is right of both sides, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`");
    }
}
