//! A small registry for the tests of all formats.

use std::collections::BTreeMap;

use model::{
    Category, Cell, Confidence, ConfidenceReason, Dimension, DimensionFile, Dimensions, Evidence, Exception,
    Fact, Fetch, FetchOutcome, Level, Offering, Optional, Organization, Platform, Registry, RegistryInfo,
    Required, Role, Route, Status, Tier, Via,
};

use crate::{Export, OutputFile};

/// The export with its files made, which then needs no edition.
pub(crate) fn made(export: Export<'_>) -> Export<'static> {
    let files = export.files.iter().map(|file| OutputFile::new(file.path.clone(), file.bytes().into_owned()));
    let files = files.collect();
    let Export { left_out, later, unread, .. } = export;
    Export { files, left_out, later, unread }
}

/// Two organizations, a platform and an offering on it, with one cell at each level.
pub(crate) fn registry() -> Registry {
    let mut registry = Registry {
        info: RegistryInfo {
            name: text("AI Provider Trust Registry").into(),
            licence: known(text("CC-BY-4.0")),
            disclaimer: known(text("Independent of the sources it cites.")),
            ..RegistryInfo::default()
        },
        dimensions: Dimensions::new(DimensionFile {
            dimensions: vec![
                dimension("soc2_type2", "SOC 2 Type II", "Vendor trust", Level::Platform, 1),
                dimension("data_residency", "Data residency", "Data handling", Level::Platform, 2),
                dimension("gpai_cop", "GPAI Code of Practice", "EU AI Act", Level::Developer, 3),
            ]
            .into(),
        }),
        ..Registry::default()
    };
    let microsoft = Organization {
        id: Required::Known(parsed("microsoft")),
        name: text("Microsoft").into(),
        homepage: known(parsed("https://microsoft.com/")),
        domains: known(vec![text("microsoft.com"), text("azure.com")]),
        cells: cells("gpai_cop", Cell { confidence: known(Confidence::High), ..cell(Status::YesPublic) }),
        ..Organization::default()
    };
    let openai = Organization {
        id: Required::Known(parsed("openai")),
        name: text("OpenAI").into(),
        cells: cells("gpai_cop", cell(Status::YesPublic)),
        ..Organization::default()
    };
    let azure = Platform {
        id: Required::Known(parsed("azure")),
        name: text("Microsoft Azure").into(),
        operator: Required::Known(parsed("microsoft")),
        cells: cells("soc2_type2", soc2()),
        ..Platform::default()
    };
    let offering = Offering {
        id: Required::Known(parsed("azure-openai")),
        name: text("OpenAI models on Azure").into(),
        developer: known(parsed("openai")),
        platform: Required::Known(parsed("azure")),
        category: Category::CloudDistribution.into(),
        model_family: known(text("GPT")),
        summary: known(text("Sold by \"Microsoft\".")),
        cells: cells("data_residency", residency()),
        ..Offering::default()
    };
    registry.organizations.insert(text("microsoft"), microsoft);
    registry.organizations.insert(text("openai"), openai);
    registry.platforms.insert(text("azure"), azure);
    registry.offerings.insert(text("azure-openai"), offering);
    registry
}

/// A cell of the sample's offering, made where there is none.
pub(crate) fn own_cell<'a>(registry: &'a mut Registry, dimension: &str) -> &'a mut Cell {
    let Optional::Known(cells) = &mut registry.offerings.get_mut("azure-openai").unwrap().cells else {
        unreachable!()
    };
    cells.entry(parsed(dimension)).or_default()
}

/// A cell that says no more than its grade.
pub(crate) fn cell(status: Status) -> Cell {
    Cell { status: status.into(), ..Cell::default() }
}

/// An exception with every field.
pub(crate) fn exception() -> Exception {
    Exception {
        models: vec![text("gpt-x"), text("gpt-y")].into(),
        status: Status::No.into(),
        headline: known(text("Kept in one region")),
        note: known(text("One region only.")),
        facts: known(BTreeMap::from([(parsed("retention_days"), Fact::Integer(30).into())])),
    }
}

/// An evidence that was read at this address, in some way, on some day.
pub(crate) fn read(url: &str, via: Option<Via>, on: Option<&str>) -> Evidence {
    Evidence {
        url: Required::Known(parsed(url)),
        role: known(Role::Primary),
        fetch: known(Fetch {
            outcome: FetchOutcome::Ok.into(),
            on: on.map(parsed).into(),
            via: via.into(),
            ..Fetch::default()
        }),
        ..Evidence::default()
    }
}

/// A value of any of the model's parsed types.
pub(crate) fn parsed<T: std::str::FromStr>(text: &str) -> T {
    text.parse().ok().unwrap()
}

/// An optional field that is stated.
pub(crate) fn known<T>(value: T) -> Optional<T> {
    Optional::Known(value)
}

/// An owned text.
pub(crate) fn text(text: &str) -> String {
    text.to_owned()
}

fn dimension(id: &str, label: &str, group: &str, level: Level, order: i64) -> Dimension {
    Dimension {
        id: Required::Known(parsed(id)),
        label: text(label).into(),
        question: format!("Is there {label}?").into(),
        slug: Required::Known(parsed(&id.replace('_', "-"))),
        group: text(group).into(),
        level: level.into(),
        order: order.into(),
        ..Dimension::default()
    }
}

fn cells(dimension: &str, cell: Cell) -> Optional<BTreeMap<model::DimensionId, Cell>> {
    known(BTreeMap::from([(parsed(dimension), cell)]))
}

fn soc2() -> Cell {
    let read = Evidence {
        url: Required::Known(parsed("https://example.com/a(b)?x=1&y=2")),
        title: known(text("Trust portal")),
        role: known(Role::Primary),
        fetch: known(Fetch {
            outcome: FetchOutcome::Blocked.into(),
            on: known(parsed("2026-07-05")),
            http_status: known(403),
            ..Fetch::default()
        }),
        ..Evidence::default()
    };
    let bare = Evidence {
        url: Required::Known(parsed("https://example.org/")),
        archived_url: known(parsed("https://archive.org/1")),
        ..Evidence::default()
    };
    let fact = |key: &str, fact: Fact| (parsed(key), fact.into());
    Cell {
        confidence: known(Confidence::Medium),
        confidence_reasons: known(vec![ConfidenceReason::GatedDocument, ConfidenceReason::ScopeUnverified]),
        headline: known(text("Report needs an account")),
        note: known(text("First line\ngoes on.\n\nSecond paragraph.")),
        tier: known(Tier::EnterpriseOnly),
        route: known(Route::TrustCenterNda),
        verified_on: known(parsed("2026-07-06")),
        facts: known(BTreeMap::from([
            fact("report_date", Fact::Date(parsed("2026-03-31"))),
            fact("criteria", Fact::List(vec![text("security"), text("privacy")])),
            fact("scope_public", Fact::Bool(true)),
            fact("version", Fact::Text(text("1.10"))),
        ])),
        evidence: known(vec![read, bare]),
        ..cell(Status::YesSalesGated)
    }
}

fn residency() -> Cell {
    Cell {
        confidence: known(Confidence::High),
        headline: known(text("Choose a region")),
        default: known(model::DefaultState::RequiresConfig),
        geography: known(vec![parsed("EU"), parsed("US")]),
        geography_note: known(text("other regions on request")),
        parts: known(BTreeMap::from([(parsed("zone"), model::PartAnswer::Yes.into())])),
        override_reason: known(text("The family is served from two regions only.")),
        ..cell(Status::YesPublic)
    }
}
