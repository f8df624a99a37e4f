//! Answers that move, and states that merge.

use super::registry::*;

#[test]
fn an_override_and_an_inherited_answer_are_compared_with_what_answered() {
    let pages = [page("a", "2026-06-01")];
    let platform = |cell: Cell| Registry { platform: Some(cell), ..Registry::default() };
    // An override that promises more.
    let after = Registry { chat: Some(public(&pages)), ..platform(partial(&pages)) };
    assert_eq!(raised(&platform(partial(&pages)), &after), UPGRADE);
    let read = [page("b", "2026-06-01")];
    let after = Registry { chat: Some(public(&read)), ..platform(partial(&pages)) };
    assert_eq!(raised(&platform(partial(&pages)), &after), NOTHING);
    // What an override leaves behind on the platform is not lost.
    let before =
        platform(flagged(reviewed(partial(&pages), &[review(Verdict::Confirmed, None, None)]), &["a"]));
    let after = Registry { chat: Some(partial(&pages)), ..before.clone() };
    assert_eq!(raised(&before, &after), NOTHING);
    // An own answer is given up for a better one.
    let before = Registry { chat: Some(partial(&pages)), ..platform(public(&pages)) };
    assert_eq!(raised(&before, &platform(public(&pages))), ["upgrade-without-reading chat"]);
    // What the base had read for the inherited cell is no news, and what was read since is.
    let old = [page("b", "2026-06-10")];
    let before = Registry { chat: Some(partial(&pages)), ..platform(public(&old)) };
    assert_eq!(raised(&before, &platform(public(&old))), ["upgrade-without-reading chat"]);
    let reread = [page("b", "2026-07-01")];
    assert_eq!(raised(&before, &platform(public(&reread))), NOTHING);
    let before = Registry { chat: Some(public(&pages)), ..platform(partial(&old)) };
    assert_eq!(raised(&before, &platform(partial(&old))), ["status-without-verification chat"]);
    assert_eq!(raised(&before, &platform(partial(&reread))), NOTHING);
    let confirmed = [review(Verdict::Confirmed, Some("Jo"), None)];
    let inherited = reviewed(partial(&old), &confirmed);
    let before = Registry { chat: Some(public(&pages)), ..platform(inherited.clone()) };
    assert_eq!(raised(&before, &platform(inherited)), ["status-without-verification chat"]);
    let before = Registry { chat: Some(partial(&pages)), ..platform(public(&pages)) };
    let retired = Registry { retired: true, ..platform(public(&pages)) };
    assert_eq!(raised(&before, &retired), NOTHING, "and the registry says so");
    // A question that had no cell.
    assert_eq!(raised(&Registry::default(), &platform(public(&pages))), NOTHING);
    // One cell that many inherit is reported once.
    assert_eq!(
        raised(&platform(partial(&pages)), &platform(public(&pages))),
        ["upgrade-without-reading cloud status"]
    );
    // The offering goes by another id.
    let after = Registry { renamed: true, ..with_chat(public(&pages)) };
    assert_eq!(raised(&with_chat(partial(&pages)), &after), ["upgrade-without-reading chatter status"]);
}

#[test]
fn what_moves_to_the_platform_is_not_lost() {
    let pages = [page("a", "2026-06-01")];
    let whole = flagged(reviewed(public(&pages), &[review(Verdict::Confirmed, Some("Jo"), None)]), &["a"]);
    let moved = Registry { platform: Some(whole.clone()), ..Registry::default() };
    assert_eq!(raised(&with_chat(whole.clone()), &moved), NOTHING);
    assert_eq!(
        raised(
            &moved,
            &Registry { chat: Some(whole.clone()), talk: Some(whole.clone()), ..Registry::default() }
        ),
        NOTHING
    );
    let bare = Registry { platform: Some(public(&pages)), ..Registry::default() };
    assert_eq!(raised(&with_chat(whole), &bare), ["review-removed chat reviews", "flag-removed chat flags"]);
}

#[test]
fn what_one_side_of_a_merge_has_done_is_no_news_for_the_other() {
    let pages = [page("a", "2026-06-01")];
    let fork = with_chat(partial(&pages)).digest();
    let ours = with_chat(public(&pages)).digest();
    let theirs = Registry { talk: Some(partial(&pages)), ..with_chat(partial(&pages)) }.digest();
    let linter = linter();
    let done = |after: &Digest| linter.done(&ChangeContext { before: &fork, after });
    let bases = [Base { digest: &ours, done: done(&theirs) }, Base { digest: &theirs, done: done(&ours) }];
    let merged = |registry: Registry| {
        let mut findings = Vec::new();
        linter.changes(&bases, &registry.digest(), &mut findings);
        findings.iter().map(|one| one.place.subject.entity.id().to_owned()).collect::<Vec<_>>()
    };
    let both = Registry { talk: Some(partial(&pages)), ..with_chat(public(&pages)) };
    assert_eq!(merged(both.clone()), NOTHING, "our upgrade was reported where it was made");
    assert_eq!(merged(Registry { talk: Some(public(&pages)), ..both.clone() }), ["talk"]);
    assert_eq!(merged(Registry { talk: None, ..both }), ["talk"], "what only they had is lost");
}

#[test]
fn a_finding_follows_an_entity_and_a_corrected_address() {
    let undated = |path: &str| read(path, Some(Via::Direct), None);
    let before = with_chat(partial(&[undated("a"), undated("b")])).digest();
    let follow = |after: Registry, at: usize| {
        let after = after.digest();
        let path = model::FieldPath::of("evidence").index(at).key("fetch");
        let subject = model::Subject::cell(Entity::Offering("chat".to_owned()), QUESTION).with(path);
        let mut finding = diagnostics::Finding::new(
            diagnostics::RuleId("evidence/read-without-date"),
            diagnostics::Severity::Warning,
            subject,
            "",
        );
        finding.identity = Some(format!("evidence[https://acme.example/{}].fetch", ["a", "b"][at]));
        ChangeContext { before: &before, after: &after }.follow(&mut finding);
        format!("{} {}", finding.place.subject.entity.id(), finding.named_field())
    };
    let corrected = Evidence { title: undated("a").title, ..undated("c") };
    assert_eq!(
        follow(with_chat(partial(&[corrected.clone(), undated("b")])), 0),
        "chat evidence[https://acme.example/c].fetch"
    );
    let tracked = Evidence {
        url: "https://ACME.example/a?utm_source=x".parse::<model::Url>().expect("an address").into(),
        ..undated("a")
    };
    assert_eq!(
        follow(with_chat(partial(&[undated("b"), tracked])), 0),
        "chat evidence[https://acme.example/a?utm_source=x].fetch",
        "another spelling of the address"
    );
    // Its place is another, its title is, or the page is one that was there.
    for after in [vec![undated("b"), corrected], vec![undated("c"), undated("b")], vec![undated("b")]] {
        assert_eq!(
            follow(with_chat(partial(&after)), 0),
            "chat evidence[https://acme.example/a].fetch",
            "{after:?}"
        );
    }
    let renamed = Registry { renamed: true, ..with_chat(partial(&[undated("a"), undated("b")])) };
    assert_eq!(follow(renamed, 1), "chatter evidence[https://acme.example/b].fetch");
}
