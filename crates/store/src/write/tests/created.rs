//! New files are created all or none.

use super::super::create::create_on;
use super::super::{NewFile, create_files, is_vacant};
use super::*;

fn new_files() -> Vec<NewFile> {
    let file = |path: &str| NewFile { path: path.to_owned(), bytes: path.as_bytes().to_vec() };
    vec![
        file("tombi.toml"),
        file("a/.vscode/settings.json"),
        file("a/data/dimensions.toml"),
        file("a/data/registry.toml"),
    ]
}

/// Creates the files on a faulty disk.
fn create(root: &Path, fault: Fault) -> Result<(), WriteError> {
    FAULT.set(fault);
    STEPS.set(0);
    create_on(Disk { allow }, root, &new_files())
}

#[test]
fn a_step_that_is_refused_leaves_nothing() {
    let whole = tempfile::tempdir().unwrap();
    create(whole.path(), Fault::Nothing).unwrap();
    let (steps, expected) = (STEPS.get(), files(whole.path()));
    assert!(steps > 20 && expected.len() == 4 && expected["a/data/registry.toml"] == "a/data/registry.toml");
    for step in 1..=steps {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("notes"), "n").unwrap();
        assert!(create(folder.path(), Fault::Refused(step)).is_err(), "step {step}");
        let left: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["notes"], "step {step}");
    }
}

/// What the next test kills: it creates the files.
#[test]
fn child() {
    let variable = |name| std::env::var(name).ok();
    if let (Some(root), Some(step)) = (variable("KILLED_IN"), variable("KILLED_AT")) {
        let _ = create(Path::new(&root), Fault::Killed(step.parse().unwrap()));
    }
}

#[test]
fn the_next_run_finishes_what_a_killed_one_has_begun() {
    let whole = tempfile::tempdir().unwrap();
    create(whole.path(), Fault::Nothing).unwrap();
    let (steps, expected) = (STEPS.get(), files(whole.path()));
    for step in 1..=steps {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "write::tests::created::child"]).stdout(Stdio::null()).stderr(Stdio::null());
        child.env("KILLED_IN", folder.path()).env("KILLED_AT", step.to_string());
        assert!(child.status().unwrap().code().is_none(), "step {step}: the child ended by itself");
        let is_registry = folder.path().join("a/data/registry.toml").exists();
        assert!(!is_registry || files(folder.path()) == expected, "step {step}: the last file is the last");
        assert!(is_vacant(folder.path(), "a/data", &new_files()).unwrap(), "step {step}");
        create_files(folder.path(), &new_files()).unwrap();
        assert_eq!(files(folder.path()), expected, "step {step}");
    }
}

#[test]
fn what_is_there_stays() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("a/data")).unwrap();
    let other = folder.path().join("a/data/dimensions.toml");
    fs::write(&other, "mine").unwrap();
    let refused = create_files(folder.path(), &new_files());
    assert!(matches!(&refused, Err(WriteError::Exists(path)) if *path == other), "{refused:?}");
    assert_eq!(files(folder.path()).len(), 1);
    fs::write(folder.path().join("a/data/notes"), "").unwrap();
    assert!(!is_vacant(folder.path(), "a/data", &new_files()).unwrap());
    assert!(is_vacant(folder.path(), "b", &new_files()).unwrap());
}

#[test]
#[cfg(unix)]
fn no_link_is_followed() {
    let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::os::unix::fs::symlink(outside.path(), folder.path().join("a")).unwrap();
    let refused = create_files(folder.path(), &new_files());
    assert!(matches!(&refused, Err(WriteError::NotPlain(_))), "{refused:?}");
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    assert!(!folder.path().join("tombi.toml").exists());
}
