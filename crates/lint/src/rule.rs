//! A rule: what is known of it, and the function that judges.

use diagnostics::{Edit, Finding, FixKind, Place, RuleId, RuleInfo, Scope, Severity, Since};
use model::limits::{MAX_FINDINGS, MAX_SUGGESTIONS};

use crate::{
    AllowanceContext, CellContext, ChangeContext, DateContext, EntityContext, Page, RegistryContext,
    TextContext,
};

/// A rule of the catalogue. Each is one file that holds a `RULE`, beside its page.
pub struct Rule {
    /// Its id, `group/name`.
    pub id: RuleId,
    /// The severity of its findings.
    pub severity: Severity,
    /// Whether it can mend what it finds.
    pub fix: FixKind,
    /// Its page, Markdown.
    pub page: &'static str,
    /// How it judges.
    pub check: Check,
}

/// How a rule judges.
pub enum Check {
    /// Looks at one stored cell.
    Cell(fn(&CellContext<'_>, &mut Raise<'_>)),
    /// Looks at one entity.
    Entity(fn(&EntityContext<'_>, &mut Raise<'_>)),
    /// Looks at one text of an entity, whether of its own or of a cell.
    Text(fn(&TextContext<'_>, &mut Raise<'_>)),
    /// Looks at one day of an entity or of `registry.toml`.
    Date(fn(&DateContext<'_>, &mut Raise<'_>)),
    /// Looks at all entities together.
    Registry(fn(&RegistryContext<'_>, &mut Raise<'_>)),
    /// Looks at two states of the registry.
    Change(fn(&ChangeContext<'_>, &mut Raise<'_>)),
    /// Looks at one allowance, once it is known what it holds back.
    Allowance(fn(&AllowanceContext<'_>, &mut Raise<'_>)),
    /// Is judged where files or tables are read.
    Elsewhere(Scope),
}

impl Rule {
    /// A rule about one stored cell.
    pub const fn cell(
        id: &'static str,
        severity: Severity,
        page: &'static str,
        check: fn(&CellContext<'_>, &mut Raise<'_>),
    ) -> Self {
        Self { id: RuleId(id), severity, fix: FixKind::None, page, check: Check::Cell(check) }
    }

    /// A rule about one entity.
    pub const fn entity(
        id: &'static str,
        severity: Severity,
        page: &'static str,
        check: fn(&EntityContext<'_>, &mut Raise<'_>),
    ) -> Self {
        Self { id: RuleId(id), severity, fix: FixKind::None, page, check: Check::Entity(check) }
    }

    /// A rule about every text of an entity.
    pub const fn text(
        id: &'static str,
        severity: Severity,
        page: &'static str,
        check: fn(&TextContext<'_>, &mut Raise<'_>),
    ) -> Self {
        Self { id: RuleId(id), severity, fix: FixKind::None, page, check: Check::Text(check) }
    }

    /// A rule about every day of an entity and of `registry.toml`.
    pub const fn date(
        id: &'static str,
        severity: Severity,
        page: &'static str,
        check: fn(&DateContext<'_>, &mut Raise<'_>),
    ) -> Self {
        Self { id: RuleId(id), severity, fix: FixKind::None, page, check: Check::Date(check) }
    }

    /// A rule about all entities together.
    pub const fn registry(
        id: &'static str,
        severity: Severity,
        page: &'static str,
        check: fn(&RegistryContext<'_>, &mut Raise<'_>),
    ) -> Self {
        Self { id: RuleId(id), severity, fix: FixKind::None, page, check: Check::Registry(check) }
    }

    /// A rule about what became of the registry.
    pub const fn change(
        id: &'static str,
        severity: Severity,
        page: &'static str,
        check: fn(&ChangeContext<'_>, &mut Raise<'_>),
    ) -> Self {
        Self { id: RuleId(id), severity, fix: FixKind::None, page, check: Check::Change(check) }
    }

    /// A rule about one allowance.
    pub const fn allowance(
        id: &'static str,
        severity: Severity,
        page: &'static str,
        check: fn(&AllowanceContext<'_>, &mut Raise<'_>),
    ) -> Self {
        Self { id: RuleId(id), severity, fix: FixKind::None, page, check: Check::Allowance(check) }
    }

    /// A rule that is judged where files are read.
    pub const fn file(id: &'static str, page: &'static str) -> Self {
        Self {
            id: RuleId(id),
            severity: Severity::Error,
            fix: FixKind::None,
            page,
            check: Check::Elsewhere(Scope::File),
        }
    }

