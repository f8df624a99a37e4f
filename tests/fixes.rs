//! `--fix`, `--unsafe-fixes` and `--diff`: what they change, and that they change nothing else.

use std::collections::BTreeMap;
use std::fs;

use crate::support::{self, Scratch, repository};
use diagnostics::Edit;
use model::{Entity, FieldPath, Subject, Value};
use proptest::prelude::*;
use store::{
    FileContent, FixOutcome, NotRead, Source, StoreError, Transaction, WorkTree, WriteError, fix_files,
    write_all,
};

const CHAT: &str = "offerings/acme-chat.toml";
const CLOUD: &str = "platforms/acme-cloud.toml";
const ACME: &str = "organizations/acme.toml";
const GLOBEX: &str = "organizations/globex.toml";

/// A fault of the example registry, which its fix takes back to the byte.
struct Fault {
    file: &'static str,
    /// Occurs once in the file; none for its end.
    from: &'static str,
    to: &'static str,
    is_safe: bool,
}

const fn safe(file: &'static str, from: &'static str, to: &'static str) -> Fault {
    Fault { file, from, to, is_safe: true }
}

const fn guess(file: &'static str, from: &'static str, to: &'static str) -> Fault {
    Fault { file, from, to, is_safe: false }
}

const FAULTS: &[Fault] = &[
    safe(CHAT, "\"first_party\"", "\"First Party\""),
    safe(CHAT, "\"trust_center_nda\"", "\"trust-center-nda\""),
    guess(CHAT, "id = \"acme-chat\"", "id = \"acme-chats\""),
    guess(CHAT, "model_family =", "model_famly ="),
    safe(CLOUD, "\"US\"", "\"usa\""),
    safe(CLOUD, "url = \"https://acme.example/dpa", "url = \"https://acme.example/dpa?utm_source=a&gclid=b"),
    safe(
        CLOUD,
        "[cells.gdpr_dpa]",
        "[[cells.hipaa_baa.evidence]]\nurl = \"https://acme.example/baa\" # again\n\n[cells.gdpr_dpa]",
    ),
    safe(CHAT, "summary = \"Acme's own", "summary = \"Acme's\u{200b} own"),
    safe(ACME, "[\"acme.example\"]", "[\"https://acme.example/\"]"),
    guess(CLOUD, "note = \"Acme states", "headline = \"All is well\"\nnote = \"Acme states"),
    safe(GLOBEX, "\"ok\"", "\"OK\""),
    safe(GLOBEX, "homepage =", "\"Home Page\" ="),
    safe(GLOBEX, "[\"globex.example\"]", "\"globex.example\""),
    guess("platforms/initech-cloud.toml", "operator =", "opertor ="),
    safe(
        "offerings/globex-on-initech.toml",
        "",
        "\n\n[cells.hipaa_baa]\nstatus = \"yes_sales_gated\"\nconfidence = \"high\"\n\
        headline = \"A BAA of Initech comes with an enterprise contract\"\n\
        note = \"Initech signs a BAA with its enterprise customers.\"\ntier = \"enterprise_only\"\n\
        route = \"sales_contract\"\nverified_on = 2026-06-01\n\n[[cells.hipaa_baa.evidence]]\n\
        url = \"https://initech.example/baa\"\ntitle = \"Terms of the service\"\nrole = \"primary\"\n\
        archived_url = \"https://archive.example/20260601000000/https://initech.example/baa\"\n\
        fetch = { outcome = \"ok\", on = 2026-06-01, via = \"archive\" }",
    ),
];

/// How the files of the example registry are laid out.
#[derive(Debug, Clone)]
struct Style {
    windows: bool,
    mark: bool,
    final_line_end: bool,
    /// Which lines have a comment at their end: those whose number has a bit here.
    comments: u64,
}

fn styles() -> impl Strategy<Value = Style> {
    (any::<bool>(), any::<bool>(), any::<bool>(), any::<u64>()).prop_map(
        |(windows, mark, final_line_end, comments)| Style { windows, mark, final_line_end, comments },
    )
}

