//! The hooks that lint what is committed and what is merged.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::support::{self, Run, Scratch, git_in, run_in};

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

/// A `cargo` that runs the command itself, without building it.
fn shim(scratch: &Scratch) -> String {
    let folder = scratch.path().join("bin");
    fs::create_dir(&folder).unwrap();
    let cargo = folder.join("cargo");
    let script = format!(
        "#!/bin/sh\nshift\nexec '{}' \"$@\" --today {}\n",
        env!("CARGO_BIN_EXE_xtask"),
        support::TODAY
    );
    fs::write(&cargo, script).unwrap();
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
    let path = std::env::var("PATH").unwrap();
    format!("{}:{path}", folder.display())
}

#[test]
fn the_hook_refuses_a_bad_commit_and_lets_a_good_one_pass() {
    let scratch = committed();
    let path = shim(&scratch);
    let environment = [("PATH", path.as_str())];
    let git = |folder: &Path, arguments: &[&str]| git_in(folder, arguments, &environment);
    let commit = |folder: &Path, more: &[&str]| {
        git(folder, &[&["commit", "--quiet", "--message", "Change"], more].concat())
    };
    let run = scratch.run(&["hook", "install"]);
    assert!(run.stdout.starts_with("Installed: git checks each commit from now on ("), "{}", run.stdout);
    assert_eq!(scratch.run(&["hook", "install"]).status, 0, "a second time changes nothing");

    spoil(&scratch);
    let run = commit(scratch.path(), &["--all"]);
    assert_eq!(run.status, 1);
    let told = run.stdout + &run.stderr;
    assert!(
        told.contains("cell/gated-without-gate")
            && told.contains(
                "pre-commit: refused; fix what is reported above, or skip this check with --no-verify"
            ),
        "{told}"
    );
    assert_eq!(commit(scratch.path(), &["data/offerings/acme-chat.toml"]).status, 1);
    // Another file alone may be committed, though the work tree is bad.
    scratch.replace("offerings/initech-host.toml", "served by", "offered by");
    assert_eq!(commit(scratch.path(), &["data/offerings/initech-host.toml"]).status, 0);
    mend(&scratch);
    scratch.replace(FILE, "30 days", "14 days");
    scratch.replace(FILE, "retention_days = 30", "retention_days = 14");
    assert_eq!(commit(scratch.path(), &["--all"]).status, 0);

    // A linked work tree shares the hook.
    let linked = tempfile::tempdir().unwrap();
    let linked = linked.path().join("linked");
    assert_eq!(git(scratch.path(), &["worktree", "add", "--quiet", linked.to_str().unwrap()]).status, 0);
    let file = linked.join("data").join(FILE);
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("route = \"trust_center_nda\"", "route = \"public\"")).unwrap();
    assert_eq!(commit(&linked, &["--all"]).status, 1);
    assert_eq!(commit(&linked, &["--all", "--no-verify"]).status, 0);
    assert_eq!(run_in(&linked, &["hook", "uninstall"]).status, 0);
    assert!(!scratch.path().join(".git/hooks/pre-commit").exists());
    assert!(!scratch.path().join(".git/hooks/pre-merge-commit").exists());
}

#[test]
fn a_hook_of_somebody_else_stays() {
    let scratch = committed();
    let hooks = scratch.path().join("hooks");
    scratch.git(&["config", "core.hooksPath", "hooks"]);
    fs::create_dir(&hooks).unwrap();
    let hook = hooks.join("pre-commit");
    fs::write(&hook, "#!/bin/sh\nexit 0\n").unwrap();
    let run = scratch.run(&["hook", "install"]);
    let advice = "add the line `cargo xtask lint --staged --quiet` to it, or replace it with `cargo xtask hook install --force`";
    assert!(run.status == 2 && run.stderr.contains(advice), "{}", run.stderr);
    assert_eq!(scratch.run(&["hook", "uninstall"]).status, 2);
    assert_eq!(fs::read_to_string(&hook).unwrap(), "#!/bin/sh\nexit 0\n");
    assert_eq!(scratch.run(&["hook", "install", "--force"]).status, 0);
    assert!(fs::read_to_string(&hook).unwrap().contains("cargo xtask lint --staged"));
    assert!(!scratch.path().join(".git/hooks/pre-commit").exists());
    assert_eq!(scratch.run(&["hook", "uninstall"]).status, 0);
    assert_eq!(scratch.run(&["hook", "uninstall"]).status, 0, "it is gone");
}

