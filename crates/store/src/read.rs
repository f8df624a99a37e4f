//! Reads typed values from a TOML tree, as finely as it can: a fault costs its field and no more.
//!
//! What this takes, the JSON Schema takes, and the reverse; `tests/structure.rs` holds the two equal.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::str::FromStr;

use diagnostics::closest;
use model::{
    Category, Condition, Confidence, ConfidenceReason, Date, Decimal, Default, DimensionId, Fact, FactFormat,
    FactType, FetchOutcome, Geography, Key, Level, Literal, Mend, OfferingId, Optional, OrganizationId,
    PartAnswer, PlatformId, Required, Role, Route, Slug, Status, Strength, Tier, Url, Verdict, Via,
};
use toml::de::{DeTable, DeValue};

use crate::strings::as_read;

/// Whether anything was refused on the way. What is wrong, and where, the schema tells afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Faults<'t> {
    source: &'t str,
    refused: bool,
}

impl<'t> Faults<'t> {
    /// No faults yet; `source` is the text from which the tree was parsed.
    pub fn new(source: &'t str) -> Self {
        Self { source, refused: false }
    }

    /// Whether anything was refused.
    pub fn any(self) -> bool {
        self.refused
    }

    fn refuse<T>(&mut self) -> Option<T> {
        self.refused = true;
        None
    }
}

/// What can be read from a TOML value.
pub(crate) trait Read: Sized {
    /// The value, or nothing, with the refusal noted.
    fn read(value: &DeValue<'_>, span: Range<usize>, faults: &mut Faults<'_>) -> Option<Self>;
}

/// What can be read from a TOML table. A table that is none gives a record of unread fields, so that
/// items keep their index and cells their place.
pub trait Record: Sized {
    /// The keys that the table may have.
    const KEYS: &[&str];

    /// The record of the fields.
    fn read(fields: &mut FieldReader<'_, '_, '_>) -> Self;

    /// The record of a whole table.
    fn read_table(table: &DeTable<'_>, faults: &mut Faults<'_>) -> Self {
        let mut fields = FieldReader { table: Some(table), taken: 0, misspelt: &[], faults };
        let record = Self::read(&mut fields);
        if fields.taken == table.len() {
            return record;
        }
        faults.refused = true;
        match misspelt(table, Self::KEYS).as_slice() {
            [] => record,
            misspelt => Self::read(&mut FieldReader { table: Some(table), taken: 0, misspelt, faults }),
        }
    }

    /// A record of which nothing could be read.
    fn unread() -> Self {
        Self::read(&mut FieldReader { table: None, taken: 0, misspelt: &[], faults: &mut Faults::new("") })
    }
}

/// The keys that a table lacks but for their spelling: for each unknown key, the one that it stands
/// for. What is wrong with them the schema tells; their fields are unread and not absent.
fn misspelt<'k>(table: &DeTable<'_>, keys: &'k [&'k str]) -> Vec<&'k str> {
    let unknown = table.keys().map(|key| key.get_ref()).filter(|key| !keys.contains(&key.as_ref()));
    let lacking = || keys.iter().copied().filter(|key| !table.contains_key(*key));
    unknown.filter_map(|key| closest(key, lacking())).collect()
}

/// Takes the fields of a table by key, and counts them, so that keys which nobody took are noticed.
pub struct FieldReader<'r, 't, 's> {
    table: Option<&'r DeTable<'t>>,
    taken: usize,
    misspelt: &'r [&'r str],
    faults: &'r mut Faults<'s>,
}

impl FieldReader<'_, '_, '_> {
    /// A field that the structure demands.
    pub(crate) fn required<T: Read>(&mut self, key: &str) -> Required<T> {
        match self.table.map(|table| table.get(key)) {
            None => Required::Unread,
            Some(None) => {
                self.faults.refused = true;
                Required::Unread
            }
            Some(Some(value)) => {
                self.taken += 1;
                T::read(value.get_ref(), value.span(), self.faults).map_or(Required::Unread, Required::Known)
            }
        }
    }

    /// A field that the structure does not demand.
    pub(crate) fn optional<T: Read>(&mut self, key: &str) -> Optional<T> {
        match self.table.map(|table| table.get(key)) {
            None => Optional::Unread,
            Some(None) if self.misspelt.contains(&key) => Optional::Unread,
            Some(None) => Optional::Absent,
            Some(Some(value)) => {
                self.taken += 1;
                T::read(value.get_ref(), value.span(), self.faults).map_or(Optional::Unread, Optional::Known)
            }
        }
    }
}

impl Read for String {
    fn read(value: &DeValue<'_>, span: Range<usize>, faults: &mut Faults<'_>) -> Option<Self> {
        match value {
            DeValue::String(text) => {
                Some(as_read(text, faults.source.get(span).unwrap_or_default()).into_owned())
            }
            value => text_of(value).map(Cow::into_owned).or_else(|| faults.refuse()),
        }
    }
}

/// The text that a value is in its JSON form: a text, or the text of a bare date.
fn text_of<'v>(value: &'v DeValue<'_>) -> Option<Cow<'v, str>> {
    match value {
        DeValue::String(text) => Some(Cow::Borrowed(text)),
        value => plain_date(value).map(|date| Cow::Owned(date.to_string())),
    }
}

impl Read for i64 {
    fn read(value: &DeValue<'_>, _: Range<usize>, faults: &mut Faults<'_>) -> Option<Self> {
        let number = match value {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
            DeValue::Float(number) => whole(number.as_str()),
            _ => None,
        };
        number.or_else(|| faults.refuse())
    }
}

