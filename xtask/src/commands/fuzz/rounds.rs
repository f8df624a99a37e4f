//! Runs tests in rounds, each with its own seed, several at a time.

use std::io::{self, PipeReader, Read};
use std::num::NonZero;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use cli::Failure;
use store::StoreError;

use super::binaries::Test;

/// How long one run of a test may take.
const LIMIT: Duration = Duration::from_secs(1800);
/// How long proptest may look for a smaller input that fails, in milliseconds.
const SHRINK: &str = "120000";

/// When the rounds end.
#[derive(Debug, Clone, Copy)]
pub(super) enum End {
    /// After one round.
    Once,
    /// When no time is left. What runs then is still finished.
    At(Instant),
}

/// One run of a test.
pub(super) struct Ran<'a> {
    pub(super) test: &'a Test,
    pub(super) seed: u64,
    /// The output of the test, if it failed.
    pub(super) failure: Option<String>,
}

/// Runs the tests in rounds: the first with the first seed, each later one with the next seed. A test that
/// failed is not run again. Calls `ended` after every run, and with `None` every second without one.
pub(super) fn run<'a>(
    tests: &'a [Test],
    first: u64,
    end: End,
    jobs: NonZero<usize>,
    mut ended: impl FnMut(Option<Ran<'a>>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let next = AtomicU64::new(0);
    let failed: Vec<AtomicBool> = tests.iter().map(|_| AtomicBool::new(false)).collect();
    let is_over = |round: u64| match end {
        End::Once => round > 0,
        End::At(time) => Instant::now() >= time || failed.iter().all(|failed| failed.load(Ordering::Relaxed)),
    };
    let work = |results: mpsc::Sender<Result<Ran<'a>, StoreError>>| {
        loop {
            let turn = next.fetch_add(1, Ordering::Relaxed);
            let (round, at) = (turn / tests.len() as u64, (turn % tests.len() as u64) as usize);
            if is_over(round) {
                break;
            }
            if failed[at].load(Ordering::Relaxed) {
                continue;
            }
            let (test, seed) = (&tests[at], first.wrapping_add(round));
            let ran = run_one(test, seed).map(|failure| Ran { test, seed, failure });
            let ran = ran.map_err(StoreError::io("run", &test.binary));
            failed[at].fetch_or(ran.as_ref().is_ok_and(|ran| ran.failure.is_some()), Ordering::Relaxed);
            if results.send(ran).is_err() {
                break;
            }
        }
    };
    thread::scope(|scope| {
        let (results, ran) = mpsc::channel();
        for _ in 0..jobs.get() {
            let results = results.clone();
            scope.spawn(|| work(results));
        }
        drop(results);
        loop {
            match ran.recv_timeout(Duration::from_secs(1)) {
                Ok(ran) => ended(Some(ran?))?,
                Err(RecvTimeoutError::Timeout) => ended(None)?,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    })
}

/// Runs a test once, and returns its output if it fails or takes too long. Each run is a process of its
/// own, so that one that aborts or never ends is known by its name.
fn run_one(test: &Test, seed: u64) -> io::Result<Option<String>> {
    let (reader, writer) = io::pipe()?;
    let mut child = Command::new(&test.binary)
        .args(["--exact", &test.path])
        .current_dir(&test.folder)
        .env_remove("PROPTEST_CASES")
        .env("PROPTEST_RNG_SEED", seed.to_string())
        .env("PROPTEST_MAX_SHRINK_TIME", SHRINK)
        .env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "1")
        .stdin(Stdio::null())
        .stdout(writer.try_clone()?)
        .stderr(writer)
        .spawn()?;
    let output = thread::spawn(move || read(reader));
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if started.elapsed() > LIMIT {
            child.kill()?;
            child.wait()?;
            // Its output is not waited for: what the test started may still hold it open.
            return Ok(Some(format!("stopped after {} minutes\n", LIMIT.as_secs() / 60)));
        }
        thread::sleep(Duration::from_millis(5));
    };
    let output = output.join().unwrap_or_default();
    Ok((!status.success()).then(|| format!("{output}\n{status}\n")))
}

/// What comes out of a process; what is not UTF-8 is replaced.
fn read(mut reader: PipeReader) -> String {
    let mut output = Vec::new();
    // Whether the test failed is known without its output.
    let _ = reader.read_to_end(&mut output);
    String::from_utf8_lossy(&output).into_owned()
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;

    /// A seed that no search begins with.
    const FAULTY: u64 = u64::MAX;

    proptest! {
        #[test]
        fn one_seed_fails(number in 0..100_u32) {
            let seed = env::var("PROPTEST_RNG_SEED").unwrap_or_default();
            prop_assert!(seed != FAULTY.to_string() || number < 10);
        }
    }

    /// The seeds of the runs, and the smallest input of each that failed.
    fn runs(first: u64, end: End) -> Vec<(u64, Option<String>)> {
        let test = Test {
            name: "xtask::one_seed_fails".to_owned(),
            path: "commands::fuzz::rounds::tests::one_seed_fails".to_owned(),
            cases: 256,
            binary: env::current_exe().unwrap(),
            folder: Path::new(env!("CARGO_MANIFEST_DIR")).into(),
        };
        let input = |output: String| {
            let of = |line: &str| Some(line.split_once("minimal failing input: ")?.1.to_owned());
            output.lines().find_map(of).unwrap_or_default()
        };
        let mut runs = Vec::new();
        let ended = |ran: Option<Ran<'_>>| {
            runs.extend(ran.map(|ran| (ran.seed, ran.failure.map(input))));
            Ok(())
        };
        super::run(&[test], first, end, NonZero::<usize>::MIN, ended).unwrap();
        runs
    }

    #[test]
    fn each_round_has_the_next_seed_until_all_tests_failed() {
        let in_an_hour = End::At(Instant::now() + Duration::from_secs(3600));
        let failed = Some("number = 10".to_owned());
        assert_eq!(runs(FAULTY - 2, in_an_hour), [(FAULTY - 2, None), (FAULTY - 1, None), (FAULTY, failed)]);
    }

    #[test]
    fn a_seed_gives_the_same_failure_again() {
        assert_eq!(runs(FAULTY, End::Once), [(FAULTY, Some("number = 10".to_owned()))]);
        assert_eq!(runs(0, End::Once), [(0, None)]);
        assert_eq!(runs(0, End::At(Instant::now())), []);
    }
}