#[test]
fn links_in_the_folder_of_hooks_are_not_written_through() {
    let scratch = committed();
    let hooks = scratch.path().join(".git/hooks");
    fs::create_dir_all(&hooks).unwrap();
    let outside = scratch.path().join("outside");
    fs::write(&outside, "mine").unwrap();
    for name in ["pre-commit", "pre-commit.new", ".pre-commit.new", "pre-merge-commit.new"] {
        std::os::unix::fs::symlink(&outside, hooks.join(name)).unwrap();
    }
    assert_eq!(scratch.run(&["hook", "install"]).status, 2, "the link is not of this command");
    assert_eq!(scratch.run(&["hook", "install", "--force"]).status, 0);
    assert_eq!(fs::read_to_string(&outside).unwrap(), "mine");
    assert_eq!(outside.metadata().unwrap().permissions().mode() & 0o111, 0);
    assert!(hooks.join("pre-commit").metadata().unwrap().permissions().mode() & 0o111 != 0);
    assert!(!hooks.join("pre-commit").is_symlink());
}

#[test]
fn a_merge_without_a_conflict_is_judged_too() {
    let scratch = committed();
    let path = shim(&scratch);
    let environment = [("PATH", path.as_str())];
    let git = |arguments: &[&str]| -> Run { git_in(scratch.path(), arguments, &environment) };
    // Each side is good; together they leave an offering without its platform.
    scratch.git(&["checkout", "--quiet", "-b", "other"]);
    let offering = scratch.read("offerings/initech-host.toml");
    scratch.write(
        "offerings/initech-lite.toml",
        offering.replace("initech-host", "initech-lite").replace("Initech Open Models", "Initech Lite"),
    );
    scratch.git(&["add", "data"]);
    scratch.git(&["commit", "--quiet", "--message", "Lite"]);
    scratch.git(&["checkout", "--quiet", "main"]);
    let platform = scratch.read("platforms/initech-cloud.toml");
    fs::remove_file(scratch.file("platforms/initech-cloud.toml")).unwrap();
    scratch.write(
        "platforms/initech.toml",
        platform.replace("id = \"initech-cloud\"", "id = \"initech\"\nformer_ids = [\"initech-cloud\"]"),
    );
    for file in ["offerings/initech-host.toml", "offerings/globex-on-initech.toml"] {
        scratch.replace(file, "platform = \"initech-cloud\"", "platform = \"initech\"");
    }
    scratch.git(&["add", "data"]);
    scratch.git(&["commit", "--quiet", "--message", "Rename"]);
    assert_eq!(scratch.run(&["hook", "install"]).status, 0);

    let run = git(&["merge", "--quiet", "other"]);
    let told = run.stdout + &run.stderr;
    assert!(run.status != 0 && told.contains("entity/unknown-platform"), "{told}");
    assert!(told.contains("pre-merge-commit: refused"), "{told}");
    assert!(!told.contains("change/"), "what each side has done is known: {told}");
    // The merge waits for a commit, which is judged again.
    let run = git(&["commit", "--quiet", "--message", "All"]);
    assert!(run.status == 1 && run.stderr.contains("entity/unknown-platform"), "{}", run.stderr);
    assert_eq!(git(&["commit", "--quiet", "--no-verify", "--message", "All"]).status, 0);
}

