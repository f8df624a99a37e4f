//! An export owns the files in its folder that it wrote, and changes no others.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Run, Scratch, files};

/// The folder of the exports of a scratch registry.
fn out(scratch: &Scratch) -> PathBuf {
    scratch.path().join("out")
}

fn export(scratch: &Scratch, format: &str, more: &[&str]) -> Run {
    scratch.run(&[&["export", format, "--out", "out"], more].concat())
}

/// Runs an export that must be refused, and gives what it says. Nothing in the folder may change.
fn refused(scratch: &Scratch, format: &str, more: &[&str]) -> String {
    let before = files(&out(scratch));
    let run = export(scratch, format, more);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    assert!(files(&out(scratch)) == before);
    run.stderr
}

/// A line of a list.
fn line(bytes: &[u8], path: &str) -> String {
    format!("{}  {path}\n", export::sha256(bytes))
}

#[test]
fn what_no_longer_belongs_is_told_and_taken_away() {
    let scratch = Scratch::new();
    let out = out(&scratch);
    assert_eq!(export(&scratch, "json", &[]).status, 0);
    fs::write(out.join("mine.txt"), "mine").unwrap();
    assert_eq!(export(&scratch, "json", &["--check"]).status, 0);
    // Another format in the same folder has its own list.
    assert_eq!(export(&scratch, "markdown", &[]).status, 0);
    assert_eq!(export(&scratch, "json", &["--check"]).status, 0);
    fs::remove_file(scratch.file("offerings/initech-host.toml")).unwrap();

    let check = export(&scratch, "json", &["--check"]);
    assert_eq!(check.status, 1);
    assert!(check.stdout.contains("initech-host.json"), "{}", check.stdout);
    assert!(out.join("offerings/initech-host.json").exists());

    assert_eq!(export(&scratch, "json", &[]).status, 0);
    assert!(!out.join("offerings/initech-host.json").exists());
    assert!(out.join("mine.txt").exists());
    assert_eq!(export(&scratch, "json", &["--check"]).status, 0);
    let all = files(&out);
    let sums = String::from_utf8(all["json.sha256"].clone()).unwrap();
    let (mark, lines) = sums.split_once('\n').unwrap();
    assert!(mark.starts_with("# made by cargo xtask export: json, "), "{mark}");
    let made = all.iter().filter(|(path, _)| path.ends_with(".json"));
    assert_eq!(lines, made.map(|(path, bytes)| line(bytes, path)).collect::<String>());
    assert!(all.keys().all(|path| !path.starts_with('.')), "{:?}", all.keys());
}

