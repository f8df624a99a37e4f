//! What must hold of a write: that nobody ever finds it half done, wherever it is stopped.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{self, Command, Stdio};

use tempfile::TempDir;

use super::*;

/// What happens to the steps of a write in this thread.
#[derive(Clone, Copy, PartialEq)]
enum Fault {
    Nothing,
    /// The process ends at this step.
    Killed(usize),
    /// The system refuses this step.
    Refused(usize),
    /// The system refuses this step and all that follow.
    Dead(usize),
}

thread_local! {
    static FAULT: Cell<Fault> = const { Cell::new(Fault::Nothing) };
    static STEPS: Cell<usize> = const { Cell::new(0) };
}

fn allow(_: &Path) -> io::Result<()> {
    let step = STEPS.get() + 1;
    STEPS.set(step);
    match FAULT.get() {
        Fault::Killed(at) if step == at => process::abort(),
        Fault::Refused(at) if step == at => Err(io::ErrorKind::StorageFull.into()),
        Fault::Dead(at) if step >= at => Err(io::ErrorKind::StorageFull.into()),
        _ => Ok(()),
    }
}

/// Opens a folder and writes to it on a faulty disk. Gives how many steps that took.
fn faulty(root: &Path, fault: Fault, writes: &[Write]) -> (Result<(), WriteError>, usize) {
    FAULT.set(fault);
    STEPS.set(0);
    let ended = Writer::with_disk(root, Disk { allow }).and_then(|writer| writer.write(writes));
    (ended, STEPS.get())
}

fn write(path: &str, before: Option<&str>, after: &str) -> Write {
    Write {
        path: path.into(),
        before: before.map(|text| text.as_bytes().to_vec()),
        after: after.as_bytes().to_vec(),
    }
}

const A: &str = "offerings/a.toml";
const P: &str = "platforms/p.toml";

/// Two files that change, and a new one in a folder that is new too.
fn writes() -> [Write; 3] {
    [
        write(A, Some("old a"), "new a"),
        write("organizations/o.toml", None, "new o"),
        write(P, Some("old p"), "p"),
    ]
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [("registry.toml", "r"), (A, "old a"), ("offerings/b.toml", "b"), (P, "old p")] {
        fs::create_dir_all(folder.path().join(path).parent().unwrap()).unwrap();
        fs::write(folder.path().join(path), text).unwrap();
    }
    folder
}

/// Every file there is, hidden ones too.
fn files(root: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else {
                let path = entry.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                files.insert(path, fs::read_to_string(entry).unwrap());
            }
        }
    }
    files
}

fn old() -> BTreeMap<String, String> {
    files(folder().path())
}

fn new() -> BTreeMap<String, String> {
    let folder = folder();
    write_all(folder.path(), &writes()).unwrap();
    files(folder.path())
}

/// A folder as a run that was killed at a step has left it.
fn stopped(step: usize) -> TempDir {
    let folder = folder();
    let (ended, _) = faulty(folder.path(), Fault::Dead(step), &writes());
    assert!(ended.is_err(), "step {step}");
    folder
}

/// How many steps the write takes.
fn steps() -> usize {
    faulty(folder().path(), Fault::Nothing, &writes()).1
}

fn has_journal(root: &Path) -> bool {
    root.join(JOURNAL).exists()
}

#[test]
fn writes_all_and_leaves_nothing_else() {
    let mut expected = old();
    for write in writes() {
        expected.insert(write.path, String::from_utf8(write.after).unwrap());
    }
    assert_eq!(new(), expected);
}

#[test]
fn a_changed_target_refuses_everything() {
    let folder = folder();
    let writes = [write("offerings/c.toml", None, "c"), write(A, Some("other"), "new")];
    assert!(matches!(write_all(folder.path(), &writes), Err(WriteError::Changed(_))));
    let writes = [write("offerings/c.toml", None, "c"), write("offerings/b.toml", None, "new")];
    assert!(matches!(write_all(folder.path(), &writes), Err(WriteError::Changed(_))));
    assert_eq!(files(folder.path()), old());
}

