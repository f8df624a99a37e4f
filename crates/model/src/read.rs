//! Reads typed values from values of any form, as finely as it can: a fault costs its field and no more.
//!
//! What this takes, the JSON Schema takes, and the reverse.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::str::FromStr;

use crate::field::Need;
use crate::limits::{MAX_CELLS, MAX_FACTS, MAX_FINDINGS, MAX_ITEMS, MAX_TEXT_CHARACTERS, MAX_WORDS};
use crate::{
    BaseUrl, Category, Cell, Condition, Confidence, ConfidenceReason, Date, DateOrder, Decimal, DefaultState,
    DimensionId, Fact, FactFormat, FactType, FetchOutcome, Geography, Key, Level, Literal, Meaning, Mend,
    OfferingId, OrganizationId, PartAnswer, PlatformId, Record, Required, Role, Route, Slug, Status,
    Strength, Targets, Tier, Url, Verdict, Via, VisitVia,
};

/// Whether anything was refused on the way. What is wrong, and where, the schema reports afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Faults {
    /// Whether something that is there was refused.
    pub refused: bool,
    /// Whether a field is missing that the structure requires.
    pub missing: bool,
}

impl Faults {
    /// Returns whether there is any fault.
    pub fn any(self) -> bool {
        self.refused || self.missing
    }

    fn refuse<T>(&mut self) -> Option<T> {
        self.refused = true;
        None
    }
}

