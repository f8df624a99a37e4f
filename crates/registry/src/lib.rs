//! The pipeline: reads a state of the registry, judges it, compares it with others, holds back what is accepted, and
//! reports the rest, each finding at its place. [`check`] is all of that; [`check_and_fix`] also makes the fixes.

mod baseline;
mod check;
mod files;
mod fix;
mod judge;
mod judgement;
mod proposal;
mod scope;
mod state;
mod worklist;

pub use baseline::{BaselineFile, BaselineFileError, Left};
pub use check::{Checked, Options, check, is_among};
pub use files::{Files, IsSame};
pub use fix::{Fixed, FixedFinding, check_and_fix};
pub use judge::judge;
pub use judgement::Judgement;
pub use proposal::{Proposal, ProposalError, Proposed, propose};
pub use scope::Scope;
pub use state::{InMemory, Listed, ReadOffering, State};
pub use worklist::{PageToRead, ToRead, Wanted, Worklist};
