//! `compare`: offerings side by side.

mod rows;

use diagnostics::{printable, quoted};
use export::names::{heading, label};
use export::view::CellView;
use export::{Edition, Grade, ResolvedOffering};
use model::{Date, Dimension, PageVisits, Resolved};

use self::rows::{Compared, compared};
use crate::arguments::{CompareArguments, ReadFormat};
use crate::global::Global;
use crate::query::page::{HEADING, Page, STRONG, plain, styled};
use crate::query::{lookup, sgr};
use crate::table::{Cell, columns};
use crate::terminal::{color_out, note, paint, print_json, print_styled, width, wrapped};
use crate::{Failure, Outcome, query};

/// The mark before a dimension in which the offerings differ.
const DIFFERS: &str = "≠ ";

pub(crate) fn run(global: &Global, arguments: &CompareArguments) -> Result<Outcome, Failure> {
    let edition = query::open(global)?;
    let offerings = offerings(global, &edition, &arguments.offerings)?;
    let asked = query::dimensions(edition.registry(), &arguments.dimension)?;
    let mut all: Vec<_> =
        asked.iter().map(|dimension| compared(dimension, &offerings, edition.day())).collect();
    if arguments.differences {
        all.retain(Compared::differs);
    }
    let dimensions: Vec<_> = all.iter().map(|one| one.dimension).collect();
    match arguments.format {
        ReadFormat::Json => {
            let ids: Vec<_> = offerings.iter().map(|one| one.id).collect();
            print_json(|out| export::json_data(out, &edition, &ids, &dimensions))?;
        }
        ReadFormat::Human if all.is_empty() => {}
        ReadFormat::Human => {
            let mut out = side_by_side(global, &offerings, &all);
            if arguments.notes {
                out.push_str(&notes(global, edition.day(), &offerings, &dimensions));
            }
            print_styled(color_out(global), &out)?;
        }
    }
    if all.is_empty() {
        note(global, "they do not differ");
    }
    Ok(Outcome::Success)
}

fn offerings<'a>(
    global: &Global,
    edition: &'a Edition,
    names: &[String],
) -> Result<Vec<ResolvedOffering<'a>>, Failure> {
    let mut offerings: Vec<ResolvedOffering<'a>> = Vec::new();
    for name in names {
        let one = lookup::offering(global, edition, name)?;
        if offerings.iter().any(|other| other.id == one.id) {
            return Err(Failure::Usage(format!("{} is listed twice", quoted(one.id))));
        }
        offerings.push(one);
    }
    Ok(offerings)
}

/// A table with a column an offering, or, where that is too wide, a list of them under each row.
fn side_by_side(global: &Global, offerings: &[ResolvedOffering<'_>], all: &[Compared<'_>]) -> String {
    let (color, width) = (color_out(global), width());
    let mut header = vec![Cell::default()];
    header.extend(offerings.iter().map(|one| Cell::colored(printable(one.id), STRONG)));
    let mut rows = vec![header];
    let mut group = None;
    for one in all {
        let name = one.dimension.group.text();
        if group != Some(name) {
            group = Some(name);
            rows.push(Vec::new());
            rows.push(vec![Cell::colored(printable(heading(name)), HEADING)]);
        }
        let mark = if one.differs() { DIFFERS } else { "  " };
        rows.push(row(format!("{mark}{}", printable(label(one.dimension))), &one.grades));
        let terms = one.terms.iter().map(|(term, cells)| row(format!("    {}", printable(term)), cells));
        rows.extend(terms);
        rows.extend(one.readings.iter().map(|(name, cells)| row(format!("    {name}"), cells)));
    }
    columns(color, width, &rows).unwrap_or_else(|| on_its_side(color, width, offerings, &rows))
}

fn row(label: String, cells: &[Cell]) -> Vec<Cell> {
    [Cell::new(label)].into_iter().chain(cells.iter().cloned()).collect()
}

/// Each row as its label and, below it, a line an offering.
fn on_its_side(color: bool, width: usize, offerings: &[ResolvedOffering<'_>], rows: &[Vec<Cell>]) -> String {
    let mut out = String::new();
    for row in rows.iter().skip(1) {
        let Some((label, cells)) = row.split_first() else {
            if !out.is_empty() {
                out.push('\n');
            }
            continue;
        };
        let label =
            wrapped(&paint(color && !label.sgr.is_empty(), label.sgr, &label.text), width, "", "    ");
        out.push_str(&format!("{label}\n"));
        let by_offering: Vec<_> = match cells {
            [first, rest @ ..] if rest.iter().all(|cell| cell == first) => vec![("all", first)],
            cells => offerings.iter().map(|one| one.id).zip(cells).collect(),
        };
        let line =
            |(id, cell): (&str, &Cell)| vec![Cell::new("    "), Cell::new(printable(id)), cell.clone()];
        let lines = columns(color, width, &by_offering.into_iter().map(line).collect::<Vec<_>>());
        out.push_str(&lines.unwrap_or_default());
    }
    out
}

/// The headlines and notes of each dimension. Offerings that share a cell share its note.
fn notes(
    global: &Global,
    day: Date,
    offerings: &[ResolvedOffering<'_>],
    dimensions: &[&Dimension],
) -> String {
    let mut page = Page::new(global);
    for dimension in dimensions {
        page.blank();
        page.text(0, &[styled(label(dimension), HEADING)]);
        let mut told: Vec<(&Resolved<'_>, Vec<&str>)> = Vec::new();
        for one in offerings {
            let Some(resolved) = one.answers.iter().find(|resolved| resolved.dimension.id == dimension.id)
            else {
                continue;
            };
            match told.iter_mut().find(|(other, _)| other.answer == resolved.answer) {
                Some((_, ids)) => ids.push(one.id),
                None => told.push((resolved, vec![one.id])),
            }
        }
        for (resolved, ids) in told {
            let grade = Grade::of(resolved);
            page.blank();
            page.text(0, &[styled(&ids.join(", "), STRONG), plain(": "), styled(grade.label(), sgr(grade))]);
            let Some(cell) = resolved.cell() else {
                page.text(2, &[plain(grade.meaning())]);
                continue;
            };
            let cell = CellView::new(cell, dimension, day, &PageVisits::default());
            if let Some(headline) = cell.headline {
                page.text(2, &[styled(headline, STRONG)]);
            }
            page.text(2, &[plain(&format!("As of: {} · Sources: {}", cell.as_of, cell.sources))]);
            for paragraph in &cell.note {
                page.text(2, &[plain(paragraph)]);
                page.blank();
            }
            for exception in &cell.exceptions.value {
                page.item(2, &[plain(&exception.line())]);
            }
        }
    }
    format!("\n{}", page.finish())
}
