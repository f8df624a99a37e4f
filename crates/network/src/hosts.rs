//! What a run knows of each host: who may ask it now, since when, and what it asks of robots.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::SystemTime;

use crate::robots::Rules;

/// A host that a run has left alone, because it asked for more time than the run waits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftHost {
    /// The host.
    pub host: String,
    /// Why.
    pub reason: String,
}

/// What a site asks of robots: its rules, or why they are not known.
pub(crate) type Robots = Result<Rules, String>;

/// A host. Each request holds its pace from the waiting before to the last byte, so that there is never a second
/// connection.
#[derive(Default)]
pub(crate) struct Host {
    pace: Mutex<Pace>,
    /// Those of `http` and those of `https`.
    pub(crate) robots: [OnceLock<Robots>; 2],
}

/// When a host may be asked.
#[derive(Default)]
pub(crate) struct Pace {
    /// When the last request ended.
    pub(crate) last: Option<SystemTime>,
    /// Whether one was tried again already.
    pub(crate) was_retried: bool,
    /// Why it is left alone, if it is.
    pub(crate) left: Option<String>,
}

impl Host {
    pub(crate) fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// All hosts of a run.
#[derive(Default)]
pub(crate) struct Hosts(Mutex<HashMap<String, Arc<Host>>>);

impl Hosts {
    /// A host by its name.
    pub(crate) fn get(&self, name: &str) -> Arc<Host> {
        let mut hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(hosts.entry(name.to_owned()).or_default())
    }

    /// The hosts that were left alone, by name.
    pub(crate) fn left(&self) -> Vec<LeftHost> {
        let hosts: Vec<(String, Arc<Host>)> = {
            let hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            hosts.iter().map(|(name, host)| (name.clone(), Arc::clone(host))).collect()
        };
        let mut left: Vec<LeftHost> = hosts
            .into_iter()
            .filter_map(|(name, host)| Some(LeftHost { host: name, reason: host.pace().left.clone()? }))
            .collect();
        left.sort();
        left
    }
}
