//! The page of a rule: its summary, and the snippets that are run as tests.

/// A rule's page, Markdown: a title with the rule's id, a sentence that sums it up, and sections. A
/// fenced block `toml bad offerings/acme-chat.toml` shows a change of the example registry that
/// raises the rule, one with `good` a change that raises nothing. A block `csv bad cells.csv` is a table
/// that is imported, with the block `toml bad profile.toml` before it, if any, as its profile.
///
/// More words may follow the file: `whole`, `removed`, `and` and `also=RULE,RULE` (see [`Snippet`]).
#[derive(Debug, Clone, Copy)]
pub struct Page<'a>(&'a str);

/// Whether a snippet raises the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SnippetKind {
    /// It raises the rule.
    Bad,
    /// It raises nothing at or above warning.
    Good,
}

/// A change of the example registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet<'a> {
    /// Whether it raises the rule.
    pub kind: SnippetKind,
    /// The file it changes, as a path in the data folder; or the name of a table or profile to import.
    pub file: &'a str,
    /// Whether it is the whole file; if not, its keys and cells take the place of those in the file, and
    /// its entries of lists join them.
    pub whole: bool,
    /// Whether its keys and cells are taken out of the file; with none, the file itself is.
    pub removed: bool,
    /// Whether it is one change with the snippet before it.
    pub and: bool,
    /// Other rules that it must raise too.
    pub also: Vec<&'a str>,
    /// The text.
    pub text: &'a str,
}

impl Snippet<'_> {
    /// Returns whether it is a table to import.
    pub fn is_table(&self) -> bool {
        self.file.ends_with(".csv")
    }

    /// Returns whether it is the profile of an import.
    pub fn is_profile(&self) -> bool {
        self.file == "profile.toml"
    }
}

impl<'a> Page<'a> {
    /// The page of a rule.
    pub fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The id in its title.
    pub fn title(self) -> &'a str {
        self.0.lines().next().unwrap_or("").trim_start_matches("# ")
    }

    /// The paragraph below the title.
    pub fn summary(self) -> &'a str {
        let body = self.0.split_once('\n').map_or("", |(_, body)| body).trim_start();
        body.split("\n\n").next().unwrap_or("").trim_end()
    }

    /// The snippets in the order of the page.
    pub fn snippets(self) -> Vec<Snippet<'a>> {
        let mut snippets = Vec::new();
        let mut rest = self.0;
        while let Some((_, after)) = rest.split_once("\n```") {
            let Some((info, body)) = after.split_once('\n') else { break };
            let (text, after) = match body.strip_prefix("```") {
                Some(after) => ("", after),
                None => match body.find("\n```") {
                    Some(end) => (&body[..=end], &body[end + 4..]),
                    None => break,
                },
            };
            rest = after;
            let mut words = info.split_whitespace();
            let is_shown = matches!(words.next(), Some("toml" | "csv"));
            let kind = match words.next().filter(|_| is_shown) {
                Some("bad") => SnippetKind::Bad,
                Some("good") => SnippetKind::Good,
                _ => continue,
            };
            let Some(file) = words.next() else { continue };
            let (mut whole, mut removed, mut and, mut also) = (false, false, false, Vec::new());
            for word in words {
                whole |= word == "whole";
                removed |= word == "removed";
                and |= word == "and";
                also.extend(word.strip_prefix("also=").into_iter().flat_map(|list| list.split(',')));
            }
            snippets.push(Snippet { kind, file, whole, removed, and, also, text });
        }
        snippets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_summary_and_snippets() {
        let text = "# cell/x\n\nSays something.\n\n## Examples\n\n```toml bad offerings/a.toml also=cell/y,cell/z\nstatus = 1\n```\n\n```toml good offerings/a.toml whole\n```\n\n```toml good offerings/b.toml removed and\n```\n\n```sh\nls\n```\n\n```csv bad cells.csv\nowner\n```\n";
        let page = Page::new(text);
        assert_eq!((page.title(), page.summary()), ("cell/x", "Says something."));
        let snippets = page.snippets();
        assert_eq!(snippets.len(), 4);
        assert_eq!(snippets[0].also, ["cell/y", "cell/z"]);
        assert_eq!((snippets[0].text, snippets[1].text), ("status = 1\n", ""));
        assert!(snippets[1].whole && snippets[1].kind == SnippetKind::Good);
        assert!(snippets[2].removed && snippets[2].and && !snippets[1].and);
        assert!(snippets[3].is_table() && snippets[3].text == "owner\n" && !snippets[2].is_table());
    }
}
