//! What a person sees who makes one of the usual slips: each alone, beside a registry that is right.

use serde_json::Value;

use crate::support::Scratch;

const FILE: &str = "offerings/acme-chat.toml";
const STATUS: &str = "[cells.soc2_type2]\nstatus = \"yes_sales_gated\"\n";
const DAY: &str = "default = \"enabled\"\nverified_on = 2026-06-01\n";
const HEADLINE: &str = "headline = \"The report of Acme is handed out after a login\"\n";
const NOTE: &str = "note = \"Acme hands out its SOC 2 Type II report in its trust portal.\"\n";
const EVIDENCE: &str = "[[cells.soc2_type2.evidence]]\nurl = \"https://acme.example/soc2\"\n";
const FETCH: &str = "fetch = { outcome = \"ok\", on = 2026-06-01, via = \"archive\" }\n";
const ALLOW: &str =
    "[[allow]]\nrule = \"cell/stale\"\nreason = \"Acme has no newer report yet.\"\nowner = \"Jane Roe\"\n";

/// What a person does, what is there before, and what comes of it.
fn slips() -> Vec<(&'static str, &'static str, String)> {
    let status = |value: &str| format!("[cells.soc2_type2]\n{value}\n");
    let day = |value: &str| format!("default = \"enabled\"\nverified_on = {value}\n");
    let note = |value: &str| format!("note = {value}\n");
    let conflict = format!("<<<<<<< HEAD\n{NOTE}=======\nnote = \"Another.\"\n>>>>>>> topic\n");
    vec![
        ("a hyphen for an underscore", STATUS, status("status = \"yes_sales-gated\"")),
        ("the label from the site", STATUS, status("status = \"Yes, sales-gated\"")),
        ("yes", STATUS, status("status = \"yes\"")),
        ("30.11.2026", DAY, day("30.11.2025")),
        ("11/30/2026", DAY, day("11/30/2025")),
        ("3/4/2026", DAY, day("3/4/2026")),
        ("30 November 2026", DAY, day("30 November 2025")),
        ("\"30 Nov 2026\"", DAY, day("\"30 Nov 2025\"")),
        ("2026-11-3", DAY, day("2025-11-3")),
        ("2026-11-31", DAY, day("2025-11-31")),
        ("2026-13-01 in quotes", DAY, day("\"2026-13-01\"")),
        ("2026-11-30T10:00:00", DAY, day("2025-11-30T10:00:00")),
        ("2026-11-30 10:00", DAY, day("2025-11-30 10:00")),
        ("the day of reading alone", FETCH, "fetch = 2026-06-01\n".to_owned()),
        ("the day of reading in quotes", FETCH, "fetch = \"2026-06-01\"\n".to_owned()),
        ("the way of reading alone", FETCH, "fetch = \"archive\"\n".to_owned()),
        ("a day in the future", DAY, day("2027-11-30")),
        ("no closing quote", NOTE, note("\"SOC reports are in the portal.")),
        ("no opening quote", NOTE, note("SOC reports are in the portal.\"")),
        ("no quotes at all", STATUS, status("status = yes_sales_gated")),
        ("a quote inside a text", NOTE, note("\"They say \"on request\" only.\"")),
        ("three quotes closed with one", NOTE, note("\"\"\"\nSOC reports are\nin the portal.\"")),
        ("typographic quotes", NOTE, note("“SOC reports are in the portal.”")),
        ("a typographic quote at the end", NOTE, note("\"SOC reports are in the portal.”")),
        ("a no-break space before a key", NOTE, format!("\u{a0}{NOTE}")),
        ("a tab as indentation", NOTE, format!("\t{NOTE}")),
        ("a tab in an address", EVIDENCE, EVIDENCE.replace("soc2\"", "soc2\\t\"")),
        ("a colon", STATUS, status("status: yes_sales_gated")),
        ("a comma at the end", STATUS, status("status = \"yes_sales_gated\",")),
        ("a blank in a key", DAY, DAY.replace("verified_on", "verified on")),
        ("False", "zdr_offered = true", "zdr_offered = False".to_owned()),
        (
            "a headline with a line break",
            HEADLINE,
            "headline = \"The report of Acme\nis handed out\"\n".to_owned(),
        ),
        ("a value left blank", HEADLINE, "headline =\n".to_owned()),
        ("a block pasted twice", STATUS, format!("{STATUS}\n{STATUS}")),
        ("one bracket", EVIDENCE, EVIDENCE.replace("[[", "[").replace("]]", "]")),
        ("[allow]", STATUS, format!("{}\n{STATUS}", ALLOW.replace("[[", "[").replace("]]", "]"))),
        ("a merge that is not finished", NOTE, conflict),
        ("http", EVIDENCE, EVIDENCE.replace("https", "http")),
        ("a question misspelt", STATUS, STATUS.replace("soc2_type2", "soc2_typ2")),
        ("only the header of a question misspelt", STATUS, STATUS.replace("soc2_type2", "soc2_typ2")),
        ("a block of a question misspelt", EVIDENCE, EVIDENCE.replace("soc2_type2", "soc2_typ2")),
        ("the header of another standard", STATUS, STATUS.replace("soc2_type2", "soc2_type1")),
        ("a question in capitals", STATUS, STATUS.replace("soc2_type2", "SOC2")),
        ("a question by its label", STATUS, STATUS.replace("soc2_type2", "\"SOC 2 Type II\"")),
        ("a question without cells", STATUS, STATUS.replace("cells.soc2_type2", "soc2_type2")),
        (
            "no confidence",
            "confidence = \"high\"\nheadline = \"The report",
            "headline = \"The report".to_owned(),
        ),
        (
            "no reasons",
            "confidence = \"high\"\nheadline = \"The report",
            "confidence = \"medium\"\nheadline = \"The report".to_owned(),
        ),
        ("no day", DAY, "default = \"enabled\"\n".to_owned()),
        ("an allowance above the id", "id = \"acme-chat\"\n", format!("{ALLOW}id = \"acme-chat\"\n")),
        ("an allowance in a cell", NOTE, format!("{NOTE}{ALLOW}")),
        (
            "an allowance of a cell",
            EVIDENCE,
            format!("{}{EVIDENCE}", ALLOW.replace("allow", "cells.soc2_type2.allow")),
        ),
        (
            "an answer in the wrong file",
            STATUS,
            format!(
                "[cells.gpai_cop]\nstatus = \"no\"\nconfidence = \"high\"\nheadline = \"Acme did not sign\"\n\n{STATUS}"
            ),
        ),
    ]
}

