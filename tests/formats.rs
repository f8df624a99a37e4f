//! The formats of `lint`, read back as their readers read them.

use std::fs;
use std::process::Command;

use crate::support::{self, Run, Scratch, run_in, run_with};
use diagnostics::{
    Applicability, Counts, FileRange, Finding, Location, Locator, Patch, Place, Position, RelatedLocation,
    Report, RuleId, Severity, Splice, TableCell, sarif,
};
use model::{Entity, Subject};
use serde_json::Value;
use serde_sarif::sarif::Sarif;

const FILE: &str = "offerings/acme-chat.toml";

const MACHINE: [&str; 6] = ["concise", "json", "sarif", "github", "gitlab", "junit"];

/// A scratch registry with an error that stands in two files, one that stands in one, and a warning.
pub(crate) fn faults() -> Scratch {
    let scratch = Scratch::new();
    scratch.replace(FILE, "route = \"trust_center_nda\"", "route = \"public\"");
    scratch.replace(
        FILE,
        "headline = \"Zero retention needs the approval of Acme\"",
        "headline = \"Zero retention needs the approval of Acme: 100%, ::really::.\"",
    );
    let residency = "\n[cells.data_residency]\nstatus = \"partial\"\nconfidence = \"high\"\nheadline = \"EU only\"\n\
        note = \"Acme keeps data in the EU.\"\nroute = \"public\"\ndefault = \"enabled\"\ngeography = [\"EU\"]\n\
        verified_on = 2026-06-01\n\n[[cells.data_residency.evidence]]\nurl = \"https://acme.example/eu\"\n\
        archived_url = \"https://web.archive.org/web/20260601000000/https://acme.example/eu\"\n\
        role = \"primary\"\nfetch = { outcome = \"ok\", on = 2026-06-01, via = \"direct\" }\n";
    scratch.write(FILE, scratch.read(FILE) + residency);
    scratch
}

pub(crate) fn lint(scratch: &Scratch, more: &[&str]) -> Run {
    scratch.run(&[&["lint"], more].concat())
}

pub(crate) fn xml(text: &str) -> roxmltree::Document<'_> {
    roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn a_small_run_in_each_format() {
    let scratch = faults();
    for format in ["concise", "json", "github", "gitlab", "junit"] {
        let shown = lint(&scratch, &["--format", format]).stdout;
        let shown = match format {
            "json" | "gitlab" => {
                serde_json::to_string_pretty(&serde_json::from_str::<Value>(&shown).unwrap()).unwrap()
            }
            _ => shown,
        };
        insta::assert_snapshot!(format, shown);
    }
    let mut log = lint(&scratch, &["--format", "sarif"]).json();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array_mut().unwrap();
    assert_eq!(rules.len(), scratch.run(&["rules", "--format", "json"]).json().as_array().unwrap().len());
    rules.retain(|rule| rule["id"] == "cell/gated-without-gate");
    for result in log["runs"][0]["results"].as_array_mut().unwrap() {
        assert!(result["ruleIndex"].is_u64());
        result["ruleIndex"] = "[index]".into();
    }
    insta::assert_snapshot!("sarif", serde_json::to_string_pretty(&log).unwrap());
}

#[test]
fn a_clean_run_is_valid_in_each_format() {
    let scratch = Scratch::new();
    assert!(scratch.findings().is_empty());
    for format in ["concise", "github"] {
        assert_eq!(lint(&scratch, &["--format", format]).stdout, "");
    }
    assert_eq!(lint(&scratch, &["--format", "gitlab"]).stdout, "[]\n");
    let log = lint(&scratch, &["--format", "sarif"]).json();
    assert_valid(&log);
    assert_eq!(log["runs"][0]["results"], Value::Array(Vec::new()));
    let suites = lint(&scratch, &["--format", "junit"]).stdout;
    let suites = xml(&suites);
    assert_eq!(suites.root_element().attribute("tests"), Some("1"));
    assert_eq!(suites.root_element().attribute("failures"), Some("0"));
    let case = suites.descendants().find(|node| node.has_tag_name("testcase")).unwrap();
    assert!(!case.has_children());
}

