//! The time, and waiting. Tests bring their own, so that they neither wait nor depend on the day.

use std::thread;
use std::time::{Duration, SystemTime};

/// What time it is, and how to wait.
pub trait Clock: Send + Sync {
    /// The time.
    fn now(&self) -> SystemTime;

    /// Returns after a while.
    fn sleep(&self, time: Duration);
}

/// The clock of the system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, time: Duration) {
        thread::sleep(time);
    }
}
