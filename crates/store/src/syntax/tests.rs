use super::*;

const PATH: &str = "offerings/acme-chat.toml";

/// A cell with one line, within a file that is right.
fn file(line: &str) -> String {
    format!(
        "id = \"acme-chat\"\nname = \"Acme Chat\"\n\n[cells.soc2_type2]\nconfidence = \"high\"\n{line}\ntier = \"self_serve\"\n\n\
         [cells.soc2_type2.facts]\nscope = \"all\"\n"
    )
}

/// What is found in a text, and the text with all that is safe to fix, or with everything.
fn fixed(text: &str, unsafe_too: bool) -> (Vec<Finding>, String) {
    let found = judge(PATH, text);
    let fixes: Vec<_> = found
        .iter()
        .map(|finding| {
            let fix = finding.fix.as_ref().filter(|fix| unsafe_too || fix.applicability.is_safe())?;
            crate::splices::of(&fix.edits)
        })
        .collect();
    let (text, _) = crate::splices::fix(text, &fixes);
    (found, text)
}

/// Each slip with the line that is meant; each has one finding and a safe fix.
const SURE: &[(&str, &str)] = &[
    ("status = yes_public", "status = \"yes_public\""),
    ("status = yes_public # so it is said", "status = \"yes_public\" # so it is said"),
    ("status = \"yes_public", "status = \"yes_public\""),
    ("status = yes_public\"", "status = \"yes_public\""),
    ("status = “yes_public”", "status = \"yes_public\""),
    ("status = ‘yes_public’", "status = \"yes_public\""),
    ("status = „yes_public“", "status = \"yes_public\""),
    ("status = « yes_public »", "status = \" yes_public \""),
    ("status = \"yes_public”", "status = \"yes_public\""),
    ("status = yes_public”", "status = \"yes_public\""),
    ("status = \"yes_public'", "status = \"yes_public\""),
    ("status: yes_public", "status = \"yes_public\""),
    ("status: \"yes_public\"", "status = \"yes_public\""),
    ("\"status\": \"yes_public\",", "\"status\" = \"yes_public\""),
    ("status := \"yes_public\"", "status = \"yes_public\""),
    ("status => \"yes_public\"", "status = \"yes_public\""),
    ("status == \"yes_public\"", "status = \"yes_public\""),
    ("status \"yes_public\"", "status = \"yes_public\""),
    ("status yes_public", "status = \"yes_public\""),
    ("status = \"yes_public\",", "status = \"yes_public\""),
    ("status = \"yes_public\";", "status = \"yes_public\""),
    ("\u{a0}status = \"yes_public\"", "status = \"yes_public\""),
    ("status\u{a0}= \"yes_public\"", "status = \"yes_public\""),
    ("sta\u{200b}tus = \"yes_public\"", "status = \"yes_public\""),
    ("status = \"yes_public\"\u{feff}", "status = \"yes_public\""),
    ("verified_on = 30.11.2026", "verified_on = 2026-11-30"),
    ("verified_on = 11/30/2026", "verified_on = 2026-11-30"),
    ("verified_on = 30 November 2026", "verified_on = 2026-11-30"),
    ("verified_on = Nov 30, 2026", "verified_on = 2026-11-30"),
    ("verified_on = 2026-11-3", "verified_on = 2026-11-03"),
    ("verified_on = 2026/11/30", "verified_on = 2026-11-30"),
    ("verified on = 2026-11-30", "verified_on = 2026-11-30"),
    ("verified-on = 30.11.2026", "verified-on = 2026-11-30"),
    ("note = \"they say \"yes\" to it\"", "note = \"they say \\\"yes\\\" to it\""),
    ("note = 'it's theirs'", "note = \"it's theirs\""),
    ("note = “it’s \"theirs\"”", "note = \"it’s \\\"theirs\\\"\""),
    ("note = \"see \\d and \\p\"", "note = \"see \\\\d and \\\\p\""),
    ("note = \"one\ntwo\"", "note = \"\"\"one\ntwo\"\"\""),
    ("note = \"\none.\n\ntwo (a = b).\n\"\"\"", "note = \"\"\"\none.\n\ntwo (a = b).\n\"\"\""),
    ("note = \"\"\none.\n\ntwo.\"\"\"", "note = \"\"\"\none.\n\ntwo.\"\"\""),
    ("note = \"\"\"\none\ntwo\"", "note = \"\"\"\none\ntwo\"\"\""),
    ("headline = \"one\ntwo\"", "headline = \"one two\""),
    ("geography = [\"EU\" \"US\"]", "geography = [\"EU\", \"US\"]"),
    ("geography = [\n  \"EU\"\n  \"US\",\n]", "geography = [\n  \"EU\",\n  \"US\",\n]"),
    ("geography = [\"EU\"; \"US\"]", "geography = [\"EU\", \"US\"]"),
    ("geography = [“EU”, “US”]", "geography = [\"EU\", \"US\"]"),
    ("geography = [EU, US]", "geography = [\"EU\", \"US\"]"),
    ("geography = [\"EU\", \"US\"", "geography = [\"EU\", \"US\"]"),
    ("geography = \"EU\", \"US\"", "geography = [\"EU\", \"US\"]"),
    ("parts = { dpa = yes, sccs = no }", "parts = { dpa = \"yes\", sccs = \"no\" }"),
    ("parts = { dpa: \"yes\", sccs: \"no\" }", "parts = { dpa = \"yes\", sccs = \"no\" }"),
    ("parts = { dpa = \"yes\" sccs = \"no\" }", "parts = { dpa = \"yes\", sccs = \"no\" }"),
    ("parts = { dpa = \"yes\"", "parts = { dpa = \"yes\" }"),
    ("settings = { zdr = True }", "settings = { zdr = true }"),
    ("[[cells.soc2_type2.evidence]", "[[cells.soc2_type2.evidence]]"),
    ("[cells.soc2_type2.evidence]]", "[[cells.soc2_type2.evidence]]"),
    ("[cells.soc2_type2.parts", "[cells.soc2_type2.parts]"),
    ("cells.soc2_type2.parts]", "[cells.soc2_type2.parts]"),
    ("[cells.soc2_type2.parts]:", "[cells.soc2_type2.parts]"),
    (
        "[cells.soc2_type2.evidence]\nurl = \"https://a.example\"\n\n[cells.soc2_type2.evidence]",
        "[[cells.soc2_type2.evidence]]\nurl = \"https://a.example\"\n\n[[cells.soc2_type2.evidence]]",
    ),
];