/// The whole number that a float such as `30.0` is; JSON Schema counts that as an integer too.
fn whole(text: &str) -> Option<i64> {
    let number: f64 = text.parse().ok()?;
    let in_range = (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&number);
    (number.is_finite() && number.fract() == 0.0 && in_range).then_some(number as i64)
}

impl Read for bool {
    fn read(value: &DeValue<'_>, _: Range<usize>, faults: &mut Faults<'_>) -> Option<Self> {
        value.as_bool().or_else(|| faults.refuse())
    }
}

/// The day of a bare date; nothing for times, dates with times, and what is no date.
fn plain_date(value: &DeValue<'_>) -> Option<Date> {
    let moment = value.as_datetime()?;
    match (moment.date, moment.time, moment.offset) {
        (Some(date), None, None) => {
            Date::new(i16::try_from(date.year).ok()?, date.month as i8, date.day as i8)
        }
        _ => None,
    }
}

impl Read for Fact {
    fn read(value: &DeValue<'_>, span: Range<usize>, faults: &mut Faults<'_>) -> Option<Self> {
        let fact = match value {
            DeValue::Boolean(value) => Some(Self::Bool(*value)),
            DeValue::Integer(_) => return i64::read(value, span, faults).map(Self::Integer),
            DeValue::Float(number) => number.as_str().parse::<Decimal>().ok().map(Self::Decimal),
            DeValue::Datetime(_) => plain_date(value).map(Self::Date),
            DeValue::String(_) => return String::read(value, span, faults).map(Self::Text),
            DeValue::Array(_) => return Vec::read(value, span, faults).map(Self::List),
            DeValue::Table(_) => None,
        };
        fact.or_else(|| faults.refuse())
    }
}

impl Read for Literal {
    fn read(value: &DeValue<'_>, span: Range<usize>, faults: &mut Faults<'_>) -> Option<Self> {
        match value {
            DeValue::Boolean(value) => Some(Self::Bool(*value)),
            _ => String::read(value, span, faults).map(Self::Text),
        }
    }
}

impl<T: Read> Read for Vec<T> {
    /// A list with an item that cannot be read is not read: what it says as a whole is unknown.
    fn read(value: &DeValue<'_>, _: Range<usize>, faults: &mut Faults<'_>) -> Option<Self> {
        let DeValue::Array(items) = value else { return faults.refuse() };
        let read: Vec<_> = items.iter().map(|item| T::read(item.get_ref(), item.span(), faults)).collect();
        read.into_iter().collect()
    }
}

impl<K: FromStr + Ord, T: Entry> Read for BTreeMap<K, T> {
    fn read(value: &DeValue<'_>, _: Range<usize>, faults: &mut Faults<'_>) -> Option<Self> {
        let DeValue::Table(table) = value else { return faults.refuse() };
        let mut map = Self::new();
        for (key, value) in table {
            match key.get_ref().parse() {
                Ok(key) => {
                    map.insert(key, T::read_entry(value.get_ref(), value.span(), faults));
                }
                Err(_) => faults.refused = true,
            }
        }
        Some(map)
    }
}

/// A value of a map, which keeps its place even when it cannot be read.
pub(crate) trait Entry {
    /// The value, unread where it cannot be read.
    fn read_entry(value: &DeValue<'_>, span: Range<usize>, faults: &mut Faults<'_>) -> Self;
}

impl<T: Read> Entry for Required<T> {
    fn read_entry(value: &DeValue<'_>, span: Range<usize>, faults: &mut Faults<'_>) -> Self {
        T::read(value, span, faults).map_or(Self::Unread, Self::Known)
    }
}

/// Texts of a form, and words of a vocabulary.
macro_rules! read_text {
    ($($name:ty),+ $(,)?) => {
        $(impl Read for $name {
            fn read(value: &DeValue<'_>, _: Range<usize>, faults: &mut Faults<'_>) -> Option<Self> {
                text_of(value).and_then(|text| text.parse().ok()).or_else(|| faults.refuse())
            }
        })+
    };
}

read_text!(
    Category,
    Condition,
    Confidence,
    ConfidenceReason,
    Date,
    Default,
    DimensionId,
    FactFormat,
    FactType,
    FetchOutcome,
    Geography,
    Key,
    Level,
    Mend,
    OfferingId,
    OrganizationId,
    PartAnswer,
    PlatformId,
    Role,
    Route,
    Slug,
    Status,
    Strength,
    Tier,
    Url,
    Verdict,
    Via,
);

/// Tables with known keys.
macro_rules! read_record {
    ($($name:ty),+ $(,)?) => {
        $(impl Read for $name {
            fn read(value: &DeValue<'_>, _: Range<usize>, faults: &mut Faults<'_>) -> Option<Self> {
                Some(match value {
                    DeValue::Table(table) => <Self as Record>::read_table(table, faults),
                    _ => {
                        faults.refused = true;
                        <Self as Record>::unread()
                    }
                })
            }
        })+
    };
}

read_record!(
    model::Allow,
    model::Contradiction,
    model::Dimension,
    model::Evidence,
    model::Exception,
    model::FactSpec,
    model::Fetch,
    model::Flag,
    model::Retired,
    model::Review,
    model::Synonym,
);

impl Entry for model::Cell {
    fn read_entry(value: &DeValue<'_>, _: Range<usize>, faults: &mut Faults<'_>) -> Self {
        match value {
            DeValue::Table(table) => Self::read_table(table, faults),
            _ => {
                faults.refused = true;
                Self::unread()
            }
        }
    }
}
