//! A state of git is judged alike, whether its files are read from the work tree, because they are the same there, or
//! from git.

use std::fmt::Write;
use std::fs;

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{Scratch, files};

const FILE: &str = "offerings/acme-chat.toml";
const OTHER: &str = "offerings/initech-host.toml";

/// A change of a repository.
struct Change {
    name: &'static str,
    make: fn(&Scratch),
}

const CHANGES: &[Change] = &[
    Change { name: "nothing", make: |_| {} },
    Change { name: "a file", make: |scratch| stage(scratch, spoil) },
    Change {
        name: "a file that is changed again, in the same second and with the same size",
        make: |scratch| {
            stage(scratch, spoil);
            scratch.replace(FILE, "route = \"public\"", "route = \"pulbic\"");
        },
    },
    Change {
        name: "a file that is changed back",
        make: |scratch| {
            stage(scratch, spoil);
            scratch.write(FILE, scratch.git(&["show", "HEAD:data/offerings/acme-chat.toml"]));
        },
    },
    Change { name: "an unstaged file", make: spoil },
    Change {
        name: "a file that git takes for unchanged",
        make: |scratch| {
            scratch.git(&["update-index", "--assume-unchanged", "data/offerings/acme-chat.toml"]);
            spoil(scratch);
        },
    },
    Change {
        name: "a file that git does not look at",
        make: |scratch| {
            scratch.git(&["update-index", "--skip-worktree", "data/offerings/acme-chat.toml"]);
            spoil(scratch);
        },
    },
    Change {
        name: "a promised file",
        make: |scratch| {
            scratch.write("offerings/promised.toml", scratch.read(OTHER));
            scratch.git(&["add", "--intent-to-add", "data/offerings/promised.toml"]);
        },
    },
    Change {
        name: "an untracked file",
        make: |scratch| scratch.write("offerings/untracked.toml", "id = \"untracked\"\n"),
    },
    Change {
        name: "a deleted file",
        make: |scratch| stage(scratch, |scratch| fs::remove_file(scratch.file(FILE)).unwrap()),
    },
    Change {
        name: "a file under another name",
        make: |scratch| {
            stage(scratch, |scratch| {
                let text = scratch.read(FILE);
                fs::remove_file(scratch.file(FILE)).unwrap();
                let id = "id = \"acme-talk\"\nformer_ids = [\"acme-chat\"]";
                scratch.write("offerings/acme-talk.toml", text.replace("id = \"acme-chat\"", id));
            });
        },
    },
    Change {
        name: "a deleted file whose id another had, which does not change",
        make: |scratch| {
            let id = "id = \"initech-host\"\nformer_ids = [\"acme-chat\"]";
            scratch.replace(OTHER, "id = \"initech-host\"", id);
            scratch.git(&["commit", "--quiet", "--all", "--message", "Heir"]);
            stage(scratch, |scratch| fs::remove_file(scratch.file(FILE)).unwrap());
        },
    },
    Change {
        name: "the questions",
        make: |scratch| {
            let questions = scratch.read("dimensions.toml");
            scratch.write(
                "dimensions.toml",
                questions.replacen("level = \"platform\"", "level = \"developer\"", 1),
            );
            scratch.git(&["add", "data"]);
        },
    },
    Change {
        name: "the registry",
        make: |scratch| {
            stage(scratch, |scratch| {
                let text = scratch.read("registry.toml");
                let retired =
                    "\n[[retired]]\nentity = \"offering:acme-chat\"\non = 2026-07-01\nreason = \"Ended\"\n";
                scratch.write("registry.toml", text + retired);
                fs::remove_file(scratch.file(FILE)).unwrap();
            });
        },
    },
    Change {
        name: "a platform",
        make: |scratch| {
            stage(scratch, |scratch| {
                let file = "platforms/initech-cloud.toml";
                scratch.replace(file, "retention_days = 30", "retention_days = 60");
            });
        },
    },
    Change {
        name: "a link",
        make: |scratch| {
            let text = scratch.read(FILE);
            fs::remove_file(scratch.file(FILE)).unwrap();
            fs::write(scratch.path().join("elsewhere.toml"), text).unwrap();
            #[cfg(unix)]
            std::os::unix::fs::symlink("../../elsewhere.toml", scratch.file(FILE)).unwrap();
        },
    },
    Change {
        name: "line ends of Windows",
        make: |scratch| {
            scratch.git(&["config", "core.autocrlf", "true"]);
            fs::remove_dir_all(scratch.file("")).unwrap();
            scratch.git(&["checkout", "--", "data"]);
            stage(scratch, spoil);
        },
    },
    Change {
        name: "attributes",
        make: |scratch| {
            fs::write(scratch.path().join(".gitattributes"), "*.toml text eol=crlf ident\n").unwrap();
            scratch.write(FILE, scratch.read(FILE).replace('\n', "\r\n"));
            scratch.git(&["add", "data"]);
        },
    },
    Change {
        name: "a merge",
        make: |scratch| {
            scratch.git(&["checkout", "--quiet", "-b", "topic", "HEAD~1"]);
            scratch.replace("platforms/initech-cloud.toml", "retention_days = 30", "retention_days = 60");
            scratch.git(&["commit", "--quiet", "--all", "--message", "Topic"]);
            scratch.git(&["merge", "--quiet", "--no-commit", "--no-ff", "main"]);
            stage(scratch, spoil);
        },
    },
];

