//! How long `import` takes to plan 110,000 rows of 18 columns into a registry without cells, every rule run,
//! beside the csv crate only reading the same file: `cargo bench --profile xtask -p xtask --bench import`.

#![allow(clippy::print_stdout, reason = "the figures are for people")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on fails")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const OFFERINGS: usize = 10_000;
const ROUNDS: usize = 7;

/// Each dimension, and whether it grades the developer.
const DIMENSIONS: [(&str, bool); 11] = [
    ("soc2_type2", false),
    ("iso_27001", false),
    ("iso_42001", false),
    ("trust_center", false),
    ("hipaa_baa", false),
    ("gdpr_dpa", false),
    ("training_on_customer_data", false),
    ("retention_zdr", false),
    ("data_residency", false),
    ("gpai_cop", true),
    ("art53_summary", true),
];

const COLUMNS: &str = "owner,dimension,status,confidence,confidence_reasons,headline,note,tier,route,default,\
    geography,facts,source_url,source_title,source_role,fetch_outcome,fetched_on,verified_on";

const SENTENCES: [&str; 8] = [
    "The statement was read on the operator's own page and names this service in its scope list.",
    "The report itself is shared only after a login, so that its scope was not checked a second time.",
    "A scope appendix lists \"\"the models\"\" by name; earlier versions used the former product name.",
    "The wording changed between two copies: the older one promised 30 days, the newer one gives none.",
    "Customers apply through a form; approval is manual and takes, by the page's estimate, 5–10 days.",
    "Default settings apply to all new accounts, yet an administrator may turn them off.",
    "For customers in the EEA the commitment is made by the Irish entity — the contract says so.",
    "São Paulo and Zürich were added as regions; the table of regions marks both as preview.",
];

fn main() {
    let folder = tempfile::tempdir().unwrap();
    write_corpus(folder.path());
    let cells = folder.path().join("tables/cells.csv");
    println!("{:.1} MB of cells", fs::metadata(&cells).unwrap().len() as f64 / 1e6);
    let (mut reading, mut planning, mut peak) = (Vec::new(), Vec::new(), 0);
    for _ in 0..ROUNDS {
        reading.push(read(&cells));
        let (took, kib) = plan(folder.path());
        planning.push(took);
        peak = peak.max(kib);
    }
    let (reading, planning) = (median(reading), median(planning));
    println!("csv crate, only reading   {:7.1} ms", reading * 1e3);
    println!("import, planned           {:7.1} ms, at most {} MiB", planning * 1e3, peak / 1024);
    println!("ratio                     {:7.2}", planning / reading);
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64()
}

/// How long the csv crate takes to read a file.
fn read(path: &Path) -> Duration {
    let started = Instant::now();
    let mut reader = csv::Reader::from_path(path).unwrap();
    let (mut record, mut rows) = (csv::StringRecord::new(), 0);
    while reader.read_record(&mut record).unwrap() {
        rows += 1;
    }
    assert_eq!(rows, OFFERINGS * DIMENSIONS.len());
    started.elapsed()
}

/// How long the command takes, and the most memory that it has, in KiB; 0 where the system does not say.
fn plan(folder: &Path) -> (Duration, usize) {
    let started = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["import", "tables", "--today", "2026-07-15", "--quiet"])
        .current_dir(folder)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok());
        peak = peak.max(kib.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(2));
    }
    let took = started.elapsed();
    assert!(child.wait().unwrap().success(), "the corpus is not clean");
    (took, peak)
}

/// A registry without cells, and tables that fill it.
fn write_corpus(folder: &Path) {
    let (data, tables) = (folder.join("data"), folder.join("tables"));
    fs::create_dir(&data).unwrap();
    fs::create_dir(&tables).unwrap();
    fs::write(data.join("registry.toml"), "name = \"Benchmark\"\n").unwrap();
    let questions = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/dimensions.toml");
    fs::copy(questions, data.join("dimensions.toml")).unwrap();
    let (mut organizations, mut platforms) =
        ("id,name,homepage,domains\n".to_owned(), "id,name,operator\n".to_owned());
    for nth in 0..20 {
        let domain = format!("acme-{nth}.example");
        writeln!(organizations, "acme-{nth},Acme {nth},https://{domain}/,{domain}").unwrap();
        writeln!(platforms, "acme-cloud-{nth},Acme Cloud {nth},acme-{nth}").unwrap();
    }
    let mut offerings = "id,name,developer,platform,category,model_family,summary\n".to_owned();
    let mut cells = format!("{COLUMNS}\n");
    for nth in 0..OFFERINGS {
        let (developer, platform) = (nth % 19, nth % 20);
        let category = if developer == platform { "first_party" } else { "cloud_distribution" };
        writeln!(
            offerings,
            "acme-model-{nth:05},Acme Model {nth},acme-{developer},acme-cloud-{platform},{category},Acme,\
             \"Models of Acme {developer}, served by Acme Cloud {platform}.\""
        )
        .unwrap();
        for (at, (dimension, of_developer)) in DIMENSIONS.into_iter().enumerate() {
            let note: Vec<_> = (0..6).map(|more| SENTENCES[(nth + at * 3 + more * 5) % 8]).collect();
            let owner = if of_developer { developer } else { platform };
            let (tier, default) = if of_developer { ("", "") } else { ("self_serve", "enabled") };
            let geography = if dimension == "data_residency" { "\"EU, US\"" } else { "" };
            let facts = match dimension {
                "art53_summary" => "\"summaries_found_for=[\"\"Acme\"\"]\"",
                _ => "vendor_page=https://acme.example/a; index_entry=12; listed=true; issue=no. 7 of 2026",
            };
            writeln!(
                cells,
                "offering:acme-model-{nth:05},{dimension},yes_public,high,,,\"Entry {nth} on {dimension}. {}\",\
                 {tier},public,{default},{geography},{facts},https://trust.acme-{owner}.example/{dimension}/{nth},\
                 Terms of the service,primary,ok,2026-07-01,2026-07-05",
                note.join(" ")
            )
            .unwrap();
        }
    }
    for (name, text) in [
        ("organizations", organizations),
        ("platforms", platforms),
        ("offerings", offerings),
        ("cells", cells),
    ] {
        fs::write(tables.join(format!("{name}.csv")), text).unwrap();
    }
}
