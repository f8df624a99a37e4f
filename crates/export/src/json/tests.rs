use model::{Exception, Fact, Fetch, FetchOutcome, Optional, Registry, Status, Via};
use serde_json::{Value, json};

use super::*;
use crate::sample::{self, known, made, own_cell, parsed, text};

fn export(registry: Registry) -> Export<'static> {
    made(json(&Edition::new(registry, parsed("2026-08-01"))))
}

fn read(export: &Export<'_>, path: &str) -> Value {
    let file = export.files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("no {path}"));
    serde_json::from_slice(&file.bytes()).unwrap()
}

#[test]
fn holds_everything_under_the_agreed_keys() {
    let data = read(&export(sample::registry()), "data.json");
    let keys: Vec<_> = data.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "name",
            "schema_version",
            "generated",
            "license",
            "disclaimer",
            "coverage",
            "dimensions",
            "offerings"
        ]
    );
    let coverage = json!({
        "answers": 3, "read": 0, "verified": 0, "reported": 0, "undated": 3, "not_graded": 0,
    });
    assert_eq!((&data["coverage"], &data["offerings"][0]["coverage"]), (&coverage, &coverage));
    assert_eq!(data["generated"], "2026-07-06");
    assert_eq!(
        data["dimensions"].as_object().unwrap().keys().collect::<Vec<_>>(),
        ["soc2_type2", "data_residency", "gpai_cop"]
    );
    let offering = &data["offerings"][0];
    assert_eq!(
        (&offering["developer"], &offering["platform"], &offering["sort_order"]),
        (&json!("OpenAI"), &json!("Microsoft Azure"), &json!(0))
    );
    assert_eq!(
        offering["dimensions"]["soc2_type2"],
        json!({
            "value": "yes_sales_gated",
            "confidence": "medium",
            "confidence_reasons": ["gated_document", "scope_unverified"],
            "source": "https://example.com/a(b)?x=1&y=2",
            "archived": null,
            "verified": "2026-07-06",
            "own_reading": false,
            "as_of": null,
            "expires": null,
            "expires_by": null,
            "days_left": null,
            "to_check": [],
            "notes": "First line\ngoes on.\n\nSecond paragraph.",
            "headline": "Report needs an account",
            "tier": "enterprise_only",
            "route": "trust_center_nda",
            "default": null,
            "geography": [],
            "facts": {
                "criteria": ["security", "privacy"],
                "report_date": "2026-03-31",
                "scope_public": true,
                "version": "1.10",
            },
            "parts": {},
            "owner": "platform:azure",
            "evidence": [
                {
                    "url": "https://example.com/a(b)?x=1&y=2",
                    "title": "Trust portal",
                    "role": "primary",
                    "quote": null,
                    "archived_url": null,
                    "fetch": { "outcome": "blocked", "on": "2026-07-05", "http_status": 403, "via": null, "reported_by": null },
                    "seen": null,
                },
                {
                    "url": "https://example.org/",
                    "title": null,
                    "role": "secondary",
                    "quote": null,
                    "archived_url": "https://archive.org/1",
                    "fetch": { "outcome": "not_attempted", "on": null, "http_status": null, "via": null, "reported_by": null },
                    "seen": null,
                },
            ],
        })
    );
}

#[test]
fn an_answer_that_is_not_there_has_every_key_too() {
    let mut registry = sample::registry();
    let offering = registry.offerings.get_mut("azure-openai").unwrap();
    offering.developer = Optional::Absent;
    offering.cells = Optional::Absent;
    let data = read(&export(registry), "data.json");
    let offering = &data["offerings"][0];
    assert_eq!(offering["developer"], "Multiple developers");
    let [not_applicable, missing, full] = ["gpai_cop", "data_residency", "soc2_type2"]
        .map(|id| offering["dimensions"][id].as_object().unwrap().clone());
    assert_eq!((&not_applicable["value"], &missing["value"]), (&json!("not_applicable"), &Value::Null));
    for cell in [not_applicable, missing] {
        assert_eq!(cell.keys().collect::<Vec<_>>(), full.keys().collect::<Vec<_>>());
        let empty =
            |value: &Value| matches!(value, Value::Null) || *value == json!([]) || *value == json!({});
        assert!(cell.iter().all(|(key, value)| key == "value" || empty(value)), "{cell:?}");
    }
}

#[test]
fn facts_keep_their_types_and_decimals_their_form() {
    let mut registry = sample::registry();
    let fact = |key: &str, fact: Fact| (parsed(key), fact.into());
    own_cell(&mut registry, "data_residency").facts = known(
        [
            fact("a", Fact::Decimal(parsed("1.10"))),
            fact("b", Fact::Decimal(parsed("+2.50e3"))),
            fact("c", Fact::Integer(i64::MAX)),
            fact("d", Fact::Text(text("1.10"))),
        ]
        .into(),
    );
    let export = export(registry);
    let file = export.files.iter().find(|file| file.path == "offerings/azure-openai.json").unwrap();
    let written: String = String::from_utf8_lossy(&file.bytes()).split_whitespace().collect();
    let facts = r#""facts":{"a":1.10,"b":2.50e3,"c":9223372036854775807,"d":"1.10"}"#;
    assert!(written.contains(facts), "{written}");
}

