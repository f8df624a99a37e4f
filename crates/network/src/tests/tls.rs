//! Only connections whose certificate is valid for the host are read.

use model::FetchOutcome;

use super::{Arc, Duration, RootCerts, Wire, World, client, html, roots, today};

#[test]
fn a_certificate_that_is_not_valid_is_a_failure_and_says_so() {
    let world = World::with(|_| html("Here."), Duration::from_secs(20), roots());
    let seen = world.look("https://good.example/");
    assert_eq!((seen.outcome, seen.reason), (FetchOutcome::Ok, None));
    assert!(world.server.requests().iter().all(|request| request.is_tls));
    for host in ["expired.example", "other.example", "self.example"] {
        let seen = world.look(&format!("https://{host}/"));
        assert_eq!((seen.outcome, seen.http_status), (FetchOutcome::Failed, None), "{host}");
        let reason = seen.reason.unwrap();
        assert!(reason.contains("not safe") && reason.contains("certificate"), "{reason}");
        assert_eq!(world.server.paths(host), Vec::<String>::new());
    }
}

/// As it is outside of tests: an authority that browsers do not know is none.
#[test]
fn only_authorities_of_browsers_are_trusted() {
    let world = World::with(|_| html("Here."), Duration::from_secs(20), RootCerts::WebPki);
    let seen = world.look("https://good.example/");
    assert_eq!(seen.outcome, FetchOutcome::Failed);
    assert!(seen.reason.unwrap().contains("UnknownIssuer"));
}

#[test]
fn a_server_without_tls_is_a_failure() {
    let mut world = World::with(|_| html("Here."), Duration::from_secs(20), roots());
    let http = world.server.http;
    let wire = Arc::new(Wire { http, https: http, connections: Default::default() });
    world.client = client(&world.names, &wire, &world.clock, Duration::from_millis(400), today(), roots());
    assert_eq!(world.look("https://good.example/").outcome, FetchOutcome::Failed);
}
