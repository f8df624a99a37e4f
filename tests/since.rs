//! Comparisons of states of the registry, and what counts as worse.

use std::fs;

use crate::support::{Run, Scratch, git_in, run_in};

const FILE: &str = "offerings/acme-chat.toml";
const PLATFORM: &str = "platforms/initech-cloud.toml";

/// A committed copy of the example registry.
fn committed() -> Scratch {
    let scratch = Scratch::new();
    scratch.commit_all();
    scratch
}

fn commit(scratch: &Scratch, message: &str) {
    scratch.git(&["add", "."]);
    scratch.git(&["commit", "--quiet", "--message", message]);
}

/// The rules of the findings, each with its file.
fn told(run: &Run) -> Vec<String> {
    let json = run.json();
    let findings = json["findings"].as_array().unwrap().iter();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    findings.map(|finding| format!("{} {}", text(&finding["rule"]), text(&finding["file"]))).collect()
}

fn lint(scratch: &Scratch, more: &[&str]) -> Run {
    scratch.run(&[&["lint", "--format", "json"], more].concat())
}

fn since(scratch: &Scratch, revision: &str) -> Vec<String> {
    told(&lint(scratch, &["--since", revision]))
}

const NOTHING: [&str; 0] = [];

/// A branch `topic` that main has left behind: main gained an offering, a grade and a fault.
fn left_behind() -> Scratch {
    let scratch = committed();
    scratch.git(&["checkout", "--quiet", "-b", "topic"]);
    scratch.replace(FILE, "Acme's own API", "The API of Acme");
    commit(&scratch, "Topic");
    scratch.git(&["checkout", "--quiet", "main"]);
    let offering = scratch.read("offerings/initech-host.toml");
    scratch.write(
        "offerings/initech-lite.toml",
        offering.replace("initech-host", "initech-lite").replace("Initech Open Models", "Initech Lite"),
    );
    scratch.replace(PLATFORM, "retention_days = 30", "retention_days = 60");
    commit(&scratch, "Main");
    scratch.git(&["checkout", "--quiet", "topic"]);
    scratch
}

#[test]
fn what_main_gained_is_not_missing_on_a_branch() {
    let scratch = left_behind();
    for revision in ["main", "main...", "main...HEAD", "main~1", "HEAD"] {
        assert_eq!(since(&scratch, revision), NOTHING, "{revision}");
    }
    scratch.replace(FILE, "route = \"trust_center_nda\"", "route = \"public\"");
    let spoilt = ["cell/gated-without-gate", "change/terms-without-verification"];
    let spoilt = spoilt.map(|rule| format!("{rule} data/{FILE}"));
    assert_eq!(since(&scratch, "main"), spoilt);
    scratch.git(&["add", "."]);
    assert_eq!(told(&lint(&scratch, &["--staged", "--since", "main"])), spoilt);

    // What main brings in by a merge is main's, before the merge is committed and afterwards.
    scratch.git(&["commit", "--quiet", "--all", "--message", "Worse"]);
    scratch.git(&["merge", "--quiet", "--no-commit", "--no-ff", "main"]);
    assert_eq!(since(&scratch, "main"), spoilt);
    assert_eq!(told(&lint(&scratch, &["--staged"])), NOTHING);
    scratch.git(&["commit", "--quiet", "--message", "Merge"]);
    assert_eq!(since(&scratch, "main"), spoilt);
}

#[test]
fn what_has_nothing_in_common_is_refused() {
    let scratch = left_behind();
    scratch.git(&["checkout", "--quiet", "--orphan", "other"]);
    scratch.git(&["commit", "--quiet", "--message", "Other"]);
    scratch.git(&["checkout", "--quiet", "topic"]);
    for (revision, said) in [
        ("other", "`other` and HEAD have no commit in common in"),
        ("main..topic", "`main..topic` is a range: give one revision"),
        ("mian...", "no revision `mian` in"),
        ("mian", "did you mean `main`?"),
    ] {
        let run = lint(&scratch, &["--since", revision]);
        assert!(run.status == 2 && run.stderr.contains(said), "{revision}: {}", run.stderr);
    }

    // A clone that lacks the commit at which the branches parted says which command fetches it.
    let from = format!("file://{}", scratch.path().display());
    scratch.git(&[
        "clone",
        "--quiet",
        "--depth",
        "1",
        "--no-single-branch",
        "--branch",
        "topic",
        &from,
        "clone",
    ]);
    let clone = scratch.path().join("clone");
    let run = run_in(&clone, &["lint", "--since", "origin/main"]);
    assert!(run.status == 2 && run.stderr.contains("`git fetch --unshallow`"), "{}", run.stderr);
    assert_eq!(git_in(&clone, &["fetch", "--quiet", "--unshallow"], &[]).status, 0);
    assert_eq!(run_in(&clone, &["lint", "--since", "origin/main"]).status, 0);
}

