//! How long 5,000 findings over 50 files take in each format: `cargo bench -p diagnostics`.

#![allow(clippy::print_stdout, reason = "the figures are for people")]

use std::sync::Arc;
use std::time::Instant;

use diagnostics::human::{Renderer, Style};
use diagnostics::{
    Counts, FileRange, Finding, Fix, FixKind, Location, Locator, Place, Related, Report, RuleId, RuleInfo,
    Scope, Severity, Since, SourceText, Splice, concise, github, gitlab, json, junit, sarif,
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
        vec![None; places.len()]
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
    let tool = sarif::Tool { name: "bench", version: "1.0.0", information_uri: None };
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
    measure("sarif", |out| assert!(sarif::write(out, &report, tool, &rules, &locator).is_ok()));
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
    let file = |at: usize| format!("data/offerings/offering-{:02}.toml", at % FILES);
    let location = |at: usize| {
        let line = text.line(at * 7 % LINES + 1);
        let (start, end) = (text.position(line.start + 12), text.position(line.end - 1));
        Some(Location::File(FileRange { file: file(at), start, end }))
    };
    let subject = |at: usize| {
        Subject::cell(Entity::Offering(format!("offering-{:02}", at % FILES)), "retention_zdr")
            .with(FieldPath::of("evidence").index(at).key("url"))
    };
    let severity = [Severity::Error, Severity::Warning, Severity::Info][at % 3];
    let message =
        format!("cell `retention_zdr` of offering-{:02} says `thirty days` and `never` ({at})", at % FILES);
    let mut finding = Finding::new(RULES[at % 3], severity, subject(at), message)
        .help("write the number of days as `retention_days = 30`, or take the claim out");
    finding.location = location(at);
    if at.is_multiple_of(3) {
        let (message, place) = ("the platform says otherwise here".to_owned(), subject(at + 1).into());
        finding.related.push(Related { message, place, location: location(at + 1) });
    }
    if at.is_multiple_of(5) {
        let splice = Splice { start: 12, end: 20, insert: "\"never\"".to_owned() };
        let splices = vec![(file(at), splice)];
        finding.fix = Some(Fix { title: "write `never`".to_owned(), safe: true, edits: Vec::new(), splices });
    }
    finding
}

fn rule(id: RuleId) -> RuleInfo {
    RuleInfo {
        id,
        group: id.group(),
        severity: Severity::Error,
        scope: Scope::Cell,
        fix: FixKind::Safe,
        summary: "A cell must not contradict itself.".to_owned(),
        page: "# rule\n\nA cell must not contradict itself.\n\n## What it does\n\nIt compares the parts of a cell.\n",
        status: Since::Stable,
    }
}