    /// A rule about a table, which an import judges.
    pub const fn table(id: &'static str, severity: Severity, page: &'static str) -> Self {
        Self { id: RuleId(id), severity, fix: FixKind::None, page, check: Check::Elsewhere(Scope::Table) }
    }

    /// The same rule, able to mend what it finds.
    #[must_use]
    pub const fn fixable(mut self, fix: FixKind) -> Self {
        self.fix = fix;
        self
    }

    /// What it looks at.
    pub fn scope(&self) -> Scope {
        match self.check {
            Check::Cell(_) => Scope::Cell,
            Check::Entity(_) | Check::Text(_) | Check::Date(_) => Scope::Entity,
            Check::Registry(_) | Check::Allowance(_) => Scope::Registry,
            Check::Change(_) => Scope::Change,
            Check::Elsewhere(scope) => scope,
        }
    }

    /// What is known of it, as plain data.
    pub fn info(&self) -> RuleInfo {
        RuleInfo {
            id: self.id,
            group: self.id.group(),
            severity: self.severity,
            scope: self.scope(),
            fix: self.fix,
            summary: Page::new(self.page).summary().to_owned(),
            page: self.page,
            status: Since::Stable,
        }
    }
}

/// How much of a rule was told.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    /// The findings that it raised, with those that are only counted.
    pub(crate) raised: usize,
    /// The suggestions that it made.
    suggested: usize,
}

/// Takes the findings of one rule.
pub struct Raise<'a> {
    rule: &'a Rule,
    tally: &'a mut Tally,
    /// The most findings that are kept.
    most: usize,
    findings: &'a mut Vec<Finding>,
    /// Takes a finding that is only counted.
    spare: Option<Finding>,
}

impl<'a> Raise<'a> {
    /// Takes all findings of a rule.
    pub(crate) fn new(rule: &'a Rule, tally: &'a mut Tally, findings: &'a mut Vec<Finding>) -> Self {
        Self { rule, tally, most: usize::MAX, findings, spare: None }
    }

    /// Takes as many findings of a rule as are listed for one entity.
    pub(crate) fn capped(rule: &'a Rule, tally: &'a mut Tally, findings: &'a mut Vec<Finding>) -> Self {
        Self::within(MAX_FINDINGS, rule, tally, findings)
    }

    /// Takes so many findings of a rule.
    pub(crate) fn within(
        most: usize,
        rule: &'a Rule,
        tally: &'a mut Tally,
        findings: &'a mut Vec<Finding>,
    ) -> Self {
        Self { most, ..Self::new(rule, tally, findings) }
    }

    /// Raises a finding: where it is and what is wrong there, naming the thing, without a final full
    /// stop.
    pub fn at(&mut self, place: impl Into<Place>, message: impl Into<String>) -> Draft<'_> {
        let finding = Finding::new(self.rule.id, self.rule.severity, place, message);
        self.tally.raised += 1;
        if self.tally.raised > self.most {
            return Draft(self.spare.insert(finding));
        }
        self.findings.push(finding);
        let last = self.findings.len() - 1;
        Draft(&mut self.findings[last])
    }

    /// What was probably meant by a text, as long as the rule has not made too many suggestions: looking for
    /// one costs time.
    pub fn suggest<'m>(&mut self, closest: impl FnOnce() -> Option<&'m str>) -> Option<&'m str> {
        self.tally.suggested += 1;
        if self.tally.suggested > MAX_SUGGESTIONS { None } else { closest() }
    }
}

/// A finding to which more can be said.
pub struct Draft<'a>(&'a mut Finding);

impl Draft<'_> {
    /// Says what to write.
    pub fn help(self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// Names what it is about, for the fingerprint, where the field path does not tell.
    pub fn identity(self, identity: impl Into<String>) -> Self {
        self.0.identity = Some(identity.into());
        self
    }

    /// Shows another place that belongs to it.
    pub fn related(self, place: impl Into<Place>, message: impl Into<String>) -> Self {
        let related = diagnostics::Related { message: message.into(), place: place.into(), location: None };
        self.0.related.push(related);
        self
    }

    /// Says how to mend it without a person; `safe` when the data say the same afterwards.
    pub fn fix(self, title: impl Into<String>, safe: bool, edits: Vec<Edit>) -> Self {
        self.0.fix = Some(diagnostics::Fix { title: title.into(), safe, edits, splices: Vec::new() });
        self
    }
}
