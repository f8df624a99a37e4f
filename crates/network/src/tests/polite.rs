//! What a site may expect: who asks, how often, and what is not asked for.

use std::process::Command;
use std::thread;

use evidence::{Source as _, Wanted};
use model::FetchOutcome::{self, Blocked, Failed, Ok as Read};

use super::server::{Reply, head};
use super::{World, html, look, reply, url};

#[test]
fn a_request_says_who_asks_and_nothing_else() {
    let world = World::new(|request| match request.path.as_str() {
        "/a" => reply(302, &[("Location", "/b"), ("Set-Cookie", "session=1")], ""),
        "/robots.txt" => reply(404, &[("Set-Cookie", "session=2")], ""),
        _ => html("Here."),
    });
    world.look("http://example.com/a");
    let requests = world.server.requests();
    let mut names: Vec<Vec<&str>> = Vec::new();
    for request in &requests {
        let version = env!("CARGO_PKG_VERSION");
        let agent = format!("trustreg/{version} (+https://registry.example/about)");
        assert_eq!(request.header("user-agent"), Some(&*agent));
        assert_eq!(request.header("connection"), Some("close"));
        assert_eq!(request.header("host"), Some("example.com"));
        names.push(request.headers.iter().map(|(name, _)| &**name).collect());
        names.last_mut().unwrap().sort_unstable();
    }
    let plain = ["accept", "accept-encoding", "accept-language", "connection", "host", "user-agent"];
    assert_eq!(names, [plain, plain, plain], "no cookie, no referrer, no credentials");
}

/// A proxy would be handed the name and look it up itself. The test runs another one again, with proxies set.
#[test]
fn a_proxy_of_the_environment_is_not_used() {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "tests::polite::a_request_says_who_asks_and_nothing_else"]);
    for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env(name, "http://127.0.0.1:9");
    }
    let output = command.env_remove("no_proxy").env_remove("NO_PROXY").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
}

#[test]
fn paths_that_robots_may_not_ask_for_are_not_asked_for() {
    let world = World::new(|request| match (request.host.as_str(), request.path.as_str()) {
        ("some.example", "/robots.txt") => reply(
            200,
            &[],
            "User-agent: *\nDisallow: /\n\nUser-agent: trustreg\nDisallow: /private\nAllow: /private/terms$",
        ),
        ("all.example", "/robots.txt") => {
            reply(200, &[("Content-Encoding", "identity")], "User-agent: *\nDisallow: /")
        }
        ("away.example", "/robots.txt") => reply(301, &[("Location", "http://other.example/rules")], ""),
        ("other.example", "/rules") => reply(200, &[], "User-agent: *\nDisallow: /secret"),
        ("other.example", "/robots.txt") => reply(200, &[], "User-agent: *\nDisallow: /rules"),
        ("app.example", "/robots.txt") => html("No such page."),
        (_, "/robots.txt") => reply(404, &[], "User-agent: *\nDisallow: /"),
        (_, "/out") => reply(302, &[("Location", "http://all.example/terms")], ""),
        _ => html("Here."),
    });
    for (address, outcome, reason) in [
        ("http://some.example/terms", Read, ""),
        ("http://some.example/private", Blocked, "the robots.txt of some.example does not allow /private"),
        ("http://some.example/%70rivate/a", Blocked, "does not allow /%70rivate/a"),
        ("http://some.example/a/../private/b", Blocked, "does not allow /private/b"),
        ("http://some.example/a/%2E%2e/private/b", Blocked, "does not allow /private/b"),
        ("http://some.example/private/terms", Read, ""),
        ("http://some.example/private/terms?x", Blocked, "does not allow /private/terms?x"),
        ("http://all.example/", Blocked, "does not allow /"),
        ("http://app.example/terms", Read, ""),
        ("http://none.example/terms", Read, ""),
        ("http://none.example/out", Blocked, "the robots.txt of all.example does not allow /terms"),
        ("http://away.example/secret", Blocked, "does not allow /secret"),
        ("http://away.example/rules", Read, ""),
    ] {
        let seen = world.look(address);
        assert_eq!(seen.outcome, outcome, "{address}: {:?}", seen.reason);
        assert!(seen.reason.unwrap_or_default().contains(reason), "{address}");
    }
    assert_eq!(
        world.server.paths("some.example"),
        ["/robots.txt", "/terms", "/private/terms"],
        "asked for once"
    );
    assert_eq!(world.server.paths("all.example"), ["/robots.txt"]);
    assert_eq!(world.server.paths("none.example"), ["/robots.txt", "/terms", "/out"]);
    assert_eq!(world.server.paths("away.example"), ["/robots.txt", "/rules"]);
}

