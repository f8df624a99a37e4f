//! The page of an offering: what to watch out for, what to set, then every answer.

use askama::Template;
use model::{Vocabulary, resolve};

use super::Site;
use super::answer::Article;
use super::filters;
use super::frame::{Frame, Link};
use super::links::{developer, operator, platform};
use crate::coverage::Coverage;
use crate::names::heading;
use crate::reading;
use crate::words::paragraphs;

#[derive(Template)]
#[template(path = "offering.html")]
struct OfferingPage<'a> {
    frame: Frame<'a>,
    name: &'a str,
    developer: Link,
    platform: Link,
    operator: Option<Link>,
    category: Option<(&'static str, &'static str)>,
    family: Option<&'a str>,
    former_ids: Vec<String>,
    summary: Vec<String>,
    answers: Vec<Article<'a>>,
    groups: Vec<(&'a str, Vec<usize>)>,
    coverage: String,
    compare: String,
}

/// The page of the offering at a place of the index.
pub(super) fn page<'a>(site: &Site<'a>, path: &str, at: usize) -> impl Template + use<'a> {
    let (id, offering) = site.index.offerings[at];
    let names = site.names();
    let name = names.offering(id, offering);
    let summary = paragraphs(offering.summary.text());
    let frame = Frame::new(site, path, name)
        .under("Offerings", &super::index::matrix_path(at / super::PER_PAGE))
        .described(summary.first().cloned().unwrap_or_default())
        .dated();
    let resolved = resolve(id, offering, site.edition.shared());
    let lines = site.sources.lines_of(id, &offering.cells);
    let answers: Vec<_> = resolved
        .iter()
        .enumerate()
        .map(|(question, one)| Article::new(site, &frame, &lines, (id, offering), question, one))
        .collect();
    let mut groups: Vec<(&str, Vec<usize>)> = Vec::new();
    for (at, one) in resolved.iter().enumerate() {
        let group = heading(one.dimension.group.text());
        match groups.iter_mut().find(|(name, _)| *name == group) {
            Some((_, members)) => members.push(at),
            None => groups.push((group, vec![at])),
        }
    }
    OfferingPage {
        name,
        developer: developer(site, &frame, offering),
        platform: platform(site, &frame, offering),
        operator: operator(site, &frame, offering),
        category: offering.category.get().map(|category| (category.label(), category.meaning())),
        family: offering.model_family.known().map(String::as_str),
        former_ids: offering.former_ids.items().iter().map(ToString::to_string).collect(),
        coverage: reading::coverage_in_full(&Coverage::of(&resolved)).join("; "),
        compare: format!("{}?o={id}", frame.to("compare/index.html")),
        summary,
        answers,
        groups,
        frame,
    }
}

impl OfferingPage<'_> {
    fn watch_outs(&self) -> Vec<&Article<'_>> {
        self.answers.iter().filter(|answer| answer.is_watch_out()).collect()
    }

    /// The answers that are to be checked, and those that will be from a day on.
    fn to_check(&self) -> Vec<&Article<'_>> {
        let doubted = |answer: &&Article<'_>| !answer.doubts().is_empty() || answer.doubted_from().is_some();
        self.answers.iter().filter(doubted).collect()
    }

    /// How many answers are to be checked today.
    fn checks(&self) -> usize {
        self.answers.iter().filter(|answer| !answer.doubts().is_empty()).count()
    }

    fn settings(&self) -> Vec<&Article<'_>> {
        self.answers.iter().filter(|answer| answer.setting.is_some()).collect()
    }

    fn unanswered(&self) -> Vec<&Article<'_>> {
        use crate::grade::Grade::{Missing, Unreadable};
        self.answers.iter().filter(|answer| matches!(answer.view.grade, Missing | Unreadable)).collect()
    }
}