impl Style {
    /// The text in this style, with faults.
    fn applied<'f>(&self, text: &str, faults: impl Iterator<Item = &'f Fault>) -> String {
        let bears = |at: usize, line: &str| {
            self.comments >> (at % 64) & 1 == 1 && !line.is_empty() && !line.starts_with('#')
        };
        let lines = text.lines().enumerate();
        let lines: Vec<_> = lines
            .map(|(at, line)| if bears(at, line) { format!("{line} # line {at}") } else { line.to_owned() })
            .collect();
        let mut text = lines.join("\n");
        for fault in faults {
            match fault.from {
                "" => text.push_str(fault.to),
                from => {
                    assert_eq!(text.matches(from).count(), 1, "{from:?} in {}", fault.file);
                    text = text.replace(from, fault.to);
                }
            }
        }
        let text = if self.final_line_end { text + "\n" } else { text };
        let text = if self.windows { text.replace('\n', "\r\n") } else { text };
        if self.mark { format!("\u{feff}{text}") } else { text }
    }

    /// The example registry in this style, with faults.
    fn registry(&self, faults: &[&Fault]) -> BTreeMap<String, String> {
        let tree = WorkTree::new(repository().join("tests/fixtures/base")).unwrap();
        let file = |path: String| {
            let text = String::from_utf8(tree.read(&path).unwrap().unwrap()).unwrap();
            let text = self.applied(&text, faults.iter().copied().filter(|fault| fault.file == path));
            (path, text)
        };
        tree.list().unwrap().into_iter().map(file).collect()
    }
}

fn files(scratch: &Scratch) -> BTreeMap<String, String> {
    let tree = WorkTree::new(scratch.file("")).unwrap();
    tree.list().unwrap().into_iter().map(|path| (path.clone(), scratch.read(&path))).collect()
}

const PLAIN: Style = Style { windows: false, mark: false, final_line_end: true, comments: 0 };

/// A scratch registry with faults.
fn faulty(style: &Style, faults: &[&Fault]) -> Scratch {
    let scratch = Scratch::new();
    style.registry(faults).iter().for_each(|(path, text)| scratch.write(path, text));
    scratch
}

fn all_faulty() -> Scratch {
    faulty(&PLAIN, &FAULTS.iter().collect::<Vec<_>>())
}

/// The lines of a data file that hold a text.
fn lines(scratch: &Scratch, file: &str, text: &str) -> Vec<String> {
    scratch.read(file).lines().filter(|line| line.contains(text)).map(str::to_owned).collect()
}

#[test]
fn a_safe_fix_leaves_to_a_person_what_may_mean_something_else() {
    for (fact, kept) in [
        ("zdr_excludes = \"Acme, Inc., Globex, LLC\"", true),
        ("zdr_excludes = \"Acme Ireland, Limited\"", true),
        ("zdr_excludes = \"since May 1, 2026\"", true),
        ("zdr_excludes = \"Frankfurt, Germany\"", true),
        ("zdr_excludes = \"batch; files\"", false),
        ("zdr_excludes = \"batch\"", false),
    ] {
        let scratch = Scratch::new();
        scratch.replace(CHAT, "zdr_offered = true\n", &format!("zdr_offered = true\n{fact}\n"));
        scratch.run(&["lint", "--fix", "-q"]);
        assert_eq!(lines(&scratch, CHAT, "zdr_excludes") == [fact], kept, "{fact}");
        scratch.run(&["lint", "--unsafe-fixes", "-q"]);
        assert_ne!(lines(&scratch, CHAT, "zdr_excludes"), [fact]);
    }
    // Two names of one fact that contradict each other.
    let scratch = Scratch::new();
    let both = "gateway_trains = true\npaid_trains = false\n";
    scratch.replace(CLOUD, "trains_by_default = false\n", both);
    scratch.run(&["lint", "--unsafe-fixes", "-q"]);
    assert!(scratch.read(CLOUD).contains(both));
    // Two that say the same.
    scratch.replace(CLOUD, "gateway_trains = true", "gateway_trains = false");
    scratch.run(&["lint", "--fix", "-q"]);
    assert_eq!(lines(&scratch, CLOUD, "trains_"), ["trains_by_default = false"]);
}

