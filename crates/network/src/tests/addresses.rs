//! What is not opened, whatever a cited address, a redirect or a name says.

use model::FetchOutcome;

use super::{World, html, reply, url};
use crate::route::Route;
use crate::{Failure, Refusal};

const SPECIAL: [&str; 22] = [
    "127.0.0.1",
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.168.1.1",
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "203.0.113.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1",
    "2002:7f00:1::",
    "2001:0:1::",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
];

#[test]
fn a_name_that_leads_to_a_special_address_is_not_connected_to() {
    let world = World::new(|_| html("Here."));
    for (at, address) in SPECIAL.into_iter().enumerate() {
        let host = format!("h{at}.example");
        world.names.set(&host, &[&[address]]);
        let seen = world.look(&format!("http://{host}/"));
        assert_eq!(seen.outcome, FetchOutcome::Failed, "{address}");
        assert!(seen.reason.unwrap().contains("has no public address"), "{address}");
    }
    assert_eq!(world.wire.connections.lock().unwrap().len(), 0);
    assert!(world.server.requests().is_empty());
}

#[test]
fn of_several_addresses_only_public_ones_are_used() {
    let world = World::new(|_| html("Here."));
    world.names.set("mixed.example", &[&["127.0.0.1", "::1", "93.184.216.34", "10.0.0.1"]]);
    assert_eq!(world.look("http://mixed.example/").outcome, FetchOutcome::Ok);
    let connections = world.wire.connections.lock().unwrap();
    assert!(connections.iter().all(|address| address.to_string() == "93.184.216.34:80"), "{connections:?}");
}

/// A name is looked up once for each connection, and the connection goes to the address that was checked.
#[test]
fn a_name_that_changes_its_address_is_not_followed_to_this_machine() {
    let world = World::new(|_| html("Here."));
    world.names.set("rebinding.example", &[&["93.184.216.34"], &["93.184.216.35"], &["127.0.0.1"]]);
    assert_eq!(world.look("http://rebinding.example/a").outcome, FetchOutcome::Ok);
    let connections = |world: &World| -> Vec<String> {
        world.wire.connections.lock().unwrap().iter().map(ToString::to_string).collect()
    };
    assert_eq!(connections(&world), ["93.184.216.34:80", "93.184.216.35:80"]);
    assert_eq!(world.names.asked.lock().unwrap().len(), 2);
    let seen = world.look("http://rebinding.example/b");
    assert_eq!((seen.outcome, world.names.asked.lock().unwrap().len()), (FetchOutcome::Failed, 3));
    assert_eq!(connections(&world).len(), 2);
    assert_eq!(world.server.paths("rebinding.example"), ["/robots.txt", "/a"]);
}

#[test]
fn redirects_are_checked_like_any_address() {
    let world = World::new(|request| match request.path.strip_prefix("/to/") {
        Some(location) => reply(302, &[("Location", location)], ""),
        None if request.path == "/robots.txt" => reply(404, &[], ""),
        None => html("Here."),
    });
    for (at, address) in SPECIAL.into_iter().enumerate() {
        world.names.set(&format!("inner{at}.example"), &[&[address]]);
        let seen = world.look(&format!("http://outer.example/to/http://inner{at}.example/secret"));
        assert_eq!((seen.outcome, seen.http_status), (FetchOutcome::Failed, Some(302)), "{address}");
        assert!(seen.reason.unwrap().contains("has no public address"), "{address}");
    }
    for location in [
        "http://127.0.0.1/secret",
        "http://2130706433/secret",
        "http://0x7f.1/secret",
        "http://0177.0.0.1/secret",
        "http://[::1]/secret",
        "http://[::ffff:7f00:1]/secret",
        "http://93.184.216.34/secret",
        "http://inner.example:8080/secret",
        "http://inner.example:22/secret",
        "https://inner.example:80/secret",
        "http://me:secret@inner.example/secret",
        "http://localhost/secret",
        "http://inner.example./secret",
        "//127.0.0.1/secret",
        "//inner.example:6379/secret",
        "file:///etc/passwd",
        "gopher://inner.example/secret",
        "javascript:alert(1)",
        "data:text/html,x",
    ] {
        let seen = world.look(&format!("http://outer.example/to/{location}"));
        assert_eq!((seen.outcome, seen.http_status), (FetchOutcome::Failed, Some(302)), "{location}");
        assert!(seen.reason.unwrap().starts_with("it redirects to"), "{location}");
        assert_eq!(seen.final_url, None, "{location}");
    }
    assert!(world.server.requests().iter().all(|request| request.host == "outer.example"));
    assert!(world.wire.connections.lock().unwrap().iter().all(|address| address.port() == 80));
}

#[test]
fn robots_txt_is_not_fetched_from_a_special_address_either() {
    let world = World::new(|request| match request.path.as_str() {
        "/robots.txt" => reply(301, &[("Location", "http://inner.example/robots.txt")], ""),
        _ => html("Here."),
    });
    world.names.set("inner.example", &[&["127.0.0.1"]]);
    let seen = world.look("http://outer.example/a");
    assert_eq!(seen.outcome, FetchOutcome::Failed);
    assert_eq!(world.server.paths("outer.example"), ["/robots.txt"]);
    assert_eq!(world.wire.connections.lock().unwrap().len(), 1);
}

#[test]
fn what_is_refused_is_never_looked_up() {
    struct Any;
    impl Route for Any {}
    let world = World::new(|_| html("Here."));
    for (address, refusal) in [
        ("http://user@example.com/", Refusal::UserInformation),
        ("http://example.com:8080/", Refusal::Port),
        ("http://0x7f000001/", Refusal::Number),
        ("http://bücher.example/", Refusal::Host),
        ("ftp://example.com/", Refusal::Scheme),
    ] {
        let result = world.client.walk(&url(address), &Any).1;
        assert!(matches!(result, Err(Failure::Refused(why)) if why == refusal), "{address}");
        let seen = world.look(address);
        assert_eq!((seen.outcome, seen.reason), (FetchOutcome::Failed, Some(refusal.to_string())));
    }
    assert!(world.names.asked.lock().unwrap().is_empty());
}
