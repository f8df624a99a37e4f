//! The pages of the questions: each answer of every offering, with its own anchor.

use askama::Template;
use model::{Dimension, Optional, Vocabulary, resolve};

use super::Site;
use super::answer::Article;
use super::filters;
use super::frame::{Frame, Link};
use crate::grade::Grade;
use crate::names::{heading, label};
use crate::text::{Span, spans};
use crate::words::paragraphs;

#[derive(Template)]
#[template(path = "question.html")]
struct QuestionPage<'a> {
    frame: Frame<'a>,
    label: &'a str,
    question: &'a str,
    group: &'a str,
    level: Option<(&'static str, &'static str)>,
    guidance: Vec<Vec<Span>>,
    stale_after: Option<i64>,
    counts: Vec<(Grade, usize)>,
    entries: Vec<OfferingAnswer<'a>>,
    pages: Vec<Link>,
}

/// What an offering answers.
struct OfferingAnswer<'a> {
    id: &'a str,
    name: &'a str,
    href: String,
    /// "First-party, Acme" or "Cloud distribution, models of Acme on Initech Cloud".
    role: String,
    answer: Article<'a>,
}

/// A page of the answers to a question, from 0.
pub(super) fn page<'a>(site: &Site<'a>, path: &str, at: usize, page: usize) -> impl Template + use<'a> {
    let dimension = dimension(site, at);
    let title = label(dimension);
    let title = if page == 0 { title.to_owned() } else { format!("{title}, page {}", page + 1) };
    let frame = Frame::new(site, path, title)
        .under("Questions", "questions/index.html")
        .described(question(dimension))
        .dated();
    let entries = site.index.on_page(page).filter_map(|place| {
        let (id, one) = site.index.offerings[place];
        let resolved = resolve(id, one, site.edition.shared());
        let lines = site.sources.shared_lines();
        Some(OfferingAnswer {
            id,
            name: site.names().offering(id, one),
            href: frame.to(&format!("offerings/{id}/index.html#{}", site.index.questions[at])),
            role: role(site, one),
            answer: Article::new(site, &frame, &lines, (id, one), at, resolved.get(at)?),
        })
    });
    QuestionPage {
        entries: entries.collect(),
        label: label(dimension),
        question: question(dimension),
        group: heading(dimension.group.text()),
        level: dimension.level.get().map(|level| (level.label(), level.meaning())),
        guidance: paragraphs(dimension.guidance.text()).iter().map(|paragraph| spans(paragraph)).collect(),
        stale_after: dimension.stale_limit(),
        counts: site.counts[at].iter().map(|(grade, count)| (*grade, *count)).collect(),
        pages: pages(site, &frame, at, page),
        frame,
    }
}

fn pages(site: &Site<'_>, frame: &Frame<'_>, at: usize, page: usize) -> Vec<Link> {
    let pages = site.index.matrix_pages();
    let link = |other: usize| {
        let href = (other != page).then(|| frame.to(&site.index.question_path(at, other)));
        Link::new((other + 1).to_string(), href)
    };
    if pages > 1 { (0..pages).map(link).collect() } else { Vec::new() }
}

fn role(site: &Site<'_>, one: &model::Offering) -> String {
    let names = site.names();
    let category = one.category.get().map_or("", Vocabulary::label);
    let platform = names.platform_of_offering(one);
    match (&one.developer, names.developer(one)) {
        (Optional::Absent, _) => format!("{category}, models of many developers on {platform}"),
        (_, developer) if developer == platform => format!("{category}, {developer}"),
        (_, developer) => format!("{category}, models of {developer} on {platform}"),
    }
}

fn dimension<'a>(site: &Site<'a>, at: usize) -> &'a Dimension {
    // The index numbers the dimensions in this order.
    &site.edition.registry().dimensions.iter().as_slice()[at]
}

fn question(dimension: &Dimension) -> &str {
    dimension.question.text()
}

#[derive(Template)]
#[template(path = "questions.html")]
struct QuestionsPage<'a> {
    frame: Frame<'a>,
    groups: Vec<(&'a str, Vec<Asked<'a>>)>,
}

/// A question in the list of questions.
struct Asked<'a> {
    label: &'a str,
    question: &'a str,
    href: String,
    level: &'static str,
    counts: Vec<(Grade, usize)>,
}

/// The list of the questions.
pub(super) fn list<'a>(site: &Site<'a>, path: &str) -> impl Template + use<'a> {
    let frame = Frame::new(site, path, "Questions")
        .described("What the registry asks about every offering, and how many answers have each grade.");
    let mut groups: Vec<(&str, Vec<Asked<'_>>)> = Vec::new();
    for (at, dimension) in site.edition.registry().dimensions.iter().enumerate() {
        let asked = Asked {
            label: label(dimension),
            question: question(dimension),
            href: frame.to(&site.index.question_path(at, 0)),
            level: dimension.level.get().map_or("", Vocabulary::label),
            counts: site.counts[at].iter().map(|(grade, count)| (*grade, *count)).collect(),
        };
        let group = heading(dimension.group.text());
        match groups.iter_mut().find(|(name, _)| *name == group) {
            Some((_, members)) => members.push(asked),
            None => groups.push((group, vec![asked])),
        }
    }
    QuestionsPage { frame, groups }
}
