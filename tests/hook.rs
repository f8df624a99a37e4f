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
    assert_eq!(scratch.run(&["hook", "install"]).status, 0);
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
    assert!(run.status == 2 && run.stderr.contains("replace it with --force"), "{}", run.stderr);
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
    let run = run_in(scratch.path(), &["hook", "install", "--data", data.to_str().unwrap()]);
    assert!(run.status == 2 && run.stderr.contains("lints another registry"), "{}", run.stderr);
    let again = ["hook", "install", "--force", "--data", data.to_str().unwrap()];
    assert_eq!(run_in(scratch.path(), &again).status, 0);
    let hook = fs::read_to_string(scratch.path().join(".git/hooks/pre-commit")).unwrap();
    assert!(hook.contains(r"--data 'it'\''s here/reg/data'"), "{hook}");
    fs::write(&file, good.replace("route = \"trust_center_nda\"", "route = \"public\"")).unwrap();
    assert_eq!(commit().status, 1);

    // The data folder is the top.
    let top = Scratch::new();
    let data = top.file("");
    assert_eq!(git_in(&data, &["init", "--quiet"], &[]).status, 0);
    assert_eq!(run_in(&data, &["hook", "install", "--data", "."]).status, 0);
    let hook = fs::read_to_string(data.join(".git/hooks/pre-commit")).unwrap();
    assert!(hook.contains("[ -f ./registry.toml ]") && hook.contains("--data ."), "{hook}");
}
