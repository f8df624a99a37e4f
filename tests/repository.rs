//! The settings of a repository must not run a program, or make the linter check another state than the commit.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::support::{self, Scratch, git_in};

const FILE: &str = "offerings/acme-chat.toml";

/// A script that leaves a mark when it runs.
struct Trap {
    script: PathBuf,
    mark: PathBuf,
}

impl Trap {
    /// Sets one beside the data folder of a committed registry.
    fn set(scratch: &Scratch) -> Self {
        let (script, mark) = (scratch.path().join("trap.sh"), scratch.path().join("mark"));
        fs::write(&script, format!("#!/bin/sh\necho ran >> '{}'\nexit 1\n", mark.display())).unwrap();
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
        Self { script, mark }
    }

    /// The script, as a setting names it.
    fn path(&self) -> &str {
        self.script.to_str().unwrap()
    }

    /// Whether it has run since it was asked last.
    fn ran(&self) -> bool {
        fs::remove_file(&self.mark).is_ok()
    }
}

/// A setting that names a program: what makes it, and a git command that runs the program.
struct Setting {
    name: &'static str,
    make: fn(&Scratch, &Trap),
    control: &'static [&'static str],
}

/// Sets a setting of the repository.
fn set(scratch: &Scratch, key: &str, value: &str) {
    scratch.git(&["config", key, value]);
}

/// Gives all data files an attribute, and makes them look changed, so that git would read them again.
fn attribute(scratch: &Scratch, text: &str) {
    let info = scratch.path().join(".git/info");
    fs::create_dir_all(&info).unwrap();
    fs::write(info.join("attributes"), format!("*.toml {text}\n")).unwrap();
    touch(scratch);
}

/// Makes a data file look changed: it is another one of the same text, of another day, however coarse the clock is.
fn touch(scratch: &Scratch) {
    let text = scratch.read("registry.toml");
    fs::remove_file(scratch.file("registry.toml")).unwrap();
    scratch.write("registry.toml", text);
    let file = fs::File::options().write(true).open(scratch.file("registry.toml")).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(86_400)).unwrap();
}

/// A change of that data file.
const CHANGED: (&str, &str) = ("Acme's own API", "The API of Acme");

/// Takes the content of a data file out of the repository, which is said to be on a server, and out of the work tree.
fn lose(scratch: &Scratch, url: &str) {
    let id = scratch.git(&["rev-parse", &format!("HEAD:data/{FILE}")]);
    let (folder, name) = id.trim().split_at(2);
    fs::remove_file(scratch.path().join(".git/objects").join(folder).join(name)).unwrap();
    for (key, value) in [
        ("core.repositoryFormatVersion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", url),
    ] {
        set(scratch, key, value);
    }
    scratch.replace(FILE, CHANGED.0, CHANGED.1);
}

/// What always reads a file through its filter, whatever the clock says of it.
const HASHED: &[&str] = &["hash-object", "data/registry.toml"];

const SHOW_LOST: &[&str] = &["cat-file", "-p", "HEAD:data/offerings/acme-chat.toml"];

/// A folder that is its own repository, below the data folder.
fn submodule(scratch: &Scratch, trap: &Trap) {
    let folder = scratch.file("parts");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("part.toml"), "id = 1\n").unwrap();
    for arguments in [&["init", "--quiet"][..], &["add", "."], &["commit", "--quiet", "--message", "Part"]] {
        assert_eq!(git_in(&folder, arguments, &[]).status, 0, "{arguments:?}");
    }
    scratch.git(&["-c", "advice.addEmbeddedRepo=false", "add", "data/parts"]);
    scratch.git(&["commit", "--quiet", "--message", "Parts"]);
    git_in(&folder, &["config", "filter.x.clean", trap.path()], &[]);
    fs::write(folder.join(".git/info/attributes"), "*.toml filter=x\n").unwrap();
    fs::write(folder.join("part.toml"), "id = 2\n").unwrap();
}

