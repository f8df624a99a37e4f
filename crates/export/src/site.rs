//! The registry as a web site: static pages that need no script, load nothing from elsewhere and link
//! relatively, so that they work under any address and from a folder.
//!
//! A site is a list of files, each rendered on its own, so that a registry of any size is published
//! in bounded memory and the preview renders only what is looked at.

mod answer;
mod assets;
mod badge;
mod compare;
mod escape;
mod filters;
mod frame;
mod gone;
mod home;
mod index;
mod linked;
mod links;
mod machine;
mod methodology;
mod offering;
mod owner;
mod question;
mod sources;

use std::borrow::Cow;
use std::collections::BTreeMap;

use askama::Template;
use diagnostics::{Locator, RuleInfo};
use model::Subject;

use self::gone::Gone;
use self::index::SiteIndex;
use self::sources::Sources;
use crate::coverage::Coverage;
use crate::edition::Edition;
use crate::grade::Grade;
use crate::left_out::{misnamed, unasked, unread, unread_dimensions, unread_info};
use crate::names::Names;

/// The most offerings on one page of the matrix or of a question.
const PER_PAGE: usize = 100;

/// What no page shows.
const UNPUBLISHED: [&str; 2] = ["id", "allow"];

/// What a site is made of besides the registry.
#[derive(Clone, Copy, Default)]
pub struct SiteInputs<'a> {
    /// The catalogue of the rules, for the page on methods.
    pub rules: &'a [RuleInfo],
    /// Finds the lines of cells. Its paths begin at the top of the repository.
    pub locator: Option<&'a dyn Locator>,
    /// The files of other exports that are published beside the pages, sorted by path.
    pub downloads: &'a [Download],
    /// Why there is no workbook among them, if there is none.
    pub without_workbook: Option<&'a str>,
    /// The script that a preview adds to each page, by its path in the site.
    pub preview_script: Option<&'a str>,
}

/// A file of another export that is published beside the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// Its path in the site.
    pub path: String,
    /// Its size in bytes.
    pub size: usize,
}

/// A site, ready to be rendered.
pub struct Site<'a> {
    edition: &'a Edition,
    inputs: SiteInputs<'a>,
    index: SiteIndex<'a>,
    sources: Sources<'a>,
    coverage: Coverage,
    /// How often each grade is given to each question.
    counts: Vec<BTreeMap<Grade, usize>>,
    /// What had an address before.
    gone: Vec<Gone<'a>>,
    files: Vec<SiteFile>,
}

/// A file of a site, to be rendered by [`Site::render`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteFile {
    /// Its path below the site's folder, with `/`.
    pub path: String,
    page: Page,
}

/// What a file shows. Numbers are places in the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    /// A page of the matrix, from 0; the first is the home page.
    Matrix(usize),
    Offering(usize),
    Badge(usize),
    Owners,
    Organization(usize),
    Platform(usize),
    Questions,
    /// A page of the answers to a question, from 0.
    Question(usize, usize),
    Compare,
    Methodology,
    Downloads,
    /// The page at the old address of an entity.
    Gone(usize),
    NotFound,
    Robots,
    Sitemap,
    Asset(usize),
}

impl<'a> Site<'a> {
    /// Lays out the site of an edition.
    pub fn new(edition: &'a Edition, inputs: SiteInputs<'a>) -> Self {
        let index = SiteIndex::new(edition);
        let sources = Sources::new(edition.registry(), inputs.locator);
        let coverage = edition.coverage();
        let counts = counts(edition);
        let mut site =
            Self { edition, inputs, index, sources, coverage, counts, gone: Vec::new(), files: Vec::new() };
        site.gone = gone::all(edition.registry(), &site.index);
        site.files = site.layout();
        site
    }

    /// What was not published since it could not be read.
    pub fn left_out(&self) -> Vec<Subject> {
        let registry = self.edition.registry();
        let mut left_out = unread_info(&registry.info);
        left_out.extend(unread_dimensions(registry));
        left_out.extend(unread(registry, &UNPUBLISHED));
        left_out.extend(unasked(registry));
        left_out.extend(misnamed(registry));
        left_out
    }

    /// The files of the site, sorted by path.
    pub fn files(&self) -> &[SiteFile] {
        &self.files
    }

    /// The file at a path.
    pub fn file(&self, path: &str) -> Option<&SiteFile> {
        self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok().map(|at| &self.files[at])
    }

