//! Makes a plan of what was seen: visits to record, and flags to raise.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use diagnostics::{Edit, Finding, Severity, count, quoted};
use evidence::{Flag, Visit, record};
use lint::{Linter, Selection};
use model::limits::MAX_VISITS;
use model::{
    Cell, Date, Document, Entity, FieldPath, Optional, PageVisit, Registry, Slug, Step, Subject, Via, Visits,
};
use registry::{InMemory, judge};
use store::canonical;

use super::looking::Looked;
use super::pages::is_asked;
use crate::Failure;
use crate::maintenance::differences::differences;
use crate::maintenance::flags::push;
use crate::maintenance::subjects::StoredCell;
use crate::maintenance::{Plan, Shown, table};

/// What was seen, applied to the registry as it is now. What the rules refuse of a visit is left out, with a note, so that
/// one odd page keeps no other from being recorded.
pub(super) fn plan(registry: &Registry, seen: &[Looked], today: Date) -> Result<Plan, Failure> {
    let mut plan = Plan::default();
    plan.shown = Shown::WhatPeopleWrote;
    plan.means = Some("review/open-flag");
    let mut hosts: BTreeMap<String, Vec<Visit>> = BTreeMap::new();
    for judged in seen.iter().filter_map(|one| one.judgement.as_ref()) {
        // That a web archive did not give its copy says nothing of the page.
        if judged.visit.via == Via::Direct || judged.visit.is_read() {
            let host = judged.visit.url.host().to_ascii_lowercase();
            hosts.entry(host).or_default().push(judged.visit.clone());
        }
    }
    leave_out_refused(&mut hosts, today, &mut plan);
    for (host, visits) in hosts {
        record_visits(registry, &mut plan, host, &visits);
    }
    raise_flags(registry, &mut plan, seen, today)?;
    Ok(plan)
}

/// Leaves out what the rules refuse: of a visit the address to which a redirect led, where that is what they refuse,
/// else the visit, or all of a host.
fn leave_out_refused(hosts: &mut BTreeMap<String, Vec<Visit>>, today: Date, plan: &mut Plan) {
    for Refusal { host, at, is_target, .. } in refused(hosts, today) {
        let visit = at.and_then(|at| hosts.get_mut(&host)?.get_mut(at));
        if let Some(visit) = visit.filter(|_| is_target) {
            visit.final_url = None;
        }
    }
    let refused = refused(hosts, today).into_iter().map(|one| ((one.host, one.at), one.why));
    let refused: BTreeMap<(String, Option<usize>), String> = refused.collect();
    // From the last to the first, so that the places of the others stay.
    for ((host, at), why) in refused.into_iter().rev() {
        match (at, hosts.get_mut(&host)) {
            (Some(at), Some(visits)) => {
                let visit = visits.remove(at);
                plan.note(format!("the visit of {} is not recorded: {why}", visit.url));
            }
            _ => {
                hosts.remove(&host);
                plan.note(format!("no visit of {} is recorded: {why}", quoted(&host)));
            }
        }
    }
}

/// An error that a visit would be, or the host of visits.
struct Refusal {
    host: String,
    at: Option<usize>,
    /// Whether it is about the address to which a redirect led.
    is_target: bool,
    why: String,
}

/// The errors of visits that would be recorded.
fn refused(hosts: &BTreeMap<String, Vec<Visit>>, today: Date) -> Vec<Refusal> {
    let stated = |visits: &Vec<Visit>| Visits {
        visits: Optional::Known(visits.iter().map(PageVisit::from).collect()),
    };
    let alone = Registry {
        visits: hosts.iter().map(|(host, visits)| (host.clone(), stated(visits))).collect(),
        ..Registry::default()
    };
    let linter = Linter::new(Selection::default());
    let Ok(judgement) = judge(InMemory::new(&alone), None, &linter, today);
    let errors = judgement.findings.into_iter().filter(|finding| finding.severity == Severity::Error);
    let refusal = |finding: Finding| {
        let Entity::Visits(host) = &finding.place.subject.entity else { return None };
        let steps = finding.place.subject.field.as_ref().map(FieldPath::steps).unwrap_or_default();
        let at = steps.iter().find_map(|step| if let Step::Index(at) = step { Some(*at) } else { None });
        let is_target = steps.last() == Some(&Step::Key("final_url".to_owned()));
        Some(Refusal { host: host.clone(), at, is_target, why: finding.message })
    };
    errors.filter_map(refusal).collect()
}