/// A data folder that looks like a repository itself.
fn embedded(scratch: &Scratch, trap: &Trap) {
    let data = scratch.file("");
    for folder in ["objects", "refs"] {
        fs::create_dir(data.join(folder)).unwrap();
    }
    fs::write(data.join("HEAD"), "ref: refs/heads/main\n").unwrap();
    let top = scratch.path().display();
    let settings = format!(
        "[core]\nrepositoryformatversion = 0\nbare = false\nworktree = {top}\nfsmonitor = {}\n",
        trap.path()
    );
    fs::write(data.join("config"), settings).unwrap();
}

const HOOKS: [&str; 8] = [
    "pre-commit",
    "post-index-change",
    "post-checkout",
    "reference-transaction",
    "fsmonitor-watchman",
    "pre-auto-gc",
    "post-rewrite",
    "query-watchman",
];

/// Hooks in a folder.
fn hooks(folder: &Path, trap: &Trap) {
    fs::create_dir_all(folder).unwrap();
    for hook in HOOKS {
        fs::copy(&trap.script, folder.join(hook)).unwrap();
    }
}

const SETTINGS: &[Setting] = &[
    Setting {
        name: "filter.clean",
        make: |scratch, trap| {
            set(scratch, "filter.x.clean", trap.path());
            attribute(scratch, "filter=x");
        },
        control: HASHED,
    },
    Setting {
        name: "filter.smudge",
        make: |scratch, trap| {
            set(scratch, "filter.x.smudge", trap.path());
            attribute(scratch, "filter=x");
        },
        control: &["cat-file", "--filters", "HEAD:data/registry.toml"],
    },
    Setting {
        name: "filter.process",
        make: |scratch, trap| {
            set(scratch, "filter.x.process", trap.path());
            set(scratch, "filter.x.required", "true");
            attribute(scratch, "filter=x");
        },
        control: HASHED,
    },
    Setting {
        name: "a filter by a committed .gitattributes",
        make: |scratch, trap| {
            scratch.write(".gitattributes", "*.toml filter=x\n");
            scratch.git(&["add", "data/.gitattributes"]);
            scratch.git(&["commit", "--quiet", "--message", "Attributes"]);
            set(scratch, "filter.x.clean", trap.path());
            touch(scratch);
        },
        control: HASHED,
    },
    Setting { name: "a filter of a submodule", make: submodule, control: &["diff-files", "--name-only"] },
    Setting {
        name: "a server by ext::",
        make: |scratch, trap| {
            lose(scratch, &format!("ext::{} x", trap.path()));
            set(scratch, "protocol.ext.allow", "always");
        },
        control: SHOW_LOST,
    },
    Setting {
        name: "uploadpack",
        make: |scratch, trap| {
            lose(scratch, scratch.path().to_str().unwrap());
            set(scratch, "remote.origin.uploadpack", trap.path());
        },
        control: SHOW_LOST,
    },
    Setting {
        name: "core.sshCommand",
        make: |scratch, trap| {
            lose(scratch, "ssh://server.example/x");
            set(scratch, "core.sshCommand", trap.path());
        },
        control: SHOW_LOST,
    },
    Setting {
        name: "core.gitProxy",
        make: |scratch, trap| {
            lose(scratch, "git://server.example/x");
            set(scratch, "core.gitProxy", trap.path());
        },
        control: SHOW_LOST,
    },
    Setting {
        name: "core.fsmonitor",
        make: |scratch, trap| set(scratch, "core.fsmonitor", trap.path()),
        control: &["status"],
    },
    Setting {
        name: "hooks",
        make: |scratch, trap| hooks(&scratch.path().join(".git/hooks"), trap),
        control: &["commit", "--allow-empty", "--message", "Empty"],
    },
    Setting {
        name: "core.hooksPath",
        make: |scratch, trap| {
            hooks(&scratch.path().join("traps"), trap);
            set(scratch, "core.hooksPath", "traps");
        },
        control: &["commit", "--allow-empty", "--message", "Empty"],
    },
    Setting {
        name: "diff.external",
        make: |scratch, trap| {
            set(scratch, "diff.external", trap.path());
            touch(scratch);
            scratch.replace("registry.toml", "name = ", "name  = ");
        },
        control: &["diff"],
    },
    Setting {
        name: "textconv and diff.command",
        make: |scratch, trap| {
            set(scratch, "diff.x.textconv", trap.path());
            set(scratch, "diff.x.command", trap.path());
            attribute(scratch, "diff=x");
        },
        control: &["show", "HEAD"],
    },
    Setting {
        name: "an alias of every command that is run",
        make: |scratch, trap| {
            for command in [
                "rev-parse",
                "ls-files",
                "ls-tree",
                "cat-file",
                "diff-index",
                "merge-base",
                "for-each-ref",
                "x",
            ] {
                set(scratch, &format!("alias.{command}"), &format!("!{}", trap.path()));
            }
        },
        control: &["x"],
    },
    Setting {
        name: "pagers, editors and helpers",
        make: |scratch, trap| {
            for key in [
                "core.pager",
                "pager.ls-files",
                "pager.rev-parse",
                "core.editor",
                "core.askPass",
                "credential.helper",
                "gpg.program",
                "core.alternateRefsCommand",
                "interactive.diffFilter",
                "merge.x.driver",
                "trailer.x.command",
                "uploadpack.packObjectsHook",
            ] {
                set(scratch, key, trap.path());
            }
            set(scratch, "log.showSignature", "true");
            attribute(scratch, "merge=x");
        },
        control: &["commit", "--allow-empty"],
    },
    Setting {
        name: "a setting in a file that the settings include",
        make: |scratch, trap| {
            let file = scratch.path().join("more");
            fs::write(&file, format!("[core]\nfsmonitor = {}\n", trap.path())).unwrap();
            set(scratch, "include.path", file.to_str().unwrap());
        },
        control: &["status"],
    },
    Setting {
        name: "a data folder that looks like a repository",
        make: embedded,
        control: &["-C", "data", "status"],
    },
];

