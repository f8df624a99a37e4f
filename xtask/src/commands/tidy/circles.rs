//! Circles of files: the arrows between the files of a crate run one way.
//!
//! An arrow is a path in the code that begins with `crate::`, `self::` or `super::`. What a module takes from one
//! above it is no arrow, since every module is a part of those.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Fault, from_root};

/// A module: the names from the root of its crate to it.
type Module = Vec<String>;

pub(super) fn faults(root: &Path) -> io::Result<Vec<Fault>> {
    let mut folders = vec![root.join("xtask")];
    for entry in fs::read_dir(root.join("crates"))? {
        folders.push(entry?.path());
    }
    folders.sort();
    let mut faults = Vec::new();
    for folder in folders {
        for circle in circles(&folder.join("src"))? {
            let circle: Vec<_> = circle.iter().map(|path| from_root(root, path)).collect();
            let names: Vec<_> = circle.iter().map(|path| path.display().to_string()).collect();
            let message = format!("these files need each other: {}", names.join(", "));
            faults.extend(circle.into_iter().next().map(|file| Fault { file, message }));
        }
    }
    Ok(faults)
}

/// The circles of a crate, by the folder of its sources: the files of each.
fn circles(folder: &Path) -> io::Result<Vec<Vec<PathBuf>>> {
    let mut files = BTreeMap::new();
    collect(folder, &mut Vec::new(), &mut files)?;
    let parsed: BTreeMap<&Module, Vec<Taken>> =
        files.iter().map(|(module, (_, text))| (module, taken(module, code(text)))).collect();
    let target = |path: &Module| resolve(path, &parsed, 0);
    let arrows: BTreeMap<&Module, BTreeSet<Module>> = parsed
        .iter()
        .map(|(from, taken)| {
            let to = taken.iter().map(|taken| target(&taken.path));
            (*from, to.filter(|to| !from.starts_with(to)).collect())
        })
        .collect();
    let reached: BTreeMap<&Module, BTreeSet<Module>> =
        arrows.keys().map(|module| (*module, reach(module, &arrows))).collect();
    let mut circles: Vec<Vec<PathBuf>> = Vec::new();
    let mut seen = BTreeSet::new();
    for (module, others) in &reached {
        if !others.contains(*module) || !seen.insert((*module).clone()) {
            continue;
        }
        let with =
            others.iter().filter(|other| reached.get(other).is_some_and(|back| back.contains(*module)));
        let circle: BTreeSet<&Module> = with.collect();
        seen.extend(circle.iter().map(|module| (*module).clone()));
        circles.push(circle.into_iter().map(|module| files[module].0.clone()).collect());
    }
    Ok(circles)
}

/// The source files below a folder, by module, with their text.
fn collect(
    folder: &Path,
    above: &mut Module,
    files: &mut BTreeMap<Module, (PathBuf, String)>,
) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let Some(name) = path.file_stem().and_then(|name| name.to_str()).map(str::to_owned) else { continue };
        if path.is_dir() {
            above.push(name);
            collect(&path, above, files)?;
            above.pop();
        } else if path.extension().is_some_and(|extension| extension == "rs") && name != "tests" {
            let mut module = above.clone();
            if !matches!(name.as_str(), "lib" | "main" | "mod") {
                module.push(name);
            }
            let text = fs::read_to_string(&path)?;
            files.insert(module, (path, text));
        }
    }
    Ok(())
}

/// A text of Rust without its comments and its unit tests.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| [line, "\n"]).collect()
}

/// A path that a module names.
struct Taken {
    path: Module,
    /// The name under which it goes on, where it is published again.
    published: Option<String>,
}

/// The paths within the crate that the code of a module names.
fn taken(module: &Module, code: String) -> Vec<Taken> {
    let mut found = Vec::new();
    let mut rest = code.as_str();
    while let Some(at) = ["crate::", "self::", "super::"].iter().filter_map(|start| rest.find(start)).min() {
        let before = &rest[..at];
        let is_word = before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
        let tree = &rest[at..];
        let end = tree.find([';', '(', ')', ' ', '\n', '<', '>', '&', '!']).unwrap_or(tree.len());
        let is_published = before.ends_with("pub use ") || before.ends_with("pub(crate) use ");
        if is_word {
            rest = &rest[at + 5..];
            continue;
        }
        let is_use = before.ends_with("use ");
        let end = if is_use { tree.find(';').unwrap_or(tree.len()) } else { end };
        expand(&tree[..end], &mut Vec::new(), &mut |path, name| {
            if let Some(path) = absolute(module, path) {
                found.push(Taken { path, published: is_published.then(|| name.to_owned()) });
            }
        });
        rest = &rest[at + end..];
    }
    found
}

