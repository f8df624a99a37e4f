//! One look at the bytes of a text, which shows that most rules need not look at it. If each rule looked
//! itself, a lint of 1,000 offerings would cost 2.6 times the instructions.

use model::{is_control, is_unseen, turns_direction};

use crate::filler::MARKS;
use crate::residue::WORDS;

/// Something for which a rule looks into texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u16)]
pub(crate) enum Sign {
    /// A control character, a line or paragraph separator, or the byte-order mark; no line break.
    Control = 1,
    /// A line break.
    LineBreak = 2,
    /// A character that turns the direction of text.
    Turn = 4,
    /// `@`.
    At = 8,
    /// `://`.
    Address = 16,
    /// A mark of what is still to be written, or a colon after one of the letters that end the small ones.
    Mark = 32,
    /// A character that readers cannot see.
    Unseen = 64,
    /// What may have come of a wrong encoding: a capital from `Â` or a small letter up to `ô` before another
    /// character beyond ASCII, the replacement character, or `&`.
    Garbled = 128,
    /// What a mark of a chatbot has.
    Residue = 256,
    /// `<<` or `>>`, as in the markers of a merge.
    Marker = 512,
}

/// The signs that a text shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Glance(u16);

/// A byte that may be a sign whatever follows it.
const ALONE: u8 = 1;
/// The first two bytes of one of `MARKS`.
const MARK: u8 = 2;
/// The end of a small mark.
const SMALL_MARK: u8 = 4;
/// The first two bytes of one of `WORDS`.
const WORD: u8 = 8;
/// What another mark of a chatbot has: a digit after `turn`.
const TURN: u8 = 16;
/// Two of `<` and `>`.
const MARKER: u8 = 32;
/// What a further mark of a chatbot has: `[^`.
const NOTE: u8 = 64;

/// What may begin with two bytes: that for which the first table has the first byte, and the second one the second.
static TABLES: [[u8; 256]; 2] = {
    let mut tables = [[0; 256], [ALONE; 256]];
    tables[0] = with(tables[0], b":@&\x7f", ALONE);
    let mut byte = 0;
    while byte < 256 {
        if byte < 0x20 || byte >= 0xc0 {
            tables[0][byte] |= ALONE;
        }
        byte += 1;
    }
    tables = pairs(tables, b"oedxOEDX", b":", SMALL_MARK);
    tables = pairs(tables, b"n", b"0123456789", TURN);
    tables = pairs(tables, b"[", b"^", NOTE);
    tables = pairs(tables, b"<>", b"<>", MARKER);
    words(words(tables, MARKS, MARK), WORDS, WORD)
};

const fn words(mut tables: [[u8; 256]; 2], words: &[&str], kind: u8) -> [[u8; 256]; 2] {
    let mut at = 0;
    while at < words.len() {
        let word = words[at].as_bytes();
        tables = pairs(tables, &[word[0]], &[word[1]], kind);
        at += 1;
    }
    tables
}

const fn pairs([first, second]: [[u8; 256]; 2], firsts: &[u8], seconds: &[u8], kind: u8) -> [[u8; 256]; 2] {
    [with(first, firsts, kind), with(second, seconds, kind)]
}

const fn with(mut table: [u8; 256], bytes: &[u8], kind: u8) -> [u8; 256] {
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] |= kind;
        at += 1;
    }
    table
}

impl Glance {
    /// Looks at a text. Two small tables show for most places that no sign begins there.
    pub(crate) fn at(text: &str) -> Self {
        let [firsts, seconds] = &TABLES;
        let bytes = text.as_bytes();
        let mut seen = 0;
        for (at, pair) in bytes.windows(2).enumerate() {
            let kinds = firsts[usize::from(pair[0])] & seconds[usize::from(pair[1])];
            if kinds != 0 {
                seen |= signs(kinds, &text[at..]);
            }
        }
        let last = bytes.last().filter(|last| firsts[usize::from(**last)] & ALONE != 0);
        Self(seen | last.map_or(0, |_| signs(ALONE, &text[text.len() - 1..])))
    }

    /// Returns whether the text shows this sign.
    pub(crate) fn shows(self, sign: Sign) -> bool {
        self.0 & sign as u16 != 0
    }
}

