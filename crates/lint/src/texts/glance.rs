//! One look at the bytes of a text, which tells most rules that there is nothing in it for them.

/// Something for which a rule looks into texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
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
    /// Three letters that no mark of what is still to be written can do without.
    Mark = 32,
}

/// The signs that a text shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Glance(u8);

/// How many bytes are looked at together: few enough for short texts.
const BLOCK: usize = 32;

impl Glance {
    /// Looks at a text. Blocks of a fixed size become instructions that look at many bytes at once.
    pub(crate) fn at(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut seen = 0;
        for start in (0..bytes.len()).step_by(BLOCK) {
            let rest = &bytes[start..];
            let mut padded = [b' '; BLOCK + 2];
            let block = rest.first_chunk().unwrap_or_else(|| {
                padded[..rest.len()].copy_from_slice(rest);
                &padded
            });
            if (0..BLOCK).fold(false, |found, at| found | may_begin(block[at], block[at + 1])) {
                seen |= (0..BLOCK).fold(0, |seen, at| seen | signs(block[at], block[at + 1], block[at + 2]));
            }
        }
        Self(seen)
    }

    /// Whether the text shows this sign.
    pub(crate) fn shows(self, sign: Sign) -> bool {
        self.0 & sign as u8 != 0
    }
}

/// Whether any sign may begin with these bytes: none does in most blocks, and this is soon found out.
fn may_begin(one: u8, two: u8) -> bool {
    let is_plain = (one.cast_signed() >= b' '.cast_signed()) & (one != 0x7f) & (one != b':') & (one != b'@');
    !is_plain | may_begin_mark(one, two)
}

fn may_begin_mark(one: u8, two: u8) -> bool {
    (one == b'T') & ((two == b'B') | (two == b'O'))
        | (one == b'F') & (two == b'I')
        | (one == b'p') & (two == b's')
}

/// The signs that begin with these bytes.
fn signs(one: u8, two: u8, three: u8) -> u8 {
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
    let sign = |is_there: bool, sign: Sign| if is_there { sign as u8 } else { 0 };
    sign(control, Sign::Control)
        | sign(one == b'\n', Sign::LineBreak)
        | sign(turn, Sign::Turn)
        | sign(one == b'@', Sign::At)
        | sign(address, Sign::Address)
        | sign(may_begin_mark(one, two) & follows, Sign::Mark)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::filler::MARKS;
    use crate::rules::text::bidirectional::turns_direction;
    use crate::rules::text::control_character::is_control;

    const SIGNS: [Sign; 6] =
        [Sign::Control, Sign::LineBreak, Sign::Turn, Sign::At, Sign::Address, Sign::Mark];

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
                ["TB", "TO", "FI", "ps"]
                    .iter()
                    .flat_map(|begin| ends(begin))
                    .any(|three| text.contains(&three))
            }
        };
        SIGNS.into_iter().filter(holds).collect()
    }

    fn shown(text: &str) -> Vec<Sign> {
        let glance = Glance::at(text);
        SIGNS.into_iter().filter(|sign| glance.shows(*sign)).collect()
    }

    #[test]
    fn every_character_and_mark_shows_what_it_is() {
        for c in ('\0'..='\u{2fff}').chain('\u{f000}'..='\u{1f000}') {
            assert_eq!(shown(&c.to_string()), found(&c.to_string()), "{c:?}");
        }
        assert!(MARKS.iter().all(|mark| shown(mark) == [Sign::Mark]));
    }

    proptest! {
        #[test]
        fn one_look_sees_what_many_find(text in "([a :/@\n\t]|T[BO]D?|FIX?|psu?|\u{85}|\u{feff}|\u{202e}|[–é]|.{16}|.{31}){0,9}") {
            prop_assert_eq!(shown(&text), found(&text));
        }
    }
}