#[test]
fn all_formats_tell_the_same_findings() {
    let scratch = faults();
    let findings = scratch.findings();
    let severities: Vec<_> = findings.iter().map(|finding| finding["severity"].as_str().unwrap()).collect();
    assert!(severities.contains(&"error") && severities.contains(&"warning"), "{severities:?}");
    let told = |key: &str| findings.iter().map(|finding| finding[key].clone()).collect::<Vec<_>>();
    let lines = findings.iter().map(|finding| finding["start"]["line"].clone()).collect::<Vec<_>>();

    let log = lint(&scratch, &["--format", "sarif"]).stdout;
    let log: Sarif = serde_json::from_str(&log).unwrap();
    let run = &log.runs[0];
    let results = run.results.as_ref().unwrap();
    assert_eq!(results.iter().map(|one| one.rule_id.clone().unwrap()).collect::<Vec<_>>(), told("rule"));
    let rules = run.tool.driver.rules.as_ref().unwrap();
    for result in results {
        let rule = &rules[usize::try_from(result.rule_index.unwrap()).unwrap()];
        assert_eq!(Some(&rule.id), result.rule_id.as_ref());
    }
    let region = |result: &serde_sarif::sarif::Result| {
        let physical = result.locations.as_ref().unwrap()[0].physical_location.clone().unwrap();
        assert_eq!(physical.artifact_location.unwrap().uri.unwrap(), format!("data/{FILE}"));
        physical.region.unwrap()
    };
    assert_eq!(results.iter().map(|one| region(one).start_line.unwrap()).collect::<Vec<_>>(), lines);
    let text = scratch.read(FILE);
    for (result, finding) in results.iter().zip(&findings) {
        let region = region(result);
        let start = usize::try_from(region.byte_offset.unwrap()).unwrap();
        let length = usize::try_from(region.byte_length.unwrap()).unwrap();
        assert!(text.is_char_boundary(start) && text.is_char_boundary(start + length));
        assert_eq!(finding["end"]["column"], region.end_column.unwrap());
        assert_eq!(result.partial_fingerprints.as_ref().unwrap()["finding/v1"], finding["fingerprint"]);
    }

    let issues = lint(&scratch, &["--format", "gitlab"]).json();
    let issue = |path: &str| {
        issues.as_array().unwrap().iter().map(|one| one.pointer(path).unwrap().clone()).collect()
    };
    let (names, fingerprints): (Vec<_>, Vec<_>) = (issue("/check_name"), issue("/fingerprint"));
    assert_eq!((names, fingerprints), (told("rule"), told("fingerprint")));
    let at: Vec<Value> = issue("/location/positions/begin/line");
    assert_eq!((issue("/description"), at), (told("message"), lines));

    let failed = |more: &[&str]| {
        let suites = lint(&scratch, &[&["--format", "junit"], more].concat()).stdout;
        let suites = xml(&suites);
        let of = |tag: &str| suites.descendants().filter(|node| node.has_tag_name(tag)).count().to_string();
        for tag in ["failure", "skipped", "testcase"] {
            let attribute = if tag == "testcase" { "tests" } else { tag };
            let plural = if tag == "failure" { "failures" } else { attribute };
            let counts = suites.descendants().filter(|node| node.has_tag_name("testsuite"));
            let counts = counts.map(|suite| suite.attribute(plural).unwrap().parse::<usize>().unwrap());
            assert_eq!(counts.sum::<usize>().to_string(), of(tag));
            let whole = suites.root_element().attribute(plural);
            assert!(whole == Some(of(tag).as_str()) || (whole, tag) == (None, "skipped"), "{whole:?} {tag}");
        }
        of("failure")
    };
    let errors = severities.iter().filter(|severity| **severity == "error").count();
    assert_eq!(failed(&[]), errors.to_string());
    assert_eq!(failed(&["--deny", "warnings"]), findings.len().to_string());
}

#[test]
fn files_take_the_formats_and_people_still_read() {
    let scratch = faults();
    let human = lint(&scratch, &["-q"]).stdout;
    let file = |name: &str| fs::read_to_string(scratch.path().join(name)).unwrap();
    for format in MACHINE {
        let run = lint(&scratch, &["-q", "--format", format, "--output", "one"]);
        assert_eq!((run.status, run.stdout), (1, human.clone()), "{format}");
        assert_eq!(file("one"), lint(&scratch, &["--format", format]).stdout, "{format}");
    }
    let paired = ["--format", "sarif", "--output", "a.sarif", "--format", "junit", "--output", "b.xml"];
    assert_eq!(lint(&scratch, &[&["-q"], &paired[..]].concat()).stdout, human);
    let named = ["--output", "sarif=c.sarif", "--output=junit=d.xml", "--format", "github"];
    assert!(lint(&scratch, &named).stdout.starts_with("::"));
    assert_eq!((file("a.sarif"), file("b.xml")), (file("c.sarif"), file("d.xml")));
    assert_valid(&serde_json::from_str(&file("a.sarif")).unwrap());
    assert_eq!(file("b.xml"), lint(&scratch, &["--format", "junit"]).stdout);
    let mut left: Vec<_> =
        fs::read_dir(scratch.path()).unwrap().map(|one| one.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["a.sarif", "b.xml", "c.sarif", "d.xml", "data", "one"]);
}

