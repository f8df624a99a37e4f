//! Where texts stand in each record.

use std::collections::BTreeMap;

use model::{
    Allow, Cell, Contradiction, Dimension, Evidence, Exception, Fact, FactSpec, Fetch, Flag, Key, Literal,
    Offering, Optional, Organization, Platform, RegistryInfo, Required, Retired, Review,
};

use super::glance::Glance;
use super::{At, Holder, TextContext, TextKind};
use crate::Record;

impl<'a> Holder<'a> {
    /// Visits every text that could be read, but ids, words of vocabularies, keys and days: their form
    /// leaves no room.
    pub fn each_text(self, visit: &mut dyn FnMut(&TextContext<'_>)) {
        let mut walk = Walk { holder: self, visit };
        match self {
            Self::Cell(cell) => walk.cell(cell.cell),
            Self::Entity(entity) => match entity.record {
                Record::Organization(organization) => walk.organization(organization),
                Record::Platform(platform) => walk.platform(platform),
                Record::Offering(offering) => walk.offering(offering),
            },
            Self::Registry(info) => walk.info(info),
            Self::Dimension(dimension) => walk.dimension(dimension),
        }
    }
}

struct Walk<'a, 'v> {
    holder: Holder<'a>,
    visit: &'v mut dyn FnMut(&TextContext<'_>),
}

/// Records are taken apart by name, so that a new field cannot be forgotten here.
impl Walk<'_, '_> {
    fn text(&mut self, at: At<'_>, kind: TextKind, text: Option<&(impl AsRef<str> + ?Sized)>) {
        if let Some(text) = text {
            let text = text.as_ref();
            let glance = Glance::at(text);
            (self.visit)(&TextContext { holder: self.holder, kind, text, glance, at });
        }
    }

    fn texts(&mut self, at: At<'_>, kind: TextKind, list: Option<&Vec<String>>) {
        for (index, text) in list.into_iter().flatten().enumerate() {
            self.text(At::Index(&at, index), kind, Some(text));
        }
    }