#[test]
fn a_list_of_others_gives_no_right_to_a_file() {
    let scratch = Scratch::new();
    let out = out(&scratch);
    assert_eq!(export(&scratch, "json", &[]).status, 0);
    fs::create_dir(out.join("src")).unwrap();
    for path in ["src/main.rs", "offerings/mine.json", ".hidden.json"] {
        fs::write(out.join(path), "mine").unwrap();
    }
    fs::write(scratch.path().join("outside.json"), "mine").unwrap();
    let own = fs::read_to_string(out.join("json.sha256")).unwrap();
    let outside = scratch.path().join("outside.json").display().to_string();
    let foreign: String = ["src/main.rs", "offerings/mine.json", ".hidden.json", "../outside.json", &outside]
        .iter()
        .map(|path| line(b"mine", path))
        .collect();
    let marked = |lines: &str| {
        let sums = export::sha256(lines.as_bytes());
        format!("# made by cargo xtask export: json, lines below {sums}\n{lines}")
    };
    // As people write it; ours with more lines; ours of another format; no text.
    let other = own.replace("export: json", "export: csv");
    let lists: [&[u8]; 5] =
        [foreign.as_bytes(), &[own.as_bytes(), foreign.as_bytes()].concat(), other.as_bytes(), b"\xff", b""];
    for list in lists {
        fs::write(out.join("json.sha256"), list).unwrap();
        let told = refused(&scratch, "json", &[]);
        assert!(told.contains("out/json.sha256: nothing was written"), "{told}");
    }
    // Even a list with the right mark names only files that the format can make.
    fs::write(out.join("json.sha256"), marked(&foreign.replace("offerings/mine.json", "mine.json"))).unwrap();
    let run = export(&scratch, "json", &[]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    fs::write(out.join("json.sha256"), &foreign).unwrap();
    assert_eq!(export(&scratch, "json", &["--force"]).status, 0);
    assert_eq!(fs::read_to_string(out.join("json.sha256")).unwrap(), own);
    for path in ["src/main.rs", "offerings/mine.json", ".hidden.json", "../outside.json"] {
        assert_eq!(fs::read_to_string(out.join(path)).unwrap(), "mine", "{path}");
    }
}

#[test]
fn files_of_others_are_not_replaced() {
    for (format, path) in [
        ("json", "data.json"),
        ("json", "offerings/acme-chat.json"),
        ("csv", "cells.csv"),
        ("markdown", "README.md"),
        ("site", "index.html"),
        ("xlsx", "registry.xlsx"),
        ("json-schema", "offering.schema.json"),
        ("rules", "README.md"),
    ] {
        let scratch = Scratch::new();
        let file = out(&scratch).join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "mine").unwrap();
        let told = refused(&scratch, format, &[]);
        assert!(told.contains(&format!("out/{path}: nothing was written")), "{format}: {told}");
        assert_eq!(export(&scratch, format, &["--check"]).status, 1);

        assert_eq!(export(&scratch, format, &["--force"]).status, 0);
        let made = fs::read(&file).unwrap();
        assert_ne!(made, b"mine");
        assert_eq!(export(&scratch, format, &[]).status, 0);
        // What people change in a file that was exported is theirs again.
        fs::write(&file, "mine").unwrap();
        assert!(refused(&scratch, format, &[]).contains(path), "{format}");
        // A file with the same bytes is not in the way.
        fs::remove_dir_all(out(&scratch)).unwrap();
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, &made).unwrap();
        assert_eq!(export(&scratch, format, &[]).status, 0, "{format}");
    }
    assert_eq!(export(&Scratch::new(), "json", &["--check", "--force"]).status, 2);
}

#[test]
fn what_is_committed_is_known_by_its_mark() {
    let scratch = Scratch::new();
    for (format, path) in [("json-schema", "schema/registry.schema.json"), ("rules", "docs/rules/README.md")]
    {
        assert_eq!(scratch.run(&["export", format]).status, 0);
        let file = scratch.path().join(path);
        let made = fs::read_to_string(&file).unwrap();
        // As an older version made it, or git merged it.
        fs::write(&file, format!("{made}\n<<<<<<<\n")).unwrap();
        assert_eq!(scratch.run(&["export", format]).status, 0);
        assert_eq!(fs::read_to_string(&file).unwrap(), made);
        fs::write(&file, "mine").unwrap();
        assert_eq!(scratch.run(&["export", format]).status, 2);
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    }
}

#[test]
fn an_export_stays_apart_from_the_data() {
    let scratch = Scratch::new();
    fs::write(scratch.path().join("README.md"), "mine").unwrap();
    let before = files(scratch.path());
    let absolute = scratch.path().join("data").display().to_string();
    for folder in
        [".", "..", "/", "data", "data/", "data/offerings", "data/new/deeper", "new/../data", &absolute]
    {
        for more in [&[][..], &["--force"], &["--check"]] {
            for format in ["markdown", "site", "json-schema"] {
                let run = scratch.run(&[&["export", format, "--out", folder], more].concat());
                assert_eq!(run.status, 2, "{folder}");
                assert!(run.stderr.contains("name a separate folder with --out"), "{}", run.stderr);
            }
        }
    }
    assert!(files(scratch.path()) == before);
    // A neighbour whose name begins alike is another folder.
    assert_eq!(scratch.run(&["export", "json", "--out", "database"]).status, 0);
}

#[cfg(unix)]
mod on_unix {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    use super::*;

