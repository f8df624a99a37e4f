//! The edits of a plan make of the files exactly the registry as it would be.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use diagnostics::Finding;
use import::{Import, Input, Merging, Options, import};
use model::{
    Cell, Date, Document, Entity, Evidence, Fact, Fetch, FetchOutcome, Offering, Optional, Platform,
    Record as _, Registry, Status, Value,
};
use proptest::prelude::*;
use store::{Editor, FileContent, Source, Store, StoreError, canonical};

/// Data files in memory.
struct Files(BTreeMap<String, String>);

impl Source for Files {
    fn list(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.0.keys().cloned().collect())
    }

    fn read(&self, path: &str) -> Result<FileContent, StoreError> {
        Ok(Ok(self.0[path].clone().into_bytes()))
    }
}

impl Files {
    fn registry(&self) -> Registry {
        let (registry, findings) = Store::open(self).unwrap().registry().unwrap();
        assert!(findings.is_empty(), "{findings:?}");
        registry
    }
}

fn named(fields: Vec<(&str, Value)>) -> Vec<(String, Value)> {
    fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// The file of the offering with these cells.
fn files(cells: &BTreeMap<&str, Cell>) -> Files {
    let dimension = |id: &str, order: i64| {
        format!(
            "[[dimensions]]\nid = \"{id}\"\nlabel = \"L\"\nquestion = \"Q?\"\nslug = \"s{order}\"\ngroup = \"G\"\nlevel = \"platform\"\norder = {order}\n"
        )
    };
    let offering = Offering {
        id: "a".parse::<model::OfferingId>().unwrap().into(),
        name: "A".to_owned().into(),
        platform: "p".parse::<model::PlatformId>().unwrap().into(),
        category: model::Category::InferenceHost.into(),
        ..Offering::default()
    };
    let mut fields = named(offering.fields());
    let cells = cells.iter().map(|(id, cell)| ((*id).to_owned(), Value::Table(named(cell.fields()))));
    fields.push(("cells".to_owned(), Value::Table(cells.collect())));
    let platform = Platform {
        id: "p".parse::<model::PlatformId>().unwrap().into(),
        name: "P".to_owned().into(),
        operator: "o".parse::<model::OrganizationId>().unwrap().into(),
        ..Platform::default()
    };
    Files(BTreeMap::from([
        ("registry.toml".to_owned(), "name = \"R\"\n".to_owned()),
        ("dimensions.toml".to_owned(), dimension("soc2_type2", 1) + "\n" + &dimension("hipaa_baa", 2)),
        ("offerings/a.toml".to_owned(), canonical::file(Document::Offering, &fields)),
        ("platforms/p.toml".to_owned(), canonical::file(Document::Platform, &named(platform.fields()))),
    ]))
}

/// Short texts, none of which programs write for a missing value, such as `nil`.
fn short() -> impl Strategy<Value = Optional<String>> {
    prop::option::of("w[a-z]{0,5}( [a-z]{1,6})?").prop_map(Optional::from)
}

fn evidence() -> impl Strategy<Value = Evidence> {
    (0..5_u8, short(), short(), prop::option::of(prop::sample::select(vec!["2026-05-01", "2026-06-01"])))
        .prop_map(|(page, title, quote, day)| Evidence {
            url: format!("https://a.example/{page}").parse::<model::Url>().unwrap().into(),
            title,
            quote,
            fetch: Optional::from(day.map(|day| Fetch {
                outcome: FetchOutcome::Ok.into(),
                on: Optional::Known(day.parse::<Date>().unwrap()),
                ..Fetch::default()
            })),
            ..Evidence::default()
        })
}

fn cell() -> impl Strategy<Value = Cell> {
    let facts = prop::collection::btree_map("[a-c]", (0..9_i64).prop_map(Fact::Integer), 0..3);
    let statuses = prop::sample::select(vec![Status::Partial, Status::No, Status::YesPublic]);
    (statuses, short(), short(), facts, prop::collection::vec(evidence(), 0..4)).prop_map(
        |(status, note, headline, facts, mut evidence)| {
            evidence.sort_by(|one, other| one.url.text().cmp(other.url.text()));
            evidence.dedup_by(|one, other| one.url == other.url);
            let facts: BTreeMap<_, _> =
                facts.into_iter().map(|(key, fact)| (key.parse().unwrap(), fact.into())).collect();
            Cell {
                status: status.into(),
                note,
                headline,
                facts: if facts.is_empty() { Optional::Absent } else { Optional::Known(facts) },
                evidence: if evidence.is_empty() { Optional::Absent } else { Optional::Known(evidence) },
                ..Cell::default()
            }
        },
    )
}

/// The rows that say what a cell says, in the columns of an export.
fn table(cells: &BTreeMap<&str, Cell>, with_digests: bool) -> Vec<u8> {
    let registry = files(cells).registry();
    let exported = export::csv(&registry)
        .files
        .into_iter()
        .find(|file| file.path == "cells.csv")
        .unwrap()
        .bytes()
        .into_owned();
    if with_digests {
        return exported;
    }
    let text = String::from_utf8(exported).unwrap();
    text.replace("#whole", "# digest").into_bytes()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn edits_make_the_registry_of_the_plan(
        before in cell(),
        wanted in cell(),
        added in prop::option::of(cell()),
        replace in any::<bool>(),
        clear_empty in any::<bool>(),
    ) {
        let is_regraded = before.status != wanted.status && !clear_empty;
        let files = files(&BTreeMap::from([("soc2_type2", before)]));
        let mut cells = BTreeMap::from([("soc2_type2", wanted)]);
        cells.extend(added.map(|cell| ("hipaa_baa", cell)));
        let merging = Merging { replace, clear_empty, ..Merging::default() };
        let options = Options { merging, ..Options::default() };
        let input = Input { name: "cells.csv".to_owned(), bytes: table(&cells, false) };
        let Import { plan, registry, findings, .. } = import(vec![input], files.registry(), &options);
        // An attempt of the same outcome keeps what the row does not say; a text that stays under a new status is named.
        let is_old_text = |finding: &Finding| finding.rule.as_str() == "table/old-text" && is_regraded;
        prop_assert!(findings.iter().all(is_old_text), "{findings:?}");
        let path = "offerings/a.toml".to_owned();
        let edits: Vec<_> = plan.entities.iter().flat_map(|one| {
            assert_eq!(one.entity, Entity::Offering("a".to_owned()));
            one.edits(&registry)
        }).collect();
        let editor = Editor::new(Document::Offering, &registry.dimensions);
        let edited = editor.apply(&files.0[&path], &edits).unwrap();
        let mut after = Files(files.0.clone());
        after.0.insert(path, edited.clone());
        prop_assert_eq!(&after.registry().offerings, &registry.offerings, "{}", edited);
        prop_assert_eq!(plan.is_empty(), edits.is_empty());
        // And then there is nothing left to do.
        let input = Input { name: "cells.csv".to_owned(), bytes: table(&cells, false) };
        let again = import(vec![input], after.registry(), &options);
        prop_assert!(again.plan.is_empty(), "{:?}", again.plan);
    }

    #[test]
    fn an_edited_export_makes_the_cell_that_it_shows(before in cell(), wanted in cell()) {
        // As a person edits an export: the texts change, the digests stay.
        let cells = BTreeMap::from([("soc2_type2", before.clone())]);
        let files = files(&cells);
        let digest = model::tabular::whole_digest(&before);
        // The other row makes room for as many sources as the cell had.
        let wanted_cells = BTreeMap::from([("soc2_type2", wanted.clone()), ("hipaa_baa", before)]);
        let text = String::from_utf8(table(&wanted_cells, true)).unwrap();
        let text = text.replace(&model::tabular::whole_digest(&wanted), &digest);
        let input = Input { name: "cells.csv".to_owned(), bytes: text.into_bytes() };
        let merging = Merging { clear_empty: true, ..Merging::default() };
        let options = Options { merging, ..Options::default() };
        let import = import(vec![input], files.registry(), &options);
        prop_assert!(import.findings.is_empty(), "{:?}", import.findings);
        let after = import.registry.offerings["a"].cell("soc2_type2").unwrap();
        let by_url = |cell: &Cell| {
            let mut items = cell.evidence.items().to_vec();
            items.sort_by(|one, other| one.url.text().cmp(other.url.text()));
            Cell { evidence: Optional::Known(items), ..cell.clone() }
        };
        prop_assert_eq!(by_url(after), by_url(&wanted));
    }
}
