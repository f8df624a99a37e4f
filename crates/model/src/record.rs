//! Records: each states its fields once, and all that is done with every field derives from that.

use crate::read::{Faults, Input};
use crate::{At, Content, Optional, Required, TextKind, Value};

/// What is stated of one field of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its key in data files.
    pub key: &'static str,
    /// Whether the structure requires it.
    pub is_required: bool,
    /// The shape of what it holds.
    pub shape: Shape,
    /// What its text is, where it is a text that people write freely.
    pub text: Option<TextKind>,
    /// What readers see it under; `None` if its value is shown without a label.
    pub label: Option<&'static str>,
}

/// The shape of what a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A text.
    Text,
    /// A word of a vocabulary.
    Term,
    /// The address of a page.
    Address,
    /// A calendar day.
    Date,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Bool,
    /// A list of texts.
    List,
    /// Typed values by their keys.
    Map,
    /// A record, several of them, or a value of another form that no column of a table holds.
    Record,
}

/// A table of a data file whose keys are known.
pub trait Record: Sized + Default {
    /// Its fields, in canonical order.
    const FIELDS: &'static [Field];

    /// The keys of its fields, in canonical order.
    const KEYS: &'static [&'static str];

    /// Visits each field with what it holds, in canonical order.
    fn each(&self, visit: &mut dyn FnMut(&'static Field, &dyn Slot));

    /// The place of a field.
    fn slot(&self, key: &str) -> Option<&dyn Slot>;

    /// The place of a field, to be changed.
    fn slot_mut(&mut self, key: &str) -> Option<&mut dyn Slot>;

    /// Reads the value of a field; the field's position among [`Record::FIELDS`], nothing where there is no such
    /// field.
    fn read_field<'v, I: Input<'v>>(&mut self, key: &str, value: I, faults: &mut Faults) -> Option<usize>;

    /// Takes over each field that the other one states.
    fn take_over(&mut self, stated: Self);

    /// Takes over each field that the other one states and this one does not. Returns the keys of those in which
    /// the two differ.
    fn join(&mut self, other: Self) -> Vec<&'static str>;

    /// Takes each text that differs from one of the other record only in the blanks around that from there: tables
    /// state texts without.
    fn keep_blanks(&mut self, other: &Self);

    /// Returns whether the other one holds the same in every field but one.
    fn is_same_but(&self, but: &str, other: &Self) -> bool;

    /// The label of the field with a key; the key where it has none.
    fn label(key: &'static str) -> &'static str {
        Self::field(key).and_then(|field| field.label).unwrap_or(key)
    }

    /// The field with a key.
    fn field(key: &str) -> Option<&'static Field> {
        Self::FIELDS.iter().find(|field| field.key == key)
    }

    /// A record of which nothing could be read.
    fn unread() -> Self {
        let mut record = Self::default();
        for key in Self::KEYS {
            if let Some(slot) = record.slot_mut(key) {
                slot.lose();
            }
        }
        record
    }

    /// All known fields in canonical order. What is absent or unread is left out.
    fn fields(&self) -> Vec<(&'static str, Value)> {
        let mut fields = Vec::new();
        self.each(&mut |field, slot| fields.extend(slot.value().map(|value| (field.key, value))));
        fields
    }

    /// Visits every text that people write freely, and everything that could not be read, below `at`.
    fn walk(&self, at: At<'_>, visit: &mut dyn Visit) {
        self.each(&mut |field, slot| slot.walk(At::Key(&at, field.key), field.text, visit));
    }

    /// Returns whether everything in it could be read.
    fn is_whole(&self) -> bool {
        self.is_whole_but("")
    }

    /// Returns whether everything in it but one field could be read.
    fn is_whole_but(&self, but: &str) -> bool {
        struct Whole(bool);
        impl Visit for Whole {
            fn unread(&mut self, _: At<'_>) {
                self.0 = false;
            }
        }
        let mut whole = Whole(true);
        self.each(&mut |field, slot| {
            if field.key != but {
                slot.walk(At::Top, None, &mut whole);
            }
        });
        whole.0
    }

    /// Returns whether every field that the structure requires is known.
    fn has_required(&self) -> bool {
        let mut has = true;
        self.each(&mut |field, slot| has &= !field.is_required || slot.is_known());
        has
    }
}

/// What is done on a walk through a record.
pub trait Visit {
    /// A text that people write freely.
    fn text(&mut self, _at: At<'_>, _kind: TextKind, _text: &str) {}

    /// A field that is stated, or required, and could not be read.
    fn unread(&mut self, _at: At<'_>) {}
}

/// The place of one field.
pub trait Slot {
    /// Returns whether it holds something that could be read.
    fn is_known(&self) -> bool;

    /// Returns whether it is stated, or required, and could not be read.
    fn is_unread(&self) -> bool;

    /// Returns whether anything is stated: a required field that is unread may not be.
    fn is_stated(&self) -> bool;

    /// Returns whether [`Slot::clear`] takes something out.
    fn is_clearable(&self) -> bool;

    /// Takes out what is stated, unless the structure requires it.
    fn clear(&mut self);

    /// Notes that what is stated could not be read.
    fn lose(&mut self);

    /// What it holds, as files hold it.
    fn value(&self) -> Option<Value>;

    /// What it holds as the text of a table cell; the empty text where nothing is known.
    fn column(&self) -> String;

    /// The label and the meaning of the word that it holds, where that is one of a vocabulary.
    fn term(&self) -> Option<(&'static str, &'static str)>;

    /// As [`Record::walk`].
    fn walk(&self, at: At<'_>, kind: Option<TextKind>, visit: &mut dyn Visit);
}

impl<T: Content> Slot for Required<T> {
    fn is_known(&self) -> bool {
        self.known().is_some()
    }

    fn is_unread(&self) -> bool {
        self.known().is_none()
    }

    fn is_stated(&self) -> bool {
        self.known().is_some()
    }

    fn is_clearable(&self) -> bool {
        false
    }

    fn clear(&mut self) {}

    fn lose(&mut self) {
        *self = Self::Unread;
    }

    fn value(&self) -> Option<Value> {
        self.known().and_then(T::value)
    }

    fn column(&self) -> String {
        self.known().map(T::column).unwrap_or_default()
    }

    fn term(&self) -> Option<(&'static str, &'static str)> {
        self.known().and_then(T::term)
    }

    fn walk(&self, at: At<'_>, kind: Option<TextKind>, visit: &mut dyn Visit) {
        match self {
            Self::Unread => visit.unread(at),
            Self::Known(value) => value.walk(at, kind, visit),
        }
    }
}

impl<T: Content> Slot for Optional<T> {
    fn is_known(&self) -> bool {
        self.known().is_some()
    }

    fn is_unread(&self) -> bool {
        matches!(self, Self::Unread)
    }

    fn is_stated(&self) -> bool {
        !self.is_absent()
    }

    fn is_clearable(&self) -> bool {
        self.known().is_some()
    }

    fn clear(&mut self) {
        *self = Self::Absent;
    }

    fn lose(&mut self) {
        *self = Self::Unread;
    }

    fn value(&self) -> Option<Value> {
        self.known().and_then(T::value)
    }

    fn column(&self) -> String {
        self.known().map(T::column).unwrap_or_default()
    }

    fn term(&self) -> Option<(&'static str, &'static str)> {
        self.known().and_then(T::term)
    }

    fn walk(&self, at: At<'_>, kind: Option<TextKind>, visit: &mut dyn Visit) {
        match self {
            Self::Absent => {}
            Self::Unread => visit.unread(at),
            Self::Known(value) => value.walk(at, kind, visit),
        }
    }
}

/// States a record: the struct with its schema, its reader, and all that derives from its fields.
///
/// After the type of a field follows what its text is, where people write it freely (`as Prose`), and before it,
/// in brackets, its key in data files where that is no Rust name. The label under which readers see it comes last
/// (`= "Why it differs"`). After the name of the record may follow how many of them a list may have.
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $name:ident $((at most $most:expr))? {
            $(
                $(#[$field_meta:meta])*
                $field:ident $(($key:literal))?: $need:ident<$type:ty> $(as $text:ident)? $(= $label:literal)?
            ),+ $(,)?
        }
    ) => {
        #[derive(Debug, Clone, PartialEq, Eq, Default, schemars::JsonSchema)]
        #[schemars(deny_unknown_fields)]
        $(#[$meta])*
        pub struct $name {
            $($(#[$field_meta])* $(#[schemars(rename = $key)])? pub $field: $need<$type>,)+
        }

        impl crate::Record for $name {
            const FIELDS: &'static [crate::Field] = &[$(crate::Field {
                key: record!(@key $field $($key)?),
                is_required: <$need<$type> as crate::Need>::IS_REQUIRED,
                shape: <$type as crate::Content>::SHAPE,
                text: record!(@text $($text)?),
                label: record!(@label $($label)?),
            }),+];

            const KEYS: &'static [&'static str] = &[$(record!(@key $field $($key)?)),+];

            fn each(&self, visit: &mut dyn FnMut(&'static crate::Field, &dyn crate::Slot)) {
                let mut fields = Self::FIELDS.iter();
                $(if let Some(field) = fields.next() {
                    visit(field, &self.$field);
                })+
            }

            fn slot(&self, key: &str) -> Option<&dyn crate::Slot> {
                match key {
                    $(record!(@key $field $($key)?) => Some(&self.$field),)+
                    _ => None,
                }
            }

            fn slot_mut(&mut self, key: &str) -> Option<&mut dyn crate::Slot> {
                match key {
                    $(record!(@key $field $($key)?) => Some(&mut self.$field),)+
                    _ => None,
                }
            }

            #[inline]
            fn read_field<'v, I: crate::read::Input<'v>>(
                &mut self,
                key: &str,
                value: I,
                faults: &mut crate::read::Faults,
            ) -> Option<usize> {
                #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
                enum Position { $($field),+ }
                match key {
                    $(record!(@key $field $($key)?) => {
                        self.$field = crate::read::read(value, faults);
                        Some(Position::$field as usize)
                    })+
                    _ => None,
                }
            }

            fn take_over(&mut self, stated: Self) {
                $(if crate::Slot::is_stated(&stated.$field) {
                    self.$field = stated.$field;
                })+
            }

            fn keep_blanks(&mut self, other: &Self) {
                $(if let (Some(text), Some(known)) = (self.$field.known(), other.$field.known())
                    && crate::Content::is_trimmed(text, known)
                {
                    self.$field.clone_from(&other.$field);
                })+
            }

            fn is_same_but(&self, but: &str, other: &Self) -> bool {
                $((self.$field == other.$field || but == record!(@key $field $($key)?)))&&+
            }

            fn join(&mut self, other: Self) -> Vec<&'static str> {
                let mut differing = Vec::new();
                $(if crate::Slot::is_stated(&other.$field) && other.$field != self.$field {
                    if crate::Slot::is_stated(&self.$field) {
                        differing.push(record!(@key $field $($key)?));
                    } else {
                        self.$field = other.$field;
                    }
                })+
                differing
            }
        }

        impl crate::Content for $name {
            const SHAPE: crate::Shape = crate::Shape::Record;

            fn value(&self) -> Option<crate::Value> {
                Some(crate::Value::table(crate::Record::fields(self)))
            }

            fn walk(&self, at: crate::At<'_>, _: Option<crate::TextKind>, visit: &mut dyn crate::Visit) {
                crate::Record::walk(self, at, visit);
            }
        }

        impl crate::read::Read for $name {
            $(const MOST: usize = $most;)?

            #[inline]
            fn read<'v, I: crate::read::Input<'v>>(value: I, faults: &mut crate::read::Faults) -> Option<Self> {
                Some(crate::read::read_record(value, faults))
            }
        }
    };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
    (@text) => { None };
    (@text $text:ident) => { Some(crate::TextKind::$text) };
    (@label) => { None };
    (@label $label:literal) => { Some($label) };
}
pub(crate) use record;
