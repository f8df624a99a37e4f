//! Where the linter runs: before a commit, on a branch, in an editor.

use std::fs;

use crate::support::{Run, Scratch, git_in, run_in, run_with};

const FILE: &str = "offerings/acme-chat.toml";

/// A committed copy of the example registry.
fn committed() -> Scratch {
    let scratch = Scratch::new();
    scratch.commit_all();
    scratch
}

/// Makes an error in a file of the work tree.
fn spoil(scratch: &Scratch) {
    scratch.replace(FILE, "route = \"trust_center_nda\"", "route = \"public\"");
}

fn mend(scratch: &Scratch) {
    scratch.replace(FILE, "route = \"public\"", "route = \"trust_center_nda\"");
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

const SPOILT: &str = "cell/gated-without-gate data/offerings/acme-chat.toml";

/// What is reported of the error where its change can be seen.
const SPOILT_SINCE: [&str; 2] = [SPOILT, "change/terms-without-verification data/offerings/acme-chat.toml"];

#[test]
fn what_is_staged_counts_and_not_the_work_tree() {
    let scratch = committed();
    spoil(&scratch);
    assert_eq!(lint(&scratch, &["--staged"]).status, 0, "bad in the work tree only");

    scratch.git(&["add", "."]);
    scratch.replace(FILE, "name = \"Acme Chat\"", "name = \"Acme Chat\" # lines move\n\n");
    mend(&scratch);
    let run = lint(&scratch, &["--staged"]);
    assert_eq!(
        (run.status, told(&run)),
        (1, SPOILT_SINCE.map(str::to_owned).to_vec()),
        "bad in the index, mended since"
    );
    let finding = &run.json()["findings"][0];
    let staged = scratch.git(&["show", ":data/offerings/acme-chat.toml"]);
    let start = finding["start"]["byte"].as_u64().unwrap() as usize;
    assert!(staged[start..].starts_with("\"public\""), "positions are those of the index");
    let shown = scratch.run(&["lint", "--staged"]).stdout;
    assert!(shown.contains("route = \"public\""), "{shown}");
}

#[test]
fn what_the_change_causes_is_told_also_in_a_file_that_it_broke() {
    let scratch = Scratch::new();
    // An existing error.
    scratch.replace("platforms/acme-cloud.toml", "route = \"sales_contract\"", "route = \"public\"");
    scratch.commit_all();
    assert_eq!(lint(&scratch, &[]).status, 1);
    for narrow in [&["--staged"][..], &["--since", "main"], &["--staged", "--since", "main"]] {
        assert_eq!(told(&lint(&scratch, narrow)), Vec::<String>::new(), "{narrow:?}");
    }

    let globex = scratch.read("organizations/globex.toml");
    scratch.write(
        "organizations/globex-ai.toml",
        globex.replace("id = \"globex\"", "id = \"globex-ai\"\nformer_ids = [\"globex\"]"),
    );
    fs::remove_file(scratch.file("organizations/globex.toml")).unwrap();
    let broken = ["entity/unknown-organization data/offerings/globex-on-initech.toml"];
    let run = lint(&scratch, &["--since", "HEAD"]);
    assert_eq!((run.status, told(&run)), (1, broken.map(str::to_owned).to_vec()));
    assert_eq!(lint(&scratch, &["--staged"]).status, 0);
    scratch.git(&["add", "."]);
    assert_eq!(told(&lint(&scratch, &["--staged"])), broken);

    scratch.git(&["commit", "--quiet", "--message", "Rename"]);
    assert_eq!(lint(&scratch, &["--staged"]).status, 0, "it stands now");
    assert_eq!(told(&lint(&scratch, &["--since", "HEAD~1"])), broken);
    assert_eq!(told(&lint(&scratch, &["--since", "HEAD~1", "data/organizations"])), Vec::<String>::new());
}

#[test]
fn a_renamed_entity_keeps_its_standing_findings() {
    let scratch = Scratch::new();
    spoil(&scratch);
    scratch.commit_all();
    let text = scratch.read(FILE);
    fs::remove_file(scratch.file(FILE)).unwrap();
    scratch.write(
        "offerings/acme.toml",
        text.replace("id = \"acme-chat\"", "id = \"acme\"\nformer_ids = [\"acme-chat\"]"),
    );
    assert_eq!(told(&lint(&scratch, &["--since", "HEAD"])), Vec::<String>::new());
}

#[test]
fn what_vanishes_is_told_once_at_a_place_that_is_there() {
    let scratch = committed();
    let platform = scratch.read("platforms/initech-cloud.toml");
    let (before, rest) = platform.split_once("[cells.hipaa_baa]").unwrap();
    let (_, after) = rest.split_once("\n[cells.").unwrap();
    scratch.write("platforms/initech-cloud.toml", format!("{before}[cells.{after}"));
    fs::remove_file(scratch.file("organizations/globex.toml")).unwrap();
    fs::remove_file(scratch.file("offerings/globex-on-initech.toml")).unwrap();
    let run = scratch.run(&["lint", "--since", "HEAD", "--quiet"]);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn what_cannot_be_read_has_not_vanished() {
    let scratch = committed();
    let offering = scratch.read("offerings/initech-host.toml");
    fs::remove_file(scratch.file("offerings/initech-host.toml")).unwrap();
    for (file, unreadable) in [
        // It might be the same offering under another id.
        ("offerings/acme-chat.toml", "id = \"acme-chat\"\nname = \"Acme\n".to_owned()),
        // It might say that it ended.
        ("registry.toml", "name = \"Example Registry\"\nretired = 1\n".to_owned()),
    ] {
        let kept = scratch.read(file);
        scratch.write(file, unreadable);
        let told = told(&lint(&scratch, &["--since", "HEAD"]));
        assert!(told.len() == 1 && told[0].starts_with("schema/"), "{told:?}");
        scratch.write(file, kept);
    }
    assert_eq!(told(&lint(&scratch, &["--since", "HEAD"])), ["change/vanished data/registry.toml"]);
    scratch.write("offerings/initech-host.toml", offering);
    assert_eq!(lint(&scratch, &["--since", "HEAD"]).status, 0);
}

#[test]
fn a_cell_may_move_to_where_it_belongs() {
    let scratch = committed();
    // Acme Chat's answer becomes the platform's, as it is.
    let offering = scratch.read(FILE);
    let (head, cells) = offering.split_once("[cells.soc2_type2]").unwrap();
    let (soc2, retention) = cells.split_once("[cells.retention_zdr]").unwrap();
    scratch.write(FILE, format!("{head}[cells.retention_zdr]{retention}"));
    let platform = scratch.read("platforms/acme-cloud.toml");
    let cell = format!("[cells.soc2_type2]{soc2}");
    scratch.write("platforms/acme-cloud.toml", format!("{platform}\n{cell}"));
    assert_eq!(told(&lint(&scratch, &["--since", "HEAD"])), Vec::<String>::new());

    // The same with another grade under the same date.
    let graded = cell.replace(
        "confidence = \"high\"",
        "confidence = \"medium\"\nconfidence_reasons = [\"scope_unverified\"]",
    );
    scratch.write("platforms/acme-cloud.toml", format!("{platform}\n{graded}"));
    let run = lint(&scratch, &["--since", "HEAD"]);
    assert_eq!(told(&run), [format!("change/status-without-verification data/{FILE}")]);

    // And back again: the platform's cell may go, since its only heir answers.
    scratch.write("platforms/acme-cloud.toml", format!("{platform}\n{cell}"));
    scratch.git(&["add", "."]);
    scratch.git(&["commit", "--quiet", "--message", "Move up"]);
    scratch.write(FILE, &offering);
    scratch.write("platforms/acme-cloud.toml", platform);
    assert_eq!(told(&lint(&scratch, &["--since", "HEAD"])), Vec::<String>::new());
}

#[test]
fn a_question_that_is_not_asked_any_more_is_one_fault() {
    let scratch = committed();
    let dimensions = scratch.read("dimensions.toml");
    let (kept, _) = dimensions.split_once("[[dimensions]]\nid = \"gpai_cop\"").unwrap();
    scratch.write("dimensions.toml", kept);
    let lost = || {
        let run = lint(&scratch, &["--since", "HEAD", "--select", "change/*"]);
        run.json()["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["message"].to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(lost(), ["\"dimension `gpai_cop`, which 3 cells answered, was removed without a reason\""]);
    let registry = scratch.read("registry.toml");
    let retired = "\n[[retired]]\nentity = \"dimension:gpai_cop\"\non = 2026-07-01\nreason = \"Merged.\"\n";
    scratch.write("registry.toml", registry + retired);
    assert_eq!(lost(), Vec::<String>::new());
}

#[test]
fn standard_input_is_judged_where_it_belongs() {
    let scratch = Scratch::new();
    // Elsewhere is another error, which is not asked for.
    scratch.replace("platforms/acme-cloud.toml", "route = \"sales_contract\"", "route = \"public\"");
    let text = scratch.read(FILE);
    let bad = text.replace("route = \"trust_center_nda\"", "route = \"public\"");
    let judge = |path: &str, text: &str| {
        run_with(scratch.path(), &["lint", "--format", "json", "-", "--stdin-path", path], text, &[])
    };
    let run = judge("data/offerings/acme-chat.toml", &bad);
    assert_eq!((run.status, told(&run)), (1, vec![SPOILT.to_owned()]));
    let start = run.json()["findings"][0]["start"]["byte"].as_u64().unwrap() as usize;
    assert!(bad[start..].starts_with("\"public\""));
    assert_eq!(judge("data/offerings/acme-chat.toml", &text).status, 0);

    let fresh = text
        .replace("id = \"acme-chat\"", "id = \"acme-next\"")
        .replace("Acme", "Acme Next")
        .replace("platform = \"acme-cloud\"", "platform = \"acme-cloudy\"");
    let run = judge("data/offerings/acme-next.toml", &fresh);
    assert_eq!(
        (run.status, told(&run)),
        (1, vec!["entity/unknown-platform data/offerings/acme-next.toml".to_owned()])
    );
    assert!(!scratch.file("offerings/acme-next.toml").exists());
    let shown = run_with(
        scratch.path(),
        &["lint", "-", "--stdin-path", "data/offerings/acme-next.toml"],
        &fresh,
        &[],
    );
    assert!(shown.stdout.contains("platform = \"acme-cloudy\""), "{}", shown.stdout);
}

#[test]
fn the_index_that_git_names_is_judged() {
    let scratch = committed();
    let other = scratch.path().join("other-index");
    let environment = [("GIT_INDEX_FILE", other.to_str().unwrap())];
    spoil(&scratch);
    assert_eq!(git_in(scratch.path(), &["read-tree", "HEAD"], &environment).status, 0);
    assert_eq!(git_in(scratch.path(), &["add", "data"], &environment).status, 0);
    let arguments = ["lint", "--format", "json", "--staged"];
    assert_eq!(told(&run_with(scratch.path(), &arguments, "", &environment)), SPOILT_SINCE);
    assert_eq!(lint(&scratch, &["--staged"]).status, 0);
    // From a folder below, and from elsewhere.
    assert_eq!(run_in(&scratch.file("offerings"), &arguments).status, 0);
    let data = scratch.file("");
    let elsewhere = tempfile::tempdir().unwrap();
    let from_there = [&arguments[..], &["--data", data.to_str().unwrap()]].concat();
    assert_eq!(run_with(elsewhere.path(), &from_there, "", &environment).status, 1);
    let relative = [("GIT_DIR", ".git"), ("GIT_INDEX_FILE", "other-index")];
    assert_eq!(told(&run_with(scratch.path(), &arguments, "", &relative)), SPOILT_SINCE);
    let empty = [("GIT_DIR", ""), ("GIT_INDEX_FILE", other.to_str().unwrap())];
    assert_eq!(told(&run_with(scratch.path(), &arguments, "", &empty)), SPOILT_SINCE);
}

#[test]
fn entries_that_are_no_plain_files_are_refused() {
    let scratch = committed();
    let blob = scratch.git(&["rev-parse", "HEAD:data/registry.toml"]);
    let commit = scratch.git(&["rev-parse", "HEAD"]);
    let put = |mode: &str, id: &str, path: &str| {
        scratch.git(&["update-index", "--add", "--cacheinfo", &format!("{mode},{},{path}", id.trim())]);
    };
    put("120000", &blob, "data/offerings/link.toml");
    put("160000", &commit, "data/offerings/module.toml");
    // None of these is a data file.
    put("100644", &blob, "data/offerings/.hidden.toml");
    put("100644", &blob, "data/notes\n\".toml");
    put("100644", &blob, "database/offerings/x.toml");
    // It is promised, and no commit would hold it.
    scratch.write("offerings/promised.toml", "");
    scratch.git(&["add", "--intent-to-add", "data/offerings/promised.toml"]);
    let run = lint(&scratch, &["--staged", "--select", "schema/*"]);
    assert_eq!(
        told(&run),
        ["schema/syntax data/offerings/link.toml", "schema/syntax data/offerings/module.toml"]
    );
    assert!(run.stdout.contains("is not a plain file: links and folders are not followed"));
}

#[test]
fn a_conflict_is_told_at_its_file() {
    let scratch = committed();
    scratch.git(&["checkout", "--quiet", "-b", "other"]);
    scratch.replace(FILE, "name = \"Acme Chat\"", "name = \"Acme Talk\"");
    scratch.git(&["commit", "--quiet", "--all", "--message", "Talk"]);
    scratch.git(&["checkout", "--quiet", "main"]);
    scratch.replace(FILE, "name = \"Acme Chat\"", "name = \"Acme Speech\"");
    scratch.git(&["commit", "--quiet", "--all", "--message", "Speech"]);
    assert_eq!(git_in(scratch.path(), &["merge", "other"], &[]).status, 1);
    let run = lint(&scratch, &["--staged"]);
    assert_eq!((run.status, told(&run)), (1, vec![format!("schema/syntax data/{FILE}")]));
    assert!(run.stdout.contains("is not merged"));
}

#[test]
fn files_in_the_wrong_place_are_told_wherever_they_are_read() {
    let scratch = committed();
    scratch.write("offering/acme-lite.toml", "id = \"acme-lite\"\n");
    scratch.write("offerings/acme-lite.TOML", "id = \"acme-lite\"\n");
    let expected = [
        "entity/misplaced-file data/offering/acme-lite.toml",
        "entity/misplaced-file data/offerings/acme-lite.TOML",
    ];
    assert_eq!(told(&lint(&scratch, &[])), expected, "in the work tree");
    assert!(told(&lint(&scratch, &["--staged"])).is_empty(), "not in the index yet");
    scratch.git(&["add", "."]);
    let staged = lint(&scratch, &["--staged"]);
    assert_eq!((staged.status, told(&staged)), (1, expected.map(str::to_owned).to_vec()), "in the index");
    scratch.git(&["commit", "-qm", "more"]);
    assert!(told(&lint(&scratch, &["--since", "HEAD"])).is_empty(), "in both states");
    scratch.replace(
        "registry.toml",
        "corrections",
        "allow = [{ rule = \"entity/misplaced-file\", reason = \"A draft.\", owner = \"Jane Roe\" }]\ncorrections",
    );
    assert!(told(&lint(&scratch, &[])).is_empty(), "accepted on purpose");
}

#[test]
fn the_first_commit_is_judged_whole() {
    let scratch = Scratch::new();
    spoil(&scratch);
    scratch.git(&["init", "--quiet"]);
    let run = lint(&scratch, &["--staged"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("no registry in the git index (data/)"), "{}", run.stderr);
    scratch.git(&["add", "."]);
    assert_eq!(told(&lint(&scratch, &["--staged"])), [SPOILT]);
    let run = lint(&scratch, &["--since", "HEAD"]);
    assert_eq!(run.status, 2);
}

#[test]
fn the_data_folder_may_lie_anywhere_in_the_work_tree() {
    let scratch = Scratch::new();
    // Below a folder with a name that git would take for a pattern.
    let below = scratch.path().join("a [b]*");
    fs::create_dir(&below).unwrap();
    fs::rename(scratch.file(""), below.join("data")).unwrap();
    scratch.commit_all();
    let file = below.join("data").join(FILE);
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("route = \"trust_center_nda\"", "route = \"public\"")).unwrap();
    let arguments = ["lint", "--format", "json", "--since", "HEAD"];
    assert_eq!(told(&run_in(&below, &arguments)), SPOILT_SINCE);
    scratch.git(&["add", "."]);
    assert_eq!(told(&run_in(&below, &["lint", "--format", "json", "--staged"])), SPOILT_SINCE);

    // The data folder is the top.
    let top = Scratch::new();
    let data = top.file("");
    assert_eq!(git_in(&data, &["init", "--quiet"], &[]).status, 0);
    assert_eq!(git_in(&data, &["add", "."], &[]).status, 0);
    assert_eq!(git_in(&data, &["commit", "--quiet", "--message", "Base"], &[]).status, 0);
    spoil(&top);
    assert_eq!(told(&lint(&top, &["--since", "HEAD"])), SPOILT_SINCE);
    assert_eq!(lint(&top, &["--staged"]).status, 0);
}

#[test]
fn wrong_usage_is_told_and_ends_with_2() {
    let scratch = committed();
    scratch.git(&["branch", "release-2026"]);
    let outside = tempfile::tempdir().unwrap();
    let outside = outside.path().join("offering.toml").to_str().unwrap().to_owned();
    for (arguments, said) in [
        (
            &["--since", "relaese-2026"][..],
            "no revision `relaese-2026` in [folder]: did you mean `release-2026`?",
        ),
        (&["--since", "deadbeef"], "no revision `deadbeef` in [folder]\n"),
        (&["--since=--all"], "no revision `--all`"),
        (&["--since", ""], "no revision ``"),
        (&["-"], "`-` needs --stdin-path"),
        (&["--stdin-path", "data/offerings/x.toml"], "give `-` as the only PATH"),
        (&["-", "data", "--stdin-path", "data/offerings/x.toml"], "give no other PATH"),
        (&["-", "--stdin-path", "data/offerings/x.toml", "--staged"], "cannot be used with"),
        (&["-", "--since", "HEAD"], "cannot be combined with --staged and --since"),
        (&["-", "--stdin-path", "data/notes.toml"], "is not a data file"),
        (&["-", "--stdin-path", &outside], "is not in the data folder"),
    ] {
        let run = lint(&scratch, arguments);
        let told = run.stderr.replace(scratch.path().canonicalize().unwrap().to_str().unwrap(), "[folder]");
        assert!(run.status == 2 && told.contains(said), "{arguments:?}: {} {told}", run.status);
    }
    let run = lint(&Scratch::new(), &["--staged"]);
    assert!(run.status == 2 && run.stderr.contains("is not in a git work tree"), "{}", run.stderr);
    let nowhere = [("PATH", "/nowhere")];
    let run = run_with(scratch.path(), &["lint", "--staged"], "", &nowhere);
    assert!(run.status == 2 && run.stderr.contains("cannot run `git`"), "{}", run.stderr);
}

#[test]
fn a_shallow_clone_says_what_it_lacks() {
    let scratch = committed();
    let first = scratch.git(&["rev-parse", "HEAD"]);
    scratch.git(&["commit", "--quiet", "--allow-empty", "--message", "Second"]);
    let from = format!("file://{}", scratch.path().display());
    scratch.git(&["clone", "--quiet", "--depth", "1", &from, "clone"]);
    let run = run_in(&scratch.path().join("clone"), &["lint", "--since", first.trim()]);
    assert!(run.status == 2 && run.stderr.contains("git fetch --unshallow"), "{}", run.stderr);
}

#[test]
fn a_sparse_checkout_may_leave_the_whole_registry_out() {
    let scratch = Scratch::new();
    fs::write(scratch.path().join("README"), "x").unwrap();
    scratch.replace("offerings/acme-chat.toml", "route = \"trust_center_nda\"", "route = \"public\"");
    scratch.commit_all();
    scratch.git(&["sparse-checkout", "set", "--no-cone", "/README"]);
    assert!(!scratch.path().join("data").exists());
    for more in [&[][..], &["--data", "data"]] {
        let run = scratch.run(&[&["lint", "--format", "concise"], more].concat());
        assert!(
            run.status == 1 && run.stdout.starts_with("data/offerings/acme-chat.toml:"),
            "{}",
            run.stdout
        );
        assert!(run.stderr.contains("outside the sparse checkout"), "{}", run.stderr);
    }
    assert_eq!(lint(&scratch, &["--since", "HEAD"]).status, 0);
    let run = lint(&scratch, &["--data", "elsewhere"]);
    assert!(run.status == 2 && run.stderr.contains("no registry in elsewhere"), "{}", run.stderr);
}

#[test]
fn what_git_suggests_for_a_repository_of_somebody_else_is_passed_on() {
    let scratch = Scratch::new();
    scratch.commit_all();
    let elsewhere = scratch.path().join("no-settings");
    let environment = [
        ("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1"),
        ("GIT_CONFIG_NOSYSTEM", "1"),
        ("GIT_CONFIG_GLOBAL", elsewhere.to_str().unwrap()),
    ];
    let top = scratch.path().canonicalize().unwrap();
    let remedy = format!("git suggests `git config --global --add safe.directory {}`", top.display());
    for arguments in [&["lint", "--staged"][..], &["lint", "--since", "HEAD"], &["hook", "install"]] {
        let run = run_with(scratch.path(), arguments, "", &environment);
        assert_eq!(run.status, 2, "{}", run.stderr);
        assert!(run.stderr.contains("git does not open the repository of "), "{}", run.stderr);
        assert!(run.stderr.contains(&remedy), "{}", run.stderr);
    }
    // What needs no git works, and says less.
    let run = run_with(scratch.path(), &["lint", "--format", "sarif"], "", &environment);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(run.json()["runs"][0].get("versionControlProvenance"), None);
}
