//! The formats whose files an export lists, and the paths that each can make: it takes no other file for its own.

/// A part of a path that differs from file to file: an id, a slug or a number.
const NAME: char = '*';

const JSON: &[&str] = &[
    "data.json",
    "index.json",
    "dimensions/*.json",
    "offerings/*.json",
    "organizations/*.json",
    "platforms/*.json",
    "schema/*.schema.json",
    "visits.json",
];

const CSV: &[&str] = &[
    "answers.csv",
    "cells.csv",
    "csv-metadata.json",
    "datapackage.json",
    "evidence.csv",
    "exceptions.csv",
    "matrix.csv",
    "offerings.csv",
    "organizations.csv",
    "platforms.csv",
    "visits.csv",
];

const MARKDOWN: &[&str] = &["README.md", "watch-outs.md", "dimensions/*.md", "offerings/*.md"];

const XLSX: &[&str] = &["registry.xlsx"];

const TEMPLATE: &[&str] = &["template.xlsx"];

const SITE: &[&str] = &[
    "*.css",
    "*.js",
    "404.html",
    "compare/index.html",
    "downloads/index.html",
    "icon.svg",
    "index.html",
    "matrix/*/index.html",
    "methodology/index.html",
    "offerings/*/badge.svg",
    "offerings/*/index.html",
    "organizations/*/index.html",
    "organizations/index.html",
    "platforms/*/index.html",
    "questions/*/*/index.html",
    "questions/*/index.html",
    "questions/index.html",
    "robots.txt",
    "sitemap.xml",
];

/// A format whose files are listed beside them: by the list, a later export knows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON documents.
    Json,
    /// Tables.
    Csv,
    /// Pages in Markdown.
    Markdown,
    /// The workbook.
    Xlsx,
    /// An empty workbook to fill in. It is beside the other one, and has a list of its own.
    XlsxTemplate,
    /// The site.
    Site,
}

impl Format {
    /// The name of its list, without `.sha256`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Xlsx => "xlsx",
            Self::XlsxTemplate => "xlsx-template",
            Self::Site => "site",
        }
    }

    /// Returns whether it can make a file at this path.
    pub fn makes(self, path: &str) -> bool {
        let any = |shapes: &[&str]| shapes.iter().any(|shape| fits(shape, path));
        let has_below = |format: Self| {
            let below = path.strip_prefix(format.name()).and_then(|path| path.strip_prefix('/'));
            below.is_some_and(|path| format.makes(path))
        };
        match self {
            Self::Json => any(JSON),
            Self::Csv => any(CSV),
            Self::Markdown => any(MARKDOWN),
            Self::Xlsx => any(XLSX),
            Self::XlsxTemplate => any(TEMPLATE),
            Self::Site => {
                any(SITE) || Self::Json.makes(path) || has_below(Self::Csv) || has_below(Self::Xlsx)
            }
        }
    }
}

fn fits(shape: &str, path: &str) -> bool {
    let (mut shapes, mut parts) = (shape.split('/'), path.split('/'));
    loop {
        match (shapes.next(), parts.next()) {
            (Some(shape), Some(part)) if part_fits(shape, part) => {}
            (None, None) => return true,
            _ => return false,
        }
    }
}

fn part_fits(shape: &str, part: &str) -> bool {
    let Some((start, end)) = shape.split_once(NAME) else { return shape == part };
    let name = part.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    name.is_some_and(|name| !name.is_empty() && name.bytes().all(is_plain))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{self, parsed};
    use crate::{Edition, Site, SiteInputs};

    #[test]
    fn every_file_of_every_format_has_a_shape() {
        let edition = Edition::new(sample::registry(), parsed("2026-07-31"));
        for (format, export) in [
            (Format::Json, crate::json(&edition)),
            (Format::Csv, crate::csv(edition.registry())),
            (Format::Markdown, crate::markdown(&edition)),
            (Format::Xlsx, crate::xlsx(edition.registry(), &edition).unwrap()),
            (Format::XlsxTemplate, crate::xlsx_template(&edition).unwrap()),
        ] {
            assert!(!export.files.is_empty());
            for file in export.files {
                assert!(format.makes(&file.path), "{}: {}", format.name(), file.path);
                if format == Format::Json {
                    assert!(Format::Site.makes(&file.path), "site: {}", file.path);
                }
            }
        }
        let site = Site::new(&edition, SiteInputs::default());
        for file in site.files() {
            assert!(Format::Site.makes(&file.path), "site: {}", file.path);
        }
        for path in [
            "csv/cells.csv",
            "xlsx/registry.xlsx",
            "matrix/2/index.html",
            "questions/soc2/2/index.html",
            "sitemap.xml",
        ] {
            assert!(Format::Site.makes(path), "site: {path}");
        }
    }

    #[test]
    fn other_files_have_none() {
        for path in [
            "",
            "/",
            "mine.json",
            "src/main.rs",
            "../data.json",
            "/data.json",
            "./data.json",
            "offerings//a.json",
            "offerings/.json",
            "offerings/../a.json",
            "offerings/a/b.json",
            "offerings/.a.json",
            "offerings/a b.json",
            "Offerings/a.json",
            "offerings\\a.json",
            "README.md",
            "json.sha256",
        ] {
            assert!(!Format::Json.makes(path), "{path}");
        }
    }
}