    /// Puts something at a path.
    type Put = fn(&Path);

    const ODD: [(&str, Put); 4] = [
        ("pipe", |path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success())),
        ("folder", |path| fs::create_dir(path).unwrap()),
        ("link", |path| symlink("../outside", path).unwrap()),
        ("device", |path| symlink("/dev/zero", path).unwrap()),
    ];

    #[test]
    fn what_is_no_plain_file_is_refused_and_not_waited_on() {
        let mut told = String::new();
        for (what, put) in ODD {
            let scratch = Scratch::new();
            let out = out(&scratch);
            fs::create_dir(&out).unwrap();
            fs::write(scratch.path().join("outside"), "outside").unwrap();
            for path in ["data.json", "json.sha256", "offerings", ".export.tmp", ".write.lock"] {
                if what == "folder" && ["offerings", ".export.tmp"].contains(&path) {
                    continue;
                }
                put(&out.join(path));
                for more in [&[][..], &["--force"], &["--check"]] {
                    if more == ["--check"] && path.starts_with('.') {
                        continue;
                    }
                    let run = export(&scratch, "json", more);
                    assert_eq!(run.status, 2, "{what} {path} {more:?}: {}", run.stderr);
                    if more.is_empty() && path != ".write.lock" {
                        let message = run.stderr.replace(scratch.path().to_str().unwrap(), "REPOSITORY");
                        write!(told, "{what} at {path}\n  {message}").unwrap();
                    }
                }
                let left: Vec<_> =
                    fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name()).collect();
                assert_eq!(left, [path]);
                let _ = fs::remove_file(out.join(path)).or_else(|_| fs::remove_dir(out.join(path)));
            }
            assert_eq!(fs::read_to_string(scratch.path().join("outside")).unwrap(), "outside");
        }
        insta::assert_snapshot!(told);
    }

    #[test]
    fn a_folder_that_leads_elsewhere_is_not_entered() {
        let scratch = Scratch::new();
        let outside = scratch.path().join("outside");
        fs::create_dir(&outside).unwrap();
        fs::create_dir(out(&scratch)).unwrap();
        symlink(&outside, out(&scratch).join("offerings")).unwrap();
        let run = export(&scratch, "json", &["--force"]);
        assert_eq!(run.status, 2);
        assert!(run.stderr.contains("out/offerings is a symbolic link"), "{}", run.stderr);
        assert!(files(&outside).is_empty());
        // A name for the data folder is the data folder.
        symlink(scratch.path().join("data"), scratch.path().join("name")).unwrap();
        for folder in ["name", "name/offerings", "name/.."] {
            let run = scratch.run(&["export", "json", "--out", folder]);
            assert!(run.stderr.contains("the data folder"), "{}", run.stderr);
        }
        let pipe = scratch.path().join("pipe");
        ODD[0].1(&pipe);
        let run = scratch.run(&["export", "json", "--out", "pipe"]);
        assert!(run.stderr.contains("it is not a folder"), "{}", run.stderr);
    }

    #[test]
    fn twins_of_a_file_stay_as_they_are() {
        let scratch = Scratch::new();
        assert_eq!(export(&scratch, "json", &[]).status, 0);
        let twins: Vec<_> = ["data.json", "json.sha256", "offerings/acme-chat.json"]
            .iter()
            .enumerate()
            .map(|(at, path)| {
                let twin = scratch.path().join(format!("twin-{at}"));
                fs::hard_link(out(&scratch).join(path), &twin).unwrap();
                (out(&scratch).join(path), fs::read(&twin).unwrap(), twin)
            })
            .collect();
        scratch.replace("offerings/acme-chat.toml", "name = \"Acme Chat\"", "name = \"Acme Talk\"");
        assert_eq!(export(&scratch, "json", &[]).status, 0);
        for (file, before, twin) in twins {
            assert!(fs::read(twin).unwrap() == before);
            assert!(fs::read(file).unwrap() != before);
        }
    }
}