#[test]
fn no_setting_of_a_repository_runs_a_program() {
    for Setting { name, make, control } in SETTINGS {
        let scratch = Scratch::new();
        scratch.commit_all();
        let trap = Trap::set(&scratch);
        make(&scratch, &trap);
        trap.ran();
        let git = git_in(scratch.path(), control, &[]);
        assert!(trap.ran(), "{name}: git {control:?} runs it: {}{}", git.stdout, git.stderr);
        touch(&scratch);
        for command in [
            &["lint", "--staged"][..],
            &["lint", "--since", "HEAD"],
            &["lint", "--staged", "--since", "main"],
            &["lint", "--since", "mian"],
            &["hook", "install"],
            &["hook", "uninstall"],
            &["lint"],
        ] {
            let run = scratch.run(command);
            assert!(!trap.ran(), "{name}: {command:?}: {}{}", run.stdout, run.stderr);
            assert!(run.status >= 0 && !run.stderr.contains("panicked"), "{name}: {command:?}");
        }
    }
}

#[test]
fn content_that_the_repository_lacks_is_an_error_that_names_the_file() {
    let scratch = Scratch::new();
    scratch.commit_all();
    lose(&scratch, "https://server.example/x");
    let commit = scratch.git(&["rev-parse", "HEAD"]);
    let since = scratch.run(&["lint", "--since", "HEAD"]);
    let expected = format!("error: git does not have the content of data/{FILE} in commit {}", commit.trim());
    assert_eq!(since.status, 2);
    assert!(since.stderr.starts_with(&expected), "{}", since.stderr);
    assert!(
        since.stderr.contains(&format!("`git diff --stat {} -- data/`", commit.trim())),
        "{}",
        since.stderr
    );
    scratch.git(&["update-ref", "-d", "HEAD"]);
    let staged = scratch.run(&["lint", "--staged"]);
    assert_eq!(staged.status, 2);
    assert!(staged.stderr.contains(&format!("the content of data/{FILE} in the index")), "{}", staged.stderr);

    // What the work tree has is not asked of git.
    scratch.replace(FILE, CHANGED.1, CHANGED.0);
    scratch.git(&["update-ref", "HEAD", commit.trim()]);
    for scope in [&["--since", "HEAD"][..], &["--staged"]] {
        let run = scratch.run(&[&["lint"], scope].concat());
        assert_eq!(run.status, 0, "{}", run.stderr);
    }
}

