//! What is published of the registry, as archives. "Today" is the day of the commit, so that they do not change with time.

use std::env;
use std::process::Command;

use cli::Failure;
use store::StoreError;

use super::archive;
use super::call;
use super::release::Release;

/// The formats, and the names of their archives.
const FORMATS: [(&str, &str); 5] = [
    ("csv", "registry-csv"),
    ("json", "registry-json"),
    ("markdown", "registry-markdown"),
    ("xlsx", "registry-xlsx"),
    ("json-schema", "schemas"),
];

/// The names of their archives. They have no version, so that an address of the latest one stays.
pub(super) fn archives() -> Vec<String> {
    FORMATS.iter().map(|(_, name)| file(name)).collect()
}

fn file(name: &str) -> String {
    format!("{name}.tar.gz")
}

/// Writes them.
pub(super) fn make(release: &Release) -> Result<(), Failure> {
    let here = env::current_exe()?;
    for (format, name) in FORMATS {
        let out = release.root.join("target/dist").join(name);
        if out.exists() {
            std::fs::remove_dir_all(&out).map_err(StoreError::io("remove", &out))?;
        }
        let mut export = Command::new(&here);
        export.args(["export", format, "--quiet", "--today", &release.day, "--out"]).arg(&out);
        export.arg("--data").arg(release.root.join("data"));
        call(&mut export, "it is this program")?;
        let to = release.folder.join(file(name));
        let written = archive::folder(&out, name).and_then(|files| archive::write(&to, files, release.time));
        written.map_err(StoreError::io("write", &to))?;
    }
    Ok(())
}
