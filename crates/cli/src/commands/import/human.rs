//! The plan for people: what is wrong, what would change, and a summary.

use diagnostics::human::Renderer;
use diagnostics::{command, count, cut, printable, quoted};
use import::{EntityPlan, FieldChange, Left};
use model::{Cell, Registry, Value, Vocabulary};

use super::words::{Look, alike, by_code_points, compared};
use super::{Blame, ImportReport};
use crate::arguments::ImportArguments;
use crate::findings::{LEFT_OUT, Limits, findings};
use crate::global::Global;
use crate::terminal::{color_out, paint, width, wrapped};

/// The most errors, and the most entities of a plan, that are shown unless all are asked for.
const SHOWN: usize = 100;

/// The most new cells that are shown unless all are.
const SHOWN_CELLS: usize = 200;

/// The most characters of a value that are shown unless all are.
const SHOWN_OF_VALUE: usize = 160;

pub(super) fn render(
    global: &Global,
    arguments: &ImportArguments,
    shown: &ImportReport<'_>,
    renderer: Renderer<'_>,
) -> String {
    let page =
        Page { color: color_out(global), width: width(), all: arguments.all, registry: shown.registry };
    let many = !arguments.all && shown.report.summary.errors > SHOWN;
    let max = match arguments.max_findings {
        Some(max) => Some((max, LEFT_OUT)),
        None => many.then_some((SHOWN, "more (show them with --all)")),
    };
    let limits = Limits { all: arguments.all, errors_first: false, max };
    let mut out = findings(global, shown.report, renderer, limits);
    page.plan(shown, &mut out);
    if !global.quiet {
        out.push_str(&(wrapped(&summary(shown, page.color), page.width, "", "  ") + "\n"));
    }
    let end = if shown.report.summary.errors > 0 {
        let blame = match shown.blame {
            Blame::Profile => "the profile",
            Blame::Tables => "the tables",
            Blame::Registry => "the resulting registry",
        };
        format!("refused, since {blame} would not pass: nothing was written")
    } else if shown.plan.is_empty() {
        "nothing to do".to_owned()
    } else if arguments.write || global.quiet {
        return out;
    } else {
        "this is the plan: --write writes it".to_owned()
    };
    out.push_str(&(end + "\n"));
    out
}

/// How the plan is laid out.
struct Page<'a> {
    color: bool,
    width: usize,
    all: bool,
    /// The registry as it would be.
    registry: &'a Registry,
}

impl Page<'_> {
    fn plan(&self, shown: &ImportReport<'_>, out: &mut String) {
        let plan = shown.plan;
        let touched = || plan.entities.iter().filter(|one| !one.is_empty() || !one.conflicts.is_empty());
        let shown = if self.all { usize::MAX } else { SHOWN };
        let mut cells = if self.all { usize::MAX } else { SHOWN_CELLS };
        touched().take(shown).for_each(|one| self.entity(one, &mut cells, out));
        let more = touched().count().saturating_sub(shown);
        if more > 0 {
            let what = if more == 1 { "entity".to_owned() } else { format!("{more} entities") };
            out.push_str(&format!("  … and {what} more (show them with --all)\n"));
        }
        if touched().next().is_some() {
            out.push('\n');
        }
        for line in stays(&plan.left()) {
            out.push_str(&(wrapped(&line, self.width, "", "  ") + "\n"));
        }
    }

    fn entity(&self, one: &EntityPlan, cells: &mut usize, out: &mut String) {
        let mut parts = Vec::new();
        match (one.is_new, one.added.len()) {
            (true, 0) => parts.push("new".to_owned()),
            (true, added) => parts.push(format!("new, with {}", count(added, "cell"))),
            (false, 0) => {}
            (false, added) => parts.push(count(added, "new cell")),
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
        for dimension in one.added.iter().take(*cells) {
            if let Some(cell) = one.cell(dimension, self.registry) {
                let line = format!("{} {}", paint(self.color, "32", "+"), new_cell(dimension, cell));
                out.push_str(&(wrapped(&line, self.width, "    ", "        ") + "\n"));
            }
        }
        let more = one.added.len().saturating_sub(*cells);
        if more > 0 {
            out.push_str(&format!("    … and {} more (show them with --all)\n", count(more, "new cell")));
        }
        *cells = cells.saturating_sub(one.added.len());
        let mut cell = None;
        for change in &one.changed {
            if cell != Some(&change.dimension) {
                cell = Some(&change.dimension);
                if let Some(dimension) = &change.dimension {
                    out.push_str(&format!("    {}\n", paint(self.color, "1", &printable(dimension))));
                }
            }
            self.change(change, out);
        }
    }

    /// `field: old -> new` where that fits on a line, else one line or more for each.
    fn change(&self, change: &FieldChange, out: &mut String) {
        let indent = if change.dimension.is_some() { "      " } else { "    " };
        let (old, new) = self.sides(change);
        let field = printable(&change.field.to_string()).into_owned();
        let length = |text: &str| text.chars().count();
        if indent.len() + length(&field) + length(&old) + length(&new) + 6 <= self.width {
            let (old, new) = (paint(self.color, "31", &old), paint(self.color, "32", &new));
            out.push_str(&format!("{indent}{field}: {old} -> {new}\n"));
            return;
        }
        let (old, new) = match (&change.old, &change.new) {
            (Some(Value::Text(old)), Some(Value::Text(new))) => {
                let limit = (!self.all).then_some(SHOWN_OF_VALUE);
                compared(old, new, &Look { limit, color: self.color, by_code_points: false })
            }
            _ => (paint(self.color, "31", &old), paint(self.color, "32", &new)),
        };
        out.push_str(&format!("{indent}{field}:\n"));
        for (mark, sgr, value) in [("-", "31", old), ("+", "32", new)] {
            let first = format!("{indent}  {} ", paint(self.color, sgr, mark));
            out.push_str(&(wrapped(&value, self.width, &first, &format!("{indent}    ")) + "\n"));
        }
    }

    /// Both sides of a change, which never look the same.
    fn sides(&self, change: &FieldChange) -> (String, String) {
        if let (Some(Value::Text(old)), Some(Value::Text(new))) = (&change.old, &change.new)
            && alike(old, new)
        {
            let look =
                Look { limit: (!self.all).then_some(SHOWN_OF_VALUE), color: false, by_code_points: true };
            let (old, new) = compared(old, new, &look);
            return (format!("\"{old}\""), format!("\"{new}\""));
        }
        let (old, new) = (shown(change.old.as_ref()), shown(change.new.as_ref()));
        let limit = if self.all { usize::MAX } else { SHOWN_OF_VALUE };
        let cut = |text: &str, limit| printable(&cut(text, limit)).into_owned();
        if alike(&old, &new) {
            return (cut(&by_code_points(&old), usize::MAX), cut(&by_code_points(&new), usize::MAX));
        }
        let sides = (cut(&old, limit), cut(&new, limit));
        if sides.0 == sides.1 { (cut(&old, usize::MAX), cut(&new, usize::MAX)) } else { sides }
    }
}

