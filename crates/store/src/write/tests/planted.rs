//! Files that came with the data, or that another program wrote.

use super::*;

/// Writes a journal as if it were one of this program, of which only the entries are not.
fn plant(root: &Path, entries: &str) {
    let path = root.join(JOURNAL);
    fs::write(&path, "").unwrap();
    let mark = plain::mark(&path.metadata().unwrap());
    fs::write(&path, format!(r#"{{"mark":"{mark}","entries":[{entries}]}}"#)).unwrap();
}

/// Makes sure that what has the name of a journal is called what it is, to readers and writers, and is not followed.
fn assert_refused(folder: &Path, what: &str) {
    let before = files(folder);
    let read = refuse_unfinished(folder).unwrap_err();
    let written = Writer::open(folder).unwrap_err();
    assert!(matches!(written, WriteError::Journal { .. }), "{what}: {written}");
    assert_eq!(read.to_string(), written.to_string(), "{what}");
    assert!(read.to_string().contains("check what it is, and remove it"), "{read}");
    assert_eq!(files(folder), before, "{what}");
}

#[test]
fn what_is_no_journal_is_not_followed() {
    for text in ["", "{}", "[]", "entries", "\u{0}", r#"{"entries":[]}"#, r#"{"mark":"","entries":[]}"#] {
        let folder = folder();
        fs::write(folder.path().join(JOURNAL), text).unwrap();
        assert_refused(folder.path(), text);
    }
    for path in [
        "../a.toml",
        "/a.toml",
        ".git/config",
        "",
        "notes.toml",
        "offerings/../registry.toml",
        "offerings/a/b.toml",
        "offerings/.a.toml",
        "./registry.toml",
        "offerings//a.toml",
        "offerings",
        "src/main.rs",
        ".write.lock",
    ] {
        let folder = folder();
        plant(folder.path(), &format!(r#"{{"path":"{path}","old":null,"new":null}}"#));
        assert_refused(folder.path(), path);
    }
}

#[test]
fn a_journal_too_large_to_be_one_is_not_read() {
    let folder = folder();
    let file = fs::File::create(folder.path().join(JOURNAL)).unwrap();
    file.set_len(1 << 40).unwrap();
    let error = refuse_unfinished(folder.path()).unwrap_err().to_string();
    assert!(error.contains("it has more than 67108864 bytes"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_journal_that_came_with_the_data_is_not_followed() {
    // A whole folder, as a run that was killed has left it, comes with a clone or an archive.
    let killed = half_done();
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files(killed.path()) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    assert_refused(folder.path(), "copied");
    // Where it was written, it is one, even if the folder has another name.
    let moved = folder.path().join("moved");
    fs::rename(killed.path(), &moved).unwrap();
    Writer::open(&moved).unwrap();
    assert_eq!(files(&moved), new());
}

#[test]
fn only_data_files_are_written() {
    let folder = folder();
    for path in ["notes.txt", "../a.toml", "offerings/.a.toml", ".write.journal", "offerings/a/b.toml"] {
        let error =
            write_all(folder.path(), &[write(A, Some("old a"), "new"), write(path, None, "x")]).unwrap_err();
        assert!(matches!(error, WriteError::NoDataFile(_)), "{path}: {error}");
    }
    let large = " ".repeat(MAX_FILE_BYTES as usize + 1);
    let error = write_all(folder.path(), &[write(A, Some("old a"), &large)]).unwrap_err();
    assert!(matches!(error, WriteError::TooLarge { .. }), "{error}");
    assert_eq!(files(folder.path()), old());
}

#[test]
fn one_writer_at_a_time() {
    let folder = folder();
    let writer = Writer::open(folder.path()).unwrap();
    let told = Writer::open(folder.path()).unwrap_err().to_string();
    let expected = format!(
        "process {} is writing to {}: nothing was written, run the command again after it has ended",
        process::id(),
        folder.path().display()
    );
    assert_eq!(told, expected);
    plant(folder.path(), "");
    assert!(matches!(refuse_unfinished(folder.path()), Err(WriteError::Locked { number: Some(_), .. })));
    fs::remove_file(folder.path().join(JOURNAL)).unwrap();
    drop(writer);
    assert_eq!(files(folder.path()), old());
}

#[test]
fn the_lock_of_a_dead_process_is_taken_over() {
    let folder = folder();
    fs::write(folder.path().join(".write.lock"), "4194305\n").unwrap();
    write_all(folder.path(), &writes()).unwrap();
    assert_eq!(files(folder.path()), new());
}

#[cfg(unix)]
#[test]
fn links_are_not_written_through() {
    use std::os::unix::fs::symlink;

    let elsewhere = folder();
    let outside = elsewhere.path();
    for (link, to, writes) in [
        (A, A, [write(A, Some("old a"), "new a")]),
        ("platforms", "platforms", [write(P, Some("old p"), "p")]),
        ("organizations", "platforms", [write("organizations/o.toml", None, "o")]),
        (".write.lock", A, [write(P, Some("old p"), "p")]),
        (JOURNAL, A, [write(P, Some("old p"), "p")]),
    ] {
        let folder = folder();
        let place = folder.path().join(link);
        let _ = fs::remove_file(&place).or_else(|_| fs::remove_dir_all(&place));
        symlink(outside.join(to), &place).unwrap();
        let error = write_all(folder.path(), &writes).unwrap_err();
        assert!(error.to_string().contains(place.to_str().unwrap()), "{link}: {error}");
        assert_eq!(files(outside), old(), "{link}");
        assert!(place.is_symlink());
    }
    // One in the place of a temporary file is no more than that: it goes.
    let folder = folder();
    symlink(outside.join(A), folder.path().join("offerings/.a.toml.write.tmp")).unwrap();
    write_all(folder.path(), &writes()).unwrap();
    assert_eq!((files(folder.path()), files(outside)), (new(), old()));
}

/// Makes something at a path.
#[cfg(unix)]
type Make = fn(&Path);

/// Things that are no file, by name.
#[cfg(unix)]
fn others() -> [(&'static str, Make); 3] {
    let pipe = |path: &Path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    let socket = |path: &Path| drop(std::os::unix::net::UnixListener::bind(path).unwrap());
    [("folder", |path| fs::create_dir(path).unwrap()), ("pipe", pipe), ("socket", socket)]
}

#[cfg(unix)]
#[test]
fn what_is_no_lock_of_this_program_stays_as_it_is() {
    for (name, make) in others() {
        let folder = folder();
        let lock = folder.path().join(".write.lock");
        make(&lock);
        let error = write_all(folder.path(), &writes()).unwrap_err();
        assert!(matches!(&error, WriteError::InTheWay(path) if *path == lock), "{name}: {error}");
        assert!(lock.symlink_metadata().is_ok(), "{name}");
        // One that reads does not wait for it either, even beside a journal.
        plant(folder.path(), "");
        assert!(matches!(refuse_unfinished(folder.path()), Err(WriteError::Unfinished(_))), "{name}");
    }
    for text in ["mine", "12\n34\n", "123456789012", "12 "] {
        let folder = folder();
        let lock = folder.path().join(".write.lock");
        fs::write(&lock, text).unwrap();
        let error = write_all(folder.path(), &writes()).unwrap_err();
        assert!(matches!(error, WriteError::InTheWay(_)), "{text}: {error}");
        assert_eq!(fs::read_to_string(&lock).unwrap(), text);
    }
    // A file with two names.
    let folder = folder();
    let (lock, twin) = (folder.path().join(".write.lock"), folder.path().join("twin"));
    fs::write(&twin, "12\n").unwrap();
    fs::hard_link(&twin, &lock).unwrap();
    assert!(matches!(write_all(folder.path(), &writes()), Err(WriteError::InTheWay(_))));
    assert_eq!(fs::read_to_string(&twin).unwrap(), "12\n");
}

#[cfg(unix)]
#[test]
fn what_has_the_name_of_a_temporary_file_goes_unless_it_is_a_folder() {
    for (name, make) in others() {
        // In a name that is not needed it is left alone.
        let folder = folder();
        make(&folder.path().join("offerings/.x.write.tmp"));
        write_all(folder.path(), &writes()).unwrap();
        assert!(folder.path().join("offerings/.x.write.tmp").symlink_metadata().is_ok(), "{name}");

        let folder = super::folder();
        let temporary = folder.path().join("offerings/.a.toml.write.tmp");
        make(&temporary);
        let ended = write_all(folder.path(), &writes());
        if name == "folder" {
            assert!(matches!(ended, Err(WriteError::InTheWay(path)) if path == temporary));
            fs::remove_dir(&temporary).unwrap();
            assert_eq!(files(folder.path()), old());
        } else {
            ended.unwrap();
            assert_eq!(files(folder.path()), new(), "{name}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_single_file_is_written_without_obeying_anything_in_its_folder() {
    let folder = folder();
    plant(folder.path(), r#"{"path":"offerings/a.toml","old":null,"new":null}"#);
    fs::create_dir(folder.path().join(".write.lock")).unwrap();
    let target = folder.path().join("baseline.json");
    replace_unchanged(&target, None, b"one").unwrap();
    replace_unchanged(&target, Some(b"one"), b"two").unwrap();
    assert!(matches!(replace_unchanged(&target, Some(b"one"), b"three"), Err(WriteError::Changed(_))));
    assert!(matches!(replace_unchanged(&target, None, b"three"), Err(WriteError::Changed(_))));
    assert_eq!(fs::read_to_string(&target).unwrap(), "two");
    assert_eq!(files(folder.path())[A], "old a");

    let link = folder.path().join("link.json");
    std::os::unix::fs::symlink(&target, &link).unwrap();
    assert!(matches!(replace_unchanged(&link, Some(b"two"), b"three"), Err(WriteError::NotPlain(_))));
    replace_file(&link, b"three", |_| Ok(())).unwrap();
    assert!(!link.is_symlink() && fs::read_to_string(&target).unwrap() == "two");
}
