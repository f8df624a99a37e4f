//! Files that look like data files and are not read, because their name or their folder is another one.

use diagnostics::{Anchor, Finding, Place, RuleId, Severity, guess, one_of, quoted};
use model::{Document, Entity, Subject};

use crate::paths::document_of;

const MISPLACED: RuleId = RuleId("entity/misplaced-file");

/// Endings that an editor, a patch or a merge leaves behind.
const LEFTOVERS: &[&str] = &[".orig", ".rej", ".bak", ".old", ".save", ".swp", ".tmp", "~", "#"];

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Reason {
    /// A program left it beside the file that it worked on.
    Leftover,
    /// It ends otherwise than data files do.
    Ending,
    /// It lies below a folder of data files.
    Subfolder,
    /// Its folder is not read.
    Folder(String),
    /// It lies in no folder.
    Top,
}

/// Why a file is not read although it looks like one that should be, and the path at which it would be;
/// nothing for data files and for files of other kinds.
fn misplaced(path: &str) -> Option<(Reason, Option<String>)> {
    let parts: Vec<&str> = path.split('/').collect();
    let (name, folders) = parts.split_last()?;
    if document_of(path).is_some() || parts.iter().any(|part| part.starts_with('.')) {
        return None;
    }
    let stem = stem(name, !folders.is_empty())?;
    let Some((top, below)) = folders.split_first() else {
        let meant = ["registry", "dimensions"].into_iter().find(|known| stem.eq_ignore_ascii_case(known));
        let reason = if is_leftover(name) { Reason::Leftover } else { Reason::Top };
        return Some((reason, meant.map(|known| format!("{known}.toml"))));
    };
    let meant = guess(top, entity_folders())?.meant;
    let reason = if *top != meant {
        Reason::Folder((*top).to_owned())
    } else if is_leftover(name) {
        Reason::Leftover
    } else if below.is_empty() {
        Reason::Ending
    } else {
        Reason::Subfolder
    };
    Some((reason, Some(format!("{meant}/{stem}.toml"))))
}

/// The folders of entities.
fn entity_folders() -> impl Iterator<Item = &'static str> {
    Document::ALL.into_iter().filter_map(Document::folder)
}

/// What comes before the ending of a file that looks like a data file. In a folder of entities that may be
/// the ending of another language.
fn stem(name: &str, in_folder: bool) -> Option<&str> {
    let lower = name.to_ascii_lowercase();
    let is_text = ["readme", "license", "licence"].iter().any(|word| lower.starts_with(word));
    if is_text || lower.ends_with(".license") {
        return None;
    }
    let dot = lower.find(".toml").or_else(|| {
        let endings = [".tml", ".tom", ".yaml", ".yml", ".json"];
        let tried = if in_folder { &endings[..] } else { &endings[..2] };
        tried.iter().find_map(|ending| Some(lower.strip_suffix(ending)?.len()))
    })?;
    Some(name[..dot].trim_start_matches('#'))
}

fn is_leftover(name: &str) -> bool {
    LEFTOVERS.iter().any(|ending| name.to_ascii_lowercase().ends_with(ending))
}

/// Returns whether a file looks like a data file and is not read. At the top of a repository other tools keep
/// their files, so only those in folders count there.
pub(crate) fn is_stray(path: &str, is_top_of_repository: bool) -> bool {
    let may_be_other = is_top_of_repository && !path.contains('/');
    !may_be_other && misplaced(path).is_some()
}

/// Returns whether a folder, by its path in the data folder, may hold strays.
pub(crate) fn may_hold_strays(folder: &str) -> bool {
    let top = folder.split('/').next().unwrap_or(folder);
    !folder.split('/').any(|part| part.starts_with('.')) && guess(top, entity_folders()).is_some()
}

/// The finding about a stray.
pub(crate) fn finding(path: &str) -> Option<Finding> {
    let (reason, meant) = misplaced(path)?;
    let file = quoted(path);
    let target = meant.as_deref().map(quoted);
    let (what, help) = match (&reason, target) {
        (Reason::Leftover, target) => (
            format!("{file} is not read: an editor, a patch or a merge left it behind"),
            match target {
                Some(target) => format!("remove it; its content belongs in {target}"),
                None => "remove it".to_owned(),
            },
        ),
        (Reason::Top, None) => (
            format!("{file} is not read: entities belong in their folders"),
            format!("move it to {}, or out of the data folder", one_of(entity_folders())),
        ),
        (reason, target) => {
            let why = match reason {
                Reason::Folder(folder) => {
                    format!("there is no folder of data files named {}", quoted(folder))
                }
                Reason::Subfolder => "data files must be directly in their folder".to_owned(),
                _ => "the name of a data file must end in `.toml`, in lower case".to_owned(),
            };
            let target = target.unwrap_or_else(|| "a folder of data files".to_owned());
            (format!("{file} is not read: {why}"), format!("move it to {target}"))
        }
    };
    let place =
        Place { subject: Subject::entity(Entity::File(path.to_owned())), anchor: Anchor::Bytes(0..0) };
    Some(Finding::new(MISPLACED, Severity::Error, place, what).with_help(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn help(path: &str) -> Option<String> {
        finding(path)?.help
    }

    #[test]
    fn files_that_are_not_read_are_told_where_they_belong() {
        for (path, target) in [
            ("offering/acme.toml", "offerings/acme.toml"),
            ("Offerings/acme.toml", "offerings/acme.toml"),
            ("organisations/acme.toml", "organizations/acme.toml"),
            ("offerings/new/acme.toml", "offerings/acme.toml"),
            ("offerings/acme.TOML", "offerings/acme.toml"),
            ("platforms/acme.tml", "platforms/acme.toml"),
            ("offerings/acme.toml.txt", "offerings/acme.toml"),
            ("offerings/acme.yaml", "offerings/acme.toml"),
            ("Dimensions.toml", "dimensions.toml"),
        ] {
            assert_eq!(help(path), Some(format!("move it to `{target}`")), "{path}");
        }
        let removed = "remove it; its content belongs in `offerings/acme.toml`";
        for path in ["offerings/acme.toml.orig", "offerings/acme.toml.rej", "offerings/acme.toml~"] {
            assert_eq!(help(path).as_deref(), Some(removed), "{path}");
        }
        assert!(help("acme.toml").is_some_and(|help| help.contains("`offerings`")));
    }

    #[test]
    fn other_files_are_fine() {
        for path in [
            "offerings/acme.toml",
            "registry.toml",
            "README.md",
            "offerings/README.toml.md",
            "offerings/.acme.toml.swp",
            ".git/x.toml",
            "LICENSE",
            "offerings/acme.toml.license",
            "visits/acme.example.toml",
            "policies/health.toml",
            "changelog/2026-06-01-x.toml",
            "corrections/2026-06-01-x.toml",
            "notes/acme.toml",
            "offerings/logo.png",
            "package.json",
        ] {
            assert_eq!(help(path), None, "{path}");
        }
        assert!(is_stray("acme.toml", false) && !is_stray("Cargo.toml", true));
        assert!(may_hold_strays("offering") && may_hold_strays("offerings/old") && !may_hold_strays("notes"));
    }
}