#[test]
fn wrong_pairings_and_files_that_cannot_be_written_are_told() {
    let scratch = faults();
    for wrong in [
        &["--output", "a"][..],
        &["--format", "sarif", "--format", "json"],
        &["--format", "sarif", "--format", "json", "--output", "a"],
        &["--format", "sarif", "--output", "a", "--output", "b"],
        &["--output", "sarif=a", "--output", "json=a"],
        &["--format", "sarif", "--output", ""],
    ] {
        let run = lint(&scratch, wrong);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{wrong:?}");
        assert!(run.stderr.contains("--output"), "{wrong:?}: {}", run.stderr);
    }
    let run = lint(&scratch, &["--output", "json=nowhere/a.json", "--output", "sarif=data"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("nowhere/a.json"), "{}", run.stderr);
    assert!(run.stdout.contains("gated-without-gate"), "people read on: {}", run.stdout);
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_only_files_are_replaced() {
    let scratch = faults();
    let path = |name: &str| scratch.path().join(name);
    fs::write(path("real"), "old").unwrap();
    std::os::unix::fs::symlink("real", path("link")).unwrap();
    assert_eq!(lint(&scratch, &["--output", "json=link", "--output", "sarif=/dev/null"]).status, 1);
    assert!(path("link").is_symlink());
    assert!(fs::read_to_string(path("real")).unwrap().starts_with('{'));
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}

#[test]
fn the_exit_status_does_not_depend_on_the_format() {
    let (faulty, clean) = (faults(), Scratch::new());
    for format in MACHINE {
        assert_eq!(lint(&faulty, &["--format", format]).status, 1, "{format}");
        assert_eq!(
            lint(&faulty, &["--format", format, "--ignore", "cell/gated-without-gate,registry/*"]).status,
            0
        );
        assert_eq!(lint(&clean, &["--format", format]).status, 0, "{format}");
    }
}

#[test]
fn sarif_names_the_repository_only_where_one_is_known() {
    let scratch = Scratch::new();
    let driver =
        |scratch: &Scratch| lint(scratch, &["--format", "sarif"]).json()["runs"][0]["tool"]["driver"].clone();
    assert_eq!(driver(&scratch).get("informationUri"), None);
    let registry = scratch.read("registry.toml");
    scratch.write("registry.toml", registry + "repository_url = \"https://example.com/é\"\n");
    assert_eq!(driver(&scratch)["informationUri"], "https://example.com/%C3%A9");
    assert_eq!(driver(&scratch)["fullName"], format!("Trust Registry lint {}", env!("CARGO_PKG_VERSION")));
    assert_valid(&lint(&scratch, &["--format", "sarif"]).json());
}

/// Nothing is known of any file.
struct Nowhere;

impl Locator for Nowhere {
    fn locate(&self, places: &[&Place]) -> Vec<Option<Location>> {
        vec![None; places.len()]
    }

    fn source(&self, _: &str) -> Option<std::sync::Arc<diagnostics::SourceText>> {
        None
    }
}

const ANALYSIS: sarif::Analysis<'_> = sarif::Analysis {
    tool: sarif::Tool { name: "lint", version: "1.0.0", information_uri: None, rules_uri: None },
    automation: sarif::Automation { id: String::new(), properties: Vec::new() },
    commit: None,
};

fn report(findings: Vec<Finding>) -> Report {
    Report::new(findings, Counts::default(), &Nowhere)
}

fn sarif_of(report: &Report) -> Value {
    let rules: Vec<_> = lint::catalogue().iter().map(|rule| rule.info()).collect();
    let mut out = Vec::new();
    sarif::write(&mut out, report, &ANALYSIS, &rules, &Nowhere).unwrap();
    serde_json::from_slice(&out).unwrap()
}

fn finding(severity: Severity) -> Finding {
    Finding::new(
        RuleId("cell/stale"),
        severity,
        Subject::cell(Entity::Offering("a".into()), "soc2_type2"),
        "old",
    )
}

#[test]
fn sarif_is_valid_for_every_kind_of_place_and_fix() {
    let range = |file: &str| {
        let at = Position { byte: 3, line: 1, column: 4 };
        Location::File(FileRange { file: file.to_owned(), start: at, end: at })
    };
    let mut unknown = Finding::new(
        RuleId("cell/no-such-rule"),
        Severity::Info,
        Subject::entity(Entity::File("x".into())),
        "x",
    );
    unknown.place = Place::key(unknown.place.subject.clone().with("a.b"));
    let mut report = report(vec![unknown, finding(Severity::Warning), finding(Severity::Error)]);
    let [_, related, table] = report.findings.as_mut_slice() else { panic!("three findings") };
    related.location = Some(range("data/a b%20#ü[1]:.toml"));
    let other = |at: usize| RelatedLocation {
        message: format!("[link](https://example.com/) {at}"),
        subject: Subject::entity(Entity::Registry),
        location: (at > 0).then(|| range("/data/registry.toml")),
    };
    related.related = (0..150).map(other).collect();
    let splice = |start, insert: &str| {
        ("data/a.toml".to_owned(), Splice { start, end: start, insert: insert.to_owned() })
    };
    related.fix = Some(Patch {
        title: "fix it".into(),
        applicability: Applicability::Unsafe,
        edits: Vec::new(),
        splices: vec![splice(1, ""), splice(5, "\r\n")],
    });
    table.location = Some(Location::Table(TableCell {
        file: "../cells.csv".into(),
        sheet: None,
        row: Some(7),
        column: Some("F".into()),
        header: Some("note".into()),
        text: Some("x".into()),
    }));
    let log = sarif_of(&report);
    assert_valid(&log);
    let results = &log["runs"][0]["results"];
    let of = |rule: &str, key: &str| {
        results
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["ruleId"] == rule && one.get(key).is_some())
            .unwrap()
    };
    let related = of("cell/stale", "relatedLocations");
    assert_eq!(
        related["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "data/a%20b%2520%23%C3%BC%5B1%5D%3A.toml"
    );
    assert_eq!(related["relatedLocations"].as_array().unwrap().len(), 100);
    assert_eq!(related["properties"]["relatedLocationsLeftOut"], 50);
    assert_eq!(related["relatedLocations"][1]["message"]["text"], "[link] (https://example.com/) 1");
    let absolute = &related["relatedLocations"][1]["physicalLocation"]["artifactLocation"];
    assert_eq!(absolute, &serde_json::json!({ "uri": "file:///data/registry.toml" }));
    let replacements = &related["fixes"][0]["artifactChanges"][0]["replacements"];
    assert_eq!(replacements[1]["insertedContent"]["text"], "\r\n");
    let table = results.as_array().unwrap().iter().find(|one| one["level"] == "error").unwrap();
    assert_eq!(table["message"]["text"], "../cells.csv F7 (note): old");
    let region = &table["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region, &serde_json::json!({ "startLine": 7 }));
    assert_eq!(of("cell/no-such-rule", "locations").get("ruleIndex"), None);
}

#[test]
fn sarif_keeps_the_worst_of_too_many_and_says_so() {
    let of = |number: usize, severity| (0..number).map(move |_| finding(severity));
    let findings =
        of(20_000, Severity::Info).chain(of(6_000, Severity::Error)).chain(of(7_000, Severity::Warning));
    let log = sarif_of(&report(findings.collect()));
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    let level = |level: &str| results.iter().filter(|one| one["level"] == level).count();
    assert_eq!((level("error"), level("warning"), level("note")), (6_000, 7_000, 12_000));
    assert_eq!(run["properties"]["resultsLeftOut"], 8_000);
    let told = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap();
    assert!(told.starts_with("8000 findings left out"), "{told}");
    assert!(results.len() <= 25_000);
}

/// Fails when the official schema refuses a SARIF log.
#[test]
fn at_most_so_many_findings_are_told_in_every_format() {
    let scratch = faults();
    let all = scratch.findings().len();
    let max = |format: &str| lint(&scratch, &["--max-findings", "1", "--format", format]);
    let json = max("json").json();
    assert_eq!(json["findings"].as_array().unwrap().len(), 1);
    assert_eq!(json["findings"][0]["severity"], "error");
    assert_eq!(json["summary"]["left_out"], all - 1);
    assert_eq!(json["summary"]["errors"], 2, "counts stay those of all");
    let log = max("sarif").json();
    assert_valid(&log);
    assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), 1);
    assert_eq!(log["runs"][0]["properties"]["resultsLeftOut"], all - 1);
    let github = max("github");
    assert_eq!(github.stdout.matches("::error ").count(), 1);
    assert!(github.stdout.ends_with("\n2 errors and 1 warning in all; GitHub shows 10 annotations of a kind and step, and this log 1\n"), "{}", github.stdout);
    let told = |format: &str| {
        let run = max(format);
        assert_eq!(run.status, 1);
        assert_eq!(run.stderr, format!("note: --max-findings leaves out {} findings\n", all - 1));
        run.stdout
    };
    assert_eq!(told("concise").lines().count(), 1);
    assert_eq!(serde_json::from_str::<Vec<Value>>(&told("gitlab")).unwrap().len(), 1);
    assert_eq!(xml(&told("junit")).root_element().attribute("tests"), Some("1"));
    assert_eq!(lint(&scratch, &["--max-findings", "9", "--format", "junit"]).stderr, "");
}