fn told(finding: &Value) -> String {
    let text = |key: &str| finding[key].as_str().unwrap_or_default();
    let fix = match (&finding["fix"]["title"], &finding["fix"]["safe"]) {
        (Value::String(title), safe) => {
            format!("\n    fix: {title}{}", if safe == true { "" } else { " (unsafe)" })
        }
        _ => String::new(),
    };
    let [line, column] = ["line", "column"].map(|key| &finding["start"][key]);
    format!(
        "  {line}:{column} {}[{}] {}\n    help: {}{fix}\n",
        text("severity"),
        text("rule"),
        text("message"),
        text("help")
    )
}

#[test]
fn each_usual_slip_says_what_to_write() {
    let scratch = Scratch::new();
    scratch.commit_all();
    let good = scratch.read(FILE);
    let mut shown = String::new();
    for (title, from, to) in slips() {
        assert!(good.contains(from), "{title}");
        let text = good.replacen(from, &to, 1);
        let text = if title == "a block pasted twice" {
            let block = &good[good.find("[cells.soc2").unwrap()..good.find("[cells.retention_zdr]").unwrap()];
            good.replacen(block, &format!("{block}{block}"), 1)
        } else {
            text
        };
        let text =
            if title == "a question misspelt" { good.replace("soc2_type2", "soc2_typ2") } else { text };
        scratch.write(FILE, text);
        let run = scratch.run(&["lint", "--since", "HEAD", "--format", "json"]);
        let findings = run.json()["findings"].as_array().unwrap().clone();
        let findings: Vec<_> = findings.iter().map(told).collect();
        shown += &format!(
            "{title}\n{}\n",
            if findings.is_empty() { "  nothing\n".to_owned() } else { findings.concat() }
        );
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn slips_are_fixed_together_and_what_is_left_is_said() {
    let scratch = Scratch::new();
    let good = scratch.read(FILE);
    let bad = good
        .replacen("name = \"Acme Chat\"", "name: “Acme Chat”,", 1)
        .replacen("verified_on = 2026-06-01", "verified_on = 01/13/2026", 1)
        .replacen("status = \"yes_sales_gated\"", "status = yes_sales_gated", 1);
    scratch.write(FILE, &bad);
    let run = scratch.run(&["lint", "--fix", "--select", "schema/*"]);
    assert_eq!(run.status, 0, "{}", run.stdout);
    assert_eq!(scratch.read(FILE), good.replacen("2026-06-01", "2026-01-13", 1));
    scratch.write(FILE, bad.replacen("01/13/2026", "01/06/2026", 1));
    let run = scratch.run(&["lint", "--fix", "--select", "schema/*"]);
    assert_eq!(run.status, 1);
    let last = "1 error in data/offerings/acme-chat.toml:19. This would not pass CI.";
    assert!(run.stdout.contains(last), "{}", run.stdout);
}

#[test]
fn a_question_named_in_another_way_is_renamed() {
    let scratch = Scratch::new();
    let good = scratch.read(FILE);
    let header = "[cells.soc2_type2]";
    for (from, to) in [
        (header, "[cells.soc2_typ2]"),
        (header, "[cells.SOC2_Type2]"),
        (header, "[cells.\"SOC 2 Type II\"]"),
        (header, "[ cells . 'soc2-type-2' ] # the report"),
        (header, "[soc2_type2]"),
        ("[[cells.soc2_type2.evidence]]", "[[cells.soc2_typ2.evidence]]"),
    ] {
        let comment = if to.contains('#') { " # the report" } else { "" };
        scratch.write(FILE, good.replacen(from, to, 1));
        let run = scratch.run(&["lint", "--fix", "data/offerings/acme-chat.toml"]);
        assert_eq!(run.status, 0, "{to}: {}{}", run.stdout, run.stderr);
        let blanks = if to.contains(" . ") { "[ cells . soc2_type2 ]" } else { from };
        assert_eq!(scratch.read(FILE), good.replacen(from, &format!("{blanks}{comment}"), 1), "{to}");
    }
    scratch.write(FILE, good.replace("soc2_type2", "soc2_typ2"));
    let run = scratch.run(&["lint", "--fix", "data/offerings/acme-chat.toml"]);
    assert_eq!((run.status, scratch.read(FILE)), (0, good.clone()), "{}", run.stdout);
    // Another number is another standard.
    let other = good.replace("soc2_type2", "soc2_type1");
    scratch.write(FILE, &other);
    let run = scratch.run(&["lint", "--fix", "data/offerings/acme-chat.toml"]);
    assert_eq!((run.status, scratch.read(FILE)), (1, other), "{}", run.stdout);
}
