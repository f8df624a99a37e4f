//! Compares the verdicts of the reader and the schema.

use model::read::{Faults, read_record};
use model::{DimensionFile, Document, Offering, Organization, Platform, Profile, RegistryInfo, Visits};
use toml_splice::{Values, newer_forms};

use crate::Schema;
use crate::json::json_of;
use crate::read::FileValue;

/// What the reader and the schema each say of a document: whether they take it. Nothing where it is no
/// TOML 1.0. The two must always agree.
pub fn verdicts(document: Document, text: &str) -> Option<(bool, bool)> {
    if !newer_forms(text, 1).is_empty() {
        return None;
    }
    let mut faults = Faults::default();
    let values = Values::parse(text)?;
    let file = FileValue(values.root());
    match document {
        Document::Registry => drop(read_record::<RegistryInfo, _>(file, &mut faults)),
        Document::Dimensions => drop(read_record::<DimensionFile, _>(file, &mut faults)),
        Document::Organization => drop(read_record::<Organization, _>(file, &mut faults)),
        Document::Platform => drop(read_record::<Platform, _>(file, &mut faults)),
        Document::Offering => drop(read_record::<Offering, _>(file, &mut faults)),
        Document::Visits => drop(read_record::<Visits, _>(file, &mut faults)),
        Document::Profile => drop(read_record::<Profile, _>(file, &mut faults)),
    }
    Some((!faults.any(), Schema::of(document).takes(&json_of(values.root()))))
}
