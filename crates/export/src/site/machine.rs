//! Files for programs: the description of the data set, downloads, the map of the site, its robots.

use askama::Template;
use serde_json::{Value, json};

use super::frame::{Frame, Link};
use super::{Page, Site};
use crate::names::label;
use crate::words::paragraphs;

/// The description of the registry as a data set (schema.org `Dataset`).
pub(super) fn dataset(site: &Site<'_>) -> Value {
    let registry = site.edition.registry();
    let info = &registry.info;
    let measured: Vec<_> = registry.dimensions.iter().map(label).collect();
    let mut dataset = json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": site.names().title(),
        "description": paragraphs(info.disclaimer.text()).join("\n\n"),
        "dateModified": site.edition.generated().to_string(),
        "isAccessibleForFree": true,
        "variableMeasured": measured,
    });
    let mut add = |key: &str, value: Value| {
        dataset[key] = value;
    };
    if let Some(licence) = info.licence.known() {
        add("license", json!(licence_address(licence)));
    }
    if let Some(url) = site.sources.site() {
        add("url", json!(url));
        let distribution = site.whole_downloads().filter_map(|file| {
            let address = site.sources.page(&file.path)?;
            Some(json!({
                "@type": "DataDownload",
                "contentUrl": address,
                "encodingFormat": kind(&file.path).1,
                "contentSize": format!("{} B", file.size),
            }))
        });
        add("distribution", distribution.collect());
    }
    dataset
}

/// The address of a licence's text where the licence is a single SPDX identifier, else the licence.
fn licence_address(licence: &str) -> String {
    let is_identifier = !licence.is_empty()
        && licence.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '+'));
    if is_identifier { format!("https://spdx.org/licenses/{licence}") } else { licence.to_owned() }
}

#[derive(Template)]
#[template(path = "downloads.html")]
struct DownloadsPage<'a> {
    frame: Frame<'a>,
    licence: Option<&'a str>,
    without_workbook: Option<&'a str>,
    files: Vec<(Link, &'static str, String)>,
}

/// The page of the downloads.
pub(super) fn downloads<'a>(site: &Site<'a>, path: &str) -> impl Template + use<'a> {
    let frame = Frame::new(site, path, "Downloads")
        .described("The whole registry as files, for spreadsheets and programs.");
    let files = site.whole_downloads().map(|file| {
        (Link::new(file.path.as_str(), Some(frame.to(&file.path))), kind(&file.path).0, size(file.size))
    });
    let licence = site.edition.registry().info.licence.known().map(String::as_str);
    let without_workbook = site.inputs.without_workbook;
    DownloadsPage { files: files.collect(), licence, without_workbook, frame }
}

/// What a file is, in words and as a media type (RFC 6838).
fn kind(path: &str) -> (&'static str, &'static str) {
    match path.rsplit('.').next() {
        Some("csv") => ("CSV", "text/csv"),
        Some("json") => ("JSON", "application/json"),
        Some("md") => ("Markdown", "text/markdown"),
        Some("xlsx") => {
            ("Excel workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        }
        _ => ("file", "application/octet-stream"),
    }
}

/// A number of bytes for readers, in kilobytes of 1,000.
fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => diagnostics::count(bytes, "byte"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[derive(Template)]
#[template(path = "not_found.html")]
struct NotFoundPage<'a> {
    frame: Frame<'a>,
}

/// The page for an address where nothing is. It may be shown at any address, so its links are whole
/// where the site's address is known.
pub(super) fn not_found<'a>(site: &Site<'a>, path: &str) -> impl Template + use<'a> {
    let mut frame = Frame::new(site, path, "Page not found");
    if let Some(address) = site.sources.page("") {
        frame.root = address;
    }
    frame.canonical = None;
    NotFoundPage { frame }
}

/// Everybody may read everything.
pub(super) fn robots(site: &Site<'_>) -> String {
    let map = site.sources.page("sitemap.xml").map(|address| format!("Sitemap: {address}\n"));
    format!("User-agent: *\nAllow: /\n{}", map.unwrap_or_default())
}

#[derive(Template)]
#[template(path = "sitemap.xml")]
struct Sitemap {
    pages: Vec<String>,
}

/// The map of the site (sitemaps.org, version 0.9).
pub(super) fn sitemap(site: &Site<'_>) -> impl Template + use<> {
    let is_page = |page: &Page| {
        !matches!(
            page,
            Page::Badge(_) | Page::Gone(_) | Page::NotFound | Page::Robots | Page::Sitemap | Page::Asset(_)
        )
    };
    let pages = site.files().iter().filter(|file| is_page(&file.page));
    Sitemap { pages: pages.filter_map(|file| site.sources.page(&file.path)).collect() }
}
