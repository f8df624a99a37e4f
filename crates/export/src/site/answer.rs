//! The answer to one question about one offering, as a page shows it.

use model::{Answer, Cell, Entity, Level, Offering, Resolved, Status, Vocabulary};

use super::Site;
use super::frame::{Frame, Link};
use super::links::{developer, owner_link, platform};
use super::sources::Lines;
use crate::grade::Grade;
use crate::reading::Due;
use crate::view::{AnswerView, CellView, Headline};

/// The article of an answer: the answer in words, and where its links lead.
pub(super) struct Article<'a> {
    /// The answer in words.
    pub(super) view: AnswerView<'a>,
    /// The anchor of the answer, which is the name of the question's page.
    pub(super) slug: String,
    /// The answers of all offerings to the question.
    pub(super) question_href: String,
    /// What must be set or asked for before a public yes holds.
    pub(super) setting: Option<model::DefaultState>,
    /// Whom the cell is about: who stores it, what they are, and for whom else it holds.
    pub(super) owner: Option<OwnerView>,
    /// The operator of the platform, where it answers for itself.
    pub(super) operator: Option<Link>,
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
    /// The answer that it replaces.
    pub(super) overridden: Option<(Link, Grade)>,
}

impl<'a> Article<'a> {
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
        let view = AnswerView::new(resolved, site.edition.generated(), site.edition.visits());
        let owner = match &resolved.answer {
            Answer::Cell(owner, _) => Some(OwnerView::new(site, frame, resolved, owner)),
            _ => None,
        };
        let operator = view.operator.as_ref().map(|(id, _)| {
            let href = site.index.organization_path(id).map(|path| frame.to(&path));
            Link::new(site.names().organization(id), href)
        });
        let source = match &resolved.answer {
            Answer::Cell(owner, _) => lines.get(owner, dimension.id.text()),
            _ => None,
        };
        let offering_path = offering_link(site, frame, id);
        let name = site.names().offering(id, offering);
        let slug = site.index.questions[question].clone();
        Self {
            question_href: frame.to(&site.index.question_path(question, 0)),
            setting: resolved
                .cell()
                .filter(|_| resolved.is_setting_to_make())
                .and_then(|cell| cell.default.get()),
            correction: correction(site, &offering_path, name, view.label, &slug, source.as_deref()),
            owner,
            operator,
            source,
            slug,
            view,
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
        let source = site.sources.shared_lines().get(owner, dimension.id.text());
        Self {
            view: AnswerView::stored(dimension, cell, site.edition.generated(), site.edition.visits()),
            slug: site.index.questions[question].clone(),
            question_href: frame.to(&site.index.question_path(question, 0)),
            setting: None,
            owner: None,
            operator: None,
            correction: None,
            source,
        }
    }

    /// Returns whether a buyer must look at it.
    pub(super) fn is_watch_out(&self) -> bool {
        self.view.headline == Headline::WatchOut
    }

    /// What its cell says in one sentence.
    pub(super) fn headline(&self) -> Option<&'a str> {
        self.view.cell.as_ref()?.headline
    }

    /// The operator of the platform with what it answers for itself.
    pub(super) fn operator(&self) -> Option<(&Link, &CellView<'a>)> {
        let (_, cell) = self.view.operator.as_ref()?;
        Some((self.operator.as_ref()?, cell))
    }

    /// What its default asks for.
    pub(super) fn setting(&self) -> &'static str {
        self.setting.map_or("", Vocabulary::label)
    }

    /// Why a public yes is to be checked first, in words; empty where there is no reason.
    pub(super) fn doubts(&self) -> String {
        self.view.cell.as_ref().map(|cell| cell.doubts.join("; ")).unwrap_or_default()
    }

    /// The day from which on a public yes that is beyond doubt is to be checked.
    pub(super) fn doubted_from(&self) -> Option<&Due> {
        let is_yes = self.view.grade == Grade::Status(Status::YesPublic);
        self.view.cell.as_ref().filter(|cell| is_yes && cell.doubts.is_empty())?.due.as_ref()
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

fn offering_link(site: &Site<'_>, frame: &Frame<'_>, id: &str) -> String {
    let path = format!("offerings/{id}/index.html");
    site.sources.page(&path).unwrap_or_else(|| frame.to(&path))
}

/// A draft of a correction of a cell: the cell, its place, and what a correction needs.
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
