//! A write is never found half done, at whatever step it is stopped.

mod changed;
mod created;
mod killed;
mod planted;

use std::cell::Cell;
use std::collections::BTreeMap;
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
        Fault::Killed(at) if step == at => kill(),
        Fault::Refused(at) if step == at => Err(io::ErrorKind::StorageFull.into()),
        Fault::Dead(at) if step >= at => Err(io::ErrorKind::StorageFull.into()),
        _ => Ok(()),
    }
}

/// Ends this process as a kill does.
fn kill() -> ! {
    if cfg!(unix) {
        let _ = Command::new("kill").args(["-KILL", &process::id().to_string()]).status();
    }
    process::abort()
}

/// Opens a folder and writes to it on a faulty disk. Gives how many steps that took.
fn faulty(root: &Path, fault: Fault, writes: &[Write]) -> (Result<(), WriteError>, usize) {
    FAULT.set(fault);
    STEPS.set(0);
    let ended =
        Writer::with_disk(root, Disk { allow }).and_then(|writer| writer.write(writes.iter().cloned()));
    (ended, STEPS.get())
}

fn write(path: &str, before: Option<&str>, after: &str) -> Write {
    Write {
        path: path.into(),
        before: before.map(|text| text.as_bytes().to_vec()),
        after: Some(after.as_bytes().to_vec()),
    }
}

const A: &str = "offerings/a.toml";
const P: &str = "platforms/p.toml";

const GONE: &str = "platforms/q.toml";

/// Two files that change, a new one in a folder that is new too, and one that goes.
fn writes() -> [Write; 4] {
    [
        write(A, Some("old a"), "new a"),
        write("organizations/o.toml", None, "new o"),
        write(P, Some("old p"), "p"),
        Write { path: GONE.to_owned(), before: Some(b"q".to_vec()), after: None },
    ]
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in
        [("registry.toml", "r"), (A, "old a"), ("offerings/b.toml", "b"), (P, "old p"), (GONE, "q")]
    {
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
fn writes_all_and_leaves_nothing_else() {
    let mut expected = old();
    for write in writes() {
        match write.after {
            Some(text) => expected.insert(write.path, String::from_utf8(text).unwrap()),
            None => expected.remove(&write.path),
        };
    }
    assert_eq!(new(), expected);
}

#[test]
fn each_file_is_staged_before_the_next_is_made() {
    let folder = folder();
    let staged = || files(folder.path()).keys().filter(|path| path.ends_with(".tmp")).count();
    let made = writes().into_iter().enumerate().map(|(number, write)| {
        assert_eq!(staged(), number);
        write
    });
    Writer::open(folder.path()).unwrap().write(made).unwrap();
    assert_eq!(files(folder.path()), new());
}

#[test]
fn a_file_refused_after_others_are_staged_leaves_nothing_of_them() {
    let folder = folder();
    let last = write("offerings/b.toml", Some("other"), "new");
    let refused = Writer::open(folder.path()).unwrap().write(writes().into_iter().chain([last]));
    assert!(matches!(refused, Err(WriteError::Changed(_))));
    assert_eq!(files(folder.path()), old());
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
