//! Registries in the project's own layout: offerings of 11 cells each (160 MB for 10,000 offerings), their
//! platforms and developers, whose cells they differ from or inherit, and pages that several of them cite.

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use crate::draw::Draw;
use crate::faults;
use crate::words::{DIMENSIONS, SENTENCES};

const PLATFORMS: usize = 20;
const ORGANIZATIONS: usize = 20;

/// One cell of so many is left to the platform or the developer; sentences of a note.
const INHERITED: usize = 11;
const NOTE_SENTENCES: usize = 12;

/// The questions of the registry.
pub(crate) const QUESTIONS: &str = include_str!("../../../data/dimensions.toml");

/// What other checkers of TOML need: their settings, and the schemas that data files name.
pub(crate) const BESIDE: [(&str, &str); 5] = [
    ("tombi.toml", include_str!("../../../tombi.toml")),
    (".taplo.toml", include_str!("../../../.taplo.toml")),
    ("schema/editor/offering.schema.json", include_str!("../../../schema/editor/offering.schema.json")),
    (
        "schema/editor/organization.schema.json",
        include_str!("../../../schema/editor/organization.schema.json"),
    ),
    ("schema/editor/platform.schema.json", include_str!("../../../schema/editor/platform.schema.json")),
];

const REASON: &str = "The model is sold under its own terms, which say more than those of its family.";

/// What a cell belongs to.
struct Owner<'o> {
    id: &'o str,
    /// The numbers of the platform and the developer, whose pages it cites.
    platform: usize,
    developer: usize,
    /// Why its cells differ from those of its platform and developer.
    reason: &'o str,
}

/// Writes a registry of so many offerings, without errors and warnings or with those of [`faults`]; returns how many
/// these are. On [`crate::TODAY`] it is neither too old nor from the future.
///
/// # Errors
///
/// When a file cannot be written.
pub fn write(folder: &Path, offerings: usize, seed: u64, is_faulty: bool) -> io::Result<usize> {
    let data = folder.join("data");
    for name in ["organizations", "platforms", "offerings"] {
        fs::create_dir_all(data.join(name))?;
    }
    fs::write(data.join("registry.toml"), "name = \"Benchmark\"\n")?;
    fs::write(data.join("dimensions.toml"), QUESTIONS)?;
    fs::create_dir_all(folder.join("schema/editor"))?;
    for (path, text) in BESIDE {
        fs::write(folder.join(path), text)?;
    }
    let write = |kind: &str, id: &str, text: &str| {
        let path = data.join(format!("{kind}s")).join(id).with_extension("toml");
        fs::write(path, format!("#:schema ../../schema/editor/{kind}.schema.json\n\n{text}"))
    };
    for nth in 0..ORGANIZATIONS {
        let id = format!("acme-{nth}");
        let mut text = format!("id = \"{id}\"\nname = \"Acme {nth}\"\ndomains = [\"acme-{nth}.example\"]\n");
        let owner = Owner { id: &id, platform: nth, developer: nth, reason: "" };
        cells(&mut text, &owner, &mut Draw::of(seed, &id), |of_developer, _| of_developer);
        write("organization", &id, &text)?;
    }
    for nth in 0..PLATFORMS {
        let id = format!("acme-cloud-{nth}");
        let mut text = format!("id = \"{id}\"\nname = \"Acme Cloud {nth}\"\noperator = \"acme-{nth}\"\n");
        let owner = Owner { id: &id, platform: nth, developer: nth, reason: "" };
        cells(&mut text, &owner, &mut Draw::of(seed, &id), |of_developer, _| !of_developer);
        write("platform", &id, &text)?;
    }
    let findings = (0..offerings).into_par_iter().map(|nth| {
        let id = format!("acme-model-{nth:06}");
        let text = offering(&id, nth, seed);
        let (text, faults) = match is_faulty {
            true => faults::plant(&text, &mut Draw::of(seed, &format!("{id} faults"))),
            false => (text, 0),
        };
        write("offering", &id, &text).map(|()| faults)
    });
    findings.sum()
}

