//! What `import` plans is what it can write: files that cannot be read, layout, existing faults, and the sides of
//! a change.

use std::fs;

use crate::support::{Scratch, import};

const FILE: &str = "offerings/acme-chat.toml";
const NOTE: &str = "Acme hands out its SOC 2 Type II report in its trust portal.";

#[test]
fn rows_about_a_file_that_cannot_be_read_are_refused() {
    let row = "offering:acme-chat,retention_zdr,no_public_evidence,low,not_read,Nothing found,https://acme.example/x\n";
    let header = "owner,dimension,status,confidence,confidence_reasons,headline,source_url\n";
    let tables =
        [format!("{header}{row}"), "owner,dimension,note\nacme-chat,retention_zdr,New note.\n".to_owned()];
    type Harm = fn(&Scratch);
    let faults: [(&str, Harm); 4] = [
        ("is not in quotes", |scratch| {
            let text = scratch.read(FILE).replacen("confidence = \"high\"", "confidence = high", 1);
            scratch.write(FILE, text);
        }),
        ("is not UTF-8", |scratch| {
            let mut bytes = fs::read(scratch.file(FILE)).unwrap();
            bytes.push(0xff);
            fs::write(scratch.file(FILE), bytes).unwrap();
        }),
        ("`cells`", |scratch| {
            let text = scratch.read(FILE);
            let own = &text[..text.find("[cells.").unwrap()];
            scratch.write(FILE, format!("{own}cells = 5\n"));
        }),
        ("it is no table", |scratch| {
            let text = scratch.read(FILE);
            let own = &text[..text.find("[cells.").unwrap()];
            scratch.write(FILE, format!("{own}[cells]\nretention_zdr = 5\n"));
        }),
    ];
    for (reason, fault) in faults {
        for table in &tables {
            let scratch = Scratch::new();
            fault(&scratch);
            let before = fs::read(scratch.file(FILE)).unwrap();
            let run = import(&scratch, "cells.csv", table, &["--format", "json", "--write"]);
            let plan = run.json();
            let found: Vec<_> = plan["findings"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["message"].as_str().unwrap())
                .collect();
            let is_told =
                |message: &&str| message.contains("`offerings/acme-chat.toml`") && message.contains(reason);
            assert!(found.iter().any(is_told), "{reason}: {found:?}");
            assert_eq!((run.status, fs::read(scratch.file(FILE)).unwrap()), (1, before), "{reason}");
        }
    }
}

#[test]
fn what_is_in_canonical_form_stays_so() {
    let overriding = || {
        let scratch = Scratch::new();
        let reason = "override_reason = \"Differs here.\"\n";
        let verified = "verified_on = 2026-06-01\n";
        let text = scratch.read(FILE).replacen(verified, &format!("{verified}{reason}"), 1);
        scratch.write(FILE, text);
        scratch
    };
    let scratch = overriding();
    let clean = scratch.run(&["fmt", "--check"]);
    assert_eq!(clean.status, 0, "{}", clean.stdout);
    let table = "owner,dimension,status,confidence,confidence_reasons,headline,source_url,http_status\n\
        platform:acme-cloud,soc2_type2,no_public_evidence,low,not_read,Nothing found,https://acme.example/x,\n\
        acme-chat,soc2_type2,,,,,https://acme.example/soc2/terms,200\n";
    let run = import(&scratch, "cells.csv", table, &["--write"]);
    assert_eq!(run.status, 0, "{}", run.stdout);
    assert!(scratch.read(FILE).contains("http_status = 200, via = "), "{}", scratch.read(FILE));
    let run = scratch.run(&["fmt", "--check"]);
    assert_eq!(run.status, 0, "{}", run.stdout);
    // What was laid out by hand keeps its layout.
    let scratch = overriding();
    let text = scratch.read(FILE);
    let by_hand = "on = 2026-06-01, outcome = \"ok\", via";
    scratch.write(FILE, text.replace("outcome = \"ok\", on = 2026-06-01, via", by_hand));
    assert_eq!(import(&scratch, "cells.csv", table, &["--write"]).status, 0);
    assert!(scratch.read(FILE).contains("on = 2026-06-01, outcome = \"ok\""));
}

