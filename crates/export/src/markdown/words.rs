//! What ids, grades and values are called on a page.

use model::{
    Answer, Category, Dimension, Entity, Fact, Optional, Registry, Required, Resolved, Settings, Status,
    Vocabulary,
};

use super::escape::{is_web, link, text};

/// What stands in place of something that could not be read.
pub(super) const UNREAD: &str = "could not be read";

/// The names of what ids stand for.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    registry: &'a Registry,
}

impl<'a> Names<'a> {
    pub(super) fn new(registry: &'a Registry) -> Self {
        Self { registry }
    }

    /// Where offerings inherit from.
    pub(super) fn settings(self) -> Settings<'a> {
        Settings {
            dimensions: &self.registry.dimensions,
            organizations: &self.registry.organizations,
            platforms: &self.registry.platforms,
        }
    }

    /// The name of an organization, or its id where it has none.
    pub(super) fn organization(self, id: &str) -> String {
        text(self.settings().organization(id).map_or(id, |(_, one)| stated(&one.name, id)))
    }

    /// The name of an organization, linked to its home page.
    pub(super) fn organization_link(self, id: &str) -> String {
        let organization = self.settings().organization(id).map(|(_, one)| one);
        match organization.and_then(|one| Some((one, one.homepage.known()?))) {
            Some((one, homepage)) => link(stated(&one.name, id), homepage),
            None => self.organization(id),
        }
    }

    /// The name of a platform, or its id where it has none.
    pub(super) fn platform(self, id: &str) -> String {
        text(self.settings().platform(id).map_or(id, |(_, one)| stated(&one.name, id)))
    }

    /// The name of whoever stores a cell.
    pub(super) fn owner(self, owner: &Entity) -> String {
        match owner {
            Entity::Organization(id) => self.organization(id),
            Entity::Platform(id) => self.platform(id),
            other => text(other.id()),
        }
    }
}

/// A name, or what stands in for it where it is blank or could not be read.
pub(super) fn stated<'a>(name: &'a Required<String>, otherwise: &'a str) -> &'a str {
    name.known().map(|name| name.trim()).filter(|name| !name.is_empty()).unwrap_or(otherwise)
}

/// The label of a dimension, or its id where it has none.
pub(super) fn label(dimension: &Dimension) -> String {
    text(stated(&dimension.label, dimension.id.text()))
}

/// The anchor of a dimension's section. It stays when the label changes.
pub(super) fn anchor(dimension: &Dimension) -> String {
    match dimension.slug.known() {
        Some(slug) => slug.to_string(),
        None => dimension.id.text().replace('_', "-"),
    }
}

/// The sign of a grade. It always stands beside words.
pub(super) fn sign(status: Status) -> &'static str {
    match status {
        Status::YesPublic => "✅",
        Status::YesSalesGated => "🔒",
        Status::Partial => "🟡",
        Status::Unclear => "❔",
        Status::NoPublicEvidence => "⚪",
        Status::No => "❌",
    }
}

/// The sign of a question that does not arise.
pub(super) const NOT_APPLICABLE: &str = "➖";
/// The sign of a question without a readable answer.
pub(super) const NO_ANSWER: &str = "∅";
/// The sign of an answer that holds only after something is set or approved.
pub(super) const SETTING: &str = "⚙️";

/// A grade with its sign, as a page tells it.
pub(super) fn grade(status: Option<Status>) -> String {
    match status {
        Some(status) => format!("{} {}", sign(status), status.label()),
        None => format!("{NO_ANSWER} {UNREAD}"),
    }
}

/// A grade in as few words as the matrix has room for.
pub(super) fn short_grade(resolved: &Resolved<'_>) -> String {
    let status = match &resolved.answer {
        Answer::NotApplicable => return format!("{NOT_APPLICABLE} N/A"),
        Answer::Missing => return format!("{NO_ANSWER} No answer"),
        Answer::Unknown => return format!("{NO_ANSWER} Unreadable"),
        Answer::Cell(_, cell) => cell.status.get(),
    };
    let Some(status) = status else { return format!("{NO_ANSWER} Unreadable") };
    let words = match status {
        Status::YesPublic => "Yes",
        Status::YesSalesGated => "Sales-gated",
        Status::Partial => "Partial",
        Status::Unclear => "Unclear",
        Status::NoPublicEvidence => "No evidence",
        Status::No => "No",
    };
    let setting = if resolved.is_setting_to_make() { format!(" {SETTING}") } else { String::new() };
    format!("{} {words}{setting}", sign(status))
}

/// A category with what it means.
pub(super) fn category(category: Category) -> String {
    format!("{}. {}", category.label(), category.meaning())
}

/// A snake_case key as words: `retention_days` becomes "Retention days".
pub(super) fn key_words(key: &str) -> String {
    let words = key.replace('_', " ");
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |first| format!("{}{}", first.to_ascii_uppercase(), letters.as_str()))
}

/// The value of a fact as words.
pub(super) fn fact_words(fact: &Fact) -> String {
    match fact {
        Fact::Bool(true) => "yes".to_owned(),
        Fact::Bool(false) => "no".to_owned(),
        Fact::Integer(number) => number.to_string(),
        Fact::Decimal(number) => number.to_string(),
        Fact::Date(day) => day.to_string(),
        Fact::Text(words) => linked(words),
        Fact::List(items) if items.is_empty() => "none".to_owned(),
        Fact::List(items) => items.iter().map(|item| text(item)).collect::<Vec<_>>().join(", "),
    }
}

/// Text that is a link where all of it is a web address.
pub(super) fn linked(words: &str) -> String {
    match words.parse::<model::Url>() {
        Ok(url) if is_web(&url) => link(words, &url),
        _ => text(words),
    }
}

/// The label of a term, [`UNREAD`] where something else stands there, nothing where nothing stands.
pub(super) fn term<V: Vocabulary>(value: &Optional<V>) -> Option<String> {
    match value {
        Optional::Absent => None,
        Optional::Unread => Some(UNREAD.to_owned()),
        Optional::Known(value) => Some(value.label().to_owned()),
    }
}