/// The file of an offering.
fn offering(id: &str, nth: usize, seed: u64) -> String {
    let mut draw = Draw::of(seed, id);
    let developer = draw.below(ORGANIZATIONS);
    // Each platform is used.
    let platform = if nth < PLATFORMS { nth } else { draw.below(PLATFORMS) };
    let category = if developer == platform { "first_party" } else { "cloud_distribution" };
    let mut text = format!(
        "id = \"{id}\"\nname = \"Acme Model {nth}\"\ndeveloper = \"acme-{developer}\"\n\
         platform = \"acme-cloud-{platform}\"\ncategory = \"{category}\"\nmodel_family = \"Acme\"\n\
         summary = \"Models of Acme {developer}, which Acme Cloud {platform} serves.\"\n"
    );
    let owner = Owner { id, platform, developer, reason: REASON };
    cells(&mut text, &owner, &mut draw, |_, draw| !draw.is_one_in(INHERITED));
    text
}

/// The cells of an entity, as data files have them: those of the dimensions that it `has`.
fn cells(out: &mut String, owner: &Owner<'_>, draw: &mut Draw, has: impl Fn(bool, &mut Draw) -> bool) {
    for (dimension, of_developer) in DIMENSIONS {
        if has(of_developer, draw) {
            cell(out, owner, draw, dimension, of_developer);
        }
    }
}

fn cell(out: &mut String, owner: &Owner<'_>, draw: &mut Draw, dimension: &str, of_developer: bool) {
    let id = owner.id;
    let day = 1 + draw.below(9);
    let mut add = |line: &str| {
        out.push_str(line);
        out.push('\n');
    };
    add(&format!("\n[cells.{dimension}]"));
    add("status = \"yes_public\"");
    add("confidence = \"high\"");
    let note: Vec<_> = (0..NOTE_SENTENCES).map(|_| draw.one(&SENTENCES)).collect();
    add(&format!("note = \"\"\"\n{id} on {dimension}. {}\"\"\"", note.join(" ").replace('"', "\\\"")));
    if !of_developer {
        add("tier = \"self_serve\"");
    }
    add("route = \"public\"");
    if !of_developer {
        add("default = \"enabled\"");
    }
    if dimension == "data_residency" {
        add("geography = [\"EU\", \"US\"]");
    }
    add(&format!("verified_on = 2026-07-{:02}", day + 1));
    if !owner.reason.is_empty() {
        add(&format!("override_reason = \"{}\"", owner.reason));
    }
    match dimension {
        "gdpr_dpa" => add("parts = { dpa = \"yes\", sccs = \"yes\", subprocessor_list = \"yes\" }"),
        "retention_zdr" => add("parts = { retention_documented = \"yes\", zdr_available = \"yes\" }"),
        _ => {}
    }
    let entry = draw.below(1_000);
    match dimension {
        "art53_summary" => add(&format!("\n[cells.{dimension}.facts]\nsummaries_found_for = [\"Acme\"]")),
        _ => add(&format!("\n[cells.{dimension}.facts]\nindex_entry = {entry}\nlisted = true")),
    }
    let host = if of_developer { owner.developer } else { owner.platform };
    let mut evidence = |page: &str, role: &str, day: usize| {
        let _ = write!(
            out,
            "\n[[cells.{dimension}.evidence]]\nurl = \"https://trust.acme-{host}.example/{dimension}/{page}\"\n\
             title = \"Terms of the service\"\nrole = \"{role}\"\nquote = \"\"\"\nThe service is in the scope \
             of entry {entry}.\"\"\"\nfetch = {{ outcome = \"ok\", on = 2026-07-{day:02}, via = \"direct\" }}\n"
        );
    };
    evidence(id, "primary", day);
    // A page that others cite too.
    if draw.is_one_in(3) {
        evidence("overview", "secondary", 1);
    }
}
