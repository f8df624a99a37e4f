//! A rule: what is known of it, and the function that judges.

use diagnostics::{Applicability, Finding, Place, RuleId, RuleInfo, Scope, Severity};
use model::limits::{MAX_FINDINGS, MAX_SUGGESTIONS};

use crate::{
    AllowanceContext, CellContext, ChangeContext, DateContext, EntityContext, Page, RegistryContext,
    TextContext, VisitsContext,
};

/// A rule of the catalogue. Each is one file that holds a `RULE`, beside its page.
pub struct Rule {
    /// Its id, `group/name`.
    pub id: RuleId,
    /// The severity of its findings.
    pub severity: Severity,
    /// The best applicability of its fixes; none where a person must fix what it finds.
    pub fix: Option<Applicability>,
    /// Its page, Markdown.
    pub page: &'static str,
    /// How it judges.
    pub check: Check,
    /// The rules that report the same fault better: where one of them raises a finding, this one is silent.
    pub yields_to: &'static [&'static str],
    /// Whether all other rules about cells yield to it.
    pub is_exclusive: bool,
    /// Whether its errors come by the passing of time. Where a change is judged, they are warnings.
    pub is_by_time: bool,
}

/// How a rule judges.
pub enum Check {
    /// Looks at one stored cell.
    Cell(fn(&CellContext<'_>, &mut Raise<'_>)),
    /// Looks at one entity.
    Entity(fn(&EntityContext<'_>, &mut Raise<'_>)),
    /// Looks at one text of an entity or of one of its cells.
    Text(fn(&TextContext<'_>, &mut Raise<'_>)),
    /// Looks at one day of an entity or of `registry.toml`.
    Date(fn(&DateContext<'_>, &mut Raise<'_>)),
    /// Looks at the visits of one host.
    Visits(fn(&VisitsContext<'_>, &mut Raise<'_>)),
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
    const fn new(id: &'static str, severity: Severity, page: &'static str, check: Check) -> Self {
        Self {
            id: RuleId(id),
            severity,
            fix: None,
            page,
            check,
            yields_to: &[],
            is_exclusive: false,
            is_by_time: false,
        }
    }

    /// A rule about one stored cell.
    pub const fn cell(
        id: &'static str,
        severity: Severity,
        page: &'static str,
        check: fn(&CellContext<'_>, &mut Raise<'_>),
    ) -> Self {
        Self::new(id, severity, page, Check::Cell(check))
    }

    /// A rule about one entity.
    pub const fn entity(
        id: &'static str,
        severity: Severity,
        page: &'static str,
        check: fn(&EntityContext<'_>, &mut Raise<'_>),
    ) -> Self {
        Self::new(id, severity, page, Check::Entity(check))
    }

    /// A rule about every text of an entity.
    pub const fn text(
        id: &'static str,
        severity: Severity,
        page: &'static str,
        check: fn(&TextContext<'_>, &mut Raise<'_>),
    ) -> Self {
        Self::new(id, severity, page, Check::Text(check))
    }

    /// A rule about every day of an entity and of `registry.toml`.
    pub const fn date(
        id: &'static str,
        severity: Severity,
        page: &'static str,
        check: fn(&DateContext<'_>, &mut Raise<'_>),
    ) -> Self {
        Self::new(id, severity, page, Check::Date(check))
    }

    /// A rule about the visits of one host.
    pub const fn visits(
        id: &'static str,
        severity: Severity,
        page: &'static str,
        check: fn(&VisitsContext<'_>, &mut Raise<'_>),
    ) -> Self {
        Self::new(id, severity, page, Check::Visits(check))
    }

    /// A rule about all entities together.
    pub const fn registry(
        id: &'static str,
        severity: Severity,
        page: &'static str,
        check: fn(&RegistryContext<'_>, &mut Raise<'_>),
    ) -> Self {
        Self::new(id, severity, page, Check::Registry(check))
    }

    /// A rule about what became of the registry.
    pub const fn change(
        id: &'static str,
        severity: Severity,
        page: &'static str,
        check: fn(&ChangeContext<'_>, &mut Raise<'_>),
    ) -> Self {
        Self::new(id, severity, page, Check::Change(check))
    }

    /// A rule about one allowance.
    pub const fn allowance(
        id: &'static str,
        severity: Severity,
        page: &'static str,
        check: fn(&AllowanceContext<'_>, &mut Raise<'_>),
    ) -> Self {
        Self::new(id, severity, page, Check::Allowance(check))
    }

    /// A rule that is judged where files are read.
    pub const fn file(id: &'static str, page: &'static str) -> Self {
        Self::new(id, Severity::Error, page, Check::Elsewhere(Scope::File))
    }

    /// A rule about a table, which an import judges.
    pub const fn table(id: &'static str, severity: Severity, page: &'static str) -> Self {
        Self::new(id, severity, page, Check::Elsewhere(Scope::Table))
    }

    /// The same rule, able to fix what it finds: at best, its fixes are applicable like this.
    #[must_use]
    pub const fn fixable(mut self, best: Applicability) -> Self {
        self.fix = Some(best);
        self
    }

    /// The same rule, silent where one of these reports the same fault. A rule about cells may yield to others
    /// about cells: it does not look at a cell in which one of them has found something, selected or not. A
    /// rule about entities or cells may yield to rules about changes: its finding goes where one of them has
    /// found the same thing missing that it refers to or, where it refers to nothing, something of the same
    /// entity.
    #[must_use]
    pub const fn yields_to(mut self, rules: &'static [&'static str]) -> Self {
        self.yields_to = rules;
        self
    }

    /// The same rule, to which all other rules about cells yield.
    #[must_use]
    pub const fn exclusive(mut self) -> Self {
        self.is_exclusive = true;
        self
    }

    /// The same rule, whose errors come by the passing of time, so that they fail no change.
    #[must_use]
    pub const fn by_time(mut self) -> Self {
        self.is_by_time = true;
        self
    }

    /// What it looks at.
    pub fn scope(&self) -> Scope {
        match self.check {
            Check::Cell(_) => Scope::Cell,
            Check::Entity(_) | Check::Text(_) | Check::Date(_) | Check::Visits(_) => Scope::Entity,
            Check::Registry(_) | Check::Allowance(_) => Scope::Registry,
            Check::Change(_) => Scope::Change,
            Check::Elsewhere(scope) => scope,
        }
    }

    /// What is known of it, as plain data.
    pub fn info(&self) -> RuleInfo {
        RuleInfo {
            id: self.id,
            severity: self.severity,
            scope: self.scope(),
            fix: self.fix,
            summary: Page::new(self.page).summary().to_owned(),
            page: self.page,
        }
    }
}

/// How much of a rule was reported.
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
    /// stop. Returns it, so that more can be said.
    pub fn at(&mut self, place: impl Into<Place>, message: impl Into<String>) -> &mut Finding {
        let finding = Finding::new(self.rule.id, self.rule.severity, place, message);
        self.tally.raised += 1;
        if self.tally.raised > self.most {
            return self.spare.insert(finding);
        }
        let at = self.findings.len();
        self.findings.push(finding);
        &mut self.findings[at]
    }

    /// What was probably meant by a text, as long as the rule has not made too many suggestions: looking for
    /// one costs time.
    pub fn suggest<'m>(&mut self, closest: impl FnOnce() -> Option<&'m str>) -> Option<&'m str> {
        self.tally.suggested += 1;
        if self.tally.suggested > MAX_SUGGESTIONS { None } else { closest() }
    }
}
