//! Hostile texts in findings come back from every format as they went in, or in their printable form.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::sync::Arc;

use diagnostics::{
    Applicability, Counts, Diagnostic, Edit, FileRange, Finding, Fix, Found, Location, Locator, Place,
    Position, Related, Report, RuleId, Severity, SourceText, Splice, concise, github, gitlab, json, junit,
    printable, sarif,
};
use model::{Entity, FieldPath, Subject};
use proptest::prelude::*;
use serde_json::Value;

/// Nothing is known of any file.
struct Nowhere;

impl Locator for Nowhere {
    fn locate(&self, places: &[&Place]) -> Vec<Option<Location>> {
        vec![None; places.len()]
    }

    fn source(&self, _: &str) -> Option<Arc<SourceText>> {
        None
    }
}

/// Texts of any characters, and of those that mean something to a reader.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        prop::sample::select(vec![
            "::error::",
            "::",
            "##[error]",
            "%0A",
            "%25",
            "%",
            "]]>",
            "<![CDATA[",
            "<!--",
            "&amp;",
            "&#10;",
            "<",
            ">",
            "\"",
            "'",
            "\n",
            "\r\n",
            "\u{1b}[31m",
            "\0",
            "\u{202e}",
            "\u{2028}",
            "\u{85}",
            "\u{fffe}",
            "\u{ffff}",
            "\u{feff}",
            "[a](https://example.com)",
            "{0}",
            ",file=x",
            ":",
            "=",
            " ",
            "\t",
            "é",
            "😀",
            "\\",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

prop_compose! {
    /// A finding, and where it is.
    fn finding()(
        message in text(),
        help in prop::option::of(text()),
        file in prop::option::of(text()),
        names in (text(), text(), text()),
        lines in (1..3_usize, 1..3_usize),
        related in prop::option::of(text()),
        insert in prop::option::of(text()),
    ) -> (Finding, Option<Location>) {
        let subject = Subject::cell(Entity::Offering(names.0), names.1).with(FieldPath::of(names.2));
        let mut finding = Finding::new(RuleId("cell/stale"), Severity::Warning, subject.clone(), message);
        let at = |line| Position { byte: line * 10, line, column: line };
        let location = file.clone().map(|file| {
            Location::File(FileRange { file, start: at(lines.0), end: at(lines.0 + lines.1 - 1) })
        });
        finding.help = help;
        finding.related.extend(related.map(|message| Related { message, place: subject.into() }));
        finding.fix = insert.map(|insert| Fix {
            title: "fix it".to_owned(),
            applicability: Applicability::Safe,
            edits: vec![Edit::Rename(Subject::entity(Entity::File(file.unwrap_or_default())), insert)],
        });
        (finding, location)
    }
}

/// Places in the order in which they are asked for; a fix inserts the name that it gives, in the file that it names.
struct Known(Vec<Option<Location>>);

impl Locator for Known {
    fn locate(&self, places: &[&Place]) -> Vec<Option<Location>> {
        assert_eq!(places.len(), self.0.len());
        self.0.clone()
    }

    fn find(&self, places: &[&Place], fixes: &[&[Edit]]) -> Found {
        let splice = |edit: &Edit| match edit {
            Edit::Rename(subject, insert) => {
                let Entity::File(file) = &subject.entity else { panic!("a file") };
                (file.clone(), Splice { start: 0, end: 1, insert: insert.clone() })
            }
            other => panic!("{other:?}"),
        };
        let splices = fixes.iter().map(|edits| edits.iter().map(splice).collect()).collect();
        Found { locations: self.locate(places), splices }
    }

    fn source(&self, _: &str) -> Option<Arc<SourceText>> {
        None
    }
}

