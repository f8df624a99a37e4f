//! A state beside one that was judged before: what comes of it is the same, and what both have is read once.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::HashSet;
use std::sync::Mutex;

use lint::{Base, Digest, Linter, Selection};
use model::Date;
use registry::{Files, Judgement, judge};
use store::{FileContent, Source, StoreError, Transaction, WorkTree};

fn tree() -> WorkTree {
    WorkTree::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/base")).unwrap()
}

/// A source that notes what is read of it.
struct Noted<'s>(&'s dyn Source, Mutex<Vec<String>>);

impl Source for Noted<'_> {
    fn list(&self) -> Result<Vec<String>, StoreError> {
        self.0.list()
    }

    fn read(&self, path: &str) -> Result<FileContent, StoreError> {
        self.1.lock().unwrap().push(path.to_owned());
        self.0.read(path)
    }
}

/// What judging a changed registry finds alone and beside what it was, the digest of one that is compared with
/// nothing, and the files that are read beside it.
fn judged(change: impl Fn(&mut Transaction<'_>)) -> (([Judgement; 2], Digest), Vec<String>) {
    let before = tree();
    let linter = Linter::new(Selection::default());
    let today: Date = "2026-07-15".parse().unwrap();
    let mut after = Transaction::new(&before);
    change(&mut after);
    let judgement = judge(Files::open(&before).unwrap(), Some(&[]), &linter, today).unwrap();
    let bases = [Base { digest: &judgement.digest, done: HashSet::new() }];
    let alone = judge(Files::open(&after).unwrap(), Some(&bases), &linter, today).unwrap();
    let without = judge(Files::open(&after).unwrap(), None, &linter, today).unwrap().digest;

    let is_same = |path: &str| !after.changes_file(path);
    let noted = Noted(&after, Mutex::default());
    let earlier = Files::open(&before).unwrap();
    let beside = Files::open_beside(&noted, &earlier, &is_same).unwrap();
    let shares = earlier.shares_with(&beside, &is_same);
    let earlier = if shares { earlier.compared(&is_same) } else { earlier };
    let judgement = judge(earlier, Some(&[]), &linter, today).unwrap();
    let bases = [Base { digest: &judgement.digest, done: HashSet::new() }];
    let beside = if shares { beside.beside(&judgement, &is_same) } else { beside };
    let beside = judge(beside, Some(&bases), &linter, today).unwrap();
    let mut read = noted.1.into_inner().unwrap();
    read.sort();
    read.dedup();
    (([alone, beside], without), read)
}

fn offerings(read: &[String]) -> Vec<&str> {
    read.iter().map(String::as_str).filter(|path| path.starts_with("offerings/")).collect()
}

fn assert_same(([alone, beside], without): &([Judgement; 2], Digest), what: &str) {
    assert_eq!(alone.findings, beside.findings, "{what}");
    assert_eq!(alone.counts, beside.counts, "{what}");
    assert!(alone.digest.entities.keys().eq(beside.digest.entities.keys()), "{what}");
    for (entity, digest) in &beside.digest.entities {
        let is_as_alone = *digest == alone.digest.entities[entity];
        assert!(is_as_alone || *digest == without.entities[entity], "{what}: {entity:?}");
    }
    assert_eq!(format!("{:?}", alone.held), format!("{:?}", beside.held), "{what}");
}

#[test]
fn what_is_the_same_is_not_read_again() {
    let (both, read) = judged(|_| {});
    assert_same(&both, "nothing");
    assert!(read.is_empty(), "{read:?}");
    let (both, read) = judged(|after| after.remove("visits/acme.example.toml".to_owned()));
    assert_same(&both, "visits");
    assert!(offerings(&read).is_empty(), "{read:?}");
}

#[test]
fn any_change_of_any_file_is_judged_as_if_nothing_were_known() {
    let files = tree().list().unwrap();
    assert!(files.len() > 8);
    for path in &files {
        let text = String::from_utf8(tree().read(path).unwrap().unwrap()).unwrap();
        let changes = [
            None,
            Some(format!("{text}\nunknown = \n")),
            Some(format!("{text}\n[unknown]\nkey = 1\n")),
            Some(text.replacen("status = \"", "status = \"x", 1)),
            Some(text.replacen("high", "low", 1)),
            Some(text.replacen("name = \"", "name = \"Globex ", 1)),
        ];
        for (nth, change) in changes.into_iter().enumerate() {
            let (both, read) = judged(|after| match &change {
                None => after.remove(path.clone()),
                Some(text) => after.change(path.clone(), text.clone()),
            });
            assert_same(&both, &format!("{path}, change {nth}"));
            if path.starts_with("offerings/") {
                let others = offerings(&read).into_iter().filter(|other| other != path).count();
                assert_eq!(others, 0, "{path}, change {nth}: {read:?}");
            } else {
                assert!(!offerings(&read).is_empty(), "{path}, change {nth}");
            }
        }
    }
    let (both, read) =
        judged(|after| after.change("offerings/new.toml".to_owned(), "id = \"new\"\n".to_owned()));
    assert_same(&both, "a new one");
    assert_eq!(offerings(&read), ["offerings/new.toml"]);
    let (both, read) = judged(|after| {
        after.change(
            "platforms/new.toml".to_owned(),
            "id = \"new\"\nname = \"N\"\noperator = \"acme\"\n".to_owned(),
        );
    });
    assert_same(&both, "a new platform");
    assert_eq!(offerings(&read).len(), 3);
}
