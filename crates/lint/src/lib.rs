//! What must hold: the rule catalogue and the engine that runs it.
//!
//! Pure: a model goes in, findings come out. Nothing here reads files, knows TOML or tables, or asks
//! for the time.

mod address;
mod context;
mod digest;
mod engine;
mod owners;
mod page;
mod rule;
mod rules;
mod same;
mod selection;
mod side_by_side;

pub use context::{CellContext, ChangeContext, EntityContext, Record, RegistryContext, Shared};
pub use digest::{CellDigest, Digest, EntityDigest, EvidenceDigest};
pub use engine::Linter;
pub use page::{Page, Snippet, SnippetKind};
pub use rule::{Check, Draft, Raise, Rule};
pub use rules::{catalogue, find};
pub use selection::{Selection, UnknownRule};
