//! JUnit XML, which most CI servers show as test results: a suite a file, a case a finding.
//!
//! The document is valid against `junit-10.xsd` of the xUnit plugin of Jenkins, which skips what is not: only
//! suites count what was skipped and name a file, and nothing has a line.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::{Diagnostic, Report, Severity, concise, printable};

/// Writes the report as one document. A finding of the severity `fails` or above is a failed case, so
/// that the test result says the same as the exit status; others are skipped cases.
pub fn write(out: &mut dyn Write, report: &Report, fails: Severity) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let mut root = BytesStart::new("testsuites");
    root.push_attribute(("name", "lint"));
    count(&mut root, &report.findings, fails);
    xml.write_event(Event::Start(root))?;
    if report.findings.is_empty() {
        no_findings(&mut xml)?;
    }
    let mut names = HashMap::new();
    for findings in report.findings.chunk_by(|a, b| file(a) == file(b)) {
        suite(&mut xml, findings, fails, &mut names)?;
    }
    xml.write_event(Event::End(BytesEnd::new("testsuites")))?;
    xml.get_mut().write_all(b"\n")
}

type Xml<'o> = Writer<&'o mut dyn Write>;

/// A clean run is one passed case: a document without any is taken for a run that never was.
fn no_findings(xml: &mut Xml<'_>) -> io::Result<()> {
    let mut suite = BytesStart::new("testsuite");
    suite.push_attribute(("name", "lint"));
    count_suite(&mut suite, &[], Severity::Error);
    xml.write_event(Event::Start(suite))?;
    let mut case = BytesStart::new("testcase");
    case.extend_attributes([("name", "no findings"), ("classname", "lint")]);
    xml.write_event(Event::Empty(case))?;
    xml.write_event(Event::End(BytesEnd::new("testsuite")))
}

/// The findings of one file.
fn suite(
    xml: &mut Xml<'_>,
    findings: &[Diagnostic],
    fails: Severity,
    names: &mut HashMap<String, usize>,
) -> io::Result<()> {
    let file = findings.first().map(file).unwrap_or_default();
    let file = printable(&file);
    let mut suite = BytesStart::new("testsuite");
    suite.extend_attributes([("name", file.as_ref()), ("file", file.as_ref())]);
    count_suite(&mut suite, findings, fails);
    xml.write_event(Event::Start(suite))?;
    for finding in findings {
        let mut case = BytesStart::new("testcase");
        let name = unique(name(finding), names);
        case.extend_attributes([("name", name.as_str()), ("classname", &file)]);
        xml.write_event(Event::Start(case))?;
        let outcome = if finding.severity <= fails { "failure" } else { "skipped" };
        let mut start = BytesStart::new(outcome);
        let message = concise::message(finding);
        start.extend_attributes([("message", message.as_str()), ("type", finding.severity.name())]);
        xml.write_event(Event::Start(start))?;
        let body = format!("{}{}", concise::line(finding).trim_end_matches('\n'), concise::details(finding));
        xml.write_event(Event::Text(BytesText::new(&body)))?;
        xml.write_event(Event::End(BytesEnd::new(outcome)))?;
        xml.write_event(Event::End(BytesEnd::new("testcase")))?;
    }
    xml.write_event(Event::End(BytesEnd::new("testsuite")))
}

/// Adds the counts that a suite has.
fn count_suite(suite: &mut BytesStart<'_>, findings: &[Diagnostic], fails: Severity) {
    count(suite, findings, fails);
    let skipped = findings.iter().filter(|finding| finding.severity > fails).count();
    suite.push_attribute(("skipped", skipped.to_string().as_str()));
}

/// Adds the counts that suites and the whole document have; a run without findings is one case.
fn count(element: &mut BytesStart<'_>, findings: &[Diagnostic], fails: Severity) {
    let failures = findings.iter().filter(|finding| finding.severity <= fails).count();
    for (name, number) in [("tests", findings.len().max(1)), ("failures", failures), ("errors", 0)] {
        element.push_attribute((name, number.to_string().as_str()));
    }
}

fn file(finding: &Diagnostic) -> Cow<'_, str> {
    match &finding.location {
        Some(location) => location.file().into(),
        None => finding.subject.entity.file().into(),
    }
}

/// Rule and subject: CI servers compare runs by the names of their cases, so no lines and no wording.
fn name(finding: &Diagnostic) -> String {
    let subject = &finding.subject;
    let mut name = finding.rule.to_string();
    let parts = [
        subject.entity.reference(),
        subject.dimension.clone(),
        subject.field.as_ref().map(ToString::to_string),
    ];
    for part in parts.into_iter().flatten() {
        name.push(' ');
        name.push_str(&printable(&part));
    }
    name
}

/// The name, with an ordinal from the second time on: of cases with one name, some servers keep one.
fn unique(name: String, names: &mut HashMap<String, usize>) -> String {
    let nth = names.entry(name.clone()).and_modify(|count| *count += 1).or_insert(1);
    if *nth == 1 { name } else { format!("{name} ({nth})") }
}