#[test]
fn a_target_changed_while_the_new_texts_are_written_refuses_everything() {
    thread_local!(static TARGET: std::cell::RefCell<Option<PathBuf>> = const { std::cell::RefCell::new(None) });
    let folder = folder();
    TARGET.set(Some(folder.path().join(A)));
    let allow = |path: &Path| {
        // While the last text is written, an editor saves the first target.
        if path.ends_with(P) {
            TARGET.with_borrow(|target| fs::write(target.as_ref().unwrap(), "edited"))?;
        }
        Ok(())
    };
    let writer = Writer::with_disk(folder.path(), Disk { allow }).unwrap();
    let error = writer.write(&writes()).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "{} has changed since it was read: nothing was written, run the command again",
            folder.path().join(A).display()
        )
    );
    drop(writer);
    let mut expected = old();
    expected.insert(A.to_owned(), "edited".to_owned());
    assert_eq!(files(folder.path()), expected);
}

/// The process that the next test kills.
#[test]
fn child() {
    let (Ok(root), Ok(step)) = (std::env::var("KILLED_IN"), std::env::var("KILLED_AT")) else { return };
    let _ = faulty(Path::new(&root), Fault::Killed(step.parse().unwrap()), &writes());
}

#[test]
fn killed_at_any_step_it_is_finished_or_forgotten_by_the_next_writer() {
    let (old, new, mut journals) = (old(), new(), 0);
    for step in 1..=steps() {
        let folder = folder();
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "write::tests::child"]).stdout(Stdio::null()).stderr(Stdio::null());
        child.env("KILLED_IN", folder.path()).env("KILLED_AT", step.to_string());
        let status = child.status().unwrap();
        assert_eq!(status.code(), None, "step {step}: the child ended by itself");

        let journal = has_journal(folder.path());
        journals += usize::from(journal);
        let read = refuse_unfinished(folder.path());
        assert_eq!(matches!(read, Err(WriteError::Unfinished(_))), journal, "step {step}: {read:?}");
        assert_eq!(read.is_ok(), !journal);
        let writer = Writer::open(folder.path()).unwrap();
        assert_eq!(writer.finished().len(), if journal { 3 } else { 0 });
        drop(writer);
        let found = files(folder.path());
        let done = journal || found == new;
        assert_eq!(found, if done { new.clone() } else { old.clone() }, "step {step}");
    }
    assert!(journals > 5, "{journals}");
}

#[test]
fn killed_again_while_it_is_finished_it_is_finished_all_the_same() {
    let (old, new) = (old(), new());
    for step in 1..=steps() {
        for again in 1.. {
            let folder = stopped(step);
            let journal = has_journal(folder.path());
            let (ended, _) = faulty(folder.path(), Fault::Dead(again), &[]);
            Writer::open(folder.path()).unwrap();
            let found = files(folder.path());
            let is_whole = found == new || found == old && !journal;
            assert!(is_whole, "stopped at {step}, then at {again}: {found:?}");
            if ended.is_ok() {
                break;
            }
        }
    }
}

#[test]
fn what_the_system_refuses_leaves_everything_as_it_was() {
    for step in 1..=steps() {
        let folder = folder();
        let (ended, _) = faulty(folder.path(), Fault::Refused(step), &writes());
        let error = ended.unwrap_err();
        assert!(matches!(error, WriteError::Store(_)), "step {step}: {error}");
        assert!(error.to_string().contains(folder.path().to_str().unwrap()), "step {step}: {error}");
        assert_eq!(files(folder.path()), old(), "step {step}: {error}");
    }
}

#[test]
fn killed_on_the_way_back_it_is_whole_after_the_next_writer() {
    thread_local!(static REFUSED: Cell<usize> = const { Cell::new(0) });
    // The last rename is refused, and some step after it ends everything.
    let refused = last_rename();
    let allow = |path: &Path| match STEPS.get() + 1 == REFUSED.get() {
        true => {
            STEPS.set(STEPS.get() + 1);
            Err(io::ErrorKind::PermissionDenied.into())
        }
        false => self::allow(path),
    };
    for step in refused + 1.. {
        let folder = folder();
        REFUSED.set(refused);
        FAULT.set(Fault::Dead(step));
        STEPS.set(0);
        let ended =
            Writer::with_disk(folder.path(), Disk { allow }).and_then(|writer| writer.write(&writes()));
        let is_back = !matches!(ended, Err(WriteError::Halfway(_)));
        assert!(ended.is_err());
        Writer::open(folder.path()).unwrap();
        let found = files(folder.path());
        assert!(found == old() || found == new() && !is_back, "step {step}: {found:?}");
        if is_back {
            break;
        }
    }
}

