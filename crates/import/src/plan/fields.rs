//! Puts the texts of columns into the fields of records.
//!
//! A text becomes a value by the same forms by which a data file is read, so what is taken here the
//! structure takes, and the reverse; `structure.rs` tells what is wrong with the rest.

use std::collections::BTreeMap;
use std::str::FromStr;

use model::tabular::{read_facts, read_list};
use model::{
    Cell, Evidence, Fact, Fetch, FieldPath, Key, Offering, Optional, Organization, Platform, Required, Step,
    Value,
};

use crate::map::header::Column;

/// What one column does to a record.
pub(crate) struct Field<T> {
    put: Put<T>,
    clear: Box<dyn Fn(&mut T) + Send + Sync>,
}

type Put<T> = Box<dyn Fn(&mut T, Option<&str>) -> bool + Send + Sync>;
type Map<V> = Optional<BTreeMap<Key, Required<V>>>;

impl<T> Field<T> {
    /// Puts a text into the field; false where the structure would refuse it, or where there is none to be
    /// read, and then the field counts as unread.
    pub(crate) fn put(&self, record: &mut T, text: Option<&str>) -> bool {
        (self.put)(record, text)
    }

    /// Takes out what the field holds, unless the structure demands it.
    pub(crate) fn clear(&self, record: &mut T) {
        (self.clear)(record);
    }
}

/// A record that a row can state.
pub(crate) trait Record: store::Record + Default + Clone + PartialEq + Send {
    /// What a column does to such a record; nothing where it is about something else.
    fn field(column: &Column) -> Option<Field<Self>>;

    /// Whether everything that the structure demands is there.
    fn is_whole(&self) -> bool;

    /// Its known fields.
    fn known(&self) -> Vec<(&'static str, Value)>;

    /// Takes out what clearing has left without content.
    fn tidy(&mut self) {}
}

/// A place in a record for a value.
trait Slot {
    type Value;

    fn set(&mut self, value: Option<Self::Value>);
    fn clear(&mut self);
}

impl<V> Slot for Optional<V> {
    type Value = V;

    fn set(&mut self, value: Option<V>) {
        *self = value.map_or(Self::Unread, Self::Known);
    }

    fn clear(&mut self) {
        *self = Self::Absent;
    }
}

impl<V> Slot for Required<V> {
    type Value = V;

    fn set(&mut self, value: Option<V>) {
        *self = value.map_or(Self::Unread, Self::Known);
    }

    fn clear(&mut self) {}
}

fn field<T: 'static, S: Slot + 'static>(
    slot: fn(&mut T) -> &mut S,
    read: fn(&str) -> Option<S::Value>,
) -> Option<Field<T>>
where
    S::Value: 'static,
{
    let put = move |record: &mut T, text: Option<&str>| {
        let value = text.and_then(read);
        let is_sound = value.is_some();
        slot(record).set(value);
        is_sound
    };
    Some(Field { put: Box::new(put), clear: Box::new(move |record| slot(record).clear()) })
}

fn word<V: FromStr>(text: &str) -> Option<V> {
    text.parse().ok()
}

fn number(text: &str) -> Option<i64> {
    text.trim().parse().ok()
}

fn list<V: FromStr>(text: &str) -> Option<Vec<V>> {
    read_list(text).ok()?.into_iter().map(|(_, item)| item.parse().ok()).collect()
}

/// Facts or parts: each that is stated takes the place of the one with its key, the others stay.
fn map<V: 'static>(slot: fn(&mut Cell) -> &mut Map<V>, read: fn(Fact) -> Option<V>) -> Option<Field<Cell>> {
    let put = move |cell: &mut Cell, text: Option<&str>| {
        let slot = slot(cell);
        let Some(stated) = text.and_then(|text| read_facts(text).ok()) else {
            *slot = Optional::Unread;
            return false;
        };
        let mut is_sound = true;
        let mut entries = match std::mem::take(slot) {
            Optional::Known(entries) => entries,
            _ => BTreeMap::new(),
        };
        for (_, key, fact) in stated {
            let value = read(fact);
            is_sound &= value.is_some();
            match key.parse() {
                Ok(key) => drop(entries.insert(key, value.map_or(Required::Unread, Required::Known))),
                Err(_) => is_sound = false,
            }
        }
        *slot = Optional::Known(entries);
        is_sound
    };
    Some(Field { put: Box::new(put), clear: Box::new(move |cell| slot(cell).clear()) })
}

fn answer<V: FromStr>(fact: Fact) -> Option<V> {
    match fact {
        Fact::Text(text) => text.parse().ok(),
        _ => None,
    }
}

/// A field of the evidence at an index. Those before it that are not there are made, and lack an
/// address.
fn evidence(at: usize, path: &[Step]) -> Option<Field<Cell>> {
    let Field { put, clear } = evidence_field(path)?;
    let put = move |cell: &mut Cell, text: Option<&str>| {
        if cell.evidence.known().is_none() {
            cell.evidence = Optional::Known(Vec::new());
        }
        let Optional::Known(list) = &mut cell.evidence else { return false };
        if list.len() <= at {
            // Most cells have one, and an evidence is large.
            list.reserve_exact(at + 1 - list.len());
            list.resize_with(at + 1, Evidence::default);
        }
        put(&mut list[at], text)
    };
    let clear = move |cell: &mut Cell| {
        if let Optional::Known(list) = &mut cell.evidence
            && let Some(item) = list.get_mut(at)
        {
            clear(item);
        }
    };
    Some(Field { put: Box::new(put), clear: Box::new(clear) })
}

