//! States the commit of a release build: that of the environment, else that of the repository.

#![allow(clippy::print_stdout, reason = "this is how a build script answers")]

use std::env;
use std::path::Path;
use std::process::Command;

const COMMIT: &str = "TRUSTREG_COMMIT";

fn main() {
    println!("cargo::rerun-if-env-changed={COMMIT}");
    println!("cargo::rerun-if-changed=build.rs");
    // Other builds state none: they would be made again after each commit.
    if env::var_os(COMMIT).is_some() || !is_release() {
        return;
    }
    if let (Some(commit), Some(log)) =
        (git(&["rev-parse", "--short=10", "HEAD"]), git(&["rev-parse", "--git-path", "logs/HEAD"]))
    {
        // It has a line for each change of HEAD.
        println!("cargo::rerun-if-changed={log}");
        println!("cargo::rustc-env={COMMIT}={commit}");
    }
}

/// Returns whether this is the profile `release`: OUT_DIR is PROFILE/build/PACKAGE/out. A profile that inherits from it is
/// another one.
fn is_release() -> bool {
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    Path::new(&out).ancestors().nth(3).is_some_and(|profile| profile.ends_with("release"))
}

/// What git prints, where this is built in a repository.
fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok().filter(|_| output.status.success())?;
    Some(text.trim().to_owned())
}
