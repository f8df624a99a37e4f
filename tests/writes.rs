//! Commands that write: all files or none, however they end.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio, id};
use std::thread;

use crate::support::{Scratch, TODAY};
use export::sha256;
use store::Writer;

const SIGKILL: i32 = 9;
const SIGXFSZ: i32 = 25;
const JOURNAL: &str = ".write.journal";

/// Every file of the data folder, hidden ones too.
fn files(scratch: &Scratch) -> BTreeMap<String, Vec<u8>> {
    let (root, mut files) = (scratch.file(""), BTreeMap::new());
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                files
                    .insert(path.strip_prefix(&root).unwrap().display().to_string(), fs::read(path).unwrap());
            }
        }
    }
    files
}

/// A table that changes a cell of an offering and one of a platform, the latter into a long text.
fn table(scratch: &Scratch) -> String {
    let path = scratch.path().join("cells.csv");
    let note = "It holds for every region. ".repeat(580);
    let text = format!(
        "owner,dimension,note\noffering:acme-chat,soc2_type2,Read again.\nplatform:initech-cloud,retention_zdr,{}\n",
        note.trim_end()
    );
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

/// Imports the table where no file may have more than 16 KiB. Beyond that the system sends a signal,
/// which kills unless it is ignored: then it refuses the writing.
fn limited(scratch: &Scratch, table: &str, signal: &str) -> std::process::Output {
    let script = format!("ulimit -c 0; ulimit -f 32; {signal} exec \"$@\"");
    let command =
        ["-c", &script, "sh", env!("CARGO_BIN_EXE_xtask"), "import", "--write", table, "--today", TODAY];
    Command::new("sh").args(command).current_dir(scratch.path()).output().unwrap()
}

#[test]
fn a_full_disk_leaves_everything_as_it_was() {
    let scratch = Scratch::new();
    let (table, before) = (table(&scratch), files(&scratch));
    let output = limited(&scratch, &table, "trap '' XFSZ;");
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(
        told.contains("error: cannot write ") && told.contains("data/platforms/initech-cloud.toml: "),
        "{told}"
    );
    assert_eq!(files(&scratch), before);
}

#[test]
fn killed_before_the_journal_stands_nothing_has_happened() {
    let scratch = Scratch::new();
    let (table, before) = (table(&scratch), files(&scratch));
    let output = limited(&scratch, &table, "");
    assert_eq!(output.status.signal(), Some(SIGXFSZ));
    let left = files(&scratch);
    assert!(left.len() > before.len() && before.iter().all(|(path, bytes)| left[path] == *bytes));

    assert_eq!(scratch.run(&["lint"]).status, 0);
    assert_eq!(scratch.run(&["fmt", "-q"]).status, 0);
    assert_eq!(files(&scratch), before);
    assert_eq!(scratch.run(&["import", &table, "--write"]).status, 0);
    assert_eq!(files(&scratch).len(), before.len());
    assert_ne!(files(&scratch), before);
}

/// A registry with many offerings.
fn many() -> Scratch {
    let scratch = Scratch::new();
    let text = scratch.read("offerings/acme-chat.toml");
    for n in 0..100 {
        let text = text
            .replace("id = \"acme-chat\"", &format!("id = \"acme-chat-{n}\""))
            .replace("name = \"Acme Chat\"", &format!("name = \"Acme Chat {n}\""));
        scratch.write(&format!("offerings/acme-chat-{n}.toml"), text);
    }
    scratch
}

/// Runs a command and kills it as soon as that is due. Says whether it was killed by that.
fn killed(scratch: &Scratch, arguments: &[&str], is_due: fn(&Scratch) -> bool) -> bool {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).current_dir(scratch.path()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    while !is_due(scratch) && child.try_wait().unwrap().is_none() {
        thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap().signal() == Some(SIGKILL)
}

fn has_journal(scratch: &Scratch) -> bool {
    scratch.file(JOURNAL).exists()
}

/// A table that changes each of those offerings.
fn long_table(scratch: &Scratch) -> String {
    let rows = (0..100).map(|n| format!("offering:acme-chat-{n},soc2_type2,Read again.\n"));
    let path = scratch.path().join("many.csv");
    fs::write(&path, "owner,dimension,note\n".to_owned() + &rows.collect::<String>()).unwrap();
    path.display().to_string()
}

/// That registry as an import of the table has left it that was killed while it wrote.
fn half_written(table: &str, is_due: fn(&Scratch) -> bool) -> Scratch {
    // When exactly the signal comes, is not known; what must hold, holds always.
    let half = (0..100).find_map(|_| {
        let scratch = many();
        let killed = killed(&scratch, &["import", table, "--write", "--today", TODAY], is_due);
        (killed && scratch.file(JOURNAL).exists()).then_some(scratch)
    });
    half.expect("one of 100 runs is killed while it writes")
}

#[test]
fn killed_while_it_writes_it_is_finished_by_whichever_command_writes_next() {
    let whole = many();
    let old = files(&whole);
    let table = long_table(&whole);
    assert_eq!(whole.run(&["import", &table, "--write", "-q"]).status, 0);
    let new = files(&whole);
    assert_ne!(old, new);

    let killed_once = half_written(&table, has_journal);
    for reading in [&["lint"][..], &["fmt", "--check"], &["export", "csv"], &["import", &table], &["ci"]] {
        let run = killed_once.run(reading);
        assert_eq!(run.status, 2, "{reading:?}: {}", run.stdout);
        assert!(run.stderr.contains("a run was killed while it wrote to "), "{}", run.stderr);
        assert!(run.stderr.contains("such as `cargo xtask fmt`"), "{}", run.stderr);
    }
    let writing: [&[&str]; 4] = [
        &["fmt"],
        &["lint", "--fix"],
        &["import", &table, "--write"],
        &["new", "organization", "hooli", "--name", "Hooli"],
    ];
    for command in writing {
        let scratch = half_written(&table, has_journal);
        let run = scratch.run(command);
        let expected =
            "note: finished the write of a killed run: 100 files (data/offerings/acme-chat-0.toml, ";
        assert!(
            run.stderr.starts_with(expected) && run.stderr.ends_with(" and 90 more)\n"),
            "{}",
            run.stderr
        );
        let mut found = files(&scratch);
        found.remove("organizations/hooli.toml");
        assert!(found == new, "{command:?}");
    }
}

#[test]
fn what_a_killed_run_cannot_finish_is_named() {
    let whole = many();
    let (table, old) = (long_table(&whole), files(&whole));
    let scratch = half_written(&table, |scratch| {
        has_journal(scratch) && !scratch.file("offerings/.acme-chat-0.toml.write.tmp").exists()
    });
    let left = files(&scratch).into_keys();
    let lost: Vec<_> = left.filter(|path| path.ends_with(".write.tmp")).collect();
    lost.iter().for_each(|path| fs::remove_file(scratch.file(path)).unwrap());
    let told = scratch.run(&["fmt"]).stderr;
    let finished = format!("note: finished the write of a killed run: {}", count(100 - lost.len()));
    assert!(told.starts_with(&finished), "{told}");
    let kept = format!("\nnote: a killed run did not write {}", count(lost.len()));
    assert_eq!(told.contains(&kept), !lost.is_empty(), "{told}");
    assert_eq!(
        files(&scratch).into_iter().filter(|(path, bytes)| old.get(path) == Some(bytes)).count(),
        old.len() - 100 + lost.len()
    );

    assert_eq!(scratch.run(&["import", &table, "--write", "-q"]).status, 0);
    assert_eq!(whole.run(&["import", &table, "--write", "-q"]).status, 0);
    assert!(files(&scratch) == files(&whole));
}

/// "1 file (" or "2 files (".
fn count(files: usize) -> String {
    if files == 1 { "1 file (".to_owned() } else { format!("{files} files (") }
}

#[test]
fn a_journal_that_came_with_the_data_is_called_that_and_changes_nothing() {
    let scratch = Scratch::new();
    let target = "offerings/acme-chat.toml";
    let old = sha256(scratch.read(target).as_bytes());
    scratch.write("offerings/.acme-chat.toml.write.tmp", "id = \"other\"\n");
    let new = sha256(b"id = \"other\"\n");
    for text in [
        "garbage".to_owned(),
        format!(r#"{{"entries":[{{"path":"{target}","old":"{old}","new":null}}]}}"#),
        format!(r#"{{"mark":"1-1","entries":[{{"path":"{target}","old":"{old}","new":"{new}"}}]}}"#),
    ] {
        scratch.write(JOURNAL, &text);
        let before = files(&scratch);
        for command in [
            &["lint"][..],
            &["lint", "--fix"],
            &["lint", "--write-baseline"],
            &["fmt"],
            &["fmt", "--check"],
            &["export", "csv"],
            &["new", "platform", "hooli-cloud", "--name", "Hooli Cloud"],
            &["hook", "install"],
        ] {
            let run = scratch.run(command);
            assert_eq!(run.status, 2, "{command:?}: {}", run.stdout);
            assert!(
                run.stderr.contains("data/.write.journal is not a journal that this program wrote here: "),
                "{}",
                run.stderr
            );
            assert!(run.stderr.contains("check what it is, and remove it"), "{}", run.stderr);
        }
        assert!(files(&scratch) == before, "{text}");
    }
}

#[test]
fn a_baseline_is_one_file_and_what_is_beside_it_is_not_obeyed() {
    let scratch = Scratch::new();
    scratch.replace("offerings/acme-chat.toml", "route = \"trust_center_nda\"", "route = \"public\"");
    let source = scratch.path().join("main.rs");
    fs::write(&source, "fn main() {}\n").unwrap();
    let journal =
        format!(r#"{{"entries":[{{"path":"main.rs","old":"{}","new":null}}]}}"#, sha256(b"fn main() {}\n"));
    fs::write(scratch.path().join(JOURNAL), journal).unwrap();
    fs::write(scratch.path().join(".notes.write.tmp"), "mine").unwrap();
    let run = scratch.run(&["lint", "--write-baseline", "--quiet"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let mut names: Vec<_> = fs::read_dir(scratch.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, [".notes.write.tmp", JOURNAL, "baseline.json", "data", "main.rs"]);

    // A link is not written through.
    let path = scratch.path().join("baseline.json");
    fs::rename(&path, scratch.path().join("real.json")).unwrap();
    symlink("real.json", &path).unwrap();
    let before = fs::read(&path).unwrap();
    scratch.replace("offerings/acme-chat.toml", "route = \"public\"", "route = \"trust_center_nda\"");
    let run = scratch.run(&["lint", "--write-baseline", "--quiet"]);
    assert!(
        run.status == 2 && run.stderr.contains("baseline.json is a link or not a plain file"),
        "{}",
        run.stderr
    );
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn one_command_writes_at_a_time() {
    let scratch = Scratch::new();
    let before = files(&scratch);
    let writer = Writer::open(&scratch.file("")).unwrap();
    let run = scratch.run(&["fmt"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.starts_with(&format!("error: process {} is writing to ", id())), "{}", run.stderr);
    assert!(run.stderr.ends_with("nothing was written, run the command again after it has ended\n"));
    assert_eq!(scratch.run(&["lint"]).status, 0);
    drop(writer);
    // What a dead process has left stops no run.
    fs::write(scratch.file(".write.lock"), "4194305\n").unwrap();
    assert_eq!(scratch.run(&["fmt"]).status, 0);
    assert_eq!(files(&scratch), before);
}

#[test]
fn linked_files_and_folders_are_told_and_neither_read_nor_written() {
    let scratch = Scratch::new();
    let elsewhere = Scratch::new();
    let before = files(&elsewhere);
    fs::remove_dir_all(scratch.file("platforms")).unwrap();
    symlink(elsewhere.file("platforms"), scratch.file("platforms")).unwrap();
    fs::remove_file(scratch.file("offerings/acme-chat.toml")).unwrap();
    symlink(elsewhere.file("offerings/acme-chat.toml"), scratch.file("offerings/acme-chat.toml")).unwrap();

    let run = scratch.run(&["lint", "--format", "concise", "--select", "schema/syntax"]);
    let expected = "data/offerings/acme-chat.toml:1:1: error[schema/syntax] `offerings/acme-chat.toml` is not a plain file: links and folders are not followed\n\
        data/platforms:1:1: error[schema/syntax] `platforms` is not a real folder: links are not followed\n";
    assert_eq!((run.status, run.stdout.as_str()), (1, expected));
    scratch.commit_all();
    let staged = scratch.run(&["lint", "--staged", "--format", "concise", "--select", "schema/syntax"]);
    assert_eq!(staged.status, 0, "{}", staged.stdout);
    scratch.git(&["update-ref", "-d", "HEAD"]);
    let staged = scratch.run(&["lint", "--staged", "--format", "concise", "--select", "schema/syntax"]);
    assert_eq!((staged.status, staged.stdout.as_str()), (1, expected));

    for command in [
        &["new", "platform", "hooli-cloud", "--name", "Hooli Cloud"][..],
        &["import", &table(&scratch), "--write"],
    ] {
        let run = scratch.run(command);
        assert_ne!(run.status, 0, "{command:?}");
        assert_eq!(files(&elsewhere), before, "{command:?}");
    }
}
