//! Two runs over 500 addresses of 50 hosts, with every fault among them, by several threads.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::thread;

use evidence::{Change, FlagKind, Flagged, Judgement, Known, Source as _, Wanted, judge};
use model::FetchOutcome::{self, Blocked, Failed, Gated, NotFound, Ok as Read, Unreadable};
use model::Url;

use super::outcomes;
use super::server::{Reply, Request, reply};
use super::{Duration, World, client, page, roots, today, url};
use crate::{Network, Validators};

const HOSTS: usize = 50;
const PAGES: usize = 10;
const QUOTE: &str = "We do not train on your data.";

/// What becomes of a page: its outcome in both runs, and the flags that are raised in each.
struct Kind {
    name: &'static str,
    outcomes: [FetchOutcome; 2],
    flags: [Option<FlagKind>; 2],
}

const fn kind(name: &'static str, outcomes: [FetchOutcome; 2], flags: [Option<FlagKind>; 2]) -> Kind {
    Kind { name, outcomes, flags }
}

/// Those of most hosts.
const KINDS: &[Kind] = &[
    kind("same", [Read, Read], [None, None]),
    kind("tagged", [Read, Read], [None, None]),
    kind("markup", [Read, Read], [None, None]),
    kind("changed", [Read, Read], [None, None]),
    kind("unsaid", [Read, Read], [None, Some(FlagKind::QuoteGone)]),
    kind("gone", [Read, NotFound], [None, Some(FlagKind::PageGone)]),
    kind("back", [NotFound, Read], [Some(FlagKind::PageGone), None]),
    kind("never", [NotFound, NotFound], [Some(FlagKind::PageGone), None]),
    kind("moves", [Read, Read], [None, Some(FlagKind::Moved)]),
    kind("moved", [Read, Read], [Some(FlagKind::Moved), None]),
    kind("slash", [Read, Read], [None, None]),
    kind("refused", [Read, Blocked], [None, None]),
    kind("login", [Read, Gated], [None, None]),
    kind("error", [Read, Failed], [None, None]),
    kind("short", [Failed, Failed], [None, None]),
    kind("huge", [Unreadable, Unreadable], [None, None]),
    kind("image", [Unreadable, Unreadable], [None, None]),
    kind("app", [Read, Unreadable], [None, None]),
    kind("circle", [Failed, Failed], [None, None]),
    kind("inner", [Failed, Failed], [None, None]),
    kind("far", [Failed, Failed], [None, None]),
    kind("private", [Blocked, Blocked], [None, None]),
    kind("to-private", [Blocked, Blocked], [None, None]),
];

/// Those that take long, of a few hosts.
const COSTLY: &[Kind] = &[
    kind("slow", [Failed, Failed], [None, None]),
    kind("endless", [Unreadable, Unreadable], [None, None]),
    kind("drip", [Failed, Failed], [None, None]),
    kind("bomb", [Unreadable, Unreadable], [None, None]),
];

/// What holds for all pages of a host; nothing of the kind where a page is not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    None,
    RobotsForbid,
    RobotsFail,
    NoName,
    Inner,
    BadCertificate,
    Busy,
}

fn trouble(host: usize) -> Trouble {
    match host {
        3 | 28 => Trouble::RobotsForbid,
        7 | 33 => Trouble::RobotsFail,
        12 => Trouble::NoName,
        18 => Trouble::Inner,
        23 => Trouble::BadCertificate,
        41 => Trouble::Busy,
        _ => Trouble::None,
    }
}

fn kind_of(host: usize, at: usize) -> &'static Kind {
    match host {
        5 if at < 2 => &COSTLY[at],
        45 if at < 2 => &COSTLY[2 + at],
        _ => &KINDS[(host * PAGES + at) % KINDS.len()],
    }
}

fn name(host: usize) -> String {
    if trouble(host) == Trouble::BadCertificate {
        "self.example".to_owned()
    } else {
        format!("h{host}.example")
    }
}

fn address(host: usize, at: usize) -> Url {
    let scheme = if trouble(host) == Trouble::BadCertificate { "https" } else { "http" };
    url(&format!("{scheme}://{}/{}/{host}-{at}", name(host), kind_of(host, at).name))
}

