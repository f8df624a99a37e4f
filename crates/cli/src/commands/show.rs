//! `show`: an offering, a platform or an organization with every answer.

mod answer;
mod places;

use diagnostics::{command, printable};
use export::names::{Names, heading, label};
use export::reading::{coverage_in_full, doubts_of, standing};
use export::words::{UNREAD, paragraphs};
use export::{Coverage, Edition, Grade};
use model::{Answer, Date, Dimension, Entity, Level, Registry, Resolved, Vocabulary};

use self::places::Places;
use crate::arguments::{ReadFormat, ShowArguments};
use crate::global::Global;
use crate::query::lookup;
use crate::query::page::{DIM, HEADING, Page, STRONG, link, plain, styled};
use crate::table::{Cell, table};
use crate::terminal::{color_out, print_json, print_styled, width, wrapped};
use crate::{Failure, Outcome, query};

pub(crate) fn run(global: &Global, arguments: &ShowArguments) -> Result<Outcome, Failure> {
    let edition = query::open(global)?;
    let Some(name) = &arguments.name else { return list(global, arguments, edition.registry()) };
    let entity = lookup::entity(edition.registry(), name)?;
    lookup::tell_renamed(global, name, &entity);
    let dimensions = query::dimensions(edition.registry(), &arguments.dimension)?;
    if arguments.format == ReadFormat::Json {
        let document = export::json_document(&edition, &entity, &dimensions);
        let document = document.ok_or_else(|| lookup::unread(&entity))?;
        print_json(|out| out.write_all(&document))?;
        return Ok(Outcome::Success);
    }
    let mut answers = answers(&edition, &entity)?;
    answers.retain(|resolved| dimensions.iter().any(|one| one.id == resolved.dimension.id));
    if !arguments.dimension.is_empty() && answers.is_empty() {
        let message = format!("{entity} stores no answer to that");
        return Err(Failure::Usage(message));
    }
    let out = if arguments.short {
        short(global, edition.day(), &answers)
    } else {
        let mut page = Page::new(global);
        head(&mut page, &edition, &entity, &Coverage::of(&answers));
        if arguments.dimension.is_empty() {
            watch_outs(&mut page, edition.day(), &answers);
        }
        let places = Places::new(global, &answers)?;
        groups(&mut page, &edition, &answers, &places);
        if arguments.dimension.is_empty() {
            not_stored(&mut page, &edition, &entity, &answers);
        }
        page.finish()
    };
    print_styled(color_out(global), &out)?;
    Ok(Outcome::Success)
}

/// The ids of what can be shown, by kind.
fn list(global: &Global, arguments: &ShowArguments, registry: &Registry) -> Result<Outcome, Failure> {
    if arguments.format == ReadFormat::Json {
        return Err(Failure::Usage("give the id of what to show".to_owned()));
    }
    let known = lookup::known(registry);
    let mut out = String::new();
    for kind in ["offering", "platform", "organization"] {
        let of_kind = known.iter().map(|(one, _)| one).filter(|one| one.kind() == kind);
        let ids: Vec<_> = of_kind.map(|one| printable(one.id())).collect();
        let ids = if ids.is_empty() { "none".to_owned() } else { ids.join(", ") };
        out.push_str(&(wrapped(&format!("{kind}s: {ids}"), width(), "", "  ") + "\n"));
    }
    out.push_str(&format!("\n{} show ID shows one\n", command()));
    print_styled(color_out(global), &out)?;
    Ok(Outcome::Success)
}

/// The answers of an entity: for an offering those that hold, for others those that they store.
fn answers<'a>(edition: &'a Edition, entity: &Entity) -> Result<Vec<Resolved<'a>>, Failure> {
    let registry = edition.registry();
    let unread = || lookup::unread(entity);
    let cells = match entity {
        Entity::Offering(id) => {
            let one = edition.offerings().find(|one| one.id == id).ok_or_else(unread)?;
            return Ok(one.answers);
        }
        Entity::Platform(id) => {
            let platform = registry.platforms.get(id).filter(|one| !one.is_unread());
            &platform.ok_or_else(unread)?.cells
        }
        _ => {
            let organization = registry.organizations.get(entity.id()).filter(|one| !one.is_unread());
            &organization.ok_or_else(unread)?.cells
        }
    };
    let stored = |dimension: &'a Dimension| {
        let answer = Answer::Cell(entity.clone(), cells.known()?.get(dimension.id.text())?);
        Some(Resolved { dimension, answer, overridden: None, operator: None })
    };
    Ok(registry.dimensions.iter().filter_map(stored).collect())
}

