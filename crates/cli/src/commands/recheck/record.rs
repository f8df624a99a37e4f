//! Makes a plan of what was seen: visits to record, and flags to raise.

use std::collections::BTreeMap;

use diagnostics::{Edit, count};
use evidence::{Flag, Recorded, Visit, record};
use model::{Cell, Date, Document, Entity, FieldPath, Optional, PageVisit, Registry, Slug, Subject, Visits};
use store::canonical;

use super::looking::Looked;
use crate::Failure;
use crate::maintenance::flags::push;
use crate::maintenance::subjects::StoredCell;
use crate::maintenance::{Plan, Shown, table};

/// What was seen, applied to the registry as it is now.
pub(super) fn plan(registry: &Registry, seen: &[Looked], today: Date) -> Result<Plan, Failure> {
    let mut plan = Plan::default();
    plan.shown = Shown::WhatPeopleWrote;
    plan.means = Some("review/open-flag");
    let mut hosts: BTreeMap<String, Vec<&Visit>> = BTreeMap::new();
    for one in seen {
        if let Some(judged) = &one.judgement {
            hosts.entry(one.url.host().to_ascii_lowercase()).or_default().push(&judged.visit);
        }
    }
    for (host, visits) in hosts {
        record_visits(registry, &mut plan, host, &visits);
    }
    raise_flags(registry, &mut plan, seen, today)?;
    Ok(plan)
}

/// Records the visits of the pages of a host.
fn record_visits(registry: &Registry, plan: &mut Plan, host: String, new: &[&Visit]) {
    let stored = registry.visits.get(&host);
    let known: Vec<PageVisit> = stored.map(|host| host.visits.items().to_vec()).unwrap_or_default();
    let (mut edits, mut added) = (Vec::new(), Vec::new());
    let entity = Entity::Visits(host);
    let at = |index: usize| Subject::field(entity.clone(), FieldPath::of("visits").index(index));
    for visit in new {
        let page =
            |(_, stated): &(usize, &PageVisit)| stated.page().as_deref() == Some(&*visit.url.identity());
        let of_page: Vec<(usize, Visit)> = known
            .iter()
            .enumerate()
            .filter(page)
            .filter_map(|(at, stated)| Some((at, Visit::of(stated)?)))
            .collect();
        let visits: Vec<Visit> = of_page.iter().map(|(_, visit)| visit.clone()).collect();
        match record(&visits, visit) {
            Recorded::Nowhere => {}
            Recorded::InPlaceOf(index) => {
                edits.push(Edit::Set(at(of_page[index].0), table(&PageVisit::from(*visit))));
            }
            Recorded::Last => added.push(PageVisit::from(*visit)),
        }
    }
    let what = count(edits.len() + added.len(), "visit");
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
    let raised: Vec<(&Looked, &Flag, &[String])> = seen
        .iter()
        .filter_map(|one| Some((one, one.judgement.as_ref()?)))
        .flat_map(|(one, judged)| {
            judged.flags.iter().map(move |(flag, quotes)| (one, flag, quotes.as_slice()))
        })
        .collect();
    if raised.is_empty() {
        return Ok(());
    }
    for (entity, dimension, stored) in registry.stored_cells() {
        let one = StoredCell { subject: Subject::cell(entity, dimension.id.text()), cell: stored };
        let mut cell = stored.clone();
        let mut ids = Vec::new();
        for (page, flag, quotes) in &raised {
            if is_about(stored, page, quotes) && ids.iter().all(|id| id != &flag.id) {
                raise(&one, &mut cell, flag, today)?;
                ids.push(flag.id.clone());
            }
        }
        if !ids.is_empty() {
            let ids: Vec<_> = ids.iter().map(|id| format!("`{id}`")).collect();
            plan.change_cell(&one.subject, stored, &cell, &format!("flag {} raised", ids.join(" and ")));
        }
    }
    Ok(())
}

/// Whether a cell cites the page, and one of the quotes where the flag is about quotes.
fn is_about(cell: &Cell, page: &Looked, quotes: &[String]) -> bool {
    let of_page = cell
        .evidence
        .items()
        .iter()
        .filter(|evidence| evidence.url.known().is_some_and(|url| url.identity() == page.url.identity()));
    let holds = |quote: Option<&String>| quote.is_some_and(|quote| quotes.contains(quote));
    of_page.into_iter().any(|evidence| quotes.is_empty() || holds(evidence.quote.known()))
}

fn raise(one: &StoredCell<'_>, cell: &mut Cell, flag: &Flag, today: Date) -> Result<(), Failure> {
    let id: Slug =
        flag.id.parse().map_err(|_| Failure::Usage(format!("{:?} is no id of a flag", flag.id)))?;
    if cell.flags.items().iter().any(|known| known.id.text() == id.as_str()) {
        return Ok(());
    }
    let flag = model::Flag { id: id.into(), raised_on: today.into(), what: flag.what.clone().into() };
    push(&mut cell.flags, flag, one, "flags")
}

#[cfg(test)]
mod tests {
    use evidence::{Change, FlagKind, Sha256};
    use model::{DimensionFile, Dimensions, Evidence, FetchOutcome, Offering, Step, Url, Via};
    use proptest::prelude::*;

    use super::*;
    use crate::commands::recheck::looking::{Counted, Judged};

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
            extractor: Some("html-1".to_owned()),
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

    /// A registry of one question and three offerings, each citing two of the pages.
    fn registry() -> Registry {
        let id: model::DimensionId = "soc2_type2".parse().unwrap();
        let dimension = model::Dimension { id: id.clone().into(), ..model::Dimension::default() };
        let cites = |page: u8| Evidence { url: url(page).into(), ..Evidence::default() };
        let offerings = (0..3u8).map(|at| {
            let cell = Cell { evidence: Optional::Known(vec![cites(at), cites(at + 1)]), ..Cell::default() };
            let cells = Optional::Known([(id.clone(), cell)].into());
            (format!("o{at}"), Offering { cells, ..Offering::default() })
        });
        Registry {
            dimensions: Dimensions::new(DimensionFile { dimensions: vec![dimension].into() }),
            offerings: offerings.collect(),
            ..Registry::default()
        }
    }

    fn any_outcome() -> impl Strategy<Value = FetchOutcome> {
        prop::sample::select(<FetchOutcome as model::Vocabulary>::ALL)
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
