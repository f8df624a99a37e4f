use std::env;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use evidence::{Body, Looks, SourceError, Texts, Wanted};
use model::{Optional, Via};

use super::*;
use crate::commands::recheck::pages::cited;
use crate::commands::recheck::sample;

const PAGES: usize = 500;
const HOSTS: usize = 40;
/// The folder of the run that is killed, for the process that runs it.
const KILLED_RUN: &str = "RECHECK_KILLED_RUN";

fn today() -> Date {
    Date::new(2026, 7, 15).unwrap()
}

fn url(page: usize) -> Url {
    format!("https://h{}.example/{page}", page % HOSTS).parse().unwrap()
}

/// A registry that cites all pages, each with a quote.
fn registry() -> Registry {
    let quote = || Optional::Known("Acme deletes the data.".to_owned());
    let cites =
        |page| model::Evidence { url: url(page).into(), quote: quote(), ..model::Evidence::default() };
    sample::registry((0..PAGES).map(|page| vec![cites(page)]))
}

/// A site of every kind of page, which counts how often it is asked.
#[derive(Clone)]
struct Site {
    asked: Arc<AtomicUsize>,
    /// The process crashes at this page.
    crash: Option<usize>,
    delay: Duration,
}

impl Source for Site {
    fn look(&mut self, wanted: &Wanted<'_>) -> Result<Option<Seen>, SourceError> {
        let asked = self.asked.fetch_add(1, Ordering::Relaxed);
        if Some(asked) == self.crash {
            return Err(SourceError::Other("it crashed".into()));
        }
        sleep(self.delay);
        let page: usize = wanted.url.rest().trim_start_matches('/').parse().unwrap();
        let (status, body) = match page % 7 {
            0 => (404, String::new()),
            1 => (403, String::new()),
            2 => (200, "<div id=root></div><script src=app.js></script>".to_owned()),
            3 => (200, format!("<main><p>Acme keeps the data. Page {page}.</p></main>")),
            _ => (200, format!("<main><p>Acme deletes the data. Page {page}.</p></main>")),
        };
        let outcome = evidence::outcome_of(status);
        Ok(Some(Seen {
            url: wanted.url.clone(),
            outcome,
            on: today(),
            http_status: Some(status),
            via: Via::Direct,
            final_url: (page.is_multiple_of(11))
                .then(|| format!("https://h.example/{page}").parse().unwrap()),
            archived_url: None,
            content_type: Some("text/html".to_owned()),
            body: if outcome == FetchOutcome::Ok { Body::Bytes(body.into()) } else { Body::Absent },
            reason: None,
        }))
    }
}

fn site(crash: Option<usize>) -> Site {
    Site { asked: Arc::new(AtomicUsize::new(0)), crash, delay: Duration::ZERO }
}

fn run(folder: &Path, site: &Site) -> Result<Vec<Looked>, RecheckError> {
    let registry = registry();
    let kept = Evidence {
        folder: folder.to_owned(),
        texts: Texts::new(folder),
        looks: Looks::new(folder.join("looks")),
    };
    let site = site.clone();
    let sources = Sources::Live { source: Box::new(move || Box::new(site.clone())), at_a_time: 4 };
    look_at(&registry, &cited(&registry), sources, &kept, today(), Arc::default())
}

/// What came of a run, without what differs between two programs that did the same.
fn result(seen: &[Looked]) -> Vec<String> {
    seen.iter().map(|one| format!("{one:?}")).collect()
}

#[test]
fn a_run_that_crashed_continues_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let whole = run(&folder.path().join("whole"), &site(None)).unwrap();
    assert_eq!(whole.len(), PAGES);
    let crashed = folder.path().join("crashed");
    let mut asked = 0;
    for after in [0, 1, 120, 60] {
        let site = site(Some(after));
        assert!(matches!(run(&crashed, &site), Err(RecheckError::Source(_))));
        // Each look but the one that crashed is kept.
        asked += site.asked.load(Ordering::Relaxed) - 1;
    }
    let site = site(None);
    assert_eq!(result(&run(&crashed, &site).unwrap()), result(&whole));
    assert_eq!(asked + site.asked.load(Ordering::Relaxed), PAGES);
    let again = self::site(None);
    assert_eq!(result(&run(&crashed, &again).unwrap()), result(&whole));
    assert_eq!(again.asked.load(Ordering::Relaxed), 0, "all is known");
}

/// The process that is killed: it does nothing in an ordinary run of the tests.
#[test]
fn the_run_that_is_killed() {
    if let Some(folder) = env::var_os(KILLED_RUN) {
        let site = Site { delay: Duration::from_millis(3), ..site(None) };
        run(Path::new(&folder), &site).unwrap();
    }
}

#[test]
fn a_run_that_was_killed_continues_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let killed = folder.path().join("killed");
    // What a killed process was writing has another name.
    let is_whole = |path: &Path| path.extension().is_some_and(|extension| extension == "zst");
    let looks = || {
        let files = std::fs::read_dir(killed.join("looks")).into_iter().flatten();
        files.filter(|file| is_whole(&file.as_ref().unwrap().path())).count()
    };
    let mut kills = 0;
    while looks() < PAGES / 2 {
        let before = looks();
        let name = "commands::recheck::looking::tests::the_run_that_is_killed";
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", name])
            .env(KILLED_RUN, &killed)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        while looks() < before + 20 && child.try_wait().unwrap().is_none() {
            sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        kills += 1;
    }
    assert!(kills > 1, "{kills}");
    let (known, site) = (looks(), site(None));
    let whole = run(&folder.path().join("whole"), &self::site(None)).unwrap();
    assert_eq!(result(&run(&killed, &site).unwrap()), result(&whole));
    assert_eq!(site.asked.load(Ordering::Relaxed), PAGES - known);
}
