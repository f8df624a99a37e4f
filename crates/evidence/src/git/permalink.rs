//! Permanent addresses of versions on the hosts of git archives.

use model::Url;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What an address may hold as it is, besides letters and digits; the slash parts folders.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Where an archive is published.
#[derive(Debug)]
pub(super) struct Host {
    /// The address of the repository, without a slash at its end.
    repository: String,
    /// The part of an address between it and the commit.
    view: &'static str,
}

impl Host {
    /// The host of a repository: GitHub and Hugging Face, GitLab, Bitbucket, or Gitea and its kin.
    pub(super) fn of(published: &Url) -> Option<Self> {
        let host = published.host().to_ascii_lowercase();
        let path = published.rest().split(['?', '#']).next().unwrap_or_default().trim_matches('/');
        if !path.contains('/') {
            return None;
        }
        let view = match host.strip_prefix("www.").unwrap_or(&host) {
            "github.com" | "huggingface.co" => "blob",
            "bitbucket.org" => "src",
            "gitea.com" | "codeberg.org" => "src/commit",
            host if host.split('.').any(|label| label == "gitea" || label == "forgejo") => "src/commit",
            _ => "-/blob",
        };
        let path = path.strip_suffix(".git").unwrap_or(path);
        Some(Self { repository: format!("https://{host}/{path}"), view })
    }

    /// The address of a file at a commit.
    pub(super) fn permalink(&self, commit: &str, path: &str) -> Option<Url> {
        let path = utf8_percent_encode(path, KEPT);
        format!("{}/{}/{commit}/{path}", self.repository, self.view).parse().ok()
    }

    /// The path of the file that such an address names, if it is of this repository.
    pub(super) fn path(&self, url: &Url) -> Option<String> {
        let identity = url.identity();
        let start = identity.get(..self.repository.len())?;
        let rest =
            start.eq_ignore_ascii_case(&self.repository).then(|| &identity[self.repository.len()..])?;
        let rest = rest.strip_prefix('/')?.strip_prefix(self.view)?.strip_prefix('/')?;
        let (_, path) = rest.split(['?', '#']).next()?.split_once('/')?;
        percent_decode_str(path).decode_utf8().ok().map(|path| path.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_commit_and_path() {
        let id = "7f93beacbcff062c4185549936e7c00e830756a6";
        for (published, permalink) in [
            ("https://github.com/a/b", "https://github.com/a/b/blob/{}/Le%20Chat/Terms%20%231.md"),
            ("https://GitHub.com/a/b.git", "https://github.com/a/b/blob/{}/Le%20Chat/Terms%20%231.md"),
            ("https://gitlab.com/a/b/c/", "https://gitlab.com/a/b/c/-/blob/{}/Le%20Chat/Terms%20%231.md"),
            ("https://codeberg.org/a/b", "https://codeberg.org/a/b/src/commit/{}/Le%20Chat/Terms%20%231.md"),
        ] {
            let host = Host::of(&published.parse().unwrap()).unwrap();
            let url = host.permalink(id, "Le Chat/Terms #1.md").unwrap();
            assert_eq!(url.to_string(), permalink.replace("{}", id));
            assert_eq!(host.path(&url).as_deref(), Some("Le Chat/Terms #1.md"));
            assert_eq!(host.path(&"https://github.com/a/bb/blob/1/c.md".parse().unwrap()), None);
        }
        assert!(Host::of(&"https://github.com/".parse().unwrap()).is_none());
    }
}
