//! A small registry, before and after a change.

use std::collections::{BTreeMap, HashSet};

pub(crate) use lint::{
    Base, ChangeContext, Digest, DomainOwners, EntityContext, EntityDigest, EntityNames, Environment, Linter,
    Selection,
};
pub(crate) use model::Optional::{self, Absent, Known};
pub(crate) use model::{
    Cell, Confidence, Date, DefaultState, Dimension, DimensionFile, Dimensions, Entity, Evidence, Exception,
    Fact, FactSpec, FactType, Fetch, FetchOutcome, Flag, Geography, Level, Mend, Misnamed, Offering,
    Organization, PartAnswer, Platform, RegistryInfo, Retired, Review, Role, SharedRecords, Status, Synonym,
    Tier, Verdict, Via,
};

pub(crate) const QUESTION: &str = "soc2_type2";

pub(crate) fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

pub(crate) fn key(name: &str) -> model::Key {
    name.parse().expect("a key")
}

pub(crate) fn words(text: &str) -> Optional<String> {
    Known(text.to_owned())
}

/// A page that was opened on a day.
pub(crate) fn page(path: &str, on: &str) -> Evidence {
    read(path, Some(Via::Direct), Some(on))
}

pub(crate) fn read(path: &str, via: Option<Via>, on: Option<&str>) -> Evidence {
    let fetch = Fetch {
        outcome: FetchOutcome::Ok.into(),
        on: on.map(day).into(),
        via: via.into(),
        ..Fetch::default()
    };
    Evidence {
        url: format!("https://acme.example/{path}").parse::<model::Url>().expect("an address").into(),
        title: words(&format!("Page {path}")),
        role: Known(Role::Primary),
        fetch: Known(fetch),
        ..Evidence::default()
    }
}

pub(crate) fn quoting(evidence: Evidence, quote: &str) -> Evidence {
    Evidence { quote: words(quote), ..evidence }
}

pub(crate) fn graded(status: Status, confidence: Option<Confidence>, evidence: &[Evidence]) -> Cell {
    Cell {
        status: status.into(),
        confidence: confidence.into(),
        verified_on: Known(day("2026-06-01")),
        evidence: Known(evidence.to_vec()),
        ..Cell::default()
    }
}

/// A partial answer with medium confidence.
pub(crate) fn partial(evidence: &[Evidence]) -> Cell {
    graded(Status::Partial, Some(Confidence::Medium), evidence)
}

/// The same, a public yes.
pub(crate) fn public(evidence: &[Evidence]) -> Cell {
    graded(Status::YesPublic, Some(Confidence::Medium), evidence)
}

pub(crate) fn review(verdict: Verdict, by: Option<&str>, reason: Option<&str>) -> Review {
    Review {
        on: day("2026-07-01").into(),
        by: by.map(str::to_owned).into(),
        verdict: verdict.into(),
        reason: reason.map(str::to_owned).into(),
        ..Review::default()
    }
}

pub(crate) fn reviewed(cell: Cell, reviews: &[Review]) -> Cell {
    Cell { reviews: Known(reviews.to_vec()), ..cell }
}

pub(crate) fn flagged(cell: Cell, flags: &[&str]) -> Cell {
    let flag = |id: &&str| Flag { id: id.parse::<model::Slug>().expect("a slug").into(), ..Flag::default() };
    Cell { flags: Known(flags.iter().map(flag).collect()), ..cell }
}

pub(crate) fn stating(cell: Cell, facts: &[(&str, Fact)]) -> Cell {
    let facts = facts.iter().map(|(name, fact)| (key(name), fact.clone().into()));
    Cell { facts: Known(facts.collect()), ..cell }
}

pub(crate) fn text(text: &str) -> Fact {
    Fact::Text(text.to_owned())
}

/// A registry with the question, a platform, and two offerings of it.
#[derive(Clone, Default)]
pub(crate) struct Registry {
    pub(crate) platform: Option<Cell>,
    pub(crate) chat: Option<Cell>,
    pub(crate) talk: Option<Cell>,
    /// The id and the former ids of the first offering, where it has another one now.
    pub(crate) renamed: bool,
    pub(crate) retired: bool,
}

pub(crate) fn with_chat(cell: Cell) -> Registry {
    Registry { chat: Some(cell), ..Registry::default() }
}

