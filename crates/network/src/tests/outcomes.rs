//! Every way in which a server can answer, and what is said of it.

use std::io::Read as _;
use std::sync::LazyLock;

use evidence::limits::MAX_BODY_BYTES;
use evidence::{Body, Known, judge};
use flate2::Compression;
use flate2::read::GzEncoder;
use model::FetchOutcome::{self, Blocked, Failed, Gated, NotFound, Ok as Read, Unreadable};

use super::server::{Reply, Request, head, reply};
use super::{Duration, RootCerts, World, html, page};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    GzEncoder::new(bytes, Compression::fast()).read_to_end(&mut packed).unwrap();
    packed
}

/// A body that is beyond the limit once it is unpacked.
pub(super) static BOMB: LazyLock<Vec<u8>> = LazyLock::new(|| gzip(&vec![0; MAX_BODY_BYTES + 1]));

/// An answer by the first part of the path.
pub(super) fn play(request: &Request) -> Reply {
    let path = request.path.as_str();
    let (what, rest) = path[1..].split_once('/').unwrap_or((&path[1..], ""));
    let kind = ("Content-Type", "text/html");
    match what {
        "robots.txt" => reply(404, &[], ""),
        "page" => html(&format!("We do not train on your data. This is page {rest}.")),
        "to" => {
            let (status, location) = rest.split_once('/').unwrap();
            reply(status.parse().unwrap(), &[("Location", location)], "Moved.")
        }
        "status" => reply(rest.parse().unwrap(), &[kind], page("Sorry.")),
        "accents" => reply(302, &[("Location", "/page/règles générales")], ""),
        "nowhere" => reply(302, &[("Location", "mailto:someone@example.com")], ""),
        "lost" => reply(302, &[], page("There is no address here.")),
        "busy" => reply(429, &[("Retry-After", "3600")], ""),
        "circle" => reply(302, &[("Location", if rest == "a" { "/circle/b" } else { "/circle/a" })], ""),
        "far" => {
            let left: u32 = rest.parse().unwrap();
            let location = if left == 0 { "/page/far".to_owned() } else { format!("/far/{}", left - 1) };
            reply(301, &[("Location", &location)], "")
        }
        "slow" => Reply::Silence(Vec::new()),
        "stuck" => Reply::Silence(head(200, &[kind])),
        "drip" => Reply::Drip(head(200, &[kind])),
        "endless" => Reply::Endless(head(200, &[kind])),
        "headers" => Reply::Endless(b"HTTP/1.1 200 OK\r\nX: ".to_vec()),
        "many-headers" => reply(200, &vec![("X", "y"); 5_000], ""),
        "huge" => Reply::Bytes(head(200, &[kind, ("Content-Length", "99999999999")])),
        "image" => reply(200, &[("Content-Type", "image/png")], b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe"),
        "short" => Reply::Bytes(
            [head(200, &[kind, ("Content-Length", "9000")]), page("Short.").into_bytes()].concat(),
        ),
        "chunks" => {
            let body = page("In chunks.");
            let body =
                format!("{:x}\r\n{body}\r\n{}", body.len(), if rest == "whole" { "0\r\n\r\n" } else { "" });
            Reply::Bytes([head(200, &[kind, ("Transfer-Encoding", "chunked")]), body.into_bytes()].concat())
        }
        "bad-chunks" => Reply::Bytes(
            [head(200, &[kind, ("Transfer-Encoding", "chunked")]), b"zz\r\nabc".to_vec()].concat(),
        ),
        "to-the-end" => Reply::Bytes([head(200, &[kind]), page("Until the end.").into_bytes()].concat()),
        "gzip" => reply(200, &[kind, ("Content-Encoding", "gzip")], gzip(page("Packed.").as_bytes())),
        "bomb" => reply(200, &[kind, ("Content-Encoding", "gzip")], &*BOMB),
        "bomb-in-bomb" => {
            let bomb = gzip(&BOMB);
            reply(200, &[kind, ("Content-Encoding", "gzip"), ("Content-Encoding", "gzip")], bomb)
        }
        "not-gzip" => reply(200, &[kind, ("Content-Encoding", "gzip")], page("Not packed.")),
        "unknown-encoding" => reply(200, &[kind, ("Content-Encoding", "rot13")], page("Not known.")),
        "nonsense" => Reply::Bytes(b"SSH-2.0-OpenSSH_9.2\r\n".to_vec()),
        "nothing" => Reply::Bytes(Vec::new()),
        "empty" => reply(200, &[kind], ""),
        "no-content" => Reply::Bytes(head(204, &[])),
        "not-modified" => Reply::Bytes(head(304, &[("ETag", "\"a\"")])),
        "app" => {
            reply(200, &[kind], "<html><body><div id=root></div><script src=/app.js></script></body></html>")
        }
        "login" => reply(200, &[kind], "<form><input type=password></form>"),
        "text" => reply(200, &[("Content-Type", "text/plain")], "We do not train on your data. ".repeat(20)),
        "markdown" => {
            reply(200, &[("Content-Type", "text/markdown")], "# Terms\n\n".repeat(20) + "We do not train.")
        }
        "xhtml" => reply(200, &[("Content-Type", "application/xhtml+xml")], page("In XHTML.")),
        "pdf" => reply(
            200,
            &[("Content-Type", "application/pdf")],
            include_bytes!("../../../evidence/tests/data/addendum.pdf"),
        ),
        _ => reply(404, &[], ""),
    }
}

#[test]
fn each_answer_has_its_outcome() {
    let world = World::with(play, Duration::from_secs(20), RootCerts::WebPki);
    let cases: &[(&str, FetchOutcome, Option<u16>, &str)] = &[
        ("page/1", Read, Some(200), ""),
        ("to/301//page/2", Read, Some(200), ""),
        ("to/302//page/2", Read, Some(200), ""),
        ("to/303//page/2", Read, Some(200), ""),
        ("to/307//page/2", Read, Some(200), ""),
        ("to/308/http://new.example/page/2", Read, Some(200), ""),
        ("to/308/http://new.example/status/404", NotFound, Some(404), ""),
        ("to/200//page/2", Read, Some(200), ""),
        ("accents", Read, Some(200), ""),
        ("nowhere", Failed, Some(302), "not an address of the web"),
        ("lost", Failed, Some(302), ""),
        ("status/401", Gated, Some(401), ""),
        ("status/403", Blocked, Some(403), ""),
        ("status/404", NotFound, Some(404), ""),
        ("status/410", NotFound, Some(410), ""),
        ("status/451", Blocked, Some(451), ""),
        ("status/500", Failed, Some(500), ""),
        ("status/502", Failed, Some(502), ""),
        ("status/503", Failed, Some(503), ""),
        ("busy", Blocked, Some(429), ""),
        ("circle/a", Failed, Some(302), "in a circle"),
        ("far/9", Read, Some(200), ""),
        ("far/10", Failed, Some(301), "more than 10 times"),
        ("endless", Unreadable, Some(200), "more than 16777216 bytes"),
        ("headers", Failed, None, "too big"),
        ("many-headers", Failed, None, "broke off or is not well formed"),
        ("huge", Unreadable, Some(200), "more than 16777216 bytes"),
        ("image", Unreadable, Some(200), ""),
        ("short", Failed, None, "broke off"),
        ("chunks/whole", Read, Some(200), ""),
        ("chunks/part", Failed, None, "broke off"),
        ("bad-chunks", Failed, None, "broke off"),
        ("to-the-end", Read, Some(200), ""),
        ("gzip", Read, Some(200), ""),
        ("bomb", Unreadable, Some(200), "more than 16777216 bytes"),
        ("bomb-in-bomb", Unreadable, Some(200), "more than 16777216 bytes"),
        ("not-gzip", Unreadable, Some(200), "not well encoded"),
        ("unknown-encoding", Unreadable, Some(200), "`rot13`"),
        ("nonsense", Failed, None, "not well formed"),
        ("nothing", Failed, None, "broke off"),
        ("empty", Unreadable, Some(200), ""),
        ("no-content", Unreadable, Some(204), ""),
        ("not-modified", Failed, Some(304), "was not asked"),
        ("app", Unreadable, Some(200), ""),
        ("login", Gated, Some(200), ""),
        ("text", Read, Some(200), ""),
        ("markdown", Read, Some(200), ""),
        ("xhtml", Read, Some(200), ""),
        ("pdf", Read, Some(200), ""),
    ];
    for (at, (path, outcome, status, reason)) in cases.iter().enumerate() {
        // Each at a host of its own, so that none suffers from what another one asked for.
        let seen = world.look(&format!("http://h{at}.example/{path}"));
        let (http_status, said) = (seen.http_status, seen.reason.clone().unwrap_or_default());
        let judgement = judge(seen, &Known::default());
        assert_eq!((judgement.visit.outcome, http_status), (*outcome, *status), "{path}: {said}");
        assert!(said.contains(reason) && said.is_empty() == reason.is_empty(), "{path}: {said}");
        // What came whole and has no text is explained by what reads texts.
        let why = judgement.reason.unwrap_or_default();
        assert!(
            why == said || (said.is_empty() && *outcome == Unreadable && !why.is_empty()),
            "{path}: {why}"
        );
        assert_eq!(judgement.visit.sha256.is_some(), *outcome == Read, "{path}");
    }
}

#[test]
fn what_does_not_come_in_time_is_given_up() {
    let world = World::with(play, Duration::from_secs(1), RootCerts::WebPki);
    for path in ["slow", "stuck", "drip"] {
        let seen = world.look(&format!("http://{path}.example/{path}"));
        assert_eq!((seen.outcome, &seen.body), (Failed, &Body::Absent), "{path}");
        assert_eq!(seen.reason.as_deref(), Some("it did not answer in time"), "{path}");
    }
}

#[test]
fn where_redirects_lead_is_recorded() {
    let world = World::new(play);
    let final_url = |path: &str| {
        let seen = world.look(&format!("http://old.example/{path}"));
        seen.final_url.map(|url| url.as_str().to_owned())
    };
    assert_eq!(final_url("page/1"), None);
    assert_eq!(final_url("to/301//page/1").as_deref(), Some("http://old.example/page/1"));
    assert_eq!(final_url("to/302//page/1?a").as_deref(), Some("http://old.example/page/1?a"));
    assert_eq!(final_url("to/307/http://new.example/page/1").as_deref(), Some("http://new.example/page/1"));
    assert_eq!(
        final_url("to/301/http://new.example/to/302/http://last.example/page/1").as_deref(),
        Some("http://last.example/page/1")
    );
    // Of a chain that breaks, the last address that answered.
    assert_eq!(final_url("to/301/http://new.example/nowhere").as_deref(), Some("http://new.example/nowhere"));
    assert_eq!(final_url("nowhere"), None);
}

#[test]
fn hosts_that_do_not_exist_or_answer_are_failures_and_say_so() {
    let world = World::new(play);
    world.names.set("gone.example", &[]);
    world.names.set("empty.example", &[&[]]);
    for (host, reason) in
        [("gone.example", "no address of gone.example was found"), ("empty.example", "no public address")]
    {
        let seen = world.look(&format!("http://{host}/page/1"));
        assert_eq!((seen.outcome, seen.http_status), (Failed, None));
        assert!(seen.reason.as_ref().is_some_and(|said| said.contains(reason)), "{:?}", seen.reason);
    }
}
