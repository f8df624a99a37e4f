//! `init`: begins a registry in any folder.

mod files;
mod place;
mod texts;

use diagnostics::{count, one_of, printable};
use store::{NewFile, WorkTree, create_files, existing, is_vacant};

use self::files::Group;
use self::place::Place;
use super::hook;
use crate::arguments::InitArguments;
use crate::folder::Folder;
use crate::global::Global;
use crate::shell::word;
use crate::terminal::{note, print};
use crate::{Failure, Outcome, PRODUCT, version};

pub(crate) fn run(global: &Global, arguments: &InitArguments) -> Result<Outcome, Failure> {
    let place = Place::find(global, arguments)?;
    let registry = files::of_registry(&place, arguments)?;
    if !is_vacant(&place.root, &place.data(), &registry)? {
        return Err(Failure::Usage(format!(
            "{} holds other files: name another folder with --data; nothing was written",
            place.shown(&place.data())
        )));
    }
    let settings = files::settings(&place, arguments);
    let kept = existing(&place.root, &settings)?;
    let is_new = |file: &NewFile| !kept.contains(&file.path);
    // The file that makes the folder a registry is the last one.
    let new: Vec<_> = settings.into_iter().filter(is_new).chain(registry).collect();
    create_files(&place.root, &new)?;
    if !global.quiet {
        print(&created(&place, &new, arguments))?;
    }
    for path in &kept {
        note(global, &format!("{} was there already and is kept", place.shown(path)));
    }
    install_hooks(global, arguments, &place)?;
    if !global.quiet {
        print(&next(&place, &new, arguments))?;
    }
    Ok(Outcome::Success)
}

/// What was created, a line for each file or folder.
fn created(place: &Place, new: &[NewFile], arguments: &InitArguments) -> String {
    let about = match (arguments.empty, files::questions()) {
        (false, Ok(questions)) => format!("with {}", count(questions, "question")),
        _ => "without questions".to_owned(),
    };
    let folder = place.to_enter().map_or_else(String::new, |folder| format!(" in {folder}"));
    let mut lines = format!("Created a registry {about}{folder}:\n");
    for group in Group::ALL {
        let files = new.iter().filter(|file| group.holds(place, file));
        let paths: Vec<_> = files.map(|file| place.inside(&file.path)).collect();
        let shown = match paths.as_slice() {
            [] => continue,
            _ if group == Group::Schemas => "schema/".to_owned(),
            paths => paths.join(", "),
        };
        lines.push_str(&format!("  {shown}: {}\n", group.about()));
    }
    printable_lines_of(&lines)
}

/// Names of folders may hold anything.
fn printable_lines_of(lines: &str) -> String {
    lines.lines().map(|line| format!("{}\n", printable(line))).collect()
}

/// Installs the hooks where the registry is in a repository. The registry is there whether or not they can be installed.
fn install_hooks(global: &Global, arguments: &InitArguments, place: &Place) -> Result<(), Failure> {
    if arguments.no_hook {
        return Ok(());
    }
    if !place.is_in_git {
        note(
            global,
            &format!("no git repository holds this folder: after `git init`, run `{PRODUCT} hook install`"),
        );
        return Ok(());
    }
    let data = place.root.join(place.data());
    let folder = Folder::at(WorkTree::new(data)?, &place.here)?;
    match hook::install(&folder, false, PRODUCT) {
        Ok(installed) => {
            let names: Vec<_> = hook::NAMES.iter().map(|name| format!("`{name}`")).collect();
            if !global.quiet {
                print(&format!("Installed the git hooks {}: they lint each commit\n", names.join(" and ")))?;
            }
            installed.tell_shared(global);
            Ok(())
        }
        Err(failure) => {
            note(global, &format!("no git hook was installed: {failure}"));
            Ok(())
        }
    }
}

/// What to do next.
fn next(place: &Place, new: &[NewFile], arguments: &InitArguments) -> String {
    let mut steps = Vec::new();
    let (_, is_complete) = version::install();
    if let Some(workflow) = new.iter().find(|file| !is_complete && Group::Workflow.holds(place, file)) {
        steps.push(format!("write the address of the toolkit into {}", place.shown(&workflow.path)));
    }
    if let Some(folder) = place.to_enter() {
        steps.push(format!("cd {}", word(&folder)));
    }
    if arguments.empty {
        let questions = place.shown(&format!("{}/dimensions.toml", place.data()));
        steps.push(format!("write your questions into {questions}, then run {PRODUCT} export json-schema"));
    }
    steps.push(format!(
        "{PRODUCT} new organization ID, then {PRODUCT} new platform ID and {PRODUCT} new offering ID"
    ));
    steps.push(format!("{PRODUCT} lint"));
    let steps: String = steps.iter().map(|step| format!("  {step}\n")).collect();
    format!("Next:\n{}", printable_lines_of(&steps))
}

/// The refusal of a name for the data folder.
fn bad_name(name: &str, reserved: &[&str]) -> Failure {
    let reserved = one_of(reserved.iter().copied());
    Failure::Usage(format!(
        "{} cannot be the name of a data folder: use letters, digits, `-`, `_` and `.`, begin with a letter or digit, \
         and take another name than {reserved}",
        diagnostics::quoted(name)
    ))
}