#[test]
fn a_merge_is_compared_with_both_sides() {
    let scratch = committed();
    scratch.git(&["checkout", "--quiet", "-b", "other"]);
    // Old faults of the other side: an error, and a grade that went up.
    scratch.replace(PLATFORM, "route = \"sales_contract\"", "route = \"public\"");
    scratch.replace("platforms/acme-cloud.toml", "status = \"yes_sales_gated\"", "status = \"yes_public\"");
    scratch.replace(FILE, "Acme's own API", "The API of Acme");
    commit(&scratch, "Other");
    scratch.git(&["checkout", "--quiet", "main"]);
    // And of ours.
    scratch.replace(
        "platforms/acme-cloud.toml",
        "subprocessor_notice_days = 30",
        "subprocessor_notice_days = 14",
    );
    scratch.replace(FILE, "Acme's own API", "Acme's API");
    commit(&scratch, "Ours");
    assert_eq!(git_in(scratch.path(), &["merge", "other"], &[]).status, 1);
    scratch.git(&["checkout", "--theirs", "data/offerings/acme-chat.toml"]);
    scratch.git(&["add", "."]);
    assert_eq!(told(&lint(&scratch, &["--staged"])), NOTHING);

    // What the merge itself makes worse is reported, each once.
    scratch.replace(FILE, "route = \"request_form\"", "route = \"public\"");
    scratch.git(&["add", "."]);
    let worse = ["cell/gated-without-gate", "change/terms-without-verification"];
    let found = told(&lint(&scratch, &["--staged"]));
    assert_eq!(found, worse.map(|rule| format!("{rule} data/{FILE}")));
}

#[test]
fn what_a_merge_loses_of_one_side_is_told() {
    let scratch = committed();
    let cell = scratch.read("platforms/acme-cloud.toml");
    let (without, _) = cell.split_once("[cells.hipaa_baa]").unwrap();
    let (_, rest) = cell.split_once("[cells.gdpr_dpa]").unwrap();
    scratch.write("platforms/acme-cloud.toml", format!("{without}[cells.gdpr_dpa]{rest}"));
    let lost = scratch.read("platforms/acme-cloud.toml");
    scratch.git(&["checkout", "--quiet", "--", "."]);
    // The other side adds a cell, ours has none of that question; the merge drops it.
    scratch.write("platforms/acme-cloud.toml", &lost);
    scratch.git(&["commit", "--quiet", "--all", "--no-verify", "--message", "Without"]);
    scratch.git(&["checkout", "--quiet", "-b", "other"]);
    scratch.write("platforms/acme-cloud.toml", &cell);
    commit(&scratch, "With");
    scratch.git(&["checkout", "--quiet", "main"]);
    scratch.replace(FILE, "Acme's own API", "The API of Acme");
    commit(&scratch, "Main");
    scratch.git(&["merge", "--quiet", "--no-commit", "--no-ff", "other"]);
    assert_eq!(told(&lint(&scratch, &["--staged"])), NOTHING);
    scratch.write("platforms/acme-cloud.toml", &lost);
    scratch.git(&["add", "."]);
    let found = told(&lint(&scratch, &["--staged", "--select", "change/*"]));
    assert_eq!(found, ["change/vanished data/platforms/acme-cloud.toml"]);
}

