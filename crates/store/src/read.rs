//! Reads typed values from a TOML tree or from plain values, as finely as it can: a fault costs its field
//! and no more.
//!
//! What this takes, the JSON Schema takes, and the reverse; `tests/structure.rs` holds the two equal.

mod types;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::str::FromStr;

use diagnostics::closest;
use model::limits::{MAX_CELLS, MAX_FACTS, MAX_FINDINGS, MAX_ITEMS, MAX_TEXT_CHARACTERS, MAX_WORDS};
use model::{
    Date, Decimal, DimensionId, Fact, Key, Literal, Meaning, Optional, Plain, PlainRecord, Required, Targets,
};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::strings::as_read;

/// Whether anything was refused on the way. What is wrong, and where, the schema tells afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Faults<'t> {
    source: &'t str,
    refused: bool,
    missing: bool,
}

impl<'t> Faults<'t> {
    /// No faults yet; `source` is the text from which the tree was parsed.
    pub fn new(source: &'t str) -> Self {
        Self { source, refused: false, missing: false }
    }

    /// Whether anything was refused, or a field is missing that the structure demands.
    pub fn any(self) -> bool {
        self.refused || self.missing
    }

    /// Whether what is there was refused.
    pub(crate) fn refused(self) -> bool {
        self.refused
    }

    /// Whether a field is missing that the structure demands.
    pub(crate) fn missing(self) -> bool {
        self.missing
    }

    fn refuse<T>(&mut self) -> Option<T> {
        self.refused = true;
        None
    }
}

/// A value to read.
pub(crate) enum Input<'v> {
    /// One of a file, with its place.
    File(&'v Spanned<DeValue<'v>>),
    /// One that stands in no file.
    Plain(Plain<'v>),
}

impl<'v> Input<'v> {
    /// The text that it is in its JSON form: a text, or the text of a bare date.
    #[inline(always)]
    fn text(self) -> Option<Cow<'v, str>> {
        match self {
            Self::File(value) => text_of(value.get_ref()),
            Self::Plain(value) => value.into_text(),
        }
    }

    /// What becomes of each item of the list that it is, if it has at most so many.
    fn items<T>(self, most: usize, mut read: impl FnMut(Self) -> T) -> Option<Vec<T>> {
        match self {
            Self::File(value) => {
                let items = value.get_ref().as_array().filter(|items| items.len() <= most)?;
                Some(items.iter().map(|item| read(Self::File(item))).collect())
            }
            Self::Plain(Plain::List(items)) if items.len() <= most => {
                Some(items.into_iter().map(|item| read(Self::Plain(item))).collect())
            }
            Self::Plain(_) => None,
        }
    }

    /// Visits the entries of the table that it is; false where it is none, or has more than so many.
    fn entries(self, most: usize, mut visit: impl FnMut(&str, Self)) -> bool {
        match self {
            Self::File(value) => {
                let Some(table) = value.get_ref().as_table().filter(|table| table.len() <= most) else {
                    return false;
                };
                table.iter().for_each(|(key, value)| visit(key.get_ref(), Self::File(value)));
            }
            Self::Plain(Plain::Facts(facts)) if facts.len() <= most => {
                facts.into_iter().for_each(|(key, fact)| visit(key, Self::Plain(fact.into())));
            }
            Self::Plain(_) => return false,
        }
        true
    }

    /// The record that it is; one of unread fields where it is none.
    fn record<T: Record>(self, faults: &mut Faults<'_>) -> T {
        match self {
            Self::File(value) => {
                if let DeValue::Table(table) = value.get_ref() {
                    return T::read_table(table, faults);
                }
            }
            Self::Plain(Plain::Record(record)) => return T::read_plain(record, faults),
            Self::Plain(_) => {}
        }
        faults.refused = true;
        T::unread()
    }
}

/// What can be read from a value.
pub(crate) trait Read: Sized {
    /// The most items of a list of these.
    const MOST: usize = MAX_ITEMS;

    /// The value, or nothing, with the refusal noted.
    fn read(value: Input<'_>, faults: &mut Faults<'_>) -> Option<Self>;
}

/// What can be read from a table. A table that is none gives a record of unread fields, so that items keep
/// their index and cells their place.
pub trait Record: Sized {
    /// The keys that the table may have.
    const KEYS: &[&str];

    /// The record of the fields.
    fn read(fields: &mut FieldReader<'_, '_>) -> Self;

    /// The record of a whole table.
    fn read_table(table: &DeTable<'_>, faults: &mut Faults<'_>) -> Self {
        let mut fields = FieldReader::new(Fields::File(table), &[], faults);
        let record = Self::read(&mut fields);
        if fields.taken == table.len() {
            return record;
        }
        faults.refused = true;
        match misspelt(table, Self::KEYS).as_slice() {
            [] => record,
            misspelt => Self::read(&mut FieldReader::new(Fields::File(table), misspelt, faults)),
        }
    }