fn evidence_field(path: &[Step]) -> Option<Field<Evidence>> {
    let [Step::Key(name), rest @ ..] = path else { return None };
    match name.as_str() {
        // Without its address there is no evidence.
        "url" => {
            let put = field(|one: &mut Evidence| &mut one.url, word)?.put;
            Some(Field { put, clear: Box::new(|one| *one = Evidence::default()) })
        }
        "title" => field(|one: &mut Evidence| &mut one.title, word),
        "role" => field(|one: &mut Evidence| &mut one.role, word),
        "quote" => field(|one: &mut Evidence| &mut one.quote, word),
        "archived_url" => field(|one: &mut Evidence| &mut one.archived_url, word),
        "fetch" => {
            let Field { put, clear } = fetch_field(rest)?;
            let put = move |one: &mut Evidence, text: Option<&str>| {
                if one.fetch.known().is_none() {
                    one.fetch = Optional::Known(Fetch::default());
                }
                if let Optional::Known(fetch) = &mut one.fetch { put(fetch, text) } else { false }
            };
            let clear = move |one: &mut Evidence| {
                if let Optional::Known(fetch) = &mut one.fetch {
                    clear(fetch);
                }
                if one.fetch.known() == Some(&Fetch::default()) {
                    one.fetch = Optional::Absent;
                }
            };
            Some(Field { put: Box::new(put), clear: Box::new(clear) })
        }
        _ => None,
    }
}

fn fetch_field(path: &[Step]) -> Option<Field<Fetch>> {
    let [Step::Key(name)] = path else { return None };
    match name.as_str() {
        // Without an outcome there was no attempt.
        "outcome" => {
            let put = field(|one: &mut Fetch| &mut one.outcome, word)?.put;
            Some(Field { put, clear: Box::new(|one| *one = Fetch::default()) })
        }
        "on" => field(|one: &mut Fetch| &mut one.on, word),
        "http_status" => field(|one: &mut Fetch| &mut one.http_status, number),
        "via" => field(|one: &mut Fetch| &mut one.via, word),
        "reported_by" => field(|one: &mut Fetch| &mut one.reported_by, word),
        _ => None,
    }
}

/// The fields of a record that are one word or text each.
macro_rules! words {
    ($name:expr, $record:ty: $($field:ident),+) => {
        match $name {
            $(stringify!($field) => field(|record: &mut $record| &mut record.$field, word),)+
            _ => None,
        }
    };
}

impl Record for Cell {
    fn field(column: &Column) -> Option<Field<Self>> {
        match column {
            Column::Field(path) => match path.steps() {
                [Step::Key(name)] => words!(
                    name.as_str(), Cell: status, confidence, headline, note, tier, route, default,
                    geography_note, override_reason, verified_on
                ),
                [Step::Key(name), Step::Index(at), rest @ ..] if name == "evidence" => evidence(*at, rest),
                _ => None,
            },
            Column::List("confidence_reasons") => field(|cell: &mut Cell| &mut cell.confidence_reasons, list),
            Column::List("geography") => field(|cell: &mut Cell| &mut cell.geography, list),
            Column::Map("facts") => map(|cell| &mut cell.facts, Some),
            Column::Map("parts") => map(|cell| &mut cell.parts, answer),
            _ => None,
        }
    }

    fn is_whole(&self) -> bool {
        let is_fetch_whole = |fetch: &Fetch| fetch.outcome.known().is_some();
        let is_whole =
            |one: &Evidence| one.url.known().is_some() && one.fetch.known().is_none_or(is_fetch_whole);
        self.status.known().is_some() && self.evidence.items().iter().all(is_whole)
    }

    fn known(&self) -> Vec<(&'static str, Value)> {
        self.fields()
    }

    fn tidy(&mut self) {
        if let Optional::Known(list) = &mut self.evidence {
            list.retain(|one| *one != Evidence::default());
            if list.is_empty() {
                self.evidence = Optional::Absent;
            }
        }
    }
}

macro_rules! entity {
    ($record:ident { $($field:ident),+; $($list:ident)?; demands $($demanded:ident),+ }) => {
        impl Record for $record {
            fn field(column: &Column) -> Option<Field<Self>> {
                match column {
                    Column::Field(path) => words!(path.to_string().as_str(), $record: $($field),+),
                    $(Column::List(stringify!($list)) => field(|record: &mut $record| &mut record.$list, list),)?
                    _ => None,
                }
            }

            fn is_whole(&self) -> bool {
                $(self.$demanded.known().is_some())&&+
            }

            fn known(&self) -> Vec<(&'static str, Value)> {
                self.fields()
            }
        }
    };
}

entity!(Organization { id, name, homepage; domains; demands id, name });
entity!(Platform { id, name, operator; ; demands id, name, operator });
entity!(Offering {
    id, name, developer, platform, category, model_family, summary; ; demands id, name, platform, category
});

/// Whether a path is among known fields.
pub(crate) fn states(known: &[(&'static str, Value)], path: &FieldPath) -> bool {
    let Some((Step::Key(first), rest)) = path.steps().split_first() else { return false };
    let top = known.iter().find(|(name, _)| name == first).map(|(_, value)| value);
    let found = rest.iter().fold(top, |here, step| match (here?, step) {
        (Value::Table(entries), Step::Key(key)) => {
            entries.iter().find(|(name, _)| name == key).map(|(_, value)| value)
        }
        (Value::List(items), Step::Index(at)) => items.get(*at),
        _ => None,
    });
    found.is_some()
}
