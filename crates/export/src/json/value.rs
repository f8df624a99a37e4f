//! Single values in published JSON, and their schemas.

use std::borrow::Cow;
use std::fmt::Display;

use model::{Fact, Status, VALUE_TEXTS, Vocabulary};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::ser::{Error, SerializeMap};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::grade::Grade;

/// A day, an id, an address or a term: a string, with the schema of its type.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown<T>(pub(super) T);

impl<T: Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<T: JsonSchema> JsonSchema for Shown<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// The result of an answer: a status, `not_applicable`, or null if there is no readable answer.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Graded(pub(super) Grade);

impl Serialize for Graded {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Grade::Status(_) | Grade::NotApplicable => serializer.serialize_str(self.0.id()),
            Grade::Missing | Grade::Unreadable => serializer.serialize_none(),
        }
    }
}

impl JsonSchema for Graded {
    fn schema_name() -> Cow<'static, str> {
        "Value".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let grades = || Status::ALL.iter().copied().map(Grade::Status).chain([Grade::NotApplicable]);
        let ids: Vec<_> = grades().map(|grade| Some(grade.id())).chain([None]).collect();
        let texts: serde_json::Map<_, _> = grades()
            .map(|grade| (grade.id().to_owned(), format!("{}: {}", grade.label(), grade.meaning()).into()))
            .collect();
        json_schema!({
            "type": ["string", "null"],
            "enum": ids,
            "description": "The grade of the offer. `yes_*` is always the good answer; \
                            null where nobody has given an answer that could be read.",
            VALUE_TEXTS: texts,
        })
    }
}

/// A fact in its own type; a decimal keeps the form in which it was written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Typed<'a>(pub(super) &'a Fact);

impl Serialize for Typed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Fact::Bool(value) => serializer.serialize_bool(*value),
            Fact::Integer(value) => serializer.serialize_i64(*value),
            Fact::Decimal(value) => {
                // JSON has all forms of decimals but the sign of positive ones.
                let written = value.as_str().trim_start_matches('+').to_owned();
                RawValue::from_string(written).map_err(S::Error::custom)?.serialize(serializer)
            }
            Fact::Date(value) => serializer.collect_str(value),
            Fact::Text(value) => serializer.serialize_str(value),
            Fact::List(value) => value.serialize(serializer),
        }
    }
}

impl JsonSchema for Typed<'_> {
    fn schema_name() -> Cow<'static, str> {
        Fact::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Fact::json_schema(generator)
    }
}

/// An object whose keys are data, in a given order.
#[derive(Debug, Clone)]
pub(super) struct Map<'a, T>(pub(super) Vec<(&'a str, T)>);

impl<T> Default for Map<'_, T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Serialize> Serialize for Map<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl<T: JsonSchema> JsonSchema for Map<'_, T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Map_of_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": generator.subschema_for::<T>() })
    }
}

/// A list whose items are made one after the other as they are written.
pub(super) struct Each<'a, T> {
    count: usize,
    make: Box<dyn Fn(usize) -> T + 'a>,
}

impl<'a, T> Each<'a, T> {
    /// A list of so many items, each made of its place.
    pub(super) fn of(count: usize, make: impl Fn(usize) -> T + 'a) -> Self {
        Self { count, make: Box::new(make) }
    }
}

impl<T: Serialize> Serialize for Each<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((0..self.count).map(&self.make))
    }
}

impl<T: JsonSchema> JsonSchema for Each<'_, T> {
    fn inline_schema() -> bool {
        Vec::<T>::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        Vec::<T>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<T>::json_schema(generator)
    }
}

/// The version of the published formats. Within a version, keys that a program reads do not change.
#[derive(Debug, Clone, Copy)]
pub(super) struct Version;

impl Version {
    pub(super) const NUMBER: u32 = 1;
}

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(Self::NUMBER)
    }
}

impl JsonSchema for Version {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Version".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "const": Self::NUMBER })
    }
}