#[test]
fn a_value_in_quotes_and_the_name_of_a_country_are_what_they_say() {
    let scratch = Scratch::new();
    scratch.replace(CLOUD, "trains_by_default = false", "trains_by_default = \"false\"");
    scratch.replace(CHAT, "retention_days = 30", "retention_days = \"30\"");
    scratch.replace(CLOUD, "geography = [\"EU\", \"US\"]", "geography = [\"Germany\", \"Europe\"]");
    scratch.run(&["lint", "--fix", "-q"]);
    assert_eq!(lines(&scratch, CLOUD, "trains_by"), ["trains_by_default = false"]);
    assert_eq!(lines(&scratch, CHAT, "retention_days"), ["retention_days = 30"]);
    // Europe may be more than the Union.
    assert_eq!(lines(&scratch, CLOUD, "geography"), ["geography = [\"DE\", \"Europe\"]"]);
}

#[test]
fn a_formatted_file_stays_formatted() {
    let scratch = Scratch::new();
    // The declared key has another place in the order.
    let renamed = "objection_days = 14 # two weeks\nsubprocessor_notice_days = 30";
    scratch.replace(CLOUD, "subprocessor_notice_days = 30", renamed);
    assert_eq!(scratch.run(&["fmt", "--check", "-q"]).status, 0);
    scratch.run(&["lint", "--fix", "-q"]);
    let expected = ["subprocessor_notice_days = 30", "subprocessor_objection_days = 14 # two weeks"];
    assert_eq!(lines(&scratch, CLOUD, "_days"), expected);
    assert_eq!(scratch.run(&["fmt", "--check", "-q"]).status, 0);
    // A layout that was not canonical stays, too.
    let own = scratch.read(CLOUD).replace("dpa_public = true\n", "dpa_public   =   true\n");
    scratch.write(CLOUD, own.replace("subprocessor_objection_days", "objection_days"));
    scratch.run(&["lint", "--fix", "-q"]);
    assert_eq!(scratch.read(CLOUD), own);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn fixes_take_faults_back_to_the_byte(style in styles(), which in 0_u32..1 << FAULTS.len()) {
        let chosen = FAULTS.iter().enumerate().filter(|(at, _)| which >> at & 1 == 1);
        let faults: Vec<_> = chosen.map(|(_, fault)| fault).collect();
        let guesses: Vec<_> = faults.iter().copied().filter(|fault| !fault.is_safe).collect();
        let scratch = faulty(&style, &faults);
        prop_assert_eq!(scratch.run(&["lint", "--fix", "-q"]).stderr, "");
        prop_assert_eq!(files(&scratch), style.registry(&guesses));
        prop_assert_eq!(scratch.run(&["lint", "--unsafe-fixes", "-q"]).stderr, "");
        prop_assert_eq!(files(&scratch), style.registry(&[]));
        let again = scratch.run(&["lint", "--unsafe-fixes", "--format", "concise"]);
        prop_assert_eq!((again.stdout.as_str(), again.stderr.as_str()), ("", "note: fixed nothing\n"));
    }
}