#[test]
fn each_usual_slip_has_one_finding_and_a_safe_fix() {
    let mut wrong = Vec::new();
    for (slip, meant) in SURE {
        for end in ["\n", "\r\n"] {
            let text = file(slip).replace('\n', end);
            let (found, after) = fixed(&text, false);
            let expected =
                1 + usize::from(slip.matches("evidence]\n").count() > 0 && slip.starts_with("[cells"));
            if after != file(meant).replace('\n', end) || found.len() != expected {
                let told: Vec<_> =
                    found.iter().map(|one| format!("{} | {:?}", one.message, one.help)).collect();
                wrong.push(format!("{slip:?} ({end:?}): {told:#?}\n{after}"));
            }
            assert!(Toml::parse(&file(meant)).is_valid(), "{meant}");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Slips that a person must decide, each with what its message and its help must hold.
const OPEN: &[(&str, &str, &str)] = &[
    ("status =", "`status` has no value", "delete the line"),
    ("verified_on = # later", "`verified_on` has no value", "delete the line"),
    ("headline = None", "a word for \"no value\"", "delete the line"),
    ("verified_on = 03/04/2026", "the date of `verified_on`", "write 2026-04-03 or 2026-03-04"),
    ("verified_on = yesterday", "`verified_on` is not a date", "2026-11-30"),
    (
        "verified_on = 2026-11-31",
        "the date of `verified_on`, 2026-11-31, is no day: November has 30 days",
        "the day that is meant",
    ),
    ("verified_on = 2026-02-30", "2026-02-30, is no day: February 2026 has 28 days", "write the day"),
    ("verified_on = 2028-02-30", "2028-02-30, is no day: February 2028 has 29 days", "write the day"),
    ("verified_on = 2026-13-01 # later", "is no day: a year has 12 months", "write the day"),
    ("verified_on = 2026-00-01", "is no day: months count from 01", "write the day"),
    ("verified_on = 2026-11-00", "is no day: days count from 01", "write the day"),
    ("verified_on = 2026-11-31T10:00:00Z", "is no day: November has 30 days", "write the day"),
    ("settings.until = 2026-11-31", "2026-11-31, is no day: November has 30 days", "write the day"),
    ("settings.zdr = yes", "`settings.zdr` is neither", "`true` or `false`"),
    ("note = \"SOC 2\" report", "a quote within the text of `note`", "is written `\\\"`"),
];

#[test]
fn what_a_person_must_decide_has_one_finding_and_no_fix() {
    for (slip, message, help) in OPEN {
        let (found, after) = fixed(&file(slip), true);
        let [one] = found.as_slice() else { panic!("{slip}: {found:#?}") };
        assert!(one.message.contains(message), "{slip}: {}", one.message);
        assert!(one.help.as_ref().is_some_and(|one| one.contains(help)), "{slip}: {:?}", one.help);
        assert_eq!(after, file(slip), "{slip}");
    }
}

#[test]
fn what_is_likely_is_fixed_on_demand() {
    for (slip, meant) in [
        ("note = \"\"\"\none\ntwo", "note = \"\"\"\none\ntwo\"\"\""),
        ("note = SOC 2 # old", "note = \"SOC 2\" # old"),
        ("note = \"see C:\\new\\docs\"", "note = \"see C:\\\\new\\\\docs\""),
        ("verified_on = 2026-11-30T25:00", "verified_on = 2026-11-30"),
        ("verified_on = 2026-11-30 25:00 # so", "verified_on = 2026-11-30 # so"),
        ("settings.days = 30 days", "settings.days = \"30 days\""),
    ] {
        let text = file(slip);
        let (found, after) = fixed(&text, false);
        assert_eq!((found.len(), &after), (1, &text), "{slip}: {found:#?}");
        assert_eq!(fixed(&text, true).1, file(meant), "{slip}");
    }
}

#[test]
fn what_is_no_usual_slip_is_said_in_the_words_of_the_parser() {
    for line in ["status = [1,,2]", "retention = 030", "= 1", "note = \"\u{0}\"", "]", "some prose here"] {
        let found = judge(PATH, &file(line));
        assert!(found.len() == 1 && found[0].message.starts_with("not valid TOML: "), "{line}: {found:#?}");
        assert_eq!(found[0].help.as_deref(), Some(HELP));
    }
}

#[test]
fn several_slips_are_reported_in_one_run_and_fixed_together() {
    let good = file("status = \"yes_public\"");
    let bad = good
        .replace("name = \"Acme Chat\"", "name: Acme Chat,")
        .replace("confidence = \"high\"", "confidence = “high”")
        .replace("status = \"yes_public\"", "status = yes_public")
        .replace("tier = \"self_serve\"", "tier = \"self_serve")
        .replace("[cells.soc2_type2.facts]", "[cells.soc2_type2.facts")
        + "retention_days = 030\n";
    let (found, after) = fixed(&bad, false);
    assert_eq!(found.len(), 6, "{found:#?}");
    assert_eq!(after, good + "retention_days = 030\n");
}

#[test]
fn a_block_that_is_there_twice_is_one_finding() {
    let good = file("status = \"yes_public\"") + "\n[cells.iso_27001]\nstatus = \"no\"\n";
    let block = &good[good.find("[cells.soc2").unwrap()..good.find("[cells.iso").unwrap()];
    let pasted = good.replace(block, &format!("{block}{block}"));
    let (found, after) = fixed(&pasted, false);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].message, "the block `[cells.soc2_type2]` is there twice: first at line 4");
    assert_eq!(after, good);
    let (found, after) = fixed(&pasted.replacen("yes_public", "no", 1), true);
    assert_eq!((found.len(), after), (1, pasted.replacen("yes_public", "no", 1)), "{found:#?}");
    let (found, after) = fixed(&good.replace("status", "status = \"no\"\nstatus"), true);
    assert_eq!(found[0].message, "`status` is there twice: first at line 6");
    assert_eq!((found.len(), after.matches("status").count()), (2, 3));
}

#[test]
fn valid_statements_are_never_reported() {
    let texts = "a = [\n  \"x\", # ]\n  'y',\n\n]\nb = \"\"\"\n[c]\nd = 1\ne: f\n\"\"\"\n[f.\"g h\"]\nh = { i = [1, { j = 'k' }] }\n";
    let found = judge("notes.toml", &format!("{texts}x = yes_public\n"));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].message.contains("`x`"));
}

