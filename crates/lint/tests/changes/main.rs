//! Requirements for a change of a cell: each clause of the rules about changes.

mod grades;
mod moves;
mod records;
mod registry;
mod terms;
