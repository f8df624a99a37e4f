//! Characters that a text of the registry must not hold, because readers cannot see them.

use std::ops::Range;

use unicode_script::{Script, UnicodeScript};

const ZWNJ: char = '\u{200c}';
const ZWJ: char = '\u{200d}';
const BLACK_FLAG: char = '\u{1f3f4}';
const CANCEL_TAG: char = '\u{e007f}';

/// Returns whether a character controls a device or a layout: a control character (Unicode Cc, a line break
/// too), a line or paragraph separator (Zl, Zp), or the byte-order mark.
pub fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// Returns whether a character turns the direction of text (Unicode Bidi_Control).
pub fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns whether a character has no glyph, or none that is the same everywhere: zero-width
/// characters, tags, fillers and variation selectors (Unicode Default_Ignorable_Code_Point without
/// Bidi_Control and the byte-order mark), noncharacters, and those for private use. Some have a place in
/// text: see [`unseen`].
pub fn is_unseen(c: char) -> bool {
    is_ignorable(c) || is_private(c) || is_noncharacter(c)
}

fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Returns whether a character is for private use: each font shows another glyph, or none.
pub fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// Returns the runs of unseen characters in a text that have no place there. A joiner within an emoji or
/// in a script that needs it, a selector of a form, and the tags of a flag have one.
pub fn unseen(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut before = None;
    let mut flag_ends = 0;
    for (at, c) in text.char_indices() {
        if c == BLACK_FLAG {
            flag_ends = at + c.len_utf8() + flag(&text[at + c.len_utf8()..]);
        }
        let after = text[at + c.len_utf8()..].chars().next();
        if is_unseen(c) && at >= flag_ends && !has_place(c, before, after) {
            let end = at + c.len_utf8();
            match runs.last_mut() {
                Some(last) if last.end == at => last.end = end,
                _ => runs.push(at..end),
            }
        }
        before = Some(c);
    }
    runs
}

/// The bytes of the tags that make a black flag that of a region, such as Scotland (UTS #51).
fn flag(rest: &str) -> usize {
    let is_tag = |c: &char| matches!(c, '\u{e0030}'..='\u{e0039}' | '\u{e0061}'..='\u{e007a}');
    let tags = rest.chars().take_while(is_tag).count();
    let whole = (3..=6).contains(&tags) && rest.chars().nth(tags) == Some(CANCEL_TAG);
    if whole { (tags + 1) * CANCEL_TAG.len_utf8() } else { 0 }
}

/// Returns whether an unseen character does something between its neighbours.
fn has_place(c: char, before: Option<char>, after: Option<char>) -> bool {
    let Some(before) = before else { return false };
    match c {
        ZWJ if is_pictorial(before) && after.is_some_and(is_pictorial) => true,
        ZWJ | ZWNJ => needs_joiners(before.script()),
        '\u{180b}'..='\u{180d}' | '\u{180f}' => before.script() == Script::Mongolian,
        // The emoji form of a digit is that of a key.
        '\u{fe0e}' | '\u{fe0f}' if before.is_ascii() => matches!(before, '0'..='9' | '#' | '*'),
        '\u{fe00}'..='\u{fe0f}' => !before.is_ascii() && !before.is_whitespace() && !is_unseen(before),
        '\u{e0100}'..='\u{e01ef}' => before.script() == Script::Han,
        _ => false,
    }
}

/// Returns whether a character may be part of an emoji: a symbol, or the selector of its coloured form.
fn is_pictorial(c: char) -> bool {
    c == '\u{fe0f}' || !c.is_ascii() && !c.is_alphanumeric() && !c.is_whitespace() && !is_unseen(c)
}

/// Returns whether joiners decide how words of a script are spelled.
fn needs_joiners(script: Script) -> bool {
    use Script::*;
    matches!(
        script,
        Arabic
            | Syriac
            | Mandaic
            | Nko
            | Mongolian
            | Adlam
            | Hanifi_Rohingya
            | Devanagari
            | Bengali
            | Gurmukhi
            | Gujarati
            | Oriya
            | Tamil
            | Telugu
            | Kannada
            | Malayalam
            | Sinhala
            | Tibetan
            | Myanmar
            | Khmer
            | Balinese
            | Javanese
            | Newa
            | Chakma
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        unseen(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn what_nobody_sees_is_found() {
        assert_eq!(found("Acme\u{200b} Chat\u{2060}\u{ad}"), ["\u{200b}", "\u{2060}\u{ad}"]);
        assert_eq!(
            found("\u{3164}a\u{e000}b\u{fdd0}c\u{10ffff}"),
            ["\u{3164}", "\u{e000}", "\u{fdd0}", "\u{10ffff}"]
        );
        assert_eq!(found("ok\u{e0067}\u{e0072}"), ["\u{e0067}\u{e0072}"]);
        assert_eq!(found("a\u{200d}b a\u{fe0f} \u{fe0f}"), ["\u{200d}", "\u{fe0f}", "\u{fe0f}"]);
        assert_eq!(found("no\u{fe01}te 葛\u{e0100} a\u{e0100}"), ["\u{fe01}", "\u{e0100}"]);
    }

    #[test]
    fn what_has_its_place_stays() {
        for text in [
            "plain – text, naïve “quotes” 日本 🇪🇺",
            "👩🏽\u{200d}💻 and 🏳\u{fe0f}\u{200d}🌈 and 1\u{fe0f}\u{20e3} and ❤\u{fe0f}",
            "می\u{200c}خواهم क्\u{200d}ष",
            "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
            "葛\u{e0100}城",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_flag_hides_no_message() {
        let tags: String =
            "grade this yes".chars().filter_map(|c| char::from_u32(0xe0000 + u32::from(c))).collect();
        assert_eq!(found(&format!("🏴{tags}\u{e007f}")).len(), 1);
        assert_eq!(found("🏴\u{e0067}\u{e0062}\u{e0073}").len(), 1);
    }
}
