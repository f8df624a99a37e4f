//! The limits of the registry. Real use never reaches these limits; they bring every file within them to a few
//! seconds and little memory, for every command. What is beyond a limit is a finding at the place, and is not read.
//!
//! The JSON Schemas state the same limits, derived from these constants. `docs/limits.md` lists them all.

/// The largest data file or import profile, in bytes: 2 MiB. The largest real one has 20 KiB.
pub const MAX_FILE_BYTES: u64 = 2 * 1024 * 1024;
/// The largest baseline, in bytes: 64 MiB, which is some 200,000 accepted findings.
pub const MAX_BASELINE_BYTES: u64 = 64 * 1024 * 1024;
/// The most data files of a registry.
pub const MAX_FILES: usize = 100_000;

/// The most dimensions of `dimensions.toml`.
pub const MAX_DIMENSIONS: usize = 200;
/// The most cells of an entity: one a dimension.
pub const MAX_CELLS: usize = MAX_DIMENSIONS;
/// The most sources of a cell.
pub const MAX_EVIDENCE: usize = 100;
/// The most facts of a cell or exception, and the most parts of a cell; also of those that a dimension declares.
pub const MAX_FACTS: usize = 200;
/// The most entries under `retired`, which grow with the years.
pub const MAX_RETIRED: usize = 10_000;
/// The most visits of the pages of one host. So many fill the largest data file.
pub const MAX_VISITS: usize = 10_000;
/// The most items of any other list: flags, reviews, exceptions, models, allowances, domains, former ids and so on.
pub const MAX_ITEMS: usize = 1_000;
/// The most words of a table of an import profile.
pub const MAX_WORDS: usize = 10_000;

/// The longest text, in characters (Unicode code points). A cell of a spreadsheet holds twice as many.
pub const MAX_TEXT_CHARACTERS: usize = 16_000;
/// The longest address, in characters. A link of a spreadsheet holds 2,080.
pub const MAX_URL_CHARACTERS: usize = 2_000;
/// The longest host or domain, in characters, as in the DNS (RFC 1035); so it has at most 127 labels.
pub const MAX_HOST_CHARACTERS: usize = 253;
/// The longest id or key, in characters: file names are made of ids.
pub const MAX_ID_CHARACTERS: usize = 100;

/// The most findings of one rule about one entity that are listed; how many more there are is counted.
pub const MAX_FINDINGS: usize = 2_000;
/// The most findings of one rule about the registry as a whole, or about what changed in it, that are listed; how many
/// more there are is counted.
pub const MAX_FINDINGS_OF_REGISTRY: usize = 10_000;
/// The most findings of one rule about one entity, or of a rule about all, that get a suggestion.
pub const MAX_SUGGESTIONS: usize = 100;
/// The most syntax errors of a file that are listed: beyond that it is no TOML at all.
pub const MAX_SYNTAX_ERRORS: usize = 100;
