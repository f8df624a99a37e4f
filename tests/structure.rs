//! The reader and the JSON Schema accept the same documents.

mod support;
