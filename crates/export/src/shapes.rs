//! The paths that each format can make: an export takes no other file for its own.

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

/// Whether a format, by its name on the command line, can make a file at this path. The template of a
/// workbook is `xlsx-template`.
pub fn makes(format: &str, path: &str) -> bool {
    let any = |shapes: &[&str], path: &str| shapes.iter().any(|shape| fits(shape, path));
    let below = |folder: &str| path.strip_prefix(folder).and_then(|path| path.strip_prefix('/'));
    match format {
        "json" => any(JSON, path),
        "csv" => any(CSV, path),
        "markdown" => any(MARKDOWN, path),
        "xlsx" => any(XLSX, path),
        "xlsx-template" => any(TEMPLATE, path),
        "site" => {
            any(SITE, path)
                || any(JSON, path)
                || below("csv").is_some_and(|path| any(CSV, path))
                || below("xlsx").is_some_and(|path| any(XLSX, path))
        }
        _ => false,
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
            ("json", crate::json(&edition)),
            ("csv", crate::csv(edition.registry())),
            ("markdown", crate::markdown(&edition)),
            ("xlsx", crate::xlsx(edition.registry(), &edition).unwrap()),
            ("xlsx-template", crate::xlsx_template(&edition).unwrap()),
        ] {
            assert!(!export.files.is_empty());
            for file in export.files {
                assert!(makes(format, &file.path), "{format}: {}", file.path);
                if format == "json" {
                    assert!(makes("site", &file.path), "site: {}", file.path);
                }
            }
        }
        let site = Site::new(&edition, SiteInputs::default());
        for file in site.files() {
            assert!(makes("site", &file.path), "site: {}", file.path);
        }
        for path in [
            "csv/cells.csv",
            "xlsx/registry.xlsx",
            "matrix/2/index.html",
            "questions/soc2/2/index.html",
            "sitemap.xml",
        ] {
            assert!(makes("site", path), "site: {path}");
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
            assert!(!makes("json", path), "{path}");
        }
        assert!(!makes("json-schema", "offering.schema.json"));
    }
}