fn play(request: &Request, run: usize) -> Reply {
    let again = run == 1;
    let html = |text: &str| reply(200, &[("Content-Type", "text/html")], page(text));
    let as_always = |path: &str| outcomes::play(&Request { path: path.to_owned(), ..request.clone() });
    let text = format!("{QUOTE} Logs are kept for 30 days.");
    let number = (0..HOSTS).find(|host| name(*host) == request.host).unwrap_or(HOSTS);
    match (trouble(number), request.path[1..].split('/').next().unwrap_or_default()) {
        (Trouble::RobotsForbid, "robots.txt") => reply(200, &[], "User-agent: *\nDisallow: /"),
        (Trouble::RobotsFail, "robots.txt") => reply(500, &[], ""),
        (_, "robots.txt") => reply(200, &[], "User-agent: trustreg\nDisallow: /private"),
        (Trouble::Busy, _) => reply(429, &[("Retry-After", "86400")], ""),
        (_, "tagged") if request.header("if-none-match").is_some() => reply(304, &[], ""),
        (_, "tagged") => reply(200, &[("Content-Type", "text/html"), ("ETag", "\"1\"")], page(&text)),
        (_, "markup") if again => {
            let other = page(&text)
                .replace("<p>", "<p class=\"new\"\n id=a>")
                .replace("Home", "Start")
                .replace(">1<", ">2<");
            reply(200, &[("Content-Type", "text/html")], other)
        }
        (_, "changed") if again => html(&format!("{text} Support is included.")),
        (_, "unsaid") if again => html("We may train on your data. Logs are kept for 90 days."),
        (_, "gone") if again => reply(410, &[], ""),
        (_, "back") if !again => reply(404, &[], ""),
        (_, "never") => reply(404, &[], ""),
        (_, "moves") if again => as_always("/to/301/http://new.example/same"),
        (_, "moved") => as_always("/to/308/http://new.example/same"),
        (_, "slash") if !request.path.ends_with('/') => as_always(&format!("/to/301/{}/", request.path)),
        (_, "refused") if again => as_always("/status/403"),
        (_, "login") if again => as_always("/login"),
        (_, "error") if again => as_always("/status/500"),
        (_, "app") if again => as_always("/app"),
        (_, "circle") => as_always(&format!("/to/302/{}", request.path)),
        (_, "inner") => as_always("/to/302/http://h18.example/"),
        (_, "far") => as_always("/to/302/http://new.example:8080/"),
        (_, "to-private") => as_always("/to/307/http://new.example/private"),
        (_, "short" | "huge" | "image" | "slow" | "drip" | "endless" | "bomb") => as_always(&request.path),
        _ => html(&text),
    }
}

/// What a run saw, by address; nothing for those that were not looked at.
type Run = BTreeMap<String, Option<Judgement>>;

/// One run, by eight threads, each with the hosts that are next.
fn run(network: &Network, before: &Run) -> Run {
    let (next, judged) = (AtomicUsize::new(0), Mutex::new(Run::new()));
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let mut source = network.clone();
                loop {
                    let host = next.fetch_add(1, Ordering::SeqCst);
                    if host >= HOSTS {
                        break;
                    }
                    for at in 0..PAGES {
                        let url = address(host, at);
                        let last = before.get(url.as_str()).and_then(Option::as_ref);
                        let visit = last.map(|last| &last.visit);
                        let last_read = visit.filter(|visit| visit.is_read());
                        let flags: Vec<Flagged<'_>> = last
                            .iter()
                            .flat_map(|last| &last.flags)
                            .map(|flag| Flagged { id: &flag.id, is_open: true })
                            .collect();
                        let known = Known {
                            last: visit,
                            last_read,
                            last_text: last.and_then(|last| last.text.as_deref()),
                            quotes: &[QUOTE],
                            ..Known::default()
                        };
                        let seen = source.look(&Wanted { url: &url, archived_url: None, last_read }).unwrap();
                        judged.lock().unwrap().insert(
                            url.as_str().to_owned(),
                            seen.map(|seen| {
                                let mut judgement = judge(seen, &known);
                                judgement.flags.retain(|flag| flag.is_new_to(&url, &flags));
                                judgement
                            }),
                        );
                    }
                }
            });
        }
    });
    judged.into_inner().unwrap()
}