/// A value to read: one of a data file, or one that a row of a table states.
pub trait Input<'v>: Sized {
    /// Returns whether it is a list.
    fn is_list(&self) -> bool;

    /// Returns whether it is a table.
    fn is_table(&self) -> bool;

    /// The value, where it is no list and no table.
    fn scalar(self) -> Scalar<'v>;

    /// The items, where it is a list.
    fn items(self) -> Option<impl ExactSizeIterator<Item = Self>>;

    /// The entries, where it is a table; no key occurs twice.
    fn entries(self) -> Option<impl ExactSizeIterator<Item = (&'v str, Self)>>;

    /// The key among those that are lacking for which an unknown one was written, if that can be said. Its field
    /// is unread then, and not absent.
    fn meant(_unknown: &str, _lacking: &[&'static str]) -> Option<&'static str> {
        None
    }
}

/// A value that is no list and no table.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar<'v> {
    /// A text.
    Text(Cow<'v, str>),
    /// A calendar day.
    Date(Date),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction or an exponent, in the form in which it was written.
    Decimal(Cow<'v, str>),
    /// `true` or `false`.
    Bool(bool),
    /// A list, a table, or a value that no field may have, such as a time.
    Other,
}

impl<'v> Scalar<'v> {
    /// The text that it is in its JSON form: a text, or that of a day.
    #[inline]
    fn into_text(self) -> Option<Cow<'v, str>> {
        match self {
            Self::Text(text) => Some(text),
            Self::Date(date) => Some(Cow::Owned(date.to_string())),
            _ => None,
        }
    }
}

/// What can be read from a value.
pub trait Read: Sized {
    /// The most items of a list of these.
    const MOST: usize = MAX_ITEMS;

    /// The value, or nothing, with the refusal noted.
    fn read<'v, I: Input<'v>>(value: I, faults: &mut Faults) -> Option<Self>;
}

/// Reads what a field holds.
#[inline]
pub(crate) fn read<'v, F: Need>(value: impl Input<'v>, faults: &mut Faults) -> F
where
    F::Content: Read,
{
    F::of(Read::read(value, faults))
}

/// Reads a record. A value that is no table gives a record of unread fields, so that items keep their index and
/// cells their place.
pub fn read_record<'v, T: Record, I: Input<'v>>(value: I, faults: &mut Faults) -> T {
    let Some(entries) = value.entries() else {
        faults.refused = true;
        return T::unread();
    };
    let mut record = T::default();
    let mut is_there = [false; MOST_FIELDS];
    let mut unknown = Vec::new();
    for (key, value) in entries {
        match record.read_field(key, value, faults) {
            Some(position) => is_there[position] = true,
            None => unknown.push(key),
        }
    }
    let lacking = || T::FIELDS.iter().zip(is_there).filter(|(_, is_there)| !is_there).map(|(field, _)| field);
    faults.missing |= lacking().any(|field| field.is_required);
    if !unknown.is_empty() {
        faults.refused = true;
        let lacking: Vec<_> = lacking().map(|field| field.key).collect();
        for key in unknown.into_iter().take(MAX_FINDINGS).filter_map(|key| I::meant(key, &lacking)) {
            if let Some(slot) = record.slot_mut(key) {
                slot.lose();
            }
        }
    }
    record
}

/// More fields than any record has.
const MOST_FIELDS: usize = 32;

/// Texts of a form, and words of a vocabulary; those of which a list may have another number than most, with that.
macro_rules! read_text {
    ($($name:path $(: $most:expr)?),+ $(,)?) => {
        $(impl Read for $name {
            $(const MOST: usize = $most;)?

            #[inline]
            fn read<'v, I: Input<'v>>(value: I, faults: &mut Faults) -> Option<Self> {
                let text = value.scalar().into_text();
                text.and_then(|text| text.parse().ok()).or_else(|| faults.refuse())
            }
        })+
    };
}

read_text!(
    BaseUrl,
    Category,
    Condition,
    Confidence,
    ConfidenceReason,
    DateOrder,
    DefaultState,
    DimensionId,
    FactFormat,
    FactType,
    FetchOutcome,
    Geography,
    Key: MAX_FACTS,
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
    VisitVia,
);

impl Read for String {
    #[inline]
    fn read<'v, I: Input<'v>>(value: I, faults: &mut Faults) -> Option<Self> {
        text(value.scalar(), faults)
    }
}

#[inline]
fn text(scalar: Scalar<'_>, faults: &mut Faults) -> Option<String> {
    let text = scalar.into_text().filter(|text| fits(text));
    text.map(Cow::into_owned).or_else(|| faults.refuse())
}

/// Returns whether a text is no longer than a text may be.
#[inline]
fn fits(text: &str) -> bool {
    text.len() <= MAX_TEXT_CHARACTERS || text.chars().count() <= MAX_TEXT_CHARACTERS
}

impl Read for Date {
    #[inline]
    fn read<'v, I: Input<'v>>(value: I, faults: &mut Faults) -> Option<Self> {
        match value.scalar() {
            Scalar::Date(date) => Some(date),
            Scalar::Text(text) => text.parse().ok().or_else(|| faults.refuse()),
            _ => faults.refuse(),
        }
    }
}

impl Read for i64 {
    #[inline]
    fn read<'v, I: Input<'v>>(value: I, faults: &mut Faults) -> Option<Self> {
        let number = match value.scalar() {
            Scalar::Integer(number) => Some(number),
            Scalar::Decimal(text) => whole(&text),
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
    #[inline]
    fn read<'v, I: Input<'v>>(value: I, faults: &mut Faults) -> Option<Self> {
        match value.scalar() {
            Scalar::Bool(value) => Some(value),
            _ => faults.refuse(),
        }
    }
}

impl Read for Fact {
    #[inline]
    fn read<'v, I: Input<'v>>(value: I, faults: &mut Faults) -> Option<Self> {
        if value.is_list() {
            return Vec::read(value, faults).map(Self::List);
        }
        let fact = match value.scalar() {
            Scalar::Bool(value) => Some(Self::Bool(value)),
            Scalar::Integer(number) => Some(Self::Integer(number)),
            Scalar::Decimal(text) => text.parse::<Decimal>().ok().map(Self::Decimal),
            Scalar::Date(date) => Some(Self::Date(date)),
            Scalar::Text(text) => fits(&text).then(|| Self::Text(text.into_owned())),
            Scalar::Other => None,
        };
        fact.or_else(|| faults.refuse())
    }
}

impl Read for Literal {
    #[inline]
    fn read<'v, I: Input<'v>>(value: I, faults: &mut Faults) -> Option<Self> {
        match value.scalar() {
            Scalar::Bool(value) => Some(Self::Bool(value)),
            scalar => text(scalar, faults).map(Self::Text),
        }
    }
}

impl Read for Targets {
    fn read<'v, I: Input<'v>>(value: I, faults: &mut Faults) -> Option<Self> {
        match value.is_list() {
            true => Vec::read(value, faults).map(Self::Several),
            false => String::read(value, faults).map(Self::One),
        }
    }
}

impl Read for Meaning {
    fn read<'v, I: Input<'v>>(value: I, faults: &mut Faults) -> Option<Self> {
        match value.is_table() {
            true => BTreeMap::read(value, faults).map(Self::Values),
            false => String::read(value, faults).map(Self::Value),
        }
    }
}

impl<T: Read> Read for Vec<T> {
    /// A list with an item that cannot be read is not read: what it says as a whole is unknown.
    #[inline]
    fn read<'v, I: Input<'v>>(value: I, faults: &mut Faults) -> Option<Self> {
        match value.items().filter(|items| items.len() <= T::MOST) {
            Some(items) => {
                let mut is_whole = true;
                let mut read = Self::with_capacity(items.len());
                for item in items {
                    match T::read(item, faults) {
                        Some(item) => read.push(item),
                        None => is_whole = false,
                    }
                }
                is_whole.then_some(read)
            }
            None => faults.refuse(),
        }
    }
}

/// The key of a map.
pub trait MapKey: FromStr + Ord {
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

/// A value of a map, which keeps its place even when it cannot be read.
pub trait Entry {
    /// The value, unread where it cannot be read.
    fn read_entry<'v, I: Input<'v>>(value: I, faults: &mut Faults) -> Self;
}

impl<T: Read> Entry for Required<T> {
    #[inline]
    fn read_entry<'v, I: Input<'v>>(value: I, faults: &mut Faults) -> Self {
        Self::of(T::read(value, faults))
    }
}

impl Entry for Cell {
    #[inline]
    fn read_entry<'v, I: Input<'v>>(value: I, faults: &mut Faults) -> Self {
        read_record(value, faults)
    }
}

impl<K: MapKey, T: Entry> Read for BTreeMap<K, T> {
    #[inline]
    fn read<'v, I: Input<'v>>(value: I, faults: &mut Faults) -> Option<Self> {
        let Some(entries) = value.entries().filter(|entries| entries.len() <= K::MOST) else {
            return faults.refuse();
        };
        let mut map = Self::new();
        for (key, value) in entries {
            match key.parse() {
                Ok(key) => {
                    map.insert(key, T::read_entry(value, faults));
                }
                Err(_) => faults.refused = true,
            }
        }
        Some(map)
    }
}