#[test]
fn files_that_a_sparse_checkout_leaves_out_are_not_gone() {
    let scratch = committed();
    scratch.git(&["sparse-checkout", "set", "--no-cone", "/data/*.toml", "/data/organizations/"]);
    assert!(!scratch.file(FILE).exists());
    assert_eq!(since(&scratch, "HEAD"), NOTHING);
    // One that is deleted all the same, and one that is changed.
    fs::remove_file(scratch.file("organizations/initech.toml")).unwrap();
    scratch.replace("organizations/acme.toml", "confidence = \"high\"", "confidence = \"hihg\"");
    let found = since(&scratch, "HEAD");
    assert!(found.contains(&"schema/unknown-value data/organizations/acme.toml".to_owned()), "{found:?}");
    assert!(found.contains(&"change/vanished data/registry.toml".to_owned()), "{found:?}");
    assert!(
        found.contains(&"entity/unknown-organization data/platforms/initech-cloud.toml".to_owned()),
        "{found:?}"
    );
}

#[test]
fn files_outside_a_sparse_checkout_are_read_from_the_index() {
    let scratch = committed();
    let all = scratch.findings();
    scratch.git(&["sparse-checkout", "set", "--cone", "data/organizations"]);
    assert!(!scratch.file(FILE).exists());
    let run = lint(&scratch, &[]);
    assert_eq!(run.json()["findings"].as_array(), Some(&all));
    assert_eq!(
        run.stderr,
        "note: 5 data files are outside the sparse checkout and are read from the git index\n"
    );
    // They can be named, and are not written.
    let file = format!("data/{FILE}");
    assert_eq!(lint(&scratch, &[&file]).status, 0);
    let tracked = "https://acme.example/soc2?utm_source=x\"";
    scratch.git(&["sparse-checkout", "disable"]);
    scratch.replace(FILE, "https://acme.example/soc2\"\ntitle", &format!("{tracked}\ntitle"));
    commit(&scratch, "Tracked");
    scratch.git(&["sparse-checkout", "set", "--cone", "data/organizations"]);
    let found = lint(&scratch, &["--fix"]);
    assert!(told(&found).contains(&format!("evidence/tracking-parameters {file}")), "{}", found.stdout);
    assert!(!scratch.file(FILE).exists());
    // What is deleted in a sparse checkout is missing all the same.
    fs::remove_file(scratch.file("organizations/initech.toml")).unwrap();
    let found = told(&lint(&scratch, &["--select", "entity/*"]));
    assert_eq!(found, ["entity/unknown-organization data/platforms/initech-cloud.toml"]);
}

#[test]
fn the_path_of_what_was_deleted_is_judged() {
    let scratch = committed();
    fs::remove_file(scratch.file(FILE)).unwrap();
    let gone = ["change/vanished data/registry.toml"];
    let file = format!("data/{FILE}");
    assert_eq!(told(&lint(&scratch, &["--since", "HEAD", &file])), gone);
    scratch.git(&["add", "."]);
    assert_eq!(told(&lint(&scratch, &["--staged", &file])), gone);
    // So is that of a folder, whose files were removed with it.
    fs::remove_dir_all(scratch.file("offerings")).unwrap();
    let of_folder = told(&lint(&scratch, &["--since", "HEAD", "data/offerings"]));
    assert_eq!(of_folder, [gone[0]; 3]);
    // One that says why it was removed is right.
    let registry = scratch.read("registry.toml");
    let retired =
        "[[retired]]\nentity = \"offering:acme-chat\"\non = 2026-07-01\nreason = \"Acme ended it.\"\n";
    scratch.write("registry.toml", format!("{registry}\n{retired}"));
    assert_eq!(told(&lint(&scratch, &["--since", "HEAD", &file])), NOTHING);
    // One that never was is a mistake, and so is one without a base.
    for arguments in [
        &["--since", "HEAD", "data/offerings/acme-chta.toml"][..],
        &[&file],
        &["--since", "HEAD", "data/x/../no"],
    ] {
        let run = lint(&scratch, arguments);
        assert!(run.status == 2 && run.stderr.contains("cannot open"), "{arguments:?}: {}", run.stderr);
    }
}

