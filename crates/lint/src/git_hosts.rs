//! Addresses on git hosts: whether they name one version for good, or a branch that moves on.

use memchr::memchr2;
use model::Url;

/// Which version of a file an address on a git host names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version<'a> {
    /// A full commit id: what it shows never changes.
    Commit,
    /// A shortened commit id, which may later fit two commits.
    ShortCommit(&'a str),
    /// A tag that looks like a version. It can be moved, but seldom is.
    Tag,
    /// A branch, or a name that may be one.
    Branch(&'a str),
}

/// The version that an address names; nothing for other addresses.
pub(crate) fn version(url: &Url) -> Option<Version<'_>> {
    let rest = url.rest();
    let path = &rest[..memchr2(b'?', b'#', rest.as_bytes()).unwrap_or(rest.len())];
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    named(&url.host().to_ascii_lowercase(), &parts)
}

/// The forms of GitHub, GitLab, Bitbucket, Hugging Face, and Gitea with its kin.
fn named<'a>(host: &str, parts: &[&'a str]) -> Option<Version<'a>> {
    const VIEWS: [&str; 5] = ["blob", "tree", "raw", "blame", "resolve"];
    let bare = host.strip_prefix("www.").unwrap_or(host);
    match (bare, parts) {
        ("raw.githubusercontent.com", [_, _, "refs", kind, name, ..])
        | ("github.com", [_, _, "raw", "refs", kind, name, ..]) => {
            Some(if *kind == "tags" { Version::Tag } else { Version::Branch(name) })
        }
        ("raw.githubusercontent.com", [_, _, name, ..]) => Some(judged(name)),
        ("github.com" | "huggingface.co", [_, _, "commit", name, ..]) => Some(judged(name)),
        ("github.com" | "huggingface.co", [_, _, view, name, ..]) if VIEWS.contains(view) => {
            Some(judged(name))
        }
        ("huggingface.co", ["datasets" | "spaces", _, _, view, name, ..]) if VIEWS.contains(view) => {
            Some(judged(name))
        }
        ("bitbucket.org", [_, _, "src" | "raw", name, ..]) => Some(judged(name)),
        (_, [_, _, "src" | "raw" | "media", kind @ ("branch" | "commit" | "tag"), name, ..]) => {
            Some(match *kind {
                "tag" => Version::Tag,
                _ => judged(name),
            })
        }
        _ => {
            let dash = parts.iter().position(|part| *part == "-")?;
            match &parts[dash + 1..] {
                [view, name, ..] if VIEWS.contains(view) || *view == "commit" => Some(judged(name)),
                _ => None,
            }
        }
    }
}

fn judged(name: &str) -> Version<'_> {
    let is_hex = name.bytes().all(|byte| byte.is_ascii_hexdigit());
    let number = name.strip_prefix('v').unwrap_or(name);
    let is_version = number.starts_with(|c: char| c.is_ascii_digit()) && number.contains('.');
    match name.len() {
        40 | 64 if is_hex => Version::Commit,
        7..40 if is_hex && name.bytes().any(|byte| byte.is_ascii_digit()) => Version::ShortCommit(name),
        _ if is_version => Version::Tag,
        _ => Version::Branch(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "7f93beacbcff062c4185549936e7c00e830756a6";

    fn of(url: &str) -> Option<Version<'static>> {
        let url: &'static Url = Box::leak(Box::new(url.parse().unwrap()));
        version(url)
    }

    #[test]
    fn branches_are_told_from_commits() {
        for place in [
            "https://github.com/a/b/blob/{}/c.md",
            "https://raw.githubusercontent.com/a/b/{}/c.md",
            "https://gitlab.com/a/b/c/-/blob/{}/d.md#L1",
            "https://git.a.example/a/b/-/raw/{}/d.md?x=y",
            "https://bitbucket.org/a/b/src/{}/c.md",
            "https://huggingface.co/a/b/blob/{}/README.md",
            "https://huggingface.co/datasets/a/b/resolve/{}/README.md",
        ] {
            assert_eq!(of(&place.replace("{}", ID)), Some(Version::Commit), "{place}");
            assert_eq!(of(&place.replace("{}", "main")), Some(Version::Branch("main")), "{place}");
            assert_eq!(of(&place.replace("{}", "v1.2.0")), Some(Version::Tag), "{place}");
            assert_eq!(of(&place.replace("{}", "7f93bea")), Some(Version::ShortCommit("7f93bea")), "{place}");
        }
        assert_eq!(of(&format!("https://codeberg.org/a/b/src/commit/{ID}/c")), Some(Version::Commit));
        assert_eq!(of("https://codeberg.org/a/b/src/branch/main/c"), Some(Version::Branch("main")));
        assert_eq!(
            of("https://raw.githubusercontent.com/a/b/refs/heads/main/c"),
            Some(Version::Branch("main"))
        );
        assert_eq!(of(&format!("https://github.com/a/b/commit/{ID}")), Some(Version::Commit));
    }

    #[test]
    fn other_addresses_name_no_version() {
        for url in [
            "https://github.com/a/b",
            "https://github.com/a/b/issues/1",
            "https://a.example/blog/tree/main",
            "https://docs.gitlab.com/x/y",
            "https://a.example/-/x",
        ] {
            assert_eq!(of(url), None, "{url}");
        }
    }
}