#[test]
fn models_that_differ_have_answers_of_their_own() {
    let mut registry = sample::registry();
    let cell = own_cell(&mut registry, "data_residency");
    cell.verified_on = known(parsed("2026-07-01"));
    cell.evidence = known(vec![sample::read("https://a.example/", Some(Via::Archive), Some("2026-06-30"))]);
    cell.exceptions = known(vec![
        sample::exception(),
        Exception {
            models: vec![text("gpt-x")].into(),
            status: Status::Partial.into(),
            ..Exception::default()
        },
    ]);
    let export = export(registry);
    let data = read(&export, "data.json");
    let exceptions = &data["offerings"][0]["model_exceptions"];
    let models: Vec<_> = exceptions.as_array().unwrap().iter().map(|one| &one["model"]).collect();
    assert_eq!(models, ["gpt-x", "gpt-y"]);
    let cell = &exceptions[0]["dimensions"]["data_residency"];
    assert_eq!(
        (&cell["value"], &cell["confidence"], &cell["verified"], &cell["notes"], &cell["default"]),
        (&json!("no"), &json!("high"), &json!("2026-07-01"), &json!("One region only."), &Value::Null)
    );
    assert_eq!(
        (&cell["headline"], &cell["facts"], &cell["as_of"], &cell["own_reading"]),
        (&json!("Kept in one region"), &json!({ "retention_days": 30 }), &json!("2026-07-01"), &json!(true))
    );
    assert_eq!(cell["evidence"][0]["fetch"]["via"], "archive");
    let full = read(&export, "offerings/azure-openai.json");
    assert_eq!(
        full["offering"]["dimensions"]["data_residency"]["exceptions"][0],
        json!({
            "models": ["gpt-x", "gpt-y"],
            "value": "no",
            "headline": "Kept in one region",
            "note": "One region only.",
            "facts": { "retention_days": 30 },
        })
    );
}

#[test]
fn each_thing_has_a_small_document() {
    let export = export(sample::registry());
    let offering = read(&export, "offerings/azure-openai.json");
    assert_eq!(offering["developer_id"], "openai");
    assert_eq!(
        offering["offering"]["dimensions"]["soc2_type2"]["confidence_reasons"],
        json!(["gated_document", "scope_unverified"])
    );
    assert_eq!(offering["operator_answers"]["gpai_cop"]["owner"], "organization:microsoft");
    let dimension = read(&export, "dimensions/gpai_cop.json");
    assert_eq!(dimension["dimension"]["slug"], "gpai-cop");
    assert_eq!(dimension["answers"]["azure-openai"]["owner"], "organization:openai");
    let organization = read(&export, "organizations/microsoft.json");
    assert_eq!((&organization["platforms"], &organization["offerings"]), (&json!(["azure"]), &json!([])));
    let platform = read(&export, "platforms/azure.json");
    assert_eq!(platform["offerings"], json!(["azure-openai"]));

    let index = read(&export, "index.json");
    let lists = ["dimensions", "offerings", "organizations", "platforms"];
    let listed = lists.iter().flat_map(|list| index[list].as_array().unwrap()).map(|entry| &entry["path"]);
    let mut listed: Vec<_> = listed.chain(index["schemas"].as_object().unwrap().values()).collect();
    listed.extend([&index["data"], &index["visits"]]);
    let mut listed: Vec<_> = listed.into_iter().map(|path| path.as_str().unwrap()).collect();
    listed.push("index.json");
    listed.sort_unstable();
    assert_eq!(listed, export.files.iter().map(|file| &*file.path).collect::<Vec<_>>());
}

#[test]
fn what_could_not_be_read_and_what_has_not_come_is_left_out() {
    let mut registry = sample::registry();
    registry.offerings.insert(text("../x"), model::Offering { name: text("X").into(), ..Default::default() });
    let cell = own_cell(&mut registry, "data_residency");
    cell.status = model::Required::Unread;
    cell.verified_on = known(parsed("2026-09-01"));
    cell.evidence = known(vec![model::Evidence {
        url: model::Required::Known(parsed("https://example.com/")),
        fetch: known(Fetch {
            outcome: FetchOutcome::Ok.into(),
            on: known(parsed("2026-09-01")),
            ..Fetch::default()
        }),
        ..model::Evidence::default()
    }]);
    let export = export(registry);
    let told: Vec<_> = export.left_out.iter().map(|subject| subject.entity.to_string()).collect();
    assert!(told.contains(&"offering ../x".to_owned()), "{told:?}");
    assert_eq!(export.later.len(), 2);
    let data = read(&export, "data.json");
    assert_eq!(data["offerings"].as_array().unwrap().len(), 1);
    let cell = &data["offerings"][0]["dimensions"]["data_residency"];
    assert_eq!(
        (&cell["value"], &cell["verified"], &cell["expires"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    assert_eq!(cell["evidence"][0]["fetch"]["on"], Value::Null);
    assert_eq!(data["generated"], "2026-07-06");
}

#[test]
fn a_document_that_is_written_piece_by_piece_is_that_of_its_whole() {
    let edition = Edition::new(sample::registry(), parsed("2026-08-01"));
    let export = json(&edition);
    for file in &export.files {
        let bytes = file.bytes();
        // Decimals keep their written form only as raw values, and the sample has none that JSON writes otherwise.
        let whole: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(format!("{whole:#}\n").as_bytes(), &*bytes, "{}", file.path);
        assert_eq!(file.bytes(), bytes, "{}", file.path);
    }
    let pieces: Vec<_> = export.files.iter().filter(|file| file.made().is_none()).collect();
    assert!(pieces.iter().any(|file| file.path == "data.json") && pieces.len() > 4);
}

#[test]
fn a_registry_without_offerings_has_an_empty_list() {
    let data = read(&export(Registry::default()), "data.json");
    assert_eq!(data["offerings"], json!([]));
}