    /// What a file holds.
    pub fn render(&self, file: &SiteFile) -> Cow<'a, [u8]> {
        let at = file.path.as_str();
        match file.page {
            Page::Matrix(page) => html(home::page(self, at, page)),
            Page::Offering(offering) => html(offering::page(self, at, offering)),
            Page::Badge(offering) => html(badge::badge(self, offering)),
            Page::Owners => html(owner::list(self, at)),
            Page::Organization(organization) => html(owner::organization(self, at, organization)),
            Page::Platform(platform) => html(owner::platform(self, at, platform)),
            Page::Questions => html(question::list(self, at)),
            Page::Question(question, page) => html(question::page(self, at, question, page)),
            Page::Compare => html(compare::page(self, at)),
            Page::Methodology => html(methodology::page(self, at)),
            Page::Downloads => html(machine::downloads(self, at)),
            Page::Gone(gone) => html(gone::page(self, at, &self.gone[gone])),
            Page::NotFound => html(machine::not_found(self, at)),
            Page::Robots => Cow::Owned(machine::robots(self).into_bytes()),
            Page::Sitemap => html(machine::sitemap(self)),
            Page::Asset(asset) => Cow::Borrowed(assets::ALL[asset].1),
        }
    }

    fn names(&self) -> Names<'a> {
        self.edition.names()
    }

    /// The downloads that hold something of the whole registry. Those about one thing are linked
    /// on its page.
    fn whole_downloads(&self) -> impl Iterator<Item = &'a Download> {
        let of_one = ["dimensions/", "offerings/", "organizations/", "platforms/"];
        let is_whole = move |file: &&Download| !of_one.iter().any(|folder| file.path.starts_with(folder));
        self.inputs.downloads.iter().filter(is_whole)
    }

    /// The JSON document of what the page at a path is about, where it is published.
    fn document(&self, path: &str) -> Option<&'a str> {
        let path = format!("{}.json", path.strip_suffix("/index.html")?);
        let at = self.inputs.downloads.binary_search_by(|file| file.path.cmp(&path)).ok()?;
        Some(&self.inputs.downloads[at].path)
    }

    fn layout(&self) -> Vec<SiteFile> {
        let mut files = Vec::new();
        let mut add = |path: String, page| files.push(SiteFile { path, page });
        for page in 0..self.index.matrix_pages() {
            add(index::matrix_path(page), Page::Matrix(page));
        }
        for (at, (id, _)) in self.index.offerings.iter().enumerate() {
            add(format!("offerings/{id}/index.html"), Page::Offering(at));
            add(format!("offerings/{id}/badge.svg"), Page::Badge(at));
        }
        for (at, (id, _)) in self.index.organizations.iter().enumerate() {
            add(format!("organizations/{id}/index.html"), Page::Organization(at));
        }
        for (at, (id, _)) in self.index.platforms.iter().enumerate() {
            add(format!("platforms/{id}/index.html"), Page::Platform(at));
        }
        for (at, gone) in self.gone.iter().enumerate() {
            add(gone.path(), Page::Gone(at));
        }
        for question in 0..self.index.questions.len() {
            for page in 0..self.index.matrix_pages() {
                add(self.index.question_path(question, page), Page::Question(question, page));
            }
        }
        for (at, (path, _)) in assets::ALL.iter().enumerate() {
            add((*path).to_owned(), Page::Asset(at));
        }
        for (path, page) in [
            ("organizations/index.html", Page::Owners),
            ("questions/index.html", Page::Questions),
            ("compare/index.html", Page::Compare),
            ("methodology/index.html", Page::Methodology),
            ("downloads/index.html", Page::Downloads),
            ("404.html", Page::NotFound),
            ("robots.txt", Page::Robots),
        ] {
            add(path.to_owned(), page);
        }
        if self.sources.site().is_some() {
            add("sitemap.xml".to_owned(), Page::Sitemap);
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    }
}

fn counts(edition: &Edition) -> Vec<BTreeMap<Grade, usize>> {
    let mut counts = vec![BTreeMap::new(); edition.registry().dimensions.iter().len()];
    for offering in edition.offerings() {
        for (count, answer) in counts.iter_mut().zip(&offering.answers) {
            *count.entry(Grade::of(answer)).or_default() += 1;
        }
    }
    counts
}

/// A rendered template.
fn html<'a>(page: impl Template) -> Cow<'a, [u8]> {
    match page.render() {
        Ok(text) => Cow::Owned(text.into_bytes()),
        Err(error) => unreachable!("memory takes every text: {error}"),
    }
}