#[test]
fn servers_get_paths_from_the_top_of_the_repository() {
    let scratch = Scratch::empty();
    let below = scratch.path().join("reg");
    support::copy(&faults().file(""), &below.join("data"));
    let path = format!("reg/data/{FILE}");
    let told = |folder: &std::path::Path, format: &str| {
        let data = below.join("data");
        let arguments = ["lint", "--data", data.to_str().unwrap(), "--format", format];
        run_in(folder, &arguments).stdout
    };
    let github = format!("file={path},line=17,");
    assert!(told(&below, "github").contains("file=data/offerings/"), "no repository, so as people see it");
    scratch.git(&["init", "--quiet"]);
    for folder in [&below, &below.join("data/offerings"), scratch.path(), std::path::Path::new("/")] {
        assert!(told(folder, "github").contains(&github), "{folder:?}: {}", told(folder, "github"));
    }
    assert!(told(&below, "github").contains(&format!("::{path}:17:9: [cell/gated-without-gate] cell")));
    let log: Value = serde_json::from_str(&told(&below, "sarif")).unwrap();
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], path);
    let issues: Value = serde_json::from_str(&told(&below, "gitlab")).unwrap();
    assert_eq!(issues[0]["location"]["path"], path);
    let suites = told(&below, "junit");
    let case = xml(&suites)
        .descendants()
        .find(|node| node.has_tag_name("testsuite"))
        .unwrap()
        .attribute("file")
        .map(str::to_owned);
    assert_eq!(case, Some(path));
    // People and scripts open what they are shown from where they are.
    assert!(told(&below, "concise").starts_with("data/offerings/"));
    let json: Value = serde_json::from_str(&told(&below, "json")).unwrap();
    assert_eq!(json["findings"][0]["file"], format!("data/{FILE}"));
}

