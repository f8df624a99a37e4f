//! The answer to one question about one offering, as a page shows it.

use model::{Answer, Cell, Entity, Level, Offering, Resolved, Status, Vocabulary};

use super::Site;
use super::cell::{CellView, Due};
use super::frame::{Frame, Link};
use super::offering::{developer, platform};
use super::sources::Lines;
use crate::grade::Grade;
use crate::names::label;

/// An answer in words.
pub(super) struct AnswerView<'a> {
    /// The anchor of the answer, which is the name of the question's page.
    pub(super) slug: String,
    pub(super) label: &'a str,
    pub(super) question: &'a str,
    /// The answers of all offerings to the question.
    pub(super) question_href: String,
    pub(super) grade: Grade,
    pub(super) is_watch_out: bool,
    /// What must be set or asked for before a public yes holds.
    pub(super) setting: Option<model::Default>,
    /// Whom the cell is about: who stores it, what they are, and for whom else it holds.
    pub(super) owner: Option<OwnerView>,
    pub(super) cell: Option<CellView<'a>>,
    /// What the operator of the platform answers for itself.
    pub(super) operator: Option<(Link, CellView<'a>)>,
    pub(super) source: Option<String>,
    pub(super) correction: Option<String>,
}

/// Whose answer it is.
pub(super) struct OwnerView {
    pub(super) who: Link,
    /// "the serving platform", and the like.
    pub(super) role: &'static str,
    /// Whether other offerings share it.
    pub(super) is_shared: bool,
    /// Whom an answer that others do not share is about: the platform or the developer.
    pub(super) subject: Option<(Link, &'static str)>,
    /// The answer in whose place it stands, and why.
    pub(super) overridden: Option<(Link, Grade)>,
    pub(super) reason: Option<String>,
}

impl<'a> AnswerView<'a> {
    /// The answer to the question at a place about an offering with this id.
    pub(super) fn new(
        site: &Site<'a>,
        frame: &Frame<'_>,
        lines: &Lines<'_>,
        (id, offering): (&'a str, &'a Offering),
        question: usize,
        resolved: &Resolved<'a>,
    ) -> Self {
        let dimension = resolved.dimension;
        let day = site.edition.generated();
        let cell = resolved.cell().map(|cell| CellView::new(cell, dimension, day));
        let owner = match &resolved.answer {
            Answer::Cell(owner, cell) => {
                let reason = cell.override_reason.known().cloned();
                Some(OwnerView { reason, ..OwnerView::new(site, frame, resolved, owner) })
            }
            _ => None,
        };
        let operator = resolved.operator.as_ref().map(|operator| {
            let name = site.names().organization(operator.organization);
            let href = site.index.organization_path(operator.organization).map(|path| frame.to(&path));
            (Link::new(name, href), CellView::new(operator.cell, dimension, day))
        });
        let source = match &resolved.answer {
            Answer::Cell(owner, _) => lines.get(owner, dimension.id.text()),
            _ => None,
        };
        let offering_path = offering_link(site, frame, id);
        let name = site.names().offering(id, offering);
        let slug = site.index.questions[question].clone();
        Self {
            label: label(dimension),
            question: dimension.question.known().map_or("", String::as_str),
            question_href: frame.to(&site.index.question_path(question, 0)),
            grade: Grade::of(resolved),
            is_watch_out: resolved.is_watch_out(),
            setting: resolved
                .cell()
                .filter(|_| resolved.is_setting_to_make())
                .and_then(|cell| cell.default.get()),
            correction: correction(site, &offering_path, name, label(dimension), &slug, source.as_deref()),
            owner,
            cell,
            operator,
            source,
            slug,
        }
    }

    /// An answer where it is stored, by the place of its question.
    pub(super) fn stored(
        site: &Site<'a>,
        frame: &Frame<'_>,
        owner: &Entity,
        question: usize,
        cell: &'a Cell,
    ) -> Self {
        let dimension = &site.edition.registry().dimensions.iter().as_slice()[question];
        let grade = Grade::of_status(cell.status.get());
        let source = site.sources.shared_lines().get(owner, dimension.id.text());
        Self {
            slug: site.index.questions[question].clone(),
            label: label(dimension),
            question: dimension.question.known().map_or("", String::as_str),
            question_href: frame.to(&site.index.question_path(question, 0)),
            grade,
            is_watch_out: !matches!(grade, Grade::Status(Status::YesPublic) | Grade::Unreadable),
            setting: None,
            owner: None,
            cell: Some(CellView::new(cell, dimension, site.edition.generated())),
            operator: None,
            correction: None,
            source,
        }
    }

