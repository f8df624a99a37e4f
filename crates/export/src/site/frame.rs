//! The frame of every page: its place, its title, the links to the others.

use super::Site;
use super::linked::Linked;

/// What a page of the site is allowed to do (Content Security Policy level 3): load its own style,
/// scripts and images, send its own forms.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
                      form-action 'self'; base-uri 'none'";

/// What the frame around a page's content says.
pub(super) struct Frame<'a> {
    /// The prefix that makes a path of the site a link from this page.
    pub(super) root: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) policy: String,
    pub(super) canonical: Option<String>,
    pub(super) crumbs: Vec<Link>,
    pub(super) scripts: Vec<&'a str>,
    /// Whether the page has answers that can be past their date on the reader's day.
    pub(super) is_dated: bool,
    pub(super) registry: &'a str,
    pub(super) licence: Option<&'a str>,
    pub(super) corrections: Option<Linked>,
    pub(super) repository: Option<&'a str>,
    pub(super) generated: String,
    /// The same as a JSON document.
    pub(super) document: Option<String>,
    /// The part of the site that the page belongs to: the first folder of its path.
    pub(super) section: String,
    /// Whether the page is the first of the site.
    pub(super) is_home: bool,
}

/// A link within the site, or a name that leads nowhere.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) label: String,
    pub(super) href: Option<String>,
}

impl Link {
    pub(super) fn new(label: impl Into<String>, href: Option<String>) -> Self {
        Self { label: label.into(), href }
    }
}

impl<'a> Frame<'a> {
    /// The frame of the page at a path.
    pub(super) fn new(site: &Site<'a>, path: &str, title: impl Into<String>) -> Self {
        let info = &site.edition.registry().info;
        let registry = site.names().title();
        let root = "../".repeat(path.matches('/').count());
        let mut frame = Self {
            title: title.into(),
            description: String::new(),
            policy: POLICY.to_owned(),
            canonical: site.sources.page(path),
            crumbs: Vec::new(),
            scripts: Vec::new(),
            is_dated: false,
            registry,
            licence: info.licence.known().map(String::as_str),
            corrections: info.corrections.known().map(|corrections| Linked::new(corrections)),
            repository: site.sources.repository(),
            generated: site.edition.generated().to_string(),
            document: site.document(path).map(|path| format!("{root}{path}")),
            section: path.split_once('/').map_or("", |(section, _)| section).to_owned(),
            is_home: path == "index.html",
            root,
        };
        if let Some(script) = site.inputs.preview_script {
            frame.connects();
            frame.scripts.push(script);
        }
        frame
    }

    /// The same with a description for search engines.
    #[must_use]
    pub(super) fn described(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// The same with a page on the way to this one, given by its path.
    #[must_use]
    pub(super) fn under(mut self, label: impl Into<String>, path: &str) -> Self {
        let href = self.to(path);
        self.crumbs.push(Link::new(label, Some(href)));
        self
    }

    /// The same with the script that marks what is past its date on the reader's day.
    #[must_use]
    pub(super) fn dated(mut self) -> Self {
        self.is_dated = true;
        self
    }

    /// The same with a script of the site.
    #[must_use]
    pub(super) fn script(mut self, path: &'a str) -> Self {
        self.scripts.push(path);
        self
    }

    /// Lets the scripts of the page read other pages of the site.
    pub(super) fn connects(&mut self) {
        if !self.policy.contains("connect-src") {
            self.policy.push_str("; connect-src 'self'");
        }
    }

    /// The link from this page to a path of the site.
    pub(super) fn to(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }
}
