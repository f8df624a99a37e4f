//! Puts what rows state on what the registry holds, field by field.

use std::collections::BTreeMap;

use model::{Cell, Evidence, Fetch, Key, Offering, Optional, Organization, Platform, Required, Value};

/// A record whose fields rows state.
pub(crate) trait Overlay: Sized {
    /// Takes over each field that the other states, but for those that are merged by hand.
    fn take_over(&mut self, stated: Self);

    /// Takes over each field that the other states and this one does not. The names of those in which the two
    /// differ.
    fn join(&mut self, other: Self) -> Vec<&'static str>;

    /// Keeps the blanks around each text of another that this one states without them: tables state texts without.
    fn keep_blanks(&mut self, standing: &Self);

    /// The place of a field, by its name; none where it is merged by hand.
    fn slot(&mut self, name: &str) -> Option<&mut dyn Slot>;
}

/// An organization, platform, offering or cell.
pub(crate) trait Record: Overlay + store::Record + Default + Clone + PartialEq + Send {
    /// Whether everything that the structure demands is there.
    fn is_whole(&self) -> bool;

    /// Its known fields.
    fn known(&self) -> Vec<(&'static str, Value)>;

    /// The cell that it is.
    fn as_cell(&mut self) -> Option<&mut Cell> {
        None
    }

    /// The same, to look at.
    fn cell(&self) -> Option<&Cell> {
        None
    }
}

/// The place of one field.
pub(crate) trait Slot {
    /// Whether anything is stated.
    fn is_stated(&self) -> bool;

    /// Takes out what is stated, unless the structure demands it.
    fn clear(&mut self);

    /// Notes that what is stated could not be read.
    fn lose(&mut self);

    /// Whether there is something that clearing takes out.
    fn is_clearable(&self) -> bool;
}

impl<V> Slot for Optional<V> {
    fn is_stated(&self) -> bool {
        !self.is_absent()
    }

    fn clear(&mut self) {
        *self = Self::Absent;
    }

    fn lose(&mut self) {
        *self = Self::Unread;
    }

    fn is_clearable(&self) -> bool {
        self.known().is_some()
    }
}

impl<V> Slot for Required<V> {
    fn is_stated(&self) -> bool {
        self.known().is_some()
    }

    fn clear(&mut self) {}

    fn lose(&mut self) {
        *self = Self::Unread;
    }

    fn is_clearable(&self) -> bool {
        false
    }
}

/// The fields of a record that are taken over, and those that are merged by hand or are no columns.
macro_rules! overlay {
    (
        $record:ident { $($field:ident),+ $(,)? }
        other { $($other:ident),* $(,)? }
        texts { $($text:ident),* $(,)? }
    ) => {
        impl Overlay for $record {
            fn take_over(&mut self, stated: Self) {
                let Self { $($field,)+ $($other: _,)* } = stated;
                $(if $field.is_stated() {
                    self.$field = $field;
                })+
            }

            fn join(&mut self, other: Self) -> Vec<&'static str> {
                let Self { $($field,)+ $($other: _,)* } = other;
                let mut differing = Vec::new();
                $(if $field.is_stated() && $field != self.$field {
                    if self.$field.is_stated() {
                        differing.push(stringify!($field));
                    } else {
                        self.$field = $field;
                    }
                })+
                differing
            }

            #[allow(unused_variables, reason = "a record may have no texts")]
            fn keep_blanks(&mut self, standing: &Self) {
                $(if let (Some(text), Some(known)) = (self.$text.known(), standing.$text.known())
                    && text != known
                    && text == known.trim()
                {
                    self.$text.clone_from(&standing.$text);
                })*
            }

            fn slot(&mut self, name: &str) -> Option<&mut dyn Slot> {
                match name {
                    $(stringify!($field) => Some(&mut self.$field),)+
                    _ => None,
                }
            }
        }
    };
}

overlay!(Cell {
    status, confidence, confidence_reasons, headline, note, tier, route, default, geography, geography_note,
    verified_on, override_reason,
} other { parts, facts, exceptions, evidence, reviews, flags } texts {
    headline, note, geography_note, override_reason,
});
overlay!(Evidence { title, role, quote, archived_url } other { url, fetch } texts { title, quote });
overlay!(Fetch { outcome, on, http_status, via, reported_by } other {} texts {});
overlay!(Organization { id, name, homepage, domains } other { former_ids, allow, cells } texts { name });
overlay!(Platform { id, name, operator } other { former_ids, allow, cells } texts { name });
overlay!(Offering {
    id, name, developer, platform, category, model_family, summary,
} other { former_ids, allow, cells } texts { name, model_family, summary });

macro_rules! record {
    ($($record:ident demands $($field:ident),+;)+) => {
        $(impl Record for $record {
            fn is_whole(&self) -> bool {
                $(self.$field.is_stated())&&+
            }

            fn known(&self) -> Vec<(&'static str, Value)> {
                self.fields()
            }
        })+
    };
}

record! {
    Organization demands id, name;
    Platform demands id, name, operator;
    Offering demands id, name, platform, category;
}

impl Record for Cell {
    fn is_whole(&self) -> bool {
        let is_fetch_whole = |fetch: &Fetch| fetch.outcome.is_stated();
        let is_whole = |one: &Evidence| one.url.is_stated() && one.fetch.known().is_none_or(is_fetch_whole);
        self.status.is_stated() && self.evidence.items().iter().all(is_whole)
    }

    fn known(&self) -> Vec<(&'static str, Value)> {
        self.fields()
    }

    fn as_cell(&mut self) -> Option<&mut Cell> {
        Some(self)
    }

    fn cell(&self) -> Option<&Cell> {
        Some(self)
    }
}

/// Takes over the entries of a map: all of them where it is stated whole, else those that are stated.
pub(crate) fn take_map<V>(
    map: &mut Optional<BTreeMap<Key, Required<V>>>,
    stated: Optional<BTreeMap<Key, Required<V>>>,
    is_whole: bool,
) {
    match (map, stated) {
        (_, Optional::Absent) => {}
        (Optional::Known(map), Optional::Known(stated)) if !is_whole => map.extend(stated),
        (map, stated) => *map = stated,
    }
}

/// The keys of a map that another does not name.
pub(crate) fn left_out<'m, V>(
    map: &'m Optional<BTreeMap<Key, Required<V>>>,
    stated: &Optional<BTreeMap<Key, Required<V>>>,
) -> impl Iterator<Item = &'m Key> {
    let is_named = |key: &&Key| stated.known().is_some_and(|stated| stated.contains_key(*key));
    map.known().into_iter().flat_map(BTreeMap::keys).filter(move |key| !is_named(key))
}
