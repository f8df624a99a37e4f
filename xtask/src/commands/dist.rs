//! `dist`: builds what a release consists of. The same commit gives the same bytes in every folder and on every day.

mod archive;
mod data;
mod hook;
mod program;
mod release;
mod sums;
mod target;

use std::fs;
use std::io::ErrorKind;
use std::process::Command;

use cli::terminal::print;
use cli::{Failure, Global, Outcome, Progress};
use store::StoreError;

use self::release::Release;
use self::target::{TARGETS, Target};
use crate::arguments::{DistArguments, Part};
use crate::cargo;

pub(crate) fn run(global: &Global, arguments: &DistArguments) -> Result<Outcome, Failure> {
    let release = Release::at_head(cargo::workspace()?)?;
    let target = match &arguments.target {
        Some(triple) => Target::named(triple)?,
        None => Target::of_this_machine()?,
    };
    let parts = if arguments.parts.is_empty() { Part::ALL.as_slice() } else { &arguments.parts };
    if arguments.dry_run {
        print(&plan(&release, target, parts))?;
        return Ok(Outcome::Success);
    }
    release.check_clean(global)?;
    if arguments.parts.is_empty() {
        release.clear()?;
    }
    fs::create_dir_all(&release.folder).map_err(StoreError::io("create", &release.folder))?;
    let progress = Progress::new(global);
    for part in parts {
        progress.stage(&format!("making {}", part.about()));
        match part {
            Part::Program => program::make(&release, target)?,
            Part::Hook => hook::make(&release)?,
            Part::Data => data::make(&release)?,
            Part::BillOfMaterials => bill_of_materials(&release)?,
        }
    }
    drop(progress);
    let sums = sums::write(&release.folder)?;
    print(&sums)?;
    print(&elsewhere(&release, target))?;
    Ok(Outcome::Success)
}

/// What would be made, a line for each file.
fn plan(release: &Release, target: &Target, parts: &[Part]) -> String {
    let files = parts.iter().flat_map(|part| match part {
        Part::Program => vec![program::archive(release, target), program::wheel(release, target)],
        Part::Hook => vec![hook::archive(release)],
        Part::Data => data::archives(),
        Part::BillOfMaterials => vec![release.bill_of_materials()],
    });
    let made: String = files.chain([sums::FILE.to_owned()]).map(|file| format!("  {file}\n")).collect();
    format!("Made here, in {}:\n{made}{}", release::FOLDER, elsewhere(release, target))
}

/// What only the workflow makes.
fn elsewhere(release: &Release, here: &Target) -> String {
    let others = TARGETS.iter().filter(|target| target.triple != here.triple);
    let lines = others.map(|target| {
        let job = format!("job `program ({})` on {}", target.triple, target.runner);
        format!("  {} and its wheel: {job}\n", program::archive(release, target))
    });
    format!("Not made here, but by {}:\n{}", target::WORKFLOW, lines.collect::<String>())
}

/// What the program is made of, without paths of this machine.
fn bill_of_materials(release: &Release) -> Result<(), Failure> {
    let mut script = Command::new(release.root.join(".ci/bill-of-materials"));
    script.arg(release.folder.join(release.bill_of_materials()));
    call(&mut script, "it needs bash, jq and cargo-cyclonedx: docs/releasing.md has the commands")
}

/// Runs a program, and fails if it fails; `missing` says what to do if it is not there.
fn call(command: &mut Command, missing: &str) -> Result<(), Failure> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().map_err(|error| match error.kind() {
        ErrorKind::NotFound => Failure::Usage(format!("`{program}` is not there: {missing}")),
        _ => StoreError::io("run", program.as_ref())(error).into(),
    })?;
    if status.success() { Ok(()) } else { Err(Failure::Usage(format!("`{program}` failed ({status})"))) }
}
