//! States the commit of a release build (that of the environment, else that of the repository), and the checkout of a
//! build that is not for other machines.

#![allow(clippy::print_stdout, reason = "this is how a build script answers")]

use std::env;
use std::path::Path;
use std::process::Command;

const COMMIT: &str = "TRUSTREG_COMMIT";

/// Where the pages of the rules are. The program of a release is the same wherever it is built, so it names no folder.
const CHECKOUT: &str = "TRUSTREG_CHECKOUT";

fn main() {
    println!("cargo::rerun-if-env-changed={COMMIT}");
    println!("cargo::rerun-if-changed=build.rs");
    let profile = profile();
    if let (false, Ok(manifest)) = (profile == "dist", env::var("CARGO_MANIFEST_DIR")) {
        println!("cargo::rustc-env={CHECKOUT}={manifest}/../..");
    }
    // Other builds state no commit: they would be made again after each one.
    if env::var_os(COMMIT).is_some() || !["release", "dist"].contains(&profile.as_str()) || !is_own() {
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

/// Returns the name of the folder of the profile: OUT_DIR is PROFILE/build/PACKAGE/out.
fn profile() -> String {
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    let profile = Path::new(&out).ancestors().nth(3).and_then(Path::file_name).unwrap_or_default();
    profile.to_string_lossy().into_owned()
}

/// Returns whether the repository of git is that of the toolkit: its sources may lie in another one.
fn is_own() -> bool {
    git(&["rev-parse", "--show-prefix"]).is_some_and(|prefix| prefix == "crates/cli/")
}

/// What git prints, where this is built in a repository.
fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok().filter(|_| output.status.success())?;
    Some(text.trim().to_owned())
}
