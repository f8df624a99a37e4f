//! One look at the bytes of a text, which tells most rules that there is nothing in it for them.

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
    /// Three letters that no mark of what is still to be written can do without, or a colon after one of
    /// its last letters.
    Mark = 32,
    /// A character that readers cannot see.
    Unseen = 64,
    /// What may have come of a wrong encoding: a capital from `Â` or a small letter up to `ô` before another
    /// character beyond ASCII, the replacement character, or `&`.
    Garbled = 128,
    /// Two letters or signs that no mark of a chatbot can do without.
    Residue = 256,
    /// `<<` or `>>`, as in the markers of a merge.
    Marker = 512,
}

/// The signs that a text shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Glance(u16);

/// How many bytes are looked at together: few enough for short texts.
const BLOCK: usize = 32;

impl Glance {
    /// Looks at a text. Blocks of a fixed size become instructions that look at many bytes at once.
    pub(crate) fn at(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut seen = 0;
        for start in (0..bytes.len()).step_by(BLOCK) {
            let rest = &bytes[start..];
            let mut padded = [b' '; BLOCK + 3];
            let block = rest.first_chunk().unwrap_or_else(|| {
                padded[..rest.len()].copy_from_slice(rest);
                &padded
            });
            if (0..BLOCK).fold(false, |found, at| found | may_begin(block[at], block[at + 1])) {
                let four = |at: usize| [block[at], block[at + 1], block[at + 2], block[at + 3]];
                seen |= (0..BLOCK).fold(0, |seen, at| seen | signs(four(at)));
            }
        }
        Self(seen)
    }

    /// Whether the text shows this sign.
    pub(crate) fn shows(self, sign: Sign) -> bool {
        self.0 & sign as u16 != 0
    }
}

/// Whether any sign may begin with these bytes: none does in most blocks, and this is soon found out.
fn may_begin(one: u8, two: u8) -> bool {
    let is_plain = (one.cast_signed() >= b' '.cast_signed())
        & (one != 0x7f)
        & (one != b':')
        & (one != b'@')
        & (one != b'&');
    !is_plain | may_begin_mark(one, two) | may_begin_residue(one, two) | begins_marker(one, two)
}

fn may_begin_mark(one: u8, two: u8) -> bool {
    (one == b'T') & ((two == b'B') | (two == b'O'))
        | (one == b'F') & (two == b'I')
        | (one == b'X') & (two == b'X')
        | (one == b'p') & (two == b's')
        | ends_small_mark(one, two)
}

/// The end of "todo:", "fixme:", "tbd:" or "xxx:".
fn ends_small_mark(one: u8, two: u8) -> bool {
    let one = one | 0x20;
    ((one == b'o') | (one == b'e') | (one == b'd') | (one == b'x')) & (two == b':')
}

fn may_begin_residue(one: u8, two: u8) -> bool {
    (one == b't') & (two == b'R')
        | (one == b'i') & (two == b'_')
        | (one == b'[') & ((two == b'c') | (two == b'o') | (two == b'^'))
        | (one == b'n') & two.is_ascii_digit()
        | (one == b'k') & ((two == b':') | (two == b'_'))
}

fn begins_marker(one: u8, two: u8) -> bool {
    (one == two) & ((one == b'<') | (one == b'>'))
}

/// The signs that begin with these bytes.
fn signs([one, two, three, four]: [u8; 4]) -> u16 {
    let general = (one == 0xe2) & (two == 0x80);
    let control = (one < b' ') & (one != b'\n')
        | (one == 0x7f)
        | (one == 0xc2) & (two < 0xa0)
        | general & (three & 0xfe == 0xa8)
        | (one == 0xef) & (two == 0xbb) & (three == 0xbf);
    let turn = (one == 0xd8) & (two == 0x9c)
        | general & ((three & 0xfe == 0x8e) | (0xaa..=0xae).contains(&three))
        | (one == 0xe2) & (two == 0x81) & (0xa6..=0xa9).contains(&three);
    let address = (one == b':') & (two == b'/') & (three == b'/');
    let follows = (three == b'D') | (three == b'X') | (three == b'u');
    let mark = may_begin_mark(one, two) & follows | ends_small_mark(one, two);
    let garbled = (one == 0xc3) & (0x82..=0xb4).contains(&two) & (three >= 0x80)
        | (one == 0xef) & (two == 0xbf) & (three == 0xbd)
        | (one == b'&');
    let residue = may_begin_residue(one, two) | (one == 0xe3) & (two == 0x80) & (three == 0x90);
    let sign = |is_there: bool, sign: Sign| if is_there { sign as u16 } else { 0 };
    sign(control, Sign::Control)
        | sign(one == b'\n', Sign::LineBreak)
        | sign(turn, Sign::Turn)
        | sign(one == b'@', Sign::At)
        | sign(address, Sign::Address)
        | sign(mark, Sign::Mark)
        | sign(begins_unseen(one, two, three, four), Sign::Unseen)
        | sign(garbled, Sign::Garbled)
        | sign(residue, Sign::Residue)
        | sign(begins_marker(one, two), Sign::Marker)
}

