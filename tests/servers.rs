//! What CI servers want of the formats that they read.

use std::fs;

use crate::formats::{assert_valid, faults, lint, xml};
use crate::support::{Scratch, run_with};

#[test]
fn sarif_names_the_commit_and_the_run() {
    let scratch = Scratch::new();
    let run =
        |more: &[&str]| lint(&scratch, &[&["--format", "sarif"], more].concat()).json()["runs"][0].clone();
    assert_eq!(run(&[])["automationDetails"]["id"], "registry-lint/data/");
    assert_eq!(run(&[]).get("versionControlProvenance"), None, "there is no repository");
    scratch.commit_all();
    scratch.git(&["remote", "add", "origin", "https://jo:secret@code.example/registry.git"]);
    let head = scratch.git(&["rev-parse", "HEAD"]);
    let expected = serde_json::json!([{
        "repositoryUri": "https://code.example/registry.git",
        "revisionId": head.trim_end(),
        "mappedTo": { "uriBaseId": "%SRCROOT%" },
        "branch": "main",
    }]);
    assert_eq!(run(&[])["versionControlProvenance"], expected);
    assert_valid(&lint(&scratch, &["--format", "sarif"]).json());
    assert_eq!(run(&["--staged"]).get("versionControlProvenance"), None, "the index is no commit");
    scratch.git(&["checkout", "--quiet", "--detach"]);
    assert_eq!(run(&[])["versionControlProvenance"][0].get("branch"), None);
}

#[test]
fn errors_come_first_on_github_and_a_summary_lists_them() {
    let scratch = faults();
    let head = scratch
        .read("platforms/initech-cloud.toml")
        .replace("confidence = \"high\"", "confidence = \"hihg\"");
    scratch.write("platforms/initech-cloud.toml", head);
    let summary = scratch.path().join("summary.md");
    fs::write(&summary, "before\n").unwrap();
    let environment = [("GITHUB_STEP_SUMMARY", summary.to_str().unwrap())];
    let run = run_with(scratch.path(), &["lint", "--verbose", "--format", "github"], "", &environment);
    let levels: Vec<_> =
        run.stdout.lines().filter_map(|line| line.strip_prefix("::")?.split(' ').next()).collect();
    let order = ["error", "warning", "notice"];
    assert!(levels.is_sorted_by_key(|level| order.iter().position(|one| one == level)), "{levels:?}");
    assert!(levels.contains(&"error") && levels.contains(&"warning"), "{levels:?}");
    insta::assert_snapshot!("github_summary", fs::read_to_string(&summary).unwrap());
    // Findings are printed even where the summary cannot be written.
    let nowhere = [("GITHUB_STEP_SUMMARY", "no/where.md")];
    let run = run_with(scratch.path(), &["lint", "--format", "github"], "", &nowhere);
    assert!(run.status == 2 && run.stdout.starts_with("::error"), "{}", run.stderr);
}

/// The attributes that `junit-10.xsd` of the xUnit plugin of Jenkins allows, and whether it requires them.
const JUNIT: [(&str, &[(&str, bool)]); 5] = [
    (
        "testsuites",
        &[("name", false), ("time", false), ("tests", false), ("failures", false), ("errors", false)],
    ),
    (
        "testsuite",
        &[
            ("name", true),
            ("tests", true),
            ("failures", true),
            ("errors", true),
            ("group", false),
            ("time", false),
            ("skipped", false),
            ("timestamp", false),
            ("hostname", false),
            ("id", false),
            ("package", false),
            ("file", false),
            ("log", false),
            ("url", false),
            ("version", false),
        ],
    ),
    ("testcase", &[("name", true), ("time", false), ("classname", false), ("group", false)]),
    ("failure", &[("type", false), ("message", false)]),
    ("skipped", &[("type", false), ("message", false)]),
];

#[test]
fn junit_has_what_its_schema_allows() {
    for scratch in [faults(), Scratch::new()] {
        let text = lint(&scratch, &["--format", "junit"]).stdout;
        for element in xml(&text).descendants().filter(roxmltree::Node::is_element) {
            let name = element.tag_name().name();
            let (_, attributes) = JUNIT.iter().find(|(known, _)| *known == name).unwrap();
            for attribute in element.attributes() {
                assert!(
                    attributes.iter().any(|(known, _)| *known == attribute.name()),
                    "{name}: {attribute:?}"
                );
            }
            let required = attributes.iter().filter(|(_, is_required)| *is_required);
            required.for_each(|(known, _)| assert!(element.has_attribute(*known), "{name}: {known}"));
        }
    }
}
