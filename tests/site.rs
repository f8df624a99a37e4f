//! The site: what it says, that its links lead somewhere, and that nothing in the data acts on a page.

pub(crate) mod hostile;
mod pages;

use std::collections::BTreeSet;
use std::fs;

use self::pages::{Pages, all_text};
use crate::support::{self, Scratch, repository, run_with};

const REPOSITORY: &str = "site_url = \"https://registry.example/trust/\"\n\
                          repository_url = \"https://code.example/registry.git\"\n";

/// The example registry with one offering that has every field.
fn full() -> Scratch {
    let scratch = Scratch::new();
    for kind in ["organization", "platform", "offering"] {
        let id = if kind == "offering" {
            "acme-chat"
        } else if kind == "platform" {
            "acme-cloud"
        } else {
            "acme"
        };
        scratch.write(&format!("{kind}s/{id}.toml"), support::full(kind));
    }
    scratch
}

fn with_addresses(scratch: &Scratch) {
    let registry = scratch.read("registry.toml");
    scratch.write("registry.toml", registry + REPOSITORY);
}

#[test]
fn every_page_is_whole_and_every_link_leads_somewhere() {
    for scratch in [Scratch::new(), full()] {
        let pages = Pages::export(&scratch);
        assert!(pages.html().count() > 20);
        pages.check();
        with_addresses(&scratch);
        Pages::export(&scratch).check();
    }
}

