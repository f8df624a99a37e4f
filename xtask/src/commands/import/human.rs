//! The plan for people: what is wrong, what would change, and a summary.

use diagnostics::human::Renderer;
use diagnostics::{count, cut, printable};
use import::{EntityPlan, FieldChange, Plan};
use model::Value;

use super::{Blame, Told};
use crate::cli::{Global, ImportArguments};
use crate::findings::{LEFT_OUT, Limits, findings};
use crate::terminal::{color_out, paint, width, wrapped};

/// The most errors, and the most entities of a plan, that are shown unless all are asked for.
const SHOWN: usize = 100;

/// The most characters of a value that are shown unless all are.
const SHOWN_OF_VALUE: usize = 160;

pub(super) fn render(
    global: &Global,
    arguments: &ImportArguments,
    told: &Told<'_>,
    renderer: Renderer<'_>,
) -> String {
    let page = Page { color: color_out(global), width: width(), all: arguments.all };
    let many = !arguments.all && told.report.summary.errors > SHOWN;
    let max = match arguments.max_findings {
        Some(max) => Some((max, LEFT_OUT)),
        None => many.then_some((SHOWN, "more (show them with --all)")),
    };
    let limits = Limits { all: arguments.all, max };
    let mut out = findings(global, told.report, renderer, limits);
    page.plan(told.plan, &mut out);
    if !global.quiet {
        out.push_str(&(wrapped(&summary(told, page.color), page.width, "", "  ") + "\n"));
    }
    let end = if told.report.summary.errors > 0 {
        let blame = match told.blame {
            Blame::Profile => "the profile",
            Blame::Tables => "the tables",
            Blame::Registry => "the registry as it would be",
        };
        format!("refused, since {blame} would not pass: nothing was written")
    } else if told.plan.is_empty() {
        "nothing to do".to_owned()
    } else if arguments.write || global.quiet {
        return out;
    } else {
        "this is the plan: --write does it".to_owned()
    };
    out.push_str(&(end + "\n"));
    out
}

/// How the plan is laid out.
struct Page {
    color: bool,
    width: usize,
    all: bool,
}

impl Page {
    fn plan(&self, plan: &Plan, out: &mut String) {
        let touched = || plan.entities.iter().filter(|one| !one.is_empty() || !one.conflicts.is_empty());
        let shown = if self.all { usize::MAX } else { SHOWN };
        touched().take(shown).for_each(|one| self.entity(one, out));
        let more = touched().count().saturating_sub(shown);
        if more > 0 {
            let what = if more == 1 { "entity".to_owned() } else { format!("{more} entities") };
            out.push_str(&format!("  … and {what} more (show them with --all)\n"));
        }
        if touched().next().is_some() {
            out.push('\n');
        }
    }

    fn entity(&self, one: &EntityPlan, out: &mut String) {
        let mut parts = Vec::new();
        let cells = count(one.added.len(), "cell");
        match (one.is_new, one.added.len()) {
            (true, 0) => parts.push("new".to_owned()),
            (true, _) => parts.push(format!("new, with {cells}")),
            (false, 0) => {}
            (false, _) => parts.push(format!("{cells} new ({})", one.added.join(", "))),
        }
        if !one.changed.is_empty() {
            parts.push(count(one.changed.len(), "changed field"));
        }
        if !one.conflicts.is_empty() {
            parts.push(count(one.conflicts.len(), "conflict"));
        }
        let (mark, sgr) = match (one.conflicts.is_empty(), one.is_new) {
            (false, _) => ("!", "1;31"),
            (true, true) => ("+", "32"),
            (true, false) => ("~", "33"),
        };
        let entity = printable(&one.entity.to_string()).into_owned();
        let line = format!(
            "{} {}: {}",
            paint(self.color, sgr, mark),
            paint(self.color, "1", &entity),
            parts.join(", ")
        );
        out.push_str(&(wrapped(&line, self.width, "", "    ") + "\n"));
        let mut cell = None;
        for change in &one.changed {
            if cell != Some(&change.dimension) {
                cell = Some(&change.dimension);
                if let Some(dimension) = &change.dimension {
                    out.push_str(&format!("    {}\n", paint(self.color, "1", dimension)));
                }
            }
            self.change(change, out);
        }
    }

    /// `field: old -> new` where that fits on a line, else one line or more for each.
    fn change(&self, change: &FieldChange, out: &mut String) {
        let indent = if change.dimension.is_some() { "      " } else { "    " };
        let (old, new) = (self.value(change.old.as_ref()), self.value(change.new.as_ref()));
        let field = change.field.to_string();
        let length = |text: &str| text.chars().count();
        if indent.len() + length(&field) + length(&old) + length(&new) + 6 <= self.width {
            let (old, new) = (paint(self.color, "31", &old), paint(self.color, "32", &new));
            out.push_str(&format!("{indent}{field}: {old} -> {new}\n"));
            return;
        }
        out.push_str(&format!("{indent}{field}:\n"));
        for (mark, sgr, value) in [("-", "31", old), ("+", "32", new)] {
            let (first, rest) = (format!("{indent}  {mark} "), format!("{indent}    "));
            for line in wrapped(&value, self.width, &first, &rest).lines() {
                out.push_str(&(paint(self.color, sgr, line) + "\n"));
            }
        }
    }

    fn value(&self, value: Option<&Value>) -> String {
        let shown = match value {
            None => return "nothing".to_owned(),
            Some(Value::Text(text)) => format!("\"{text}\""),
            Some(Value::Date(date)) => date.to_string(),
            Some(other) => serde_json::Value::from(other).to_string(),
        };
        let limit = if self.all { usize::MAX } else { SHOWN_OF_VALUE };
        printable(&cut(&shown, limit)).into_owned()
    }
}

/// "300 rows: 2 added, 3 changed fields, 295 unchanged, 0 conflicts; 0 errors, 1 warning".
fn summary(told: &Told<'_>, color: bool) -> String {
    let Told { plan, report, .. } = told;
    let of = |number: usize, noun: &str, sgr: &str| {
        let text = count(number, noun);
        if number > 0 { paint(color, sgr, &text) } else { text }
    };
    let stood = match told.stood {
        0 => String::new(),
        stood => format!("; {} stood before, see `cargo xtask lint`", count(stood, "error")),
    };
    format!(
        "{}: {} added, {}, {} unchanged, {}; {}, {}{stood}",
        count(told.rows, "row"),
        plan.added(),
        of(plan.changed(), "changed field", "33"),
        plan.unchanged(),
        of(plan.conflicts(), "conflict", "1;31"),
        of(report.summary.errors, "error", "1;31"),
        of(report.summary.warnings, "warning", "33"),
    )
}