#[test]
fn one_export_at_a_time_writes_to_a_folder() {
    let scratch = Scratch::new();
    assert_eq!(export(&scratch, "json", &[]).status, 0);
    scratch.replace("offerings/acme-chat.toml", "name = \"Acme Chat\"", "name = \"Acme Talk\"");
    let lock = store::Lock::take(&out(&scratch)).unwrap();
    let told = refused(&scratch, "json", &[]);
    let expected = format!(
        "error: process {} is writing to out: nothing was written, run the command again after it has ended\n",
        std::process::id()
    );
    assert_eq!(told, expected);
    drop(lock);
    assert_eq!(export(&scratch, "json", &[]).status, 0);
}

#[test]
fn what_a_killed_export_left_is_removed_and_nothing_else() {
    let scratch = Scratch::new();
    let out = out(&scratch);
    let staging = out.join(".export.tmp");
    fs::create_dir_all(&staging).unwrap();
    fs::write(staging.join("0"), "half").unwrap();
    fs::write(staging.join("17"), "half").unwrap();
    fs::write(out.join(".write.lock"), "4194305\n").unwrap();
    assert_eq!(export(&scratch, "csv", &[]).status, 0);
    assert!(files(&out).keys().all(|path| !path.starts_with('.')));

    fs::create_dir(&staging).unwrap();
    fs::write(staging.join("0"), "half").unwrap();
    fs::write(staging.join("mine"), "mine").unwrap();
    let told = refused(&scratch, "csv", &[]);
    assert!(told.contains("an export needs out/.export.tmp/mine"), "{told}");
}

#[test]
fn a_refused_export_makes_no_folder() {
    let scratch = Scratch::new();
    scratch.replace("organizations/acme.toml", "domains = [", &format!("domains = [{}", many_domains()));
    let run = export(&scratch, "xlsx", &[]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(!out(&scratch).exists());
}

/// So many domains that no cell of a workbook holds them, as items of a list.
fn many_domains() -> String {
    let label = "x".repeat(60);
    (0..400).fold(String::new(), |all, n| all + &format!("\"d{n}.{label}.{label}.example\", "))
}

#[test]
fn a_site_whose_registry_fits_no_workbook_is_published_without_it() {
    let scratch = Scratch::new();
    assert_eq!(export(&scratch, "site", &[]).status, 0);
    assert!(out(&scratch).join("xlsx/registry.xlsx").exists());
    scratch.replace("organizations/acme.toml", "domains = [", &format!("domains = [{}", many_domains()));
    let workbook = scratch.run(&["export", "xlsx"]);
    let site = export(&scratch, "site", &[]);
    assert_eq!(site.status, 0);
    let all = files(&out(&scratch));
    assert!(!all.keys().any(|path| path.starts_with("xlsx")), "the workbook of the state before is removed");
    let page = String::from_utf8(all["downloads/index.html"].clone()).unwrap();
    let said = page.lines().find(|line| line.contains("no workbook")).unwrap();
    insta::assert_snapshot!(format!(
        "export xlsx\n  {}export site\n  {}downloads/index.html\n  {said}\n",
        workbook.stderr, site.stderr
    ));
    assert_eq!(export(&scratch, "site", &["--check"]).status, 0);
}

#[test]
fn several_formats_share_a_folder() {
    let scratch = Scratch::new();
    let mut before = BTreeMap::new();
    for format in ["json", "csv", "markdown", "xlsx"] {
        assert_eq!(export(&scratch, format, &[]).status, 0);
    }
    assert_eq!(export(&scratch, "xlsx", &["--template"]).status, 0);
    for (path, bytes) in files(&out(&scratch)) {
        before.insert(path, bytes);
    }
    for format in ["json", "csv", "markdown", "xlsx"] {
        assert_eq!(export(&scratch, format, &[]).status, 0);
    }
    assert_eq!(export(&scratch, "xlsx", &["--template"]).status, 0);
    assert!(files(&out(&scratch)) == before);
    assert!(before.contains_key("xlsx-template.sha256") && before.contains_key("xlsx.sha256"));
}
