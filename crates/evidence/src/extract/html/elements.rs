//! What the elements of HTML mean for text.

use crate::extract::frame::is_of_other_pages;

/// Where the text of an element belongs, the stronger last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// To the page. Headers and footers within are those of an article.
    Article,
    /// To the frame of the site, or it is hidden until a reader asks for it.
    Aside,
    /// Nowhere: no reader sees it.
    Nowhere,
}

/// Elements without an end tag.
pub(super) fn is_void(name: &[u8]) -> bool {
    const VOID: [&[u8]; 14] = [
        b"area", b"base", b"br", b"col", b"embed", b"frame", b"hr", b"img", b"input", b"link", b"meta",
        b"source", b"track", b"wbr",
    ];
    VOID.contains(&name)
}

/// Elements whose end tag may be left out.
pub(super) fn is_optional(name: &[u8]) -> bool {
    const OPTIONAL: [&[u8]; 12] = [
        b"p",
        b"li",
        b"dt",
        b"dd",
        b"option",
        b"optgroup",
        b"tr",
        b"td",
        b"th",
        b"thead",
        b"tbody",
        b"tfoot",
    ];
    OPTIONAL.contains(&name)
}

/// Cells of tables, whose texts stay on one line.
pub(super) fn is_cell(name: &[u8]) -> bool {
    matches!(name, b"td" | b"th" | b"option" | b"button" | b"input" | b"select" | b"img")
}

/// Elements that begin and end a line. So do elements that a site defines itself.
pub(super) fn is_block(name: &[u8]) -> bool {
    const BLOCKS: [&[u8]; 47] = [
        b"address",
        b"article",
        b"aside",
        b"blockquote",
        b"body",
        b"br",
        b"caption",
        b"center",
        b"dd",
        b"details",
        b"dialog",
        b"dir",
        b"div",
        b"dl",
        b"dt",
        b"fieldset",
        b"figcaption",
        b"figure",
        b"footer",
        b"form",
        b"h1",
        b"h2",
        b"h3",
        b"h4",
        b"h5",
        b"h6",
        b"head",
        b"header",
        b"hgroup",
        b"hr",
        b"html",
        b"legend",
        b"li",
        b"main",
        b"menu",
        b"nav",
        b"ol",
        b"p",
        b"pre",
        b"search",
        b"section",
        b"summary",
        b"table",
        b"tbody",
        b"title",
        b"tr",
        b"ul",
    ];
    BLOCKS.contains(&name) || name.contains(&b'-')
}

/// Headings.
pub(super) fn is_heading(name: &[u8]) -> bool {
    matches!(name, [b'h', b'1'..=b'6'])
}

/// Elements that show no text of their own.
pub(super) fn left_out(name: &[u8]) -> Option<Place> {
    const LEFT_OUT: [&[u8]; 18] = [
        b"script",
        b"style",
        b"noscript",
        b"template",
        b"iframe",
        b"object",
        b"svg",
        b"canvas",
        b"audio",
        b"video",
        b"map",
        b"title",
        b"textarea",
        b"datalist",
        b"noembed",
        b"noframes",
        b"select",
        b"xmp",
    ];
    LEFT_OUT.contains(&name).then_some(Place::Nowhere)
}

/// Elements that are the frame of a site, or the page itself.
pub(super) fn frame_of(name: &[u8], is_within_article: bool) -> Option<Place> {
    match name {
        b"main" | b"article" => Some(Place::Article),
        b"nav" | b"aside" | b"dialog" | b"menu" | b"search" | b"button" => Some(Place::Aside),
        b"header" | b"footer" if !is_within_article => Some(Place::Aside),
        _ => None,
    }
}

/// What an attribute says of the place of an element. `aria-hidden` says nothing of what is seen: sites set it on the
/// whole page while a dialog is open.
pub(super) fn place_of_attribute(element: &[u8], name: &[u8], value: &[u8]) -> Option<Place> {
    // Sites hide the whole page until their scripts have run.
    if matches!(element, b"html" | b"body") {
        return None;
    }
    let hides = match name {
        b"hidden" => true,
        b"style" => hides(value),
        b"class" => value
            .split(u8::is_ascii_whitespace)
            .any(|class| is_for_screen_readers(class) || is_of_others(class)),
        b"id" => is_consent(value),
        b"role" => return place_of_role(value),
        _ => false,
    };
    hides.then_some(Place::Aside)
}

fn place_of_role(role: &[u8]) -> Option<Place> {
    match role.to_ascii_lowercase().as_slice() {
        b"main" | b"article" => Some(Place::Article),
        b"navigation" | b"banner" | b"contentinfo" | b"complementary" | b"search" | b"dialog"
        | b"alertdialog" | b"alert" | b"status" | b"menu" | b"menubar" | b"toolbar" | b"tooltip" => {
            Some(Place::Aside)
        }
        _ => None,
    }
}

/// Whether a style hides its element.
fn hides(style: &[u8]) -> bool {
    let style: Vec<u8> =
        style.iter().filter(|byte| !byte.is_ascii_whitespace()).map(u8::to_ascii_lowercase).collect();
    style.split(|byte| *byte == b';').any(|rule| {
        let rule = rule.strip_suffix(b"!important").unwrap_or(rule);
        matches!(rule, b"display:none" | b"visibility:hidden")
    })
}

/// The names by which sites hide text from all but screen readers.
fn is_for_screen_readers(class: &[u8]) -> bool {
    matches!(
        class,
        b"sr-only"
            | b"visually-hidden"
            | b"visuallyhidden"
            | b"screen-reader-text"
            | b"screen-reader-only"
            | b"u-sr-only"
    )
}

/// The names of what links to other pages: `related_articles`.
fn is_of_others(class: &[u8]) -> bool {
    std::str::from_utf8(class).is_ok_and(|class| is_of_other_pages(&class.replace(['_', '-'], " ")))
}

/// The names by which the usual libraries ask for consent to cookies.
fn is_consent(id: &[u8]) -> bool {
    let id = id.to_ascii_lowercase();
    let begins =
        [&b"onetrust-"[..], b"cybotcookiebot", b"usercentrics", b"didomi-", b"truste-", b"cookie-banner"];
    begins.iter().any(|start| id.starts_with(start)) || id == b"cookieconsent" || id == b"cookie-consent"
}