#[test]
fn github_is_told_how_many_there_are() {
    let scratch = Scratch::new();
    for file in ["platforms/acme-cloud.toml", "platforms/initech-cloud.toml", FILE] {
        scratch.write(file, scratch.read(file).replace("confidence = \"high\"", "confidence = \"hihg\""));
    }
    let summary = scratch.path().join("summary.md");
    fs::write(&summary, "# Job\n").unwrap();
    let environment = [("GITHUB_STEP_SUMMARY", summary.to_str().unwrap())];
    let run = run_with(scratch.path(), &["lint", "--format", "github"], "", &environment);
    let errors = run.stdout.matches("::error ").count();
    assert!(errors > 10 && run.stdout.ends_with(&format!("and this log {errors}\n")), "{}", run.stdout);
    assert!(run.stdout.contains(&format!("\n{errors} errors in all; GitHub shows 10 annotations")));
    let expected = format!(
        "# Job\n### Lint: {errors} errors\n\n| | rule | findings |\n|---|---|---:|\n| error | `schema/unknown-value` | {errors} |\n"
    );
    let summary = fs::read_to_string(&summary).unwrap();
    let listed = summary.strip_prefix(&expected).unwrap_or_else(|| panic!("{summary}"));
    assert_eq!(listed.matches(": error[schema/unknown-value] ").count(), errors);
}

pub(crate) fn assert_valid(log: &Value) {
    let schema = sarif_schema();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let faults: Vec<_> =
        validator.iter_errors(log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

/// The schema of OASIS. The library that the tests read SARIF with is made from it, and carries it.
fn sarif_schema() -> Value {
    let cargo = |arguments: &[&str]| {
        let output =
            Command::new(env!("CARGO")).args(arguments).current_dir(support::repository()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let version = cargo(&["-vV"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let metadata = cargo(&["metadata", "--format-version=1", "--filter-platform", host]);
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let package =
        metadata["packages"].as_array().unwrap().iter().find(|one| one["name"] == "serde-sarif").unwrap();
    let manifest = package["manifest_path"].as_str().unwrap();
    let schema = std::path::Path::new(manifest).with_file_name("src").join("schema.json");
    let text = fs::read_to_string(schema).unwrap();
    // A slip in the schema: the pattern of languages, which no log here has, is no regular expression.
    let slip = "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$";
    assert!(text.contains(slip));
    serde_json::from_str(&text.replace(slip, "")).unwrap()
}
