//! What a finding is, where it is, and how findings are told.
//!
//! A finding names its [`model::Subject`]; a [`Locator`] (of the store, for files, or of the
//! importer, for tables) says where that stands. Each output format is one module here, and none of
//! them knows how a finding came about.

mod command;
pub mod concise;
mod finding;
mod fingerprint;
pub mod github;
pub mod gitlab;
pub mod human;
pub mod json;
pub mod junit;
mod location;
mod report;
mod rule;
mod runner;
pub mod sarif;
mod source;
mod suggest;
mod text;
pub mod visible;

pub use command::{called_as, command};
pub use finding::{Edit, Finding, Fix, Related};
pub use fingerprint::{fingerprint, hash, identity, number_equals};
pub use location::{Anchor, FileRange, Location, Locator, Place, Position, Splice, TableCell};
pub use report::{Counts, Report, Summary};
pub use rule::{FixKind, RuleId, RuleInfo, Scope, Severity, Since};
pub use source::SourceText;
pub use suggest::{Candidates, Guess, closest, guess, one_of, slips};
pub use text::{count, cut, printable, printable_lines, quoted};
