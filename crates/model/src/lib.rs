//! The data model: types, vocabularies, ids, dates, subjects, and how an offering resolves.
//!
//! No input or output happens here, and nothing here knows TOML, tables or terminals. The types
//! hold no source positions; a [`Subject`] names a place, and the crate that holds the text finds it.

mod allow;
mod at;
mod base_url;
mod cell;
mod cell_source;
mod characters;
mod conflict;
mod content;
mod date;
mod day_forms;
mod device;
mod dimension;
mod entity;
mod fact;
mod field;
mod folded_name;
mod freshness;
mod geography;
mod id;
pub mod limits;
mod plain;
mod profile;
pub mod read;
mod reading;
mod record;
mod registry;
mod resolve;
mod schema;
mod subject;
pub mod tabular;
mod text_kind;
mod url;
mod value;
mod visit;
mod vocabulary;

pub use allow::Allow;
pub use at::At;
pub use base_url::{BaseUrl, InvalidBaseUrl};
pub use cell::{Cell, Evidence, Exception, Fetch, Flag, MAX_HEADLINE_CHARACTERS, Review};
pub use cell_source::CellSource;
pub use characters::{is_control, is_private, is_unseen, turns_direction, unseen};
pub use conflict::{conflicts, first_sides};
pub use content::Content;
pub use date::{Date, InvalidDate};
pub use day_forms::{days_meant, no_such_day};
pub use device::is_device_name;
pub use dimension::{
    Contradiction, Dimension, DimensionFile, Dimensions, FactSpec, Literal, Repeat, Synonym,
};
pub use entity::{Offering, Organization, Platform};
pub use fact::{Decimal, Fact, InvalidDecimal};
pub use field::{Need, Optional, Required};
pub use folded_name::folded_name;
pub use freshness::{End, Ground, Stage};
pub use geography::{Geography, UnknownGeography};
pub use id::{DimensionId, InvalidId, Key, OfferingId, OrganizationId, PlatformId, Slug, is_entity_id};
pub use plain::{Plain, PlainRecord};
pub use profile::{Meaning, Profile, Targets, Words};
pub use reading::Bearing;
pub use record::{Field, Record, Shape, Slot, Visit};
pub use registry::{Registry, RegistryInfo, Retired};
pub use resolve::{Answer, Misnamed, OperatorAnswer, Resolved, SharedRecords, resolve};
pub use schema::{Document, SCHEMA_MARK, VALUE_TEXTS, annotated_schema, editor_schema, portable, schema};
pub use subject::{Entity, FieldPath, Step, Subject};
pub use text_kind::TextKind;
pub use url::{InvalidUrl, Url, wide_blank};
pub use value::Value;
pub use visit::{PageVisit, PageVisits, Visits};
pub use vocabulary::{
    Category, Condition, Confidence, ConfidenceReason, DateOrder, DefaultState, Doubt, FactFormat, FactType,
    FetchOutcome, Level, Mend, PartAnswer, Role, Route, Sighting, Status, Strength, Tier, Unknown, Verdict,
    Via, VisitVia, Vocabulary,
};
