//! A write that is killed, or refused by the system, at any step.

use super::*;

/// The process that the next tests kill: it opens a folder, and writes to it unless it is only to recover it.
#[test]
fn child() {
    let variable = |name| std::env::var(name).ok();
    let (Some(root), Some(step)) = (variable("KILLED_IN"), variable("KILLED_AT")) else { return };
    let writes = if variable("KILLED_RECOVERING").is_some() { Vec::new() } else { writes().to_vec() };
    let _ = faulty(Path::new(&root), Fault::Killed(step.parse().unwrap()), &writes);
}

/// Runs that process. Says whether it was killed; else it has ended by itself.
fn killed(root: &Path, step: usize, recovering: bool) -> bool {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "write::tests::killed::child"]).stdout(Stdio::null()).stderr(Stdio::null());
    child.env("KILLED_IN", root).env("KILLED_AT", step.to_string());
    if recovering {
        child.env("KILLED_RECOVERING", "1");
    }
    child.status().unwrap().code().is_none()
}

#[test]
fn killed_at_any_step_it_is_finished_or_forgotten_by_the_next_writer() {
    let (old, new, mut journals) = (old(), new(), 0);
    for step in 1..=steps() {
        let folder = folder();
        assert!(killed(folder.path(), step, false), "step {step}: the child ended by itself");

        let journal = has_journal(folder.path());
        journals += usize::from(journal);
        let read = refuse_unfinished(folder.path());
        assert_eq!(matches!(read, Err(WriteError::Unfinished(_))), journal, "step {step}: {read:?}");
        assert_eq!(read.is_ok(), !journal);
        let writer = Writer::open(folder.path()).unwrap();
        assert_eq!(writer.recovered().written.len(), if journal { 4 } else { 0 });
        assert!(writer.recovered().left.is_empty());
        drop(writer);
        let found = files(folder.path());
        let done = journal || found == new;
        assert_eq!(found, if done { new.clone() } else { old.clone() }, "step {step}");
    }
    assert!(journals > 5, "{journals}");
}

#[test]
fn killed_again_while_it_is_recovered_it_is_recovered_all_the_same() {
    let (old, new) = (old(), new());
    // Before the journal is there, while it is, and between two renames.
    let first = (1..=steps()).find(|step| has_journal(stopped(*step).path())).unwrap();
    for step in [first - 2, first, last_rename()] {
        for again in 1.. {
            let folder = stopped(step);
            let journal = has_journal(folder.path());
            let was_killed = killed(folder.path(), again, true);
            Writer::open(folder.path()).unwrap();
            let found = files(folder.path());
            assert_eq!(
                found,
                if journal { new.clone() } else { old.clone() },
                "killed at {step}, then at {again}"
            );
            if !was_killed {
                assert!(again > 2, "the recovery takes steps");
                break;
            }
        }
    }
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
            Writer::with_disk(folder.path(), Disk { allow }).and_then(|writer| writer.write(writes()));
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
fn a_single_file_is_the_old_or_the_new_one_wherever_it_is_stopped() {
    for refuse in [Fault::Dead, Fault::Refused] {
        for step in 1.. {
            let folder = tempfile::tempdir().unwrap();
            let target = folder.path().join("baseline.json");
            fs::write(&target, "old").unwrap();
            FAULT.set(refuse(step));
            STEPS.set(0);
            let ended = single::replace_on(&Disk { allow }, &target, b"new", |_| Ok(()));
            let text = fs::read_to_string(&target).unwrap();
            assert_eq!(files(folder.path()).len(), 1, "step {step}");
            if STEPS.get() < step {
                assert!(ended.is_ok() && text == "new");
                break;
            }
            assert!(ended.is_err(), "step {step}");
            // The last step sees to it that the name of the new file stays.
            assert!(text == "old" || text == "new" && STEPS.get() == step, "step {step}: {text}");
        }
    }
}