/// The signs with which the rest of a text begins, of those that its first bytes may be.
fn signs(kinds: u8, rest: &str) -> u16 {
    let mut signs = 0;
    let mut add = |sign: Sign, is_there: bool| signs |= if is_there { sign as u16 } else { 0 };
    let may_be = |kind: u8| kinds & kind != 0;
    // Most words begin with another byte: without this look a lint takes 5 % more, as comparing is not inlined.
    let first = rest.as_bytes().first();
    let begins =
        |words: &[&str]| words.iter().any(|word| word.as_bytes().first() == first && rest.starts_with(word));
    add(Sign::Mark, may_be(SMALL_MARK) || may_be(MARK) && begins(MARKS));
    add(Sign::Residue, may_be(TURN) || may_be(NOTE) || may_be(WORD) && begins(WORDS));
    add(Sign::Marker, may_be(MARKER) && begins(&["<<", ">>"]));
    let mut characters = rest.chars();
    if let Some(c) = characters.next().filter(|_| may_be(ALONE)) {
        add(Sign::LineBreak, c == '\n');
        add(Sign::Control, c != '\n' && is_control(c));
        add(Sign::Turn, turns_direction(c));
        add(Sign::At, c == '@');
        add(Sign::Address, begins(&["://"]));
        add(Sign::Unseen, is_unseen(c));
        add(Sign::Residue, c == '【');
        let is_misread = ('Â'..='ô').contains(&c) && characters.next().is_some_and(|next| !next.is_ascii());
        add(Sign::Garbled, is_misread || matches!(c, '&' | '\u{fffd}'));
    }
    signs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SIGNS: [Sign; 10] = [
        Sign::Control,
        Sign::LineBreak,
        Sign::Turn,
        Sign::At,
        Sign::Address,
        Sign::Mark,
        Sign::Unseen,
        Sign::Garbled,
        Sign::Residue,
        Sign::Marker,
    ];

    /// The signs of a text, found one by one.
    fn found(text: &str) -> Vec<Sign> {
        let holds = |sign: &Sign| match sign {
            Sign::Control => text.contains(|c| is_control(c) && c != '\n'),
            Sign::LineBreak => text.contains('\n'),
            Sign::Turn => text.contains(turns_direction),
            Sign::At => text.contains('@'),
            Sign::Address => text.contains("://"),
            Sign::Mark => {
                let small = ["o:", "e:", "d:", "x:", "O:", "E:", "D:", "X:"];
                MARKS.iter().chain(&small).any(|mark| text.contains(mark))
            }
            Sign::Unseen => text.contains(is_unseen),
            Sign::Garbled => {
                let mut pairs = text.chars().zip(text.chars().skip(1));
                text.contains(['&', '\u{fffd}'])
                    || pairs.any(|(one, two)| ('Â'..='ô').contains(&one) && !two.is_ascii())
            }
            Sign::Residue => {
                let numbered = (0..10).any(|digit| text.contains(&format!("n{digit}")));
                numbered || WORDS.iter().chain(&["[^", "【"]).any(|word| text.contains(word))
            }
            Sign::Marker => text.contains("<<") || text.contains(">>"),
        };
        SIGNS.into_iter().filter(holds).collect()
    }

    fn shown(text: &str) -> Vec<Sign> {
        let glance = Glance::at(text);
        SIGNS.into_iter().filter(|sign| glance.shows(*sign)).collect()
    }

    #[test]
    fn every_character_and_mark_shows_what_it_is() {
        let rare =
            ('\u{1fff0}'..='\u{1ffff}').chain('\u{dfff0}'..='\u{f0010}').chain('\u{ffff0}'..='\u{10ffff}');
        for c in ('\0'..='\u{3fff}').chain('\u{e000}'..='\u{1f000}').chain(rare) {
            assert_eq!(shown(&c.to_string()), found(&c.to_string()), "{c:?}");
        }
        assert!(MARKS.iter().all(|mark| shown(mark) == [Sign::Mark]));
        assert!(WORDS.iter().all(|word| shown(word).contains(&Sign::Residue)));
        // The first byte of one sign before the second byte of another.
        for text in ["[0", "n^", "<:", "o<", "T^"] {
            assert_eq!(shown(text), found(text), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn one_look_sees_what_many_find(text in "([a :/@\n\t&<>]|T[BO]D?|FIX?|FIXME|[Ll]orem ipsum|XXX?|[edox]:|n1|\\[(cite:|o|\\^)|grok_card|Ã|â€|\u{200b}|\u{e0041}|\u{fffd}|【|\u{85}|\u{feff}|\u{202e}|[–é]|.{16}|.{31}){0,9}") {
            prop_assert_eq!(shown(&text), found(&text));
        }
    }
}
