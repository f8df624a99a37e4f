//! The tables of `docs/dependencies.md`, held to the manifests and the lock file.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Fault, files};

const PAGE: &str = "docs/dependencies.md";

/// A row of the page: a library, its version, and the crates that use it.
struct Row {
    version: String,
    used_by: Vec<String>,
}

pub(super) fn faults(root: &Path) -> io::Result<Vec<Fault>> {
    let page = fs::read_to_string(root.join(PAGE))?;
    let locked = locked(&fs::read_to_string(root.join("Cargo.lock"))?);
    let mut faults = Vec::new();
    let mut fault = |message: String| faults.push(Fault { file: PathBuf::from(PAGE), message });
    for (heading, section) in [("dependencies", "dependencies"), ("tests", "dev-dependencies")] {
        let stated = table(&page, heading == "tests");
        let used = used(root, section)?;
        for (library, crates) in &used {
            let Some(row) = stated.get(library) else {
                fault(format!("no line gives the reason for {library} (used by {})", crates.join(", ")));
                continue;
            };
            if !locked.get(library).is_some_and(|versions| versions.contains(&row.version)) {
                fault(format!("{library} {} is not the version of Cargo.lock", row.version));
            }
            if row.used_by != *crates {
                fault(format!(
                    "{library} is used by {}, and the page says {}",
                    crates.join(", "),
                    row.used_by.join(", ")
                ));
            }
        }
        let unused = stated.keys().filter(|library| !used.contains_key(*library));
        unused.for_each(|library| fault(format!("no crate uses {library} any more: remove its line")));
    }
    Ok(faults)
}

/// The rows of the first table of the page, or of the second, by library.
fn table(page: &str, is_second: bool) -> BTreeMap<String, Row> {
    let mut tables = page.lines().collect::<Vec<_>>();
    let starts: Vec<_> =
        tables.iter().enumerate().filter(|(_, line)| line.starts_with("| library | version")).collect();
    let Some(at) = starts.get(usize::from(is_second)).map(|(at, _)| *at) else { return BTreeMap::new() };
    let rows = tables.split_off(at).into_iter().skip(2).take_while(|line| line.starts_with('|'));
    rows.filter_map(|line| {
        let mut cells = line.trim_matches('|').split('|').map(str::trim);
        let (library, version, used_by) = (cells.next()?, cells.next()?, cells.next()?);
        let mut used_by: Vec<_> = used_by.split(", ").map(str::to_owned).collect();
        used_by.sort();
        Some((library.to_owned(), Row { version: version.to_owned(), used_by }))
    })
    .collect()
}

/// The versions in the lock file, by package.
fn locked(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut name = "";
    for line in text.lines() {
        let value = |key: &str| line.strip_prefix(key).map(|rest| rest.trim_matches([' ', '=', '"']));
        if let Some(package) = value("name") {
            name = package;
        } else if let Some(version) = value("version").filter(|_| !name.is_empty()) {
            // What follows `+` says what a version is about, and is no part of it (semver.org, 10).
            let version = version.split('+').next().unwrap_or_default();
            versions.entry(name.to_owned()).or_default().push(version.to_owned());
        }
    }
    versions
}

/// The libraries that crates name in a section of their manifests, crates of the workspace aside, each with those
/// crates.
fn used(root: &Path, section: &str) -> io::Result<BTreeMap<String, Vec<String>>> {
    let manifests: Vec<PathBuf> = files(&root.join("crates"), "Cargo.toml")?
        .into_iter()
        .chain([root.join("xtask/Cargo.toml")])
        .collect();
    let name = |path: &Path| path.parent()?.file_name()?.to_str().map(str::to_owned);
    let own: Vec<String> = manifests.iter().filter_map(|path| name(path)).collect();
    let mut used: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in &manifests {
        let text = fs::read_to_string(path)?;
        let lines = text.lines().skip_while(|line| *line != format!("[{section}]")).skip(1);
        for line in lines.take_while(|line| !line.starts_with('[')) {
            let library = line.split(['.', ' ', '=']).next().unwrap_or_default();
            if library.is_empty() || library.starts_with('#') || own.iter().any(|own| own == library) {
                continue;
            }
            used.entry(library.to_owned()).or_default().extend(name(path));
        }
    }
    used.values_mut().for_each(|crates| crates.sort());
    Ok(used)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_held_to_manifests_and_lock_file() {
        let root = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write(
            "Cargo.lock",
            "[[package]]\nname = \"one\"\nversion = \"1.2.0+x\"\n\n[[package]]\nname = \"two\"\nversion = \"2.0.0\"\n",
        );
        write("crates/own/Cargo.toml", "[dependencies]\none.workspace = true\nxtask.workspace = true\n");
        write(
            "xtask/Cargo.toml",
            "[dependencies]\nown.workspace = true\ntwo = { version = \"2\" }\n\n[dev-dependencies]\none = \"1\"\n",
        );
        let head = "| library | version | used by | reason |\n|---|---|---|---|\n";
        let page = |one: &str| {
            format!("{head}{one}\n| two | 2.0.0 | xtask | y |\n\n{head}| one | 1.2.0 | xtask | z |\n")
        };
        let messages = || {
            let faults = faults(root.path()).unwrap();
            faults.into_iter().map(|fault| fault.message).collect::<Vec<_>>()
        };
        write(PAGE, &page("| one | 1.2.0 | own | x |"));
        assert_eq!(messages(), Vec::<String>::new());
        write(PAGE, &page("| one | 1.1.0 | export, own | x |\n| gone | 1.0.0 | own | x |"));
        assert_eq!(
            messages(),
            [
                "one 1.1.0 is not the version of Cargo.lock",
                "one is used by own, and the page says export, own",
                "no crate uses gone any more: remove its line"
            ]
        );
        write(PAGE, &page("| other | 1.0.0 | own | x |"));
        assert_eq!(messages()[0], "no line gives the reason for one (used by own)");
    }
}