#[test]
fn a_partial_clone_is_completed_by_the_command_that_the_error_names() {
    let server = Scratch::new();
    server.commit_all();
    server.replace(FILE, "Acme Chat", "Acme Talk");
    server.git(&["commit", "--quiet", "--all", "--message", "Rename"]);
    server.git(&["config", "uploadpack.allowFilter", "true"]);
    server.git(&["config", "uploadpack.allowAnySHA1InWant", "true"]);
    let clone = Scratch::empty();
    let url = format!("file://{}", server.path().display());
    clone.git(&["clone", "--quiet", "--filter=blob:none", &url, "."]);
    assert_eq!(clone.run(&["lint", "--staged"]).status, 0);
    let run = clone.run(&["lint", "--since", "HEAD~1"]);
    assert_eq!(run.status, 2, "{}", run.stdout);
    let (_, rest) = run.stderr.split_once("in a partial clone `git ").unwrap();
    let (command, _) = rest.split_once('`').unwrap();
    clone.git(&command.split(' ').collect::<Vec<_>>());
    assert_eq!(clone.run(&["lint", "--since", "HEAD~1"]).status, 0);
}

#[test]
fn what_was_committed_is_judged_and_not_what_replaces_it() {
    let scratch = Scratch::new();
    scratch.commit_all();
    let id = |scratch: &Scratch| scratch.git(&["rev-parse", &format!(":data/{FILE}")]).trim().to_owned();
    let good = id(&scratch);
    scratch.replace(FILE, "route = \"trust_center_nda\"", "route = \"public\"");
    scratch.git(&["add", "data"]);
    let bad = id(&scratch);
    assert_eq!(scratch.run(&["lint", "--staged"]).status, 1);
    scratch.git(&["replace", &bad, &good]);
    assert_eq!(scratch.run(&["lint", "--staged"]).status, 1);

    // A graft says that the last commit follows none.
    scratch.git(&["commit", "--quiet", "--message", "Bad"]);
    let head = scratch.git(&["rev-parse", "HEAD"]);
    fs::create_dir_all(scratch.path().join(".git/info")).unwrap();
    fs::write(scratch.path().join(".git/info/grafts"), head).unwrap();
    let run = scratch.run(&["lint", "--since", "HEAD~1"]);
    assert!(
        run.status == 1 && run.stdout.contains("cell/gated-without-gate"),
        "{}{}",
        run.stdout,
        run.stderr
    );
}

#[test]
fn a_promised_file_is_not_judged_and_an_empty_one_is() {
    for format in ["sha1", "sha256"] {
        let scratch = Scratch::new();
        scratch.git(&["init", "--quiet", "--initial-branch", "main", "--object-format", format]);
        scratch.git(&["add", "."]);
        scratch.git(&["commit", "--quiet", "--message", "Base"]);
        scratch.write("offerings/promised.toml", "id = \"promised\"\n");
        scratch.git(&["add", "--intent-to-add", "data/offerings/promised.toml"]);
        scratch.write("offerings/empty.toml", "");
        scratch.git(&["add", "data/offerings/empty.toml"]);
        let run = scratch.run(&["lint", "--staged", "--format", "concise"]);
        assert_eq!(run.status, 1, "{format}: {}", run.stderr);
        assert!(run.stdout.contains("data/offerings/empty.toml"), "{format}: {}", run.stdout);
        assert!(!run.stdout.contains("promised"), "{format}: {}", run.stdout);
    }
}

#[test]
fn an_empty_variable_of_git_counts_as_none() {
    let scratch = Scratch::new();
    scratch.commit_all();
    let environment = [("GIT_DIR", ""), ("GIT_WORK_TREE", ""), ("GIT_INDEX_FILE", "")];
    let run = support::run_with(scratch.path(), &["lint", "--staged"], "", &environment);
    assert_eq!(
        (run.status, run.stderr.as_str()),
        (0, "note: nothing is staged in the data folder, so nothing is checked\n")
    );
}
