//! The types of fields: how each is shown, and what in it are texts.

use std::collections::BTreeMap;

use crate::record::{Shape, Slot, Visit};
use crate::tabular::{write_facts, write_list, write_parts};
use crate::{
    At, BaseUrl, Category, Cell, Condition, Confidence, ConfidenceReason, Date, DateOrder, DefaultState,
    DimensionId, Fact, FactFormat, FactType, FetchOutcome, Geography, Key, Level, Literal, Meaning, Mend,
    OfferingId, OrganizationId, PartAnswer, PlatformId, Required, Role, Route, Slug, Status, Strength,
    Targets, TextKind, Tier, Url, Value, Verdict, Via, VisitVia, Vocabulary,
};

/// The type of a field.
pub trait Content {
    /// Its shape.
    const SHAPE: Shape;

    /// The value as files hold it; nothing for cells, which are looked at one by one.
    fn value(&self) -> Option<Value>;

    /// The value as the text of a table cell; the empty text where no table holds it.
    fn column(&self) -> String {
        String::new()
    }

    /// The label and the meaning of a word of a vocabulary.
    fn term(&self) -> Option<(&'static str, &'static str)> {
        None
    }

    /// Returns whether it is the other text without the blanks around that.
    fn is_trimmed(&self, _other: &Self) -> bool {
        false
    }

    /// Visits what [`crate::Record::walk`] visits.
    fn walk(&self, _at: At<'_>, _kind: Option<TextKind>, _visit: &mut dyn Visit) {}
}

/// Ids and codes: their form leaves no room for texts.
macro_rules! codes {
    ($($name:ty),+ $(,)?) => {
        $(impl Content for $name {
            const SHAPE: Shape = Shape::Text;

            fn value(&self) -> Option<Value> {
                Some(Value::Text(self.to_string()))
            }

            fn column(&self) -> String {
                self.to_string()
            }
        })+
    };
}

codes!(DimensionId, Geography, Key, OfferingId, OrganizationId, PlatformId, Slug);

/// Words of vocabularies.
macro_rules! terms {
    ($($name:ty),+ $(,)?) => {
        $(impl Content for $name {
            const SHAPE: Shape = Shape::Term;

            fn value(&self) -> Option<Value> {
                Some(Value::Text(self.id().to_owned()))
            }

            fn column(&self) -> String {
                self.id().to_owned()
            }

            fn term(&self) -> Option<(&'static str, &'static str)> {
                Some((self.label(), self.meaning()))
            }
        })+
    };
}

terms!(
    Category,
    Condition,
    Confidence,
    ConfidenceReason,
    DateOrder,
    DefaultState,
    FactFormat,
    FactType,
    FetchOutcome,
    Level,
    Mend,
    PartAnswer,
    Role,
    Route,
    Status,
    Strength,
    Tier,
    Verdict,
    Via,
    VisitVia,
);

/// Texts that people write freely.
macro_rules! texts {
    ($($name:ty: $shape:ident),+ $(,)?) => {
        $(impl Content for $name {
            const SHAPE: Shape = Shape::$shape;

            fn value(&self) -> Option<Value> {
                Some(Value::Text(self.to_string()))
            }

            fn column(&self) -> String {
                self.to_string()
            }

            fn is_trimmed(&self, other: &Self) -> bool {
                let (text, other): (&str, &str) = (self.as_ref(), other.as_ref());
                text != other && text == other.trim()
            }

            fn walk(&self, at: At<'_>, kind: Option<TextKind>, visit: &mut dyn Visit) {
                if let Some(kind) = kind {
                    visit.text(at, kind, self.as_ref());
                }
            }
        })+
    };
}

texts!(String: Text, Url: Address, BaseUrl: Address);

impl Content for i64 {
    const SHAPE: Shape = Shape::Integer;

    fn value(&self) -> Option<Value> {
        Some(Value::Integer(*self))
    }

    fn column(&self) -> String {
        self.to_string()
    }
}

impl Content for bool {
    const SHAPE: Shape = Shape::Bool;

    fn value(&self) -> Option<Value> {
        Some(Value::Bool(*self))
    }

    fn column(&self) -> String {
        self.to_string()
    }
}

impl Content for Date {
    const SHAPE: Shape = Shape::Date;

