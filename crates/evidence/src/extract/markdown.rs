//! Text of Markdown, such as the documents of git archives.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::html;
use super::lines::Lines;

pub(super) const NAME: &str = "markdown-1";

/// The text of a document as a reader sees it: no marks, no addresses of links, no metadata before it.
pub(super) fn read(text: &str) -> Lines {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_FOOTNOTES;
    let mut lines = Lines::default();
    let mut markup = String::new();
    let mut is_metadata = false;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => is_metadata = true,
            Event::End(TagEnd::MetadataBlock(_)) => is_metadata = false,
            _ if is_metadata => {}
            // Markup comes in pieces, which are read together: a comment may have many lines.
            Event::Html(piece) => markup.push_str(&piece),
            Event::InlineHtml(piece) => {
                if html::breaks_line(&piece) {
                    lines.end();
                }
            }
            Event::End(TagEnd::HtmlBlock) => {
                lines.end();
                for line in html::read(&std::mem::take(&mut markup)).text.finish().lines() {
                    lines.push(line);
                    lines.end();
                }
            }
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                lines.push(&text);
            }
            Event::SoftBreak => lines.space(),
            Event::HardBreak | Event::Rule => lines.end(),
            Event::End(TagEnd::TableCell) => lines.space(),
            Event::Start(tag) if is_block(&tag) => lines.end(),
            Event::End(tag) if !is_inline(tag) => lines.end(),
            Event::Start(_) | Event::End(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }
    lines
}

fn is_block(tag: &Tag<'_>) -> bool {
    !is_inline(tag.to_end())
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::TableCell
    )
}