#[test]
fn a_site_whose_rules_are_not_known_is_not_read() {
    let world = World::new(|request| match (request.host.as_str(), request.path.as_str()) {
        ("e500.example", "/robots.txt") => reply(500, &[], ""),
        ("e503.example", "/robots.txt") => reply(503, &[], ""),
        ("broken.example", "/robots.txt") => {
            Reply::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nUser".to_vec())
        }
        ("circle.example", "/robots.txt") => reply(302, &[("Location", "/robots.txt")], ""),
        ("packed.example", "/robots.txt") => {
            reply(200, &[("Content-Encoding", "gzip")], "User-agent: *\nAllow: /")
        }
        ("four.example", "/robots.txt") => reply(403, &[], ""),
        ("chain.example", path) if path.starts_with("/robots") => {
            let step = path.trim_start_matches("/robots").trim_end_matches(".txt").parse().unwrap_or(0) + 1;
            reply(302, &[("Location", &format!("/robots{step}.txt"))], "")
        }
        ("five.example", "/robots5.txt") => reply(200, &[], "User-agent: *\nDisallow: /no"),
        ("five.example", path) if path.starts_with("/robots") => {
            let step = path.trim_start_matches("/robots").trim_end_matches(".txt").parse().unwrap_or(0) + 1;
            reply(302, &[("Location", &format!("/robots{step}.txt"))], "")
        }
        _ => html("Here."),
    });
    for host in ["e500", "e503", "broken", "circle", "packed", "chain"] {
        for path in ["a", "b"] {
            let seen = world.look(&format!("http://{host}.example/{path}"));
            assert_eq!((seen.outcome, seen.http_status), (Failed, None), "{host}");
            let reason = seen.reason.unwrap();
            assert!(
                reason.starts_with(&format!("the robots.txt of {host}.example could not be read")),
                "{reason}"
            );
        }
        let paths = world.server.paths(&format!("{host}.example"));
        assert!(paths.iter().all(|path| path.starts_with("/robots")) && paths.len() <= 6, "{paths:?}");
    }
    assert_eq!(world.look("http://four.example/a").outcome, Read);
    assert_eq!(world.look("http://five.example/a").outcome, Read);
    assert_eq!(world.look("http://five.example/no").outcome, Blocked);
}

/// However long the file is, the start of it is read, and no more than that.
#[test]
fn rules_are_read_up_to_a_limit() {
    let world = World::new(|request| match request.path.as_str() {
        "/robots.txt" => Reply::Endless(
            [head(200, &[]), b"User-agent: *\nDisallow: /private\nDisallow: /".to_vec()].concat(),
        ),
        _ => html("Here."),
    });
    assert_eq!(world.look("http://example.com/terms").outcome, Read);
    assert_eq!(world.look("http://example.com/private").outcome, Blocked);
}

#[test]
fn a_host_is_left_in_peace_between_requests() {
    let world = World::new(|request| match request.path.as_str() {
        "/robots.txt" => reply(404, &[], ""),
        "/moved" => reply(302, &[("Location", "/b")], ""),
        _ => html("Here."),
    });
    world.look("http://one.example/a");
    assert_eq!(world.clock.slept(), [2], "before the page, not before robots.txt");
    world.look("http://two.example/moved");
    assert_eq!(world.clock.slept(), [2, 2, 2], "before a redirect too, and not for another host");
    crate::Clock::sleep(&*world.clock, super::Duration::from_secs(60));
    world.look("http://one.example/c");
    assert_eq!(world.clock.slept(), [2, 2, 2, 60], "not if there was time enough");
}

