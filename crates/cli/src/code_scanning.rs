//! SARIF of a command: its findings, the rules, the tool, the repository and the commit.

use std::env;
use std::io::{self, Write};

use diagnostics::Report;
use diagnostics::sarif::{self, Analysis, Automation, Commit, Tool};
use model::RegistryInfo;
use store::{Repository, Source};

use crate::azure_pipelines::pipeline;
use crate::folder::Folder;
use crate::pages;

/// The state that was judged.
#[derive(Clone, Copy)]
pub(crate) struct Judged<'a> {
    /// Its files.
    pub(crate) source: &'a dyn Source,
    /// What the registry is.
    pub(crate) info: &'a RegistryInfo,
    /// Whether it is that of the work tree, which may be named by its commit.
    pub(crate) is_checked_out: bool,
}

/// Writes the findings of a command as one document, with paths from the top of the repository.
pub(crate) fn write(
    out: &mut dyn Write,
    command: &str,
    report: &Report,
    judged: Judged<'_>,
    folder: &Folder,
) -> io::Result<()> {
    // Where git cannot say what it knows, the document says less.
    let repository = Repository::of(folder.absolute()).ok();
    let remote = repository.as_ref().and_then(|repository| repository.remote().ok().flatten());
    let stated = judged.info.repository_url.known().map(|url| url.as_str().to_owned());
    let pages = pages::public_address(judged.info, remote.as_deref(), folder.repository());
    let name = format!("Trust Registry {command}");
    let own = || Automation {
        id: format!("registry-{command}/{}", folder.in_repository()),
        properties: Vec::new(),
    };
    let home = stated.clone().or(remote.clone().filter(|_| pages.is_some()));
    let commit = || {
        let (id, branch) = repository.as_ref()?.head().ok()?;
        Some(Commit { repository: stated.clone().or(remote.clone())?, id: id?, branch })
    };
    let analysis = Analysis {
        tool: Tool {
            name: &name,
            version: env!("CARGO_PKG_VERSION"),
            information_uri: home.as_deref(),
            rules_uri: pages.as_deref(),
        },
        automation: pipeline(|name| env::var(name).ok()).unwrap_or_else(own),
        commit: if judged.is_checked_out { commit() } else { None },
    };
    let rules: Vec<_> = lint::catalogue().iter().map(|rule| rule.info()).collect();
    let locator = store::FileLocator::new(judged.source, folder.for_servers());
    sarif::write(out, report, &analysis, &rules, &locator)
}
