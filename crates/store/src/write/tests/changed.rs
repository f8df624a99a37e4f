//! Changes of the folder by others during a write, or before a killed run is recovered.

use std::cell::RefCell;

use super::*;

thread_local! {
    /// The folder that the next tests change in the middle of a write.
    static FOLDER: RefCell<Option<PathBuf>> = const { RefCell::new(None) };
    /// How often they have changed it.
    static CHANGES: Cell<usize> = const { Cell::new(0) };
}

/// The folder that is written to.
fn root() -> PathBuf {
    FOLDER.with_borrow(|folder| folder.clone().unwrap())
}

/// Writes to a folder in which something happens on the way. Returns the error.
fn disturbed(folder: &TempDir, allow: fn(&Path) -> io::Result<()>) -> WriteError {
    FOLDER.set(Some(folder.path().to_owned()));
    CHANGES.set(0);
    let error = Writer::with_disk(folder.path(), Disk { allow }).unwrap().write(writes()).unwrap_err();
    assert!(CHANGES.get() > 0, "it happens");
    error
}

/// Says whether it is asked for the first time.
fn once() -> bool {
    CHANGES.set(CHANGES.get() + 1);
    CHANGES.get() == 1
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
    let error = writer.write(writes()).unwrap_err();
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

#[test]
fn a_target_saved_between_two_renames_is_kept() {
    let folder = folder();
    let error = disturbed(&folder, |path| {
        // The first target takes its place once the journal is there.
        if path.ends_with(A) && has_journal(&root()) && once() {
            fs::write(root().join(P), "edited")?;
        }
        Ok(())
    });
    assert!(matches!(&error, WriteError::Changed(path) if path.ends_with(P)), "{error}");
    let mut expected = old();
    expected.insert(P.to_owned(), "edited".to_owned());
    assert_eq!(files(folder.path()), expected);
}

#[test]
fn a_new_text_that_is_removed_on_the_way_refuses_everything() {
    let folder = folder();
    let error = disturbed(&folder, |path| {
        if path.ends_with(A) && has_journal(&root()) && once() {
            fs::remove_file(root().join("platforms/.p.toml.write.tmp"))?;
        }
        Ok(())
    });
    assert!(matches!(&error, WriteError::Removed(path) if path.ends_with(P)), "{error}");
    assert_eq!(files(folder.path()), old());
}

#[cfg(unix)]
#[test]
fn a_folder_replaced_by_a_link_on_the_way_is_not_written_through() {
    thread_local!(static OUTSIDE: RefCell<Option<PathBuf>> = const { RefCell::new(None) });
    let outside = folder();
    OUTSIDE.set(Some(outside.path().to_owned()));
    let folder = folder();
    let error = disturbed(&folder, |path| {
        if path.ends_with(P) && once() {
            fs::rename(root().join("platforms"), root().join("moved"))?;
            let to = OUTSIDE.with_borrow(|outside| outside.clone().unwrap());
            std::os::unix::fs::symlink(to.join("platforms"), root().join("platforms"))?;
        }
        Ok(())
    });
    assert!(matches!(&error, WriteError::NotPlain(path) if path.ends_with("platforms")), "{error}");
    assert_eq!(files(outside.path()), old());
    assert_eq!(files(folder.path())[A], "old a");
}

#[test]
fn a_file_changed_after_the_kill_is_not_overwritten() {
    let folder = half_done();
    let (target, temporary) = (folder.path().join(P), folder.path().join("platforms/.p.toml.write.tmp"));
    fs::write(&target, "edited").unwrap();
    let error = Writer::open(folder.path()).unwrap_err();
    let expected = format!(
        "a killed run was writing {}, which has changed since: to keep the file as it is, delete {}; to get what the run would have written, delete the file; then run the command again",
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
fn a_file_whose_new_text_is_gone_stays_as_it_is_and_is_named() {
    let folder = half_done();
    fs::remove_file(folder.path().join("platforms/.p.toml.write.tmp")).unwrap();
    let writer = Writer::open(folder.path()).unwrap();
    assert_eq!(writer.recovered().written, [A, "organizations/o.toml", GONE]);
    assert_eq!(writer.recovered().left, [P]);
    drop(writer);
    assert_eq!(files(folder.path())[P], "old p");
    assert!(!has_journal(folder.path()));
}

#[test]
fn a_folder_that_is_gone_does_not_stop_the_recovery() {
    let folder = half_done();
    fs::remove_dir_all(folder.path().join("platforms")).unwrap();
    fs::remove_dir_all(folder.path().join("offerings")).unwrap();
    let writer = Writer::open(folder.path()).unwrap();
    assert_eq!(writer.recovered().written, ["organizations/o.toml", GONE]);
    assert_eq!(writer.recovered().left, [A, P]);
    drop(writer);
    assert_eq!(
        files(folder.path()).into_keys().collect::<Vec<_>>(),
        ["organizations/o.toml", "registry.toml"]
    );
}
