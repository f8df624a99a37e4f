//! The page on methods: what the grades mean and what is checked, made of the vocabularies and the
//! catalogue of the rules.

use askama::Template;
use diagnostics::{Applicability, Severity};
use model::{
    Category, Confidence, ConfidenceReason, Doubt, FetchOutcome, Level, PartAnswer, Role, Route, Tier,
    Verdict, Via, Vocabulary,
};

use super::Site;
use super::filters;
use super::frame::{Frame, Link};
use crate::grade::Grade;
use crate::names::label;
use crate::reading;
use crate::text::{Span, spans};

#[derive(Template)]
#[template(path = "methodology.html")]
struct MethodologyPage<'a> {
    frame: Frame<'a>,
    grades: Vec<Grade>,
    /// How much of all answers was read.
    coverage: Vec<String>,
    vocabularies: Vec<Words>,
    questions: Vec<(Link, &'a str, &'static str, Option<i64>)>,
    groups: Vec<(&'a str, Vec<RuleLine<'a>>)>,
    rules: usize,
}

/// A vocabulary: its heading, what it says, and its values with their meaning.
struct Words {
    heading: &'static str,
    about: &'static str,
    values: Vec<(&'static str, &'static str)>,
}

impl Words {
    fn of<V: Vocabulary>(heading: &'static str, about: &'static str) -> Self {
        let values = V::ALL.iter().map(|value| (value.label(), value.meaning())).collect();
        Self { heading, about, values }
    }
}

/// A rule in the list.
struct RuleLine<'a> {
    id: &'a str,
    href: Option<String>,
    severity: Severity,
    fix: &'static str,
    summary: Vec<Span>,
}

/// The page.
pub(super) fn page<'a>(site: &Site<'a>, path: &str) -> impl Template + use<'a> {
    let frame = Frame::new(site, path, "Methodology")
        .described("What the grades mean, how certain they are, and what is checked in every change.");
    let vocabularies = vec![
        Words::of::<Confidence>(
            "Confidence",
            "How certain a grade is. A scope that could not be read lowers the confidence, never the grade.",
        ),
        Words::of::<ConfidenceReason>("Reasons for doubt", "Why a confidence is not high."),
        Words::of::<Tier>("Who may have it", "Which customers can get the commitment."),
        Words::of::<Route>("How to get it", "How a customer obtains what a cell grades."),
        Words::of::<model::DefaultState>(
            "As delivered",
            "Whether a commitment holds without an action by the customer.",
        ),
        Words::of::<Role>("Who publishes a source", "Evidence without a stated role counts as secondary."),
        Words::of::<FetchOutcome>("Outcomes of reading a source", "The outcome of the last attempt."),
        Words::of::<Via>(
            "How a source was read",
            "The date is that of the reading; for a copy, the date of the copy.",
        ),
        Words::of::<Doubt>(
            "Yes, but check",
            "Why a public yes has the mark “!”: check it yourself before you rely on it.",
        ),
        Words::of::<PartAnswer>(
            "Parts of a question",
            "Some questions have several parts, each with its own answer.",
        ),
        Words::of::<Verdict>("Reviews", "What a person decided about an answer, or about a doubt."),
        Words::of::<Level>(
            "Which company a question grades",
            "Each fact is stored once, with the platform or the developer, and offerings inherit it.",
        ),
        Words::of::<Category>("Categories of offerings", "How an offering is sold to customers."),
    ];
    let questions = site.edition.registry().dimensions.iter().enumerate();
    let questions = questions.map(|(at, one)| {
        let href = frame.to(&site.index.question_path(at, 0));
        let level = one.level.get().map_or("", Vocabulary::label);
        (Link::new(label(one), Some(href)), one.question.text(), level, one.stale_limit())
    });
    let questions = questions.collect();
    let mut groups: Vec<(&str, Vec<RuleLine<'_>>)> = Vec::new();
    for rule in site.inputs.rules {
        let line = RuleLine {
            id: rule.id.as_str(),
            href: site.sources.in_repository(&format!("crates/lint/src/rules/{}", rule.id.page())),
            severity: rule.severity,
            fix: match rule.fix {
                None => "by hand",
                Some(Applicability::Safe) => "by the linter",
                Some(Applicability::Unsafe) => "by the linter, for a person to check",
            },
            summary: spans(&rule.summary),
        };
        match groups.last_mut() {
            Some((name, lines)) if *name == rule.id.group() => lines.push(line),
            _ => groups.push((rule.id.group(), vec![line])),
        }
    }
    MethodologyPage {
        grades: Grade::all().collect(),
        coverage: reading::coverage_in_full(&site.coverage),
        rules: site.inputs.rules.len(),
        vocabularies,
        questions,
        groups,
        frame,
    }
}
