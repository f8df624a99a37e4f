//! Where a repository was cloned from.

use super::Repository;
use super::error::GitError;
use crate::StoreError;

impl Repository {
    /// The address of the remote `origin`, without user, password, query and fragment; none where there is none, or it
    /// is a path.
    ///
    /// # Errors
    ///
    /// When git cannot be run.
    pub fn remote(&self) -> Result<Option<String>, StoreError> {
        match self.ask(&["config", "--get", "remote.origin.url"]) {
            Ok(address) => Ok(public(String::from_utf8_lossy(&address).trim())),
            Err(GitError::Failed { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// A remote as an address that may be shown; none for a path.
fn public(remote: &str) -> Option<String> {
    let (scheme, rest) = match remote.split_once("://") {
        Some((scheme, rest)) => (scheme, rest.to_owned()),
        // `user@host:path`, unless it is a path or the drive of Windows.
        None => {
            let (host, path) =
                remote.split_once(':').filter(|(host, _)| host.len() > 1 && !host.contains('/'))?;
            ("ssh", format!("{host}/{}", path.trim_start_matches('/')))
        }
    };
    let (host, path) = rest.split_once('/')?;
    let host = host.rsplit('@').next().unwrap_or(host);
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let is_shown = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/:%+[]".contains(&byte);
    let known = ["https", "http", "ssh", "git"].contains(&scheme) && !host.is_empty();
    (known && host.bytes().chain(path.bytes()).all(is_shown)).then(|| format!("{scheme}://{host}/{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remotes_are_shown_without_secrets() {
        for (remote, shown) in [
            ("https://github.com/acme/registry.git", Some("https://github.com/acme/registry.git")),
            (
                "https://jo:s3cret@host.example:8443/acme/r?token=1#x",
                Some("https://host.example:8443/acme/r"),
            ),
            ("https://a@b@host.example/r", Some("https://host.example/r")),
            ("git@github.com:acme/registry.git", Some("ssh://github.com/acme/registry.git")),
            ("ssh://git@host.example/r", Some("ssh://host.example/r")),
            ("host.example:/r", Some("ssh://host.example/r")),
            ("/srv/git/r.git", None),
            ("../r:x", None),
            ("C:\\r", None),
            ("file:///srv/r", None),
            ("ext::sh -c x", None),
            ("https://host.example/a b", None),
            ("", None),
        ] {
            assert_eq!(public(remote).as_deref(), shown, "{remote}");
        }
    }
}