/// Records the visits of the pages of a host.
fn record_visits(registry: &Registry, plan: &mut Plan, host: String, new: &[Visit]) {
    let stored = registry.visits.get(&host);
    let known: Vec<PageVisit> = stored.map(|host| host.visits.items().to_vec()).unwrap_or_default();
    let (mut edits, mut added) = (Vec::new(), Vec::new());
    let entity = Entity::Visits(host);
    let at = |index: usize| Subject::field(entity.clone(), FieldPath::of("visits").index(index));
    let mut pages: HashMap<String, Vec<(usize, Visit)>> = HashMap::new();
    for (at, stated) in known.iter().enumerate() {
        if let Some(visit) = Visit::of(stated) {
            pages.entry(visit.url.identity().into_owned()).or_default().push((at, visit));
        }
    }
    let mut recorded = 0;
    for visit in new {
        let of_page = pages.get(&*visit.url.identity()).map(Vec::as_slice).unwrap_or_default();
        let visits: Vec<Visit> = of_page.iter().map(|(_, visit)| visit.clone()).collect();
        let Some(all) = record(&visits, visit) else { continue };
        recorded += 1;
        for (nth, visit) in all.iter().enumerate() {
            let new = PageVisit::from(visit);
            match of_page.get(nth) {
                Some((index, old)) => {
                    edits.extend(differences(&at(*index), &table(&PageVisit::from(old)), &table(&new)));
                }
                None => added.push(new),
            }
        }
    }
    let room = MAX_VISITS.saturating_sub(known.len());
    if added.len() > room {
        plan.note(format!(
            "{} of {} not recorded: its file may hold {MAX_VISITS}",
            count(added.len() - room, "visit"),
            quoted(entity.id())
        ));
        added.truncate(room);
    }
    let what = count(recorded, "visit");
    if stored.is_some() {
        let from = known.len();
        edits.extend(added.iter().enumerate().map(|(index, one)| Edit::Set(at(from + index), table(one))));
        if !edits.is_empty() {
            plan.edit(&entity, edits, what);
        }
    } else if !added.is_empty() {
        let visits = Visits { visits: Optional::Known(added) };
        plan.create(&entity, canonical::file(Document::Visits, &table_fields(&visits)), what);
    }
}

fn table_fields(visits: &Visits) -> Vec<(String, model::Value)> {
    match table(visits) {
        model::Value::Table(fields) => fields,
        _ => Vec::new(),
    }
}

/// Raises the flags in the cells that they are about.
fn raise_flags(registry: &Registry, plan: &mut Plan, seen: &[Looked], today: Date) -> Result<(), Failure> {
    let mut flagged: HashMap<Cow<'_, str>, &Looked> = HashMap::new();
    let has_flags = |one: &&Looked| one.judgement.as_ref().is_some_and(|judged| !judged.flags.is_empty());
    flagged.extend(seen.iter().filter(has_flags).map(|one| (one.url.identity(), one)));
    if flagged.is_empty() {
        return Ok(());
    }
    for (entity, dimension, stored) in registry.stored_cells() {
        let one = StoredCell { subject: Subject::cell(entity, dimension.id.text()), cell: stored };
        let cited =
            stored.evidence.items().iter().filter_map(|one| flagged.get(&one.url.known()?.identity()));
        let cited: Vec<_> = cited.collect();
        if cited.is_empty() {
            continue;
        }
        let mut cell = stored.clone();
        let mut ids = Vec::new();
        for page in cited {
            for (flag, quotes) in page.judgement.iter().flat_map(|judged| &judged.flags) {
                // A cell may cite a page twice.
                if is_asked(&cell, &page.url, flag, quotes) {
                    raise(&one, &mut cell, flag, today)?;
                    ids.push(format!("`{}`", flag.id));
                }
            }
        }
        if !ids.is_empty() {
            plan.change_cell(&one.subject, stored, &cell, &format!("flag {} raised", ids.join(" and ")));
        }
    }
    Ok(())
}

fn raise(one: &StoredCell<'_>, cell: &mut Cell, flag: &Flag, today: Date) -> Result<(), Failure> {
    let id: Slug =
        flag.id.parse().map_err(|_| Failure::Usage(format!("{:?} is no id of a flag", flag.id)))?;
    let flag = model::Flag { id: id.into(), raised_on: today.into(), what: flag.what.clone().into() };
    push(&mut cell.flags, flag, one, "flags")
}

#[cfg(test)]
mod tests {
    use evidence::{Change, FlagKind, Sha256};
    use model::{Evidence, FetchOutcome, Url};
    use proptest::prelude::*;

    use super::*;
    use crate::commands::recheck::looking::{Counted, Judged};
    use crate::commands::recheck::sample;

    fn url(page: u8) -> Url {
        format!("https://a.example/{page}").parse().unwrap()
    }