fn spoil(scratch: &Scratch) {
    scratch.replace(FILE, "route = \"trust_center_nda\"", "route = \"public\"");
}

fn stage(scratch: &Scratch, change: fn(&Scratch)) {
    change(scratch);
    scratch.git(&["add", "--all", "data"]);
}

/// A repository with faults of the first and of the second commit.
fn committed() -> Scratch {
    let scratch = Scratch::new();
    scratch.replace(FILE, "url = \"https://acme.example/soc2\"", "url = \"http://acme.example/soc2\"");
    scratch.commit_all();
    scratch.replace(OTHER, "id = \"initech-host\"", "id = \"initech-host\"\nstray = 1");
    scratch.git(&["commit", "--quiet", "--all", "--message", "Second"]);
    scratch
}

/// What is found, with the exit code and the messages.
fn found(scratch: &Scratch, scope: &[&str]) -> (i32, Value, String) {
    let run = scratch.run(&[&["lint", "--format", "json"], scope].concat());
    (run.status, run.json()["findings"].clone(), run.stderr)
}

/// Writes which rules find something where.
fn tell(all: &mut String, name: &str, scopes: &[String], found: &[(i32, Value, String)]) {
    let _ = writeln!(all, "{name}");
    for (scope, (status, findings, said)) in scopes.iter().zip(found) {
        let _ = writeln!(all, "{}", format!("  {scope}: {status} {said}").trim_end());
        for finding in findings.as_array().unwrap() {
            let _ = writeln!(
                all,
                "    {} {}",
                finding["rule"].as_str().unwrap(),
                finding["file"].as_str().unwrap()
            );
        }
    }
}

#[test]
fn the_index_is_judged_alike_with_and_without_a_work_tree() {
    let mut all = String::new();
    for Change { name, make } in CHANGES {
        let scratch = committed();
        make(&scratch);
        let scopes = [&["--staged"][..], &["--staged", "--since", "HEAD~1"]];
        let with = scopes.map(|scope| found(&scratch, scope));
        fs::remove_dir_all(scratch.file("")).unwrap();
        let without = scopes.map(|scope| found(&scratch, scope));
        assert_eq!(with, without, "{name}");
        tell(&mut all, name, &scopes.map(|scope| scope.join(" ")), &with);
    }
    assert_snapshot!(all);
}

#[test]
fn the_work_tree_is_judged_alike_beside_files_that_are_the_same_and_others() {
    let mut all = String::new();
    for Change { name, make } in CHANGES {
        let scratch = committed();
        make(&scratch);
        let scopes = ["HEAD~1", "main"].map(|revision| ["--since", revision]);
        let same = scopes.map(|scope| found(&scratch, &scope));
        // With a comment at its end, no file is the same.
        for (path, bytes) in files(&scratch.file("")) {
            if path.ends_with(".toml") && scratch.file(&path).symlink_metadata().unwrap().is_file() {
                scratch.write(&path, [&bytes[..], b"# A comment\n"].concat());
            }
        }
        let different = scopes.map(|scope| found(&scratch, &scope));
        assert_eq!(same, different, "{name}");
        tell(&mut all, name, &scopes.map(|scope| scope.join(" ")), &same);
    }
    assert_snapshot!(all);
}