    /// A record that stands in no file, and has these keys.
    fn read_plain(record: PlainRecord<'_>, faults: &mut Faults<'_>) -> Self {
        Self::read(&mut FieldReader::new(Fields::Plain(record.into_values()), &[], faults))
    }

    /// A record of which nothing could be read.
    fn unread() -> Self {
        Self::read(&mut FieldReader::new(Fields::Unread, &[], &mut Faults::new("")))
    }
}

/// The keys that a table lacks but for their spelling: for each unknown key, the one that it stands
/// for. What is wrong with them the schema tells; their fields are unread and not absent.
fn misspelt<'k>(table: &DeTable<'_>, keys: &'k [&'k str]) -> Vec<&'k str> {
    let unknown = table.keys().map(|key| key.get_ref()).filter(|key| !keys.contains(&key.as_ref()));
    let unknown = unknown.take(MAX_FINDINGS);
    let lacking = || keys.iter().copied().filter(|key| !table.contains_key(*key));
    unknown.filter_map(|key| closest(key, lacking())).collect()
}

/// Takes the fields of a record in the order of its keys, and counts them, so that keys which nobody took
/// are noticed.
pub struct FieldReader<'r, 's> {
    fields: Fields<'r>,
    taken: usize,
    misspelt: &'r [&'r str],
    faults: &'r mut Faults<'s>,
}

/// The fields of a record.
enum Fields<'r> {
    /// Those of a table of a file.
    File(&'r DeTable<'r>),
    /// Those of a record that stands in no file, in the order of its keys.
    Plain(std::vec::IntoIter<Option<Plain<'r>>>),
    /// None could be read.
    Unread,
}

impl<'r, 's> FieldReader<'r, 's> {
    fn new(fields: Fields<'r>, misspelt: &'r [&'r str], faults: &'r mut Faults<'s>) -> Self {
        Self { fields, taken: 0, misspelt, faults }
    }

    /// The value of the next key, if it has one; nothing where none could be read.
    #[inline(always)]
    fn next(&mut self, key: &str) -> Option<Option<Input<'r>>> {
        let value = match &mut self.fields {
            Fields::File(table) => table.get(key).map(Input::File),
            Fields::Plain(values) => values.next().flatten().map(Input::Plain),
            Fields::Unread => return None,
        };
        self.taken += usize::from(value.is_some());
        Some(value)
    }

    /// A field that the structure demands.
    pub(crate) fn required<T: Read>(&mut self, key: &str) -> Required<T> {
        match self.next(key) {
            None => Required::Unread,
            Some(None) => {
                self.faults.missing = true;
                Required::Unread
            }
            Some(Some(value)) => T::read(value, self.faults).map_or(Required::Unread, Required::Known),
        }
    }

    /// A field that the structure does not demand.
    pub(crate) fn optional<T: Read>(&mut self, key: &str) -> Optional<T> {
        match self.next(key) {
            None => Optional::Unread,
            Some(None) if self.misspelt.contains(&key) => Optional::Unread,
            Some(None) => Optional::Absent,
            Some(Some(value)) => T::read(value, self.faults).map_or(Optional::Unread, Optional::Known),
        }
    }
}

impl Read for String {
    #[inline]
    fn read(value: Input<'_>, faults: &mut Faults<'_>) -> Option<Self> {
        if let Input::File(value) = &value
            && let DeValue::String(text) = value.get_ref()
            && fits(text)
        {
            return Some(as_read(text, faults.source.get(value.span()).unwrap_or_default()).into_owned());
        }
        value.text().filter(|text| fits(text)).map(Cow::into_owned).or_else(|| faults.refuse())
    }
}

/// Whether a text is no longer than a text may be.
#[inline]
fn fits(text: &str) -> bool {
    text.len() <= MAX_TEXT_CHARACTERS || text.chars().count() <= MAX_TEXT_CHARACTERS
}

fn text_of<'v>(value: &'v DeValue<'_>) -> Option<Cow<'v, str>> {
    match value {
        DeValue::String(text) => Some(Cow::Borrowed(text)),
        value => plain_date(value).map(|date| Cow::Owned(date.to_string())),
    }
}

