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

/// A byte that may be a sign by itself, or begins a character that may be one.
const ALONE: u8 = 1;
/// The byte by which one of `MARKS` is found.
const MARK: u8 = 2;
/// The end of a small mark.
const SMALL_MARK: u8 = 4;
/// The byte by which one of `WORDS` is found.
const WORD: u8 = 8;
/// What another mark of a chatbot has: a digit after `turn`.
const TURN: u8 = 16;
/// One of two `<` or `>`.
const MARKER: u8 = 32;
/// What a further mark of a chatbot has: the first byte of `[^`.
const NOTE: u8 = 64;
/// What any byte may follow.
const ANY_NEXT: u8 = ALONE | SMALL_MARK | TURN;

/// The marks and words, each with the place of the byte by which it is found.
static FOUND_MARKS: [(&str, usize); MARKS.len()] = found_by(MARKS);
static FOUND_WORDS: [(&str, usize); WORDS.len()] = found_by(WORDS);

/// What a byte may be part of: that for which the first table has it, and the second one the byte after it.
static TABLES: [[u8; 256]; 2] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        if byte < 0x20 || byte >= 0xc0 {
            kinds[byte] = ALONE;
        }
        byte += 1;
    }
    kinds = with(kinds, b":@&\x7f", ALONE);
    kinds = with(kinds, b":", SMALL_MARK);
    kinds = with(kinds, b"0123456789", TURN);
    let mut tables = [kinds, [ANY_NEXT; 256]];
    tables = pair(pair(tables, b'<', b'<', MARKER), b'>', b'>', MARKER);
    tables = pair(tables, b'[', b'^', NOTE);
    found(found(tables, &FOUND_MARKS, MARK), &FOUND_WORDS, WORD)
};

const fn with(mut kinds: [u8; 256], bytes: &[u8], kind: u8) -> [u8; 256] {
    let mut at = 0;
    while at < bytes.len() {
        kinds[bytes[at] as usize] |= kind;
        at += 1;
    }
    kinds
}

const fn pair([first, second]: [[u8; 256]; 2], one: u8, next: u8, kind: u8) -> [[u8; 256]; 2] {
    [with(first, &[one], kind), with(second, &[next], kind)]
}

const fn found(mut tables: [[u8; 256]; 2], words: &[(&str, usize)], kind: u8) -> [[u8; 256]; 2] {
    let mut nth = 0;
    while nth < words.len() {
        let (word, at) = words[nth];
        let word = word.as_bytes();
        tables = pair(tables, word[at], word[at + 1], kind);
        nth += 1;
    }
    tables
}

const fn found_by<const N: usize>(words: &[&'static str]) -> [(&'static str, usize); N] {
    let mut found = [("", 0); N];
    let mut nth = 0;
    while nth < N {
        found[nth] = (words[nth], rarest(words[nth].as_bytes()));
        nth += 1;
    }
    found
}

/// The place of the byte of a word that texts have least, its last one aside.
const fn rarest(word: &[u8]) -> usize {
    let (mut rarest, mut at) = (0, 1);
    while at + 1 < word.len() {
        if rareness(word[at]) >= rareness(word[rarest]) {
            rarest = at;
        }
        at += 1;
    }
    rarest
}

/// How rare a byte is: a blank and the small letters by how often English has them, then all others.
const fn rareness(byte: u8) -> usize {
    const COMMON: &[u8] = b" etaoinshrdlcumwfgypbvkjxqz";
    let mut at = 0;
    while at < COMMON.len() && COMMON[at] != byte {
        at += 1;
    }
    at
}

impl Glance {
    /// Looks at a text. A small table shows of most runs of bytes that none of them is part of a sign.
    pub(crate) fn at(text: &str) -> Self {
        let [firsts, seconds] = &TABLES;
        let (runs, rest) = text.as_bytes().as_chunks::<4>();
        let mut seen = 0;
        let mut look = |start: usize, run: &[u8]| {
            for (at, byte) in (start..).zip(run) {
                let kinds = firsts[usize::from(*byte)];
                if kinds != 0 {
                    let next = text.as_bytes().get(at + 1);
                    let kinds = kinds & next.map_or(ANY_NEXT, |next| seconds[usize::from(*next)]);
                    seen |= if kinds == 0 { 0 } else { signs(kinds, text, at) };
                }
            }
        };
        for (nth, run) in runs.iter().enumerate() {
            if run.iter().fold(0, |kinds, byte| kinds | firsts[usize::from(*byte)]) != 0 {
                look(nth * run.len(), run);
            }
        }
        look(text.len() - rest.len(), rest);
        Self(seen)
    }

    /// Returns whether the text shows this sign.
    pub(crate) fn shows(self, sign: Sign) -> bool {
        self.0 & sign as u16 != 0
    }
}

/// The signs of which the byte at a place is part, of those that it may be.
fn signs(kinds: u8, text: &str, at: usize) -> u16 {
    let mut signs = 0;
    let mut add = |sign: Sign, is_there: bool| signs |= if is_there { sign as u16 } else { 0 };
    let may_be = |kind: u8| kinds & kind != 0;
    let bytes = text.as_bytes();
    let before = at.checked_sub(1).map(|at| bytes[at]);
    let holds = |words: &[(&str, usize)]| {
        let is_here = |word: &[u8], by: usize| {
            word[by] == bytes[at] && at.checked_sub(by).is_some_and(|start| bytes[start..].starts_with(word))
        };
        words.iter().any(|(word, by)| is_here(word.as_bytes(), *by))
    };
    let ends_small_mark = || before.is_some_and(|before| b"oedxOEDX".contains(&before));
    add(Sign::Mark, may_be(SMALL_MARK) && ends_small_mark() || may_be(MARK) && holds(&FOUND_MARKS));
    let is_turn = may_be(TURN) && before == Some(b'n');
    add(Sign::Residue, is_turn || may_be(NOTE) || may_be(WORD) && holds(&FOUND_WORDS));
    add(Sign::Marker, may_be(MARKER) && bytes.get(at + 1) == bytes.get(at));
    if may_be(ALONE) {
        let mut characters = text[at..].chars();
        let c = characters.next().unwrap_or_default();
        add(Sign::LineBreak, c == '\n');
        add(Sign::Control, c != '\n' && is_control(c));
        add(Sign::Turn, turns_direction(c));
        add(Sign::At, c == '@');
        add(Sign::Address, c == ':' && bytes[at..].starts_with(b"://"));
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
