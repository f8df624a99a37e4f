//! Checkouts with the line ends of Windows.

use std::fs;

use crate::support::{Scratch, git_in, repository, run_in};

/// Clones a registry as git for Windows does.
fn cloned(scratch: &Scratch) -> tempfile::TempDir {
    scratch.commit_all();
    let folder = tempfile::tempdir().unwrap();
    let from = scratch.path().to_str().unwrap();
    let run = git_in(folder.path(), &["clone", "--quiet", "--config", "core.autocrlf=true", from, "."], &[]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    folder
}

#[test]
fn a_clone_on_windows_passes_ci() {
    let scratch = Scratch::new();
    for form in ["json-schema", "rules"] {
        assert_eq!(scratch.run(&["export", form]).status, 0);
    }
    fs::copy(repository().join(".gitattributes"), scratch.path().join(".gitattributes")).unwrap();
    let clone = cloned(&scratch);
    let run = run_in(clone.path(), &["ci"]);
    assert_eq!((run.status, run.stdout.matches("ok  ").count()), (0, 4), "{}{}", run.stdout, run.stderr);
    let run = run_in(clone.path(), &["export", "rules", "--check"]);
    assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{}", run.stderr);
}

#[test]
fn data_with_the_line_ends_of_windows_are_as_good() {
    let clone = cloned(&Scratch::new());
    assert!(fs::read_to_string(clone.path().join("data/registry.toml")).unwrap().contains("\r\n"));
    for arguments in [&["lint"][..], &["fmt", "--check"], &["lint", "--staged"], &["lint", "--since", "HEAD"]]
    {
        let run = run_in(clone.path(), arguments);
        assert_eq!(run.status, 0, "{arguments:?}: {}{}", run.stdout, run.stderr);
    }
}
