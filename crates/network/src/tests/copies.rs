//! A web archive, as it answers by the Memento protocol.

use evidence::{Body, Known, Seen, Source as _, Wanted, judge};
use model::FetchOutcome::{self, Failed, NotFound, Ok as Read};
use model::Via;

use super::server::{Reply, Request};
use super::{World, html, page, reply, url};
use crate::Memento;

const AUGUST: (&str, &str) = ("Memento-Datetime", "Sat, 22 Aug 2026 10:11:12 GMT");
const KIND: (&str, &str) = ("Content-Type", "text/html");

/// An archive in the manner of the Wayback Machine.
fn archive(request: &Request) -> Reply {
    let path = request.path.as_str();
    let is_raw = path.contains("id_/");
    let stored = path.strip_prefix("/web/20260822101112id_/").or(path.strip_prefix("/web/20260822101112/"));
    match (stored, path.strip_prefix("/web/")) {
        _ if path == "/robots.txt" => reply(404, &[], ""),
        (Some("https://example.com/terms"), _) if is_raw => {
            reply(200, &[AUGUST, KIND], page("We do not train."))
        }
        (Some("https://example.com/terms"), _) => {
            reply(200, &[AUGUST, KIND], page("The toolbar of the archive."))
        }
        (Some("https://example.com/old"), _) => reply(302, &[AUGUST, ("Location", "/terms")], ""),
        (Some("https://example.com/older"), _) => {
            reply(301, &[AUGUST, ("Location", "https://example.com/terms")], "")
        }
        (Some("https://example.com/oldest"), _) => {
            reply(301, &[AUGUST, ("Location", "/web/20260822101112id_/https://example.com/terms")], "")
        }
        (Some("https://example.com/gone"), _) => reply(404, &[AUGUST, KIND], page("It was gone already.")),
        (Some("https://example.com/big"), _) => reply(200, &[AUGUST, ("Content-Encoding", "rot13")], "x"),
        (Some(_), _) => reply(404, &[], "The archive lost it."),
        (None, Some("https://example.com/unknown")) => reply(404, &[], "The archive has no copy."),
        (None, Some("https://example.com/broken")) => reply(502, &[], ""),
        (None, Some("https://example.com/refused")) => reply(403, &[], ""),
        (None, Some("https://example.com/no-copy")) => html("Not a copy: it does not say its day."),
        (None, Some("https://example.com/out")) => {
            reply(302, &[("Location", "http://live.example/terms")], "")
        }
        (None, Some("https://example.com/inner")) => {
            reply(302, &[("Location", "http://inner.example/terms")], "")
        }
        (None, Some("https://example.com/named")) => {
            let copy = ("Content-Location", "/web/20260822101112/https://example.com/named");
            reply(200, &[AUGUST, KIND, copy], page("We do not train."))
        }
        (None, Some(page)) if page.starts_with("https://example.com/") => reply(
            302,
            &[("Location", &format!("/web/20260822101112/{page}")), ("Vary", "accept-datetime")],
            "",
        ),
        // Another host that says it were an archive.
        _ if request.host == "live.example" => reply(200, &[AUGUST, KIND], page("Whatever it likes.")),
        _ => reply(404, &[], ""),
    }
}

fn world() -> World {
    let world = World::new(archive);
    world.names.set("inner.example", &[&["10.0.0.1"]]);
    world
}

fn look(world: &World, page: &str, archived: Option<&str>) -> Option<Seen> {
    let mut source = Memento::with_timegate(world.client.clone(), &url("http://archive.example/web/"));
    let (page, archived) = (url(page), archived.map(url));
    source.look(&Wanted { url: &page, archived_url: archived.as_ref(), last_read: None }).unwrap()
}

