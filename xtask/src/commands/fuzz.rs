//! `fuzz`: runs the property tests with new inputs until the time is over, and keeps what fails.

mod binaries;
mod properties;
mod rounds;

use std::fs;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, IsTerminal};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use diagnostics::{closest, count, printable};
use store::StoreError;

use self::binaries::Test;
use self::rounds::{End, Ran};
use crate::cli::{FuzzArguments, Global};
use crate::progress::Progress;
use crate::terminal::{color_out, paint, print};
use crate::{Failure, Outcome};

/// How many lines of a failure are printed; all of them are in its file.
const EXCERPT: usize = 10;

pub(crate) fn run(global: &Global, arguments: &FuzzArguments) -> Result<Outcome, Failure> {
    let root = workspace()?;
    let tests = chosen(binaries::build(&root, &properties::properties(&root)?)?, &arguments.tests)?;
    let jobs =
        arguments.jobs.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZero::<usize>::MIN);
    let first = arguments.seed.unwrap_or_else(new_seed);
    let (end, time) = match arguments.seed {
        Some(_) => (End::Once, "once".to_owned()),
        None => {
            let minutes = Duration::from_secs(60 * arguments.minutes);
            let time = format!("then the next seed, and so on for {} min", arguments.minutes);
            (End::At(Instant::now() + minutes), time)
        }
    };
    let tests_drawn = count(tests.len(), "property test");
    print(format!("{tests_drawn}, {jobs} at a time, with seed {first}, {time}\n").as_bytes())?;
    let mut search = Search::new(global, first, root.join("dist/fuzz"));
    rounds::run(&tests, first, end, jobs, |ran| search.ended(ran))?;
    Ok(search.finish()?)
}

/// The folder of this workspace: above the crate that cargo runs.
fn workspace() -> Result<PathBuf, Failure> {
    let Some(folder) = std::env::var_os("CARGO_MANIFEST_DIR") else {
        return Err(Failure::Usage("fuzz compiles the tests: run it as `cargo xtask fuzz`".to_owned()));
    };
    let root = Path::new(&folder).join("..");
    Ok(root.canonicalize().map_err(StoreError::io("open", &root))?)
}

/// The tests with one of these texts in their names; all of them where there are none.
fn chosen(tests: Vec<Test>, names: &[String]) -> Result<Vec<Test>, Failure> {
    if let Some(name) = names.iter().find(|name| !tests.iter().any(|test| test.name.contains(name.as_str())))
    {
        let functions = || tests.iter().map(Test::function);
        let meant = closest(name, functions()).map(|meant| format!(": did you mean `{meant}`?"));
        let help = meant.unwrap_or_else(|| {
            let all: Vec<_> = tests.iter().map(|test| format!("\n  {}", test.name)).collect();
            format!("; there are{}", all.concat())
        });
        return Err(Failure::Usage(format!("no property test has `{name}` in its name{help}")));
    }
    let is_chosen =
        |test: &Test| names.is_empty() || names.iter().any(|name| test.name.contains(name.as_str()));
    Ok(tests.into_iter().filter(is_chosen).collect())
}

/// A seed that no other run has, short enough to be typed. Hashers of the standard library are seeded by the
/// system.
fn new_seed() -> u64 {
    RandomState::new().build_hasher().finish() % 1_000_000_000
}

/// What the runs have come to so far.
struct Search {
    progress: Progress,
    /// Whether a line is printed every minute, since no terminal shows the progress.
    is_logged: bool,
    color: bool,
    started: Instant,
    minutes: u64,
    first: u64,
    /// Where failures are kept.
    folder: PathBuf,
    last: u64,
    cases: u64,
    failures: usize,
}

impl Search {
    fn new(global: &Global, first: u64, folder: PathBuf) -> Self {
        Self {
            progress: Progress::new(global),
            is_logged: !global.quiet && !io::stderr().is_terminal(),
            color: color_out(global),
            started: Instant::now(),
            minutes: 0,
            first,
            folder,
            last: first,
            cases: 0,
            failures: 0,
        }
    }

    fn ended(&mut self, ran: Option<Ran<'_>>) -> Result<(), Failure> {
        if let Some(Ran { test, seed, failure }) = ran {
            self.last = self.last.max(seed);
            match failure {
                None => self.cases += test.cases,
                Some(output) => self.keep(test, seed, &output)?,
            }
        }
        let counts = self.counts();
        self.progress.stage(&counts);
        let minutes = self.started.elapsed().as_secs() / 60;
        if self.is_logged && minutes > self.minutes {
            self.minutes = minutes;
            print(format!("{minutes} min: {counts}\n").as_bytes())?;
        }
        Ok(())
    }

    fn counts(&self) -> String {
        let rounds = usize::try_from(self.last - self.first).unwrap_or(usize::MAX).saturating_add(1);
        format!("{}, {} cases, {} failed", count(rounds, "round"), self.cases, count(self.failures, "test"))
    }

    /// Writes a failure to a file, and prints what matters of it.
    fn keep(&mut self, test: &Test, seed: u64, output: &str) -> Result<(), Failure> {
        self.failures += 1;
        let again = format!("cargo xtask fuzz --seed {seed} {}", test.function());
        let path = self.folder.join(format!("{}-{seed}.txt", test.function()));
        fs::create_dir_all(&self.folder).map_err(StoreError::io("make the folder", &self.folder))?;
        fs::write(&path, format!("{again}\n\n{output}")).map_err(StoreError::io("write", &path))?;
        let mark = paint(self.color, "1;31", "FAIL");
        let mut text = format!("{mark} {} with seed {seed}\n", test.name);
        for line in excerpt(output) {
            text.push_str(&format!("     {}\n", printable(line)));
        }
        text.push_str(&format!("     kept in {}\n     repeat it with: {again}\n", path.display()));
        Ok(print(text.as_bytes())?)
    }

    fn finish(self) -> io::Result<Outcome> {
        let counts = self.counts();
        drop(self.progress);
        print(format!("{counts}\n").as_bytes())?;
        Ok(if self.failures == 0 { Outcome::Success } else { Outcome::Findings })
    }
}

/// What the output of a failed test says of the reason and the smallest input; its last lines where it does
/// not come from proptest.
fn excerpt(output: &str) -> Vec<&str> {
    let lines: Vec<&str> = output.lines().filter(|line| !line.trim().is_empty()).collect();
    let of_proptest = lines.iter().position(|line| line.starts_with("Test failed: "));
    let from = of_proptest.unwrap_or(lines.len().saturating_sub(EXCERPT));
    let relevant = lines[from..].iter().take_while(|line| !line.starts_with("\tsuccesses: "));
    relevant.take(EXCERPT).copied().collect()
}