    fn looked(page: u8, outcome: FetchOutcome, kinds: Vec<FlagKind>) -> Looked {
        let visit = Visit {
            url: url(page),
            on: Date::new(2026, 1, 1).unwrap(),
            outcome,
            http_status: None,
            via: Via::Direct,
            final_url: None,
            archived_url: None,
            sha256: (outcome == FetchOutcome::Ok).then(|| Sha256::of(b"text")),
            extractor: (outcome == FetchOutcome::Ok).then(|| "html-1".to_owned()),
            bytes: None,
        };
        let flags = kinds.into_iter().map(|kind| {
            let id = format!("{}-{page}", kind.id());
            (Flag { kind, id, what: "It is missing.".to_owned(), quotes: Vec::new() }, Vec::new())
        });
        let judged = Judged {
            visit,
            change: Change::First,
            quotes: Counted::default(),
            flags: flags.collect(),
            reason: None,
        };
        Looked { page: page.into(), url: url(page), judgement: Some(judged) }
    }

    /// A registry of three offerings, each citing two of the pages.
    fn registry() -> Registry {
        let cites = |page: u8| Evidence { url: url(page).into(), ..Evidence::default() };
        sample::registry((0..3).map(|at| vec![cites(at), cites(at + 1)]))
    }

    fn any_outcome() -> impl Strategy<Value = FetchOutcome> {
        let outcomes = <FetchOutcome as model::Vocabulary>::ALL.iter().copied();
        prop::sample::select(outcomes.filter(|one| *one != FetchOutcome::NotAttempted).collect::<Vec<_>>())
    }

    #[test]
    fn that_an_archive_gave_no_copy_is_no_visit_of_the_page() {
        let mut failed = looked(1, FetchOutcome::Failed, Vec::new());
        failed.judgement.iter_mut().for_each(|judged| judged.visit.via = Via::Archive);
        let plan = plan(&registry(), &[failed], Date::new(2026, 2, 1).unwrap()).unwrap();
        assert!(plan.proposal.creations.is_empty() && plan.proposal.edits.is_empty());
    }

    #[test]
    fn one_odd_page_keeps_no_other_from_being_recorded() {
        let mut odd = looked(1, FetchOutcome::Ok, Vec::new());
        let mut moved = looked(2, FetchOutcome::Ok, Vec::new());
        let mut elsewhere = looked(3, FetchOutcome::Ok, Vec::new());
        let change = |one: &mut Looked, with: &dyn Fn(&mut Visit)| {
            one.judgement.iter_mut().for_each(|judged| with(&mut judged.visit));
        };
        change(&mut odd, &|visit| visit.on = Date::new(2027, 1, 1).unwrap());
        change(&mut moved, &|visit| {
            visit.final_url = "https://a.example/2?token=hunter2hunter2".parse().ok()
        });
        let mut both = looked(4, FetchOutcome::Ok, Vec::new());
        change(&mut both, &|visit| {
            visit.on = Date::new(2027, 1, 1).unwrap();
            visit.archived_url = "https://user:word@archive.example/4".parse().ok();
        });
        let last = looked(5, FetchOutcome::Ok, Vec::new());
        change(&mut elsewhere, &|visit| visit.url = "https://a_b.example/3".parse().unwrap());
        let good = looked(0, FetchOutcome::Ok, Vec::new());
        let plan =
            plan(&registry(), &[good, odd, both, moved, elsewhere, last], Date::new(2026, 2, 1).unwrap())
                .unwrap();
        let [(entity, text)] = plan.proposal.creations.as_slice() else { panic!("one host is sound") };
        assert_eq!(entity.id(), "a.example");
        assert_eq!(text.matches("[[visits]]").count(), 3, "{text}");
        assert!(["/0", "/2", "/5"].iter().all(|page| text.contains(page)), "{text}");
        assert!(!text.contains("hunter2") && text.contains("https://a.example/2"), "{text}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        /// Whatever was seen: in what people wrote, only flags are added.
        #[test]
        fn only_visits_and_flags_are_written(
            looks in prop::collection::vec((0u8..5, any_outcome(), any::<[bool; 3]>()), 0..6),
        ) {
            let kinds = [FlagKind::PageGone, FlagKind::QuoteGone, FlagKind::Moved];
            let seen: Vec<Looked> = looks
                .into_iter()
                .map(|(page, outcome, has)| {
                    let kinds = kinds.into_iter().zip(has).filter(|(_, has)| *has);
                    looked(page, outcome, kinds.map(|(kind, _)| kind).collect())
                })
                .collect();
            let plan = plan(&registry(), &seen, Date::new(2026, 2, 1).unwrap()).unwrap();
            for edit in &plan.proposal.edits {
                let Edit::Set(subject, _) = edit else { panic!("{edit:?}") };
                let is_flag = subject.field.as_ref().and_then(|field| field.steps().first())
                    == Some(&Step::Key("flags".to_owned()));
                prop_assert!(is_flag, "{subject:?}");
            }
            prop_assert!(plan.proposal.moves.is_empty() && plan.proposal.removals.is_empty());
            prop_assert!(plan.proposal.creations.iter().all(|(entity, _)| matches!(entity, Entity::Visits(_))));
            prop_assert_eq!(plan.proposal.creations.is_empty(), seen.is_empty());
        }
    }
}
