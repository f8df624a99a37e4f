//! What a site asks of robots: `robots.txt` (RFC 9309).
//!
//! It is written here since the libraries for it either panic on files that are not well formed or turn each line into
//! a regular expression; the whole standard is shorter than what would guard them.

use percent_encoding::percent_decode_str;

use crate::limits::MAX_ROBOTS_BYTES;

/// A line that allows or forbids paths.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    is_allowed: bool,
    pattern: Vec<u8>,
}

/// The lines for one robot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Rules(Vec<Rule>);

impl Rules {
    /// Reads the lines for a robot: those of all groups with its name, or else those for all robots.
    pub(crate) fn parse(file: &[u8], robot: &str) -> Self {
        let file = &file[..file.len().min(MAX_ROBOTS_BYTES)];
        let file = String::from_utf8_lossy(file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file));
        let (mut own, mut general) = (None::<Vec<Rule>>, Vec::new());
        // Lines of names that follow each other open one group.
        let (mut names_us, mut names_all, mut in_names) = (false, false, false);
        for line in file.split(['\r', '\n']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            let is_allowed = match key.as_str() {
                "user-agent" => {
                    if !in_names {
                        (names_us, names_all, in_names) = (false, false, true);
                    }
                    // `trustreg/1.0` names `trustreg` too.
                    let token =
                        value.split(|c: char| !c.is_ascii_alphabetic() && c != '_' && c != '-').next();
                    if token.is_some_and(|token| token.eq_ignore_ascii_case(robot)) {
                        names_us = true;
                        own.get_or_insert_default();
                    }
                    names_all |= value.split_whitespace().next() == Some("*");
                    continue;
                }
                "allow" => true,
                "disallow" => false,
                _ => continue,
            };
            in_names = false;
            if value.is_empty() {
                continue;
            }
            let rule = Rule { is_allowed, pattern: normal(value) };
            if names_us {
                own.get_or_insert_default().push(rule.clone());
            }
            if names_all {
                general.push(rule);
            }
        }
        Self(own.unwrap_or(general))
    }

    /// Whether a path with its query may be asked for: what the longest line that fits says, and if two are equally
    /// long, the one that allows.
    pub(crate) fn allow(&self, path: &str) -> bool {
        let path = normal(path);
        let fitting = self.0.iter().filter(|rule| fits(&rule.pattern, &path));
        fitting
            .map(|rule| (rule.pattern.len(), rule.is_allowed))
            .max()
            .is_none_or(|(_, is_allowed)| is_allowed)
    }
}

/// A path in the one spelling in which paths are compared (RFC 9309, section 2.2.2): what need not be encoded is not,
/// and what is beyond ASCII is.
fn normal(path: &str) -> Vec<u8> {
    let mut normal = Vec::with_capacity(path.len());
    let encode = |byte: u8, normal: &mut Vec<u8>| normal.extend(format!("%{byte:02X}").into_bytes());
    let mut rest = path;
    while let Some(&byte) = rest.as_bytes().first() {
        let hex =
            rest.as_bytes().get(1..3).filter(|hex| byte == b'%' && hex.iter().all(u8::is_ascii_hexdigit));
        if hex.is_some() {
            let (encoded, after) = rest.split_at(3);
            for byte in percent_decode_str(encoded) {
                let is_plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
                if is_plain { normal.push(byte) } else { encode(byte, &mut normal) }
            }
            rest = after;
            continue;
        }
        let (first, after) = rest.split_at(rest.chars().next().map_or(1, char::len_utf8));
        for &byte in first.as_bytes() {
            if byte.is_ascii() { normal.push(byte) } else { encode(byte, &mut normal) }
        }
        rest = after;
    }
    normal
}

