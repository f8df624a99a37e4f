//! What a change of a cell must come with: each clause of the rules about changes.

mod grades;
mod moves;
mod records;
mod registry;
mod terms;