/// A line a dimension.
fn short(global: &Global, day: Date, answers: &[Resolved<'_>]) -> String {
    let headings = ["dimension", "answer", "as of", "headline"];
    let mut rows = vec![headings.map(|heading| Cell::colored(heading, STRONG)).to_vec()];
    rows.extend(answers.iter().map(|resolved| {
        let cell = resolved.cell();
        let headline = cell.and_then(|cell| cell.headline.known()).map_or("", String::as_str);
        vec![
            Cell::new(printable(label(resolved.dimension))),
            query::grade(resolved, day),
            Cell::new(cell.map(standing).unwrap_or_default()),
            Cell::new(printable(headline)),
        ]
    }));
    table(color_out(global), width(), &rows)
}

/// What the entity is.
fn head(page: &mut Page, edition: &Edition, entity: &Entity, coverage: &Coverage) {
    let coverage = coverage_in_full(coverage).join("; ");
    let names = edition.names();
    page.text(
        0,
        &[
            styled(names.owner(entity), STRONG),
            styled(&format!("  {}", entity.reference().unwrap_or_default()), DIM),
        ],
    );
    match entity {
        Entity::Offering(id) => {
            if let Some(offering) = edition.registry().offerings.get(id) {
                about_offering(page, names, offering, &coverage);
            }
            return;
        }
        Entity::Platform(id) => {
            let operator = edition.registry().platforms.get(id).and_then(|one| one.operator.known());
            let operator = operator.map_or(UNREAD, |id| names.organization(id.as_str()));
            page.text(0, &[plain("Operator: "), plain(operator)]);
            offerings(page, edition, |one| {
                names.platform_of(one).is_some_and(|(platform, _)| platform == id)
            });
        }
        _ => {
            let organization = edition.registry().organizations.get(entity.id());
            if let Some(homepage) = organization.and_then(|one| one.homepage.known()) {
                page.text(0, &[plain("Home page: "), link(homepage.as_str(), homepage)]);
            }
            offerings(page, edition, |one| {
                names.developer_of(one).is_some_and(|(developer, _)| developer == entity.id())
            });
        }
    }
    page.text(0, &[plain("Coverage: "), plain(&coverage)]);
}

fn about_offering(page: &mut Page, names: Names<'_>, offering: &model::Offering, coverage: &str) {
    let operator = names.operator(offering).map(|name| format!(", operated by {name}")).unwrap_or_default();
    page.text(0, &[plain("Developer: "), plain(names.developer(offering))]);
    page.text(0, &[plain("Platform: "), plain(names.platform_of_offering(offering)), plain(&operator)]);
    let category = offering.category.get().map_or(UNREAD, Vocabulary::label);
    page.text(0, &[plain("Category: "), plain(category)]);
    if let Some(family) = offering.model_family.known() {
        page.text(0, &[plain("Models: "), plain(family)]);
    }
    page.text(0, &[plain("Coverage: "), plain(coverage)]);
    for paragraph in paragraphs(offering.summary.text()) {
        page.blank();
        page.text(0, &[plain(&paragraph)]);
    }
}

/// The offerings that inherit from an entity.
fn offerings(page: &mut Page, edition: &Edition, inherits: impl Fn(&model::Offering) -> bool) {
    let ids: Vec<_> = edition.offerings().filter(|one| inherits(one.offering)).map(|one| one.id).collect();
    let ids = if ids.is_empty() { "none".to_owned() } else { ids.join(", ") };
    page.text(0, &[plain("Offerings: "), plain(&ids)]);
}

/// What a buyer must look at, what to check first of what looks good, and what must be set.
fn watch_outs(page: &mut Page, day: Date, answers: &[Resolved<'_>]) {
    let watch_outs = answers.iter().filter(|resolved| resolved.is_watch_out());
    let watch_outs = watch_outs.map(|one| (one, Grade::of(one).label(), headline(one)));
    let doubted = answers.iter().filter_map(|one| {
        let doubts = doubts_of(one, day);
        (!doubts.is_empty()).then(|| (one, Grade::of(one).label(), doubts.join("; ")))
    });
    let settings = answers.iter().filter(|resolved| resolved.is_setting_to_make()).map(|one| {
        let default = one.cell().and_then(|cell| cell.default.get());
        (one, default.map_or("", Vocabulary::label), headline(one))
    });
    points(page, "Watch-outs", &watch_outs.collect::<Vec<_>>());
    points(page, "Yes, but check", &doubted.collect::<Vec<_>>());
    points(page, "Settings to make", &settings.collect::<Vec<_>>());
}

fn headline(resolved: &Resolved<'_>) -> String {
    resolved.cell().map(|cell| cell.headline.text().to_owned()).unwrap_or_default()
}

/// A line for each answer: its question, what it comes to, and what to know of it.
fn points(page: &mut Page, title: &str, points: &[(&Resolved<'_>, &str, String)]) {
    if !points.is_empty() {
        page.blank();
        page.text(0, &[styled(title, HEADING)]);
    }
    for (resolved, words, more) in points {
        let more = if more.is_empty() { String::new() } else { format!(": {more}") };
        page.item(
            0,
            &[
                styled(label(resolved.dimension), STRONG),
                plain(" ("),
                styled(words, query::sgr(Grade::of(resolved))),
                plain(&format!("){more}")),
            ],
        );
    }
}

fn groups(page: &mut Page, edition: &Edition, answers: &[Resolved<'_>], places: &Places) {
    for (group, _) in edition.groups() {
        let mut of_group =
            answers.iter().filter(|resolved| resolved.dimension.group.text() == group).peekable();
        if of_group.peek().is_some() {
            page.blank();
            page.text(0, &[styled(heading(group), HEADING)]);
        }
        for resolved in of_group {
            page.blank();
            answer::answer(page, edition, resolved, places);
        }
    }
}

/// The questions of an entity's level that it leaves to its offerings.
fn not_stored(page: &mut Page, edition: &Edition, entity: &Entity, answers: &[Resolved<'_>]) {
    let level = match entity {
        Entity::Platform(_) => Level::Platform,
        Entity::Organization(_) => Level::Developer,
        _ => return,
    };
    let is_stored = |dimension: &Dimension| answers.iter().any(|one| one.dimension.id == dimension.id);
    let of_level = edition.registry().dimensions.iter().filter(|dimension| dimension.level.is(level));
    let left: Vec<_> = of_level.filter(|dimension| !is_stored(dimension)).map(label).collect();
    if !left.is_empty() {
        page.blank();
        page.text(0, &[plain("Not answered here, but by each offering: "), plain(&left.join(", "))]);
    }
}
