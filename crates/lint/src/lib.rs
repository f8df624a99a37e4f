//! The rules: the catalogue, and the engine that runs it.
//!
//! Pure: a model goes in, findings come out. Nothing here reads files, knows TOML or tables, or asks
//! for the time.

mod address;
mod allowances;
mod archives;
mod baseline;
mod change;
mod context;
mod contradictions;
mod digest;
mod engine;
mod facts;
mod filler;
mod flags;
mod freshness;
mod garbled;
mod git_hosts;
mod guesses;
mod hosts;
mod mentions;
mod names;
mod owners;
mod page;
mod query;
mod repeated;
mod residue;
mod rule;
mod rules;
mod same;
mod secrets;
mod selection;
mod side_by_side;
mod status;
mod texts;
mod visits;
mod yields;

pub use allowances::{AllowanceContext, AllowanceOutcome, Allowances, Gaps, Suppression, Suppressor};
pub use baseline::{Baseline, BaselineEntry, BaselineError, BaselineOutcome};
pub use change::{Base, ChangeContext, Fate};
pub use context::{CellContext, EntityContext, EntityRecord, Environment, RegistryContext};
pub use digest::{ByDimension, CellDigest, Digest, EntityDigest, EvidenceDigest};
pub use engine::Linter;
pub use mentions::EntityNames;
pub use names::{Unacceptable, UnknownRule, find};
pub use owners::DomainOwners;
pub use page::{Page, Snippet, SnippetKind};
pub use rule::{Check, Raise, Rule};
pub use rules::catalogue;
pub use selection::{Selection, SelectionError};
pub use texts::{DateContext, Holder, TextContext};
pub use visits::VisitsContext;