    fn value(&self) -> Option<Value> {
        Some(Value::Date(*self))
    }

    fn column(&self) -> String {
        self.to_string()
    }
}

impl Content for Literal {
    const SHAPE: Shape = Shape::Record;

    fn value(&self) -> Option<Value> {
        match self {
            Self::Bool(value) => value.value(),
            Self::Text(text) => text.value(),
        }
    }

    fn walk(&self, at: At<'_>, kind: Option<TextKind>, visit: &mut dyn Visit) {
        if let Self::Text(text) = self {
            text.walk(at, kind, visit);
        }
    }
}

impl Content for Targets {
    const SHAPE: Shape = Shape::Record;

    fn value(&self) -> Option<Value> {
        match self {
            Self::One(one) => one.value(),
            Self::Several(several) => several.value(),
        }
    }
}

impl Content for Meaning {
    const SHAPE: Shape = Shape::Record;

    fn value(&self) -> Option<Value> {
        match self {
            Self::Value(text) => text.value(),
            Self::Values(values) => values.value(),
        }
    }
}

impl Content for Fact {
    const SHAPE: Shape = Shape::Record;

    fn value(&self) -> Option<Value> {
        Some(Value::from(self))
    }

    /// A text of a fact is one whatever the field says.
    fn walk(&self, at: At<'_>, _: Option<TextKind>, visit: &mut dyn Visit) {
        match self {
            Self::Text(text) => text.walk(at, Some(TextKind::Fact), visit),
            Self::List(items) => items.walk(at, Some(TextKind::Fact), visit),
            Self::Bool(_) | Self::Integer(_) | Self::Decimal(_) | Self::Date(_) => {}
        }
    }
}

impl<T: Content> Content for Vec<T> {
    const SHAPE: Shape = match T::SHAPE {
        Shape::Record => Shape::Record,
        _ => Shape::List,
    };

    fn value(&self) -> Option<Value> {
        Some(Value::List(self.iter().filter_map(T::value).collect()))
    }

    fn column(&self) -> String {
        match Self::SHAPE {
            Shape::List => write_list(self.iter().map(T::column)),
            _ => String::new(),
        }
    }

    fn walk(&self, at: At<'_>, kind: Option<TextKind>, visit: &mut dyn Visit) {
        for (index, item) in self.iter().enumerate() {
            item.walk(At::Index(&at, index), kind, visit);
        }
    }
}

/// Entries of which each may be unread: its place in the map stays.
fn entries<K: AsRef<str>, T: Content>(map: &BTreeMap<K, Required<T>>) -> Option<Value> {
    let entry = |(key, entry): (&K, &Required<T>)| Some((key.as_ref().to_owned(), Slot::value(entry)?));
    Some(Value::Table(map.iter().filter_map(entry).collect()))
}

fn walk_entries<K: AsRef<str>, T: Content>(
    map: &BTreeMap<K, Required<T>>,
    at: At<'_>,
    visit: &mut dyn Visit,
) {
    map.iter().for_each(|(key, entry)| Slot::walk(entry, At::Key(&at, key.as_ref()), None, visit));
}

/// The maps of a cell, each with its form in tables.
macro_rules! maps {
    ($($name:ty: $write:ident),+ $(,)?) => {
        $(impl Content for BTreeMap<Key, Required<$name>> {
            const SHAPE: Shape = Shape::Map;

            fn value(&self) -> Option<Value> {
                entries(self)
            }

            fn column(&self) -> String {
                $write(self)
            }

            fn walk(&self, at: At<'_>, _: Option<TextKind>, visit: &mut dyn Visit) {
                walk_entries(self, at, visit);
            }
        })+
    };
}

maps!(Fact: write_facts, PartAnswer: write_parts);

/// The maps of an import profile.
impl<T: Content> Content for BTreeMap<String, Required<T>> {
    const SHAPE: Shape = Shape::Record;

    fn value(&self) -> Option<Value> {
        entries(self)
    }

    fn walk(&self, at: At<'_>, _: Option<TextKind>, visit: &mut dyn Visit) {
        walk_entries(self, at, visit);
    }
}

/// The cells of an entity. Each is a separate answer.
impl Content for BTreeMap<DimensionId, Cell> {
    const SHAPE: Shape = Shape::Record;

    fn value(&self) -> Option<Value> {
        None
    }
}