#[test]
fn the_registry_may_be_in_a_folder_below() {
    let scratch = Scratch::new();
    let below = scratch.path().join("it's here/reg");
    fs::create_dir_all(&below).unwrap();
    fs::rename(scratch.file(""), below.join("data")).unwrap();
    scratch.commit_all();
    let path = shim(&scratch);
    let environment = [("PATH", path.as_str())];
    let commit =
        || git_in(scratch.path(), &["commit", "--quiet", "--all", "--message", "Change"], &environment);
    let run = run_in(&below, &["hook", "install"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let file = below.join("data").join(FILE);
    let good = fs::read_to_string(&file).unwrap();
    fs::write(&file, good.replace("route = \"trust_center_nda\"", "route = \"public\"")).unwrap();
    let run = commit();
    assert!(run.status == 1 && (run.stdout + &run.stderr).contains("cell/gated-without-gate"));
    fs::write(&file, good.replace("Acme's own API", "The API of Acme")).unwrap();
    assert_eq!(commit().status, 0);

    // From the top, the data folder is named.
    let data = below.join("data");
    assert_eq!(run_in(scratch.path(), &["hook", "install", "--data", data.to_str().unwrap()]).status, 0);
    let hook = fs::read_to_string(scratch.path().join(".git/hooks/pre-commit")).unwrap();
    assert!(hook.contains(r"--data 'it'\''s here/reg/data'"), "{hook}");
    fs::write(&file, good.replace("route = \"trust_center_nda\"", "route = \"public\"")).unwrap();
    assert_eq!(commit().status, 1);

    // Another registry of the same repository needs a hook of its own.
    let other = scratch.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::copy(below.join("data/registry.toml"), other.join("registry.toml")).unwrap();
    let install = ["hook", "install", "--data", "other"];
    let run = run_in(scratch.path(), &install);
    assert!(run.status == 2 && run.stderr.contains("lints another registry"), "{}", run.stderr);
    assert_eq!(run_in(scratch.path(), &[&install[..], &["--force"]].concat()).status, 0);

    // The data folder is the top.
    let top = Scratch::new();
    let data = top.file("");
    assert_eq!(git_in(&data, &["init", "--quiet"], &[]).status, 0);
    assert_eq!(run_in(&data, &["hook", "install", "--data", "."]).status, 0);
    let hook = fs::read_to_string(data.join(".git/hooks/pre-commit")).unwrap();
    assert!(hook.contains("registry=registry.toml") && hook.contains("--data ."), "{hook}");
}

/// Commits what is staged, with `cargo` in reach.
fn commit(scratch: &Scratch) -> Run {
    let path = scratch.path().join("bin");
    let path = format!("{}:{}", path.display(), std::env::var("PATH").unwrap());
    git_in(scratch.path(), &["commit", "--quiet", "--message", "Change"], &[("PATH", &path)])
}

#[test]
fn git_knows_whether_there_is_a_registry_and_not_the_work_tree() {
    let scratch = committed();
    shim(&scratch);
    assert_eq!(scratch.run(&["hook", "install"]).status, 0);
    spoil(&scratch);
    scratch.git(&["add", "data"]);

    // The file that makes the folder a registry, then the whole folder, is missing in the work tree alone.
    for missing in ["data/registry.toml", "data"] {
        let (missing, aside) = (scratch.path().join(missing), scratch.path().join("aside"));
        fs::rename(&missing, &aside).unwrap();
        let run = commit(&scratch);
        assert_eq!(run.status, 1, "{}", run.stderr);
        let told = run.stdout + &run.stderr;
        assert!(
            told.contains("cell/gated-without-gate") && told.contains("fix what is reported above"),
            "{told}"
        );
        let run = scratch.run(&["lint", "--staged", "--format", "concise"]);
        assert!(run.stdout.starts_with("data/offerings/acme-chat.toml:"), "{}{}", run.stdout, run.stderr);
        fs::rename(&aside, &missing).unwrap();
    }

    // A commit that deletes it.
    scratch.git(&["rm", "--quiet", "--cached", "data/registry.toml"]);
    let run = commit(&scratch);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!(run.stderr, @"
    error: the commit would delete the registry: data/registry.toml is in HEAD and not in the index; put it back with `git reset -- data/registry.toml`
    pre-commit: the registry was not checked (exit status 2): see above, or skip this check with --no-verify
    ");

    // A state without a registry is not of concern, whatever the work tree holds.
    scratch.git(&["rm", "--quiet", "--cached", "-r", "data"]);
    let no_verify = ["commit", "--quiet", "--no-verify", "--message", "Gone"];
    assert_eq!(git_in(scratch.path(), &no_verify, &[]).status, 0);
    scratch.git(&["add", "bin"]);
    let run = commit(&scratch);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
}

#[test]
fn a_tool_that_cannot_run_is_not_a_finding() {
    let scratch = committed();
    shim(&scratch);
    assert_eq!(scratch.run(&["hook", "install"]).status, 0);
    scratch.replace(FILE, "30 days", "14 days");
    scratch.git(&["add", "data"]);

    // A folder with git alone.
    let folder = scratch.path().join("git-alone");
    fs::create_dir(&folder).unwrap();
    let path = std::env::var("PATH").unwrap();
    let git =
        std::env::split_paths(&path).map(|folder| folder.join("git")).find(|git| git.is_file()).unwrap();
    std::os::unix::fs::symlink(git, folder.join("git")).unwrap();
    let arguments = ["commit", "--quiet", "--message", "Change"];
    let run = git_in(scratch.path(), &arguments, &[("PATH", folder.to_str().unwrap())]);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!(run.stderr, @"pre-commit: cargo was not found, so the registry was not checked: add the folder that holds it to PATH, or skip this check with --no-verify");

    // It does not build.
    let cargo = scratch.path().join("bin/cargo");
    fs::write(cargo, "#!/bin/sh\necho 'error: could not compile' >&2\nexit 101\n").unwrap();
    let run = commit(&scratch);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!(run.stderr, @"
    error: could not compile
    pre-commit: the registry was not checked (exit status 101): see above, or skip this check with --no-verify
    ");
}

/// What husky 9 writes: git runs `.husky/_/NAME`, which runs `.husky/NAME`.
fn husky(scratch: &Scratch) {
    scratch.git(&["config", "core.hooksPath", ".husky/_"]);
    let folder = scratch.path().join(".husky/_");
    fs::create_dir_all(&folder).unwrap();
    let run = "n=$(basename \"$0\")\ns=$(dirname \"$(dirname \"$0\")\")/$n\n[ ! -f \"$s\" ] && exit 0\nsh -e \"$s\" \"$@\"\n";
    fs::write(folder.join("h"), run).unwrap();
    for name in ["pre-commit", "pre-merge-commit"] {
        fs::write(folder.join(name), "#!/usr/bin/env sh\n. \"$(dirname \"$0\")/h\"").unwrap();
        fs::set_permissions(folder.join(name), fs::Permissions::from_mode(0o755)).unwrap();
    }
}

#[test]
fn hooks_of_husky_are_written_where_husky_runs_them() {
    let scratch = committed();
    shim(&scratch);
    husky(&scratch);
    let own = scratch.path().join(".husky/pre-commit");
    let shim = fs::read_to_string(scratch.path().join(".husky/_/pre-commit")).unwrap();
    let run = scratch.run(&["hook", "install", "--force"]);
    assert!(run.status == 0 && run.stdout.contains("/.husky/pre-commit, "), "{}{}", run.stdout, run.stderr);
    assert_eq!(fs::read_to_string(scratch.path().join(".husky/_/pre-commit")).unwrap(), shim);

    spoil(&scratch);
    scratch.git(&["add", "data"]);
    let run = commit(&scratch);
    assert!(run.status == 1 && run.stderr.contains("pre-commit: refused"), "{}", run.stderr);
    mend(&scratch);
    scratch.replace(FILE, "30 days", "14 days");
    scratch.replace(FILE, "retention_days = 30", "retention_days = 14");
    scratch.git(&["add", "data"]);
    assert_eq!(commit(&scratch).status, 0);
    assert_eq!(scratch.run(&["hook", "uninstall"]).status, 0);
    assert!(!own.exists());
    fs::write(&own, "npm test\n").unwrap();
    let run = scratch.run(&["hook", "install"]);
    assert!(run.status == 2 && run.stderr.contains(".husky/pre-commit was not written by"), "{}", run.stderr);
}

#[test]
fn a_hook_of_another_program_is_extended_by_its_settings() {
    let scratch = committed();
    for (program, address) in
        [("pre-commit", "https://pre-commit.com"), ("prek", "https://github.com/j178/prek")]
    {
        let hook = scratch.path().join(".git/hooks/pre-commit");
        fs::create_dir_all(hook.parent().unwrap()).unwrap();
        fs::write(hook, format!("#!/bin/sh\n# File generated by {program}: {address}\nexit 0\n")).unwrap();
        let run = scratch.run(&["hook", "install"]);
        let advice = "add a hook that runs `cargo xtask lint --staged --quiet` to .pre-commit-config.yaml";
        assert!(run.status == 2 && run.stderr.contains(advice), "{}", run.stderr);
    }
}

#[test]
fn a_folder_of_hooks_that_others_use_is_named() {
    let (scratch, shared) = (committed(), tempfile::tempdir().unwrap());
    let run = scratch.run(&["hook", "install"]);
    assert!(!run.stderr.contains("core.hooksPath"), "{}", run.stderr);
    scratch.git(&["config", "core.hooksPath", shared.path().to_str().unwrap()]);
    let run = scratch.run(&["hook", "install"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stderr.contains("core.hooksPath names a folder outside of this work tree"), "{}", run.stderr);
    // A repository without a registry may commit what it likes.
    let other = Scratch::empty();
    other.git(&["init", "--quiet"]);
    other.git(&["config", "core.hooksPath", shared.path().to_str().unwrap()]);
    fs::write(other.path().join("notes"), "x").unwrap();
    other.git(&["add", "notes"]);
    assert_eq!(git_in(other.path(), &["commit", "--quiet", "--message", "Notes"], &[]).status, 0);
}

#[test]
fn outside_of_a_commit_pre_commit_judges_the_whole_index() {
    let scratch = committed();
    spoil(&scratch);
    scratch.git(&["add", "data"]);
    scratch.git(&["commit", "--quiet", "--message", "Bad"]);
    let lint = |environment: &[(&str, &str)]| {
        support::run_with(scratch.path(), &["lint", "--staged", "--quiet"], "", environment)
    };
    let index = scratch.path().join(".git/index");
    let in_a_commit = [("PRE_COMMIT", "1"), ("GIT_INDEX_FILE", index.to_str().unwrap())];
    assert_eq!(lint(&in_a_commit).status, 0, "the commit makes nothing worse");
    let run = lint(&[("PRE_COMMIT", "1")]);
    assert!(run.status == 1 && run.stdout.contains("cell/gated-without-gate"), "{}", run.stdout);
    // What is staged is judged, not the work tree.
    mend(&scratch);
    assert_eq!(lint(&[("PRE_COMMIT", "1")]).status, 1);
    scratch.git(&["add", "data"]);
    assert_eq!(lint(&[("PRE_COMMIT", "1")]).status, 0);
}
