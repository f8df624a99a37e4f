//! Where the registry lives: the data folder to model and back, positions in TOML, structural
//! findings, byte edits and journalled writes.
//!
//! A file is parsed once, with spans; the model is built from that tree, which is then dropped. Only
//! files with findings are parsed again, for their positions.

pub mod canonical;
mod capped;
mod comments;
mod document;
mod draft;
mod edit;
mod fix;
mod fmt;
mod git;
mod json;
mod layout;
mod load;
mod locator;
mod node;
mod order;
mod overlay;
mod read;
mod source;
mod strays;
mod strings;
mod structure;
mod syntax;
mod tolerant;
mod unmerged;
mod verify;
mod write;

pub use capped::{Unreadable, read_capped};
pub use draft::Draft;
pub use edit::{EditError, Editor, Ended};
pub use fix::{Fixed, fix_files};
pub use fmt::{FormatError, format};
pub use git::{Checkout, GitError, GitTree, Parents, Repository, may_be_sparse};
pub use json::to_json;
pub use layout::{SCHEMA_FOLDER, document_of, entity_of};
pub use load::{File, Judged, Loaded, Shared, Store, judge_record, read_profile, verdicts};
pub use locator::FileLocator;
pub use overlay::Overlay;
pub use source::{Source, StoreError, WorkTree};
pub use structure::{Structure, structural_findings};
pub use tolerant::Tolerant;
pub use write::{
    Lock, Recovered, Write, WriteError, Writer, refuse_unfinished, replace_file, replace_unchanged, write_all,
};