    fn each<T>(&mut self, key: &str, list: &Optional<Vec<T>>, walk: fn(&mut Self, At<'_>, &T)) {
        let at = At::Key(&At::Top, key);
        for (index, item) in list.items().iter().enumerate() {
            walk(self, At::Index(&at, index), item);
        }
    }

    fn cell(&mut self, cell: &Cell) {
        let Cell {
            status: _,
            confidence: _,
            confidence_reasons: _,
            headline,
            note,
            tier: _,
            route: _,
            default: _,
            geography: _,
            geography_note,
            verified_on: _,
            override_reason,
            parts: _,
            facts,
            exceptions,
            evidence,
            reviews,
            flags,
        } = cell;
        self.text(At::Key(&At::Top, "headline"), TextKind::Headline, headline.known());
        self.text(At::Key(&At::Top, "note"), TextKind::Prose, note.known());
        self.text(At::Key(&At::Top, "geography_note"), TextKind::Prose, geography_note.known());
        self.text(At::Key(&At::Top, "override_reason"), TextKind::Prose, override_reason.known());
        self.facts(At::Key(&At::Top, "facts"), facts);
        self.each("exceptions", exceptions, Self::exception);
        self.each("evidence", evidence, Self::evidence);
        self.each("reviews", reviews, Self::review);
        self.each("flags", flags, Self::flag);
    }

    fn facts(&mut self, above: At<'_>, facts: &Optional<BTreeMap<Key, Required<Fact>>>) {
        for (key, fact) in facts.known().into_iter().flatten() {
            let at = At::Key(&above, key.as_str());
            match fact.known() {
                Some(Fact::Text(text)) => self.text(at, TextKind::Fact, Some(text)),
                Some(Fact::List(items)) => self.texts(at, TextKind::Fact, Some(items)),
                Some(Fact::Bool(_) | Fact::Integer(_) | Fact::Decimal(_) | Fact::Date(_)) | None => {}
            }
        }
    }

    fn exception(&mut self, at: At<'_>, exception: &Exception) {
        let Exception { models, status: _, headline, note, facts } = exception;
        self.texts(At::Key(&at, "models"), TextKind::Name, models.known());
        self.text(At::Key(&at, "headline"), TextKind::Headline, headline.known());
        self.text(At::Key(&at, "note"), TextKind::Prose, note.known());
        self.facts(At::Key(&at, "facts"), facts);
    }

    fn evidence(&mut self, at: At<'_>, evidence: &Evidence) {
        let Evidence { url, title, role: _, quote, archived_url, fetch } = evidence;
        self.text(At::Key(&at, "url"), TextKind::Address, url.known());
        self.text(At::Key(&at, "title"), TextKind::Title, title.known());
        self.text(At::Key(&at, "quote"), TextKind::Quote, quote.known());
        self.text(At::Key(&at, "archived_url"), TextKind::Address, archived_url.known());
        if let Some(Fetch { outcome: _, on: _, http_status: _, via: _, reported_by }) = fetch.known() {
            let at = At::Key(&at, "fetch");
            self.text(At::Key(&at, "reported_by"), TextKind::Address, reported_by.known());
        }
    }

    fn review(&mut self, at: At<'_>, review: &Review) {
        let Review { on: _, by, verdict: _, reason, flag: _ } = review;
        self.text(At::Key(&at, "by"), TextKind::Person, by.known());
        self.text(At::Key(&at, "reason"), TextKind::Remark, reason.known());
    }

    fn flag(&mut self, at: At<'_>, flag: &Flag) {
        let Flag { id: _, raised_on: _, what } = flag;
        self.text(At::Key(&at, "what"), TextKind::Remark, what.known());
    }

    fn organization(&mut self, organization: &Organization) {
        let Organization { id: _, name, former_ids: _, homepage, domains, allow, cells: _ } = organization;
        self.text(At::Key(&At::Top, "name"), TextKind::Name, name.known());
        self.text(At::Key(&At::Top, "homepage"), TextKind::Address, homepage.known());
        self.texts(At::Key(&At::Top, "domains"), TextKind::Code, domains.known());
        self.each("allow", allow, Self::allow);
    }

    fn platform(&mut self, platform: &Platform) {
        let Platform { id: _, name, former_ids: _, operator: _, allow, cells: _ } = platform;
        self.text(At::Key(&At::Top, "name"), TextKind::Name, name.known());
        self.each("allow", allow, Self::allow);
    }

    fn offering(&mut self, offering: &Offering) {
        let Offering {
            id: _,
            name,
            former_ids: _,
            developer: _,
            platform: _,
            category: _,
            model_family,
            summary,
            allow,
            cells: _,
        } = offering;
        self.text(At::Key(&At::Top, "name"), TextKind::Name, name.known());
        self.text(At::Key(&At::Top, "model_family"), TextKind::Name, model_family.known());
        self.text(At::Key(&At::Top, "summary"), TextKind::Prose, summary.known());
        self.each("allow", allow, Self::allow);
    }

    fn allow(&mut self, at: At<'_>, allow: &Allow) {
        let Allow { rule, reason, owner, dimension: _, until: _ } = allow;
        self.text(At::Key(&at, "rule"), TextKind::Code, rule.known());
        self.text(At::Key(&at, "reason"), TextKind::Remark, reason.known());
        self.text(At::Key(&at, "owner"), TextKind::Person, owner.known());
    }

    fn info(&mut self, info: &RegistryInfo) {
        let RegistryInfo { name, licence, disclaimer, corrections, site_url, repository_url, allow, retired } =
            info;
        self.text(At::Key(&At::Top, "name"), TextKind::Name, name.known());
        self.text(At::Key(&At::Top, "licence"), TextKind::Code, licence.known());
        self.text(At::Key(&At::Top, "disclaimer"), TextKind::Guide, disclaimer.known());
        self.text(At::Key(&At::Top, "corrections"), TextKind::Contact, corrections.known());
        self.text(At::Key(&At::Top, "site_url"), TextKind::Address, site_url.known());
        self.text(At::Key(&At::Top, "repository_url"), TextKind::Address, repository_url.known());
        self.each("allow", allow, Self::allow);
        self.each("retired", retired, Self::retired);
    }

    fn retired(&mut self, at: At<'_>, retired: &Retired) {
        let Retired { entity, dimension: _, on: _, reason } = retired;
        self.text(At::Key(&at, "entity"), TextKind::Code, entity.known());
        self.text(At::Key(&at, "reason"), TextKind::Remark, reason.known());
    }

    fn dimension(&mut self, dimension: &Dimension) {
        let Dimension {
            id: _,
            label,
            question,
            slug: _,
            group,
            level: _,
            order: _,
            guidance,
            parts: _,
            stale_after_days: _,
            facts,
        } = dimension;
        self.text(At::Key(&At::Top, "label"), TextKind::Name, label.known());
        self.text(At::Key(&At::Top, "question"), TextKind::Title, question.known());
        self.text(At::Key(&At::Top, "group"), TextKind::Name, group.known());
        self.text(At::Key(&At::Top, "guidance"), TextKind::Guide, guidance.known());
        self.each("facts", facts, Self::declared_fact);
    }

    fn declared_fact(&mut self, at: At<'_>, spec: &FactSpec) {
        let FactSpec {
            key: _,
            kind: _,
            one_of,
            format: _,
            unit,
            minimum: _,
            maximum: _,
            may_lie_ahead: _,
            meaning,
            synonyms: _,
            contradicts,
        } = spec;
        self.texts(At::Key(&at, "one_of"), TextKind::Code, one_of.known());
        self.text(At::Key(&at, "unit"), TextKind::Code, unit.known());
        self.text(At::Key(&at, "meaning"), TextKind::Remark, meaning.known());
        let above = At::Key(&at, "contradicts");
        for (index, contradiction) in contradicts.items().iter().enumerate() {
            let Contradiction { value, fact_value, .. } = contradiction;
            let at = At::Index(&above, index);
            for (key, literal) in [("value", value), ("fact_value", fact_value)] {
                if let Some(Literal::Text(text)) = literal.known() {
                    self.text(At::Key(&at, key), TextKind::Code, Some(text));
                }
            }
        }
    }
}