#[test]
fn a_diff_shows_what_fixes_would_change_and_writes_nothing() {
    let scratch = all_faulty();
    let before = files(&scratch);
    let run = scratch.run(&["lint", "--diff"]);
    assert_eq!(run.status, 1, "what only a guess could mend is left");
    insta::assert_snapshot!(run.stdout);
    let places = "data/offerings/acme-chat.toml:7 (schema/unknown-value), data/offerings/acme-chat.toml:9 (text/zero-width), data/offerings/acme-chat.toml:17 (schema/unknown-value) and 8 more";
    let told = format!("note: would have fixed 11 findings in 5 files: {places}; `--unsafe-fixes` fixes 4\n");
    assert_eq!(run.stderr, told);
    let run = scratch.run(&["lint", "--diff", "--unsafe-fixes", "-q"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert_eq!(run.stdout.matches("\n+++ ").count(), 6);
    assert_eq!(files(&scratch), before);
}

#[test]
fn people_are_told_what_was_fixed_and_what_could_be() {
    let scratch = all_faulty();
    let last = |run: support::Run| {
        let text = run.stdout.replace("\n  ", " ");
        text.lines().last().unwrap().rsplit("CI. ").next().unwrap().to_owned()
    };
    let counted = "The rest of 4 files was not fully checked. `--all` shows the 3 warnings. `--fix` fixes 11, `--unsafe-fixes` 4 more.";
    assert_eq!(last(scratch.run(&["lint"])), counted);
    let run = scratch.run(&["lint", "--fix"]);
    assert_eq!(run.status, 1);
    let last_line = last(run);
    assert!(
        last_line.contains(" Fixed 11 findings in 5 files: data/offerings/acme-chat.toml:7 (schema"),
        "{last_line}"
    );
    assert!(last_line.ends_with(" and 8 more; `--unsafe-fixes` fixes 4."), "{last_line}");
    insta::assert_snapshot!(scratch.run(&["lint", "-q"]).stdout);
    let run = scratch.run(&["lint", "--unsafe-fixes"]);
    assert_eq!(run.status, 0);
    let last_line = last(run);
    assert!(last_line.starts_with("Fixed 4 findings in 3 files: "), "{last_line}");
    assert!(last_line.ends_with(" and 1 more."), "{last_line}");
}

#[test]
fn only_what_is_reported_is_mended() {
    let scratch = all_faulty();
    let before = files(&scratch);
    let changed = |scratch: &Scratch| {
        let now = files(scratch);
        before.keys().filter(|path| before[*path] != now[*path]).cloned().collect::<Vec<_>>()
    };
    scratch.run(&["lint", "--fix", "data/organizations"]);
    assert_eq!(changed(&scratch), [ACME, GLOBEX]);
    scratch.run(&["lint", "--fix", "--select", "evidence/duplicate"]);
    assert_eq!(changed(&scratch), [ACME, GLOBEX, CLOUD]);
    assert!(scratch.read(CLOUD).contains("?utm_source=a") && !scratch.read(CLOUD).contains("# again"));
}

#[test]
fn the_edits_of_the_json_do_what_the_fix_does() {
    for fault in FAULTS {
        let scratch = faulty(&PLAIN, &[fault]);
        let findings = scratch.findings();
        let fixes: Vec<_> =
            findings.iter().map(|finding| &finding["fix"]).filter(|fix| !fix.is_null()).collect();
        assert_eq!(fixes.len(), 1, "{}", fault.to);
        assert_eq!(fixes[0]["safe"], fault.is_safe, "{}", fault.to);
        let mut text = scratch.read(fault.file);
        for edit in fixes[0]["edits"].as_array().unwrap().iter().rev() {
            assert_eq!(edit["file"], format!("data/{}", fault.file));
            let byte = |key: &str| edit[key].as_u64().unwrap() as usize;
            text.replace_range(byte("start")..byte("end"), edit["insert"].as_str().unwrap());
        }
        assert_eq!(text, PLAIN.registry(&[])[fault.file], "{}", fault.to);
    }
}

#[test]
fn a_file_changed_underneath_stops_the_writing() {
    let scratch = all_faulty();
    let tree = WorkTree::new(scratch.file("")).unwrap();
    let mut transaction = Transaction::new(&tree);
    let subject = Subject::field(Entity::Offering("acme-chat".into()), "name");
    let edits = [Edit::Set(subject, Value::from("Acme"))];
    let fixed = fix_files(&transaction, &[&edits]).unwrap();
    assert_eq!(fixed.outcomes, [FixOutcome::Made]);
    fixed.texts.into_iter().for_each(|(path, text)| transaction.change(path, text));
    let writes = transaction.changes().unwrap();
    let after = String::from_utf8(writes[0].after.clone().unwrap()).unwrap();
    assert!(after.contains("name = \"Acme\"\n"));
    scratch.replace(CHAT, "developer = \"acme\"", "developer = \"globex\"");
    let now = files(&scratch);
    assert!(matches!(write_all(&scratch.file(""), &writes), Err(WriteError::Changed(_))));
    assert_eq!(files(&scratch), now);
}

#[test]
fn an_escaped_sign_goes_with_the_tracker_behind_it() {
    for (query, left) in [
        ("?utm_source=x&amp;utm_medium=y", ""),
        ("?hl=en&amp;utm_source=x", "?hl=en"),
        ("?utm_source=x&amp;hl=en&amp;b=c", "?hl=en&amp;b=c"),
    ] {
        let scratch = Scratch::new();
        let url = "url = \"https://acme.example/soc2";
        scratch.replace(CHAT, &format!("{url}\""), &format!("{url}{query}\""));
        scratch.run(&["lint", "--fix"]);
        assert!(scratch.read(CHAT).contains(&format!("{url}{left}\"")), "{query}: {}", scratch.read(CHAT));
    }
}

#[test]
fn a_formatted_file_stays_so_and_another_stays_as_it_is() {
    let scratch = Scratch::new();
    let check = |scratch: &Scratch| scratch.run(&["fmt", "--check"]).status;
    let key = "[cells.soc2_type2.facts]\n";
    scratch.replace(CHAT, key, &format!("{key}in_scope_named = true\n"));
    assert_eq!(check(&scratch), 0);
    assert_eq!(scratch.run(&["lint", "--fix"]).status, 0);
    assert!(
        scratch.read(CHAT).contains("scope = [\"Acme API\"]\nscope_public = true\n"),
        "{}",
        scratch.read(CHAT)
    );
    assert_eq!(check(&scratch), 0);

    let scratch = Scratch::new();
    scratch.replace(CHAT, key, &format!("{key}in_scope_named   = true\n"));
    assert_eq!(scratch.run(&["lint", "--fix"]).status, 0);
    assert!(scratch.read(CHAT).contains(&format!("{key}scope_public   = true\n")), "{}", scratch.read(CHAT));
}

#[test]
fn a_misspelt_key_is_one_fault() {
    let text = fs::read_to_string(repository().join("tests/fixtures/base").join(CHAT)).unwrap();
    let is_free = |header: &str| header.contains(".facts]") || header.contains(".parts]");
    let (mut header, mut tried) = ("", 0);
    let scratch = Scratch::new();
    for (at, line) in text.lines().enumerate() {
        header = if line.starts_with('[') { line } else { header };
        let Some((key, value)) = line.split_once(" = ").filter(|_| !is_free(header)) else { continue };
        let misspelt = format!("{key}{} = {value}", &key[key.len() - 1..]);
        let lines = text.lines().enumerate();
        let lines = lines.map(|(nth, line)| if nth == at { misspelt.as_str() } else { line });
        scratch.write(CHAT, lines.collect::<Vec<_>>().join("\n"));
        let findings = scratch.findings();
        let rules: Vec<_> = findings.iter().map(|finding| finding["rule"].as_str().unwrap()).collect();
        if key.len() > 3 {
            assert_eq!(rules, ["schema/unknown-key"], "{misspelt}");
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried}");
}

/// Files in memory.
struct Memory(BTreeMap<String, String>);

impl Source for Memory {
    fn list(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.0.keys().cloned().collect())
    }

    fn read(&self, path: &str) -> Result<FileContent, StoreError> {
        Ok(self.0.get(path).map(|text| text.clone().into_bytes()).ok_or(NotRead::NotPlain))
    }
}

/// Paths of every kind into a cell; some of them lead nowhere.
fn paths() -> Vec<FieldPath> {
    let key = |key: &str| FieldPath::of(key);
    let evidence = |index| key("evidence").index(index);
    vec![
        key("status"),
        key("note"),
        key("geography"),
        key("geography").index(0),
        key("geography").index(1),
        key("facts"),
        key("facts").key("regions"),
        key("facts").key("regions").index(1),
        key("facts").key("eu_processing"),
        key("parts").key("dpa"),
        key("evidence"),
        evidence(0),
        evidence(0).key("url"),
        evidence(0).key("fetch"),
        evidence(0).key("fetch").key("on"),
        evidence(3),
        key("headline"),
    ]
}

fn edits() -> impl Strategy<Value = Edit> {
    let dimensions = prop::sample::select(vec!["data_residency", "gdpr_dpa", "hipaa_baa", "nowhere"]);
    let texts = prop::sample::select(vec!["", "x", "facts", "a b", "two\nlines", "\"\"\"", "'", "\\", "é#="]);
    (dimensions, prop::sample::select(paths()), 0..4, texts, 0_usize..6).prop_map(
        |(dimension, path, kind, text, at)| {
            let cell = Subject::cell(Entity::Platform("acme-cloud".into()), dimension);
            let subject = cell.with(path);
            match kind {
                0 => Edit::Set(subject, Value::from(text)),
                1 => Edit::Remove(subject),
                2 => Edit::Rename(subject, text.to_owned()),
                _ => Edit::Replace(subject, at..at + 2, text.to_owned()),
            }
        },
    )
}

proptest! {
    /// What a fix that is made promises is held by the store itself; here: nothing else is touched.
    #[test]
    fn fixes_of_any_kind_are_made_in_any_order_and_leave_the_rest_alone(
        style in styles(),
        fixes in proptest::collection::vec(proptest::collection::vec(edits(), 1..3), 1..6),
        turn in any::<prop::sample::Index>(),
    ) {
        let source = Memory(style.registry(&[]));
        let mut order: Vec<usize> = (0..fixes.len()).collect();
        let asked = |order: &[usize]| {
            let asked: Vec<&[Edit]> = order.iter().map(|at| fixes[*at].as_slice()).collect();
            fix_files(&source, &asked).unwrap()
        };
        let fixed = asked(&order);
        order.rotate_left(turn.index(fixes.len()));
        order.reverse();
        prop_assert_eq!(&asked(&order).texts, &fixed.texts);
        prop_assert_eq!(fixed.texts.is_empty(), !fixed.outcomes.contains(&FixOutcome::Made));
        for (path, text) in &fixed.texts {
            prop_assert!(toml::de::DeTable::parse(text).is_ok(), "{}", text);
            prop_assert_eq!(text.starts_with('\u{feff}'), style.mark);
            prop_assert_eq!(text.ends_with('\n'), style.final_line_end);
            let windows = text.matches("\r\n").count();
            prop_assert_eq!(windows, if style.windows { text.matches('\n').count() } else { 0 });
            // The lines of other cells stay as they were, in their order.
            let before = &source.0[path];
            let start = before.find("[cells.training_on_customer_data]").unwrap();
            let end = before.find("[cells.data_residency]").unwrap();
            prop_assert!(text.contains(before[start..end].trim_end()), "{}", text);
        }
    }
}

#[test]
fn the_command_that_fixes_is_one_that_works() {
    let scratch = Scratch::new();
    scratch.commit_all();
    scratch.replace("offerings/acme-chat.toml", "name = \"Acme Chat\"", "name = Acme Chat");
    scratch.replace("platforms/acme-cloud.toml", "name = \"Acme Cloud\"", "name = \"Acme Cloud\",");
    let plain = |run: &support::Run| run.stdout.replace("\n  ", " ");
    let run = scratch.run(&["lint", "--since", "HEAD"]);
    let files = ["data/offerings/acme-chat.toml", "data/platforms/acme-cloud.toml"];
    let command = format!("`cargo xtask lint --fix {} {}` fixes 2.", files[0], files[1]);
    assert!(plain(&run).contains(&command), "{}", run.stdout);
    let run = scratch.run(&["lint", "--fix", files[0], files[1]]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    let fixed = format!(
        "Fixed 2 findings in 2 files: {}:4 (schema/syntax), {}:4 (schema/syntax).",
        files[0], files[1]
    );
    assert!(plain(&run).contains(&fixed), "{}", run.stdout);
}
