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

/// A kind of pair with which signs begin: a byte of the first set before one of the second. A kind may take
/// in more pairs than signs have, since `signs` looks closer.
type Kind = (&'static [u8], &'static [u8]);

const MARKS: Kind = (b"TFXp", b"BOIXs");
const SMALL_MARKS: Kind = (b"oedxOEDX", b":");
const RESIDUES: [Kind; 3] = [(b"tik", b"R_:"), (b"[", b"co^"), (b"n", b"0123456789")];
const MARKERS: Kind = (b"<>", b"<>");
/// Bytes with which signs begin whatever follows; of the bytes beyond ASCII, only first ones of a character.
const ALONE: &[u8] = b":@&\x7f\xc2\xc3\xcd\xd8\xe1\xe2\xe3\xee\xef\xf0\xf1\xf2\xf3\xf4";

const KINDS: [Kind; 6] = [MARKS, SMALL_MARKS, RESIDUES[0], RESIDUES[1], RESIDUES[2], MARKERS];
/// The bit of `ALONE`; the kinds have one each below it.
const ALONE_BIT: u8 = 1 << KINDS.len();

/// The kinds, a bit each, in which a byte comes first, and in which it comes second.
const TABLES: ([u8; 256], [u8; 256]) = {
    let (mut first, mut second) = ([0; 256], [ALONE_BIT; 256]);
    let mut kind = 0;
    while kind < KINDS.len() {
        first = with(first, KINDS[kind].0, 1 << kind);
        second = with(second, KINDS[kind].1, 1 << kind);
        kind += 1;
    }
    first = with(first, ALONE, ALONE_BIT);
    let mut control = 0;
    while control < b' ' {
        first[control as usize] |= ALONE_BIT;
        control += 1;
    }
    (first, second)
};

const fn with(mut table: [u8; 256], bytes: &[u8], bit: u8) -> [u8; 256] {
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] |= bit;
        at += 1;
    }
    table
}

impl Glance {
    /// Looks at a text. Two small tables tell most places that no sign begins there.
    pub(crate) fn at(text: &str) -> Self {
        static FIRST: [u8; 256] = TABLES.0;
        static SECOND: [u8; 256] = TABLES.1;
        let bytes = text.as_bytes();
        let mut seen = 0;
        for (at, pair) in bytes.windows(2).enumerate() {
            if FIRST[usize::from(pair[0])] & SECOND[usize::from(pair[1])] != 0 {
                seen |= signs(&bytes[at..]);
            }
        }
        let last = bytes.last().filter(|last| FIRST[usize::from(**last)] & ALONE_BIT != 0);
        Self(seen | last.map_or(0, |last| signs(&[*last])))
    }

    /// Whether the text shows this sign.
    pub(crate) fn shows(self, sign: Sign) -> bool {
        self.0 & sign as u16 != 0
    }
}

/// The signs with which the rest of a text begins.
fn signs(rest: &[u8]) -> u16 {
    let mut begin = [b' '; 4];
    let length = rest.len().min(begin.len());
    begin[..length].copy_from_slice(&rest[..length]);
    let [one, two, three, _] = begin;
    let sign = |is_there: bool, sign: Sign| if is_there { sign as u16 } else { 0 };
    let mark = |seconds: &[u8]| sign(seconds.contains(&two) && b"DXu".contains(&three), Sign::Mark);
    let small_mark = || sign(two == b':', Sign::Mark);
    let residue = |seconds: &[u8]| sign(seconds.contains(&two), Sign::Residue);
    match one {
        b'\n' => Sign::LineBreak as u16,
        ..b' ' | 0x7f => Sign::Control as u16,
        b'@' => Sign::At as u16,
        b'&' => Sign::Garbled as u16,
        b':' => sign(two == b'/' && three == b'/', Sign::Address),
        b'T' => mark(b"BO"),
        b'F' => mark(b"I"),
        b'X' => mark(b"X") | small_mark(),
        b'p' => mark(b"s"),
        b'o' | b'e' | b'd' | b'x' | b'O' | b'E' | b'D' => small_mark(),
        b't' => residue(b"R"),
        b'i' => residue(b"_"),
        b'k' => residue(b":_"),
        b'[' => residue(b"co^"),
        b'n' => residue(b"0123456789"),
        b'<' | b'>' => sign(one == two, Sign::Marker),
        _ => signs_beyond_ascii(begin),
    }
}

/// The signs with which these bytes begin, the first of a character beyond ASCII.
fn signs_beyond_ascii([one, two, three, four]: [u8; 4]) -> u16 {
    let general = (one == 0xe2) & (two == 0x80);
    let control = (one == 0xc2) & (two < 0xa0)
        | general & (three & 0xfe == 0xa8)
        | (one == 0xef) & (two == 0xbb) & (three == 0xbf);
    let turn = (one == 0xd8) & (two == 0x9c)
        | general & ((three & 0xfe == 0x8e) | (0xaa..=0xae).contains(&three))
        | (one == 0xe2) & (two == 0x81) & (0xa6..=0xa9).contains(&three);
    let garbled = (one == 0xc3) & (0x82..=0xb4).contains(&two) & (three >= 0x80)
        | (one == 0xef) & (two == 0xbf) & (three == 0xbd);
    let residue = (one == 0xe3) & (two == 0x80) & (three == 0x90);
    let sign = |is_there: bool, sign: Sign| if is_there { sign as u16 } else { 0 };
    sign(control, Sign::Control)
        | sign(turn, Sign::Turn)
        | sign(begins_unseen(one, two, three, four), Sign::Unseen)
        | sign(garbled, Sign::Garbled)
        | sign(residue, Sign::Residue)
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
