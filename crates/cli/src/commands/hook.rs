//! `hook`: have git lint what is committed.

use std::env;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use diagnostics::command;
use store::{Repository, StoreError, replace_file};

use crate::arguments::{HookAction, HookArguments};
use crate::folder::Folder;
use crate::global::Global;
use crate::shell;
use crate::terminal::print;
use crate::{Failure, Outcome};

/// The second line of a hook that was written here begins and ends so, with the name of the command between.
const MARK: [&str; 2] = ["# Written by `", " hook install`."];

/// The hooks that git runs before a commit: the second one where it merges without a conflict.
const NAMES: [&str; 2] = ["pre-commit", "pre-merge-commit"];

pub(crate) fn run(global: &Global, arguments: &HookArguments) -> Result<Outcome, Failure> {
    let folder = Folder::open(global)?;
    let repository = Repository::of(folder.tree.root())?;
    let hooks = NAMES.map(|name| repository.hooks().map(|hooks| hooks.join(name)));
    let hooks: Vec<_> = hooks.into_iter().collect::<Result<_, _>>()?;
    let said = match arguments.action {
        HookAction::Install { force } => {
            let script = script(repository.top(), &folder)?;
            for hook in hooks.iter().filter(|_| !force) {
                refuse_other(hook, &script)?;
            }
            hooks.iter().try_for_each(|hook| install(hook, &script))?;
            "git lints what is committed now"
        }
        HookAction::Uninstall => {
            for hook in &hooks {
                if is_foreign(hook)? {
                    let message = format!("{} was not written by this command: it stays", hook.display());
                    return Err(Failure::Usage(message));
                }
            }
            hooks.iter().try_for_each(|hook| uninstall(hook))?;
            "git does not lint any more"
        }
    };
    if !global.quiet {
        let names: Vec<_> = hooks.iter().map(|hook| hook.display().to_string()).collect();
        print(&format!("{said}: {}\n", names.join(", ")))?;
    }
    Ok(Outcome::Success)
}

/// The hook. Git runs it at the top of the work tree. A hooks folder may serve other repositories, and
/// branches, that hold no registry.
///
/// `cargo xtask` is an alias that cargo knows below a certain folder: the current one, or the one that holds
/// the data folder.
fn script(top: &Path, folder: &Folder) -> Result<String, Failure> {
    let here = env::current_dir()?;
    let here = here.canonicalize().unwrap_or(here);
    let data = folder.absolute();
    let start = if data.starts_with(&here) && here.starts_with(top) {
        here
    } else if data == top {
        top.to_owned()
    } else {
        folder.repository().to_owned()
    };
    let inside = |path: &Path, of: &Path| path.strip_prefix(of).map(Path::to_owned).ok();
    let (Some(start), Some(data)) = (inside(&start, top), inside(data, &start)) else {
        let message = format!("the registry is not below {}: run this in its folder", top.display());
        return Err(Failure::Usage(message));
    };
    let data = if data == Path::new("") { ".".to_owned() } else { quoted(&data)? };
    let enter = enter(&start)?;
    let named = if data == "data" { String::new() } else { format!(" --data {data}") };
    let ([before, after], command) = (MARK, command());
    Ok(format!(
        r#"#!/bin/sh
{before}{command}{after}
{enter}[ -f {data}/registry.toml ] || exit 0
{command} lint --staged --quiet{named} && exit
status=$?
echo "$(basename "$0"): refused; fix what is reported above, or skip this check with --no-verify" >&2
exit $status
"#
    ))
}

/// The commands that enter a folder of the work tree. What git says of the repository may be relative to
/// the top.
fn enter(folder: &Path) -> Result<String, Failure> {
    if folder == Path::new("") {
        return Ok(String::new());
    }
    let folder = quoted(folder)?;
    Ok(format!(
        "GIT_DIR=$(git rev-parse --absolute-git-dir) GIT_WORK_TREE=$PWD\nexport GIT_DIR GIT_WORK_TREE\ncd {folder} 2>/dev/null || exit 0\n"
    ))
}

/// A path as a word of a shell.
fn quoted(path: &Path) -> Result<String, Failure> {
    let unnamed = || Failure::Usage(format!("{} has a name that is not UTF-8", path.display()));
    Ok(shell::quoted(path.to_str().ok_or_else(unnamed)?).into_owned())
}

/// Refuses to write over a hook that lints nothing, or another registry.
fn refuse_other(hook: &Path, script: &str) -> Result<(), Failure> {
    let message = if is_foreign(hook)? {
        format!(
            "{} was not written by this command: add `{} lint --staged` to it, or replace it with --force",
            hook.display(),
            command()
        )
    } else {
        let command = |text: &str| text.lines().find(|line| line.starts_with("[ -f ")).map(str::to_owned);
        let enters = |text: &str| text.lines().find(|line| line.starts_with("cd ")).map(str::to_owned);
        match fs::read_to_string(hook) {
            Ok(text) if (enters(&text), command(&text)) != (enters(script), command(script)) => {
                format!("{} lints another registry: replace it with --force", hook.display())
            }
            _ => return Ok(()),
        }
    };
    Err(Failure::Usage(message))
}

fn install(hook: &Path, script: &str) -> Result<(), Failure> {
    let parent = hook.parent().unwrap_or(hook);
    fs::create_dir_all(parent).map_err(StoreError::io("make the folder", parent))?;
    // A link, put there to share a hook, is replaced and not written through.
    Ok(replace_file(hook, script.as_bytes(), |file| {
        Ok(executable(file).map_err(StoreError::io("write", hook))?)
    })?)
}

fn uninstall(hook: &Path) -> Result<(), Failure> {
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
    let [before, after] = MARK;
    let is_mark = |line: &str| line.starts_with(before) && line.ends_with(after);
    Ok(!String::from_utf8_lossy(&text).lines().nth(1).is_some_and(is_mark))
}

#[cfg(unix)]
fn executable(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o755))
}

/// Elsewhere git runs hooks whatever their permissions are.
#[cfg(not(unix))]
fn executable(_: &File) -> io::Result<()> {
    Ok(())
}
