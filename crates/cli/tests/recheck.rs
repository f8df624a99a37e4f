//! `recheck` against archives, run as a user runs it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const DPA: &str = "https://acme.example/dpa";
const QUOTE: &str = "Acme processes personal data only on documented instructions.";

struct Registry {
    folder: tempfile::TempDir,
}

struct Run {
    status: i32,
    stdout: String,
    stderr: String,
}

impl Registry {
    /// The example registry, in which a cell quotes its page.
    fn new() -> Self {
        let registry = Self { folder: tempfile::tempdir().unwrap() };
        let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/base");
        copy(&base, &registry.path("data"));
        let text = registry.platform();
        let archived = format!("archived_url = \"https://archive.example/20260601000000/{DPA}\"");
        assert_eq!(text.matches(&archived).count(), 1);
        let quoted = text.replace(&archived, &format!("quote = \"{QUOTE}\"\n{archived}"));
        fs::write(registry.path("data/platforms/acme-cloud.toml"), quoted).unwrap();
        registry
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn platform(&self) -> String {
        fs::read_to_string(self.path("data/platforms/acme-cloud.toml")).unwrap()
    }

    fn run_on(&self, day: &str, arguments: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trustreg"));
        command.args(["--today", day]).args(arguments).current_dir(self.folder.path());
        let output = command.env("COLUMNS", "100").env("NO_COLOR", "1").output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run {
            status: output.status.code().unwrap(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    fn run(&self, arguments: &[&str]) -> Run {
        self.run_on("2026-07-15", arguments)
    }

    /// Commands as they are typed, with what each prints.
    fn transcript(&self, day: &str, commands: &[&[&str]]) -> String {
        let transcript = commands.iter().map(|arguments| {
            let run = self.run_on(day, arguments);
            let folder = self.folder.path().to_string_lossy().into_owned();
            let shown = |text: &str| text.replace(&folder, "[FOLDER]");
            format!(
                "$ {}\n{}{}=> {}\n\n",
                shown(&arguments.join(" ")),
                shown(&run.stdout),
                shown(&run.stderr),
                run.status
            )
        });
        transcript.collect()
    }

    /// Commits a version of the addendum to the git archive.
    fn archive(&self, day: &str, text: &str) {
        let declared =
            format!(r#"{{"name": "Acme", "terms": {{"Data Processing Addendum": {{"fetch": "{DPA}"}}}}}}"#);
        commit(&self.path("declarations"), "2026-01-01", "declarations/Acme.json", &declared);
        commit(&self.path("versions"), day, "Acme/Data Processing Addendum.md", text);
    }
}

const FROM_GIT: [&str; 8] = [
    "recheck",
    "platform:acme-cloud/gdpr_dpa",
    "--git",
    "versions",
    "--declarations",
    "declarations",
    "--published",
    "https://github.com/archive/versions",
];

fn from_git<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&FROM_GIT, more].concat()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn commit(folder: &Path, day: &str, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        for role in ["AUTHOR", "COMMITTER"] {
            command
                .env(format!("GIT_{role}_NAME"), "archive")
                .env(format!("GIT_{role}_EMAIL"), "a@example.com");
            command.env(format!("GIT_{role}_DATE"), format!("{day}T10:00:00Z"));
        }
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        let output = command.arg("-C").arg(folder).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    if !folder.join(".git").exists() {
        git(&["init", "--quiet", "."]);
    }
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--allow-empty", "-m", "Record new changes"]);
}

fn document(words: &str) -> String {
    format!("# Data Processing Addendum\n\n1. {QUOTE}\n2. {words}\n")
}

#[test]
fn a_page_that_did_not_change_and_then_lost_its_quote() {
    let registry = Registry::new();
    registry.archive("2026-06-20", &document("Acme deletes the data after **30 days**."));
    let before = registry.platform();
    let (plan, write) = (from_git(&[]), from_git(&["--write"]));
    let mut transcript = registry.transcript("2026-07-15", &[&plan]);
    assert!(!registry.path("data/visits").exists(), "a plan writes no data");
    transcript += &registry.transcript("2026-07-15", &[&write, &write]);
    assert_eq!(registry.platform(), before, "nothing is missing");
    transcript += &fs::read_to_string(registry.path("data/visits/acme.example.toml")).unwrap();
    transcript += "\n";

    registry.archive("2026-07-01", &document("Acme deletes the data after 14 days."));
    transcript += &registry.transcript("2026-07-20", &[&write, &["recheck", "--diff", DPA]]);

    registry
        .archive("2026-07-05", "# Data Processing Addendum\n\nAcme processes data on any instructions.\n");
    transcript += &registry.transcript("2026-07-25", &[&write, &write]);
    let reason = ["--by", "Jane Roe", "--reason", "The sentence moved to the annex."];
    let dismiss = [&["dismiss", "platform:acme-cloud/gdpr_dpa", "--write"], &reason[..]].concat();
    transcript += &registry.transcript("2026-07-26", &[&dismiss, &write]);
    let lint = registry.run_on("2026-07-26", &["lint", "--deny", "warnings"]);
    assert_eq!(lint.status, 0, "{}", lint.stdout);
    insta::assert_snapshot!(transcript);
}

/// A WARC record of an answer to a request.
fn record(url: &str, day: &str, status: &str, headers: &str, body: &str) -> String {
    let http = format!("HTTP/1.1 {status}\r\nContent-Type: text/html\r\n{headers}\r\n{body}");
    format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: {day}T10:00:00Z\r\n\
         WARC-Record-ID: <urn:uuid:{:032x}>\r\nContent-Type: application/http; msgtype=response\r\n\
         Content-Length: {}\r\n\r\n{http}\r\n\r\n",
        url.len() * 1000 + day.len(),
        http.len()
    )
}

#[test]
fn refused_is_not_gone_and_a_moved_page_is_flagged() {
    let registry = Registry::new();
    let page = |words: &str| format!("<html><body><main><h1>Page</h1><p>{words}</p></main></body></html>");
    let day = "2026-07-10";
    let shell = "<div id=root></div><script src=app.js></script>";
    let crawl = [
        record(DPA, day, "403 Forbidden", "", "no"),
        record("https://acme.example/baa", day, "404 Not Found", "", "no"),
        record("https://acme.example/training", day, "301 Moved", "Location: /legal/training\r\n", ""),
        record("https://acme.example/legal/training", day, "200 OK", "", &page("We do not train.")),
        record("https://acme.example/regions", day, "200 OK", "", shell),
        record("https://acme.example/soc2", day, "200 OK", "", &page("A report of type II.")),
    ];
    fs::write(registry.path("crawl.warc"), crawl.concat()).unwrap();
    let recheck = ["recheck", "--host", "acme.example", "--warc", "crawl.warc"];
    let document = registry.run(&[&recheck[..], &["--format", "json"]].concat());
    let document: serde_json::Value = serde_json::from_str(&document.stdout).unwrap();
    let pages = document["pages"].as_array().unwrap();
    let line = |page: &serde_json::Value| {
        let flags = page["flags"].as_array().unwrap().iter().map(|flag| flag["kind"].as_str().unwrap());
        let text = |key: &str| page[key].as_str().unwrap();
        format!("{} {} {:?}", text("url"), text("outcome"), flags.collect::<Vec<_>>())
    };
    let seen = pages.iter().filter(|page| page["seen"] == true).map(line);
    insta::assert_snapshot!(seen.collect::<Vec<_>>().join("\n"), @r#"
    https://acme.example/baa not_found ["page-gone"]
    https://acme.example/dpa blocked []
    https://acme.example/regions unreadable []
    https://acme.example/soc2 ok []
    https://acme.example/training ok ["moved"]
    "#);
    insta::assert_snapshot!(registry.transcript("2026-07-15", &[&[&recheck[..], &["--write"]].concat()]));
    let lint = registry.run(&["lint", "--format", "json"]);
    let findings: serde_json::Value = serde_json::from_str(&lint.stdout).unwrap();
    assert_eq!(findings["summary"]["errors"], 0, "{}", lint.stdout);
}

/// The flag quotes the page, in which there is an e-mail address that the rules warn of.
#[test]
fn json_is_alone_on_standard_output() {
    let registry = Registry::new();
    let words = QUOTE.replace("personal data", "privacy@acme.example data");
    registry.archive("2026-06-20", &format!("# Addendum\n\n{words}\n"));
    for more in [&["--format", "json"][..], &["--format", "json", "--write"]] {
        let run = registry.run(&from_git(more));
        let document: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let flag = &document["pages"][0]["flags"][0];
        assert!(flag["what"].as_str().unwrap().contains("privacy@acme.example"), "{}", run.stdout);
    }
}

#[test]
fn a_run_in_which_most_pages_are_worse_records_nothing() {
    let registry = Registry::new();
    let list = registry.run(&["recheck", "--all", "--list"]).stdout;
    assert!(list.lines().count() < 20 && list.contains(DPA), "too few to say anything about a run: {list}");
    let path = registry.path("data/offerings/acme-chat.toml");
    let offering = fs::read_to_string(&path).unwrap();
    let url = |at: usize| format!("https://h{at}.example/");
    let evidence = |at| {
        format!(
            "\n[[cells.soc2_type2.evidence]]\nurl = \"{}\"\ntitle = \"Page\"\nrole = \"secondary\"\n",
            url(at)
        )
    };
    let at = offering.find("\n[cells.retention_zdr]").unwrap();
    let more: String = (0..20).map(evidence).collect();
    fs::write(&path, format!("{}{more}{}", &offering[..at], &offering[at..])).unwrap();
    let gone: String = (0..20).map(|at| record(&url(at), "2026-07-10", "404 Not Found", "", "")).collect();
    fs::write(registry.path("crawl.warc"), gone).unwrap();
    let transcript =
        registry.transcript("2026-07-15", &[&["recheck", "--all", "--warc", "crawl.warc", "--write"]]);
    assert!(!registry.path("data/visits").exists());
    insta::assert_snapshot!(transcript);
}

#[test]
fn what_cannot_be_is_refused_with_what_can() {
    let registry = Registry::new();
    fs::write(registry.path("no.warc"), "nonsense").unwrap();
    insta::assert_snapshot!(registry.transcript(
        "2026-07-15",
        &[
            &["recheck"],
            &["recheck", "--host", "acme.exmaple"],
            &["recheck", "acme-cat"],
            &["recheck", "--all", "--warc", "no.warc"],
            &["recheck", "--all", "--warc", "none.warc"],
            &["recheck", "--all", "--git", "data"],
            &["recheck", "--due", "0", "--list"],
            &["recheck", "--diff", DPA],
        ]
    ));
}
