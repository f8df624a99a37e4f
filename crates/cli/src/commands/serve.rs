//! `serve`: preview the site. Pages are rendered as they are asked for, from the data as they are.

mod clients;
mod http;
mod watch;

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use diagnostics::human::{Renderer, Style};
use diagnostics::{Report, Severity, command, count};
use export::{Hashed, OutputFile, Site};
use lint::{Linter, Selection};
use model::Date;
use registry::{Files, judge};
use store::FileLocator;

use self::clients::Request;
use self::http::Answer;
use self::watch::Watch;
use super::export::site::{Parts, tables};
use crate::arguments::ServeArguments;
use crate::findings::{Limits, findings};
use crate::folder::Folder;
use crate::global::Global;
use crate::terminal::{color_out, note, print, print_styled, width};
use crate::{Failure, Outcome};

/// How often the data folder is looked at.
const LOOK: Duration = Duration::from_millis(300);

/// The script that a preview adds to each page: it asks which state of the data is shown, and loads the
/// page again when that changes.
const SCRIPT: &str = "preview.js";

/// Where the script asks.
const STATE: &str = "preview-state";

/// Serves the site on this machine until the command is stopped.
pub(crate) fn run(global: &Global, arguments: &ServeArguments) -> Result<Outcome, Failure> {
    let folder = Folder::open(global)?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port)).map_err(|error| {
        Failure::Usage(format!(
            "cannot listen on port {}: {error}: choose another with --port",
            arguments.port
        ))
    })?;
    let address = listener.local_addr()?;
    let mut watch = Watch::new(&folder.tree);
    let mut preview = Preview::read(global, &folder)?;
    tell_findings(global, &folder)?;
    print(&format!("http://{address}/\n"))?;
    note(global, "pages reload when the data change; stop with Ctrl-C");
    let requests = clients::listen(listener, address.port());
    for state in 0_u64.. {
        let locator = FileLocator::new(&folder.tree, folder.in_repository());
        let site = preview.parts.site(Some(&locator), Some(SCRIPT));
        let mut documents = export::json(&preview.parts.edition).files;
        documents.extend(tables(&preview.parts.edition));
        let next = loop {
            until_changed(&requests, &mut watch, |request| {
                let answer = caught(|| answer(&request.path, &site, &documents, &preview.beside, state));
                request.answer(answer.unwrap_or_else(|| Answer::refused("500 Internal Server Error")));
            });
            // A good state stays in sight until there is another.
            match caught(|| Preview::next(global, &folder)) {
                Some(Ok(Some(next))) => break next,
                Some(Ok(None)) => {}
                Some(Err(Failure::Output(error))) => return Err(error.into()),
                Some(Err(failure)) => note(global, &failure.to_string()),
                None => note(
                    global,
                    "this is a bug in the program, please report it with the file that you saved",
                ),
            }
            note(global, "pages show the last good state until every file can be read");
        };
        drop(documents);
        preview = next;
        note(global, "the data have changed");
    }
    Ok(Outcome::Success)
}

/// What a work gives; nothing where it panics. A preview runs for days, and a fault that one state of the data
/// brings to light must not end it.
fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    panic::catch_unwind(AssertUnwindSafe(work)).ok()
}

/// What is previewed: the parts of the site, and the files beside its pages that are not made as they are asked for.
struct Preview {
    parts: Parts,
    beside: BTreeMap<String, Arc<Vec<u8>>>,
}

impl Preview {
    /// The state of the data after a change, with the errors in it printed; nothing where not every file
    /// could be read whole.
    fn next(global: &Global, folder: &Folder) -> Result<Option<Self>, Failure> {
        let is_whole = tell_findings(global, folder)?;
        is_whole.then(|| Self::read(global, folder)).transpose()
    }

    fn read(global: &Global, folder: &Folder) -> Result<Self, Failure> {
        let mut parts = Parts::read(global, folder)?;
        let mut beside = BTreeMap::new();
        parts.beside(global, |files| {
            let made = files.iter().filter_map(|file| Some((file.path.clone(), file.made()?)));
            beside.extend(made.map(|(path, bytes)| (path, Arc::new(bytes.to_vec()))));
            files.iter().map(|file| Ok(size(file)?)).collect()
        })?;
        Ok(Self { parts, beside })
    }
}

/// Has requests answered until the data folder changes.
fn until_changed(requests: &Receiver<Request>, watch: &mut Watch<'_>, mut answer: impl FnMut(Request)) {
    let mut looked = Instant::now();
    loop {
        match requests.recv_timeout(LOOK) {
            Ok(request) => answer(request),
            Err(RecvTimeoutError::Timeout) => {}
            // The listener ends only with the process.
            Err(RecvTimeoutError::Disconnected) => return,
        }
        if looked.elapsed() >= LOOK {
            looked = Instant::now();
            if watch.has_changed() {
                return;
            }
        }
    }
}

/// The size of a file in bytes.
fn size(file: &OutputFile<'_>) -> io::Result<usize> {
    let mut out = Hashed::new(io::sink());
    file.write(&mut out)?;
    Ok(out.end()?.1)
}

/// What a path of the site shows.
fn answer(
    path: &str,
    site: &Site<'_>,
    documents: &[OutputFile<'_>],
    beside: &BTreeMap<String, Arc<Vec<u8>>>,
    state: u64,
) -> Answer {
    if path == SCRIPT {
        return Answer::found(SCRIPT, include_bytes!("serve/preview.js").to_vec());
    }
    if path == STATE {
        return Answer::found("state.txt", state.to_string().into_bytes());
    }
    let name =
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    if let Some(file) = site.file(&name) {
        return Answer::found(&name, site.render(file).into_owned());
    }
    if let Some(file) = documents.iter().find(|file| file.path == name) {
        return Answer::found(&name, file.bytes().into_owned());
    }
    if let Some(bytes) = beside.get(&name) {
        return Answer::found(&name, Arc::clone(bytes));
    }
    if site.file(&format!("{path}/index.html")).is_some() {
        return Answer::moved(&format!("{path}/"));
    }
    let page = site.file("404.html").map(|file| site.render(file).into_owned());
    Answer::missing(page.unwrap_or_default())
}

/// Prints the errors in the data. Gives whether every file could be read whole.
fn tell_findings(global: &Global, folder: &Folder) -> Result<bool, Failure> {
    let today = global.today.unwrap_or_else(Date::today);
    let judged = judge(Files::open(&folder.tree)?, None, &Linter::new(Selection::default()), today)?;
    let locator = FileLocator::new(&folder.tree, folder.prefix.clone());
    let is_whole = judged.counts.partial == 0;
    let mut report = Report::new(judged.findings, judged.counts, &locator);
    report.keep(|finding| finding.severity == Severity::Error);
    if !report.findings.is_empty() {
        let style = Style { color: color_out(global), width: width(), rule_pages: None };
        let rest = format!("that `{} lint` reports", command());
        let limits = Limits { all: false, errors_first: false, max: Some((MOST, &rest)) };
        let told = findings(global, &report, Renderer::new(&locator, style), limits);
        print_styled(color_out(global), &told)?;
        note(global, &format!("{} in the data", count(report.findings.len(), "error")));
    }
    Ok(is_whole)
}

/// The most errors that are printed after a change.
const MOST: usize = 10;
