//! The pipeline: reads a state of the registry, judges it, and reports what is wrong.

mod judge;

pub use judge::{Judgement, judge, judge_registry};
