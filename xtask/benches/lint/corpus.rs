//! Registries in the project's own layout: offerings of 11 cells each (162 MB for 10,000 offerings), their
//! platforms and developers, whose cells they differ from or inherit.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::words::{DIMENSIONS, SENTENCES};

const PLATFORMS: usize = 20;
const ORGANIZATIONS: usize = 20;

/// Every eleventh cell is left to the platform or the developer; sentences of a note.
const INHERITED: usize = 11;
const NOTE_SENTENCES: usize = 12;

/// Writes a registry of so many offerings; with faults, each tenth cell of an offering has one.
pub(crate) fn write(folder: &Path, offerings: usize, is_faulty: bool) {
    let data = folder.join("data");
    for name in ["organizations", "platforms", "offerings"] {
        fs::create_dir_all(data.join(name)).unwrap();
    }
    fs::write(data.join("registry.toml"), "name = \"Benchmark\"\n").unwrap();
    let questions = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/dimensions.toml");
    fs::copy(questions, data.join("dimensions.toml")).unwrap();
    let write = |kind: &str, id: &str, text: String| {
        fs::write(data.join(kind).join(id).with_extension("toml"), text).unwrap();
    };
    for nth in 0..ORGANIZATIONS {
        let id = format!("acme-{nth}");
        let mut text = format!("id = \"{id}\"\nname = \"Acme {nth}\"\ndomains = [\"acme-{nth}.example\"]\n");
        cells(&mut text, &id, nth, nth, |of_developer, _| of_developer, "", false);
        write("organizations", &id, text);
    }
    for nth in 0..PLATFORMS {
        let id = format!("acme-cloud-{nth}");
        let mut text = format!("id = \"{id}\"\nname = \"Acme Cloud {nth}\"\noperator = \"acme-{nth}\"\n");
        cells(&mut text, &id, nth, nth, |of_developer, _| !of_developer, "", false);
        write("platforms", &id, text);
    }
    for nth in 0..offerings {
        let (id, developer, platform) = (format!("acme-model-{nth:06}"), nth % 19, nth % PLATFORMS);
        let category = if developer == platform { "first_party" } else { "cloud_distribution" };
        let mut text = format!(
            "id = \"{id}\"\nname = \"Acme Model {nth}\"\ndeveloper = \"acme-{developer}\"\n\
             platform = \"acme-cloud-{platform}\"\ncategory = \"{category}\"\nmodel_family = \"Acme\"\n\
             summary = \"Models of Acme {developer}, which Acme Cloud {platform} serves.\"\n"
        );
        let reason = "The model is sold under its own terms, which say more than those of its family.";
        cells(&mut text, &id, nth, developer, |_, at| (nth + at) % INHERITED != 0, reason, is_faulty);
        write("offerings", &id, text);
    }
}

/// The cells of an entity, as data files have them: those of the dimensions that it `has`.
fn cells(
    out: &mut String,
    id: &str,
    nth: usize,
    owner: usize,
    has: impl Fn(bool, usize) -> bool,
    reason: &str,
    is_faulty: bool,
) {
    for (at, (dimension, of_developer)) in DIMENSIONS.into_iter().enumerate() {
        if !has(of_developer, at) {
            continue;
        }
        let is_wrong = is_faulty && (nth + at).is_multiple_of(10);
        let host = if of_developer { owner % ORGANIZATIONS } else { nth % PLATFORMS };
        let note: Vec<_> =
            (0..NOTE_SENTENCES).map(|more| SENTENCES[(nth + at * 3 + more * 5) % SENTENCES.len()]).collect();
        let _ = write!(
            out,
            "\n[cells.{dimension}]\nstatus = \"yes_public\"\nconfidence = \"{}\"\nnote = \"\"\"\n\
             {id} on {dimension}. {}\"\"\"\n",
            if is_wrong { "hihg" } else { "high" },
            note.join(" ").replace('"', "\\\"")
        );
        if !of_developer {
            out.push_str("tier = \"self_serve\"\n");
        }
        out.push_str("route = \"public\"\n");
        if !of_developer {
            out.push_str("default = \"enabled\"\n");
        }
        if dimension == "data_residency" {
            out.push_str("geography = [\"EU\", \"US\"]\n");
        }
        out.push_str("verified_on = 2026-07-05\n");
        if !reason.is_empty() {
            let _ = writeln!(out, "override_reason = \"{reason}\"");
        }
        match dimension {
            "gdpr_dpa" => {
                out.push_str("parts = { dpa = \"yes\", sccs = \"yes\", subprocessor_list = \"yes\" }\n")
            }
            "retention_zdr" => {
                out.push_str("parts = { retention_documented = \"yes\", zdr_available = \"yes\" }\n");
            }
            _ => {}
        }
        let fact = match dimension {
            "art53_summary" => "summaries_found_for = [\"Acme\"]",
            _ => "index_entry = 12\nlisted = true",
        };
        let _ = write!(
            out,
            "\n[cells.{dimension}.facts]\n{fact}\n\n[[cells.{dimension}.evidence]]\nurl = \"https://trust.acme-{host}.example/{dimension}/{id}\"\n\
             title = \"Terms of the service\"\nrole = \"primary\"\nquote = \"\"\"\nThe service is in the scope \
             of entry {nth}.\"\"\"\nfetch = {{ outcome = \"ok\", on = 2026-07-01, via = \"direct\" }}\n"
        );
    }
}
