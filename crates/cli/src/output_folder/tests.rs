//! Exports that end halfway.

use std::fs;

use super::*;

const OLD: [(&str, &str); 4] =
    [("data.json", "1"), ("index.json", "1"), ("offerings/a.json", "1"), ("offerings/b.json", "1")];
const NEW: [(&str, &str); 4] =
    [("data.json", "2"), ("index.json", "2"), ("offerings/a.json", "2"), ("offerings/c.json", "2")];
const LAST: [(&str, &str); 3] = [("data.json", "3"), ("index.json", "1"), ("offerings/a.json", "2")];

/// An export with these files in it, not yet finished.
fn begin(out: &Path, files: &[(&str, &str)]) -> OutputFolder {
    let data = out.with_file_name("data");
    let mut output =
        OutputFolder::open(out, &data, Ownership::List(export::Format::Json), Mode::Write).unwrap();
    let file = |(path, text): &(&str, &str)| OutputFile::new((*path).to_owned(), text.as_bytes().to_vec());
    output.put_all(&files.iter().map(file).collect::<Vec<_>>()).unwrap();
    output
}

/// The files of a folder with what they hold, but for the list.
fn found(out: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![out.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(out).unwrap().to_str().unwrap().replace('\\', "/");
            if name != "json.sha256" {
                found.push((name, fs::read_to_string(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn owned(files: &[(&str, &str)]) -> Vec<(String, String)> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn whatever_an_interrupted_export_left_belongs_to_the_next_one() {
    for published in 0..NEW.len() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        begin(&out, &OLD).finish().unwrap();
        assert_eq!(found(&out), owned(&OLD));

        let output = begin(&out, &NEW);
        let Task::Write(writing) = &output.task else { unreachable!() };
        // The file that comes next cannot be moved into its place.
        fs::remove_file(&writing.staged[published].temporary).unwrap();
        assert!(output.finish().is_err());
        let half = found(&out);
        let new = NEW.iter().filter(|(path, text)| half.contains(&(path.to_string(), text.to_string())));
        assert_eq!(new.count(), published);

        // One that makes other files takes them all for its own.
        begin(&out, &LAST).finish().unwrap();
        assert_eq!(found(&out), owned(&LAST));
        assert!(begin(&out, &LAST).finish().unwrap().left.is_empty());
    }
}

#[test]
fn what_changes_while_an_export_is_made_stops_it() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    begin(&out, &OLD).finish().unwrap();
    let list = fs::read(out.join("json.sha256")).unwrap();
    for path in ["index.json", "offerings/c.json"] {
        let before = fs::read(out.join(path)).ok();
        let output = begin(&out, &NEW);
        fs::write(out.join(path), "edited").unwrap();
        let error = output.finish().err().unwrap().to_string();
        assert!(error.contains("has changed since it was read: nothing was written"), "{error}");
        assert!(error.contains(path), "{error}");
        match before {
            Some(before) => fs::write(out.join(path), before).unwrap(),
            None => fs::remove_file(out.join(path)).unwrap(),
        }
        assert_eq!((found(&out), fs::read(out.join("json.sha256")).unwrap()), (owned(&OLD), list.clone()));
    }
}

#[test]
fn a_file_that_was_edited_after_its_removal_was_due_stays() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    begin(&out, &OLD).finish().unwrap();
    fs::write(out.join("offerings/b.json"), "edited").unwrap();
    assert_eq!(begin(&out, &NEW).finish().unwrap().left, ["offerings/b.json"]);
    assert_eq!(fs::read_to_string(out.join("offerings/b.json")).unwrap(), "edited");
    // It is no longer of any export.
    assert!(begin(&out, &NEW).finish().unwrap().left.is_empty());
}
