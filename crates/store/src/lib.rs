//! The data folder: to the model and back, the positions of subjects in its files, structural
//! findings, edits of subjects and journalled writes. What it does to TOML is done by `toml-splice`, which knows no
//! registry; this crate says which paths subjects have, and in which order keys are written.
//!
//! A file is parsed once, with spans; the model is built from that tree, which is then dropped. Only
//! files with findings are parsed again, for their positions.

mod bind;
pub mod canonical;
mod capped;
mod comments;
mod editor;
mod error;
mod fixes;
mod format;
mod git;
mod hash;
mod json;
mod load;
mod locator;
mod overlay;
mod parse;
mod paths;
mod read;
mod record;
mod schema;
mod shared;
mod source;
mod splices;
mod strays;
mod structure;
mod style;
mod syntax;
mod tolerant;
mod transaction;
mod unmerged;
mod verdicts;
mod work_tree;
mod write;

pub use capped::{Unreadable, read_capped};
pub use editor::{Editor, FileEditError, FixOutcome};
pub use error::StoreError;
pub use fixes::{FixRound, edit_files, fix_files};
pub use format::{FormatError, format};
pub use git::{Beside, Checkout, GitError, GitTree, Parents, Repository, git_command, may_be_sparse};
pub use json::to_json;
pub use load::{File, Store};
pub use locator::FileLocator;
pub use overlay::Overlay;
pub use parse::{Parse, read_profile};
pub use paths::{SCHEMA_FOLDER, canonical, document_of, entity_of};
pub use record::{RecordVerdict, judge_record};
pub use schema::Schema;
pub use shared::{FileCounts, SharedFiles};
pub use source::{FileContent, NotRead, Source};
pub use structure::structural_findings;
pub use tolerant::Tolerant;
pub use transaction::Transaction;
pub use verdicts::verdicts;
pub use work_tree::WorkTree;
pub use write::{
    Lock, NewFile, Recovered, Write, WriteError, Writer, create_files, existing, is_vacant,
    refuse_unfinished, replace_file, replace_unchanged, write_all,
};
