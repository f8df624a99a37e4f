//! Opens the sources that the arguments name.

use evidence::{Declarations, GitArchive, Source, SourceError, WarcFiles};
use model::{Date, Registry};
use store::git_command;

use super::RecheckError;
use super::texts::Evidence;
use crate::Failure;
use crate::arguments::RecheckArguments;
use crate::global::Global;

/// Where pages are looked at.
pub(super) enum Sources {
    /// In archives on this machine.
    Archives(Vec<Box<dyn Source>>),
    /// On the network: how a source is made, one for each host, and for how many hosts at a time.
    Live { source: Box<dyn Fn() -> Box<dyn Source> + Send + Sync>, at_a_time: usize },
}

pub(super) fn open(
    _global: &Global,
    arguments: &RecheckArguments,
    _registry: &Registry,
    _kept: &Evidence,
    _today: Date,
) -> Result<Sources, Failure> {
    let archives = archives(arguments).map_err(RecheckError::from)?;
    Ok(Sources::Archives(archives))
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
        let published = arguments.published.as_ref();
        archives.push(Box::new(GitArchive::open(folder, git_command, published, declarations)?));
    }
    Ok(archives)
}
