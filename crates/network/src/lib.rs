//! Sources of pages that need the network: the pages themselves ([`Network`]) and the copies of a web archive
//! ([`Memento`]).
//!
//! Both ask through one [`Client`], which decides what may be asked of whom. It opens `http` and `https` on their usual
//! ports and only addresses that belong to the public, also after a redirect; it sends no credentials and uses no proxy;
//! it obeys `robots.txt`, waits between two requests to a host, and has one connection to a host at a time. Nothing that
//! comes back is unbounded.
//!
//! A source looks at one address after the other. To look at several hosts at once, make one [`Client`], clone the
//! sources, and hand each thread the addresses of some hosts: what is known of a host is shared by all clones, so that
//! threads which meet at a host, for example by a redirect, wait for each other.
//!
//! ```no_run
//! # use std::thread;
//! # use evidence::{Source, Wanted};
//! # use network::{Client, Network, Settings, Validators};
//! # fn run(contact: model::Url, today: model::Date, by_host: Vec<Vec<model::Url>>) {
//! let client = Client::new(Settings::new(contact, today));
//! let network = Network::new(client.clone(), Validators::default());
//! thread::scope(|scope| {
//!     for urls in &by_host {
//!         let mut source = network.clone();
//!         scope.spawn(move || {
//!             for url in urls {
//!                 let seen = source.look(&Wanted { url, archived_url: None, last_read: None });
//!             }
//!         });
//!     }
//! });
//! let (left, validators) = (client.left_hosts(), network.validators());
//! # }
//! ```

mod address;
mod client;
mod clock;
mod connect;
mod failure;
mod hosts;
pub mod limits;
mod memento;
mod request;
mod robots;
mod route;
mod settings;
mod source;
mod stream;
mod target;
mod validators;

pub use address::PublicAddress;
pub use client::Client;
pub use clock::{Clock, SystemClock};
pub use connect::{Connect, Resolver, SystemConnect, SystemResolver};
pub use failure::Failure;
pub use hosts::LeftHost;
pub use memento::Memento;
pub use settings::Settings;
pub use source::Network;
pub use target::Refusal;
pub use validators::{InvalidValidators, Validators};

#[cfg(test)]
mod tests;
