//! The pages of the rules: where they are, and how a terminal shows them.

use std::fmt::Write;
use std::path::Path;

use model::{BaseUrl, RegistryInfo};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::terminal::{paint, wrapped};
use crate::version::CHECKOUT;

/// The folder of the pages in this repository.
pub(crate) const FOLDER: &str = "crates/lint/src/rules";

/// Returns whether a repository has the pages: this one has, and that of another registry has not.
pub(crate) fn are_in(repository: &Path) -> bool {
    repository.join(FOLDER).is_dir()
}

/// The address of the folder of the pages, with a final `/`: in the public repository if the registry names one and
/// `repository` has the pages, else in the checkout that this command was built from, which a release does not name.
pub(crate) fn address(info: &RegistryInfo, repository: &Path) -> Option<String> {
    if let Some(address) = stated(info).filter(|_| are_in(repository)) {
        return Some(address);
    }
    let folder = Path::new(CHECKOUT?).join(FOLDER).canonicalize().ok()?;
    Some(format!("file://{}/", percent_encoded(folder.to_str()?)))
}

/// The address of the folder of the pages on the web: in the repository that the registry names, else in that from
/// which the checkout comes, if the pages are in it.
pub(crate) fn public_address(info: &RegistryInfo, remote: Option<&str>, checkout: &Path) -> Option<String> {
    let of_remote = || remote.filter(|remote| remote.starts_with("http")).map(in_repository);
    if are_in(checkout) { stated(info).or_else(of_remote) } else { None }
}

/// The address of the folder in the repository that the registry names.
fn stated(info: &RegistryInfo) -> Option<String> {
    // An address may hold characters that mean something to a terminal.
    let safe = |url: &&BaseUrl| url.as_str().bytes().all(|byte| byte.is_ascii_graphic());
    info.repository_url.known().filter(safe).map(|url| in_repository(url.as_str()))
}

fn in_repository(address: &str) -> String {
    let repository = address.trim_end_matches('/').trim_end_matches(".git");
    format!("{repository}/blob/HEAD/{FOLDER}/")
}

/// A path as an address has it (RFC 3986, section 2.3).
fn percent_encoded(path: &str) -> String {
    path.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

/// Markdown as a terminal shows it, in lines of at most `width` columns: without the first heading,
/// which names the page.
pub(crate) fn rendered(page: &str, color: bool, width: usize) -> String {
    let mut shown = Shown { color, width, out: String::new(), line: String::new(), indent: String::new() };
    let body = page.split_once('\n').map_or("", |(_, body)| body);
    Parser::new(body).for_each(|event| shown.take(event));
    shown.out
}

/// What is written so far.
struct Shown {
    color: bool,
    width: usize,
    out: String,
    /// The block that is being read, unwrapped.
    line: String,
    indent: String,
}

/// Bold.
const STRONG: &str = "1";
/// Bold and underlined.
const HEADING: &str = "1;4";
/// Cyan.
const CODE: &str = "36";
/// Dim.
const DIM: &str = "2";

impl Shown {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.line.push_str(&text),
            Event::Code(code) if self.color => self.line.push_str(&paint(true, CODE, &code)),
            Event::Code(code) => self.line.push_str(&format!("`{code}`")),
            Event::SoftBreak | Event::HardBreak => self.line.push(' '),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                if let Some(caption) = caption(info) {
                    self.block(&paint(self.color, DIM, &caption), "");
                }
            }
            Tag::Item => self.indent.push_str("  "),
            Tag::Strong => self.style(STRONG),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                let heading = std::mem::take(&mut self.line);
                self.block(&paint(self.color, HEADING, &heading), "");
            }
            TagEnd::Paragraph => {
                let text = std::mem::take(&mut self.line);
                self.block(&text, "");
            }
            TagEnd::Item => {
                let text = std::mem::take(&mut self.line);
                self.indent.truncate(self.indent.len() - 2);
                if !text.is_empty() {
                    self.block(&text, "- ");
                    self.out.pop();
                }
            }
            TagEnd::List(_) => self.out.push('\n'),
            TagEnd::CodeBlock => {
                let code = std::mem::take(&mut self.line);
                for line in code.lines() {
                    let line = if line.is_empty() { String::new() } else { paint(self.color, CODE, line) };
                    let _ = writeln!(self.out, "{}", format!("    {line}").trim_end());
                }
                self.out.push('\n');
            }
            TagEnd::Strong => self.style("22"),
            _ => {}
        }
    }

    /// Switches a style within a line.
    fn style(&mut self, sgr: &str) {
        if self.color {
            let _ = write!(self.line, "\u{1b}[{sgr}m");
        }
    }

    /// Writes a block and a blank line.
    fn block(&mut self, text: &str, bullet: &str) {
        let first = format!("{}{bullet}", self.indent);
        let rest = " ".repeat(first.chars().count());
        self.out.push_str(&wrapped(text, self.width, &first, &rest));
        self.out.push_str("\n\n");
    }
}

