//! A published site, read with an HTML parser.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::Path;

use scraper::{ElementRef, Html, Node, Selector};

use crate::support::Scratch;

/// The files of a site by path.
#[derive(PartialEq, Eq)]
pub(crate) struct Pages {
    files: BTreeMap<String, Vec<u8>>,
}

impl Pages {
    /// Publishes a registry.
    pub(crate) fn export(scratch: &Scratch) -> Self {
        let out = scratch.path().join("site");
        let run = scratch.run(&["export", "site", "--out", out.to_str().unwrap()]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        Self::read(&out)
    }

    /// Reads what is in a folder.
    pub(crate) fn read(folder: &Path) -> Self {
        let mut files = BTreeMap::new();
        let mut open = vec![folder.to_owned()];
        while let Some(next) = open.pop() {
            for entry in fs::read_dir(next).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                    files.insert(name, fs::read(path).unwrap());
                }
            }
        }
        Self { files }
    }

    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    pub(crate) fn html(&self) -> impl Iterator<Item = &str> {
        self.paths().filter(|path| path.ends_with(".html"))
    }

    pub(crate) fn text(&self, path: &str) -> &str {
        std::str::from_utf8(&self.files[path]).unwrap()
    }

    pub(crate) fn parse(&self, path: &str) -> Html {
        Html::parse_document(self.text(path))
    }

    /// The targets of all links of a page.
    pub(crate) fn links(&self, path: &str) -> Vec<String> {
        select(&self.parse(path), "a[href]")
            .iter()
            .map(|link| link.attr("href").unwrap().to_owned())
            .collect()
    }

    /// The elements of a page in order, each with the names of its attributes, and with the values of
    /// those that could act.
    pub(crate) fn elements(&self, path: &str) -> Vec<String> {
        let page = self.parse(path);
        let shown = |element: ElementRef<'_>| {
            let names: BTreeSet<_> = element.value().attrs().map(|(name, _)| name).collect();
            format!("{} {names:?}", element.value().name())
        };
        page.root_element().descendants().filter_map(ElementRef::wrap).map(shown).collect()
    }

    /// Panics where a page is not whole, a link leads nowhere, or something is loaded from elsewhere.
    pub(crate) fn check(&self) {
        let looked_at: BTreeMap<&str, Look> = self.html().map(|path| (path, self.look(path))).collect();
        for (path, look) in &looked_at {
            for link in &look.links {
                self.check_link(path, link, &looked_at);
            }
        }
    }

    /// Looks at one page by itself.
    fn look(&self, path: &str) -> Look {
        let page = self.parse(path);
        assert!(page.errors.is_empty(), "{path}: {:?}", page.errors);
        for one in ["h1", "title", "main", "html[lang]", "meta[charset]"] {
            assert_eq!(select(&page, one).len(), 1, "{one} in {path}");
        }
        let policy = select(&page, "meta[http-equiv=Content-Security-Policy]")[0].attr("content").unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert!(select(&page, "[style], style, base, iframe, object, embed").is_empty(), "{path}");
        let mut look = Look { ids: HashSet::new(), links: Vec::new() };
        for element in page.root_element().descendants().filter_map(ElementRef::wrap) {
            let name = element.value().name();
            if name == "script" {
                let is_data = element.attr("type") == Some("application/ld+json");
                assert!(is_data || element.attr("src").is_some(), "inline script in {path}");
            }
            for (attribute, value) in element.value().attrs() {
                assert!(!attribute.starts_with("on"), "{attribute} in {path}");
                if attribute == "id" {
                    assert!(look.ids.insert(value.to_owned()), "{path} has the id {value} twice");
                }
                let is_canonical = element.attr("rel") == Some("canonical");
                if ["href", "src", "action"].contains(&attribute) && !is_canonical {
                    look.links.push((name.to_owned(), value.to_owned()));
                }
            }
        }
        look
    }

    fn check_link(&self, path: &str, (element, link): &(String, String), looked_at: &BTreeMap<&str, Look>) {
        let link = link.replace("https://registry.example/trust/", "/");
        if link.starts_with("https://") {
            assert!(element == "a", "{element} of {path} loads {link}");
            return;
        }
        let (target, fragment) = link.split_once('#').unwrap_or((&link, ""));
        let target = target.split('?').next().unwrap();
        let target = if target.is_empty() { path.to_owned() } else { joined(path, target) };
        assert!(self.files.contains_key(&target), "{path} links to {link}, and {target} is not there");
        let leads = || looked_at[&*target].ids.contains(fragment);
        assert!(fragment.is_empty() || leads(), "{path} links to {link}: no such anchor");
    }
}

/// What a page has to do with others.
struct Look {
    ids: HashSet<String>,
    /// Elements and where they lead.
    links: Vec<(String, String)>,
}

/// The path that a relative link from a page means.
fn joined(path: &str, link: &str) -> String {
    let mut parts: Vec<_> = path.split('/').collect();
    parts.pop();
    if link.starts_with('/') {
        parts.clear();
    }
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => assert!(parts.pop().is_some(), "{link} in {path} leaves the site"),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The elements that a selector finds.
pub(crate) fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// The text that a reader sees, with blanks folded.
pub(crate) fn all_text(page: &Html) -> String {
    let main = select(page, "main")[0];
    let mut text = String::new();
    for node in main.descendants() {
        if let Node::Text(part) = node.value() {
            text.push_str(part);
        } else if let Node::Element(element) = node.value()
            && !["a", "span", "strong", "b", "i", "time"].contains(&element.name())
        {
            text.push(' ');
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
