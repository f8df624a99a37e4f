//! Addresses: where a reference of a page leads.

use model::Url;

/// The address that a reference names on a page (RFC 3986, section 5); nothing where it is none of the web.
pub fn join(base: &Url, reference: &str) -> Option<Url> {
    let reference = reference.trim();
    let reference = reference.split('#').next().unwrap_or_default();
    let scheme = base.scheme();
    let (path, query) = split_query(base.rest());
    let has_scheme = reference.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte))
    });
    let joined = if has_scheme {
        reference.to_owned()
    } else if reference.starts_with("//") {
        format!("{scheme}:{reference}")
    } else {
        let (to, to_query) = split_query(reference);
        let path = match to {
            "" => path.to_owned(),
            absolute if absolute.starts_with('/') => without_dots(absolute),
            relative => {
                let folder = path.rfind('/').map_or("/", |at| &path[..=at]);
                without_dots(&format!("{folder}{relative}"))
            }
        };
        let query = if to.is_empty() && to_query.is_empty() { query } else { to_query };
        format!("{scheme}://{}{path}{query}", base.authority())
    };
    // Sites send characters in `Location` that an address must not hold; browsers write them as `%20`.
    joined.replace(' ', "%20").parse::<Url>().ok().filter(Url::is_web)
}

/// The path of a reference, and its query with the question mark.
fn split_query(rest: &str) -> (&str, &str) {
    let rest = rest.split('#').next().unwrap_or_default();
    rest.split_at(rest.find('?').unwrap_or(rest.len()))
}

/// A path without `.` and `..`, however they are written, so that it is the path that a server will see (WHATWG URL,
/// "single-dot" and "double-dot URL path segment").
pub fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut parts = path.strip_prefix('/').unwrap_or(path).split('/').peekable();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        match part.replace("%2e", ".").replace("%2E", ".").as_str() {
            ".." => {
                kept.pop();
            }
            "." => {}
            _ => {
                kept.push(part);
                continue;
            }
        }
        if is_last {
            kept.push("");
        }
    }
    format!("/{}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    /// The examples of RFC 3986, section 5.4, that name a page of the web.
    #[test]
    fn references_are_joined_as_the_standard_says() {
        let base = url("http://a/b/c/d;p?q");
        for (reference, joined) in [
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q"),
            ("g#s", "http://a/b/c/g"),
            (";x", "http://a/b/c/;x"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../../../g", "http://a/g"),
            ("/../g", "http://a/g"),
            ("g;x=1/../y", "http://a/b/c/y"),
            ("https://b/x y", "https://b/x%20y"),
        ] {
            assert_eq!(
                join(&base, reference).map(|url| url.to_string()).as_deref(),
                Some(joined),
                "{reference}"
            );
        }
        for none in ["mailto:a@b", "javascript:alert(1)", "file:///etc/passwd", "http://", "//"] {
            assert_eq!(join(&base, none), None, "{none}");
        }
    }
}
