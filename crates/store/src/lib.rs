//! Where the registry lives: the data folder to model and back, positions in TOML, structural
//! findings, byte edits and journalled writes.
//!
//! A file is parsed once, with spans; the model is built from that tree, which is then dropped. Only
//! files with findings are parsed again, for their positions.

pub mod canonical;
mod document;
mod edit;
mod fmt;
mod json;
mod layout;
mod load;
mod locator;
mod node;
mod order;
mod read;
mod records;
mod source;
mod strings;
mod structure;
mod syntax;
mod verify;
mod write;

pub use edit::{EditError, Editor, splice};
pub use fmt::{FormatError, format};
pub use json::to_json;
pub use layout::{SCHEMA_FOLDER, document_of, entity_of};
pub use load::{File, Judged, Loaded, Shared, Store, judge_record, verdicts};
pub use locator::FileLocator;
pub use read::{FieldReader, Record};
pub use source::{MAX_FILE_BYTES, Source, StoreError, WorkTree};
pub use structure::{Structure, structural_findings};
pub use write::{Write, WriteError, write_all};
