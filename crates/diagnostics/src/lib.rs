//! Findings: what they are about, where they are, and how they are reported.
//!
//! A [`Finding`] is what a rule raises: it names a [`model::Subject`] and knows no file. A [`Locator`] (of the
//! store, for files, or of the importer, for tables) says where that is, and a [`Report`] makes a
//! [`Diagnostic`] of it, which has its place and its fingerprint. Each output format is one module here, takes
//! diagnostics, and does not know how a finding came about.

mod command;
pub mod concise;
mod diagnostic;
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

pub use command::{called_as, called_with_data, command, program};
pub use diagnostic::{Diagnostic, Patch, RelatedLocation};
pub use finding::{Edit, Finding, Fix, Related};
pub use fingerprint::{fingerprint, fingerprints, hash, identity};
pub use location::{Anchor, FileRange, Found, Location, Locator, Place, Position, Splice, TableCell};
pub use report::{Counts, Report, Summary, in_order};
pub use rule::{Applicability, RuleId, RuleInfo, Scope, Severity};
pub use source::SourceText;
pub use suggest::{Candidates, Guess, closest, guess, one_of, same_digits, slips};
pub use text::{count, cut, printable, printable_lines, quoted};
