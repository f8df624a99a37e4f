//! Tables of somebody else, read by a profile: what each of its parts does, and what is wrong with it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write;

use diagnostics::{Anchor, Finding};
use import::{Input, Mapping, Options, Reading, import};
use model::tabular::write_facts;
use model::{
    Cell, Dimension, DimensionFile, Dimensions, Entity, Level, Offering, Organization, Platform, Registry,
    Required, Vocabulary,
};
use proptest::prelude::*;
use support::line;
use support::workbook::{Book, rows_from};

/// Acme Chat on Acme Cloud, a host of many developers, and questions of both levels.
fn registry() -> Registry {
    let dimension = |id: &str, label: &str, level: Level, order: i64| Dimension {
        id: id.parse::<model::DimensionId>().unwrap().into(),
        label: label.to_owned().into(),
        level: level.into(),
        order: order.into(),
        ..Dimension::default()
    };
    let dimensions = vec![
        dimension("soc2_type2", "SOC 2 Type II", Level::Platform, 1),
        dimension("hipaa_baa", "HIPAA BAA", Level::Platform, 2),
        dimension("gpai_cop", "GPAI Code", Level::Developer, 3),
    ];
    let organization = |id: &str| Organization {
        id: id.parse::<model::OrganizationId>().unwrap().into(),
        name: id.to_uppercase().into(),
        ..Organization::default()
    };
    let platform = |id: &str, operator: &str| Platform {
        id: id.parse::<model::PlatformId>().unwrap().into(),
        name: id.to_uppercase().into(),
        operator: operator.parse::<model::OrganizationId>().unwrap().into(),
        ..Platform::default()
    };
    let offering = |id: &str, platform: &str, developer: Option<&str>| Offering {
        id: id.parse::<model::OfferingId>().unwrap().into(),
        name: id.to_uppercase().into(),
        platform: platform.parse::<model::PlatformId>().unwrap().into(),
        developer: developer.map(|id| id.parse::<model::OrganizationId>().unwrap()).into(),
        category: model::Category::FirstParty.into(),
        ..Offering::default()
    };
    Registry {
        dimensions: Dimensions::new(DimensionFile { dimensions: Required::Known(dimensions) }),
        organizations: [("acme".to_owned(), organization("acme"))].into(),
        platforms: [("acme-cloud".to_owned(), platform("acme-cloud", "acme"))].into(),
        offerings: [
            ("acme-chat".to_owned(), offering("acme-chat", "acme-cloud", Some("acme"))),
            ("open-host".to_owned(), offering("open-host", "acme-cloud", None)),
        ]
        .into(),
        ..Registry::default()
    }
}

/// What a table and a profile come to: the findings, and each cell with what it says.
fn read_as(name: &str, bytes: impl Into<Vec<u8>>, profile: &str) -> String {
    let read = store::read_profile("p.toml", profile.as_bytes().to_vec());
    let (mapping, mut more) = Mapping::new("p.toml", read.value, Vec::new());
    if more.is_empty() {
        more = mapping.check(&registry());
    }
    let mut all: String = read.findings.iter().chain(&more).map(told).collect();
    if !all.is_empty() {
        return all;
    }
    let options = Options { reading: Reading { mapping, ..Reading::default() }, ..Options::default() };
    let input = Input { name: name.to_owned(), bytes: bytes.into() };
    let result = import(vec![input], registry(), &options);
    let findings = result.findings.iter();
    all.extend(findings.map(told));
    for (owner, dimension, cell) in cells(&result.registry) {
        let _ = writeln!(all, "{owner} {dimension}: {}", said(cell));
    }
    all
}

fn read(csv: &str, profile: &str) -> String {
    read_as("t.csv", csv, profile)
}

fn told(finding: &Finding) -> String {
    match &finding.place.anchor {
        Anchor::Cell(_) => line(finding),
        _ => {
            let place = finding.place.subject.field.as_ref().map(ToString::to_string).unwrap_or_default();
            let help = finding.help.as_deref().unwrap_or_default();
            format!("{}[{}] {place}: {}: {help}\n", finding.severity.name(), finding.rule, finding.message)
        }
    }
}

type Stored = model::Optional<BTreeMap<model::DimensionId, Cell>>;