fn report() -> impl Strategy<Value = Report> {
    prop::collection::vec(finding(), 1..4).prop_map(|findings| {
        let places = findings.iter().flat_map(|(finding, place)| {
            std::iter::once(place.clone()).chain(finding.related.iter().map(|_| None))
        });
        let places = Known(places.collect());
        let findings = findings.into_iter().map(|(finding, _)| finding).collect();
        Report::new(findings, Counts::default(), &places)
    })
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Message, help and related places, for formats without fields for these.
fn told(finding: &Diagnostic) -> String {
    let related = finding.related.iter().map(|related| &related.message);
    let lines = [&finding.message].into_iter().chain(&finding.help).chain(related);
    lines.map(|line| printable(line)).collect::<Vec<_>>().join("\n")
}

fn file(finding: &Diagnostic) -> Option<&str> {
    finding.location.as_ref().map(Location::file)
}

/// A command as the runner of GitHub Actions reads it.
#[derive(Debug)]
struct Command {
    name: String,
    properties: BTreeMap<String, String>,
    data: String,
}

/// Reads one line of a log: after blanks it must start with `::`; the name ends at a blank, the
/// properties at the next `::`.
fn command(line: &str) -> Option<Command> {
    let rest = line.trim_start().strip_prefix("::")?;
    let (head, data) = rest.split_once("::")?;
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let unescape = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n");
    let property = |text: &str| unescape(text).replace("%3A", ":").replace("%2C", ",").replace("%25", "%");
    let pairs = properties.split(',').filter_map(|pair| pair.split_once('='));
    let properties = pairs.map(|(key, value)| (key.to_owned(), property(value))).collect();
    Some(Command { name: name.to_owned(), properties, data: unescape(data).replace("%25", "%") })
}

proptest! {
    #[test]
    fn one_line_a_finding(report in report()) {
        let lines: String = report.findings.iter().map(concise::line).collect();
        prop_assert_eq!(lines.lines().count(), report.findings.len());
        for (line, finding) in lines.lines().zip(&report.findings) {
            prop_assert!(line.ends_with(printable(&finding.message).as_ref()));
            prop_assert_eq!(printable(line), line);
        }
    }

    #[test]
    fn json_keeps_every_character(report in report()) {
        let read: Value = serde_json::from_str(&written(|out| json::write(out, &report))).unwrap();
        for (read, finding) in read["findings"].as_array().unwrap().iter().zip(&report.findings) {
            prop_assert_eq!(read["message"].as_str(), Some(finding.message.as_str()));
            prop_assert_eq!(read["help"].as_str(), finding.help.as_deref());
            prop_assert_eq!(read["file"].as_str(), file(finding));
            let insert = finding.fix.as_ref().map(|fix| fix.splices[0].1.insert.as_str());
            prop_assert_eq!(read.pointer("/fix/edits/0/insert").and_then(Value::as_str), insert);
        }
    }

    #[test]
    fn a_log_holds_our_commands_and_no_others(report in report()) {
        let log = written(|out| github::write(out, &report));
        let lines: Vec<_> = log.split_terminator(['\n', '\r']).collect();
        prop_assert_eq!(lines.len(), report.findings.len());
        for (line, finding) in lines.into_iter().zip(&report.findings) {
            prop_assert_eq!(printable(line), line);
            let command = command(line).unwrap();
            prop_assert_eq!(&command.name, "warning");
            // A log shows this alone, so it begins with the place.
            let (place, text) = command.data.split_once("[cell/stale] ").unwrap();
            prop_assert_eq!(text, told(finding));
            prop_assert!(place.starts_with(printable(file(finding).unwrap_or("")).as_ref()));
            let property = |name: &str| command.properties.get(name).cloned();
            prop_assert_eq!(property("title"), Some("cell/stale".to_owned()));
            prop_assert_eq!(property("file"), file(finding).map(|file| printable(file).into_owned()));
            let Some(Location::File(range)) = &finding.location else { continue };
            prop_assert_eq!(property("endLine"), Some(range.end.line.to_string()));
            prop_assert_eq!(property("col").is_some(), range.start.line == range.end.line);
        }
    }

    #[test]
    fn gitlab_gets_what_it_asks_for(report in report()) {
        let issues: Value = serde_json::from_str(&written(|out| gitlab::write(out, &report))).unwrap();
        let mut fingerprints = Vec::new();
        for (issue, finding) in issues.as_array().unwrap().iter().zip(&report.findings) {
            prop_assert_eq!(issue["description"].as_str().unwrap(), printable(&finding.message));
            let path = issue["location"]["path"].as_str().unwrap();
            prop_assert!(file(finding).is_none_or(|file| file == path));
            let lines = ["/location/positions/begin/line", "/location/lines/begin"];
            let line = lines.iter().find_map(|path| issue.pointer(path)).and_then(Value::as_u64);
            prop_assert!(line >= Some(1));
            fingerprints.push(issue["fingerprint"].as_str().unwrap());
        }
        fingerprints.sort_unstable();
        fingerprints.dedup();
        prop_assert_eq!(fingerprints.len(), report.findings.len());
    }

    #[test]
    fn xml_is_well_formed_and_keeps_the_text(report in report()) {
        let text = written(|out| junit::write(out, &report, Severity::Warning));
        let document = roxmltree::Document::parse(&text).unwrap();
        let cases: Vec<_> = document.descendants().filter(|node| node.has_tag_name("testcase")).collect();
        prop_assert_eq!(cases.len(), report.findings.len());
        for (case, finding) in cases.iter().zip(&report.findings) {
            let failure = case.first_element_child().unwrap();
            prop_assert_eq!(failure.tag_name().name(), "failure");
            prop_assert_eq!(failure.attribute("message").unwrap(), printable(&finding.message));
            prop_assert!(failure.text().unwrap().ends_with(&told(finding)));
            let suite = case.parent_element().unwrap().attribute("name");
            prop_assert!(file(finding).is_none_or(|file| suite == Some(&printable(file))));
        }
        let mut names: Vec<_> = cases.iter().map(|case| case.attribute("name")).collect();
        names.sort_unstable();
        names.dedup();
        prop_assert_eq!(names.len(), report.findings.len());
    }

    #[test]
    fn sarif_keeps_the_text_and_takes_no_link_from_it(report in report()) {
        let tool = sarif::Tool { name: "lint", version: "1.0.0", information_uri: None, rules_uri: None };
        let analysis = sarif::Analysis { tool, automation: sarif::Automation::default(), commit: None };
        let log = written(|out| sarif::write(out, &report, &analysis, &[], &Nowhere));
        let log: Value = serde_json::from_str(&log).unwrap();
        for (result, finding) in log["runs"][0]["results"].as_array().unwrap().iter().zip(&report.findings) {
            let lines = [&finding.message].into_iter().chain(&finding.help).map(|line| printable(line));
            let text = lines.collect::<Vec<_>>().join("\n");
            prop_assert_eq!(result["message"]["text"].as_str().unwrap().replace("] (", "]("), text.replace("] (", "]("));
            prop_assert!(!result["message"]["text"].as_str().unwrap().contains("]("));
            let insert = result.pointer("/fixes/0/artifactChanges/0/replacements/0/insertedContent/text");
            let expected = finding.fix.as_ref().map(|fix| fix.splices[0].1.insert.as_str());
            prop_assert_eq!(insert.and_then(Value::as_str), expected.filter(|text| !text.is_empty()));
            let uri = result.pointer("/locations/0/physicalLocation/artifactLocation/uri").and_then(Value::as_str);
            let path = uri.map(|uri| percent_encoding::percent_decode_str(uri).decode_utf8().unwrap().into_owned());
            let absolute = |file: &str| if file.starts_with('/') { format!("file://{file}") } else { file.to_owned() };
            prop_assert_eq!(path, file(finding).map(absolute));
        }
    }
}
