//! Measures each format with 5,000 findings in 50 files: `cargo bench -p diagnostics`.

#![allow(clippy::print_stdout, reason = "the figures are for people")]

use std::sync::Arc;
use std::time::Instant;

use diagnostics::human::{Renderer, Style};
use diagnostics::{
    Anchor, Applicability, Counts, Edit, FileRange, Finding, Found, Location, Locator, Place, Report, RuleId,
    RuleInfo, Scope, Severity, SourceText, Splice, concise, github, gitlab, json, junit, sarif,
};
use model::{Entity, FieldPath, Subject};

const FINDINGS: usize = 5_000;
const FILES: usize = 50;
/// Lines of a file; with some 60 bytes each it is as large as the largest of the registry.
const LINES: usize = 300;
const ROUNDS: u32 = 10;

const RULES: [RuleId; 3] =
    [RuleId("cell/gated-without-gate"), RuleId("cell/stale"), RuleId("registry/platform-drift")];

/// Files of equal text.
struct Files(Arc<SourceText>);

impl Locator for Files {
    fn locate(&self, places: &[&Place]) -> Vec<Option<Location>> {
        let located = places.iter().map(|place| {
            let Anchor::Bytes(range) = &place.anchor else { return None };
            let (start, end) = (self.0.position(range.start), self.0.position(range.end));
            Some(Location::File(FileRange { file: file(&place.subject), start, end }))
        });
        located.collect()
    }

    fn find(&self, places: &[&Place], fixes: &[&[Edit]]) -> Found {
        let splice = |edit: &Edit| {
            let splice = Splice { start: 12, end: 20, insert: "\"never\"".to_owned() };
            (file(edit.subject()), splice)
        };
        let splices = fixes.iter().map(|edits| edits.iter().map(splice).collect()).collect();
        Found { locations: self.locate(places), splices }
    }

    fn source(&self, _: &str) -> Option<Arc<SourceText>> {
        Some(self.0.clone())
    }
}

fn main() {
    let line = |at: usize| format!("headline_{at} = \"Prompts are kept for thirty days, é included\"\n");
    let text = SourceText::new((0..LINES).map(line).collect());
    let findings = (0..FINDINGS).map(|at| finding(at, &text)).collect();
    let locator = Files(Arc::new(text));
    let report = Report::new(findings, Counts::default(), &locator);
    let rules: Vec<RuleInfo> = RULES.into_iter().map(rule).collect();
    let tool = sarif::Tool { name: "bench", version: "1.0.0", information_uri: None, rules_uri: None };
    let analysis = sarif::Analysis { tool, automation: sarif::Automation::default(), commit: None };
    measure("human", |out| {
        let mut shown = String::new();
        let mut renderer = Renderer::new(&locator, Style { color: true, width: 100, rule_pages: None });
        report.findings.iter().for_each(|finding| renderer.render(finding, &mut shown));
        out.extend(shown.into_bytes());
    });
    measure("concise", |out| {
        out.extend(report.findings.iter().flat_map(|finding| concise::line(finding).into_bytes()));
    });
    measure("json", |out| assert!(json::write(out, &report).is_ok()));
    measure("sarif", |out| assert!(sarif::write(out, &report, &analysis, &rules, &locator).is_ok()));
    measure("github", |out| assert!(github::write(out, &report).is_ok()));
    measure("gitlab", |out| assert!(gitlab::write(out, &report).is_ok()));
    measure("junit", |out| assert!(junit::write(out, &report, Severity::Error).is_ok()));
}

/// Seconds that this thread has had a processor; where the system does not say (it is Linux that does),
/// seconds on the clock.
fn seconds(started: Instant) -> f64 {
    let nanoseconds = std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|stat| stat.split_whitespace().next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| started.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}

/// Prints the mean of some rounds.
fn measure(name: &str, render: impl Fn(&mut Vec<u8>)) {
    let clock = Instant::now();
    let started = seconds(clock);
    let mut bytes = 0;
    for _ in 0..ROUNDS {
        let mut out = Vec::new();
        render(&mut out);
        bytes = out.len();
    }
    let mean = (seconds(clock) - started) / f64::from(ROUNDS);
    println!("{name:8} {:6.1} ms  {:5} kB", mean * 1e3, bytes / 1000);
}

/// A finding with help; each third with a place related to it, each fifth with a fix.
fn finding(at: usize, text: &SourceText) -> Finding {
    let subject = |at: usize| {
        Subject::cell(Entity::Offering(format!("offering-{:02}", at % FILES)), "retention_zdr")
            .with(FieldPath::of("evidence").index(at).key("url"))
    };
    let place = |at: usize| {
        let line = text.line(at * 7 % LINES + 1);
        Place { subject: subject(at), anchor: Anchor::Bytes(line.start + 12..line.end - 1) }
    };
    let severity = [Severity::Error, Severity::Warning, Severity::Info][at % 3];
    let message =
        format!("cell `retention_zdr` of offering-{:02} says `thirty days` and `never` ({at})", at % FILES);
    let mut finding = Finding::new(RULES[at % 3], severity, place(at), message)
        .with_help("write the number of days as `retention_days = 30`, or take the claim out");
    if at.is_multiple_of(3) {
        finding = finding.with_related(place(at + 1), "the platform says otherwise here");
    }
    if at.is_multiple_of(5) {
        let edit = Edit::Set(subject(at), "never".into());
        finding = finding.with_fix("write `never`", Applicability::Safe, vec![edit]);
    }
    finding
}

/// The file of an entity, as a path to show.
fn file(subject: &Subject) -> String {
    format!("data/{}", subject.entity.file())
}

fn rule(id: RuleId) -> RuleInfo {
    RuleInfo {
        id,
        severity: Severity::Error,
        scope: Scope::Cell,
        fix: Some(Applicability::Safe),
        summary: "A cell must not contradict itself.".to_owned(),
        page: "# rule\n\nA cell must not contradict itself.\n\n## What it does\n\nIt compares the parts of a cell.\n",
    }
}
