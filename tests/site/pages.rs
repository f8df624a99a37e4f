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

    /// Reads what stands in a folder.
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
        let ids: BTreeMap<&str, HashSet<String>> = self.html().map(|path| (path, self.ids(path))).collect();
        for path in self.html() {
            let page = self.parse(path);
            assert!(page.errors.is_empty(), "{path}: {:?}", page.errors);
            for one in ["h1", "title", "main", "html[lang]", "meta[charset]"] {
                assert_eq!(select(&page, one).len(), 1, "{one} in {path}");
            }
            let policy =
                select(&page, "meta[http-equiv=Content-Security-Policy]")[0].attr("content").unwrap();
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
            assert!(select(&page, "[style], style, base, iframe, object, embed").is_empty(), "{path}");
            for element in select(&page, "script") {
                let is_data = element.attr("type") == Some("application/ld+json");
                assert!(is_data || element.attr("src").is_some(), "inline script in {path}");
            }
            for element in select(&page, "*") {
                for (name, value) in element.value().attrs() {
                    assert!(!name.starts_with("on"), "{name} in {path}");
                    if ["href", "src", "action"].contains(&name) {
                        self.check_link(path, &ids, element.value().name(), element.attr("rel"), value);
                    }
                }
            }
        }
    }

    fn check_link(
        &self,
        path: &str,
        ids: &BTreeMap<&str, HashSet<String>>,
        element: &str,
        rel: Option<&str>,
        link: &str,
    ) {
        let link = link.replace("https://registry.example/trust/", "/");
        if link.starts_with("https://") {
            assert!(element == "a", "{element} of {path} loads {link}");
            return;
        }
        if rel == Some("canonical") {
            return;
        }
        let (target, fragment) = link.split_once('#').unwrap_or((&link, ""));
        let target = target.split('?').next().unwrap();
        let target = if target.is_empty() { path.to_owned() } else { joined(path, target) };
        assert!(self.files.contains_key(&target), "{path} links to {link}, and {target} is not there");
        assert!(
            fragment.is_empty() || ids[&*target].contains(fragment),
            "{path} links to {link}: no such anchor"
        );
    }

    fn ids(&self, path: &str) -> HashSet<String> {
        let page = self.parse(path);
        let all = select(&page, "[id]");
        let ids: HashSet<_> = all.iter().map(|element| element.attr("id").unwrap().to_owned()).collect();
        assert_eq!(ids.len(), all.len(), "{path} has an id twice");
        ids
    }
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
