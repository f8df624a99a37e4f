//! A registry without cells, and the tables that fill it: 20 columns, and 11 rows for each offering.

use std::fs;
use std::io;
use std::path::Path;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};

use crate::draw::Draw;
use crate::registry::QUESTIONS;
use crate::words::{DIMENSIONS, SENTENCES};

const COLUMNS: [&str; 20] = [
    "owner",
    "dimension",
    "status",
    "confidence",
    "confidence_reasons",
    "headline",
    "note",
    "tier",
    "route",
    "default",
    "geography",
    "facts",
    "parts",
    "source_url",
    "source_title",
    "source_role",
    "fetch_outcome",
    "fetched_on",
    "fetch_via",
    "verified_on",
];

/// Writes the registry, and the tables into the folders `csv` and `xlsx`: in the latter, the table of
/// cells is a workbook, the small ones are CSV as well. Notes have so many sentences.
///
/// # Errors
///
/// When a file cannot be written.
pub fn write(folder: &Path, offerings: usize, seed: u64, sentences: usize) -> io::Result<()> {
    let data = folder.join("data");
    fs::create_dir_all(&data)?;
    fs::write(data.join("registry.toml"), "name = \"Benchmark\"\n")?;
    fs::write(data.join("dimensions.toml"), QUESTIONS)?;
    for format in ["csv", "xlsx"] {
        let tables = folder.join(format);
        fs::create_dir_all(&tables)?;
        write_entities(&tables, offerings)?;
    }
    let cells = || {
        (0..offerings).flat_map(move |nth| {
            let mut draw = Draw::of(seed, &format!("row {nth}"));
            DIMENSIONS
                .map(|(dimension, of_developer)| cell(nth, dimension, of_developer, sentences, &mut draw))
        })
    };
    write_csv(&folder.join("csv/cells.csv"), COLUMNS, cells())?;
    write_xlsx(&folder.join("xlsx/cells.xlsx"), cells()).map_err(io::Error::other)
}

fn write_entities(folder: &Path, offerings: usize) -> io::Result<()> {
    let organizations = (0..20).map(|nth| {
        let domain = format!("acme-{nth}.example");
        [format!("acme-{nth}"), format!("Acme {nth}"), format!("https://{domain}/"), domain]
    });
    let platforms = (0..20).map(|nth| {
        [format!("acme-cloud-{nth}"), format!("Acme Cloud {nth}"), format!("acme-{nth}"), String::new()]
    });
    let offerings = (0..offerings).map(|nth| {
        let (developer, platform) = (nth % 19, nth % 20);
        let category = if developer == platform { "first_party" } else { "cloud_distribution" };
        [
            format!("acme-model-{nth:05}"),
            format!("Acme Model {nth}"),
            format!("acme-{developer}"),
            format!("acme-cloud-{platform}"),
            category.to_owned(),
            "Acme".to_owned(),
            format!("Models of Acme {developer}, served by Acme Cloud {platform}."),
        ]
    });
    let columns = ["id", "name", "homepage", "domains"];
    write_csv(&folder.join("organizations.csv"), columns, organizations)?;
    write_csv(&folder.join("platforms.csv"), ["id", "name", "operator", "#"], platforms)?;
    let columns = ["id", "name", "developer", "platform", "category", "model_family", "summary"];
    write_csv(&folder.join("offerings.csv"), columns, offerings)
}

fn cell(nth: usize, dimension: &str, of_developer: bool, sentences: usize, draw: &mut Draw) -> [String; 20] {
    let note: Vec<_> = (0..sentences).map(|_| draw.one(&SENTENCES)).collect();
    let note = format!("Entry {nth} on {dimension}. {}", note.join(" "));
    let owner = format!("offering:acme-model-{nth:05}");
    let grades = if of_developer { nth % 19 } else { nth % 20 };
    let (tier, default) = if of_developer { ("", "") } else { ("self_serve", "enabled") };
    let geography = if dimension == "data_residency" { "EU, US" } else { "" };
    let facts = match dimension {
        "art53_summary" => "summaries_found_for=[\"Acme\"]",
        _ => "vendor_page=https://acme.example/a; index_entry=12; listed=true; issue=no. 7 of 2026",
    };
    let parts = match dimension {
        "gdpr_dpa" => "dpa=yes; sccs=yes; subprocessor_list=yes",
        "retention_zdr" => "retention_documented=yes; zdr_available=yes",
        _ => "",
    };
    let source = format!("https://trust.acme-{grades}.example/{dimension}/{nth}");
    let (title, fetched, verified) = ("Terms of the service", "2026-07-01", "2026-07-05");
    [
        &owner,
        dimension,
        "yes_public",
        "high",
        "",
        "",
        &note,
        tier,
        "public",
        default,
        geography,
        facts,
        parts,
        &source,
        title,
        "primary",
        "ok",
        fetched,
        "direct",
        verified,
    ]
    .map(str::to_owned)
}

fn write_csv<const N: usize>(
    path: &Path,
    columns: [&str; N],
    mut rows: impl Iterator<Item = [String; N]>,
) -> io::Result<()> {
    let mut writer = csv::Writer::from_path(path)?;
    writer.write_record(columns)?;
    rows.try_for_each(|row| writer.write_record(row))?;
    writer.flush()
}

/// As a spreadsheet program saves it: texts in a list that cells share, days as numbers with a format.
fn write_xlsx(path: &Path, rows: impl Iterator<Item = [String; 20]>) -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = workbook.add_worksheet().set_name("cells")?;
    sheet.write_row(0, 0, COLUMNS)?;
    for (row, at) in rows.zip(1..) {
        for ((text, column), name) in row.into_iter().zip(0..).zip(COLUMNS) {
            if name.ends_with("_on") {
                sheet.write_with_format(at, column, &ExcelDateTime::parse_from_str(&text)?, &day)?;
            } else if !text.is_empty() {
                sheet.write(at, column, text)?;
            }
        }
    }
    workbook.save(path)
}
