//! Fields that may hold something that could not be read.
//!
//! A faulty field must not hide its neighbours, and a rule must not judge what it cannot see: "no
//! confidence" and "an unreadable confidence" are different.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};

/// A field that the structure demands. When the file lacks it, or holds something unreadable, that
/// is a structural finding, and the field is [`Required::Unread`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Required<T> {
    /// Missing or faulty: nothing may be concluded from it.
    #[default]
    Unread,
    /// Read without fault.
    Known(T),
}

/// A field that the structure does not demand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Optional<T> {
    /// The file does not state it.
    #[default]
    Absent,
    /// The file states something that could not be read: nothing may be concluded from it.
    Unread,
    /// Read without fault.
    Known(T),
}

impl<T> Required<T> {
    /// The value, if it could be read.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unread => None,
        }
    }

    /// The value by copy, if it could be read.
    pub fn get(&self) -> Option<T>
    where
        T: Copy,
    {
        self.known().copied()
    }

    /// Returns whether the value is known and equal to `other`.
    pub fn is(&self, other: T) -> bool
    where
        T: PartialEq,
    {
        self.known() == Some(&other)
    }
}

impl<T: AsRef<str>> Required<T> {
    /// The text, or the empty text where it could not be read.
    pub fn text(&self) -> &str {
        self.known().map_or("", AsRef::as_ref)
    }
}

impl<T> Optional<T> {
    /// The value, if one is stated and could be read.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Absent | Self::Unread => None,
        }
    }

    /// The value by copy, if one is stated and could be read.
    pub fn get(&self) -> Option<T>
    where
        T: Copy,
    {
        self.known().copied()
    }

    /// Returns whether the value is known and equal to `other`.
    pub fn is(&self, other: T) -> bool
    where
        T: PartialEq,
    {
        self.known() == Some(&other)
    }

    /// Returns whether the file does not state it at all.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Returns whether the file states something that could not be read.
    pub fn is_unread(&self) -> bool {
        matches!(self, Self::Unread)
    }
}

impl<T: AsRef<str>> Optional<T> {
    /// The text, or the empty text where none is known.
    pub fn text(&self) -> &str {
        self.known().map_or("", AsRef::as_ref)
    }
}

impl<T> Optional<Vec<T>> {
    /// The items, none where the list is absent or unread.
    pub fn items(&self) -> &[T] {
        self.known().map_or(&[], Vec::as_slice)
    }
}

impl<T> From<Option<T>> for Optional<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Known)
    }
}

impl<T> From<T> for Required<T> {
    fn from(value: T) -> Self {
        Self::Known(value)
    }
}

/// Whether the structure requires a field.
pub trait Need {
    /// What the field holds.
    type Content;

    /// Whether the structure requires it.
    const IS_REQUIRED: bool;

    /// The field with what was read of something that is there; unread where nothing could be.
    fn of(read: Option<Self::Content>) -> Self;
}

impl<T> Need for Required<T> {
    type Content = T;

    const IS_REQUIRED: bool = true;

    #[inline]
    fn of(read: Option<T>) -> Self {
        read.map_or(Self::Unread, Self::Known)
    }
}

impl<T> Need for Optional<T> {
    type Content = T;

    const IS_REQUIRED: bool = false;

    #[inline]
    fn of(read: Option<T>) -> Self {
        read.map_or(Self::Unread, Self::Known)
    }
}

/// Marks a property as optional until the schema transform has moved that into `required`.
pub(crate) const OPTIONAL: &str = "x-optional";

impl<T: JsonSchema> JsonSchema for Required<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }
}

impl<T: JsonSchema> JsonSchema for Optional<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = generator.subschema_for::<T>();
        schema.insert(OPTIONAL.to_owned(), true.into());
        schema
    }
}
