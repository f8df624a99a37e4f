//! End-to-end tests of the command line over scratch registries: one binary, one module a subject.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

mod allow;
mod benchmarks;
mod cli;
mod commands;
mod completions;
mod daily;
mod days;
mod decisions;
mod entities;
mod excerpts;
mod fixes;
mod fmt;
mod formats;
mod freshness;
mod git;
mod hook;
mod human;
mod import;
mod limits;
mod line_ends;
mod markdown;
mod outputs;
mod plans;
mod positions;
mod publish;
mod query;
mod questionnaires;
mod repository;
mod rows;
mod same_blobs;
mod security;
mod seeded;
mod serve;
mod servers;
mod since;
mod site;
mod slips;
mod snippets;
mod structure;
mod style;
mod tables;
mod terminal;
mod texts;
mod visits;
mod workbook;
mod writes;