pub(crate) fn dimensions() -> Dimensions {
    let spec = |name: &str, kind: FactType, synonym: (&str, Mend)| FactSpec {
        key: key(name).into(),
        kind: kind.into(),
        synonyms: Known(vec![Synonym {
            key: key(synonym.0).into(),
            mend: Known(synonym.1),
            ..Synonym::default()
        }]),
        ..FactSpec::default()
    };
    let dimension = Dimension {
        id: QUESTION.parse::<model::DimensionId>().expect("a dimension id").into(),
        level: Level::Platform.into(),
        facts: Known(vec![
            spec("kept_days", FactType::Integer, ("days_kept", Mend::Rename)),
            spec("trains", FactType::Bool, ("never_trains", Mend::Invert)),
            spec("scope", FactType::List, ("services", Mend::Rename)),
        ]),
        ..Dimension::default()
    };
    Dimensions::new(DimensionFile { dimensions: vec![dimension].into() })
}

impl Registry {
    pub(crate) fn digest(&self) -> Digest {
        let (dimensions, organizations) = (dimensions(), BTreeMap::<String, Organization>::new());
        let cells = |cell: &Option<Cell>| {
            let id: model::DimensionId = QUESTION.parse().expect("a dimension id");
            cell.clone().map(|cell| BTreeMap::from([(id, cell)])).into()
        };
        let cloud = Platform { cells: cells(&self.platform), ..Platform::default() };
        let platforms = BTreeMap::from([("cloud".to_owned(), cloud)]);
        let shared = SharedRecords {
            dimensions: &dimensions,
            organizations: &organizations,
            platforms: &platforms,
            misnamed: &Misnamed::default(),
        };
        let owners = DomainOwners::new(&organizations);
        let env =
            Environment { shared, owners: &owners, names: &EntityNames::default(), today: day("2026-07-15") };
        let offering = |cell: &Option<Cell>, name: &str| Offering {
            name: name.to_owned().into(),
            platform: "cloud".parse::<model::PlatformId>().expect("an id").into(),
            cells: cells(cell),
            ..Offering::default()
        };
        let mut chat = offering(&self.chat, "Chat");
        if self.renamed {
            chat.former_ids = Known(vec!["chat".parse().expect("an id")]);
        }
        let talk = offering(&self.talk, "Talk");
        let retired = self.retired.then(|| {
            vec![Retired {
                entity: "offering:chat".to_owned().into(),
                dimension: Known(QUESTION.parse().expect("a dimension id")),
                ..Retired::default()
            }]
        });
        let info = RegistryInfo { retired: retired.into(), ..RegistryInfo::default() };
        let mut digest = Digest::new(&info, &dimensions);
        let platform = EntityContext::platform("cloud", &platforms["cloud"], env);
        let name = if self.renamed { "chatter" } else { "chat" };
        let chat = EntityContext::offering(name, &chat, env);
        let talk = EntityContext::offering("talk", &talk, env);
        for entity in [platform, chat, talk] {
            digest.add(entity.entity.clone(), EntityDigest::detailed(&entity));
        }
        digest
    }
}

pub(crate) fn linter() -> Linter {
    Linter::new(Selection::new(&["change/*".to_owned()], &[]).expect("a group"))
}

/// What a change raises: the rule, whose cell it is about, and the field.
pub(crate) fn raised(before: &Registry, after: &Registry) -> Vec<String> {
    let (before, after) = (before.digest(), after.digest());
    let mut findings = Vec::new();
    let base = Base { digest: &before, done: HashSet::new() };
    linter().changes(&[base], &after, &mut findings);
    let told = |finding: &diagnostics::Finding| {
        let subject = &finding.place.subject;
        let field = subject.field.as_ref().map_or(String::new(), ToString::to_string);
        let rule = finding.rule.as_str().trim_start_matches("change/");
        format!("{rule} {} {field}", subject.entity.id()).trim_end().to_owned()
    };
    findings.iter().map(told).collect()
}

pub(crate) fn changed(before: Cell, after: Cell) -> Vec<String> {
    raised(&with_chat(before), &with_chat(after))
}

pub(crate) const NOTHING: [&str; 0] = [];
pub(crate) const UPGRADE: [&str; 1] = ["upgrade-without-reading chat status"];
pub(crate) const CHANGE: [&str; 1] = ["status-without-verification chat status"];
pub(crate) const TERMS: &str = "terms-without-verification chat";