#[test]
fn a_host_that_asks_for_a_short_time_is_asked_once_more() {
    let world = World::new(|request| match (request.host.as_str(), request.path.as_str()) {
        (_, "/robots.txt") => reply(404, &[], ""),
        ("seconds.example", _) => reply(429, &[("Retry-After", "7")], ""),
        ("date.example", _) => reply(503, &[("Retry-After", "Mon, 30 Nov 2026 12:00:32 GMT")], ""),
        ("long.example", _) => reply(429, &[("Retry-After", "3600")], ""),
        ("far.example", _) => reply(503, &[("Retry-After", "Wed, 30 Nov 2050 12:00:00 GMT")], ""),
        ("silent.example", _) => reply(429, &[], ""),
        ("error.example", "/a") => reply(503, &[], ""),
        _ => html("Here."),
    });
    let mut source = world.network();
    let mut first = |host: &str, outcome: FetchOutcome, tries: usize, slept: &[u64]| {
        let before = world.clock.slept().len();
        let seen = look(&mut source, &format!("http://{host}.example/a"), None).unwrap();
        assert_eq!(seen.outcome, outcome, "{host}");
        assert_eq!(world.server.paths(&format!("{host}.example")).len(), 1 + tries, "{host}");
        assert_eq!(&world.clock.slept()[before..], slept, "{host}");
    };
    first("seconds", Blocked, 2, &[2, 7]);
    first("long", Blocked, 1, &[2]);
    first("far", Failed, 1, &[2]);
    first("silent", Blocked, 1, &[2]);
    first("error", Failed, 1, &[2]);
    // Thirty seconds from noon, of which 19 have passed.
    first("date", Failed, 2, &[2, 32 - 19]);
    let left: Vec<(String, String)> =
        world.client.left_hosts().into_iter().map(|left| (left.host, left.reason)).collect();
    let left: Vec<(&str, &str)> = left.iter().map(|(host, reason)| (&**host, &**reason)).collect();
    assert_eq!(
        left,
        [
            ("date.example", "it answers HTTP 503 and asks for 0 seconds"),
            ("far.example", "it answers HTTP 503 and asks for 757382387 seconds"),
            ("long.example", "it answers HTTP 429 and asks for 3600 seconds"),
            ("seconds.example", "it answers HTTP 429 and asks for 7 seconds"),
            ("silent.example", "it answers HTTP 429"),
        ]
    );
    // What was left alone is not looked at, and that is no visit.
    for host in ["seconds", "date", "long", "far", "silent"] {
        let before = world.server.requests().len();
        assert_eq!(look(&mut source, &format!("http://{host}.example/b"), None), None, "{host}");
        assert_eq!(world.server.requests().len(), before, "{host}");
    }
    assert_eq!(look(&mut source, "http://error.example/b", None).unwrap().outcome, Read);
}

#[test]
fn a_host_that_answers_the_second_time_is_read() {
    let tries = std::sync::atomic::AtomicUsize::new(0);
    let world = World::new(move |request| match request.path.as_str() {
        "/robots.txt" => reply(404, &[], ""),
        _ if tries.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 0 => {
            reply(429, &[("Retry-After", "1")], "")
        }
        _ => html("Here."),
    });
    assert_eq!(world.look("http://example.com/a").outcome, Read);
    assert_eq!(world.clock.slept(), [2, 1, 1], "the second is what is left of the delay");
    assert!(world.client.left_hosts().is_empty());
}

/// Many threads, many names, and redirects from each host to others.
#[test]
fn a_host_has_one_connection_at_a_time() {
    let world = World::new(|request| match request.path.as_str() {
        "/robots.txt" => reply(302, &[("Location", "http://h0.example/rules")], ""),
        "/rules" => reply(404, &[], ""),
        path if path.starts_with("/to/") => {
            reply(302, &[("Location", &format!("http://{}.example/page", &path[4..]))], "")
        }
        _ => html("Here."),
    });
    thread::scope(|scope| {
        for thread in 0..8 {
            let mut source = world.network();
            scope.spawn(move || {
                for at in 0..12 {
                    let url = url(&format!("http://h{}.example/to/h{}", (thread + at) % 4, at % 3));
                    let wanted = Wanted { url: &url, archived_url: None, last_read: None };
                    assert_eq!(source.look(&wanted).unwrap().unwrap().outcome, Read);
                }
            });
        }
    });
    assert_eq!(world.server.most_open(), 1);
    let robots = world.server.requests().into_iter().filter(|request| request.path == "/robots.txt");
    assert_eq!(robots.count(), 4, "once for each host");
}