/// Whether these are the bytes of a character that readers cannot see.
fn begins_unseen(one: u8, two: u8, three: u8, four: u8) -> bool {
    let within = |from: u8, to: u8| (from..=to).contains(&three);
    let short = (one == 0xc2) & (two == 0xad) | (one == 0xcd) & (two == 0x8f);
    let letters = (one == 0xe1)
        & ((two == 0x85) & within(0x9f, 0xa0)
            | (two == 0x9e) & within(0xb4, 0xb5)
            | (two == 0xa0) & within(0x8b, 0x8f));
    let formats = (one == 0xe2)
        & ((two == 0x80) & within(0x8b, 0x8d) | (two == 0x81) & (within(0xa0, 0xa5) | within(0xaa, 0xaf)));
    let private = (one == 0xee) | (one == 0xef) & (two <= 0xa3);
    let forms = (one == 0xef)
        & ((two == 0xb7) & within(0x90, 0xaf)
            | (two == 0xb8) & within(0x80, 0x8f)
            | (two == 0xbe) & (three == 0xa0)
            | (two == 0xbf) & (within(0xb0, 0xbb) | within(0xbe, 0xbf)));
    let notes = (one == 0xf0)
        & ((two == 0x9b) & (three == 0xb2) & (0xa0..=0xa3).contains(&four)
            | (two == 0x9d) & (three == 0x85) & (0xb3..=0xba).contains(&four));
    let planes = (one == 0xf3) & ((two == 0xa0) | (two >= 0xb0)) | (one == 0xf4);
    let last_of_plane = (one >= 0xf0) & (two & 0x0f == 0x0f) & (three == 0xbf) & (four >= 0xbe);
    let filler = (one == 0xe3) & (two == 0x85) & (three == 0xa4);
    short | letters | formats | filler | private | forms | notes | planes | last_of_plane
}

#[cfg(test)]
mod tests {
    use model::{is_control, is_unseen, turns_direction};
    use proptest::prelude::*;

    use super::*;
    use crate::filler::MARKS;

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
                let ends = |begin: &str| ["D", "X", "u"].map(|end| format!("{begin}{end}"));
                let begins = ["TB", "TO", "FI", "XX", "ps"];
                let small = ["o:", "e:", "d:", "x:", "O:", "E:", "D:", "X:"];
                begins.iter().flat_map(|begin| ends(begin)).any(|three| text.contains(&three))
                    || small.iter().any(|end| text.contains(end))
            }
            Sign::Unseen => text.contains(is_unseen),
            Sign::Garbled => {
                let mut pairs = text.chars().zip(text.chars().skip(1));
                text.contains(['&', '\u{fffd}'])
                    || pairs.any(|(one, two)| ('Â'..='ô').contains(&one) && !two.is_ascii())
            }
            Sign::Residue => {
                let pairs = ["tR", "i_", "[c", "[o", "[^", "k:", "k_", "【"];
                let numbered = (0..10).any(|digit| text.contains(&format!("n{digit}")));
                numbered || pairs.iter().any(|pair| text.contains(pair))
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
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn one_look_sees_what_many_find(text in "([a :/@\n\t&<>]|T[BO]D?|FIX?|XX|psu?|[edox]:|n1|tR|Ã|â€|\u{200b}|\u{e0041}|\u{fffd}|【|\u{85}|\u{feff}|\u{202e}|[–é]|.{16}|.{31}){0,9}") {
            prop_assert_eq!(shown(&text), found(&text));
        }
    }
}
