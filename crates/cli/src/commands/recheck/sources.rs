//! Opens the sources that the arguments name.

use std::fs;
use std::path::{Path, PathBuf};

use diagnostics::cut;
use evidence::{Declarations, GitArchive, Source, SourceError, WarcFiles};
use model::{Date, Registry, Url};
use network::{Client, Memento, Network, Settings, Validators};
use store::git_command;

use super::RecheckError;
use super::texts::Evidence;
use crate::Failure;
use crate::arguments::RecheckArguments;
use crate::global::Global;
use crate::terminal::note;

/// Where pages are looked at.
pub(super) enum Sources {
    /// In archives on this machine.
    Archives(Vec<Box<dyn Source>>),
    /// On the network: how a source is made, one for each host, and for how many hosts at a time.
    Live { source: Box<dyn Fn() -> Box<dyn Source> + Send + Sync>, at_a_time: usize },
}

/// What there is to do when all pages were looked at on the network.
pub(super) struct Online {
    client: Client,
    network: Network,
    validators: PathBuf,
}

impl Online {
    /// Names the hosts that were left.
    pub(super) fn report(&self, global: &Global) {
        for left in self.client.left_hosts() {
            note(global, &format!("{} was left for this run: {}", left.host, cut(&left.reason, 200)));
        }
    }

    /// Keeps what lets the next run ask only whether a page has changed since the visits that are recorded now.
    pub(super) fn keep(&self) -> std::io::Result<()> {
        match self.validators.parent().is_some_and(Path::is_dir) {
            true => fs::write(&self.validators, self.network.validators().to_text()),
            // No page was read.
            false => Ok(()),
        }
    }
}

pub(super) fn open(
    arguments: &RecheckArguments,
    registry: &Registry,
    kept: &Evidence,
    today: Date,
) -> Result<(Sources, Option<Online>), Failure> {
    let archives = archives(arguments).map_err(RecheckError::from)?;
    if !archives.is_empty() {
        return Ok((Sources::Archives(archives), None));
    }
    let client = Client::new(Settings::new(contact(arguments, registry)?, today));
    let validators = kept.folder.join("validators.json");
    // What is damaged or missing costs no more than loading pages again.
    let known = fs::read_to_string(&validators).ok().and_then(|text| Validators::from_text(&text).ok());
    let network = Network::new(client.clone(), known.unwrap_or_default());
    let memento = match &arguments.web_archive {
        None => None,
        Some(None) => Some(Memento::new(client.clone())),
        Some(Some(timegate)) => Some(Memento::with_timegate(client.clone(), timegate)),
    };
    let online = Online { client, network: network.clone(), validators };
    let source = move || -> Box<dyn Source> {
        match &memento {
            Some(memento) => Box::new(memento.clone()),
            None => Box::new(network.clone()),
        }
    };
    Ok((Sources::Live { source: Box::new(source), at_a_time: arguments.hosts.get() }, Some(online)))
}

/// The address at which sites can find out who asks them.
fn contact(arguments: &RecheckArguments, registry: &Registry) -> Result<Url, Failure> {
    let of_registry = || registry.info.repository_url.known().and_then(|url| url.to_string().parse().ok());
    arguments.contact.clone().or_else(of_registry).ok_or_else(|| {
        Failure::Usage(
            "sites must be able to find out who asks them: state `repository_url` in registry.toml, or add --contact URL"
                .to_owned(),
        )
    })
}

fn archives(arguments: &RecheckArguments) -> Result<Vec<Box<dyn Source>>, SourceError> {
    let mut archives: Vec<Box<dyn Source>> = Vec::new();
    if !arguments.warc.is_empty() {
        archives.push(Box::new(WarcFiles::open(&arguments.warc)?));
    }
    for (at, folder) in arguments.git.iter().enumerate() {
        let declarations = match arguments.declarations.get(at) {
            Some(folder) => Declarations::open(folder, git_command)?,
            None => Declarations::default(),
        };
        let published = arguments.published.get(at);
        archives.push(Box::new(GitArchive::open(folder, git_command, published, declarations)?));
    }
    Ok(archives)
}