/// A value as a plan shows it.
fn shown(value: Option<&Value>) -> String {
    match value {
        None => "nothing".to_owned(),
        Some(Value::Text(text)) => format!("\"{text}\""),
        Some(Value::Date(date)) => date.to_string(),
        Some(Value::Decimal(number)) => number.to_string(),
        Some(other) => serde_json::Value::from(other).to_string(),
    }
}

/// A new cell in a line: its status, confidence and headline.
fn new_cell(dimension: &str, cell: &Cell) -> String {
    let mut parts = vec![cell.status.get().map_or("no status", |status| status.id()).to_owned()];
    parts.extend(cell.confidence.get().map(|confidence| confidence.id().to_owned()));
    let headline = cell.headline.known().map(|headline| format!(": \"{headline}\"")).unwrap_or_default();
    printable(&cut(&format!("{dimension}: {}{headline}", parts.join(", ")), SHOWN_OF_VALUE)).into_owned()
}

/// What the rows leave out of the cells that they are about.
fn stays(left: &Left) -> Vec<String> {
    let mut lines = Vec::new();
    let named = [(left.facts, "fact"), (left.parts, "part"), (left.evidence, "source")];
    let named: Vec<_> = named.iter().filter(|(n, _)| *n > 0).map(|(n, noun)| count(*n, noun)).collect();
    let number = left.facts + left.parts + left.evidence;
    if let Some((last, first)) = named.split_last() {
        let all = if first.is_empty() { last.clone() } else { format!("{} and {last}", first.join(", ")) };
        let (are, them) = if number == 1 { ("is", "it") } else { ("are", "them") };
        let stay = if number == 1 { "stays" } else { "stay" };
        let names: Vec<_> = left.named.iter().map(|name| quoted(name)).collect();
        let more = if number > names.len() { ", …" } else { "" };
        lines.push(format!(
            "{all} of these cells {are} not in the table and {stay} ({}{more}); `--replace` removes {them}",
            names.join(", ")
        ));
    }
    let names = printable(&left.empty_named.join(", ")).into_owned();
    match left.empty {
        0 => {}
        1 => lines.push(format!("1 empty cell keeps a value: {names}; `--clear-empty` removes it")),
        many => {
            let more = if many > left.empty_named.len() { ", …" } else { "" };
            lines
                .push(format!("{many} empty cells keep values: {names}{more}; `--clear-empty` removes them"));
        }
    }
    lines
}

/// "300 rows: 2 added, 3 changed fields (1 removed), 295 unchanged, 0 conflicts; 0 errors, 1 warning".
fn summary(shown: &ImportReport<'_>, color: bool) -> String {
    let ImportReport { plan, report, .. } = shown;
    let of = |number: usize, noun: &str, sgr: &str| {
        let text = count(number, noun);
        if number > 0 { paint(color, sgr, &text) } else { text }
    };
    let stood = match shown.stood {
        0 => String::new(),
        stood => format!("; {} existed before, see `{} lint`", count(stood, "error"), command()),
    };
    let removed = match plan.removed() {
        0 => String::new(),
        removed => format!(" ({removed} removed)"),
    };
    format!(
        "{}: {} added, {}{removed}, {} unchanged, {}; {}, {}{stood}",
        count(shown.rows, "row"),
        plan.added(),
        of(plan.changed(), "changed field", "33"),
        plan.unchanged(),
        of(plan.conflicts(), "conflict", "1;31"),
        of(report.summary.errors, "error", "1;31"),
        of(report.summary.warnings, "warning", "33"),
    )
}