#[test]
fn the_real_registry_makes_a_whole_site() {
    let out = tempfile::tempdir().unwrap();
    let path = out.path().to_str().unwrap();
    let run = run_with(repository(), &["export", "site", "--out", path], "", &[]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let pages = Pages::read(out.path());
    pages.check();
    assert!(pages.text("index.html").len() < 120_000, "the home page is small");
}

#[test]
fn an_offering_tells_everything_that_is_known() {
    let scratch = full();
    with_addresses(&scratch);
    let pages = Pages::export(&scratch);
    let page = pages.parse("offerings/acme-chat/index.html");
    let text = all_text(&page);
    for words in [
        "Acme Chat",
        "First-party",
        "An API.",
        "acme-talk",
        "Watch-outs 1",
        "SOC 2 Type II",
        "Partial",
        "Look twice",
        "A note.",
        "Confidence Low",
        "Inferred: The grade is inferred",
        "Fetch failed: A source could not be fetched.",
        "As of undated",
        "Sources reported by other.example as read on 2026-06-01 (HTTP 200)",
        "Verified stated for 2026-06-01, but no reading supports it",
        "Who may have it Self-serve",
        "How to get it Public",
        "As delivered On by default",
        "Where it holds European Union, United Kingdom (Mostly.)",
        "Report Yes",
        "On yes",
        "Days 30",
        "Price 1.10",
        "Dated 2026-01-01",
        "Words text",
        "List a, b",
        "No small: Not for this one Not this one. Small yes",
        "Terms primary source, reported by other.example as read on 2026-06-01 (HTTP 200), archived copy",
        "We do.",
        "2026-06-02: Confirmed by somebody. Read again.",
        "Answer for this offering alone; it is about Acme Cloud, the serving platform, in place of the answer of \
         Acme Cloud (Partial)",
        "Why it differs: It differs.",
        "Vendor trust",
        "EU AI Act",
    ] {
        assert!(text.contains(words), "{words:?} in {text}");
    }
    let line = scratch.read("offerings/acme-chat.toml").lines().position(|line| line == "[cells.soc2_type2]");
    let line = format!(
        "https://code.example/registry/blob/HEAD/data/offerings/acme-chat.toml#L{}",
        line.unwrap() + 1
    );
    let links = pages.links("offerings/acme-chat/index.html");
    assert!(links.contains(&line), "{line} in {links:?}");
    let correction = links.iter().find(|link| link.contains("/issues/new?title=Correction%3A%20Acme%20Chat"));
    assert!(
        correction
            .unwrap()
            .contains("https%3A%2F%2Fregistry.example%2Ftrust%2Fofferings%2Facme-chat%2F%23soc2")
    );
    assert!(
        pages.text("sitemap.xml").contains("<loc>https://registry.example/trust/offerings/acme-chat/</loc>")
    );
    assert!(pages.text("offerings/acme-chat/badge.svg").contains("1 answer, 0 read, 0 verified, undated"));
}

#[test]
fn pages_say_what_was_read_and_what_to_check() {
    let scratch = Scratch::new();
    let platform = "platforms/acme-cloud.toml";
    let mut text = scratch.read(platform).replacen("sccs = \"yes\"", "sccs = \"unverified\"", 1);
    let training = text.find("https://acme.example/training").unwrap();
    let fetch = training + text[training..].find("fetch = ").unwrap();
    let end = fetch + text[fetch..].find('\n').unwrap();
    text.replace_range(fetch..end, "");
    scratch.write(platform, text);
    let pages = Pages::export(&scratch);
    let offering = all_text(&pages.parse("offerings/acme-chat/index.html"));
    for words in [
        "Coverage 7 answers, the oldest as of 2026-06-01; 6 with a source that was read; 6 verified by a person; 1 undated",
        "As of 2026-06-01 due again on 2026-11-28 Sources copy of 2026-06-01 Verified 2026-06-01, against the copy of 2026-06-01",
        "Yes, but check 2",
        "GDPR DPA ● Yes, public not verified: SCCs",
        "No-training default ● Yes, public no source read (not opened yet)",
        "Check first: no source read (not opened yet).",
        "Sources not opened yet Verified stated for 2026-06-01, but no reading supports it",
    ] {
        assert!(offering.contains(words), "{words:?} in {offering}");
    }
    assert!(!offering.contains("not attempted"), "{offering}");
    let home = pages.parse("index.html");
    let names: Vec<_> =
        pages::select(&home, "#matrix td a").iter().filter_map(|a| a.attr("aria-label")).collect();
    for name in [
        "Acme Chat, SOC 2 Type II: yes, sales-gated, high",
        "Acme Chat, GDPR DPA: yes, public, high, check first",
        "Acme Chat, Residency: yes, set first, public, high",
        "Initech Open Models, GPAI Code: N/A",
    ] {
        assert!(names.contains(&name), "{name:?} in {names:?}");
    }
    let marked = pages::select(&home, "#matrix td:has(b.check)").len();
    assert_eq!(marked, 2);
    let state = all_text(&home);
    assert!(state.contains("19 with a source that was read"), "{state}");
    assert!(!state.contains(" of 11"), "{state}");
    let badge = pages.text("offerings/acme-chat/badge.svg");
    assert!(badge.contains("7 answers, 6 read, 6 verified, as of 2026-06-01"), "{badge}");
    let question = all_text(&pages.parse("questions/no-training-on-api-data/index.html"));
    assert!(question.contains("Acme Chat ● Yes, public High not read"), "{question}");
    let providers = all_text(&pages.parse("organizations/index.html"));
    assert!(providers.contains("4 answers, 3 read, 3 verified"), "{providers}");
}

#[test]
fn other_forms_are_published_beside_the_pages() {
    let scratch = Scratch::new();
    with_addresses(&scratch);
    let pages = Pages::export(&scratch);
    for file in ["data.json", "csv/cells.csv", "xlsx/registry.xlsx"] {
        assert!(pages.links("downloads/index.html").contains(&format!("../{file}")), "{file}");
    }
    assert!(
        pages.links("offerings/acme-chat/index.html").contains(&"../../offerings/acme-chat.json".to_owned())
    );
    let home = pages.parse("index.html");
    let dataset = pages::select(&home, "script[type='application/ld+json']")[0].inner_html();
    let dataset: serde_json::Value = serde_json::from_str(&dataset).unwrap();
    assert_eq!(dataset["@type"], "Dataset");
    assert_eq!(dataset["dateModified"], "2026-06-01");
    let addresses: Vec<_> = dataset["distribution"].as_array().unwrap().iter().collect();
    assert!(addresses.iter().any(|one| one["contentUrl"] == "https://registry.example/trust/data.json"));
}

#[test]
fn source_lines_count_from_the_top_of_the_repository() {
    let scratch = Scratch::new();
    with_addresses(&scratch);
    let folder = scratch.path().join("registries/ai");
    fs::create_dir_all(&folder).unwrap();
    fs::rename(scratch.path().join("data"), folder.join("data")).unwrap();
    scratch.commit_all();
    let out = scratch.path().join("site");
    let out = out.to_str().unwrap();
    let run = scratch.run(&["export", "site", "--data", "registries/ai/data", "--out", out]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let pages = Pages::read(out.as_ref());
    let links = pages.links("offerings/acme-chat/index.html");
    let line = "https://code.example/registry/blob/HEAD/registries/ai/data/offerings/acme-chat.toml#L";
    assert!(links.iter().any(|link| link.starts_with(line)), "{links:?}");
}

#[test]
fn what_the_registry_does_not_name_is_left_out() {
    let pages = Pages::export(&Scratch::new());
    assert!(!pages.paths().any(|path| path == "sitemap.xml"));
    let links = pages.links("offerings/acme-chat/index.html");
    assert!(!links.iter().any(|link| link.contains("/blob/") || link.contains("/issues/")), "{links:?}");
}

#[test]
fn what_could_not_be_read_is_told_and_the_rest_published() {
    let scratch = Scratch::new();
    scratch.write("offerings/globex-on-initech.toml", "id = \"globex-on-initech\"\nname = 1\n");
    scratch.replace("offerings/acme-chat.toml", "category = \"first_party\"", "category = \"first\"");
    let out = scratch.path().join("site");
    let run = scratch.run(&["export", "site", "--out", out.to_str().unwrap()]);
    assert_eq!(run.status, 0);
    assert!(
        run.stderr.contains("left out, since it could not be read: offering acme-chat category"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("offering globex-on-initech name"), "{}", run.stderr);
    let pages = Pages::read(&out);
    pages.check();
    assert!(all_text(&pages.parse("index.html")).contains("globex-on-initech"));
}

#[test]
fn the_same_data_make_the_same_bytes() {
    let scratch = full();
    let sites: Vec<_> = ["1", "4"]
        .iter()
        .map(|threads| {
            let out = scratch.path().join(threads);
            let out = out.to_str().unwrap();
            let run = run_with(
                scratch.path(),
                &["export", "site", "--out", out],
                "",
                &[("RAYON_NUM_THREADS", threads)],
            );
            assert_eq!(run.status, 0, "{}", run.stderr);
            Pages::read(out.as_ref())
        })
        .collect();
    assert!(sites[0] == sites[1]);
}

#[test]
fn check_tells_what_differs() {
    let scratch = Scratch::new();
    assert_eq!(scratch.run(&["export", "site"]).status, 0);
    let check = scratch.run(&["export", "site", "--check"]);
    assert_eq!((check.status, &*check.stdout), (0, ""));
    let page = scratch.path().join("dist/site/offerings/acme-chat/index.html");
    fs::write(&page, fs::read_to_string(&page).unwrap().replace("Acme Chat", "Acme Chatter")).unwrap();
    let check = scratch.run(&["export", "site", "--check"]);
    assert_eq!(check.status, 1);
    assert!(check.stdout.contains("-<h1>Acme Chatter</h1>\n+<h1>Acme Chat</h1>"), "{}", check.stdout);
}

#[test]
fn hostile_texts_are_inert() {
    let texts = hostile::texts();
    let (hostile, harmless) = (hostile::registry(&texts), hostile::registry(&hostile::harmless(&texts)));
    let (hostile, harmless) = (Pages::export(&hostile), Pages::export(&harmless));
    assert!(hostile.paths().eq(harmless.paths()));
    // A long registry has its matrix and its questions on several pages.
    assert!(hostile.paths().any(|path| path == "matrix/2/index.html"));
    assert!(hostile.paths().any(|path| path == "questions/soc2-type-2/2/index.html"));
    hostile.check();
    for path in hostile.html() {
        let (found, wanted) = (hostile.elements(path), harmless.elements(path));
        let differs = found.iter().zip(&wanted).position(|(found, wanted)| found != wanted);
        assert!(differs.is_none(), "{path}: {:?}", differs.map(|at| (&found[at], &wanted[at])));
        assert_eq!(found.len(), wanted.len(), "{path}");
    }
    for path in hostile.paths().filter(|path| path.ends_with(".svg")) {
        let badge =
            roxmltree::Document::parse(hostile.text(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        let names: BTreeSet<_> = badge.descendants().map(|node| node.tag_name().name().to_owned()).collect();
        assert!(
            names
                .iter()
                .all(|name| ["", "svg", "title", "rect", "g", "text", "circle", "path"].contains(&&**name))
        );
    }
}