#[test]
fn one_writer_at_a_time() {
    let folder = folder();
    let writer = Writer::open(folder.path()).unwrap();
    let told = Writer::open(folder.path()).unwrap_err().to_string();
    let expected = format!(
        "process {} is writing to {}: nothing was written, run the command again when that has ended",
        process::id(),
        folder.path().display()
    );
    assert_eq!(told, expected);
    fs::write(folder.path().join(JOURNAL), "{}").unwrap();
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

/// The step that puts the last file in its place.
fn last_rename() -> usize {
    let is_before = |step: &usize| files(stopped(*step).path())[P] == "old p";
    (1..=steps()).take_while(is_before).last().unwrap()
}

/// A folder whose writing was stopped between two renames.
fn half_done() -> TempDir {
    let folder = stopped(last_rename());
    assert_eq!(files(folder.path())[A], "new a");
    folder
}

#[test]
fn a_file_changed_after_the_kill_is_not_overwritten() {
    let folder = half_done();
    let (target, temporary) = (folder.path().join(P), folder.path().join("platforms/.p.toml.write.tmp"));
    fs::write(&target, "edited").unwrap();
    let error = Writer::open(folder.path()).unwrap_err();
    let expected = format!(
        "a killed run was writing {}, which has changed since: delete {} to keep the file as it is, or the file to have what the run would have written, and run the command again",
        target.display(),
        temporary.display()
    );
    assert_eq!(error.to_string(), expected);
    assert!(has_journal(folder.path()) && temporary.exists());

    fs::remove_file(&temporary).unwrap();
    Writer::open(folder.path()).unwrap();
    assert_eq!(files(folder.path())[P], "edited");
    assert!(!has_journal(folder.path()));

    let folder = half_done();
    fs::remove_file(folder.path().join(P)).unwrap();
    Writer::open(folder.path()).unwrap();
    assert_eq!(files(folder.path()), new());

    let folder = half_done();
    fs::write(folder.path().join("platforms/.p.toml.write.tmp"), "meddled").unwrap();
    assert!(matches!(Writer::open(folder.path()), Err(WriteError::Disputed { .. })));
}

#[test]
fn what_is_no_journal_is_not_followed() {
    let entry = |path: &str| format!(r#"{{"entries":[{{"path":"{path}","old":null,"new":null}}]}}"#);
    for text in
        ["", "{}", "[]", "entries", &entry("../a.toml"), &entry("/a.toml"), &entry(".git/config"), &entry("")]
    {
        let folder = folder();
        fs::write(folder.path().join(JOURNAL), text).unwrap();
        let error = Writer::open(folder.path()).unwrap_err();
        assert!(matches!(error, WriteError::Journal { .. }), "{text}: {error}");
        assert_eq!(files(folder.path())[A], "old a");
    }
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
        assert!(matches!(&error, WriteError::NotPlain(path) if *path == place), "{link}: {error}");
        assert_eq!(files(outside), old(), "{link}");
        assert!(place.is_symlink());
    }
    // One in the place of a temporary file is no more than that: it goes.
    let folder = folder();
    symlink(outside.join(A), folder.path().join("offerings/.a.toml.write.tmp")).unwrap();
    write_all(folder.path(), &writes()).unwrap();
    assert_eq!((files(folder.path()), files(outside)), (new(), old()));
}

#[cfg(unix)]
#[test]
fn permissions_stay() {
    use std::os::unix::fs::PermissionsExt;

    let folder = folder();
    let target = folder.path().join(A);
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
    write_all(folder.path(), &writes()).unwrap();
    assert_eq!(target.metadata().unwrap().permissions().mode() & 0o777, 0o640);
}
