//! `hook`: have git lint what is committed.

use std::fs;
use std::io;
use std::path::Path;

use store::{Repository, StoreError};

use crate::cli::{Global, HookAction, HookArguments};
use crate::folder::Folder;
use crate::terminal::print;
use crate::{Failure, Outcome};

/// Its second line says whose it is. Git runs it at the top of the work tree. A hooks folder may serve
/// other repositories, and branches, that hold no registry.
const HOOK: &str = r#"#!/bin/sh
# Written by `cargo xtask hook install`.
[ -f data/registry.toml ] || exit 0
cargo xtask lint --staged --quiet && exit
status=$?
echo "pre-commit: refused; mend what is told above, or skip this check with: git commit --no-verify" >&2
exit $status
"#;

pub(crate) fn run(global: &Global, arguments: &HookArguments) -> Result<Outcome, Failure> {
    let folder = Folder::open(global)?;
    let repository = Repository::of(folder.tree.root())?;
    let hook = repository.hooks()?.join("pre-commit");
    let said = match arguments.action {
        HookAction::Install { force } => {
            if !is_found_from(repository.top(), &folder) {
                let message = format!(
                    "the registry is not `data` at the top of {}: call `cargo xtask lint --staged` from a hook of your own",
                    repository.top().display()
                );
                return Err(Failure::Usage(message));
            }
            install(&hook, force)?;
            format!("git lints what is committed now: {}\n", hook.display())
        }
        HookAction::Uninstall => {
            uninstall(&hook)?;
            format!("git does not lint any more: {}\n", hook.display())
        }
    };
    if !global.quiet {
        print(said.as_bytes())?;
    }
    Ok(Outcome::Success)
}

/// Whether a lint that is run at the top of the work tree judges this folder.
fn is_found_from(top: &Path, folder: &Folder) -> bool {
    folder.repository() == top && top.join("data/registry.toml").is_file()
}

fn install(hook: &Path, force: bool) -> Result<(), Failure> {
    if is_foreign(hook)? && !force {
        let message = format!(
            "{} is a hook of somebody else: add `cargo xtask lint --staged` to it, or replace it with --force",
            hook.display()
        );
        return Err(Failure::Usage(message));
    }
    let parent = hook.parent().unwrap_or(hook);
    fs::create_dir_all(parent).map_err(StoreError::io("make the folder", parent))?;
    // A link, put there to share a hook, is replaced and not written through.
    let fresh = hook.with_extension("new");
    let write = || {
        fs::write(&fresh, HOOK)?;
        executable(&fresh)?;
        fs::rename(&fresh, hook)
    };
    Ok(write().map_err(StoreError::io("write", hook))?)
}

fn uninstall(hook: &Path) -> Result<(), Failure> {
    if is_foreign(hook)? {
        let message = format!("{} is a hook of somebody else: it stays", hook.display());
        return Err(Failure::Usage(message));
    }
    match fs::remove_file(hook) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(StoreError::io("remove", hook)(error).into())
        }
        _ => Ok(()),
    }
}

/// Whether there is a hook that was not written here.
fn is_foreign(hook: &Path) -> Result<bool, StoreError> {
    match hook.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(StoreError::io("read", hook)(error)),
        Ok(metadata) if !metadata.is_file() => return Ok(true),
        Ok(_) => {}
    }
    let text = fs::read(hook).map_err(StoreError::io("read", hook))?;
    Ok(String::from_utf8_lossy(&text).lines().nth(1) != HOOK.lines().nth(1))
}

#[cfg(unix)]
fn executable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

/// Elsewhere git runs hooks whatever their permissions are.
#[cfg(not(unix))]
fn executable(_: &Path) -> io::Result<()> {
    Ok(())
}