/// Every cell with its owner and its question.
fn cells(registry: &Registry) -> Vec<(String, &str, &Cell)> {
    fn each(owner: Entity, cells: &Stored) -> impl Iterator<Item = (String, &str, &Cell)> {
        let owner = owner.reference().unwrap();
        cells.known().into_iter().flatten().map(move |(id, cell)| (owner.clone(), id.as_str(), cell))
    }
    let Registry { organizations, platforms, offerings, .. } = registry;
    let organizations = organizations.iter().map(|(id, one)| (Entity::Organization(id.clone()), &one.cells));
    let platforms = platforms.iter().map(|(id, one)| (Entity::Platform(id.clone()), &one.cells));
    let offerings = offerings.iter().map(|(id, one)| (Entity::Offering(id.clone()), &one.cells));
    organizations.chain(platforms).chain(offerings).flat_map(|(owner, cells)| each(owner, cells)).collect()
}

/// The fields of a cell in a line.
fn said(cell: &Cell) -> String {
    let mut parts = vec![cell.status.known().map_or("?", |status| status.id()).to_owned()];
    let mut say = |name: &str, text: Option<String>| parts.extend(text.map(|text| format!("{name}={text}")));
    say("confidence", cell.confidence.known().map(|one| one.id().to_owned()));
    say("headline", cell.headline.known().cloned());
    say("note", cell.note.known().cloned());
    say("route", cell.route.known().map(|one| one.id().to_owned()));
    say("facts", cell.facts.known().map(write_facts));
    say("verified_on", cell.verified_on.known().map(ToString::to_string));
    for source in cell.evidence.items() {
        say("url", Some(source.url.text().to_owned()));
        say("title", source.title.known().cloned());
        say("role", source.role.known().map(|one| one.id().to_owned()));
        let fetch = source.fetch.known();
        say("fetch", fetch.map(|fetch| fetch.outcome.known().map_or("?", |one| one.id()).to_owned()));
        say("on", fetch.and_then(|fetch| fetch.on.known()).map(ToString::to_string));
    }
    parts.join(" | ")
}

const LONG: &str = "[columns]\nService = \"service\"\nQuestion = \"dimension\"\nAnswer = \"status\"\n\
    Comment = \"note\"\nLink = \"source_url\"\nChecked = [\"verified_on\", \"fetched_on\"]\n";

const HEADER: &str = "Service,Question,Answer,Comment,Link,Checked\n";

#[test]
fn a_word_may_stand_for_several_fields_and_differ_by_question() {
    let profile = format!(
        "{LONG}[values.dimension]\n\"Your  SOC 2?\" = \"soc2_type2\"\nBAA = \"HIPAA-BAA\"\n\
         [values.status]\nY = \"Yes, public\"\n\"Yes, under NDA\" = {{ status = \"yes_sales_gated\", route = \"Trust center (NDA)\", headline = \"Needs an NDA\" }}\n\
         \"-\" = \"\"\n[values.\"hipaa_baa.status\"]\nY = {{ status = \"yes_sales_gated\", route = \"sales_contract\" }}\n"
    );
    let table = format!(
        "{HEADER}acme-chat,your soc 2?, y ,,,\nacme-chat,BAA,Y,By contract.,,\nacme-chat,gpai_cop,\"yes,  under nda\",,,\n"
    );
    let mut all = read(&table, &profile);
    all += &read(&format!("{HEADER}platform:acme-cloud,BAA,-,No answer.,,\n"), &profile);
    insta::assert_snapshot!(all);
}

#[test]
fn answers_go_to_whom_their_question_is_about() {
    let profile = format!("{LONG}[values.service]\n\"The chat\" = \"acme-chat\"\n");
    let table = format!(
        "{HEADER}the chat,gpai_cop,partial,a,,\nACME-CHAT,SOC 2 Type II,partial,b,,\nopen-host,hipaa_baa,partial,c,,\n\
         open-host,gpai_cop,partial,d,,\nACME,hipaa_baa,partial,e,,\n"
    );
    insta::assert_snapshot!(read(&table, &profile));
}

#[test]
fn constants_fill_only_rows_that_state_something_and_sources_that_have_an_address() {
    let profile = format!(
        "{LONG}[constants]\nconfidence = \"medium\"\nsource_title = \"Questionnaire\"\nsource_role = \"primary\"\nfetch_outcome = \"ok\"\n"
    );
    let table = format!(
        "{HEADER}acme-chat,gpai_cop,,,,\nacme-chat,soc2_type2,partial,a,https://acme.example/soc2,2026-07-05\n\
         acme-chat,hipaa_baa,no,b,,2026-07-05\n"
    );
    insta::assert_snapshot!(read(&table, &profile));
}