    /// What its cell says in one sentence.
    pub(super) fn headline(&self) -> Option<&'a str> {
        self.cell.as_ref()?.headline
    }

    /// What its default asks for.
    pub(super) fn setting(&self) -> &'static str {
        self.setting.map_or("", Vocabulary::label)
    }

    /// Why a public yes is to be checked first, in words; empty where there is no reason.
    pub(super) fn doubts(&self) -> String {
        self.cell.as_ref().map(|cell| cell.doubts.join("; ")).unwrap_or_default()
    }

    /// The day from which on a public yes that is beyond doubt is to be checked.
    pub(super) fn doubted_from(&self) -> Option<&Due> {
        let is_yes = self.grade == Grade::Status(Status::YesPublic);
        self.cell.as_ref().filter(|cell| is_yes && cell.doubts.is_empty())?.due.as_ref()
    }

    /// Why there is no cell, in a sentence.
    pub(super) fn absence(&self) -> &'static str {
        self.grade.meaning()
    }
}

impl OwnerView {
    fn new(site: &Site<'_>, frame: &Frame<'_>, resolved: &Resolved<'_>, owner: &Entity) -> Self {
        let role = |owner: &Entity| match owner {
            Entity::Platform(_) => "the serving platform",
            Entity::Organization(_) => "the developer of the models",
            _ => "this offering alone",
        };
        let overridden = resolved.overridden.as_ref();
        Self {
            who: owner_link(site, frame, owner),
            role: role(owner),
            is_shared: !matches!(owner, Entity::Offering(_)),
            subject: subject(site, frame, resolved, owner),
            overridden: overridden
                .map(|(owner, cell)| (owner_link(site, frame, owner), Grade::of_status(cell.status.get()))),
            reason: None,
        }
    }
}

/// Whom the offering's own answer is about, with a link to the page.
fn subject(
    site: &Site<'_>,
    frame: &Frame<'_>,
    resolved: &Resolved<'_>,
    owner: &Entity,
) -> Option<(Link, &'static str)> {
    let (name, role) = site.names().subject(resolved.dimension, owner)?;
    let offering = site.edition.registry().offerings.get(owner.id())?;
    let link = match resolved.dimension.level.get()? {
        Level::Platform => platform(site, frame, offering),
        Level::Developer => developer(site, frame, offering),
    };
    Some((Link::new(name, link.href), role))
}

/// The link to whoever stores a cell.
pub(super) fn owner_link(site: &Site<'_>, frame: &Frame<'_>, owner: &Entity) -> Link {
    let path = match owner {
        Entity::Platform(id) => site.index.platform_path(id),
        Entity::Organization(id) => site.index.organization_path(id),
        Entity::Offering(id) => site.index.offering(id).map(|_| format!("offerings/{id}/index.html")),
        _ => None,
    };
    let names = site.names();
    let name = match owner {
        Entity::Platform(id) => names.platform(id).to_owned(),
        Entity::Organization(id) => names.organization(id).to_owned(),
        other => names.owner(other).to_owned(),
    };
    Link::new(name, path.map(|path| frame.to(&path)))
}

fn offering_link(site: &Site<'_>, frame: &Frame<'_>, id: &str) -> String {
    let path = format!("offerings/{id}/index.html");
    site.sources.page(&path).unwrap_or_else(|| frame.to(&path))
}

/// A correction of a cell, begun: which it is, where it stands, and what a correction needs.
fn correction(
    site: &Site<'_>,
    page: &str,
    offering: &str,
    label: &str,
    slug: &str,
    source: Option<&str>,
) -> Option<String> {
    let place = source.map(|source| format!("Source line: {source}\n")).unwrap_or_default();
    let page = if page.starts_with("https://") { format!("Page: {page}#{slug}\n") } else { String::new() };
    let body = format!(
        "{page}{place}\nWhat is wrong:\n\nWhat it should say:\n\nThe page that says so (a primary source if there is one):\n"
    );
    site.sources.correction(&format!("Correction: {offering}, {label}"), &body)
}
