//! A polite client: it asks one host one thing at a time, slowly, and only what `robots.txt` allows; it checks each
//! redirect like an address that it was handed, and it waits where it is asked to.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use evidence::is_redirect;
use http::header::{HeaderName, LOCATION, RETRY_AFTER};
use model::{Date, Url};
use ureq::tls::RootCerts;

use crate::hosts::{Hosts, LeftHost, Robots};
use crate::request::{Answer, Http};
use crate::robots::Rules;
use crate::route::{Route, ToRobots, Walk};
use crate::settings::ROBOT;
use crate::target::Target;
use crate::{Clock, Connect, Failure, Resolver, Settings, SystemClock, SystemConnect, SystemResolver};

/// The polite client of a run. Clones share what they know of hosts, so that any number of threads may use one each.
#[derive(Clone)]
pub struct Client(Arc<Shared>);

struct Shared {
    settings: Settings,
    http: Http,
    clock: Arc<dyn Clock>,
    hosts: Hosts,
}

impl Client {
    /// A client on the network of this machine.
    pub fn new(settings: Settings) -> Self {
        Self::with(settings, Arc::new(SystemResolver), Arc::new(SystemConnect), Arc::new(SystemClock))
    }

    /// A client with other names, connections and time, as tests need it. That only addresses of the public are
    /// connected to, and that certificates are checked, stays.
    pub fn with(
        settings: Settings,
        resolver: Arc<dyn Resolver>,
        connect: Arc<dyn Connect>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self::trusting(settings, resolver, connect, clock, RootCerts::WebPki)
    }

    pub(crate) fn trusting(
        settings: Settings,
        resolver: Arc<dyn Resolver>,
        connect: Arc<dyn Connect>,
        clock: Arc<dyn Clock>,
        roots: RootCerts,
    ) -> Self {
        let http = Http::new(&settings, resolver, connect, roots);
        Self(Arc::new(Shared { settings, http, clock, hosts: Hosts::default() }))
    }

    /// The hosts that asked for more time than the run waits, and were left alone since.
    pub fn left_hosts(&self) -> Vec<LeftHost> {
        self.0.hosts.left()
    }

    pub(crate) fn today(&self) -> Date {
        self.0.settings.today
    }

    pub(crate) fn now(&self) -> SystemTime {
        self.0.clock.now()
    }

    /// Asks for an address, and for those to which it redirects. Returns how far that went, and the last answer or why
    /// there is none.
    pub(crate) fn walk(&self, start: &Url, route: &dyn Route) -> (Walk, Result<Answer, Failure>) {
        let mut walk = Walk { status: None, at: start.clone(), redirects: 0 };
        let result = self.steps(&mut walk, route);
        (walk, result)
    }

    fn steps(&self, walk: &mut Walk, route: &dyn Route) -> Result<Answer, Failure> {
        let mut passed = HashSet::new();
        let mut next = walk.at.clone();
        loop {
            let target = Target::new(&route.asked(&next)).map_err(|why| match walk.status {
                Some(_) => Failure::RedirectRefused { to: next.to_string(), why },
                None => why.into(),
            })?;
            if !passed.insert(target.clone()) {
                return Err(Failure::RedirectLoop);
            }
            if passed.len() > route.max_redirects() + 1 {
                return Err(Failure::RedirectLimit(route.max_redirects()));
            }
            if route.obeys_robots() {
                self.check_robots(&target)?;
            }
            let answer = self.request(&target, &route.headers(&next), route.max_bytes())?;
            *walk = Walk { status: Some(answer.status), at: next, redirects: passed.len() - 1 };
            let location = answer.text(LOCATION).filter(|_| is_redirect(answer.status));
            let Some(location) = location else { return Ok(answer) };
            next = route.next(&walk.at, &answer, location).ok_or(Failure::RedirectBroken)?;
        }
    }

    /// One request, when its host may be asked, and a second one when the host asks for a short time.
    fn request(
        &self,
        target: &Target,
        headers: &[(HeaderName, String)],
        limit: usize,
    ) -> Result<Answer, Failure> {
        let Shared { settings, http, clock, hosts } = &*self.0;
        let host = hosts.get(&target.host);
        let mut pace = host.pace();
        loop {
            if pace.left.is_some() {
                return Err(Failure::Left { host: target.host.clone() });
            }
            if let Some(last) = pace.last {
                // A clock that was set back makes no one wait longer than the delay.
                let passed = clock.now().duration_since(last).unwrap_or_default();
                if let Some(wait) = settings.delay.checked_sub(passed).filter(|wait| !wait.is_zero()) {
                    clock.sleep(wait);
                }
            }
            let answer = http.get(target, headers, limit);
            pace.last = Some(clock.now());
            let Ok(answer) = answer else { return answer };
            let status = answer.status;
            let wait = answer.header(RETRY_AFTER).and_then(|text| retry_after(text, clock.now()));
            // An error of the server that says nothing more may be one of the page alone.
            if status != 429 && (status != 503 || wait.is_none()) {
                return Ok(answer);
            }
            match wait.filter(|wait| *wait <= settings.max_wait && !pace.was_retried) {
                Some(wait) => {
                    pace.was_retried = true;
                    clock.sleep(wait);
                }
                None => {
                    let asked = wait
                        .map_or_else(String::new, |wait| format!(" and asks for {} seconds", wait.as_secs()));
                    pace.left = Some(format!("it answers HTTP {status}{asked}"));
                    return Ok(answer);
                }
            }
        }
    }

    fn check_robots(&self, target: &Target) -> Result<(), Failure> {
        let host = self.0.hosts.get(&target.host);
        if host.pace().left.is_some() {
            return Err(Failure::Left { host: target.host.clone() });
        }
        match host.robots[usize::from(target.is_tls)].get_or_init(|| self.robots(target)) {
            Ok(rules) if rules.allow(&target.path) => Ok(()),
            Ok(_) => Err(Failure::Robots { host: target.host.clone(), path: target.path.clone() }),
            Err(why) => Err(Failure::RobotsUnknown { host: target.host.clone(), why: why.clone() }),
        }
    }

    /// What a site asks of robots. A site that has no such file allows all; one that does not answer, nothing.
    fn robots(&self, target: &Target) -> Robots {
        let url = target.robots().url().ok_or_else(|| "it has no address".to_owned())?;
        let answer = self.walk(&url, &ToRobots).1.map_err(|failure| failure.reason())?;
        match answer.status {
            200..300 => {
                let body =
                    Answer { is_cut: false, ..answer }.into_body().map_err(|failure| failure.reason())?;
                Ok(Rules::parse(&body, ROBOT))
            }
            400..500 if answer.status != 429 => Ok(Rules::default()),
            status => Err(format!("it answers HTTP {status}")),
        }
    }
}

/// How long a host asks to be left alone: seconds or a date.
fn retry_after(text: &str, now: SystemTime) -> Option<Duration> {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    Some(until.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_to_wait_is_read_in_seconds_and_as_a_date() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        for (text, seconds) in [
            ("120", Some(120)),
            ("0", Some(0)),
            ("99999999999999999999999", Some(u64::MAX)),
            ("Sun, 06 Nov 1994 08:50:37 GMT", Some(60)),
            ("Sunday, 06-Nov-94 08:50:37 GMT", Some(60)),
            ("Sun Nov  6 08:50:37 1994", Some(60)),
            ("Sat, 05 Nov 1994 08:50:37 GMT", Some(0)),
            ("-1", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(retry_after(text, now), seconds.map(Duration::from_secs), "{text}");
        }
    }
}