#[test]
fn of_500_addresses_each_has_its_outcome_and_only_changes_are_flagged() {
    let runs = Arc::new(AtomicUsize::new(0));
    let at = Arc::clone(&runs);
    let timeout = Duration::from_secs(6);
    LazyLock::force(&outcomes::BOMB);
    let world = World::with(move |request| play(request, at.load(Ordering::SeqCst)), timeout, roots());
    world.names.set("h12.example", &[]);
    world.names.set("h18.example", &[&["10.0.0.1", "fd00::1"]]);
    let mut before = Run::new();
    let mut validators = Validators::default();
    for number in 0..2 {
        runs.store(number, Ordering::SeqCst);
        let day = today().plus_days(number as i64);
        let client = client(&world.names, &world.wire, &world.clock, timeout, day, roots());
        let network = Network::new(client.clone(), validators);
        let judged = run(&network, &before);
        assert_eq!(judged.len(), HOSTS * PAGES);
        for host in 0..HOSTS {
            for at in 0..PAGES {
                let (url, kind) = (address(host, at), kind_of(host, at));
                let judgement = judged[url.as_str()].as_ref();
                let outcome = match trouble(host) {
                    Trouble::None => Some(kind.outcomes[number]),
                    Trouble::RobotsForbid => Some(Blocked),
                    Trouble::RobotsFail | Trouble::NoName | Trouble::Inner | Trouble::BadCertificate => {
                        Some(Failed)
                    }
                    Trouble::Busy if kind.name == "private" => Some(Blocked).filter(|_| judgement.is_some()),
                    Trouble::Busy => judgement.map(|_| Blocked),
                };
                let seen = judgement.map(|judgement| judgement.visit.outcome);
                let why = judgement.and_then(|judgement| judgement.reason.as_deref());
                assert_eq!(seen, outcome, "run {number}: {url}: {why:?}");
                let Some(judgement) = judgement else { continue };
                let flags: Vec<FlagKind> = judgement.flags.iter().map(|flag| flag.kind).collect();
                let is_well = trouble(host) == Trouble::None;
                let expected: Vec<FlagKind> = kind.flags[number].filter(|_| is_well).into_iter().collect();
                assert_eq!(flags, expected, "run {number}: {url}");
                let is_changed = judgement.change == Change::Changed;
                let changes = number == 1 && is_well && ["changed", "unsaid"].contains(&kind.name);
                assert_eq!(is_changed, changes, "run {number}: {url}: {:?}", judgement.change);
            }
        }
        let looked_at_busy = (0..PAGES).filter(|at| judged[address(41, *at).as_str()].is_some()).count();
        assert!((1..PAGES).contains(&looked_at_busy), "after its answer the host is left alone");
        let left: Vec<String> = client.left_hosts().into_iter().map(|left| left.host).collect();
        assert_eq!(left, ["h41.example"]);
        (before, validators) = (judged, network.validators());
    }

    assert_eq!(world.server.most_open(), 1, "never two connections to one host");
    let requests = world.server.requests();
    for request in &requests {
        assert!(!request.path.starts_with("/private"), "{request:?}");
        let host = (0..HOSTS).find(|host| name(*host) == request.host);
        assert!(host.is_some() || request.host == "new.example", "{request:?}");
        let may_be_read = host.is_none_or(|host| matches!(trouble(host), Trouble::None | Trouble::Busy));
        assert!(request.path == "/robots.txt" || may_be_read, "{request:?}");
        assert!(!["h12.example", "h18.example", "self.example"].contains(&&*request.host), "{request:?}");
    }
    let robots = requests.iter().filter(|request| request.path == "/robots.txt").count();
    // 50 hosts but for three that are not reached, and the one to which others redirect, in two runs.
    assert_eq!(robots, 2 * (HOSTS - 3 + 1));
    let unchanged = requests.iter().filter(|request| request.header("if-none-match").is_some()).count();
    assert!(unchanged > 10, "{unchanged}");
}