#[test]
fn rows_may_be_passed_over_and_columns_may_be_missing() {
    let profile = format!(
        "optional = [\"Link\", \"Checked\"]\nskip = [\"Id\"]\n{LONG}[values.dimension]\n\"SOC 2?\" = \"soc2_type2\"\n\
         [pass_over]\ndimension = [\"*\"]\nstatus = [\"\", \"N/A\"]\n"
    );
    let table = "Id,Service,Question,Answer,Comment\n1,open-host,soc 2?,partial,a\n2,open-host,Do you encrypt?,Yes,b\n\
        3,open-host,HIPAA BAA,n/a,c\n4,open-host,gpai_cop,,d\n5,open-host,encryption,Yes,\n";
    let mut all = read(table, &profile);
    all += &read(table, &profile.replace("\"Link\", ", ""));
    insta::assert_snapshot!(all);
}

#[test]
fn a_wide_table_has_a_row_a_vendor_and_a_column_a_question() {
    let profile = "dates = \"mdy\"\n[columns]\nVendor = \"service\"\n\"SOC 2\" = \"soc2_type2.status\"\n\"SOC 2 link\" = \"soc2_type2.source_url\"\n\
        \"BAA\" = \"hipaa_baa.status\"\n\"Code of Practice\" = \"gpai_cop.status\"\nReviewed = \"verified_on\"\nRemark = \"note\"\n\
        [values.status]\nYes = \"yes_public\"\nNDA = { status = \"yes_sales_gated\", route = \"trust_center_nda\" }\n\
        [pass_over]\nstatus = [\"?\"]\n[constants]\nsource_title = \"Report\"\n";
    let header = "Vendor,SOC 2,SOC 2 link,BAA,Code of Practice,Reviewed,Remark\n";
    let table = format!(
        "{header}ACME-CHAT,NDA,https://acme.example/soc2,Yes,yes,11/20/2026,Same for all\nopen-host,?,,,Yess,3/4/2026,\n"
    );
    let rows: Vec<Vec<String>> =
        table.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
    let sheet = format!("<sheetData>{}</sheetData>", rows_from(1, &rows));
    let from_csv = read(&table, profile);
    let from_xlsx = read_as("t.xlsx", Book::xlsx(&[("Sheet1", "", &sheet)]).bytes(), profile);
    assert_eq!(from_xlsx.replace("t.xlsx [Sheet1]", "t.csv"), from_csv);
    insta::assert_snapshot!(from_csv);
}

#[test]
fn words_that_the_profile_lacks_are_told_with_the_nearest() {
    let profile = format!(
        "{LONG}[values.status]\n\"Yes - NDA required\" = \"yes_sales_gated\"\nNo = \"no\"\n[values.dimension]\n\"SOC 2?\" = \"soc2_type2\"\n"
    );
    let table = format!(
        "{HEADER}acme-chat,SOC 2?,Yes - NDA requird,,,\nacme-chat,soc 2,Maybe,,,\nacme-chat,hipaa_baa,partial,,,\n"
    );
    insta::assert_snapshot!(read(&table, &profile));
}