impl Read for i64 {
    #[inline]
    fn read(value: Input<'_>, faults: &mut Faults<'_>) -> Option<Self> {
        let number = match value {
            Input::File(value) => match value.get_ref() {
                DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
                DeValue::Float(number) => whole(number.as_str()),
                _ => None,
            },
            Input::Plain(Plain::Integer(number)) => Some(number),
            Input::Plain(Plain::Decimal(number)) => whole(number.as_str()),
            Input::Plain(_) => None,
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
    #[inline]
    fn read(value: Input<'_>, faults: &mut Faults<'_>) -> Option<Self> {
        let flag = match value {
            Input::File(value) => value.get_ref().as_bool(),
            Input::Plain(Plain::Bool(value)) => Some(value),
            Input::Plain(_) => None,
        };
        flag.or_else(|| faults.refuse())
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
    #[inline]
    fn read(value: Input<'_>, faults: &mut Faults<'_>) -> Option<Self> {
        let fact = match value {
            Input::File(inner) => match inner.get_ref() {
                DeValue::Boolean(value) => Some(Self::Bool(*value)),
                DeValue::Integer(_) => return i64::read(value, faults).map(Self::Integer),
                DeValue::Float(number) => number.as_str().parse::<Decimal>().ok().map(Self::Decimal),
                DeValue::Datetime(_) => plain_date(inner.get_ref()).map(Self::Date),
                DeValue::String(_) => return String::read(value, faults).map(Self::Text),
                DeValue::Array(_) => return Vec::read(value, faults).map(Self::List),
                DeValue::Table(_) => None,
            },
            Input::Plain(Plain::Bool(value)) => Some(Self::Bool(value)),
            Input::Plain(Plain::Integer(number)) => Some(Self::Integer(number)),
            Input::Plain(Plain::Decimal(number)) => Some(Self::Decimal(number)),
            Input::Plain(Plain::Date(date)) => Some(Self::Date(date)),
            Input::Plain(Plain::Text(text)) => Some(Self::Text(text.into_owned())),
            Input::Plain(Plain::List(_)) => return Vec::read(value, faults).map(Self::List),
            Input::Plain(Plain::Facts(_) | Plain::Record(_)) => None,
        };
        fact.or_else(|| faults.refuse())
    }
}

impl Read for Literal {
    #[inline]
    fn read(value: Input<'_>, faults: &mut Faults<'_>) -> Option<Self> {
        let flag = match &value {
            Input::File(value) => value.get_ref().as_bool(),
            Input::Plain(Plain::Bool(value)) => Some(*value),
            Input::Plain(_) => None,
        };
        flag.map(Self::Bool).or_else(|| String::read(value, faults).map(Self::Text))
    }
}

impl Read for Targets {
    fn read(value: Input<'_>, faults: &mut Faults<'_>) -> Option<Self> {
        match &value {
            Input::File(inner) if inner.get_ref().is_array() => Vec::read(value, faults).map(Self::Several),
            _ => String::read(value, faults).map(Self::One),
        }
    }
}

impl Read for Meaning {
    fn read(value: Input<'_>, faults: &mut Faults<'_>) -> Option<Self> {
        match &value {
            Input::File(inner) if inner.get_ref().is_table() => {
                BTreeMap::read(value, faults).map(Self::Values)
            }
            _ => String::read(value, faults).map(Self::Value),
        }
    }
}

impl<T: Read> Read for Vec<T> {
    /// A list with an item that cannot be read is not read: what it says as a whole is unknown.
    #[inline]
    fn read(value: Input<'_>, faults: &mut Faults<'_>) -> Option<Self> {
        match value.items(T::MOST, |item| T::read(item, faults)) {
            Some(read) => read.into_iter().collect(),
            None => faults.refuse(),
        }
    }
}

/// The key of a map.
pub(crate) trait MapKey: FromStr + Ord {
    /// The most entries of a map with such keys.
    const MOST: usize;
}

impl MapKey for DimensionId {
    const MOST: usize = MAX_CELLS;
}

impl MapKey for Key {
    const MOST: usize = MAX_FACTS;
}

/// The words of an import profile.
impl MapKey for String {
    const MOST: usize = MAX_WORDS;
}

impl<K: MapKey, T: Entry> Read for BTreeMap<K, T> {
    #[inline]
    fn read(value: Input<'_>, faults: &mut Faults<'_>) -> Option<Self> {
        let mut map = Self::new();
        let is_table = value.entries(K::MOST, |key, value| match key.parse() {
            Ok(key) => {
                map.insert(key, T::read_entry(value, faults));
            }
            Err(_) => faults.refused = true,
        });
        if is_table { Some(map) } else { faults.refuse() }
    }
}

/// A value of a map, which keeps its place even when it cannot be read.
pub(crate) trait Entry {
    /// The value, unread where it cannot be read.
    fn read_entry(value: Input<'_>, faults: &mut Faults<'_>) -> Self;
}

impl<T: Read> Entry for Required<T> {
    fn read_entry(value: Input<'_>, faults: &mut Faults<'_>) -> Self {
        T::read(value, faults).map_or(Self::Unread, Self::Known)
    }
}
