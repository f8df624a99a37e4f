//! Pages that have not changed are not sent again.

use evidence::{Body, Change, Known, Visit, judge};
use model::{FetchOutcome, Via};

use super::{World, html, look, page, reply};
use crate::{Network, Validators};

#[test]
fn a_page_is_asked_whether_it_has_changed() {
    let world = World::new(|request| match request.path.as_str() {
        "/robots.txt" => reply(404, &[], ""),
        "/moved" => reply(301, &[("Location", "/etag"), ("ETag", "\"other\"")], ""),
        "/etag" if request.header("if-none-match") == Some("W/\"1\"") => reply(304, &[], ""),
        "/etag" => reply(200, &[("Content-Type", "text/html"), ("ETag", "W/\"1\"")], page("Here.")),
        "/date" if request.header("if-modified-since") == Some("Sun, 01 Nov 2026 00:00:00 GMT") => {
            reply(304, &[], "")
        }
        "/date" => {
            let modified = ("Last-Modified", "Sun, 01 Nov 2026 00:00:00 GMT");
            reply(200, &[("Content-Type", "text/html"), modified], page("Here."))
        }
        _ => html("Here."),
    });
    let mut source = world.network();
    let visit = |source: &mut Network, path: &str, last: Option<&Visit>| {
        let seen = look(source, &format!("http://example.com/{path}"), last).unwrap();
        let is_unchanged = seen.body == Body::Unchanged;
        let judgement = judge(seen, &Known { last, last_read: last, ..Known::default() });
        assert_eq!(judgement.visit.outcome, FetchOutcome::Ok, "{path}: {:?}", judgement.reason);
        assert!(judgement.flags.iter().all(|flag| flag.kind == evidence::FlagKind::Moved));
        (judgement, is_unchanged)
    };
    for (path, is_asked) in [("etag", true), ("date", true), ("moved", true), ("plain", false)] {
        let (first, is_unchanged) = visit(&mut source, path, None);
        assert!(!is_unchanged);
        // The next run reads what this one wrote.
        let text = source.validators().to_text();
        let mut next = Network::new(world.client.clone(), Validators::from_text(&text).unwrap());
        let (second, is_unchanged) = visit(&mut next, path, Some(&first.visit));
        assert_eq!(is_unchanged, is_asked, "{path}");
        assert_eq!((second.visit.sha256, second.visit.bytes), (first.visit.sha256, first.visit.bytes));
        assert!(matches!(second.change, Change::Unchanged { .. }), "{path}");
        assert_eq!(next.validators().to_text(), text);

        // A validator of another answer than the one that was read last is not used: "not modified" would be wrong.
        for other in [
            Visit { on: first.visit.on.plus_days(-1), ..first.visit.clone() },
            Visit { bytes: Some(1), ..first.visit.clone() },
            Visit { via: Via::Archive, ..first.visit.clone() },
            Visit { outcome: FetchOutcome::Failed, ..first.visit.clone() },
        ] {
            let seen = look(&mut next, &format!("http://example.com/{path}"), Some(&other)).unwrap();
            assert!(matches!(seen.body, Body::Bytes(_)), "{path}");
        }
    }
}