#[test]
fn the_newest_copy_is_read_as_it_was_stored() {
    let world = world();
    let seen = look(&world, "https://example.com/terms#training", None).unwrap();
    assert_eq!((seen.outcome, seen.via, seen.http_status), (Read, Via::Archive, Some(200)));
    assert_eq!(seen.on.to_string(), "2026-08-22", "the day of the copy");
    let archived = seen.archived_url.as_ref().unwrap();
    assert_eq!(archived.as_str(), "http://archive.example/web/20260822101112/https://example.com/terms");
    assert_eq!(seen.final_url, None);
    let judgement = judge(seen, &Known { quotes: &["We do not train."], ..Known::default() });
    assert!(judgement.quotes[0].is_there() && judgement.flags.is_empty());
    let requests = world.server.requests();
    let asked: Vec<(&str, Option<&str>)> =
        requests.iter().map(|request| (&*request.path, request.header("accept-datetime"))).collect();
    assert_eq!(
        asked,
        [
            ("/robots.txt", None),
            ("/web/https://example.com/terms", Some("Mon, 30 Nov 2026 12:00:00 GMT")),
            ("/web/20260822101112id_/https://example.com/terms", None),
        ]
    );
}

#[test]
fn a_copy_that_is_known_is_read_from_there() {
    let world = world();
    let copy = "http://archive.example/web/20260822101112/https://example.com/terms";
    for known in [copy, "http://archive.example/web/20260822101112id_/https://example.com/terms"] {
        let seen = look(&world, "https://example.com/terms", Some(known)).unwrap();
        assert_eq!((seen.outcome, seen.archived_url), (Read, Some(url(copy))));
    }
    let paths = world.server.paths("archive.example");
    assert!(!paths.contains(&"/web/https://example.com/terms".to_owned()), "{paths:?}");
    // A copy in a git archive is for another source; here the web archive is asked.
    let git = "https://github.com/OpenTermsArchive/genai-versions/blob/0a1b/OpenAI/Terms.md";
    let seen = look(&world, "https://example.com/terms", Some(git)).unwrap();
    assert_eq!((seen.outcome, seen.archived_url), (Read, Some(url(copy))));
    assert!(world.server.requests().iter().all(|request| request.host == "archive.example"));
}

#[test]
fn what_an_archive_answers_is_not_what_the_page_does() {
    let world = world();
    let at = |page: &str| format!("http://archive.example/web/20260822101112/https://example.com/{page}");
    let cases: &[(&str, Option<FetchOutcome>, &str)] = &[
        ("unknown", None, ""),
        ("no-copy", None, ""),
        ("out", None, ""),
        ("broken", Some(Failed), "archive.example does not answer with a copy: HTTP 502"),
        ("refused", Some(FetchOutcome::Blocked), "HTTP 403"),
        ("inner", Some(Failed), "inner.example has no public address"),
        ("big", Some(FetchOutcome::Unreadable), "rot13"),
        ("gone", Some(NotFound), ""),
    ];
    for (page, outcome, reason) in cases {
        let seen = look(&world, &format!("https://example.com/{page}"), None);
        assert_eq!(seen.as_ref().map(|seen| seen.outcome), *outcome, "{page}");
        let said = seen.and_then(|seen| seen.reason).unwrap_or_default();
        assert!(said.contains(reason), "{page}: {said}");
    }
    // A copy that was known and is not there is a failure of the archive, never a missing page.
    let seen = look(&world, "https://example.com/lost", Some(&at("lost"))).unwrap();
    assert_eq!(
        (seen.outcome, seen.http_status, seen.archived_url),
        (Failed, Some(404), Some(url(&at("lost"))))
    );
    assert!(seen.reason.unwrap().contains("does not answer with a copy: HTTP 404"));
    // A copy says where it is.
    let seen = look(&world, "https://example.com/named", None).unwrap();
    assert_eq!((seen.outcome, seen.archived_url), (Read, Some(url(&at("named")))));
}

#[test]
fn a_redirect_that_was_copied_is_followed_within_the_archive() {
    let world = world();
    for page in ["old", "older", "oldest"] {
        let seen = look(&world, &format!("https://example.com/{page}"), None).unwrap();
        assert!(matches!(&seen.body, Body::Bytes(_)), "{page}: {:?}", seen.reason);
        assert_eq!(seen.final_url, Some(url("https://example.com/terms")), "{page}");
        let copy = "http://archive.example/web/20260822101112/https://example.com/terms";
        assert_eq!(seen.archived_url, Some(url(copy)), "{page}");
    }
    assert!(world.server.requests().iter().all(|request| request.host == "archive.example"));
}