#[test]
fn addresses_that_change_places_take_each_others_readings() {
    let swapped = |scratch: &Scratch| {
        let text = scratch.read(FILE);
        let (one, other) = ("acme.example/soc2\"", "acme.example/soc2/terms\"");
        scratch.write(FILE, text.replace(other, "\0").replace(one, other).replace('\0', one));
    };
    let scratch = committed();
    swapped(&scratch);
    let run = lint(&scratch, &["--since", "HEAD", "--select", "change/*"]);
    assert_eq!(
        told(&run),
        [format!("change/borrowed-reading data/{FILE}"), format!("change/borrowed-reading data/{FILE}")]
    );
    let message = run.json()["findings"][0]["message"].as_str().unwrap().to_owned();
    assert_eq!(
        message,
        "`https://acme.example/soc2/terms` in cell `soc2_type2` of Acme Chat has the title and the reading of `https://acme.example/soc2`, which no longer has it"
    );
    // Only their order changed.
    scratch.git(&["checkout", "--quiet", "."]);
    let text = scratch.read(FILE);
    let at = |part: &str| text.find(part).unwrap();
    let first = at("[[cells.soc2_type2.evidence]]");
    let second = first + 1 + text[first + 1..].find("[[cells.soc2_type2.evidence]]").unwrap();
    let end = at("[cells.retention_zdr]");
    let (one, other) = (&text[first..second], &text[second..end]);
    scratch.write(FILE, format!("{}{other}{one}{}", &text[..first], &text[end..]));
    assert_eq!(since(&scratch, "HEAD"), NOTHING);
    // A title that was wrong beside the right words.
    scratch.write(
        FILE,
        text.replace("title = \"Terms of the service, in full\"", "title = \"Terms of the service\""),
    );
    assert_eq!(since(&scratch, "HEAD"), NOTHING);
}