/// What the words after ```` ```toml ```` or ```` ```csv ```` say of a snippet: "bad: offerings/acme-chat.toml".
fn caption(info: &str) -> Option<String> {
    let mut words = info.split_whitespace().skip(1);
    let (kind, file) = (words.next()?, words.next()?);
    let more = words.filter_map(|word| match word.strip_prefix("also=") {
        Some(rules) => Some(format!(", raises {} too", rules.replace(',', ", "))),
        None => (word == "whole").then(|| ", the whole file".to_owned()),
    });
    Some(format!("{kind}: {file}{}", more.collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# cell/x\n\nSays `yes`, and **why**:\n\n- one thing that is long enough to be wrapped\n- two\n\n\
        ## Examples\n\n```toml bad offerings/a.toml whole also=cell/y,cell/z\nid = \"a\"\n\n[b]\n```\n";

    #[test]
    fn pages_are_wrapped_and_plain_without_colours() {
        let expected = "Says `yes`, and why:\n\n- one thing that is long enough to be\n  wrapped\n- two\n\nExamples\n\n\
            bad: offerings/a.toml, the whole file,\nraises cell/y, cell/z too\n\n    id = \"a\"\n\n    [b]\n\n";
        assert_eq!(rendered(PAGE, false, 40), expected);
    }

    #[test]
    fn colours_change_no_word() {
        let shown = rendered(PAGE, true, 40);
        assert!(
            shown.contains("\u{1b}[36myes\u{1b}[0m") && shown.contains("\u{1b}[1mwhy\u{1b}[22m"),
            "{shown:?}"
        );
        assert!(shown.lines().all(|line| !line.ends_with(' ')), "{shown:?}");
    }

    #[test]
    fn addresses_lead_to_the_pages() {
        let mut info = RegistryInfo::default();
        let (clone, elsewhere) = (Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")), Path::new("/"));
        let here = address(&info, clone).unwrap();
        assert!(here.starts_with("file:///") && here.ends_with("/crates/lint/src/rules/"), "{here}");
        info.repository_url = model::Optional::Known("https://code.example/registry.git".parse().unwrap());
        let public = "https://code.example/registry/blob/HEAD/crates/lint/src/rules/";
        assert_eq!(address(&info, clone).as_deref(), Some(public));
        let of_other = Some("https://other.example/r");
        assert_eq!(public_address(&info, of_other, clone).as_deref(), Some(public));
        // The repository of another registry has no pages.
        assert_eq!(address(&info, elsewhere).as_deref(), Some(here.as_str()));
        assert_eq!(public_address(&info, of_other, elsewhere), None);
        let unnamed = RegistryInfo::default();
        let cloned = public_address(&unnamed, Some("https://code.example/registry.git"), clone);
        assert_eq!(cloned.as_deref(), Some(public));
        assert_eq!(public_address(&unnamed, Some("https://code.example/registry.git"), elsewhere), None);
        assert_eq!(public_address(&unnamed, Some("ssh://code.example/registry.git"), clone), None);
        info.repository_url = model::Optional::Known("https://code.example/\u{9c}\u{9b}2J".parse().unwrap());
        assert_eq!(address(&info, clone).as_deref(), Some(here.as_str()));
        assert_eq!(percent_encoded("/a b/ü"), "/a%20b/%C3%BC");
    }
}
