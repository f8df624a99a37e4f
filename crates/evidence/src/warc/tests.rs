use std::fs;

use super::*;
use crate::{Extraction, extract};
use proptest::prelude::*;
use proptest::sample::Index;

const FILES: [&str; 3] = ["warcio.warc.gz", "wget.warc.gz", "wget.warc"];

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

fn look(files: &mut WarcFiles, path: &str) -> Option<Seen> {
    let url: Url = format!("http://127.0.0.1:8137{path}").parse().unwrap();
    files.look(&Wanted { url: &url, archived_url: None, last_read: None }).unwrap()
}

fn text(seen: &Seen) -> Option<String> {
    let Body::Bytes(body) = &seen.body else { return None };
    match extract(body, seen.content_type.as_deref()) {
        Extraction::Text(page) => Some(page.text),
        _ => None,
    }
}

/// `tests/data/make.py` says what the server answered.
#[test]
fn files_of_two_crawlers_say_the_same() {
    for name in FILES {
        let mut files = WarcFiles::open(&[data(name)]).unwrap();
        let terms = look(&mut files, "/terms").unwrap();
        assert_eq!((terms.outcome, terms.http_status, terms.via), (FetchOutcome::Ok, Some(200), Via::Direct));
        assert_eq!(terms.on.to_string(), "2026-11-30");
        assert!(
            text(&terms).unwrap().contains("We may not train models on Customer Content from the Services.")
        );
        for path in ["/gzip", "/deflate", "/br", "/chunked", "/old", "/terms#section"] {
            assert_eq!(text(&look(&mut files, path).unwrap()), text(&terms), "{name} {path}");
        }
        let moved = look(&mut files, "/old").unwrap().final_url.unwrap();
        assert_eq!(moved.to_string(), "http://127.0.0.1:8137/terms");
        assert!(text(&look(&mut files, "/addendum.pdf").unwrap()).unwrap().contains("may not train"));
        assert!(text(&look(&mut files, "/latin").unwrap()).unwrap().starts_with("Für Kunden"));
        for (path, outcome, status) in
            [("/refused", FetchOutcome::Blocked, 403), ("/gone", FetchOutcome::NotFound, 404)]
        {
            let seen = look(&mut files, path).unwrap();
            assert_eq!((seen.outcome, seen.http_status, seen.body), (outcome, Some(status), Body::Absent));
        }
        assert_eq!(look(&mut files, "/never"), None);
    }
}

#[test]
fn revisits_resources_and_redirects_are_followed() {
    let mut files = WarcFiles::open(&[data(FILES[0])]).unwrap();
    let again = look(&mut files, "/same").unwrap();
    assert_eq!(again.on.to_string(), "2026-12-24");
    assert_eq!(text(&again), text(&look(&mut files, "/terms").unwrap()));
    let resource = look(&mut files, "/resource.md").unwrap();
    assert_eq!((resource.http_status, text(&resource).as_deref()), (None, Some("Terms\nWe do not train.\n")));
    // Where it leads was not fetched: nothing is known of the page.
    assert_eq!(look(&mut files, "/away"), None);
    assert_eq!(look(&mut files, "/loop").unwrap().outcome, FetchOutcome::Failed);
}

fn written(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.warc");
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn refusal(bytes: &[u8]) -> String {
    let (_folder, path) = written(bytes);
    let error = WarcFiles::open(&[&path]).unwrap_err().to_string();
    error.replace(path.to_str().unwrap(), "FILE")
}

#[test]
fn a_file_that_is_broken_is_refused_at_its_place() {
    let plain = fs::read(data("wget.warc")).unwrap();
    assert_eq!(
        refusal(b"<html>"),
        "FILE is no whole WARC file: at byte 0, a record begins with its version, such as `WARC/1.1`"
    );
    assert!(refusal(&plain[..plain.len() - 30]).ends_with("the file ends within a record"));
    assert!(refusal(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n").ends_with("does not say how long it is"));
    let long = [b"WARC/1.0\r\n".to_vec(), vec![b'a'; 1 << 20]].concat();
    assert!(refusal(&long).ends_with("the headers of a record are too long"));
    let endless = format!("WARC/1.0\r\nContent-Length: {}\r\n\r\n", u64::MAX);
    assert!(refusal(endless.as_bytes()).ends_with("the file ends within a record"));
    assert!(WarcFiles::open(&[data("absent.warc")]).is_err());
}

/// A record of zeros, which a thousandth of its length holds.
#[test]
fn a_bomb_is_refused() {
    use std::io::Write;
    let head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nWARC-Date: 2026-11-30T00:00:00Z\r\n";
    let length = 30_usize << 20;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    write!(packed, "{head}Content-Length: {length}\r\n\r\n").unwrap();
    (0..30).for_each(|_| packed.write_all(&vec![0; 1 << 20]).unwrap());
    let bytes = packed.finish().unwrap();
    assert!(refusal(&bytes).contains("the file ends within a record"), "{}", refusal(&bytes));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_file_breaks_it(
        changes in prop::collection::vec((any::<Index>(), any::<u8>(), 0u8..3), 1..10),
        name in prop::sample::select(FILES.to_vec()),
    ) {
        let mut bytes = fs::read(data(name)).unwrap();
        for (place, byte, change) in changes {
            let at = place.index(bytes.len());
            match change {
                0 => bytes[at] = byte,
                1 => bytes.truncate(at.max(1)),
                _ => bytes.extend_from_within(at..(at + 500).min(bytes.len())),
            }
        }
        let (_folder, path) = written(&bytes);
        if let Ok(mut files) = WarcFiles::open(&[&path]) {
            for path in ["/terms", "/old", "/same", "/gzip", "/chunked", "/loop"] {
                let url: Url = format!("http://127.0.0.1:8137{path}").parse().unwrap();
                let _ = files.look(&Wanted { url: &url, archived_url: None, last_read: None });
            }
        }
    }
}
