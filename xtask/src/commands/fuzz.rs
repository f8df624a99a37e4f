//! `fuzz`: runs the property tests with new inputs until the time is over, and keeps what fails.

mod binaries;
mod properties;
mod rounds;
mod search;

use std::hash::{BuildHasher, Hasher, RandomState};
use std::num::NonZero;
use std::thread;
use std::time::{Duration, Instant};

use cli::terminal::print;
use cli::{Failure, Global, Outcome};
use diagnostics::{closest, count};

use self::binaries::Test;
use self::rounds::End;
use self::search::Search;
use crate::arguments::FuzzArguments;
use crate::cargo;

pub(crate) fn run(global: &Global, arguments: &FuzzArguments) -> Result<Outcome, Failure> {
    let root = cargo::workspace()?;
    let tests = chosen(binaries::build(&root, &properties::properties(&root)?)?, &arguments.tests)?;
    if arguments.list {
        let lines = tests.iter().map(|test| format!("{:>5} {}\n", test.cases, test.name));
        print(&lines.collect::<String>())?;
        return Ok(Outcome::Success);
    }
    let jobs =
        arguments.jobs.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZero::<usize>::MIN);
    let (first, end, rounds) = match arguments.seed {
        Some(seed) => (seed, End::Once, format!("one round with seed {seed}")),
        None => {
            let (seed, minutes) = (new_seed(), arguments.minutes);
            let end = End::At(Instant::now() + Duration::from_secs(60 * minutes));
            (
                seed,
                end,
                format!("for {minutes} min; the first round has seed {seed}, each later one the next"),
            )
        }
    };
    print(&format!("{}, {jobs} at a time, {rounds}\n", count(tests.len(), "property test")))?;
    let mut search = Search::new(global, first, root);
    rounds::run(&tests, first, end, jobs, |ran| search.ended(ran))?;
    Ok(search.finish()?)
}

/// The tests with one of these texts in their names; all of them where there are none.
fn chosen(tests: Vec<Test>, names: &[String]) -> Result<Vec<Test>, Failure> {
    let has = |test: &Test, name: &String| test.name.contains(name.as_str());
    if let Some(name) = names.iter().find(|name| !tests.iter().any(|test| has(test, name))) {
        let functions = tests.iter().map(|test| test.path.rsplit("::").next().unwrap_or(&test.path));
        let help = match closest(name, functions) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`cargo xtask fuzz --list` lists them".to_owned(),
        };
        return Err(Failure::Usage(format!("no property test has `{name}` in its name: {help}")));
    }
    let is_chosen = |test: &Test| names.is_empty() || names.iter().any(|name| has(test, name));
    Ok(tests.into_iter().filter(is_chosen).collect())
}

/// A new seed, short enough to be typed: the system gives each of these hashers a new seed.
fn new_seed() -> u64 {
    RandomState::new().build_hasher().finish() % 1_000_000_000
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn tests_are_chosen_by_any_part_of_their_names() {
        let test = |name: &str| Test {
            name: name.to_owned(),
            path: name.to_owned(),
            cases: 1,
            binary: PathBuf::new(),
            folder: PathBuf::new(),
        };
        let names = |names: &[&str]| {
            let tests = vec![test("model::list::lists_read_back"), test("import::tables_read_back")];
            let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
            let tests = chosen(tests, &names).map_err(|failure| failure.to_string())?;
            Ok(tests.into_iter().map(|test| test.name).collect::<Vec<_>>().join(" "))
        };
        let both = "model::list::lists_read_back import::tables_read_back".to_owned();
        assert_eq!(names(&[]), Ok(both.clone()));
        assert_eq!(names(&["read_back"]), Ok(both));
        assert_eq!(names(&["import::"]), Ok("import::tables_read_back".to_owned()));
        let unknown = "no property test has `list_reads_back` in its name: did you mean `lists_read_back`?";
        assert_eq!(names(&["import::", "list_reads_back"]), Err(unknown.to_owned()));
    }
}
