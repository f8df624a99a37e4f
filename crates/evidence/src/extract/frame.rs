//! Phrases by which a site says something of a page that is not the page: how long ago it was changed, what else there
//! is to read, and that something went wrong. They are looked for in English, and only where they are all that is said.

/// A page that says that something went wrong says little else.
const SHORT: usize = 1_000;

/// Whether a line says how long ago the page was changed: that changes by itself.
pub(super) fn is_relative_day(line: &str) -> bool {
    const STARTS: [&str; 7] =
        ["updated", "last updated", "modified", "last modified", "edited", "published", "posted"];
    const ENDS: [&str; 8] = [
        " ago",
        " today",
        " yesterday",
        " this week",
        " last week",
        " this month",
        " in the last hour",
        " just now",
    ];
    if line.len() > 60 {
        return false;
    }
    let line = line.to_lowercase();
    let line = line.trim_end_matches('.');
    STARTS.iter().any(|start| line.starts_with(start)) && ENDS.iter().any(|end| line.ends_with(end))
}

/// Whether a heading is that of links to other pages, which a site may change at any time.
pub(super) fn is_of_other_pages(heading: &str) -> bool {
    const NOUNS: [&str; 7] = ["articles", "posts", "pages", "links", "content", "reading", "resources"];
    let heading = heading.trim().trim_end_matches(':').to_lowercase();
    let related = heading.strip_prefix("related ").or_else(|| heading.strip_prefix("more "));
    related.is_some_and(|noun| NOUNS.contains(&noun))
        || matches!(heading.as_str(), "related" | "read next" | "further reading" | "you may also like")
}

/// Whether a text says that the site failed, or asks whether the reader is human. Servers send such pages as if they were
/// the page that was asked for.
pub(super) fn is_failure(text: &str) -> bool {
    const PHRASES: [&str; 14] = [
        "an unexpected error",
        "application error",
        "something went wrong",
        "internal server error",
        "service unavailable",
        "temporarily unavailable",
        "access denied",
        "just a moment",
        "checking your browser",
        "verify you are human",
        "verifying you are human",
        "unusual traffic",
        "too many requests",
        "enable javascript",
    ];
    if text.len() > SHORT {
        return false;
    }
    let text = text.to_lowercase();
    PHRASES.iter().any(|phrase| text.contains(phrase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_told_from_what_a_page_says() {
        for line in ["Updated over 3 weeks ago", "Last updated yesterday", "Updated this week."] {
            assert!(is_relative_day(line), "{line}");
        }
        for line in ["Last updated: March 20, 2026", "We updated our terms two weeks ago", "Updated"] {
            assert!(!is_relative_day(line), "{line}");
        }
        assert!(is_of_other_pages("Related Articles") && is_of_other_pages("Read next:"));
        assert!(!is_of_other_pages("Related parties") && !is_of_other_pages("More"));
        assert!(is_failure("This page isn’t available\nAn unexpected error has occurred."));
        assert!(!is_failure(&"We report an unexpected error within 72 hours. ".repeat(30)));
    }
}