#[test]
fn no_cut_of_a_text_ends_the_reader() {
    let texts =
        SURE.iter().chain(&[("a = [ # x", ""), ("a = '''\nb''' # x", "")]).map(|(slip, _)| file(slip));
    for text in texts {
        for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            judge(PATH, &text[..at]);
            judge(PATH, &text[at..]);
        }
    }
}

#[test]
fn hostile_texts_end_soon() {
    for text in [
        "a = [\n",
        "a = {",
        "a = \"\"\"\n",
        "x \"\n",
        "[[",
        "“\n",
        "a = \"\\",
        "\u{a0}\n",
        "a: b\n",
        "a = 'x\n",
    ] {
        let long = text.repeat(100_000 / text.len());
        assert!(!judge(PATH, &long).is_empty(), "{text}");
    }
}

/// That a text is valid as a whole makes no difference to what is found in its statements.
#[test]
fn statements_of_a_valid_text_need_no_proof_each() {
    let texts = [
        file("status = \"yes_public\""),
        file("note = \"\"\"\nTwo \"\"quotes\"\", a \\\" and\nstatus = \"no\"\n\"\"\"\"\""),
        file("note = '''\n[a]\n''quoted'' \\'''' # why"),
        file(
            "geography = [ # open [\n  \"EU\", # \"one\"\n  'U]S',\n]\nparts = { dpa = \"yes\", x = [1, { y = '}' }] }",
        ),
        file("\"headline\" = \"# no comment\"\n\"odd key\" = ''\nempty = \"\""),
        // One bracket too few, and a text that runs on into the next key.
        file("status = \"yes_public\"\n[cells.soc2_type2.evidence]\nurl = \"https://a.example/\""),
        file("note = \"\"\"\nOne.\nheadline = \"\"\"\nTwo = 2\nnote_of = \"\"\"x\"\"\""),
    ];
    let mut slips = 0;
    for text in texts.iter().flat_map(|text| [text.clone(), text.replace('\n', "\r\n")]) {
        assert!(toml_splice::is_valid(&text), "{text}");
        let said = |read: Read| {
            read.slips.iter().map(|slip| (slip.span.clone(), slip.message.clone())).collect::<Vec<_>>()
        };
        let document = document_of(PATH);
        let found = said(Read::of_valid(document, &text));
        slips += found.len();
        assert_eq!(found, said(Read::new(document, &text)), "{text}");
    }
    assert!(slips > 0);
}