#[test]
fn what_was_wrong_before_is_not_held_against_an_export() {
    let faults = [
        ("outcome = \"ok\", on = 2026-06-01, via", "outcome = \"okay\", on = 2026-06-01, via"),
        ("outcome = \"ok\", on = 2026-06-01, via", "on = 2026-06-01, via"),
        ("status = \"yes_sales_gated\"", "status = \"yes\""),
        ("status = \"yes_sales_gated\"\n", ""),
        ("report_type = ", "\"report type\" = "),
        ("scope = [\"Acme API\"]", "scope = [5]"),
        ("url = \"https://acme.example/soc2/terms\"", "url = \"soc2/terms\""),
        ("role = \"primary\"", "role = \"first\""),
        ("verified_on = 2026-06-01", "verified_on = \"June\""),
    ];
    for (old, new) in faults {
        let scratch = Scratch::new();
        let text = scratch.read(FILE);
        assert!(text.contains(old), "{old}");
        scratch.write(FILE, text.replacen(old, new, 1));
        assert_eq!(scratch.run(&["export", "csv", "--out", "out"]).status, 0);
        let run = scratch.run(&["import", "out/cells.csv", "--format", "json"]);
        let plan = run.json();
        assert_eq!(
            (run.status, &plan["changed"], &plan["added"]),
            (0, &serde_json::json!([]), &serde_json::json!([])),
            "{new}: {}",
            plan["findings"]
        );
    }
}

#[test]
fn the_sides_of_a_change_never_look_the_same() {
    let scratch = Scratch::new();
    scratch.replace(FILE, "report_type = \"type_2\"", "price = 1.10\nreport_type = \"type_2\"");
    scratch.replace(FILE, "Acme hands out its", "Acme hands\u{a0}out its");
    let table = format!("owner,dimension,facts,note\nacme-chat,soc2_type2,price=1.1,{NOTE}\n");
    let shown = import(&scratch, "cells.csv", &table, &[]).stdout;
    assert!(shown.contains("facts.price: 1.10 -> 1.1\n"), "{shown}");
    assert!(shown.contains("- Acme handsU+00A0out its SOC 2"), "{shown}");
    assert!(shown.contains("+ Acme handsU+0020out its SOC 2"), "{shown}");
    let plan = import(&scratch, "cells.csv", &table, &["--format", "json"]).json();
    let change =
        plan["changed"].as_array().unwrap().iter().find(|one| one["field"] == "facts.price").unwrap();
    assert_eq!((change["old"].as_str(), change["new"].as_str()), (Some("1.10"), Some("1.1")));
}

#[test]
fn a_key_of_a_fact_that_is_none_is_named() {
    let scratch = Scratch::new();
    let table = "owner,dimension,facts\nacme-chat,retention_zdr,Retention_Days=60\n";
    let shown = import(&scratch, "cells.csv", table, &[]).stdout;
    assert!(shown.contains("`Retention_Days` is not a key in snake_case"), "{shown}");
}

/// The plan is written item by item, and is the same document as if it were made as a whole.
#[test]
fn a_plan_that_is_written_item_by_item_is_that_of_its_whole() {
    let rows = "offering:acme-chat,soc2_type2,,,,Another note,\n\
        offering:acme-chat,retention_zdr,no_public_evidence,low,not_read,Nothing found,https://acme.example/x\n\
        offering:acme-chat,no_such,no,,,,\n";
    for rows in [rows, "", &rows[..rows.find('\n').unwrap()]] {
        let scratch = Scratch::new();
        let table = format!("owner,dimension,status,confidence,confidence_reasons,note,source_url\n{rows}\n");
        let run = import(&scratch, "cells.csv", &table, &["--format", "json"]);
        assert_eq!(format!("{}\n", run.json()), run.stdout);
        assert!(run.json()["summary"]["added"].is_u64());
    }
}
