//! The property tests of the workspace, as its sources name them: the functions of `proptest!` blocks.

use std::fs;
use std::path::{Path, PathBuf};

use cli::Failure;
use store::StoreError;

/// Where sources are.
const FOLDERS: [&str; 3] = ["crates", "tests", "xtask"];

/// A property test.
#[derive(Debug)]
pub(super) struct Property {
    /// The source that holds it.
    pub(super) source: PathBuf,
    /// The name of its function.
    pub(super) function: String,
    /// How many inputs it draws in a run.
    pub(super) cases: u64,
}

/// Returns the property tests of the workspace.
pub(super) fn properties(root: &Path) -> Result<Vec<Property>, Failure> {
    let mut sources = Vec::new();
    for folder in FOLDERS {
        collect(&root.join(folder), "rs", &mut sources)?;
    }
    let mut all = Vec::new();
    for path in sources {
        let source = fs::read_to_string(&path).map_err(StoreError::io("read", &path))?;
        let functions =
            in_source(&source).map_err(|message| Failure::Usage(format!("{}: {message}", path.display())))?;
        let property = |(function, cases)| Property { source: path.clone(), function, cases };
        all.extend(functions.into_iter().map(property));
    }
    Ok(all)
}

/// Collects the files with an extension in a folder and below.
fn collect(folder: &Path, extension: &str, files: &mut Vec<PathBuf>) -> Result<(), StoreError> {
    let failed = || StoreError::io("read the folder", folder);
    for entry in fs::read_dir(folder).map_err(failed())? {
        let path = entry.map_err(failed())?.path();
        if path.is_dir() {
            collect(&path, extension, files)?;
        } else if path.extension().is_some_and(|own| own == extension) {
            files.push(path);
        }
    }
    Ok(())
}

/// The number of cases that proptest draws where a block does not say it.
const CASES: u64 = 256;

/// The functions of one source that are property tests, and how many cases each draws. The source is laid out
/// as rustfmt does. What this could not read is an error, so that no property test is missed.
fn in_source(source: &str) -> Result<Vec<(String, u64)>, String> {
    let mut all = Vec::new();
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        let inside = line.trim_start();
        if !inside.starts_with("proptest!") {
            continue;
        }
        if inside != "proptest! {" {
            return Err(format!("write `proptest! {{` on its own line instead of `{inside}`"));
        }
        let indent = &line[..line.len() - inside.len()];
        let mut cases = CASES;
        for line in lines.by_ref() {
            let Some(inside) = line.strip_prefix(indent) else { continue };
            if inside == "}" {
                break;
            }
            let inside = inside.strip_prefix("    ").unwrap_or_default();
            if inside.starts_with("#![") {
                let number = inside.strip_prefix("#![proptest_config(ProptestConfig::with_cases(");
                let number = number.and_then(|rest| rest.strip_suffix("))]")?.replace('_', "").parse().ok());
                cases = number.ok_or_else(|| {
                    format!(
                        "write `#![proptest_config(ProptestConfig::with_cases(N))]` instead of `{inside}`"
                    )
                })?;
            } else if let Some((name, _)) = inside.strip_prefix("fn ").and_then(|rest| rest.split_once('(')) {
                all.push((name.to_owned(), cases));
            }
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use std::env;

    use proptest::test_runner::{Config, RngSeed};

    use super::*;

    #[test]
    fn functions_of_blocks_are_property_tests() {
        let source = "mod tests {\n    proptest! {\n        #![proptest_config(ProptestConfig::with_cases(2_000))]\n\n        \
             #[test]\n        fn one(a in 0..2) {\n            fn inner() {}\n        }\n\n        #[test]\n        \
             fn two(\n            a in 0..2,\n        ) {}\n    }\n\n    fn three() {}\n}\n";
        let both = [("one".to_owned(), 2_000), ("two".to_owned(), 2_000)];
        assert_eq!(in_source(source), Ok(both.to_vec()));
        let seeded = source
            .replace("::with_cases(2_000)", " { rng_seed: RngSeed::Random, ..ProptestConfig::default() }");
        assert!(in_source(&seeded).unwrap_err().contains("with_cases(N)"));
        let closure = source.replace("proptest! {", "proptest!(|(a in 0..2)| {");
        assert!(in_source(&closure).unwrap_err().contains("on its own line"));
    }

    #[test]
    fn every_property_test_of_the_workspace_draws_from_the_fixed_seed() {
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
        let all = properties(root).unwrap_or_else(|failure| panic!("{failure}"));
        assert!(
            all.iter().any(|property| property.function == "any_text_is_shown_whole_and_harmless"),
            "{all:?}"
        );

        // Seeds that failed once, which proptest keeps by itself: they mean something else after the next change.
        let mut kept = Vec::new();
        FOLDERS
            .iter()
            .for_each(|folder| collect(&root.join(folder), "proptest-regressions", &mut kept).unwrap());
        assert!(kept.is_empty(), "write the inputs of {kept:?} as tests and remove the files");

        // Cargo sets what this file says wherever it runs a test of this repository.
        let config = fs::read_to_string(root.join(".cargo/config.toml")).unwrap();
        let config = toml::de::DeTable::parse(&config).unwrap();
        let seed = config.get_ref()["env"].get_ref()["PROPTEST_RNG_SEED"].get_ref();
        assert!(seed.as_str().unwrap().parse::<u64>().is_ok());
        if let Ok(seed) = env::var("PROPTEST_RNG_SEED") {
            assert_eq!(Config::default().rng_seed, RngSeed::Fixed(seed.parse().unwrap()));
            assert_eq!(Config::with_cases(3).rng_seed, RngSeed::Fixed(seed.parse().unwrap()));
        }
    }
}