/// Each path of a tree such as `a::{b, c::D as E}`, with the name under which it is known.
fn expand(tree: &str, above: &mut Vec<String>, visit: &mut dyn FnMut(&[String], &str)) {
    let tree = tree.trim();
    if let Some(inner) = tree.strip_prefix('{') {
        let inner = inner.strip_suffix('}').unwrap_or(inner);
        let (mut depth, mut from) = (0_usize, 0);
        for (at, c) in inner.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                ',' if depth == 0 => {
                    expand(&inner[from..at], above, visit);
                    from = at + 1;
                }
                _ => {}
            }
        }
        if !inner[from..].trim().is_empty() {
            expand(&inner[from..], above, visit);
        }
        return;
    }
    match tree.split_once("::") {
        Some((name, below)) => {
            above.push(name.trim().to_owned());
            expand(below, above, visit);
            above.pop();
        }
        None => {
            let (name, known) = tree.split_once(" as ").unwrap_or((tree, tree));
            above.push(name.trim().to_owned());
            visit(above, known.trim());
            above.pop();
        }
    }
}

/// A path from the root of the crate.
fn absolute(module: &Module, path: &[String]) -> Option<Module> {
    let (first, rest) = path.split_first()?;
    let mut base = match first.as_str() {
        "crate" => Vec::new(),
        "self" | "super" => module.clone(),
        _ => return None,
    };
    if first == "super" {
        base.pop()?;
    }
    for name in rest {
        match name.as_str() {
            "super" => {
                base.pop()?;
            }
            "self" => {}
            name => base.push(name.to_owned()),
        }
    }
    Some(base)
}

/// The module to which a path leads, through what modules publish again.
fn resolve(path: &Module, modules: &BTreeMap<&Module, Vec<Taken>>, depth: usize) -> Module {
    let mut module = Module::new();
    for (at, name) in path.iter().enumerate() {
        let mut below = module.clone();
        below.push(name.clone());
        if modules.contains_key(&below) {
            module = below;
            continue;
        }
        let taken = modules.get(&module).into_iter().flatten();
        let published =
            taken.filter(|taken| taken.published.as_deref() == Some(name)).map(|taken| &taken.path);
        if let Some(onwards) = published.into_iter().find(|_| depth < 8) {
            let whole: Module = onwards.iter().chain(&path[at + 1..]).cloned().collect();
            return resolve(&whole, modules, depth + 1);
        }
        break;
    }
    module
}

/// The modules to which arrows lead from one, directly or through others.
fn reach(from: &Module, arrows: &BTreeMap<&Module, BTreeSet<Module>>) -> BTreeSet<Module> {
    let mut reached = BTreeSet::new();
    let mut next = vec![from];
    while let Some(module) = next.pop() {
        for to in arrows.get(module).into_iter().flatten() {
            if reached.insert(to.clone()) {
                next.push(to);
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A crate of these files: the circles of its files, by their names.
    fn found(files: &[(&str, &str)]) -> Vec<Vec<String>> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let name = |path: &PathBuf| from_root(folder.path(), path).display().to_string();
        circles(folder.path()).unwrap().iter().map(|circle| circle.iter().map(name).collect()).collect()
    }

    #[test]
    fn files_that_need_each_other_are_a_circle() {
        let circle = found(&[
            ("lib.rs", "mod a;\nmod b;\nmod c;\npub use self::c::Third;\n"),
            ("a.rs", "use crate::b::{self, Second as Other};\n"),
            ("b.rs", "pub(crate) fn second(third: &crate::Third) {}\n"),
            ("c.rs", "use super::a::First;\n"),
        ]);
        assert_eq!(circle, [["a.rs", "b.rs", "c.rs"]]);
    }

    #[test]
    fn comments_tests_and_modules_above_make_none() {
        let none = found(&[
            ("lib.rs", "mod a;\nmod b;\nuse a::First;\n"),
            ("a.rs", "mod inner;\nuse self::inner::Inner;\n//! crate::b::Second\nuse std::fmt;\n"),
            ("a/inner.rs", "use super::First;\nuse crate::Whole;\n"),
            ("b.rs", "use crate::a::First;\n\n#[cfg(test)]\nmod tests {\n    use crate::b::Second;\n}\n"),
        ]);
        assert_eq!(none, Vec::<Vec<String>>::new());
    }
}