#[test]
fn a_corrected_address_makes_no_old_finding_new() {
    let scratch = Scratch::new();
    let old = "url = \"http://acme.example/soc2\"";
    scratch.replace(FILE, "url = \"https://acme.example/soc2\"", old);
    scratch.replace(
        FILE,
        "archived_url = \"https://archive.example/20260601000000/https://acme.example/soc2\"\n",
        "",
    );
    scratch.commit_all();
    let run = scratch.run(&["lint", "--write-baseline"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    scratch.replace(FILE, old, "url = \"http://acme.example/soc-2\"");
    // That the old reading stays is new; that the address is not https is not.
    assert_eq!(since(&scratch, "HEAD"), [format!("change/borrowed-reading data/{FILE}")]);
    let run = scratch.run(&["lint", "--baseline", "baseline.json", "--format", "json"]);
    assert_eq!((run.status, told(&run), run.stderr.as_str()), (0, vec![], ""));
    // The baseline takes over what it has followed.
    assert_eq!(scratch.run(&["lint", "--write-baseline"]).status, 0);
    assert!(fs::read_to_string(scratch.path().join("baseline.json")).unwrap().contains("acme.example/soc-2"));
    // With another title it is another page.
    scratch.replace(
        FILE,
        "url = \"http://acme.example/soc-2\"\ntitle = \"Terms of the service\"",
        "url = \"http://acme.example/soc-3\"\ntitle = \"Another page\"",
    );
    let new = format!("evidence/not-https data/{FILE}");
    assert!(since(&scratch, "HEAD").contains(&new));
    let run = scratch.run(&["lint", "--baseline", "baseline.json", "--format", "json"]);
    assert!(told(&run).contains(&new), "{:?}", told(&run));
}

#[test]
fn a_page_that_is_cited_twice_makes_no_old_finding_new() {
    let scratch = Scratch::new();
    let terms = "url = \"https://acme.example/soc2/terms\"";
    scratch.replace(FILE, terms, "url = \"http://acme.example/soc2\"");
    scratch.commit_all();
    assert_eq!(since(&scratch, "HEAD"), NOTHING);
    for (file, name) in [("offerings/initech-host.toml", "Initech Open Models"), (FILE, "Acme Chat")] {
        scratch.replace(file, name, &format!("{name} 2"));
        assert_eq!(since(&scratch, "HEAD"), NOTHING, "{file}");
    }
}

#[test]
fn a_baseline_follows_an_entity_to_its_new_id() {
    let scratch = Scratch::new();
    scratch.replace(FILE, "route = \"trust_center_nda\"", "route = \"public\"");
    assert_eq!(scratch.run(&["lint", "--write-baseline"]).status, 0);
    let text = scratch.read(FILE);
    fs::remove_file(scratch.file(FILE)).unwrap();
    scratch.write(
        "offerings/acme-talk.toml",
        text.replace("id = \"acme-chat\"", "id = \"acme-talk\"\nformer_ids = [\"acme-chat\"]"),
    );
    let run = scratch.run(&["lint", "--baseline", "baseline.json", "--format", "json"]);
    assert_eq!((run.status, told(&run), run.stderr.as_str()), (0, vec![], ""));
    assert_eq!(scratch.run(&["lint", "--write-baseline"]).status, 0);
    let baseline = fs::read_to_string(scratch.path().join("baseline.json")).unwrap();
    assert!(baseline.contains("offering:acme-talk") && !baseline.contains("acme-chat"), "{baseline}");
}

#[test]
fn worse_is_an_error_or_a_warning() {
    let scratch = committed();
    scratch.replace(
        FILE,
        "verified_on = 2026-06-01\n\n[cells.soc2_type2.facts]",
        "\n[cells.soc2_type2.facts]",
    );
    let all = told(&lint(&scratch, &[]));
    assert!(all.iter().any(|one| one.starts_with("cell/unverified")), "{all:?}");
    assert_eq!(since(&scratch, "HEAD"), NOTHING);
}

#[test]
fn an_entity_under_a_new_id_is_named() {
    let scratch = committed();
    let text = scratch.read("offerings/initech-host.toml");
    fs::remove_file(scratch.file("offerings/initech-host.toml")).unwrap();
    scratch.write(
        "offerings/initech-models.toml",
        text.replace("id = \"initech-host\"", "id = \"initech-models\""),
    );
    let run = scratch.run(&["lint", "--since", "HEAD", "--quiet"]);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn a_grade_that_went_up_says_what_to_do() {
    let scratch = committed();
    scratch.replace("platforms/acme-cloud.toml", "status = \"yes_sales_gated\"", "status = \"yes_public\"");
    let run = scratch.run(&["lint", "--since", "HEAD", "--quiet", "--select", "change/*"]);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn who_stages_nothing_is_told() {
    let scratch = committed();
    scratch.replace(FILE, "route = \"trust_center_nda\"", "route = \"public\"");
    let run = scratch.run(&["lint", "--staged"]);
    assert_eq!(run.status, 0);
    assert!(
        run.stderr.contains("nothing is staged in the data folder, so nothing is checked"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_questions_do_not_go_unnoticed() {
    let scratch = committed();
    let missing = ["schema/missing-key data/registry.toml"];
    fs::remove_file(scratch.file("dimensions.toml")).unwrap();
    assert_eq!(since(&scratch, "HEAD"), missing);
    assert_eq!(told(&lint(&scratch, &[])), missing);
    scratch.git(&["rm", "--quiet", "--cached", "data/dimensions.toml"]);
    assert_eq!(told(&lint(&scratch, &["--staged"])), missing);
    scratch.write("dimensions.toml", String::new());
    assert_eq!(since(&scratch, "HEAD"), ["schema/missing-key data/dimensions.toml"]);
    scratch.write("dimensions.toml", "dimensions = []\n");
    let run = lint(&scratch, &["--since", "HEAD"]);
    assert_eq!(run.status, 1);
    assert!(told(&run).iter().filter(|one| one.starts_with("change/vanished")).count() > 1, "{}", run.stdout);
}

#[test]
fn a_blank_within_an_address_is_named() {
    let scratch = Scratch::new();
    scratch.replace(
        "platforms/acme-cloud.toml",
        "url = \"https://acme.example/regions",
        "url = \"https://acme.example/re\u{a0}gions",
    );
    let run = scratch.run(&["lint", "--format", "concise"]);
    assert!(run.stdout.contains("holds U+00A0, a blank"), "{}", run.stdout);
}

#[test]
fn what_is_gone_is_reported_for_the_folder_it_was_in() {
    let scratch = committed();
    fs::remove_file(scratch.file("offerings/initech-host.toml")).unwrap();
    let gone = ["change/vanished data/registry.toml"];
    assert_eq!(told(&lint(&scratch, &["data/offerings", "--since", "HEAD"])), gone);
    assert_eq!(told(&lint(&scratch, &["data/registry.toml", "--since", "HEAD"])), gone);
    assert_eq!(told(&lint(&scratch, &["data/platforms", "--since", "HEAD"])), NOTHING);
}