#[test]
fn what_is_wrong_with_a_profile_is_told_there() {
    let mut all = String::new();
    for (name, profile) in [
        ("words and constants", format!("{LONG}[values.status]\nNDA = \"yes_gated\"\nY = {{ status = \"yes_public\", route = \"nda\" }}\n[values.dimension]\n\"SOC 2?\" = \"Do you?\"\n[constants]\nconfidence = \"hihg\"\nverified_on = \"11/20/2026\"\n")),
        ("columns", "[columns]\nA = \"notes\"\nB = [\"status\", \"hipaa.status\"]\nC = []\nD = \"soc2_type2.owner\"\n".to_owned()),
        ("questions that are not there", "[columns]\nA = \"soc2.status\"\nService = \"service\"\n[values.\"hipa_baa.status\"]\nY = \"no\"\n".to_owned()),
        ("words of a question in two tables", format!("{LONG}[values.hipaa_baa.status]\nY = \"no\"\n")),
        ("twice", format!("{LONG}[values.status]\nY = \"no\"\n\" y\" = \"partial\"\n")),
        ("types", "dates = \"us\"\noptional = \"A\"\n[columns]\nA = 1\n[values.status]\nY = [\"no\"]\nN = { status = 1 }\n[pass_over]\nstatus = \"N/A\"\n".to_owned()),
    ] {
        let _ = writeln!(all, "{name}\n{}", read(&format!("{HEADER}acme-chat,soc2_type2,partial,x,,\n"), &profile));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_profile_of_a_table_may_clash_with_it() {
    let mut all = String::new();
    let wide = "[columns]\nService = \"service\"\nQuestion = \"dimension\"\n\"BAA\" = \"hipaa_baa.status\"\n";
    let same =
        "[columns]\nService = \"owner\"\nVendor = \"owner\"\nQuestion = \"dimension\"\nAnswer = \"status\"\n";
    let constant = format!("{LONG}[constants]\nnote = \"x\"\n");
    for (name, table, profile) in [
        ("questions twice", "Service,Question,BAA\nacme-chat,soc2_type2,partial\n", wide),
        ("two owners", "Service,Vendor,Question,Answer\nacme-chat,acme-chat,soc2_type2,partial\n", same),
        (
            "a constant",
            "Service,Question,Answer,Comment,Link,Checked\nacme-chat,soc2_type2,partial,y,,\n",
            &constant,
        ),
    ] {
        let _ = writeln!(all, "{name}\n{}", read(table, profile));
    }
    insta::assert_snapshot!(all);
}

/// A profile of anything, and a table that it may fit.
fn any_profile() -> impl Strategy<Value = (String, String)> {
    let targets = prop::sample::select(vec![
        "\"owner\"",
        "\"service\"",
        "\"dimension\"",
        "\"status\"",
        "\"note\"",
        "\"source_url\"",
        "\"soc2_type2.status\"",
        "\"gpai_cop.source_2_url\"",
        "[\"verified_on\", \"fetched_on\"]",
        "[\"note\", \"hipaa_baa.note\"]",
        "[]",
        "\"#\"",
    ]);
    let words = prop::sample::select(vec![
        "acme-chat",
        "ACME",
        "soc2_type2",
        "Y",
        "",
        "*",
        "N/A",
        "é",
        "platform:acme-cloud",
        "1/2/2026",
    ]);
    let meanings = prop::sample::select(vec![
        "\"no\"",
        "\"\"",
        "{ status = \"partial\", route = \"public\" }",
        "{}",
        "{ note = \"\" }",
        "\"acme-chat\"",
        "\"soc2_type2\"",
    ]);
    let columns = prop::collection::vec(targets, 1..6);
    let values = prop::collection::btree_map(words.clone(), meanings, 0..3);
    let rows = prop::collection::vec(prop::collection::vec(words.clone(), 6), 0..4);
    (columns, values, words.clone(), words, rows).prop_map(|(columns, values, passed, constant, rows)| {
        let named = columns.iter().enumerate().map(|(at, target)| format!("c{at} = {target}\n")).collect::<String>();
        let values: String = values.iter().map(|(word, meaning)| format!("\"{word}\" = {meaning}\n")).collect();
        let profile = format!(
            "optional = [\"c9\"]\n[columns]\n{named}[values.status]\n{values}[values.service]\n{values}\
             [pass_over]\nstatus = [\"{passed}\"]\ndimension = [\"{passed}\"]\n[constants]\nsource_title = \"{constant}\"\n"
        );
        let header: Vec<_> = (0..6).map(|at| format!("c{at}")).collect();
        let rows = rows.iter().map(|row| row.join(",") + "\n").collect::<String>();
        (profile, format!("{}\n{rows}", header.join(",")))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_profile_makes_it_panic((profile, table) in any_profile()) {
        let read = store::read_profile("p.toml", profile.into_bytes());
        let (mapping, _) = Mapping::new("p.toml", read.value, Vec::new());
        mapping.check(&registry());
        let reading = Reading { mapping, take_links: true, ..Reading::default() };
        let input = Input { name: "t.csv".to_owned(), bytes: table.into_bytes() };
        import::draft(std::slice::from_ref(&input), &registry(), &reading);
        for clear_empty in [false, true] {
            let merging = import::Merging { clear_empty, ..Default::default() };
            let options = Options { reading: reading.clone(), merging };
            import(vec![input.clone()], registry(), &options);
        }
    }
}
