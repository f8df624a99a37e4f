//! Addresses of archived copies.

use diagnostics::quoted;
use model::{Date, Url};

use crate::address::same_page;
use crate::git_hosts::{Version, version};

/// Returns whether an address never shows anything else: it names a full commit of a git host, or one copy of a
/// web archive.
pub(crate) fn is_permanent(url: &Url) -> bool {
    version(url) == Some(Version::Commit) || copied(url.as_str()).is_some_and(|copy| copy.on.is_some())
}

/// Returns what an archived address is if it is not a permanent copy of the page, and what to write.
pub(crate) fn wrong_copy(url: &Url, archived: &Url) -> Option<(String, &'static str)> {
    const COMMIT: &str = "give the address with the full commit id: it always shows this version";
    const OTHER: &str = "give the address of a copy of this page, or leave out `archived_url`";
    match version(archived) {
        Some(Version::Commit) => return None,
        Some(Version::Branch(name)) => {
            return Some((format!("the branch {}, which changes,", quoted(name)), COMMIT));
        }
        Some(Version::ShortCommit(id)) => {
            return Some((format!("the shortened commit id {}", quoted(id)), COMMIT));
        }
        Some(Version::Tag) => return Some(("a tag, which can be moved,".to_owned(), COMMIT)),
        None => {}
    }
    if same_page(archived.as_str(), url.as_str()) {
        return (!is_permanent(url)).then(|| ("the page itself".to_owned(), OTHER));
    }
    let copy = copied(archived.as_str()).filter(|copy| !same_page(copy.page, url.as_str()))?;
    Some((format!("a copy of {}", quoted(copy.page)), OTHER))
}

/// What an archive's address says of its copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Copied<'a> {
    /// The page that was copied.
    pub(crate) page: &'a str,
    /// The day of the copy, where the address has a time stamp.
    pub(crate) on: Option<Date>,
}

/// The page of which an archive's address says that it holds a copy: what follows a second scheme, or a
/// time stamp.
pub(crate) fn copied(archived: &str) -> Option<Copied<'_>> {
    let rest = archived.split_once("://")?.1;
    let path = &rest[rest.find('/')?..];
    let (mut at, mut on, mut after) = (0, None, None);
    for segment in path.split('/') {
        at += segment.len() + 1;
        if let Some(day) = stamp(segment) {
            (on, after) = (Some(day), path.get(at..).filter(|page| !page.is_empty()));
            break;
        }
    }
    let scheme = ["https://", "http://"].iter().filter_map(|scheme| path.find(scheme)).min();
    let page = scheme.map(|start| &path[start..]).or(after)?;
    Some(Copied { page, on })
}

/// The day of a time stamp of an archive: `20260601000000`, to the minute or finer, with or without a mark
/// of how the copy is shown.
fn stamp(segment: &str) -> Option<Date> {
    let digits = segment.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &segment[digits..];
    if !matches!(digits, 12..=14) || !(rest.is_empty() || rest.ends_with('_')) {
        return None;
    }
    format!("{}-{}-{}", &segment[..4], &segment[4..6], &segment[6..8]).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_name_the_page_that_they_copy() {
        let day = |text: &str| Some(text.parse().unwrap());
        for (archived, page, on) in [
            (
                "https://web.archive.org/web/20260601000000/https://a.example/b",
                "https://a.example/b",
                day("2026-06-01"),
            ),
            ("https://web.archive.org/web/20260601000000id_/a.example/b", "a.example/b", day("2026-06-01")),
            ("https://archive.example/2026/http://a.example", "http://a.example", None),
        ] {
            assert_eq!(copied(archived), Some(Copied { page, on }), "{archived}");
        }
        for archived in [
            "https://perma.example/AB12-CD34",
            "https://a.example/legal/20250115/terms.pdf",
            "https://archive.example/20260601000000/",
            "https://a.example/123456789012345678/x",
            "https://https://a.example",
        ] {
            assert_eq!(copied(archived), None, "{archived}");
        }
    }

    #[test]
    fn permanent_addresses_are_known() {
        let permanent = |url: &str| is_permanent(&url.parse().unwrap());
        assert!(permanent("https://github.com/a/b/blob/7f93beacbcff062c4185549936e7c00e830756a6/c.md"));
        assert!(permanent("https://web.archive.org/web/20260601000000/https://a.example/b"));
        assert!(!permanent("https://github.com/a/b/blob/main/c.md") && !permanent("https://a.example/b"));
        assert!(!permanent("https://web.archive.org/web/2026/https://a.example/b"));
    }
}