/// Whether a path begins as a pattern says. `*` is any characters, `$` at the end of a pattern is the end of the path.
/// Each part between stars is looked for after the one before, so that the time grows with the lengths only.
fn fits(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, ends) = match pattern.strip_suffix(b"$") {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split(|byte| *byte == b'*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return !ends || rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if ends && parts.peek().is_none() {
            return rest.ends_with(part);
        }
        let Some(at) = find(rest, part) else { return false };
        rest = &rest[at + part.len()..];
    }
    true
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    if part.is_empty() { Some(0) } else { memchr::memmem::find(text, part) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn allows(file: &str, path: &str) -> bool {
        Rules::parse(file.as_bytes(), "trustreg").allow(path)
    }

    #[test]
    fn the_group_of_the_robot_counts_and_else_that_of_all() {
        let file = "Disallow: /before\nUser-agent: *\nDisallow: /\n\nUSER-AGENT: TrustReg/2.0 # us\nuser-agent: other\n\
                    Sitemap: https://example.com/s.xml\nDisallow: /private\n\nUser-agent: trustreg\nDisallow: /more";
        assert!(allows(file, "/"));
        assert!(allows(file, "/before"));
        assert!(!allows(file, "/private/a"));
        assert!(!allows(file, "/more"), "groups of one name are one");
        assert!(!Rules::parse(file.as_bytes(), "another").allow("/x"));
        assert!(allows("User-agent: trustregistry\nDisallow: /", "/"), "a longer name is another");
        assert!(allows("User-agent: trustreg\n\nUser-agent: other\nAllow: /\n", "/"));
        assert!(
            allows("User-agent: *\nDisallow: /\nUser-agent: trustreg\nDisallow:", "/"),
            "an empty group is one"
        );
        assert!(
            !allows("User-agent: *\nUser-agent: bad\nDisallow: /", "/"),
            "names after each other open one group"
        );
        assert!(!allows("\u{feff}User-agent: *\r\nDisallow: /a\rDisallow: /b", "/a"));
        assert!(!allows("User-agent: *\r\nDisallow: /a\rDisallow: /b", "/b"));
    }

    /// The examples of RFC 9309, sections 2.2.2, 2.2.3 and 5.2, and of the parser that Google published.
    #[test]
    fn the_longest_line_that_fits_counts() {
        for (rules, path, is_allowed) in [
            (
                "Allow: /example/page/\nDisallow: /example/page/disallowed.gif",
                "/example/page/disallowed.gif",
                false,
            ),
            ("Allow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/", true),
            ("Allow: /page\nDisallow: /page", "/page", true),
            ("Disallow: /page\nAllow: /page", "/page", true),
            ("Disallow: /fish*", "/fish.html", false),
            ("Disallow: /*.php", "/folder/any.php.file", false),
            ("Disallow: /*.php", "/Windows.PHP", true),
            ("Disallow: /*.php$", "/a.php?x", true),
            ("Disallow: /*.php$", "/a.php/b.php", false),
            ("Disallow: /a$b", "/a$b", false),
            ("Disallow: /a*b*c", "/a-c-b", true),
            ("Disallow: /a*b*c", "/a-b-c-d", false),
            ("Disallow: *secret", "/x/secret", false),
            ("Disallow: secret", "/secret", true),
            ("Disallow: /$", "/", false),
            ("Disallow: /$", "/a", true),
            ("Disallow: /*?", "/a?b", false),
            ("Disallow: /*?", "/a", true),
            ("Disallow: /foo/bar?baz=http://foo.bar", "/foo/bar?baz=http://foo.bar", false),
            ("Disallow: /foo/bar/ツ", "/foo/bar/%E3%83%84", false),
            ("Disallow: /foo/bar/%E3%83%84", "/foo/bar/ツ", false),
            ("Disallow: /foo/bar/%62%61%7A", "/foo/bar/baz", false),
            ("Disallow: /foo/bar/baz", "/foo/bar/%62%61%7a", false),
            ("Disallow: /a%2fb", "/a%2Fb", false),
            ("Disallow: /a%2fb", "/a/b", true),
            ("Disallow: /a%zz", "/a%zz", false),
            ("Disallow: /a%", "/a%", false),
            ("Disallow: /path/file-with-a-%2A.html", "/path/file-with-a-%2A.html", false),
            ("Disallow: /path/file-with-a-%2A.html", "/path/file-with-a-x.html", true),
            ("Disallow:", "/", true),
            ("Noindex: /", "/", true),
        ] {
            assert_eq!(allows(&format!("User-agent: *\n{rules}"), path), is_allowed, "{rules} {path}");
        }
    }

    #[test]
    fn only_so_much_of_a_file_is_read() {
        let mut file = "#".repeat(MAX_ROBOTS_BYTES - 30);
        file.push_str("\nUser-agent: *\nDisallow: /a\nDisallow: /b");
        assert!(!allows(&file, "/a"));
        assert!(allows(&file, "/b"));
        let hostile = format!("User-agent: *\nDisallow: /{}$", "*a".repeat(100_000));
        assert!(allows(&hostile, &format!("/{}", "a".repeat(2_000))));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        /// Any file is read, and a pattern fits as an exhaustive search says.
        #[test]
        fn patterns_fit_as_a_search_of_all_ways_says(
            file in prop::collection::vec(any::<u8>(), 0..200),
            pattern in "[ab*]{0,8}[$]?", path in "[ab]{0,10}",
        ) {
            fn slow(pattern: &[u8], path: &[u8]) -> bool {
                match pattern {
                    [] => true,
                    b"$" => path.is_empty(),
                    [b'*', rest @ ..] => (0..=path.len()).any(|at| slow(rest, &path[at..])),
                    [first, rest @ ..] => path.first() == Some(first) && slow(rest, &path[1..]),
                }
            }
            prop_assert_eq!(fits(pattern.as_bytes(), path.as_bytes()), slow(pattern.as_bytes(), path.as_bytes()));
            let _ = Rules::parse(&[b"user-agent:*\ndisallow:", &file[..]].concat(), "trustreg").allow("/a");
        }
    }
}
